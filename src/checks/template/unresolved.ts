import { intrinsicOf, isObject, Resource, Template, walk } from './template';

/** The names in the texts of `Fn::Sub`, without their attributes. */
const VARIABLE = /(?<=\$\{)[^!}][^}]*(?=\})/g;

/** Finds the resources and parameters that a resource refers to and the template does not have; none where a macro may write them. */
export function unresolvedNames(template: Template): (resource: Resource) => string[] {
  const { Resources = {}, Parameters = {} } = template;
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
    return names ? [...names].filter((name) => !isKnown(name)) : [];
  };
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
