import { RELATED_TYPES } from './relation-table';
import { DeploymentFacts, Resolver } from './resolver';
import { distinct, Sighting, TemplateFinding } from './sightings';
import { isAsWritten, Resource, Template } from './template';
import { namesIn, TemplateIndex } from './template-index';
import { TemplateViews } from './template-views';
import { evaluateWhole } from './whole/evaluate-whole';
import { World } from './world';
import { assignmentOf, variablesOf, worldsOf } from './worlds';
import { evaluate, Rule } from '../rule';

export type { TemplateFinding } from './sightings';

/** Rules by the type of resource they judge. */
export type RulesByType = ReadonlyMap<string, readonly Rule[]>;

/** Judges a template as a whole, and its resources in every consistent assignment of its conditions. What several assignments show is found once. */
export function evaluateTemplate(rules: RulesByType, template: Template, facts: DeploymentFacts = {}): TemplateFinding[] {
  const index = new TemplateIndex(template);
  if (!isAsWritten(template)) {
    return [];
  }
  const isBesideCaches = hasCaches(index);
  const types = typesToJudge(rules, index, isBesideCaches);
  const whole = isBesideCaches ? evaluateWhole(rules, index, facts) : [];
  if (types.length === 0) {
    return whole;
  }
  const concerned = index.types.filter((type) => rules.has(type) || RELATED_TYPES.has(type))
    .flatMap((type) => index.idsOf(type)).map((id) => index.expressions(id)!);
  const isMinor = ({ Type }: Resource) => MINOR_TYPES.has(String(Type));
  const worlds = worldsOf(template, concerned.filter((each) => !isMinor(each)), facts, concerned.filter(isMinor));
  const names = [...namesIn([concerned, template.Conditions]).variables].filter((name) => Object.hasOwn(template.Parameters ?? {}, name));
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
  return [...whole, ...distinct(sightings, worlds)];
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

/** Whether there is a cache, or what somebody takes for one. */
function hasCaches(index: TemplateIndex): boolean {
  return index.types.some((type) => /^AWS::elastic?cache::/i.test(type));
}

/** The types of resources that there are rules for. Where there is no cache, hardly anything is judged. */
function typesToJudge(rules: RulesByType, index: TemplateIndex, isBesideCaches: boolean): string[] {
  const { Parameters, Mappings, Resources } = index.template;
  const names = (part: unknown) => JSON.stringify(part)?.includes('elasticache') === true;
  // The name may stand where parameters and mappings say it.
  const isNamed = (type: string) => names([Parameters, Mappings]) || index.idsOf(type).some((id) => names(Resources![id]));
  return index.types.filter((type) => rules.has(type) && (isBesideCaches || (ABOUT_OTHERS.test(type) && isNamed(type))));
}
