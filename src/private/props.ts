import { Inspection } from './check';

/** Refuses props that say the same thing twice: where both of a pair are given, the second decides. */
export function refuseTogether<T extends object>(inspection: Pick<Inspection, 'misuse'>, props: T, pairs: readonly (readonly [keyof T & string, keyof T & string])[]): void {
  for (const [left, right] of pairs.filter(([one, other]) => props[one] !== undefined && props[other] !== undefined)) {
    inspection.misuse('PropsExclusive', `${left} and ${right} cannot be given together: ${right} already decides; leave one out`);
  }
}

/** Refuses a cache that nothing could be let into. */
export function refuseNoSecurityGroups(inspection: Pick<Inspection, 'misuse'>, securityGroups: readonly unknown[] | undefined): void {
  if (securityGroups?.length === 0) {
    inspection.misuse('NoSecurityGroups', 'securityGroups must name at least one security group, got: an empty list; leave it out for a new one');
  }
}

/** The fields that hold a value: one set to `undefined` must not hide that of another. */
export function written<T extends object>(props: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(props ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A value that is made when it is first asked for, and then stays the same. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
