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

/** Every name that is in some shape, or of a property with one. */
const ALL = new Set(Object.entries(SHAPES).flatMap(([name, shape]) => [name, ...namesIn(shape)]));

function namesIn(shape: Shape): string[] {
  return [...kindsIn(shape).keys(), ...Object.values(shape.inside ?? {}).flatMap(namesIn)];
}

/** The objects that a value is or holds; none in what is of another kind, which is said by itself. */
function objectsIn(kind: PropertyKind | undefined, value: unknown): Readonly<Record<string, unknown>>[] {
  return (kind === 'list') !== Array.isArray(value) ? []
    : [value].flat().filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null);
}

function problemsIn(where: string, shape: Shape, object: Readonly<Record<string, unknown>>, problem: ShapeProblem): string[] {
  const kinds = kindsIn(shape);
  const known = [...kinds.keys()];
  const strangers = Object.keys(object).filter((name) => !kinds.has(name));
  const isMistaken = (name: string) => ALL.has(name) || meant(name, known) !== undefined;
  const here = {
    missing: () => names(shape.required).filter((name) => !(name in object)).map((name) => `${name} must be given in ${where}`),
    mistaken: () => strangers.filter(isMistaken).map((name) => {
      const instead = meant(name, known);
      return `${where} has no property ${name}${instead ? `; use ${instead}` : `; there are ${known.join(', ')}`}`;
    }),
    unknown: () => strangers.filter((name) => !isMistaken(name))
      .map((name) => `${name} is not a property in ${where} that this library knows; the deployment fails if AWS does not know it either`),
    kind: () => [...kinds].filter(([name, kind]) => object[name] !== undefined && typeof object[name] !== 'symbol' && isNot(kind, object[name]))
      .map(([name, kind]) => `${name} in ${where} must be ${HOLDS[kind]}, got: ${SECRETS.includes(name) ? 'something else' : JSON.stringify(object[name])}`),
  }[problem]();
  return [...here, ...Object.entries(shape.inside ?? {}).flatMap(([name, inner]) =>
    objectsIn(kinds.get(name), object[name]).flatMap((each) => problemsIn(name, inner, each, problem)))];
}

/** Those of some properties that are objects, or lists of objects, of which something is known. */
export function propertiesWithShapes(properties: ReadonlyMap<string, PropertyKind>): string[] {
  return Object.keys(SHAPES).filter((property) => properties.has(property));
}

/** What is wrong inside of the properties of a resource, each thing once. */
export function shapeProblems(resource: ResourceView, properties: ReadonlyMap<string, PropertyKind>, problem: ShapeProblem): string[] {
  const found: string[] = [];
  for (const property of propertiesWithShapes(properties)) {
    objectsIn(properties.get(property), resource.value(property))
      .forEach((object) => found.push(...problemsIn(property, SHAPES[property], object, problem)));
  }
  return found.length > 1 ? [...new Set(found)] : found;
}
