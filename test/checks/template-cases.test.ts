// Every rule over templates: its case as it stands, and with its values in every form that CloudFormation offers.
import { caseOfRule, CASES_BY_FOLDER, TemplateResources } from './cases';
import { Rule } from '../../src/checks/rule';
import { RULES_BY_FOLDER, RULES_BY_TYPE } from '../../src/checks/rules';
import { evaluateTemplate, TemplateFinding } from '../../src/checks/template/evaluate-template';
import { intrinsicOf, isObject, isScalar, Template } from '../../src/checks/template/template';

const SUBJECTS = Object.entries(RULES_BY_FOLDER).flatMap(([folder, rules]) =>
  rules.map((rule) => [`${folder}: ${rule.code} of ${rule.resourceType}`, folder, rule] as const));

/** Where the cases are deployed. */
const FACTS = { region: 'eu-west-1', account: '111122223333' };
/** Rules of which a part only asks whether something is written: nothing that is not known changes that. */
const ASK_FOR_NAMES = ['PropertyRequired', 'PropertyNotOfType', 'PropertyUnknown', 'CacheSecurityGroupGone', 'ResourceTypeUnknown', 'ReferenceUnresolved'];
/** Those that ask whether it is certainly there: what a parameter without a default gives is. */
const ASK_FOR_PRESENCE = [
  ...ASK_FOR_NAMES, 'AuthTokenReplacesGroup', 'GlobalParameterGroupAlone', 'PropertyReadOnly',
  'AlarmMetricIncomplete', 'AlarmMetricTwice', 'RecordContradictory', 'RecordIncomplete', 'ScalingPolicyTargetUnclear', 'SecretStringTwice',
  'SecurityGroupRuleTwoPeers',
];
/** What is not a property has no branches. */
const isBesideProperties = (rule: Rule) => ['CacheSecurityGroupGone', 'ResourceTypeUnknown'].includes(rule.code)
  || rule.reads.some((name) => ['Fn::GetAtt', 'Unresolved', 'Circle', 'Dynamic', 'DeletionPolicy', 'UpdateReplacePolicy'].includes(name));

type Rewrite = (value: unknown, property: string) => unknown;

function found(rule: Rule, template: Template): TemplateFinding[] {
  return evaluateTemplate(RULES_BY_TYPE, template, FACTS)
    .filter((finding) => finding.rule.code === rule.code && finding.resourceType === rule.resourceType);
}

/** The properties of the judged resources, and those of the others when they are all that differs, each rewritten. */
function rewritten(resources: TemplateResources, rewrite: Rewrite, only: (property: string) => boolean = () => true): TemplateResources {
  return Object.fromEntries(Object.entries(resources).map(([id, { Properties = {}, ...resource }]) => [id, {
    ...resource, Properties: Object.fromEntries(Object.entries(Properties).map(([name, value]) => [name, only(name) ? rewrite(value, name) : value])),
  }]));
}

/** Every text, number and flag in a value, in another form; references stay what they are. */
function leaves(rewrite: (leaf: string | number | boolean) => unknown): Rewrite {
  const deep = (value: unknown): unknown => isScalar(value) ? rewrite(value)
    : intrinsicOf(value) ? value : Array.isArray(value) ? value.map(deep)
      : isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner)])) : value;
  return deep;
}

function withParameters(resources: TemplateResources, type: string): Template {
  const Parameters: Record<string, object> = {};
  const Resources = rewritten(resources, leaves((leaf) => {
    const name = `P${Object.keys(Parameters).length}`;
    Parameters[name] = { Type: typeof leaf === 'number' ? 'Number' : type, Default: String(leaf) };
    return { Ref: name };
  }));
  return { Parameters, Resources } as Template;
}

function withMapping(resources: TemplateResources): Template {
  const values: Record<string, unknown> = {};
  const Resources = rewritten(resources, leaves((leaf) => {
    const name = `v${Object.keys(values).length}`;
    values[name] = leaf;
    return { 'Fn::FindInMap': ['Settings', { Ref: 'Stage' }, name] };
  }));
  return { Parameters: { Stage: { Type: 'String', Default: 'prod' } }, Mappings: { Settings: { prod: values, test: {} } }, Resources } as Template;
}

/** Both sides of a case in one template, property by property under one condition. */
function either(first: TemplateResources, second: TemplateResources, chosen: string): Template {
  const absent = { Ref: 'AWS::NoValue' };
  const ids = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  const Resources = Object.fromEntries(ids.map((id) => {
    const [one, two] = [first[id], second[id]];
    if (!one || !two) {
      return [id, { ...one ?? two, Condition: one ? 'Chosen' : 'Other' }];
    }
    const names = new Set([...Object.keys(one.Properties ?? {}), ...Object.keys(two.Properties ?? {})]);
    const Properties = Object.fromEntries([...names].map((name) =>
      [name, { 'Fn::If': ['Chosen', one.Properties?.[name] ?? absent, two.Properties?.[name] ?? absent] }]));
    return [id, { ...one, Properties }];
  }));
  const Conditions = { Chosen: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] }, Other: { 'Fn::Not': [{ Condition: 'Chosen' }] } };
  return { Parameters: { Choice: { Type: 'String', Default: chosen } }, Conditions, Resources } as Template;
}

const severities = (findings: readonly TemplateFinding[]) => [...new Set(findings.map(({ severity }) => severity))];

test('every rule has a case, and every case a rule', () => {
  for (const [folder, rules] of Object.entries(RULES_BY_FOLDER)) {
    expect([folder, [...new Set(Object.keys(CASES_BY_FOLDER[folder] ?? {}).map((key) => key.split(':')[0]))].sort()]).toEqual([folder, [...new Set(rules.map(({ code }) => code))].sort()]);
  }
});

describe.each(SUBJECTS)('%s', (_, folder, rule) => {
  const { bad, good } = caseOfRule(folder, rule);

  test('is found in the bad template and not in the good one', () => {
    expect(severities(found(rule, { Resources: bad }))).toEqual([rule.severity]);
    expect(found(rule, { Resources: good })).toEqual([]);
  });

  test('no rule rejects the good template', () => {
    const rejecting = evaluateTemplate(RULES_BY_TYPE, { Resources: good }, FACTS).filter(({ severity }) => severity === 'error');
    expect(rejecting.map(({ message }) => message)).toEqual([]);
  });

  test('reads numbers and flags that are written as texts', () => {
    expect(severities(found(rule, { Resources: rewritten(bad, leaves(String)) }))).toEqual([rule.severity]);
    expect(found(rule, { Resources: rewritten(good, leaves(String)) })).toEqual([]);
  });

  test('reads the defaults of parameters', () => {
    expect(severities(found(rule, withParameters(bad, 'String')))).toEqual([rule.severity]);
    expect(found(rule, withParameters(good, 'String'))).toEqual([]);
  });

  test('reads mappings', () => {
    expect(severities(found(rule, withMapping(bad)))).toEqual([rule.severity]);
    expect(found(rule, withMapping(good))).toEqual([]);
  });

  test('reads both branches of a condition, each in its world', () => {
    if (isBesideProperties(rule)) {
      return;
    }
    expect(severities(found(rule, either(bad, good, 'yes')))).toEqual([rule.severity]);
    expect(found(rule, either(bad, good, 'yes')).map(({ when }) => when)).toEqual(found(rule, { Resources: bad }).map(() => undefined));
    expect(severities(found(rule, either(good, bad, 'yes')))).toEqual([rule.severity]);
    expect(found(rule, either(good, bad, 'yes')).map(({ when }) => when)).not.toContain(undefined);
    expect(found(rule, either(good, good, 'yes'))).toEqual([]);
  });

  test('takes what stands for nothing as left out', () => {
    for (const property of rule.reads) {
      const absent = rewritten(bad, () => ({ Ref: 'AWS::NoValue' }), (name) => name === property);
      const left = Object.fromEntries(Object.entries(bad).map(([id, { Properties = {}, ...resource }]) =>
        [id, { ...resource, Properties: Object.fromEntries(Object.entries(Properties).filter(([name]) => name !== property)) }]));
      const [one, other] = [absent, left].map((Resources) => found(rule, { Resources }).map(({ message }) => message));
      expect(one).toEqual(other);
    }
  });

  test('judges nothing that is known at the deployment only', () => {
    const isWritten = Object.values(bad).some(({ Properties = {} }) => rule.reads.some((property) => property in Properties));
    // What a parameter holds is known whatever it is.
    const parameters = rule.code === 'PropertyTypeWrong' ? [] : [[{ Ref: 'Later' }, true], [{ Ref: 'Several' }, false]] as const;
    for (const [value, isThere] of isWritten ? [...parameters, [{ 'Fn::Transform': { Name: 'Macro' } }, false] as const] : []) {
      const Resources = rewritten(bad, () => value, (name) => rule.reads.includes(name));
      const asks = ASK_FOR_PRESENCE.includes(rule.code) && (isThere || ASK_FOR_NAMES.includes(rule.code));
      expect(found(rule, { Parameters: { Later: { Type: 'String' }, Several: { Type: 'CommaDelimitedList' } }, Resources } as Template))
        .toEqual(asks ? found(rule, { Resources: bad }) : []);
    }
    expect(found(rule, { Transform: 'MyMacro', Resources: bad })).toEqual([]);
    expect(found(rule, { Transform: 'AWS::Serverless-2016-10-31', Resources: bad })).not.toEqual([]);
  });

  test('is not upset by values of the wrong kind', () => {
    for (const value of [5, 'x', true, [], {}, [{}], [null], [[1]], { a: 1 }, { Passwords: 1 }, null]) {
      for (const property of rule.reads) {
        const other = rewritten(bad, () => value, (name) => name === property);
        expect(() => found(rule, { Resources: other })).not.toThrow();
      }
    }
  });
});
