// Two judges who share no code with us, over the smallest templates on both sides of every rejecting rule: what they refuse we refuse.
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { synthesize } from './support/assembly';
import { cdkPreflight, cfnLint, Finding } from './support/judges';
import { RULES_BY_FOLDER } from '../../src/checks/rules';
import { caseOfRule, TemplateResources } from '../checks/cases';
import { rejections } from '../checks/support/judge';

interface Disagreement {
  readonly rule: string;
  /** The stacks: code, type and side. */
  readonly stacks: RegExp;
  readonly reason: string;
}

/** What the others refuse and we do not. An entry that explains nothing any more fails the test. */
const DISAGREEMENTS: readonly Disagreement[] = [];

const SAMPLE = Object.entries(RULES_BY_FOLDER).flatMap(([folder, rules]) => rules
  .filter(({ severity, resourceType }) => severity === 'error' && resourceType.startsWith('AWS::ElastiCache::'))
  .flatMap((rule) => Object.entries(caseOfRule(folder, rule)).map(([side, resources]) => (
    { stack: `${rule.code}-${rule.resourceType.split('::')[2]}-${side}`, resources: resources as TemplateResources }))));

/** Ids as long as real ones: the cases' own are short. */
function withIds(text: string): string {
  return text.replace(/"(vpc|sg|subnet)-(\d+)"/g, (_, kind: string, id: string) => `"${kind}-${id.padStart(8, '0')}"`);
}

/** Whether a finding is about a cache, and not about what stands beside it. */
function isOfCache({ resource }: Finding): boolean {
  const [stack, id] = resource.split('/');
  return SAMPLE.some((sample) => sample.stack === stack && sample.resources[id]?.Type.startsWith('AWS::ElastiCache::'));
}

function build(): App {
  const app = new App();
  for (const { stack: name, resources } of SAMPLE) {
    const stack = new Stack(app, name, { env: { region: 'eu-west-1' } });
    for (const [id, { Type, Properties, ...attributes }] of Object.entries(resources)) {
      const resource = new CfnResource(stack, id, { type: Type, properties: JSON.parse(withIds(JSON.stringify(Properties ?? {}))) });
      resource.overrideLogicalId(id);
      Object.entries(attributes).forEach(([attribute, value]) => resource.addOverride(attribute, value));
    }
  }
  return app;
}

/** The findings that would stop a deployment, by stack. */
const stackOf = ({ resource }: Finding) => resource.split('/')[0];
const occurred = new Set<Disagreement>();

test('what cfn-lint and cdk-preflight refuse we refuse, or it is explained', () => {
  const assembly = synthesize(build);
  const found = [...cfnLint(assembly).filter(({ rule }) => rule.startsWith('E')), ...cdkPreflight(assembly)];
  const rejected = new Set(SAMPLE.filter(({ resources }) => rejections({ Resources: resources }).length > 0).map(({ stack }) => stack));
  const explained = (finding: Finding) => {
    const entry = DISAGREEMENTS.find(({ rule, stacks }) => finding.rule.startsWith(rule) && stacks.test(stackOf(finding)));
    if (entry) {
      occurred.add(entry);
    }
    return entry !== undefined;
  };
  expect(found.length).toBeGreaterThan(50);
  const unexplained = found.filter((finding) => isOfCache(finding) && !rejected.has(stackOf(finding)) && !explained(finding));
  expect(unexplained.map(({ rule, resource, message }) => `${rule} ${resource}: ${message}`)).toEqual([]);
});

test('every explanation is needed', () => {
  expect(DISAGREEMENTS.filter((each) => !occurred.has(each))).toEqual([]);
});
