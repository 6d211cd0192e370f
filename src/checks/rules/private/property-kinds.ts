// What values are, and what a mistaken name was probably meant to be. Imports nothing of CDK.
import { ALIASES, PropertyKind } from './schema-table';

/** What each kind holds, in words. */
export const HOLDS: Readonly<Record<PropertyKind, string>> = {
  text: 'a text', flag: 'true or false', number: 'a whole number', list: 'a list', object: 'an object',
};

/** Whether a value is certainly not of a kind. CloudFormation turns texts into numbers and flags, and both into texts. */
export function isNot(kind: PropertyKind, value: unknown): boolean {
  switch (kind) {
    case 'text': return !['string', 'number', 'boolean'].includes(typeof value);
    case 'flag': return !(typeof value === 'boolean' || (typeof value === 'string' && /^(true|false)$/i.test(value)));
    case 'number': return !((typeof value === 'number' && Number.isInteger(value)) || (typeof value === 'string' && /^-?\d+$/.test(value)));
    case 'list': return !Array.isArray(value);
    case 'object': return typeof value !== 'object' || value === null || Array.isArray(value);
  }
}

/** How many letters have to change to make one word of another. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}

/** The property that was probably meant. */
export function meant(name: string, known: readonly string[]): string | undefined {
  const alias = ALIASES[name]?.find((each) => known.includes(each));
  return alias ?? known.find((each) => each.toLowerCase() === name.toLowerCase())
    ?? known.find((each) => name.length > 5 && (distance(each, name) <= 2 || each.endsWith(name) || `${name}Enabled` === each));
}
