// What the properties of a resource refer to, as texts that rules read. Imports nothing of CDK.
import { isListParameter } from './resolver';
import { intrinsicOf, isObject, Template } from './template';
import { Opaque } from './world';

type Properties = Readonly<Record<string, unknown>>;

/** What became of the properties that are not written out: everything that is not known is in these. */
export function resolvedIn(written: unknown, properties: Properties): Properties {
  const resolved: Record<string, unknown> = {};
  for (const name in properties) {
    if (!isObject(written) || properties[name] !== written[name]) {
      resolved[name] = properties[name];
    }
  }
  return resolved;
}

/** Visits what is not known of a value, wherever in it. */
function eachOpaque(value: unknown, visit: (opaque: Opaque) => void): void {
  if (value instanceof Opaque) {
    visit(value);
  } else if (Array.isArray(value)) {
    value.forEach((inner) => eachOpaque(inner, visit));
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      eachOpaque((value as Properties)[key], visit);
    }
  }
}

/** A fact about each property of which something is not known. */
function factsIn(properties: Properties, read: (opaque: Opaque) => string | undefined): string[] {
  const facts: string[] = [];
  for (const name of Object.keys(properties)) {
    eachOpaque(properties[name], (opaque) => {
      const fact = read(opaque);
      if (fact !== undefined) {
        facts.push(`${name} ${fact}`);
      }
    });
  }
  return facts;
}

/** The attribute that a value is and nothing beside, with the type of its resource: `Ref AWS::EC2::Subnet`. */
function targetOf({ exact, attribute, references }: Opaque, typeOf: (logicalId: string) => string): string | undefined {
  return exact && attribute !== undefined && references.length > 0 ? `${attribute} ${typeOf(references[0])}` : undefined;
}

/** The properties that are an attribute of a resource, or hold one, with its name. */
export function givenIn(properties: Properties): string[] {
  return factsIn(properties, ({ attribute }) => attribute);
}

/** The same with the type of that resource. */
export function targetsIn(properties: Properties, typeOf: (logicalId: string) => string): string[] {
  return factsIn(properties, (opaque) => targetOf(opaque, typeOf));
}

/** The texts with dynamic references. */
export function dynamicTextsIn(properties: Properties): string[] {
  return factsIn(properties, ({ dynamic }) => dynamic);
}

/** The properties that are texts with parts that are not known. */
export function patternsIn(properties: Properties): string[] {
  return Object.keys(properties).flatMap((name) => patternOf(name, properties[name]));
}

/** The same of items of lists. */
export function itemPatternsIn(properties: Properties): string[] {
  return Object.keys(properties).flatMap((name) => {
    const value = properties[name];
    return Array.isArray(value) ? value.flatMap((item) => patternOf(name, item)) : [];
  });
}

function patternOf(name: string, value: unknown): string[] {
  return value instanceof Opaque && value.pattern !== undefined ? [`${name} ${value.pattern}`] : [];
}

/** Every place in properties that is an attribute of a resource, and nothing beside: `PolicyDocument.Statement.0.Resource Ref AWS::SNS::Topic`. */
export function placesIn(value: unknown, typeOf: (logicalId: string) => string, way: readonly string[] = []): string[] {
  if (value instanceof Opaque) {
    const target = targetOf(value, typeOf);
    return target === undefined ? [] : [`${way.join('.')} ${target}`];
  }
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => placesIn(inner, typeOf, [...way, key])) : [];
}

/** Attributes that are one text, of whatever resource of AWS they are. */
const ONE_TEXT = ['Arn', 'GroupId', 'Id', 'SubnetId'];

/** The properties that refer to a parameter or a resource, and those with items that do: `SubnetIds item list Subnets`. A resource is one text. */
export function parametersIn(properties: unknown, template: Template): string[] {
  const found: string[] = [];
  const say = (property: string, place: string, value: unknown) => {
    const reference = referenceIn(value, template);
    if (reference !== undefined) {
      found.push(`${property} ${place} ${reference}`);
    }
  };
  for (const [property, value] of Object.entries(isObject(properties) ? properties : {})) {
    if (Array.isArray(value)) {
      value.forEach((item) => say(property, 'item', item));
    } else {
      say(property, 'whole', value);
    }
  }
  return found;
}

function referenceIn(value: unknown, template: Template): string | undefined {
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === undefined) {
    return undefined;
  }
  const [parameters, resources] = [template.Parameters ?? {}, template.Resources ?? {}];
  if (name === 'Fn::GetAtt') {
    const [id, attribute] = (Array.isArray(argument) ? argument : String(argument).split('.')) as string[];
    return Object.hasOwn(resources, id) && /^AWS::(EC2|SNS|KMS|Logs|ElastiCache)::/.test(String(resources[id]?.Type)) && ONE_TEXT.includes(attribute)
      ? `text ${id}` : undefined;
  }
  if (name !== 'Ref' || typeof argument !== 'string') {
    return undefined;
  }
  return Object.hasOwn(parameters, argument) ? `${isListParameter(parameters[argument]) ? 'list' : 'text'} ${argument}`
    : Object.hasOwn(resources, argument) ? `text ${argument}` : undefined;
}
