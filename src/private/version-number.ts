import { memoized } from './memo';

/** The numbers of a version such as `7.2` or `4.0.10`; `undefined` when it is not of that shape. */
export const parseVersion: (version: string) => readonly number[] | undefined = memoized((version) =>
  /^\d+(\.\d+){0,2}$/.test(version) ? version.split('.').map(Number) : undefined);

/**
 * Whether a version is at least another, number by number: 7.10 is newer than 7.9.
 *
 * @returns `undefined` when either is not of the shape of a version
 */
export function isAtLeast(version: string, minimum: string): boolean | undefined {
  const [left, right] = [parseVersion(version), parseVersion(minimum)];
  if (!left || !right) {
    return undefined;
  }
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}
