import { RELATED_TYPES } from './relation-table';
import { DeploymentFacts, Resolver } from './resolver';
import { isAsWritten, isObject, Resource, Template } from './template';
import { TemplateViews } from './template-views';
import { World } from './world';
import { worldsOf } from './worlds';
import { evaluate, Finding, ResourceView, Rule } from '../rule';

/** Rules by the type of resource they judge. */
export type RulesByType = ReadonlyMap<string, readonly Rule[]>;

/** What a rule found in a template. */
export interface TemplateFinding extends Finding {
  readonly logicalId: string;
  readonly resourceType: string;
  /** `error` only where the template is wrong by itself: what takes a combination of several choices is a warning. */
  readonly severity: Rule['severity'];
  /** What has to be chosen for it; `undefined` when the template's defaults suffice. */
  readonly when?: string;
}

/** Judges the resources of a template, in every consistent assignment of its conditions. What several assignments show is found once. */
export function evaluateTemplate(rules: RulesByType, template: Template, facts: DeploymentFacts = {}): TemplateFinding[] {
  const resources = Object.entries(isObject(template.Resources) ? template.Resources : {}).filter(([, resource]) => isObject(resource));
  const types = typesToJudge(rules, template, resources);
  if (types.length === 0 || !isAsWritten(template)) {
    return [];
  }
  const concerned = resources.filter(([, { Type }]) => rules.has(String(Type)) || RELATED_TYPES.has(String(Type))).map(([, resource]) => resource);
  const worlds = worldsOf(template, concerned, facts);
  const found = worlds.flatMap((world): Sighting[] => {
    const views = new TemplateViews(new Resolver(template, world, facts));
    return types.flatMap((type) => views.ofType(type)).flatMap((view) =>
      evaluate(rules.get(view.type)!, view).map((finding) => ({ ...finding, view, world })));
  });
  return distinct(found, worlds);
}

/** Types that are about a cache of elsewhere when they name the service. Any other is judged only beside caches. */
const ABOUT_OTHERS = /^AWS::(IAM|ApplicationAutoScaling)::/;

/** The types of resources that there are rules for. Where there is no cache, hardly anything is. */
function typesToJudge(rules: RulesByType, { Parameters, Mappings }: Template, resources: readonly (readonly [string, Resource])[]): string[] {
  const types = [...new Set(resources.map(([, { Type }]) => String(Type)))];
  const hasCaches = types.some((type) => type.startsWith('AWS::ElastiCache::'));
  // The name may stand where parameters and mappings say it.
  const namesIt = (type: string) => JSON.stringify([Parameters, Mappings]).includes('elasticache')
    || resources.some(([, resource]) => resource.Type === type && JSON.stringify(resource).includes('elasticache'));
  const isAbout = (type: string) => hasCaches || (ABOUT_OTHERS.test(type) && namesIt(type));
  return types.filter((type) => rules.has(type) && isAbout(type));
}

interface Sighting extends Finding {
  readonly view: ResourceView;
  readonly world: World;
}

/** Each finding once, with the least that has to be chosen for it. */
function distinct(sightings: readonly Sighting[], worlds: readonly World[]): TemplateFinding[] {
  const inevitable = inevitableOf(sightings, worlds);
  const found = new Map<string, TemplateFinding>();
  for (const { rule, message, view, world } of sightings) {
    const always = inevitable.has(placeOf({ rule, view, world }));
    const severity = world.certain || always ? rule.severity : 'warning';
    const key = JSON.stringify([view.logicalId, rule.code, message]);
    const known = found.get(key);
    if (!known || (known.severity === 'warning' && severity === 'error')) {
      found.set(key, {
        rule, message, severity, logicalId: view.logicalId!, resourceType: view.type, ...world.label && !always ? { when: world.label } : {},
      });
    }
  }
  return [...found.values()];
}

/** What is found, if not always in the same words, in all worlds of a set of which one will be the case. */
function inevitableOf(sightings: readonly Sighting[], worlds: readonly World[]): Set<string> {
  const seen = new Map<string, Set<World>>();
  for (const sighting of sightings.filter(({ world }) => world.oneOf !== undefined)) {
    const place = placeOf(sighting);
    seen.set(place, (seen.get(place) ?? new Set()).add(sighting.world));
  }
  const size = (of: ReadonlySet<World>) => worlds.filter(({ oneOf }) => oneOf === [...of][0].oneOf).length;
  return new Set([...seen].filter(([, within]) => within.size === size(within)).map(([place]) => place));
}

/** A rule and a resource, in a set of worlds. */
function placeOf({ view, rule, world }: Pick<Sighting, 'view' | 'rule' | 'world'>): string {
  return JSON.stringify([world.oneOf, view.logicalId, rule.code]);
}
