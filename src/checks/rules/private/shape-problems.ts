// What is wrong inside of properties that are objects. Imports nothing of CDK.
import { HOLDS, isNot, meant } from './property-kinds';
import { names, PropertyKind } from './schema-table';
import { Shape, SHAPES } from './shape-table';
import { keep } from '../../../private/memo';
import { ResourceView } from '../../rule';

/** What can be wrong with a name inside of a property. */
export type ShapeProblem = 'missing' | 'mistaken' | 'unknown' | 'kind';

/** What is never shown. */
const SECRETS = ['Passwords'];

const knownKinds = new WeakMap<Shape, ReadonlyMap<string, PropertyKind>>();

/** The names of a shape, each with its kind; read from the table once. */
function kindsIn(shape: Shape): ReadonlyMap<string, PropertyKind> {
  return keep(knownKinds, shape, () => {
    const entries = Object.entries(shape.properties) as [PropertyKind, string][];
    return new Map(entries.flatMap(([kind, column]) => names(column).map((name): [string, PropertyKind] => [name, kind])));
  });
}

const knownRequired = new WeakMap<Shape, readonly string[]>();

function requiredIn(shape: Shape): readonly string[] {
  return keep(knownRequired, shape, () => names(shape.required));
}

/** Every name that is in some shape, or of a property with one. */
const ALL = new Set(Object.entries(SHAPES).flatMap(([name, shape]) => [name, ...namesIn(shape)]));

function namesIn(shape: Shape): string[] {
  return [...kindsIn(shape).keys(), ...Object.values(shape.inside ?? {}).flatMap(namesIn)];
}

/** The objects that a value is or holds; none in what is of another kind, which is said by itself. */
function objectsIn(kind: PropertyKind | undefined, value: unknown): Readonly<Record<string, unknown>>[] {
  return typeof value !== 'object' || (kind === 'list') !== Array.isArray(value) ? []
    : [value].flat().filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null);
}

/** Something that is wrong with a name. */
interface Found {
  readonly problem: ShapeProblem;
  readonly text: string;
}

function collect(where: string, shape: Shape, object: Readonly<Record<string, unknown>>, found: Found[]): void {
  const kinds = kindsIn(shape);
  for (const name of requiredIn(shape)) {
    name in object || found.push({ problem: 'missing', text: `${name} must be given in ${where}` });
  }
  for (const name in object) {
    const kind = kinds.get(name);
    if (kind === undefined) {
      found.push(strange(where, name, [...kinds.keys()]));
    }
  }
  for (const [name, kind] of kinds) {
    const value = object[name];
    if (value !== undefined && typeof value !== 'symbol' && isNot(kind, value)) {
      const given = SECRETS.includes(name) ? 'something else' : JSON.stringify(value);
      found.push({ problem: 'kind', text: `${name} in ${where} must be ${HOLDS[kind]}, got: ${given}` });
    }
  }
  for (const name in shape.inside) {
    objectsIn(kinds.get(name), object[name]).forEach((each) => collect(name, shape.inside![name], each, found));
  }
}

/** What to say of a name that a shape does not have. */
function strange(where: string, name: string, known: readonly string[]): Found {
  const instead = meant(name, known);
  return ALL.has(name) || instead !== undefined
    ? { problem: 'mistaken', text: `${where} has no property ${name}${instead ? `; use ${instead}` : `; there are ${known.join(', ')}`}` }
    : { problem: 'unknown', text: `${name} is not a property in ${where} that this library knows; the deployment fails if AWS does not know it either` };
}

const knownShaped = new WeakMap<ReadonlyMap<string, PropertyKind>, readonly string[]>();

/** Those of some properties that are objects, or lists of objects, of which something is known. */
export function propertiesWithShapes(properties: ReadonlyMap<string, PropertyKind>): readonly string[] {
  return keep(knownShaped, properties, () => Object.keys(SHAPES).filter((property) => properties.has(property)));
}

/** All that is wrong inside of the properties of a resource: several rules ask, each for one kind of it. */
const known = new WeakMap<ResourceView, readonly Found[]>();

const NOTHING: readonly Found[] = [];

function allProblems(resource: ResourceView, kinds: ReadonlyMap<string, PropertyKind>): Found[] {
  const found: Found[] = [];
  for (const property of propertiesWithShapes(kinds)) {
    objectsIn(kinds.get(property), resource.value(property)).forEach((object) => collect(property, SHAPES[property], object, found));
  }
  return found;
}

/** What is wrong inside of the properties of a resource, each thing once. */
export function shapeProblems(resource: ResourceView, kinds: ReadonlyMap<string, PropertyKind>, problem: ShapeProblem): string[] {
  let isWritten = false;
  for (const property of propertiesWithShapes(kinds)) {
    // Whoever asks reads these properties, even where it is known what is wrong in them.
    isWritten = resource.value(property) !== undefined || isWritten;
  }
  const found = isWritten ? keep(known, resource, () => allProblems(resource, kinds)) : NOTHING;
  return found.length === 0 ? [] : [...new Set(found.filter((each) => each.problem === problem).map(({ text }) => text))];
}
