// What one stack exports and another imports is followed where both are deployed together.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { SecurityGroup, Peer, Port, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { check } from '../../command/check';
import { inputsOf } from '../../command/inputs';
import { ElastiCacheChecks } from '../../src';
import { RULES_BY_TYPE } from '../../src/checks/rules';
import { evaluateTemplate } from '../../src/checks/template/evaluate-template';
import { Deployed, exportsOf } from '../../src/checks/template/exports';
import { DeploymentFacts } from '../../src/checks/template/resolver';
import { Template } from '../../src/checks/template/template';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const HERE: DeploymentFacts = { region: 'eu-west-1', account: '111122223333' };

const parameters = (CacheParameterGroupFamily: unknown) => ({
  Parameters: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily, Description: 'Parameters' } },
});
const output = (Name: unknown, Value: unknown, rest = {}) => ({ Out: { Value, Export: { Name }, ...rest } });
const group = (properties: object) => ({
  Resources: {
    Cache: {
      Type: GROUP,
      Properties: {
        ReplicationGroupDescription: 'Cache',
        Engine: 'valkey',
        EngineVersion: '8.2',
        CacheNodeType: 'cache.t4g.micro',
        NumCacheClusters: 2,
        CacheSubnetGroupName: 'subnets',
        TransitEncryptionEnabled: true,
        ...properties,
      },
    },
  },
});
const USES = group({ CacheParameterGroupName: { 'Fn::ImportValue': 'family' } });
const OLD = { Resources: parameters('redis7'), Outputs: output('family', { Ref: 'Parameters' }) };

/** What rejects a template that is deployed with others. */
function rejected(template: object, ...others: (object | Deployed)[]): string[] {
  const deployed = others.map((other) => 'template' in other ? other as Deployed : { template: other as Template, facts: HERE });
  return evaluateTemplate(RULES_BY_TYPE, template as Template, { ...HERE, exported: exportsOf(() => deployed) })
    .filter(({ severity }) => severity === 'error').map(({ rule, logicalId }) => `${rule.code} of ${logicalId}`);
}

describe('an import', () => {
  test('leads to the resource of the other template', () => {
    expect(rejected(USES, OLD)).toEqual(['ParameterGroupFamilyMismatch of Cache']);
    expect(rejected(USES, { ...OLD, Resources: parameters('valkey8') })).toEqual([]);
  });

  test('is the text that is exported, and what is made of it', () => {
    const version = (text: string) => ({ Resources: {}, Outputs: output('version', text) });
    const uses = group({ EngineVersion: { 'Fn::ImportValue': { 'Fn::Join': ['', ['ver', 'sion']] } } });
    expect(rejected(uses, version('1.2'))).toEqual([expect.stringMatching(/^EngineVersion\w+ of Cache$/)]);
    expect(rejected(uses, version('8.1'))).toEqual([]);
    const subnets = { Resources: { Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'x', SubnetIds: { 'Fn::Split': [',', { 'Fn::ImportValue': 'ids' }] } } } } };
    expect(rejected(subnets, { Resources: {}, Outputs: output('ids', 'subnet-0a1b2c3d,vpc-1') })).toEqual(['SubnetIdInvalid of Subnets']);
  });

  test.each<[string, (object | Deployed)[]]>([
    ['of nothing that is known', []],
    ['of a name that two templates export', [OLD, OLD]],
    ['of another region', [{ template: OLD as Template, facts: { ...HERE, region: 'us-east-1' } }]],
    ['of another account', [{ template: OLD as Template, facts: { ...HERE, account: '444455556666' } }]],
    ['that is there by a condition', [{ ...OLD, Outputs: output('family', { Ref: 'Parameters' }, { Condition: 'Some' }) }]],
    ['of a resource that is there by a condition', [{ ...OLD, Resources: { Parameters: { ...parameters('redis7').Parameters, Condition: 'Some' } } }]],
    ['whose value depends on a parameter', [{ ...OLD, Parameters: { Family: { Type: 'String', Default: 'redis7' } }, Resources: parameters({ Ref: 'Family' }) }]],
    ['of a name that the deployment makes', [{ ...OLD, Outputs: output({ 'Fn::Sub': '${AWS::StackName}-family' }, { Ref: 'Parameters' }) }]],
    ['of a text with the name in it', [{ ...OLD, Outputs: output('family', { 'Fn::Sub': 'x-${Parameters}' }) }]],
  ])('%s is not judged', (_, others) => expect(rejected(USES, ...others)).toEqual([]));

  test('goes on to a third template, and a resource of the same name here is another', () => {
    const network = { Resources: { Net: { Type: 'AWS::EC2::VPC' } }, Outputs: output('net', { Ref: 'Net' }) };
    const other = { Resources: { Other: { Type: 'AWS::EC2::VPC' } }, Outputs: output('other', { Ref: 'Other' }) };
    const firewall = (vpc: string) => ({
      Resources: { Cache: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', VpcId: { 'Fn::ImportValue': vpc } } } },
      Outputs: output('firewall', { 'Fn::GetAtt': ['Cache', 'GroupId'] }),
    });
    const cache = group({ SecurityGroupIds: [{ 'Fn::ImportValue': 'firewall' }], CacheSubnetGroupName: { Ref: 'Subnets' } });
    const Resources = {
      ...cache.Resources,
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { 'Fn::ImportValue': 'net' } } },
      Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'x', SubnetIds: [{ Ref: 'Subnet' }] } },
    };
    expect(rejected({ Resources }, network, other, firewall('net'))).toEqual([]);
    expect(rejected({ Resources }, network, other, firewall('other'))).toEqual(['SecurityGroupInOtherVpc of Cache']);
  });
});

describe('in an app of several stacks', () => {
  let folder: string;

  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'exports-')); });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A network that lets everyone in, a parameter group, and a cache in a third stack. */
  function app(outdir: string): App {
    const made = new App({ outdir: join(folder, outdir) });
    const shared = new Stack(made, 'Shared');
    const open = new SecurityGroup(shared, 'Open', { vpc: new Vpc(shared, 'Vpc', { natGateways: 0 }) });
    open.addIngressRule(Peer.anyIpv4(), Port.tcp(6379));
    const old = new CfnParameterGroup(shared, 'Old', { cacheParameterGroupFamily: 'redis7', description: 'Old' });
    const stack = new Stack(made, 'Caches');
    const cache = new CfnReplicationGroup(stack, 'Cache', {
      ...{ replicationGroupDescription: 'Cache', engine: 'valkey', engineVersion: '8.2', cacheNodeType: 'cache.t4g.micro', numCacheClusters: 2 },
      cacheSubnetGroupName: 'subnets',
      transitEncryptionEnabled: true,
      cacheParameterGroupName: old.ref,
      securityGroupIds: [open.securityGroupId],
    });
    new CfnOutput(stack, 'Name', { value: cache.ref });
    return made;
  }

  test('by the command, in a folder that CDK made', () => {
    const { directory } = app('command').synth();
    const found = (paths: string[]) => check(paths.flatMap(inputsOf), { parameters: {}, acknowledge: {} })
      .filter(({ severity }) => severity === 'error').map(({ rule }) => rule.code).sort();
    expect(found([directory])).toEqual(['CacheOpenToWorld', 'ParameterGroupFamilyMismatch']);
    // Templates that are given one by one need not be deployed together.
    expect(found(['Shared', 'Caches'].map((name) => join(directory, `${name}.template.json`)))).toEqual([]);
  });

  test('by the plugin', () => {
    const judged = app('plugin');
    const plugin = new ElastiCacheChecks();
    Validations.of(judged).addPlugins(plugin);
    const reports = jest.spyOn(plugin, 'validate');
    const quiet = jest.spyOn(console, 'error').mockImplementation();
    expect(() => judged.synth()).toThrow();
    quiet.mockRestore();
    const found = reports.mock.results.flatMap(({ value }) => value.violations as { ruleName: string; severity: string }[]);
    expect(found.filter(({ severity }) => severity === 'error').map(({ ruleName }) => ruleName).sort()).toEqual(['CacheOpenToWorld', 'ParameterGroupFamilyMismatch']);
  });
});
