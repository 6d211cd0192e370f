// The grammar of `allowed` in the parameter table.

import { ParameterFacts } from './parameter-families';

const NUMBER = '-?\\d+(?:\\.\\d+)?';
const RANGE = new RegExp(`^(${NUMBER})-(${NUMBER})$`);
const LOWER_BOUND = new RegExp(`^(${NUMBER})-$`);
const ANY_INTEGER = 'any integer';

/**
 * Whether a value is one of those that AWS publishes for a parameter. All are when it publishes nothing.
 *
 * Words are compared as they stand. Numbers are compared by value: blanks around them, a sign and leading zeros do not matter,
 * but units (`64mb`), exponents and decimals of an integer do.
 */
export function isAllowed(facts: Pick<ParameterFacts, 'type' | 'allowed'>, value: string): boolean {
  if (facts.allowed === undefined) {
    return true;
  }
  const terms = facts.allowed.split(',');
  if (facts.type === 'string') {
    return terms.includes(value);
  }
  const number = numberOf(value, facts.type);
  return number !== undefined && terms.some((term) => holds(term, number));
}

/** Whether a value is of the type of a parameter, whatever its range is. */
export function isOfType({ type }: Pick<ParameterFacts, 'type'>, value: string): boolean {
  return type !== 'integer' && type !== 'float' || numberOf(value, type) !== undefined;
}

/** The allowed values in words: `0 or at least 20`, `1 to 75`, `yes or no`; `undefined` when nothing is published. */
export function describeAllowed(facts: Pick<ParameterFacts, 'type' | 'allowed'>): string | undefined {
  const words = facts.allowed?.split(',').map((term) => facts.type === 'string' ? term : describe(term));
  if (!words || words.length < 2) {
    return words?.[0];
  }
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

function numberOf(value: string, type: ParameterFacts['type']): number | undefined {
  const shape = type === 'float' ? /^[+-]?\d+(\.\d+)?$/ : /^[+-]?\d+$/;
  return shape.test(value.trim()) ? Number(value) : undefined;
}

function holds(term: string, number: number): boolean {
  const [, low, high] = RANGE.exec(term) ?? LOWER_BOUND.exec(term) ?? [];
  if (low !== undefined) {
    return number >= Number(low) && (high === undefined || number <= Number(high));
  }
  return term === ANY_INTEGER || number === Number(term);
}

function describe(term: string): string {
  return term.replace(RANGE, '$1 to $2').replace(LOWER_BOUND, 'at least $1');
}
