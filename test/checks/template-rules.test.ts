// Rules that judge templates alone: every row has a case, finds what is bad in it and nothing in what is good.
import { AUTO_SCALING_CASES } from './cases/auto-scaling';
import { CACHE_CLUSTER_CASES } from './cases/cache-cluster';
import { Cases } from './cases/case';
import { ENGINE_CASES } from './cases/engine';
import { NETWORK_ACCESS_CASES } from './cases/network-access';
import { RAW_CASES } from './cases/raw';
import { SCHEMA_CASES } from './cases/schema';
import { IAM_CASES, SECURITY_CASES } from './cases/security';
import { TRAP_CASES } from './cases/trap';
import { judge } from './support/judge';
import { TEMPLATE_RULES } from '../../src/checks/rules';

const CASES: Readonly<Record<string, Cases>> = {
  'checks/schema': SCHEMA_CASES,
  'checks/engine': ENGINE_CASES,
  'checks/cache-cluster': CACHE_CLUSTER_CASES,
  'checks/network': NETWORK_ACCESS_CASES,
  'checks/auto-scaling': AUTO_SCALING_CASES,
  'checks/security': SECURITY_CASES,
  'checks/iam': IAM_CASES,
  'checks/trap': TRAP_CASES,
};

test.each(Object.keys(TEMPLATE_RULES))('%s: there is a case for every code', (folder) => {
  expect(Object.keys(CASES[folder]).sort()).toEqual([...new Set(TEMPLATE_RULES[folder].map(({ code }) => code))].sort());
});

describe.each([...Object.values(CASES), RAW_CASES].flatMap((cases) => Object.entries(cases)))('%s', (code, { bad, good }) => {
  test('finds what is bad', () => {
    expect(judge({ Resources: bad }).map((found) => found.code)).toContain(code);
  });

  test('finds nothing in what is good, and rejects nothing else', () => {
    const found = judge({ Resources: good });
    expect(found.filter((each) => each.code === code || each.severity === 'error')).toEqual([]);
  });
});
