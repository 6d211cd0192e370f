import { Cases, Sections, TemplateResources } from './case';
import { LEAST } from './schema';

const SUBNETS = { Type: 'AWS::ElastiCache::SubnetGroup', Properties: LEAST.SubnetGroup };
const ONE: TemplateResources = { Subnets: SUBNETS };
const TEXT = { Type: 'String' };
const STAGE = { Parameters: { Stage: { ...TEXT, Default: 'test' } } };
const ref = (id: string) => ({ Ref: id });
const described = (Description: unknown): TemplateResources => ({ Subnets: { ...SUBNETS, Properties: { ...SUBNETS.Properties, Description } } });
const output = (Value: unknown, rest = {}) => ({ Outputs: { Shown: { Value, ...rest } } });
const condition = (IsTest: unknown) => ({ ...STAGE, Conditions: { IsTest } });
const equals = (...sides: unknown[]) => ({ 'Fn::Equals': sides });

/** A case of resources alone. */
function resources(bad: TemplateResources, good: TemplateResources) {
  return { bad, good };
}

/** A case of other sections, beside the least that is judged. */
function sections(bad: Sections, good: Sections, Resources: TemplateResources = ONE) {
  return { bad: Resources, good: Resources, sections: { bad, good } };
}

const inline = (to: unknown) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Cache', VpcId: 'vpc-1', SecurityGroupEgress: to } });
const towards = (id: string) => [{ IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379, DestinationSecurityGroupId: { 'Fn::GetAtt': [id, 'GroupId'] } }];
const secret = { Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...LEAST.ReplicationGroup, AuthToken: ref('Token') } } };
const token = { Parameters: { Token: { ...TEXT, NoEcho: true } } };
const parameter = (Stage: unknown) => ({ Parameters: { Stage } });
const buckets = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`Shown${index}`, { Value: 'x' }]));
const stack = (given: unknown): TemplateResources => (
  { ...ONE, Network: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://templates.s3.amazonaws.com/network.yaml', Parameters: { Zones: given } } } });
const bucket = (rest: Record<string, unknown>): TemplateResources => ({ ...ONE, Files: { Type: 'AWS::S3::Bucket', ...rest } });
const { Type: _, ...untyped } = SUBNETS;

/** Rules about templates as a whole. */
export const WHOLE_CASES: Cases = {
  ReferenceUnresolved: resources(bucket({ Properties: { BucketName: ref('Name') } }), bucket({ Properties: { BucketName: ref('AWS::StackName') } })),
  ReferencesCircular: resources({ ...ONE, Clients: inline(towards('Firewall')), Firewall: inline(towards('Clients')) }, { ...ONE, Clients: inline(towards('Firewall')), Firewall: inline([]) }),
  ConditionsCircular: sections(
    { ...STAGE, Conditions: { IsTest: { 'Fn::Not': [{ Condition: 'IsLive' }] }, IsLive: { 'Fn::Not': [{ Condition: 'IsTest' }] } } },
    { ...STAGE, Conditions: { IsTest: { 'Fn::Not': [{ Condition: 'IsLive' }] }, IsLive: equals(ref('Stage'), 'live') } },
  ),
  ConditionReadsResource: sections(condition(equals(ref('Subnets'), 'test')), condition(equals(ref('Stage'), 'test'))),
  FunctionMalformed: resources(described({ 'Fn::Join': ['-', 'cache'] }), described({ 'Fn::Join': ['-', ['cache', ref('AWS::Region')]] })),
  FunctionMisspelt: resources(described({ 'Fn::SUB': '${AWS::Region}' }), described({ 'Fn::Sub': '${AWS::Region}' })),
  FunctionUnknown: resources(described({ 'Fn::Reverse': 'cache' }), described('ehcac')),
  FunctionBesideKeys: resources(bucket({ Properties: { BucketName: { Ref: 'AWS::StackName', Note: 'mine' } } }), bucket({ Properties: { BucketName: ref('AWS::StackName') } })),
  SectionUnknown: sections({ Parameter: { Stage: TEXT } }, { Parameters: { Stage: TEXT } }),
  SectionInvalid: sections({ Description: ['Caches'] }, { Description: 'Caches' }),
  FormatVersionInvalid: sections({ AWSTemplateFormatVersion: '2010-09-10' }, { AWSTemplateFormatVersion: '2010-09-09' }),
  TemplateTooLarge: sections({ Description: 'x'.repeat(1025) }, { Description: 'x'.repeat(1024) }),
  LogicalIdTwice: sections({ Parameters: { Subnets: TEXT } }, { Parameters: { SubnetIds: TEXT } }),
  OutputNotText: sections(output({ 'Fn::Split': [',', 'a,b'] }), output({ 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] })),
  ExportNameInvalid: sections(output('x', { Export: { Name: ref('Subnets') } }), output('x', { Export: { Name: { 'Fn::Sub': '${AWS::StackName}-subnets' } } })),
  SecretInOutput: sections({ ...token, ...output({ 'Fn::Sub': 'rediss://:${Token}@cache' }) }, { ...token, ...output('rediss://cache') }, secret),
  NestedStackReadWrongly: sections(output({ 'Fn::GetAtt': ['Network', 'Vpc'] }), output({ 'Fn::GetAtt': ['Network', 'Outputs.Vpc'] }), stack('a,b')),
};

const named = (section: string, entry: unknown) => sections({ [section]: { 'my-name': entry } }, { [section]: { MyName: entry } });

/** Rules about the entries of sections. */
export const ENTRY_CASES: Cases = {
  'ParameterTypeInvalid': sections(parameter({ Type: 'Text' }), parameter(TEXT)),
  'ParameterTypeUnknown': sections(parameter({ Type: 'AWS::EC2::RouteTable::Id' }), parameter({ Type: 'AWS::EC2::Subnet::Id' })),
  'ParameterDefaultInvalid': sections(parameter({ ...TEXT, AllowedValues: ['test', 'live'], Default: 'prod' }), parameter({ ...TEXT, AllowedValues: ['test', 'live'], Default: 'live' })),
  'ParameterKeyUnknown': sections(parameter({ ...TEXT, AllowedValue: ['test'] }), parameter({ ...TEXT, AllowedValues: ['test'] })),
  'LogicalIdInvalid': named('Parameters', TEXT),
  'LogicalIdInvalid:Mapping': named('Mappings', { test: { Size: 'small' } }),
  'LogicalIdInvalid:Resource': resources({ 'my-subnets': SUBNETS }, { MySubnets: SUBNETS }),
  'LogicalIdInvalid:Output': named('Outputs', { Value: 'x' }),
  'MappingMalformed': sections({ Mappings: { Sizes: { test: 'small' } } }, { Mappings: { Sizes: { test: { Size: 'small' } } } }),
  'ResourceMalformed': resources({ ...ONE, Files: untyped as never }, ONE),
  'ResourceAttributeUnknown': resources(bucket({ DependOn: 'Subnets' }), bucket({ DependsOn: 'Subnets' })),
  'DeletionPolicyInvalid': resources(bucket({ DeletionPolicy: 'Keep' }), bucket({ DeletionPolicy: 'Retain' })),
  'UpdatePolicyUnfit': resources(
    { Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } }, Properties: LEAST.ReplicationGroup } },
    { Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', UpdatePolicy: { UseOnlineResharding: true }, Properties: LEAST.ReplicationGroup } },
  ),
  'NestedParameterNotText': resources(stack(['a', 'b']), stack('a,b')),
  'OutputWithoutValue': sections({ Outputs: { Shown: { Values: 'x' } } }, output('x')),
};

/** How many outputs a template may have, and one more. */
export const OUTPUTS = { most: buckets(200), tooMany: buckets(201) };
