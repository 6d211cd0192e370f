import { intrinsicOf, isObject, Resource, Template } from './template';
import { keep } from '../../private/memo';

/**
 * Finds the way by which a resource depends on itself; CloudFormation makes neither of those on it. What a condition chooses is not followed,
 * and nothing is where a loop writes resources.
 *
 * @param expressions a resource, if only as far as it refers to something
 * @returns for a logical id the ids on the way, the first again at the end; nothing where there is none
 */
export function circlesIn(template: Template, expressions: (logicalId: string) => unknown): (logicalId: string) => string[] {
  const { Resources = {} } = template;
  const byMacro = Object.keys(Resources).some((id) => id.startsWith('Fn::'));
  const known = new Map<string, readonly string[]>();
  const next = (id: string) => keep(known, id, () => dependenciesOf(expressions(id)).filter((each) => Object.hasOwn(Resources, each)));
  const leads = new Map<string, boolean>();
  // Most lead to no circle, which is found out once for all. One that is asked for while it is being found out is on a circle.
  const leadsToCircle = (id: string): boolean => keep(leads, id, () => {
    leads.set(id, true);
    return next(id).some(leadsToCircle);
  });
  return (start) => {
    if (byMacro || !leadsToCircle(start)) {
      return [];
    }
    const from = new Map<string, string>();
    const open = [start];
    for (let id = open.shift(); id !== undefined; id = open.shift()) {
      for (const each of next(id)) {
        if (each === start) {
          return wayTo(id, start, from);
        }
        if (!from.has(each)) {
          from.set(each, id);
          open.push(each);
        }
      }
    }
    return [];
  };
}

function wayTo(last: string, start: string, from: ReadonlyMap<string, string>): string[] {
  const way = [last, start];
  while (way[0] !== start) {
    way.unshift(from.get(way[0])!);
  }
  return way;
}

/** The names that a resource waits for in every case. */
function dependenciesOf(resource: unknown): string[] {
  if (!isObject(resource) || resource.Condition !== undefined) {
    return [];
  }
  const found = new Set(resource.DependsOn === undefined ? [] : [(resource as Resource).DependsOn].flat().map(String));
  collect(resource.Properties, found);
  return [...found];
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    value.forEach((inner) => collect(inner, found));
    return;
  }
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Fn::If') {
    return;
  }
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    found.add(Array.isArray(argument) ? String(argument[0]) : String(argument).split('.')[0]);
  } else if (name === 'Fn::Sub') {
    const [text, own] = [argument].flat() as unknown[];
    [...String(text).matchAll(/\$\{([A-Za-z0-9]+)(?:\.[A-Za-z0-9.]+)?\}/g)].filter(([, id]) => !isObject(own) || !Object.hasOwn(own, id))
      .forEach(([, id]) => found.add(id));
  }
  if (isObject(value)) {
    for (const key in value) {
      collect(value[key], found);
    }
  }
}
