import { intrinsicOf, isObject, Resource, Template, walk } from './template';

/** The names in the texts of `Fn::Sub`, without their attributes. */
const VARIABLE = /(?<=\$\{)[^!}][^}]*(?=\})/g;

/**
 * Finds the resources, parameters, conditions and mappings that a resource refers to and the template does not have; none where a macro may write
 * them.
 *
 * @returns the property and what is missing, `CacheSubnetGroupName Subnets` or `NumCacheClusters condition IsProd`
 */
export function unresolvedNames(template: Template): (resource: Resource) => string[] {
  const { Resources = {}, Parameters = {}, Conditions = {}, Mappings = {} } = template;
  const ids = Object.keys(Resources);
  const isTransformed = 'Transform' in template;
  const isKnown = (name: string) => name.startsWith('AWS::') || Object.hasOwn(Resources, name) || Object.hasOwn(Parameters, name)
    // SAM names what it makes after what it is for.
    || (isTransformed && (name.startsWith('Serverless') || ids.some((id) => name.startsWith(id))));
  if (ids.some((id) => id.startsWith('Fn::'))) {
    return () => [];
  }
  const missing = (value: unknown): string[] => {
    const [names, conditions, mappings]: string[][] = [[], [], []];
    const byMacro = findReferences(value, {
      name: (name) => isKnown(name) || names.push(name),
      condition: (name) => Object.hasOwn(Conditions, name) || conditions.push(`condition ${name}`),
      mapping: (name) => isTransformed || Object.hasOwn(Mappings, name) || mappings.push(`mapping ${name}`),
    });
    const found = [...names, ...conditions, ...mappings];
    return byMacro || found.length === 0 ? [] : [...new Set(found)];
  };
  return ({ DependsOn, Condition, Properties }) => [
    ...(DependsOn === undefined ? [] : [DependsOn].flat()).map(String).filter((name) => !isKnown(name)).map((name) => `DependsOn ${name}`),
    ...typeof Condition === 'string' && !Object.hasOwn(Conditions, Condition) ? [`Condition condition ${Condition}`] : [],
    ...Object.entries(isObject(Properties) && !intrinsicOf(Properties) ? Properties : {})
      .flatMap(([property, value]) => missing(value).map((name) => `${property} ${name}`)),
  ];
}

interface Finder {
  readonly name: (name: string) => unknown;
  readonly condition: (name: string) => unknown;
  readonly mapping: (name: string) => unknown;
}

/**
 * Finds what a value refers to.
 *
 * @returns whether a macro writes some of it: then nothing is known of it
 */
function findReferences(value: unknown, found: Finder): boolean {
  let byMacro = false;
  walk(value, (object) => {
    for (const key in object) {
      byMacro ||= key === 'Fn::Transform' || key.startsWith('Fn::ForEach');
    }
    const intrinsic = intrinsicOf(object);
    if (!intrinsic) {
      return;
    }
    const [name, argument] = intrinsic;
    const first: unknown = Array.isArray(argument) ? argument[0] : undefined;
    if (name === 'Ref' && typeof argument === 'string') {
      found.name(argument);
    } else if (name === 'Fn::GetAtt') {
      const logicalId = Array.isArray(argument) ? first : String(argument).split('.')[0];
      found.name(typeof logicalId === 'string' ? logicalId : 'AWS::');
    } else if (name === 'Fn::Sub') {
      const [text, own] = Array.isArray(argument) ? argument as unknown[] : [argument, {}];
      const isOwn = (variable: string) => isObject(own) && Object.hasOwn(own, variable);
      (String(text).match(VARIABLE) ?? []).map((variable) => variable.trim()).filter((variable) => !isOwn(variable))
        .forEach((variable) => found.name(variable.startsWith('AWS::') ? variable : variable.split('.')[0]));
    } else if (typeof first === 'string') {
      name === 'Fn::If' && found.condition(first);
      name === 'Fn::FindInMap' && found.mapping(first);
    }
  });
  return byMacro;
}
