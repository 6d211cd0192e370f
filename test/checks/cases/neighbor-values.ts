import { Case, Cases, TemplateResources } from './case';
import { beside, CACHE, neighbor, without } from './neighbors';

const ALARM = 'AWS::CloudWatch::Alarm';
const KEY = 'AWS::KMS::Key';
const PARAMETER = 'AWS::SSM::Parameter';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const RECORD = 'AWS::Route53::RecordSet';
const SECRET = 'AWS::SecretsManager::Secret';
const SUBNET = 'AWS::EC2::Subnet';
const VPC = 'AWS::EC2::VPC';
const GROUP = 'AWS::EC2::SecurityGroup';

const FUNCTION: TemplateResources = { Rotate: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'index.handler' } } };
const ROTATION = { SecretId: 'token', RotationLambdaARN: { 'Fn::GetAtt': ['Rotate', 'Arn'] } };

function rotated(Principal?: string): TemplateResources {
  const permission = { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Rotate' }, Principal } };
  return beside('AWS::SecretsManager::RotationSchedule', ROTATION, { ...FUNCTION, ...Principal ? { Permission: permission } : {} });
}

export const NEIGHBOR_VALUE_CASES: Cases = {
  'ValueNotOffered:AWS::Logs::LogGroup': neighbor('AWS::Logs::LogGroup', { RetentionInDays: 45 }, { RetentionInDays: 60 }),
  [`ValueNotOffered:${PARAMETER}`]: neighbor(PARAMETER, { Type: 'SecureString' }, { Type: 'StringList' }),
  [`ValueNotOffered:${ALARM}`]: neighbor(ALARM, { ComparisonOperator: 'GreaterThan' }, { ComparisonOperator: 'GreaterThanThreshold' }),
  'ValueNotOffered:AWS::SNS::Subscription': neighbor('AWS::SNS::Subscription', { Protocol: 'mail' }, { Protocol: 'email' }),
  'ValueNotOffered:AWS::SecretsManager::SecretTargetAttachment':
    neighbor('AWS::SecretsManager::SecretTargetAttachment', { TargetType: 'AWS::ElastiCache::ReplicationGroup' }, { TargetType: 'AWS::RDS::DBCluster' }),
  [`ValueNotOffered:${KEY}`]: neighbor(KEY, { KeyUsage: 'ENCRYPT' }, { KeyUsage: 'ENCRYPT_DECRYPT' }),
  [`ValueNotOffered:${POLICY}`]: neighbor(POLICY, { PolicyType: 'TargetTracking' }, { PolicyType: 'TargetTrackingScaling' }),
  [`ValueNotOffered:${RECORD}`]: neighbor(RECORD, { Type: 'ALIAS' }, { Type: 'CNAME' }),
  [`ValueOutOfRange:${KEY}`]: neighbor(KEY, { PendingWindowInDays: 6 }, { PendingWindowInDays: 7 }),
  [`ValueOutOfRange:${ALARM}`]: neighbor(ALARM, { EvaluationPeriods: 0 }, { EvaluationPeriods: 1 }),
  'SecurityGroupTextInvalid': neighbor(GROUP, { GroupDescription: 'web -> cache' }, { GroupDescription: 'web to cache (11211)' }),
  'AliasNameInvalid': neighbor('AWS::KMS::Alias', { AliasName: 'cache' }, { AliasName: 'alias/cache' }),
  'LogGroupNameInvalid': neighbor('AWS::Logs::LogGroup', { LogGroupName: 'slow log' }, { LogGroupName: '/aws/elasticache/slow-log' }),
  'StreamNameInvalid': neighbor('AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamName: 's'.repeat(65) }, { DeliveryStreamName: 's'.repeat(64) }),
  'SecretNameInvalid': neighbor(SECRET, { Name: 'token of the cache' }, { Name: 'cache/token@1' }),
  'GeneratedSecretInvalid': neighbor(SECRET, { GenerateSecretString: { GenerateStringKey: 'password' } },
    { GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password' } }),
  'SecretStringTwice': neighbor(SECRET, { SecretString: 'x', GenerateSecretString: { PasswordLength: 32 } }, { GenerateSecretString: { PasswordLength: 32 } }),
  'TopicNameInvalid': neighbor('AWS::SNS::Topic', { TopicName: 'events.fifo' }, { TopicName: 'events.fifo', FifoTopic: true }),
  'SsmParameterNameInvalid': neighbor(PARAMETER, { Name: 'cache/endpoint' }, { Name: '/cache/endpoint' }),
  'RotationNotPermitted': { bad: rotated(), good: rotated('secretsmanager.amazonaws.com') },
  'ScalingPolicyTargetUnclear': neighbor(POLICY, { ScalingTargetId: 'service/web/web|ecs:service:DesiredCount|ecs' }),
};

/** A security group with rules of its own. */
function rules(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return neighbor(GROUP, { SecurityGroupIngress: [bad] }, { SecurityGroupIngress: [good] });
}

const RULE = { IpProtocol: 'tcp', FromPort: 11211, ToPort: 11211, CidrIp: '10.0.0.0/16' };
const { CidrIp, ...OPEN } = RULE;

/** A subnet in a VPC of the template, and another one there. */
function subnets(CidrBlock: string): TemplateResources {
  const subnet = (range: string) => ({ Type: SUBNET, Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: range } });
  return { Vpc: { Type: VPC, Properties: { CidrBlock: '10.0.0.0/16' } }, One: subnet('10.0.1.0/24'), Thing: subnet(CidrBlock), ...CACHE };
}

export const NEIGHBOR_NETWORK_CASES: Cases = {
  SecurityGroupRuleInvalid: rules({ ...RULE, CidrIp: '10.0.0.0' }, RULE),
  ...Object.fromEntries(['Ingress', 'Egress'].flatMap((direction) => {
    const type = `${GROUP}${direction}`;
    return [
      [`SecurityGroupRuleInvalid:${type}`, neighbor(type, { FromPort: 11212 }, { FromPort: 11210 })],
      [`SecurityGroupRuleTwoPeers:${type}`, neighbor(type, { CidrIpv6: '2001:db8::/32' })],
      [`SecurityGroupRuleWithoutPeer:${type}`, without(type, ['CidrIp'])],
    ];
  })),
  SecurityGroupInlineTwoPeers: rules({ ...RULE, SourceSecurityGroupId: 'sg-2' }, RULE),
  SecurityGroupRuleWithoutPeer: rules(OPEN, { ...OPEN, CidrIp }),
  [`CidrBlockInvalid:${VPC}`]: neighbor(VPC, { CidrBlock: '10.0.0.0/15' }, { CidrBlock: '10.0.0.0/16' }),
  [`CidrBlockInvalid:${SUBNET}`]: neighbor(SUBNET, { CidrBlock: '10.0.0.0/29' }, { CidrBlock: '10.0.0.0/28' }),
  SubnetOutsideVpc: { bad: subnets('10.1.0.0/24'), good: subnets('10.0.2.0/24') },
  SubnetsOverlap: { bad: subnets('10.0.1.128/25'), good: subnets('10.0.2.0/25') },
};

const METRICS = {
  ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 1, Metrics: [{ Id: 'all', Expression: 'SELECT MAX(Evictions) FROM "AWS/ElastiCache"', Period: 60 }],
};
const ALIAS = { Name: 'cache.example.com', Type: 'A', HostedZoneId: 'Z1', AliasTarget: { HostedZoneId: 'Z2', DNSName: 'x.example.com' } };

export const NEIGHBOR_ALARM_CASES: Cases = {
  AlarmPeriodInvalid: neighbor(ALARM, { Period: 90 }, { Period: 120 }),
  AlarmMetricIncomplete: without(ALARM, ['Statistic']),
  AlarmMetricTwice: { bad: beside(ALARM, { ...METRICS, Namespace: 'AWS/ElastiCache' }), good: beside(ALARM, METRICS) },
  AlarmDatapointsAbovePeriods: neighbor(ALARM, { DatapointsToAlarm: 4 }, { DatapointsToAlarm: 3 }),
  AlarmDimensionUnknown: neighbor(ALARM, { Dimensions: [{ Name: 'ClusterName', Value: 'cache' }] }, { Dimensions: [{ Name: 'CacheClusterId', Value: 'cache' }] }),
  RecordValueInvalid: neighbor(RECORD, { Type: 'A' }, { Type: 'A', ResourceRecords: ['10.0.0.1'] }),
  RecordIncomplete: without(RECORD, ['TTL']),
  RecordContradictory: { bad: beside(RECORD, { ...ALIAS, TTL: '60' }), good: beside(RECORD, ALIAS) },
};

const allow = (Action: unknown, Resource: unknown) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const POLICIES = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy', 'Role', 'User', 'Group'];
const ACCOUNT = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Resource: '*' };

/** A policy of its own, or one inside of who has it. */
function perPolicy(code: string, bad: object, good: object): Cases {
  const holds = (short: string, document: object) => /Policy$/.test(short) ? { PolicyName: 'policy', PolicyDocument: document }
    : { Policies: [{ PolicyName: 'policy', PolicyDocument: document }] };
  return Object.fromEntries(POLICIES.map((short) =>
    [`${code}:${short}`, { bad: beside(`AWS::IAM::${short}`, holds(short, bad)), good: beside(`AWS::IAM::${short}`, holds(short, good)) }]));
}

export const NEIGHBOR_POLICY_CASES: Cases = {
  ...perPolicy('PolicyResourceNoArn', allow('elasticache:DescribeCacheClusters', 'cache'),
    allow('elasticache:DescribeCacheClusters', 'arn:aws:elasticache:eu-west-1:111122223333:cluster:cache')),
  ...perPolicy('PolicyActionUnknown', allow('elasticache:Describe-Users', '*'), allow('elasticache:DescribeUsers', '*')),
  KeyPolicyLocksOut: neighbor(KEY, { KeyPolicy: { Version: '2012-10-17', Statement: [{ ...ACCOUNT, Action: ['kms:Encrypt', 'kms:Decrypt'] }] } },
    { KeyPolicy: { Version: '2012-10-17', Statement: [{ ...ACCOUNT, Action: 'kms:*' }] } }),
};

