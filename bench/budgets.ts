// What the library may cost. Data only.

/** A limit, and where in the results the value is. */
export interface Budget {
  readonly id: string;
  readonly title: string;
  readonly unit: 'times' | 'ms' | 'exponent' | 'MB';
  readonly limit: number;
  /** The limit of a short run on a machine that others use: fewer repetitions, so more noise. */
  readonly quickLimit: number;
}

const TIME = { unit: 'times', limit: 1.15, quickLimit: 1.4 } as const;

export const BUDGETS = {
  time10: { id: 'time10', title: 'construction and synthesis of 10 caches, against the same template by hand', ...TIME },
  time100: { id: 'time100', title: 'the same of 100 caches', ...TIME },
  time1000: { id: 'time1000', title: 'the same of 1,000 caches', ...TIME },
  timeSharded: { id: 'timeSharded', title: 'the same of 20 sharded caches', ...TIME },
  timeSingleNode: { id: 'timeSingleNode', title: 'the same of 20 caches of a single node', ...TIME },
  timeMemcached: { id: 'timeMemcached', title: 'the same of 20 Memcached caches', ...TIME },
  timeServerless: { id: 'timeServerless', title: 'the same of 20 serverless caches', ...TIME },
  memory100: { id: 'memory100', title: 'peak memory of 100 caches, against by hand', unit: 'times', limit: 1.2, quickLimit: 1.3 },
  growth: { id: 'growth', title: 'growth from 100 to 1,000 caches', unit: 'exponent', limit: 1.05, quickLimit: 1.05 },
  load: { id: 'load', title: 'loading the library, beyond the classes of aws-cdk-lib that a default cache needs', unit: 'ms', limit: 25, quickLimit: 100 },
  checks: { id: 'checks', title: 'all rules over 500 resources', unit: 'ms', limit: 20, quickLimit: 60 },
  noChecks: { id: 'noChecks', title: 'a template of 500 resources without ElastiCache', unit: 'ms', limit: 1, quickLimit: 5 },
  package: { id: 'package', title: 'the packed package', unit: 'MB', limit: 1, quickLimit: 1 },
} as const satisfies Record<string, Budget>;

export type BudgetId = keyof typeof BUDGETS;

/** A budget with what was measured. */
export interface Verdict {
  readonly budget: Budget;
  readonly value: number;
  readonly limit: number;
  readonly met: boolean;
}

export function judge(id: BudgetId, value: number, quick: boolean): Verdict {
  const budget: Budget = BUDGETS[id];
  const limit = quick ? budget.quickLimit : budget.limit;
  return { budget, value, limit, met: value <= limit };
}
