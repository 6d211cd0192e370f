// What is known about the parameters of each parameter group family. Imports nothing of CDK: rules and constructs both use it.

import { describeAllowed, isAllowed, isOfType } from './allowed-values';
import type * as Families from './parameter-families';

/** One parameter of one family, everything filled in. */
export interface ParameterRow {
  /** The parameter's name. */
  readonly name: string;
  /** The family it was looked up in. */
  readonly family: string;
  readonly type: 'string' | 'integer' | 'float' | 'boolean';
  /** The published values in the grammar of the table; `undefined` when AWS publishes none. */
  readonly allowed?: string;
  /** The value in the family's default group; `undefined` when it depends on the node type. */
  readonly default?: string;
  /** Whether a custom group may set it, and when. */
  readonly modifiable: 'yes' | 'no' | 'new-group' | 'unused-group' | 'old-accounts';
  /** When a change takes effect. */
  readonly change: 'immediate' | 'reboot' | 'creation';
  /** The first engine version with it; `undefined` when every version of the family has it. */
  readonly since?: string;
  /** What is published contradicts itself or is incomplete: no value may be rejected. */
  readonly unsure: boolean;
  readonly note?: string;
  /** The AWS page with these facts. */
  readonly source: string;
}

/** What can be said about a value for a parameter. */
export interface ParameterVerdict {
  /**
   * - `ok`: nothing known against it
   * - `unknownFamily`: the table does not know the family; says nothing about the parameter
   * - `unknownName`: the family is known, the parameter is not; AWS adds parameters without notice
   * - `removedInFamily`: older families had it
   * - `notModifiable`: no custom group can set it
   * - `wrongValue`: outside of what AWS publishes
   */
  readonly verdict: 'ok' | 'unknownFamily' | 'unknownName' | 'removedInFamily' | 'notModifiable' | 'wrongValue';
  /** What may be written instead, in words: with `wrongValue` the published values, with `removedInFamily` the new name (`use min-replicas-to-write`). */
  readonly allowed?: string;
  /** With `removedInFamily`: the parameter to use instead, where there is one. */
  readonly replacement?: string;
  /** With `removedInFamily`: the family that dropped it. */
  readonly removedIn?: string;
  /** The facts, where the parameter is known. */
  readonly row?: ParameterRow;
}

interface Removal {
  readonly replacement: string;
  readonly removedIn: string;
}

interface Family {
  readonly rows: ReadonlyMap<string, ParameterRow>;
  readonly removed: ReadonlyMap<string, Removal>;
}

let expanded: Map<string, Family> | undefined;

/** The families, loaded when the first parameter is looked up: most caches set none. */
function facts(): typeof Families {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./parameter-families') as typeof Families;
}

function table(): ReadonlyMap<string, Family> {
  if (expanded === undefined) {
    expanded = new Map();
    for (const family of Object.keys(facts().FAMILIES)) {
      expanded.set(family, expand(family, expanded));
    }
  }
  return expanded;
}

/** The families that the table knows, older ones first. */
export function parameterFamilies(): string[] {
  return [...table().keys()];
}

/** The names of a family's known parameters; none for a family that the table does not know. */
export function parameterNames(family: string): string[] {
  return [...table().get(family)?.rows.keys() ?? []];
}

/** The facts about a parameter; `undefined` for a family or a name that the table does not know. */
export function knownParameter(family: string, name: string): ParameterRow | undefined {
  return table().get(family)?.rows.get(name);
}

/**
 * Judges one parameter of a group.
 *
 * @param family the parameter group family, for example `valkey8`
 * @param name the parameter
 * @param value its value; tokens must be held back by the caller
 */
export function judgeParameterValue(family: string, name: string, value: string): ParameterVerdict {
  const known = table().get(family);
  if (!known) {
    return { verdict: 'unknownFamily' };
  }
  const row = known.rows.get(name);
  if (!row) {
    const removal = known.removed.get(name);
    return removal ? removedVerdict(known, removal) : { verdict: 'unknownName' };
  }
  if (row.modifiable === 'no') {
    return { verdict: 'notModifiable', row };
  }
  const isFine = row.unsure ? isOfType(row, value) : isAllowed(row, value);
  return isFine ? { verdict: 'ok', row } : { verdict: 'wrongValue', allowed: row.unsure ? row.type === 'integer' ? 'a whole number' : 'a number' : describeAllowed(row), row };
}

/** The new name counts only as long as the family still has it. */
function removedVerdict(family: Family, removal: Removal): ParameterVerdict {
  const replacement = family.rows.has(removal.replacement) ? removal.replacement : undefined;
  return { verdict: 'removedInFamily', removedIn: removal.removedIn, replacement, allowed: replacement && `use ${replacement}` };
}

/** Lays a family over the one it is based on, which stands before it. */
function expand(family: string, before: ReadonlyMap<string, Family>): Family {
  const { basedOn, source, removed = {}, parameters } = facts().FAMILIES[family];
  const base = basedOn === undefined ? undefined : before.get(basedOn);
  const rows = new Map([...base?.rows ?? []].map(([name, row]) => [name, { ...row, family }]));
  const gone = new Map(base?.removed);
  for (const [name, replacement] of Object.entries(removed)) {
    rows.delete(name);
    gone.set(name, { replacement, removedIn: family });
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    gone.delete(name);
    rows.set(name, rowOf(family, name, parameter, source));
  }
  return { rows, removed: gone };
}

function rowOf(family: string, name: string, parameter: Families.ParameterFacts, familySource: string): ParameterRow {
  return {
    name,
    family,
    type: parameter.type,
    allowed: parameter.allowed,
    default: parameter.default === facts().BY_NODE_TYPE ? undefined : parameter.default,
    modifiable: parameter.modifiable ?? 'yes',
    change: parameter.change ?? 'immediate',
    since: parameter.since,
    unsure: parameter.unsure ?? false,
    note: parameter.note,
    source: facts().PARAMETER_SOURCES[parameter.source ?? familySource],
  };
}
