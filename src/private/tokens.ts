import { Duration, Token } from 'aws-cdk-lib';

/**
 * Whether a value is a token. What cannot be one is told without asking CDK, which takes longer: tokens are written into texts as `${...}`, into
 * numbers as negative ones, into lists as their only item, and every other has a method `resolve`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/tokens.html
 */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string': return value.includes('${') && Token.isUnresolved(value);
    case 'number': return value < 0 && Token.isUnresolved(value);
    case 'object': return value !== null && (Array.isArray(value) ? value.length === 1 : 'resolve' in value) && Token.isUnresolved(value);
    default: return false;
  }
}

/** Whether a value is known at synthesis: neither absent nor a token. Lists and objects are known when all they hold is. */
export function isKnown<T>(value: T | undefined): value is T {
  if (value === undefined || value === null || isToken(value)) {
    return false;
  }
  return Array.isArray(value) ? value.every(isKnown) : true;
}

/** Whole days of a duration, as a token when the duration is one. */
export function daysOf(duration: Duration | undefined): number | undefined {
  return duration?.toDays({ integral: false });
}

/** A text in lower case; a token stays what it is. */
export function lowerCase(text: string): string {
  return Token.isUnresolved(text) ? text : text.toLowerCase();
}

/** A number as text, also when it is a token. */
export function asText(value: number): string {
  return Token.isUnresolved(value) ? Token.asString(value) : `${value}`;
}
