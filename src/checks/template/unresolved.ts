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
    const names = namesOf(value);
    return names === undefined ? [] : [
      ...[...names].filter((name) => !isKnown(name)),
      ...firstArguments(value, 'Fn::If').filter((name) => !Object.hasOwn(Conditions, name)).map((name) => `condition ${name}`),
      ...isTransformed ? [] : firstArguments(value, 'Fn::FindInMap').filter((name) => !Object.hasOwn(Mappings, name)).map((name) => `mapping ${name}`),
    ];
  };
  return ({ DependsOn, Condition, Properties }) => [
    ...[DependsOn ?? []].flat().map(String).filter((name) => !isKnown(name)).map((name) => `DependsOn ${name}`),
    ...typeof Condition === 'string' && !Object.hasOwn(Conditions, Condition) ? [`Condition condition ${Condition}`] : [],
    ...Object.entries(isObject(Properties) && !intrinsicOf(Properties) ? Properties : {})
      .flatMap(([property, value]) => missing(value).map((name) => `${property} ${name}`)),
  ];
}

/** The texts that are the first argument of a function wherever it is called, once each. */
function firstArguments(value: unknown, called: string): string[] {
  const found = new Set<string>();
  walk(value, (object) => {
    const [name, argument] = intrinsicOf(object) ?? [];
    const first: unknown = name === called && Array.isArray(argument) ? argument[0] : undefined;
    typeof first === 'string' && found.add(first);
  });
  return [...found];
}

/** What a value refers to; `undefined` where a macro writes some of it. */
function namesOf(value: unknown): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  let byMacro = false;
  walk(value, (object) => {
    for (const key in object) {
      byMacro ||= key === 'Fn::Transform' || key.startsWith('Fn::ForEach');
    }
    const [name, argument] = intrinsicOf(object) ?? [];
    if (name === 'Ref' && typeof argument === 'string') {
      names.add(argument);
    } else if (name === 'Fn::GetAtt') {
      const [logicalId] = Array.isArray(argument) ? argument as unknown[] : String(argument).split('.');
      names.add(typeof logicalId === 'string' ? logicalId : 'AWS::');
    } else if (name === 'Fn::Sub') {
      const [text, own] = Array.isArray(argument) ? argument as unknown[] : [argument, {}];
      const isOwn = (variable: string) => isObject(own) && Object.hasOwn(own, variable);
      (String(text).match(VARIABLE) ?? []).map((variable) => variable.trim()).filter((variable) => !isOwn(variable))
        .forEach((variable) => names.add(variable.startsWith('AWS::') ? variable : variable.split('.')[0]));
    }
  });
  return byMacro ? undefined : names;
}
