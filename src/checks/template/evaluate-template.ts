import { RELATED_TYPES } from './relation-table';
import { DeploymentFacts, Resolver } from './resolver';
import { isAsWritten, Resource, Template } from './template';
import { namesIn, TemplateIndex } from './template-index';
import { TemplateViews } from './template-views';
import { World } from './world';
import { assignmentOf, variablesOf, worldsOf } from './worlds';
import { evaluate, Finding, Rule } from '../rule';

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
  const index = new TemplateIndex(template);
  const types = typesToJudge(rules, index);
  if (types.length === 0 || !isAsWritten(template)) {
    return [];
  }
  const concerned = index.types.filter((type) => rules.has(type) || RELATED_TYPES.has(type))
    .flatMap((type) => index.idsOf(type)).map((id) => index.expressions(id)!);
  const isMinor = ({ Type }: Resource) => MINOR_TYPES.has(String(Type));
  const worlds = worldsOf(template, concerned.filter((each) => !isMinor(each)), facts, concerned.filter(isMinor));
  const names = [...namesIn([concerned, template.Conditions]).variables];
  const variables = variablesOf(template, worlds);
  const judged = new Map<string, Sighting[]>();
  const settled = new Set<string>();
  const sightings = worlds.flatMap((world): Sighting[] => {
    // Worlds that give the same values to all that is read show the same.
    const assignment = assignmentOf(template, world, names);
    const alike = judged.get(assignment);
    if (alike) {
      return alike.filter((sighting) => sighting.world).map((sighting) => ({ ...sighting, world }));
    }
    const found = sightingsIn(world, rules, types, new TemplateViews(index, new Resolver(template, world, facts), variables), settled);
    judged.set(assignment, found);
    return found;
  });
  return distinct(sightings, worlds);
}

/** What is found in a world. What is the same in all is settled, and judged in the first alone. */
function sightingsIn(world: World, rules: RulesByType, types: readonly string[], views: TemplateViews, settled: Set<string>): Sighting[] {
  const sightings: Sighting[] = [];
  for (const resourceType of types) {
    for (const logicalId of views.idsOf(resourceType).filter((id) => !settled.has(id))) {
      const { value: findings, varies } = views.observe(() => {
        const view = views.view(logicalId);
        return view ? evaluate(rules.get(resourceType)!, view) : [];
      });
      if (!varies) {
        settled.add(logicalId);
      }
      findings.forEach((finding) => sightings.push({ ...finding, logicalId, resourceType, world: varies ? world : undefined }));
    }
  }
  return sightings;
}

/** Types that are about a cache of elsewhere when they name the service. Any other is judged only beside caches. */
const ABOUT_OTHERS = /^AWS::(IAM|ApplicationAutoScaling)::/;

/** Types that no cache refers to: what decides them never keeps caches from being judged. */
const MINOR_TYPES = new Set([
  'AWS::CloudWatch::Alarm', 'AWS::Route53::RecordSet', 'AWS::SSM::Parameter', 'AWS::SNS::Subscription', 'AWS::EC2::SecurityGroupEgress',
  'AWS::SecretsManager::RotationSchedule', 'AWS::SecretsManager::SecretTargetAttachment',
]);

/** The types of resources that there are rules for. Where there is no cache, hardly anything is. */
function typesToJudge(rules: RulesByType, index: TemplateIndex): string[] {
  const { Parameters, Mappings, Resources } = index.template;
  const hasCaches = index.types.some((type) => /^AWS::elastic?cache::/i.test(type));
  const names = (part: unknown) => JSON.stringify(part)?.includes('elasticache') === true;
  // The name may stand where parameters and mappings say it.
  const isNamed = (type: string) => names([Parameters, Mappings]) || index.idsOf(type).some((id) => names(Resources![id]));
  return index.types.filter((type) => rules.has(type) && (hasCaches || (ABOUT_OTHERS.test(type) && isNamed(type))));
}

interface Sighting extends Finding {
  readonly logicalId: string;
  readonly resourceType: string;
  /** `undefined` for what is so in all worlds. */
  readonly world: World | undefined;
}

/** Each finding once, with the least that has to be chosen for it. */
function distinct(sightings: readonly Sighting[], worlds: readonly World[]): TemplateFinding[] {
  const inevitable = inevitableOf(sightings, worlds);
  const found = new Map<string, TemplateFinding>();
  for (const sighting of sightings) {
    const { rule, message, logicalId, resourceType, world } = sighting;
    const always = !world || inevitable.has(placeOf(sighting));
    const severity = always || world.certain ? rule.severity : 'warning';
    const key = JSON.stringify([logicalId, rule.code, message]);
    const known = found.get(key);
    if (!known || (known.severity === 'warning' && severity === 'error')) {
      found.set(key, { rule, message, severity, logicalId, resourceType, ...!always && world.label ? { when: world.label } : {} });
    }
  }
  return [...found.values()];
}

/** What is found, if not always in the same words, in all worlds of a set of which one will be the case. */
function inevitableOf(sightings: readonly Sighting[], worlds: readonly World[]): Set<string> {
  const seen = new Map<string, Set<World>>();
  for (const sighting of sightings) {
    if (sighting.world?.oneOf !== undefined) {
      const place = placeOf(sighting);
      seen.set(place, (seen.get(place) ?? new Set()).add(sighting.world));
    }
  }
  const size = (of: ReadonlySet<World>) => worlds.filter(({ oneOf }) => oneOf === [...of][0].oneOf).length;
  return new Set([...seen].filter(([, within]) => within.size === size(within)).map(([place]) => place));
}

/** A rule and a resource, in a set of worlds. */
function placeOf({ logicalId, rule, world }: Sighting): string {
  return JSON.stringify([world?.oneOf, logicalId, rule.code]);
}
