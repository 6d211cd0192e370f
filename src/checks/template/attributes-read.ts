import { intrinsicOf, isObject, Template } from './template';

/**
 * The attributes of each resource that the template reads wherever the resource is: what only some choice of conditions reads is left out.
 *
 * @param expressions a resource, if only as far as it refers to something
 * @returns `Endpoint.Address`, … by logical id
 */
export function attributesRead(template: Template, expressions: (logicalId: string) => unknown): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const section of ['Resources', 'Outputs'] as const) {
    const entries = (template as Readonly<Record<string, unknown>>)[section];
    for (const [id, written] of Object.entries(isObject(entries) ? entries : {})) {
      const entry = section === 'Resources' ? expressions(id) : written;
      const condition = isObject(entry) ? entry.Condition : undefined;
      collect(entry, (logicalId, attribute) => {
        if (condition === undefined || condition === template.Resources?.[logicalId]?.Condition) {
          found.set(logicalId, (found.get(logicalId) ?? new Set()).add(attribute));
        }
      });
    }
  }
  return found;
}

function collect(value: unknown, add: (logicalId: string, attribute: string) => void): void {
  if (Array.isArray(value)) {
    value.forEach((inner) => collect(inner, add));
    return;
  }
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Fn::GetAtt') {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
    if (typeof logicalId === 'string' && attribute.length > 0 && attribute.every((part) => typeof part === 'string')) {
      add(logicalId, attribute.join('.'));
    }
  } else if (name === 'Fn::Sub') {
    const [text, variables] = [argument].flat() as unknown[];
    const own = isObject(variables) ? Object.keys(variables) : [];
    [...String(text).matchAll(/\$\{([A-Za-z0-9]+)\.([A-Za-z0-9.]+)\}/g)].filter(([, id, rest]) => !own.includes(`${id}.${rest}`))
      .forEach(([, logicalId, attribute]) => add(logicalId, attribute));
  }
  // A branch counts only where its condition holds, which is not followed here.
  if (isObject(value) && name !== 'Fn::If') {
    for (const key in value) {
      collect(value[key], add);
    }
  }
}
