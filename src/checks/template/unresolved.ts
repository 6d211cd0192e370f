import { intrinsicOf, isObject, Resource, Template, walk } from './template';

/** The names in the texts of `Fn::Sub`, without their attributes. */
const VARIABLE = /(?<=\$\{)[^!}][^}]*(?=\})/g;

/** Finds the resources, parameters, conditions and mappings that a resource refers to and the template does not have; none where a macro may write them. */
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
  return (resource) => {
    const names = namesOf(resource);
    const [conditions, mappings] = names ? [conditionsOf(resource), isTransformed ? [] : mappingsOf(resource)] : [[], []];
    return [
      ...[...names ?? []].filter((name) => !isKnown(name)),
      ...conditions.filter((name) => !Object.hasOwn(Conditions, name)).map((name) => `condition ${name}`),
      ...mappings.filter((name) => !Object.hasOwn(Mappings, name)).map((name) => `mapping ${name}`),
    ];
  };
}

/** The conditions that a resource and its properties ask for. */
function conditionsOf(resource: Resource): string[] {
  return [...new Set([
    ...typeof resource.Condition === 'string' ? [resource.Condition] : [],
    ...argumentsOf(resource.Properties, 'Fn::If').filter((name): name is string => typeof name === 'string'),
  ])];
}

/** The mappings that the properties of a resource name in so many words. */
function mappingsOf(resource: Resource): string[] {
  return [...new Set(argumentsOf(resource.Properties, 'Fn::FindInMap').filter((name): name is string => typeof name === 'string'))];
}

/** The first arguments of a function wherever it is called. */
function argumentsOf(value: unknown, called: string): unknown[] {
  const found: unknown[] = [];
  walk(value, (object) => {
    const [name, argument] = intrinsicOf(object) ?? [];
    if (name === called && Array.isArray(argument)) {
      found.push(argument[0]);
    }
  });
  return found;
}

/** What a resource refers to; `undefined` where a macro writes some of it. */
function namesOf(resource: Resource): ReadonlySet<string> | undefined {
  const names = new Set([resource.DependsOn ?? []].flat().map(String));
  let byMacro = false;
  walk(resource.Properties, (object) => {
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
