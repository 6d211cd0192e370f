import { DeploymentFacts, givenValue, Resolver } from './resolver';
import { intrinsicOf, isObject, isScalar, Parameter, Template, walk } from './template';
import { namesIn } from './template-index';
import { Opaque, World } from './world';

/** The most worlds that are looked at; of what takes more nothing is known. */
export const MOST_WORLDS = 64;
/** The most allowed values of a parameter that are tried one by one. */
const MOST_ALLOWED_VALUES = 8;

/** Something that decides conditions: a parameter that is compared with literals, or a comparison of anything else. */
interface Choice {
  readonly kind: 'variable' | 'comparison';
  readonly name: string;
  readonly values: readonly unknown[];
  /** The parameters that a comparison reads: once its truth is chosen, they are no longer what their defaults say. */
  readonly reads: readonly string[];
  /** Whether the template, or who asks, says what it is. */
  readonly decided: boolean;
}

type Pick = readonly [Choice, unknown];

/**
 * The worlds in which some resources of a template are judged, the one that its defaults describe first.
 *
 * @param minor further resources, which take no room from the others: what decides them is left out where all of it is too much
 */
export function worldsOf(template: Template, resources: readonly unknown[], facts: DeploymentFacts, minor: readonly unknown[] = []): World[] {
  const groups = minor.length > 0 ? groupsOf(template, [...resources, ...minor], facts) : [];
  const isRoomy = groups.length > 0 && groups.reduce((sum, group) => sum + (group?.length ?? Infinity), 0) <= MOST_WORLDS;
  const [base = [world([], 'defaults', true)], ...others] = isRoomy ? groups : groupsOf(template, resources, facts);
  return fit(base, ...others.map((group) => group ?? []));
}

/** The worlds for what some resources read, the most important first; `undefined` for those that would be too many. */
function groupsOf(template: Template, resources: readonly unknown[], facts: DeploymentFacts): (World[] | undefined)[] {
  const names = namesIn(resources);
  for (const resource of resources) {
    if (isObject(resource) && typeof resource.Condition === 'string') {
      names.conditions.add(resource.Condition);
    }
  }
  const choicesOf = new Map([...names.conditions].map((name) => [name, choicesIn(template, name, facts)]));
  const choices = merge([...choicesOf.values()].flat());
  const open = choices.filter(({ decided }) => !decided);
  const base = combinations(open)?.map((picks): World => ({ ...world(picks, 'defaults', picks.length <= 1), oneOf: 'defaults' }));
  const byCondition = [...choicesOf.values()].flatMap((own) => combinations(merge(own)) ?? []).map((picks) => world(picks, 'anything', true));
  const byParameter = [...names.variables].filter((name) => !choices.some((choice) => choice.name === name) && givenValue(name, facts) === undefined)
    .flatMap((name) => worldsOfParameter(name, template.Parameters?.[name]));
  return [base, byCondition, byParameter, combinations(choices)?.map((picks) => world(picks, 'defaults', false))];
}

/** As many groups of worlds as there is room for; one that does not fit is left out as a whole. */
function fit(...groups: World[][]): World[] {
  const worlds = new Map<string, World>();
  for (const group of groups) {
    const more = group.filter((each) => !worlds.has(keyOf(each)));
    if (worlds.size + more.length <= MOST_WORLDS) {
      more.forEach((each) => worlds.set(keyOf(each), each));
    }
  }
  return [...worlds.values()];
}

function keyOf({ label, others }: World): string {
  return `${others}: ${label}`;
}

function world(picks: readonly Pick[], others: World['others'], certain: boolean): World {
  const pinned = new Map<string, unknown>();
  for (const [{ reads }] of picks) {
    reads.forEach((name) => pinned.set(name, new Opaque()));
  }
  picks.filter(([{ kind }]) => kind === 'variable').forEach(([{ name }, value]) => pinned.set(name, value));
  const comparisons = new Map(picks.filter(([{ kind }]) => kind === 'comparison').map(([{ name }, value]) => [name, value === true]));
  return { label: picks.map(describe).join(', '), pinned, comparisons, others, certain };
}

function describe([{ kind, name }, value]: Pick): string {
  return value instanceof Opaque ? `${name} other than ${value.differsFrom.map((each) => JSON.stringify(each)).join(', ')}`
    : kind === 'variable' ? `${name} = ${JSON.stringify(value)}` : `${name} ${value ? 'equal' : 'different'}`;
}

/** Every way to choose; `undefined` when there are too many. */
function combinations(choices: readonly Choice[]): Pick[][] | undefined {
  const count = choices.reduce((product, { values }) => product * values.length, 1);
  return count > MOST_WORLDS ? undefined
    : choices.reduce<Pick[][]>((all, choice) => all.flatMap((picks) => choice.values.map((value): Pick[] => [...picks, [choice, value]])), [[]]);
}

/** A world for each allowed value of a parameter, where these are few. */
function worldsOfParameter(name: string, parameter: Parameter | undefined): World[] {
  const allowed = (Array.isArray(parameter?.AllowedValues) ? parameter.AllowedValues : []).filter(isScalar).map(String);
  const choice: Choice = { kind: 'variable', name, values: allowed, reads: [], decided: parameter?.Default !== undefined };
  const set = choice.decided ? {} : { oneOf: name };
  return allowed.length > MOST_ALLOWED_VALUES ? [] : allowed.map((value): World => ({ ...world([[choice, value]], 'anything', false), ...set }));
}

/** One choice for each thing that is chosen, with all values that any comparison asks for. */
function merge(choices: readonly Choice[]): Choice[] {
  const merged = new Map<string, Choice>();
  for (const choice of choices) {
    merged.set(choice.name, choice);
  }
  return [...merged.values()];
}

/** What decides a condition. */
function choicesIn(template: Template, condition: string, facts: DeploymentFacts): Choice[] {
  const resolver = new Resolver(template, world([], 'defaults', true), facts);
  return comparisonsIn(template, condition).map((sides): Choice => {
    const name = variableIn(template, sides);
    if (name !== undefined) {
      const parameter = template.Parameters?.[name];
      const given = givenValue(name, facts);
      return {
        kind: 'variable',
        name,
        reads: [],
        decided: given !== undefined || parameter?.Default !== undefined,
        values: given === undefined ? valuesOf(template, name, parameter) : [given],
      };
    }
    const known = resolver.compare(sides);
    const reads = [...namesIn(sides).variables].filter((each) => givenValue(each, facts) === undefined);
    return {
      kind: 'comparison',
      name: JSON.stringify(sides),
      decided: known !== undefined,
      reads,
      values: known !== undefined && reads.length === 0 ? [known] : [true, false],
    };
  });
}

/** The comparisons that a condition is made of, those of the conditions it names included. */
function comparisonsIn(template: Template, condition: string, seen = new Set<string>()): unknown[] {
  if (seen.has(condition)) {
    return [];
  }
  seen.add(condition);
  const found: unknown[] = [];
  walk(template.Conditions?.[condition], (expression) => {
    if ('Fn::Equals' in expression) {
      found.push(expression['Fn::Equals']);
    } else if (typeof expression.Condition === 'string') {
      found.push(...comparisonsIn(template, expression.Condition, seen));
    }
  });
  return found;
}

/** The parameter or pseudo parameter that a comparison compares with a literal. */
function variableIn(template: Template, sides: unknown): string | undefined {
  if (!Array.isArray(sides) || sides.length !== 2 || !sides.some(isScalar)) {
    return undefined;
  }
  const [name, argument] = sides.map(intrinsicOf).find((found) => found !== undefined) ?? [];
  const isVariable = typeof argument === 'string' && (argument.startsWith('AWS::') || Object.hasOwn(template.Parameters ?? {}, argument));
  return name === 'Ref' && isVariable ? argument : undefined;
}

/** The values of a parameter that make a difference: its default, those it is compared with, and any other where that is one more case. */
function valuesOf(template: Template, name: string, parameter: Parameter | undefined): readonly unknown[] {
  const compared = Object.keys(template.Conditions ?? {}).flatMap((condition) => comparisonsIn(template, condition))
    .filter((sides) => variableIn(template, sides) === name).flatMap((sides) => (sides as unknown[]).filter(isScalar)).map(String);
  if (Array.isArray(parameter?.AllowedValues)) {
    const allowed = parameter.AllowedValues.filter(isScalar).map(String);
    const preferred = isScalar(parameter.Default) ? [String(parameter.Default)] : [];
    const others = allowed.filter((value) => !compared.includes(value) && !preferred.includes(value));
    return unique([...preferred, ...compared.filter((value) => allowed.includes(value)), ...others.slice(0, MOST_ALLOWED_VALUES)]);
  }
  const known = unique([...isScalar(parameter?.Default) ? [String(parameter.Default)] : [], ...compared]);
  return known.length === 1 ? [...known, new Opaque([], false, false, known)] : known;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The parameters and pseudo parameters that are not the same in all worlds. */
export function variablesOf(template: Template, worlds: readonly World[]): ReadonlySet<string> {
  const guessed = worlds.some(({ others }) => others !== worlds[0].others) ? Object.keys(template.Parameters ?? {}) : [];
  return new Set([...guessed, ...worlds.flatMap(({ pinned }) => [...pinned.keys()])]);
}

/** The values that a world gives to what is read, as a text: worlds with the same text cannot be told apart. */
export function assignmentOf(template: Template, { pinned, comparisons, others }: World, names: readonly string[]): string {
  const given = (name: string) => pinned.get(name) ?? (others === 'defaults' ? template.Parameters?.[name]?.Default : undefined);
  const value = (name: string) => {
    const found = given(name);
    return isScalar(found) ? String(found) : found;
  };
  return JSON.stringify([[...new Set([...names, ...pinned.keys()])].sort().map((name) => [name, value(name)]), [...comparisons].sort()]);
}
