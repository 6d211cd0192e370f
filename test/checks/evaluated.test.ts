// What is evaluated at all: nothing without ElastiCache, and what no condition changes once.
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { ScalableTarget, ServiceNamespace } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { check } from '../../command/check';
import { inputsOf } from '../../command/inputs';
import { ElastiCacheChecks } from '../../src';
import { ResourceView, Rule } from '../../src/checks/rule';
import { RULES, RULES_BY_TYPE } from '../../src/checks/rules';
import { evaluateTemplate, RulesByType } from '../../src/checks/template/evaluate-template';
import { Template } from '../../src/checks/template/template';

let folder: string;
let judged: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluated-'));
  for (const rule of RULES) {
    const judge = rule.judge;
    jest.spyOn(rule, 'judge').mockImplementation((view) => {
      judged.push(`${view.logicalId} ${view.type}`);
      return judge(view);
    });
  }
});
beforeEach(() => { judged = []; });
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** The types of the resources that any rule was asked about, beside the template itself. */
function types(): string[] {
  return [...new Set(judged.map((each) => each.split(' ')[1]))].filter((type) => !type.startsWith('Template')).sort();
}

const POLICY = (action: string) => ({
  Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'policy', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] } },
});
const TARGET = (namespace: string) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: { ServiceNamespace: namespace, ScalableDimension: `${namespace}:x:y`, ResourceId: 'x/y', MinCapacity: 1, MaxCapacity: 2 },
});
const OPEN = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Open', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379, CidrIp: '0.0.0.0/0' }] } };
const CACHE = { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ReplicationGroupDescription: 'Cache' } };

describe('without ElastiCache, no rule is asked', () => {
  const others: Template = { Description: 'Clients of ElastiCache', Resources: { OPEN, Policy: POLICY('s3:GetObject'), Target: TARGET('ecs') } } as Template;

  test('over a template', () => {
    expect(evaluateTemplate(RULES_BY_TYPE, others)).toEqual([]);
    expect(judged).toEqual([]);
  });

  test('by the command', () => {
    const path = join(folder, 'others.json');
    writeFileSync(path, JSON.stringify(others));
    expect(check(inputsOf(path), { parameters: {}, acknowledge: {} })).toEqual([]);
    expect(judged).toEqual([]);
  });

  test('by the plugin, and in an app with a cache about the stack of the cache alone', () => {
    const app = new App({ outdir: join(folder, 'cdk.out') });
    Validations.of(app).addPlugins(new ElastiCacheChecks());
    const clients = new Stack(app, 'Clients');
    new CfnSecurityGroup(clients, 'Open', { groupDescription: 'Open', securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 6379, toPort: 6379, cidrIp: '0.0.0.0/0' }] });
    new ManagedPolicy(clients, 'Policy', { statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] });
    new ScalableTarget(clients, 'Target', {
      serviceNamespace: ServiceNamespace.ECS, scalableDimension: 'ecs:service:DesiredCount', resourceId: 'service/a/b', minCapacity: 1, maxCapacity: 2,
    });
    const quiet = jest.spyOn(console, 'error').mockImplementation();
    app.synth();
    expect(judged).toEqual([]);
    new CfnReplicationGroup(new Stack(app, 'Caches'), 'Cache', { replicationGroupDescription: 'Cache' });
    expect(() => app.synth({ force: true })).toThrow();
    quiet.mockRestore();
    expect(types()).toEqual(['AWS::ElastiCache::ReplicationGroup']);
  });
});

test('a policy and a scalable target are about ElastiCache when they say so, wherever the cache is', () => {
  evaluateTemplate(RULES_BY_TYPE, { Resources: { OPEN, Connect: POLICY('elasticache:Connect'), Target: TARGET('ecs') } });
  expect(types()).toEqual(['AWS::IAM::Policy']);
  judged = [];
  evaluateTemplate(RULES_BY_TYPE, { Resources: { OPEN, Policy: POLICY('s3:GetObject'), Target: TARGET('elasticache') } });
  expect(types()).toEqual(['AWS::ApplicationAutoScaling::ScalableTarget']);
});

test('beside a cache, security groups are judged', () => {
  evaluateTemplate(RULES_BY_TYPE, { Resources: { CACHE, OPEN } });
  expect(types()).toEqual(['AWS::EC2::SecurityGroup', 'AWS::ElastiCache::ReplicationGroup']);
});

describe('in several worlds', () => {
  const asked: string[] = [];
  const family: Rule = {
    code: 'Family',
    severity: 'error',
    resourceType: CACHE.Type,
    reads: [],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/',
    checked: '',
    since: '',
    judge: (view: ResourceView) => {
      asked.push(view.logicalId!);
      return view.related('CacheParameterGroupName').map((group) => String(group.text('CacheParameterGroupFamily')));
    },
  };
  const rules: RulesByType = new Map([[CACHE.Type, [family]]]);
  const parameters = (value: unknown, rest = {}) => ({ Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: value }, ...rest });
  const cache = (to: string) => ({ Type: CACHE.Type, Properties: { CacheParameterGroupName: { Ref: to } } });
  const template = (Resources: Template['Resources']): Template => ({
    Parameters: { Env: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'live'] }, Other: { Type: 'String', Default: 'valkey7' } },
    Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Env' }, 'live'] } },
    Resources,
  });
  const said = (resources: Template['Resources']) => {
    asked.length = 0;
    return evaluateTemplate(rules, template(resources)).map(({ logicalId, message, severity, when }) => [logicalId, message, severity, when]);
  };

  test('what nothing changes is asked about once, and what a condition, a parameter or another resource changes in each', () => {
    const found = said({
      Plain: cache('Fixed'), Fixed: parameters('valkey8'), Led: cache('Chosen'), Chosen: parameters({ 'Fn::If': ['Live', 'redis7', 'redis6.x'] }),
    });
    expect(found).toEqual([
      ['Plain', 'valkey8', 'error', undefined], ['Led', 'redis6.x', 'error', undefined], ['Led', 'redis7', 'error', 'Env = "live"'],
    ]);
    expect([asked.filter((id) => id === 'Plain').length, asked.filter((id) => id === 'Led').length]).toEqual([1, 2]);
  });

  test('a resource that is there or not changes what leads to it', () => {
    expect(said({ Led: cache('Maybe'), Maybe: parameters('valkey8', { Condition: 'Live' }) })).toEqual([['Led', 'valkey8', 'error', 'Env = "live"']]);
  });

  test('a parameter that has only a default is not taken for given beside a chosen condition', () => {
    expect(said({ Led: cache('Default'), Default: parameters({ 'Fn::If': ['Live', { Ref: 'Other' }, 'redis7'] }) })).toEqual([
      ['Led', 'redis7', 'error', undefined], ['Led', 'undefined', 'error', 'Env = "live"'], ['Led', 'valkey7', 'warning', 'Env = "live"'],
    ]);
  });
});
