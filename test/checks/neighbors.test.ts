// The table of the types around caches against the specification that CDK is made from, and the borders of the rules about them.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { beside, CACHE, LEAST } from './cases/neighbors';
import { judge, rejections } from './support/judge';
import { columnOf, neighborKinds, NEIGHBOR_ALIASES, NEIGHBORS } from '../../src/checks/rules/private/neighbor-table';

const database = loadAwsServiceSpecSync();

function kindOf(property: any): string {
  const kinds: Record<string, string> = { string: 'text', boolean: 'flag', integer: 'number', number: 'amount', array: 'list', ref: 'object' };
  return property.previousTypes ? 'any' : kinds[property.type.type] ?? 'any';
}

const sorted = (names: Iterable<string>) => [...names].sort();

describe.each(NEIGHBORS.map((row) => [row.type, row] as const))('%s', (type, row) => {
  const spec = database.lookup('resource', 'cloudFormationType', 'equals', type).only() as any;

  test('has the attributes of the specification', () => {
    expect(sorted(columnOf(row.attributes))).toEqual(sorted(Object.keys(spec.attributes).filter((name) => !name.includes('.'))));
  });

  test('has its properties', () => {
    const properties = Object.entries<any>(spec.properties);
    if (row.properties) {
      expect(Object.fromEntries(neighborKinds(row))).toEqual(Object.fromEntries(properties.map(([name, property]) => [name, kindOf(property)])));
      expect(sorted(row.required ?? [])).toEqual(sorted(properties.filter(([, { required }]) => required).map(([name]) => name)));
    }
    for (const [alias, meant] of Object.entries(NEIGHBOR_ALIASES[type] ?? {})) {
      expect([alias, alias in spec.properties, meant in spec.properties]).toEqual([alias, false, true]);
    }
  });

  test('is not refused with the least it takes, nor with what AWS may add', () => {
    expect(rejections({ Resources: beside(type, { ...LEAST[type] }) })).toEqual([]);
    expect(rejections({ Resources: beside(type, { ...LEAST[type], PowerSavingMode: 'on', Topology: [{ Of: 1 }] }) })).toEqual([]);
  });
});

type Properties = Record<string, unknown>;
const codes = (type: string, properties: Properties, around = {}) =>
  judge({ Resources: beside(type, { ...LEAST[type], ...properties }, around) }).filter(({ logicalId }) => logicalId === 'Thing').map(({ code }) => code);

const GROUP = 'AWS::EC2::SecurityGroup';
const inbound = (rule: Properties) => ({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379, CidrIp: '10.0.0.0/16', ...rule }] });
const statement = (Action: unknown, more: Properties = {}) => ({ Effect: 'Allow', Principal: '*', Resource: '*', Action, ...more });

test.each<[string, Properties, string | undefined]>([
  [GROUP, { GroupDescription: 'x'.repeat(255) }, undefined],
  [GROUP, { GroupDescription: 'x'.repeat(256) }, 'SecurityGroupTextInvalid'],
  [GROUP, { GroupDescription: { 'Fn::Sub': '${AWS::StackName} -> cache' } }, 'SecurityGroupTextInvalid'],
  [GROUP, { GroupDescription: { 'Fn::Sub': '${AWS::StackName}/cache' } }, undefined],
  [GROUP, { GroupName: 'SG-cache' }, 'SecurityGroupTextInvalid'],
  [GROUP, { GroupName: 'cache-sg-1' }, undefined],
  [GROUP, { Description: 'Cache' }, 'PropertyNotOfType'],
  [GROUP, { groupName: 'cache' }, 'PropertyNotOfType'],
  [GROUP, inbound({}), undefined],
  [GROUP, inbound({ FromPort: 0, ToPort: 65535 }), undefined],
  [GROUP, inbound({ FromPort: 0, ToPort: 65536 }), 'SecurityGroupRuleInvalid'],
  [GROUP, inbound({ FromPort: '6380' }), 'SecurityGroupRuleInvalid'],
  [GROUP, inbound({ IpProtocol: 6, FromPort: 6380 }), 'SecurityGroupRuleInvalid'],
  [GROUP, inbound({ IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }), undefined],
  [GROUP, inbound({ IpProtocol: 'redis' }), 'SecurityGroupRuleInvalid'],
  [GROUP, inbound({ CidrIp: '10.0.0.300/16' }), 'SecurityGroupRuleInvalid'],
  [GROUP, inbound({ CidrIp: '10.0.0.17/16' }), undefined],
  [GROUP, inbound({ CidrIp: { Ref: 'AWS::NoValue' }, CidrIpv6: '2001:db8::/129' }), 'SecurityGroupRuleInvalid'],
  [GROUP, inbound({ CidrIp: { Ref: 'AWS::NoValue' }, CidrIpv6: '::/0' }), undefined],
  [GROUP, inbound({ Description: 'caf\u00e9' }), 'SecurityGroupRuleInvalid'],
  [GROUP, inbound({ Description: 'a & b' }), undefined],
  [GROUP, inbound({ CidrIpv6: '2001:db8::/32' }), 'SecurityGroupInlineTwoPeers'],
  [GROUP, inbound({ CidrIp: { Ref: 'AWS::NoValue' }, SourceSecurityGroupName: 'web', SourceSecurityGroupOwnerId: '111122223333' }), undefined],
  [GROUP, { SecurityGroupIngress: { IpProtocol: '-1', CidrIp: '10.0.0.0/8' } }, undefined],
  ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0/28' }, undefined],
  ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0/29' }, 'CidrBlockInvalid'],
  ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0' }, 'CidrBlockInvalid'],
  ['AWS::EC2::Subnet', { CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }] } }, undefined],
  ['AWS::Logs::LogGroup', { RetentionInDays: '3653' }, undefined],
  ['AWS::Logs::LogGroup', { RetentionInDays: 3654 }, 'ValueNotOffered'],
  ['AWS::Logs::LogGroup', { RetentionInDay: 30 }, 'PropertyNotOfType'],
  ['AWS::KMS::Alias', { AliasName: 'alias/aws/cache' }, 'AliasNameInvalid'],
  ['AWS::KMS::Alias', { AliasName: { 'Fn::Sub': 'alias/${AWS::StackName}' } }, undefined],
  ['AWS::KMS::Alias', { AliasName: { 'Fn::Sub': '${AWS::StackName}/cache' } }, undefined],
  ['AWS::KMS::Alias', { AliasName: { 'Fn::Sub': 'cache/${AWS::StackName}' } }, 'AliasNameInvalid'],
  ['AWS::KMS::Key', { KeyPolicy: { Statement: [statement('kms:Encrypt')] } }, 'KeyPolicyLocksOut'],
  ['AWS::KMS::Key', { KeyPolicy: { Statement: statement('kms:Encrypt') }, BypassPolicyLockoutSafetyCheck: 'true' }, undefined],
  ['AWS::KMS::Key', { KeyPolicy: { Statement: [statement('kms:Encrypt'), statement('kms:Put*')] } }, undefined],
  ['AWS::KMS::Key', { KeyPolicy: { Statement: [statement('kms:Encrypt'), statement({ Ref: 'Later' })] } }, undefined],
  ['AWS::KMS::Key', { KeyPolicy: { Statement: [statement('kms:Encrypt'), { Ref: 'Later' }] } }, undefined],
  ['AWS::KMS::Key', { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: '*', Resource: '*', NotAction: 'kms:Decrypt' }] } }, undefined],
  ['AWS::KMS::Key', { RotationPeriodInDays: 89 }, 'ValueOutOfRange'],
  ['AWS::SSM::Parameter', { Name: '/aws/cache' }, 'SsmParameterNameInvalid'],
  ['AWS::SSM::Parameter', { Name: 'cache endpoint' }, 'SsmParameterNameInvalid'],
  ['AWS::SSM::Parameter', { Name: 'cache.endpoint' }, undefined],
  ['AWS::SSM::Parameter', { Name: { 'Fn::Sub': '${AWS::StackName}/endpoint' } }, undefined],
  ['AWS::SSM::Parameter', { Name: { 'Fn::Sub': 'dev/${AWS::StackName}' } }, 'SsmParameterNameInvalid'],
  ['AWS::SSM::Parameter', { Tags: { Team: 'web' } }, undefined],
  ['AWS::CloudWatch::Alarm', { Period: 10, EvaluationPeriods: 8640 }, undefined],
  ['AWS::CloudWatch::Alarm', { Period: 10, EvaluationPeriods: 8641 }, 'AlarmPeriodInvalid'],
  ['AWS::CloudWatch::Alarm', { Period: 3600, EvaluationPeriods: 168 }, undefined],
  ['AWS::CloudWatch::Alarm', { Period: '5' }, 'AlarmPeriodInvalid'],
  ['AWS::CloudWatch::Alarm', { TreatMissingData: 'notbreaching' }, undefined],
  ['AWS::CloudWatch::Alarm', { AlarmActions: 'arn:aws:sns:eu-west-1:111122223333:events' }, 'PropertyTypeWrong'],
  ['AWS::CloudWatch::Alarm', { Threshold: '1e6' }, undefined],
  ['AWS::CloudWatch::Alarm', { Threshold: 'many' }, 'PropertyTypeWrong'],
  ['AWS::CloudWatch::Alarm', { Statistic: { Ref: 'AWS::NoValue' }, ExtendedStatistic: 'p99' }, undefined],
  ['AWS::CloudWatch::Alarm', { ExtendedStatistic: 'p99' }, 'AlarmMetricTwice'],
  ['AWS::Route53::RecordSet', { Type: 'AAAA', ResourceRecords: ['2001:db8::1'] }, undefined],
  ['AWS::Route53::RecordSet', { Type: 'A', ResourceRecords: [{ 'Fn::GetAtt': ['Cache', 'ConfigurationEndpoint.Address'] }] }, 'RecordValueInvalid'],
  ['AWS::Route53::RecordSet', { ResourceRecords: [{ 'Fn::GetAtt': ['Cache', 'ConfigurationEndpoint.Address'] }] }, undefined],
  ['AWS::Route53::RecordSet', { ResourceRecords: ['one.example.com', 'two.example.com'] }, 'RecordValueInvalid'],
  ['AWS::Route53::RecordSet', { HostedZoneName: 'example.com.' }, 'RecordContradictory'],
  ['AWS::SNS::Topic', { TopicName: 'events', FifoTopic: true }, 'TopicNameInvalid'],
  ['AWS::SNS::Topic', { TopicName: 'events.of.caches' }, 'TopicNameInvalid'],
  ['AWS::SNS::Topic', { TopicName: { 'Fn::Sub': '${AWS::StackName}-events' } }, undefined],
  ['AWS::SecretsManager::Secret', { GenerateSecretString: { PasswordLength: 4097 } }, 'GeneratedSecretInvalid'],
  ['AWS::SecretsManager::Secret', { GenerateSecretString: { SecretStringTemplate: '["app"]', GenerateStringKey: 'password' } }, 'GeneratedSecretInvalid'],
  ['AWS::SecretsManager::Secret', { GenerateSecretString: { SecretStringTemplate: { 'Fn::Sub': '{"user":"${AWS::StackName}"}' }, GenerateStringKey: 'password' } }, undefined],
  ['AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamName: 'slow log' }, 'StreamNameInvalid'],
])('%s with %j', (type, properties, code) => {
  expect(codes(type, properties).filter((each) => each !== 'CachePortOpenToWorld')).toEqual([code].filter((each) => each !== undefined));
});

describe('subnets of a VPC', () => {
  const subnet = (CidrBlock: string, VpcId: unknown = { Ref: 'Vpc' }) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId, CidrBlock } });
  const network = (...ranges: string[]) => ({
    ...CACHE,
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    ...Object.fromEntries(ranges.map((range, index) => [`Subnet${index}`, subnet(range)])),
  });
  const found = (Resources: ReturnType<typeof network>) => judge({ Resources }).filter(({ logicalId }) => logicalId !== 'Cache')
    .map(({ logicalId, code }) => `${logicalId} ${code}`);

  test('may stand side by side, and fill it', () => {
    expect(found(network('10.0.0.0/17', '10.0.128.0/17'))).toEqual([]);
    expect(found(network('10.0.0.0/16'))).toEqual([]);
  });

  test('must not overlap, which is said of the later one', () => {
    expect(found(network('10.0.0.0/24', '10.0.1.0/24', '10.0.0.128/25'))).toEqual(['Subnet2 SubnetsOverlap']);
  });

  test('must be in it, unless it may have more ranges', () => {
    expect(found(network('10.1.0.0/24'))).toEqual(['Subnet0 SubnetOutsideVpc']);
    const more = { Type: 'AWS::EC2::VPCCidrBlock', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.1.0.0/16' } };
    expect(found({ ...network('10.1.0.0/24'), More: more } as ReturnType<typeof network>)).toEqual([]);
  });
});

describe('policies', () => {
  const cache = { Serverless: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { ServerlessCacheName: 'cache', Engine: 'valkey', MajorEngineVersion: '8' } } };
  const policy = (Statement: object) => codes('AWS::IAM::Policy', { PolicyName: 'policy', PolicyDocument: { Statement } }, cache);
  const connect = (Resource: unknown, more: object = {}) => ({ Effect: 'Allow', Action: 'elasticache:Connect', Resource, ...more });

  test('name caches by their ARNs', () => {
    expect(policy([connect({ Ref: 'Serverless' })])).toEqual(['PolicyResourceNoArn']);
    expect(policy(connect([{ Ref: 'Serverless' }]))).toEqual(['PolicyResourceNoArn']);
    expect(policy(connect({ 'Fn::GetAtt': ['Serverless', 'ARN'] }))).toEqual([]);
    expect(policy(connect({ 'Fn::Sub': 'arn:aws:elasticache:*:*:serverlesscache:${Serverless}' }))).toEqual([]);
  });

  test('may name them otherwise where they compare', () => {
    expect(policy(connect({ 'Fn::GetAtt': ['Serverless', 'ARN'] }, { Condition: { StringEquals: { 'aws:ResourceTag/Cache': { Ref: 'Serverless' } } } }))).toEqual([]);
  });

  test('of other services are not judged by their texts', () => {
    expect(policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'cache' })).toEqual([]);
  });
});

test('the types of other services are judged beside caches alone', () => {
  expect(judge({ Resources: { Group: { Type: GROUP, Properties: { GroupDescription: 'a -> b' } } } })).toEqual([]);
});

describe('a rotation', () => {
  const schedule = { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: 'token', RotationLambdaARN: { 'Fn::GetAtt': ['Rotate', 'Arn'] } } };
  const Rotate = { Type: 'AWS::Lambda::Function', Properties: { Handler: 'index.handler' } };
  const permission = (Principal: unknown) => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Rotate' }, Principal } });
  const found = (more: object) => judge({ Resources: { ...CACHE, Rotate, Schedule: schedule, ...more } as any })
    .filter(({ logicalId }) => logicalId === 'Schedule').map(({ code }) => code);

  test('needs a permission, which may be one that is not known', () => {
    expect(found({})).toEqual(['RotationNotPermitted']);
    expect(found({ Permission: permission('events.amazonaws.com') })).toEqual(['RotationNotPermitted']);
    expect(found({ Permission: permission('secretsmanager.amazonaws.com') })).toEqual([]);
    expect(found({ Permission: permission({ 'Fn::ImportValue': 'principal' }) })).toEqual([]);
    expect(found({ Permissions: { Type: 'AWS::CloudFormation::Stack', Properties: {} } })).toEqual([]);
  });
});

describe('conditions of what stands around', () => {
  const flags = Array.from({ length: 9 }, (_, index) => `Flag${index}`);
  const Parameters = Object.fromEntries(['Prod', ...flags].map((name) => [name, { Type: 'String', Default: 'no' }]));
  const Conditions = Object.fromEntries(['Prod', ...flags].map((name) => [`Is${name}`, { 'Fn::Equals': [{ Ref: name }, 'yes'] }]));
  const alarms = (count: number) => Object.fromEntries(flags.slice(0, count).map((name) =>
    [`Alarm${name}`, { Type: 'AWS::CloudWatch::Alarm', Condition: `Is${name}`, Properties: { ...LEAST['AWS::CloudWatch::Alarm'], Period: 90 } }]));
  const cache = { ...CACHE.Cache, Properties: { ...CACHE.Cache.Properties, NumCacheNodes: { 'Fn::If': ['IsProd', 400, 1] } } };
  const found = (count: number) => judge({ Parameters, Conditions, Resources: { Cache: cache, ...alarms(count) } as any })
    .filter(({ code }) => code !== 'TransitEncryptionOff').map(({ logicalId }) => logicalId);

  test('are followed, and never keep caches from being judged', () => {
    expect(found(1)).toEqual(expect.arrayContaining(['Cache', 'AlarmFlag0']));
    expect(found(9)).toEqual(['Cache']);
  });
});
