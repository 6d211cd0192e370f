import { Case, Cases, TemplateResources } from './case';
import { columnOf, NEIGHBORS } from '../../../src/checks/rules/private/neighbor-table';

/** What makes a template one about caches. */
export const CACHE: TemplateResources = {
  Cache: {
    Type: 'AWS::ElastiCache::CacheCluster',
    Properties: { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', Engine: 'memcached', EngineVersion: '1.6.22', CacheSubnetGroupName: 'subnets' },
  },
};

/** The least that each type takes. */
export const LEAST: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'AWS::EC2::VPC': { CidrBlock: '10.0.0.0/16' },
  'AWS::EC2::Subnet': { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24' },
  'AWS::EC2::SecurityGroup': { GroupDescription: 'Cache', VpcId: 'vpc-1' },
  'AWS::EC2::SecurityGroupIngress': { IpProtocol: 'tcp', FromPort: 11211, ToPort: 11211, CidrIp: '10.0.0.0/16', GroupId: 'sg-1' },
  'AWS::EC2::SecurityGroupEgress': { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 11211, ToPort: 11211, CidrIp: '10.0.0.0/16' },
  'AWS::SNS::Topic': { TopicName: 'events' },
  'AWS::SNS::Subscription': { Protocol: 'email', Endpoint: 'team@example.com', TopicArn: 'arn:aws:sns:eu-west-1:111122223333:events' },
  'AWS::KMS::Key': { Description: 'Cache' },
  'AWS::KMS::Alias': { AliasName: 'alias/cache', TargetKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
  'AWS::Logs::LogGroup': { RetentionInDays: 30 },
  'AWS::KinesisFirehose::DeliveryStream': { DeliveryStreamName: 'logs' },
  'AWS::SecretsManager::Secret': { Name: 'token' },
  'AWS::SecretsManager::RotationSchedule': { SecretId: 'token', RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate' },
  'AWS::SecretsManager::SecretTargetAttachment': { SecretId: 'token', TargetId: 'database', TargetType: 'AWS::RDS::DBInstance' },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    MaxCapacity: 4, MinCapacity: 1, ResourceId: 'service/web/web', ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: 'ecs',
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    PolicyName: 'busy', PolicyType: 'TargetTrackingScaling', ResourceId: 'service/web/web', ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: 'ecs',
  },
  'AWS::CloudWatch::Alarm': {
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 3,
    MetricName: 'Evictions',
    Namespace: 'AWS/ElastiCache',
    Period: 60,
    Statistic: 'Sum',
    Threshold: 0.5,
  },
  'AWS::Route53::RecordSet': { Name: 'cache.example.com', Type: 'CNAME', HostedZoneId: 'Z1', TTL: '60', ResourceRecords: ['cache.internal'] },
  'AWS::SSM::Parameter': { Type: 'String', Value: 'cache.internal', Name: '/cache/endpoint' },
  'AWS::S3::Bucket': { BucketName: 'dumps' },
};

/** A resource beside a cache, and others around both. */
export function beside(Type: string, Properties: Record<string, unknown>, around: TemplateResources = {}): TemplateResources {
  return { ...around, Thing: { Type, Properties }, ...CACHE };
}

/** A case of one resource beside a cache: what is bad over the least that its type takes, and what is good. */
export function neighbor(Type: string, bad: Record<string, unknown>, good: Record<string, unknown> = {}, around: TemplateResources = {}): Case {
  return { bad: beside(Type, { ...LEAST[Type], ...bad }, around), good: beside(Type, { ...LEAST[Type], ...good }, around) };
}

/** The same where a property of the least is what is bad or missing. */
export function without(Type: string, properties: readonly string[], bad: Record<string, unknown> = {}): Case {
  const rest = Object.fromEntries(Object.entries(LEAST[Type]).filter(([name]) => !properties.includes(name)));
  return { bad: beside(Type, { ...rest, ...bad }), good: beside(Type, { ...LEAST[Type] }) };
}

const WITH_PROPERTIES = NEIGHBORS.filter(({ properties }) => properties !== undefined);

/** A case for each type that has one. */
function perType(code: string, types: readonly { readonly type: string }[], make: (type: string) => Case): Cases {
  return Object.fromEntries(types.map(({ type }) => [`${code}:${type}`, make(type)]));
}

/** One letter of a property is wrong. */
function misspelt(type: string): Case {
  const { text = '', number = '' } = NEIGHBORS.find((row) => row.type === type)!.properties!;
  const name = columnOf(text || number).find((each) => each.length > 5 && LEAST[type][each] === undefined) ?? columnOf(text)[0];
  return neighbor(type, { [`${name}x`]: 'x' });
}

function wrongKind(type: string): Case {
  const { text, list = '' } = NEIGHBORS.find((row) => row.type === type)!.properties!;
  const name = columnOf(text)[0];
  return columnOf(list).includes('Tags') ? neighbor(type, { Tags: { Team: 'web' } }, { Tags: [{ Key: 'Team', Value: 'web' }] })
    : neighbor(type, { [name]: { of: 'x' } });
}

function read(type: string): Case {
  const reader = { Reader: { Type: 'AWS::Lambda::Function', Properties: { Description: { 'Fn::GetAtt': ['Thing', 'Ref'] } } } };
  return { bad: beside(type, { ...LEAST[type] }, reader), good: beside(type, { ...LEAST[type] }) };
}

/** Types of which something must be written, and one such property. */
const REQUIRED = NEIGHBORS.filter(({ required, requiredOneOf }) => required ?? requiredOneOf);

export const NEIGHBOR_CASES: Cases = {
  ...perType('PropertyRequired', REQUIRED, (type) => without(type, [NEIGHBORS.find((row) => row.type === type)!.required![0]])),
  'ItemIncomplete:AWS::EC2::SecurityGroup':
    neighbor('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ CidrIp: '10.0.0.0/16' }] }, { SecurityGroupIngress: [{ CidrIp: '10.0.0.0/16', IpProtocol: '-1' }] }),
  'ItemIncomplete:AWS::CloudWatch::Alarm':
    neighbor('AWS::CloudWatch::Alarm', { Dimensions: [{ Name: 'CacheClusterId' }] }, { Dimensions: [{ Name: 'CacheClusterId', Value: 'cache' }] }),
  ...perType('PropertyNotOfType', WITH_PROPERTIES, misspelt),
  ...perType('PropertyTypeWrong', WITH_PROPERTIES, wrongKind),
  ...perType('AttributeUnknown', NEIGHBORS, read),
};
