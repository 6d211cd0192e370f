import { circlesIn } from './circles';
import { Spot, WHOLE, WHOLE_FACTS, WholeFact } from './facts';
import { indexProblem } from './functions';
import { missingKey } from './missing-keys';
import { lookAtOutputs } from './outputs';
import { lookForSecrets } from './secrets';
import { lookAtSections } from './sections';
import { Chance, Lookup, TemplateWalk } from './walk';
import { keep } from '../../../private/memo';
import { evaluate, ResourceView } from '../../rule';
import { RulesByType } from '../evaluate-template';
import { DeploymentFacts, Resolver } from '../resolver';
import { distinct, Sighting, TemplateFinding } from '../sightings';
import { isObject } from '../template';
import { TemplateIndex } from '../template-index';
import { World } from '../world';
import { worldsOf } from '../worlds';

/** The sections whose entries are judged one by one, as resources are by their types. */
const ENTRIES: readonly (readonly [section: 'Parameters' | 'Mappings' | 'Resources' | 'Outputs', type: string])[] = [
  ['Parameters', WHOLE.parameter], ['Mappings', WHOLE.mapping], ['Resources', WHOLE.resource], ['Outputs', WHOLE.output],
];
const TYPES: Readonly<Record<string, string>> = { ...Object.fromEntries(ENTRIES), Conditions: WHOLE.condition };

/** Judges a template as a whole: what CloudFormation refuses of it before it makes anything. */
export function evaluateWhole(rules: RulesByType, index: TemplateIndex, facts: DeploymentFacts): TemplateFinding[] {
  if (!Object.values(WHOLE).some((type) => rules.has(type))) {
    return [];
  }
  const { template } = index;
  const walk = new TemplateWalk(template);
  const { spots, names } = walk;
  lookAtSections(template, names, spots);
  lookAtOutputs(template, names, spots);
  lookForSecrets(index, names, spots);
  sayCircles(walk);
  const found = spots.all().flatMap((spot) => sightingsAt(spot, rules, index, undefined));
  for (const [section, type] of ENTRIES) {
    found.push(...inEntries(rules, index, section, type, names.isTransformed));
  }
  return [...distinct(found, []), ...inWorlds(walk, rules, index, facts)];
}

function sayCircles({ spots, needs, conditionNeeds, names }: TemplateWalk): void {
  circlesIn(needs, (id) => names.typeOf(id).startsWith('AWS::ElastiCache::'))
    .forEach((way) => spots.say(['Resources', way[0]], WHOLE_FACTS.circle, way.join(' needs ')));
  circlesIn(conditionNeeds, () => false).forEach((way) => spots.say(['Conditions', way[0]], WHOLE_FACTS.conditionCircle, way.join(' needs ')));
}

/** What the rules about a whole template say of a place. */
function sightingsAt({ place, facts }: Spot, rules: RulesByType, index: TemplateIndex, world: World | undefined): Sighting[] {
  const [section, name] = place;
  const logicalId = name ?? WHOLE.template;
  const view = new ResourceView(WHOLE.template, {}, {}, {}, { logicalId, attribute: (fact) => facts.get(fact as WholeFact) });
  const where = { logicalId, resourceType: typeOf(section, name, index), place, world };
  return evaluate(rules.get(WHOLE.template) ?? [], view).map((finding) => ({ ...finding, ...where }));
}

function typeOf(section: string, name: string | undefined, { template }: TemplateIndex): string {
  const type = section === 'Resources' && name !== undefined ? template.Resources?.[name]?.Type : undefined;
  return typeof type === 'string' ? type : name === undefined ? WHOLE.template : TYPES[section] ?? WHOLE.template;
}

/** What rules say of the entries of a section, as they are written. */
function inEntries(rules: RulesByType, index: TemplateIndex, section: (typeof ENTRIES)[number][0], type: string, isTransformed: boolean): Sighting[] {
  const entries = index.template[section];
  const own = rules.get(type) ?? [];
  const found: Sighting[] = [];
  for (const [name, entry] of Object.entries(own.length > 0 && isObject(entries) && !('Fn::Transform' in entries) ? entries : {})) {
    if (name.startsWith('Fn::')) {
      continue;
    }
    const view = new ResourceView(type, isObject(entry) ? entry : {}, {}, {}, {
      logicalId: name,
      attribute: (fact) => fact === 'Keys' ? isObject(entry) ? Object.keys(entry) : undefined : fact === 'Transformed' ? isTransformed : undefined,
    });
    for (const finding of evaluate(own, view)) {
      const written = finding.rule.reads.filter((key) => isObject(entry) && key in entry);
      const key = written.find((each) => finding.message.startsWith(`${each} `)) ?? written[0];
      const place = key === undefined ? [section, name] : [section, name, key];
      found.push({ ...finding, logicalId: name, resourceType: typeOf(section, name, index), place, world: undefined });
    }
  }
  return found;
}

/** What is missing where certain things are chosen: resources that a condition leaves out, keys of mappings, items of lists. */
function inWorlds(walk: TemplateWalk, rules: RulesByType, index: TemplateIndex, facts: DeploymentFacts): TemplateFinding[] {
  const { chances, lookups, selections } = walk;
  const resolvers = new Map<string, readonly (readonly [World, Resolver])[]>();
  const inWorldsOf = (conditions: readonly string[], values: readonly unknown[]) => keep(resolvers, JSON.stringify([conditions, values]), () =>
    worldsOf(index.template, [...conditions.map((Condition) => ({ Condition })), ...values], facts)
      .map((world) => [world, new Resolver(index.template, world, facts)] as const));
  type Missing = (resolver: Resolver) => string | undefined;
  type Worlds = readonly (readonly [World, Resolver])[];
  const say = (place: readonly string[], fact: WholeFact, worlds: Worlds, wrong: Missing) => distinct(
    worlds.flatMap(([world, resolver]) => {
      const what = wrong(resolver);
      return what === undefined ? [] : sightingsAt({ place, facts: new Map([[fact, [what]]]) }, rules, index, world);
    }), worlds.map(([world]) => world));
  const judge = ({ place, label }: Chance | Lookup, worlds: Worlds, missing: Missing) =>
    say(place, WHOLE_FACTS.unresolved, worlds, (resolver) => {
      const what = missing(resolver);
      return what === undefined ? undefined : `${label} ${what}`;
    });
  return uniqueFindings([
    ...chances.flatMap((chance) => judge(chance, inWorldsOf(conditionsOf(chance), []), (resolver) => leftOut(chance, resolver))
      .map((finding) => isAboutCaches(chance, index) ? finding : asChosen(finding))),
    ...lookups.flatMap((lookup) => {
      const { condition, arguments: parts } = lookup;
      return judge(lookup, inWorldsOf(condition === undefined ? [] : [condition], parts.filter(isObject)), (resolver) =>
        condition === undefined || resolver.condition(condition) ? missingKey(parts, resolver) : undefined);
    }),
    ...selections.flatMap(({ place, condition, arguments: [chosen, list] }) =>
      say(place, WHOLE_FACTS.malformed, inWorldsOf(condition === undefined ? [] : [condition], [chosen, list].filter(isObject)), (resolver) =>
        condition === undefined || resolver.condition(condition) ? indexProblem([chosen, list].map((part) => resolver.resolve(part))) : undefined)),
  ]);
}

/** Whether a cache reads what may be left out, or may be left out itself. */
function isAboutCaches({ place: [section, name], target }: Chance, index: TemplateIndex): boolean {
  return [typeOf(section, name, index), typeOf('Resources', target, index)].some((type) => type.startsWith('AWS::ElastiCache::'));
}

/** Elsewhere than in caches, a choice that cannot be deployed may be one that nobody is meant to take. */
function asChosen(finding: TemplateFinding): TemplateFinding {
  return finding.when === undefined ? finding : { ...finding, severity: 'warning' };
}

function conditionsOf({ guards, condition }: Chance): string[] {
  return [...new Set([...guards.map(([name]) => name), condition])].sort();
}

/** The resource that is read where it is certainly not there. */
function leftOut({ guards, target, condition }: Chance, resolver: Resolver): string | undefined {
  return resolver.condition(condition) === false && guards.every(([name, holds]) => resolver.condition(name) === holds)
    ? `${target} where its condition does not hold` : undefined;
}

/** What is read several times at one place is missing there once. */
function uniqueFindings(findings: readonly TemplateFinding[]): TemplateFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify([finding.place, finding.rule.code, finding.message]), finding])).values()];
}
