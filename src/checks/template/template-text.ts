import { isObject, Resource } from './template';
import { Rule } from '../rule';

/** Whether a template's text can hold anything that a rule judges: almost all templates do not, and are not even parsed. */
export function mayConcernElastiCache(text: string): boolean {
  return /elastic?cache/i.test(text);
}

/** Where in a resource the properties are that a rule reads; the resource itself when none of them is written. */
export function locationsOf(rule: Rule, logicalId: string, resource: Resource): string[] {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const written = rule.reads.filter((property) => property in properties);
  const place = `Resources/${logicalId}/Properties`;
  return written.length > 0 ? written.map((property) => `${place}/${property}`) : [place];
}
