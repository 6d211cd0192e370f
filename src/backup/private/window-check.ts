import { Duration, Token } from 'aws-cdk-lib';
import { SHORTEST_WINDOW, Span } from './window-text';
import { fail } from '../../private/errors';

/** What the two kinds of window differ in. */
export interface WindowKind {
  /** The error code. */
  readonly code: string;
  /** The words for it. */
  readonly name: string;
  /** The form of its text, with an example. */
  readonly form: string;
  /** Minutes after which it would meet itself. */
  readonly cycle: number;
  /** The words for the cycle. */
  readonly cycleName: string;
  /** Reads the text. */
  readonly parse: (text: string) => Span | undefined;
}

/** Fails unless the text is a window that the service takes. */
export function checkText(kind: WindowKind, text: string): void {
  const window = kind.parse(text);
  if (!window) {
    fail(undefined, kind.code, `${kind.name} ${JSON.stringify(text)} is not of the form ${kind.form}, hours 00 to 23 in UTC`);
  }
  checkLength(kind, window.length, `${kind.name} ${JSON.stringify(text)}`);
}

/** Minutes of the clock time at which a window starts. */
export function startOf(kind: WindowKind, hour: number, minute: number): number {
  checkNumber(kind, 'hour', hour, 23);
  checkNumber(kind, 'minute', minute, 59);
  return hour * 60 + minute;
}

/** Minutes that a window takes. */
export function lengthOf(kind: WindowKind, duration: Duration | undefined): number {
  if (duration === undefined) {
    return SHORTEST_WINDOW;
  }
  if (duration.isUnresolved()) {
    fail(undefined, kind.code, `duration of the ${kind.name} is a token: it must be known at synthesis, or give the whole window to of()`);
  }
  const minutes = duration.toMinutes({ integral: false });
  const given = `${kind.name} with duration ${duration.toHumanString()}`;
  if (!Number.isInteger(minutes)) {
    fail(undefined, kind.code, `${given} is not in whole minutes`);
  }
  checkLength(kind, minutes, given);
  return minutes;
}

function checkLength(kind: WindowKind, minutes: number, given: string): void {
  if (minutes < SHORTEST_WINDOW || minutes >= kind.cycle) {
    fail(undefined, kind.code,
      `${given} is ${minutes} minutes long: give it at least ${SHORTEST_WINDOW} minutes and less than ${kind.cycleName}`);
  }
}

function checkNumber(kind: WindowKind, name: string, value: number, highest: number): void {
  if (Token.isUnresolved(value)) {
    fail(undefined, kind.code, `${name} of the ${kind.name} is a token: it must be known at synthesis, or give the whole window to of()`);
  }
  if (!Number.isInteger(value) || value < 0 || value > highest) {
    fail(undefined, kind.code, `${name} ${value} of the ${kind.name} is not a whole number from 0 to ${highest}`);
  }
}
