// References to a resource of another kind than the property takes. Imports nothing of CDK.
import { Rule } from '../rule';
import { FACTS, factsOf } from './private/template-facts';

const PAGES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const COMMON = { severity: 'error', evidence: 'documented', checked: '2026-11-21', since: '0.1.0' } as const;

/**
 * Services whose resources are known well enough to say what their references and attributes are. What a custom resource, a nested
 * stack or an SSM parameter gives is not known.
 */
const JUDGED = /^AWS::(EC2|ElastiCache|MemoryDB|RDS|DAX|Redshift|SNS|SQS|S3|KMS|Logs|Kinesis|KinesisFirehose|IAM|SecretsManager)::/;

/** A property that takes references. */
interface ReferenceRow {
  readonly types: readonly string[];
  readonly property: string;
  readonly what: string;
  /** Types with those of their attributes that fit; `Ref` for the reference itself. */
  readonly accepts: Readonly<Record<string, readonly string[]>>;
}

const SUBNETS = { what: 'subnets', accepts: { 'AWS::EC2::Subnet': ['Ref', 'SubnetId'] } };
const SECURITY_GROUPS = {
  what: 'security groups', accepts: { 'AWS::EC2::SecurityGroup': ['Ref', 'GroupId', 'Id'], 'AWS::EC2::VPC': ['DefaultSecurityGroup'] },
};
const CACHES = ['ReplicationGroup', 'CacheCluster'];

const REFERENCES: readonly ReferenceRow[] = [
  { types: ['SubnetGroup', 'ServerlessCache'], property: 'SubnetIds', ...SUBNETS },
  { types: ['ReplicationGroup', 'ServerlessCache'], property: 'SecurityGroupIds', ...SECURITY_GROUPS },
  { types: ['CacheCluster'], property: 'VpcSecurityGroupIds', ...SECURITY_GROUPS },
  {
    types: CACHES,
    property: 'CacheSubnetGroupName',
    what: 'a subnet group of ElastiCache',
    accepts: { 'AWS::ElastiCache::SubnetGroup': ['Ref', 'CacheSubnetGroupName'] },
  },
  {
    types: [...CACHES, 'GlobalReplicationGroup'],
    property: 'CacheParameterGroupName',
    what: 'a parameter group of ElastiCache',
    accepts: { 'AWS::ElastiCache::ParameterGroup': ['Ref', 'CacheParameterGroupName'] },
  },
  {
    types: CACHES,
    property: 'NotificationTopicArn',
    what: 'a topic',
    // Its name has a rule of its own.
    accepts: { 'AWS::SNS::Topic': ['Ref', 'TopicArn', 'TopicName'] },
  },
  {
    types: ['ReplicationGroup', 'ServerlessCache'],
    property: 'KmsKeyId',
    what: 'a key',
    accepts: { 'AWS::KMS::Key': ['Ref', 'Arn', 'KeyId'], 'AWS::KMS::ReplicaKey': ['Ref', 'Arn', 'KeyId'], 'AWS::KMS::Alias': ['Ref', 'AliasName'] },
  },
  // That an ARN is no id has a rule of its own.
  {
    types: ['ReplicationGroup'],
    property: 'UserGroupIds',
    what: 'user groups',
    accepts: { 'AWS::ElastiCache::UserGroup': ['Ref', 'UserGroupId', 'Arn'] },
  },
  { types: ['ServerlessCache'], property: 'UserGroupId', what: 'a user group', accepts: { 'AWS::ElastiCache::UserGroup': ['Ref', 'UserGroupId'] } },
  {
    types: ['ServerlessCacheSnapshot'],
    property: 'ServerlessCacheName',
    what: 'the name of a serverless cache',
    accepts: { 'AWS::ElastiCache::ServerlessCache': ['Ref', 'ServerlessCacheName'] },
  },
  { types: ['UserGroup'], property: 'UserIds', what: 'users', accepts: { 'AWS::ElastiCache::User': ['Ref', 'UserId', 'Arn'] } },
  {
    types: ['GlobalReplicationGroup'],
    property: 'Members',
    what: 'replication groups',
    accepts: { 'AWS::ElastiCache::ReplicationGroup': ['Ref', 'ReplicationGroupId'] },
  },
  // That an ARN is no name has a rule of its own.
  {
    types: CACHES,
    property: 'LogDeliveryConfigurations',
    what: 'a log group or a delivery stream of Firehose',
    accepts: { 'AWS::Logs::LogGroup': ['Ref', 'Arn', 'LogGroupName'], 'AWS::KinesisFirehose::DeliveryStream': ['Ref', 'Arn', 'DeliveryStreamName'] },
  },
  // A secret is taken by a dynamic reference: its reference is its ARN, and not what it holds.
  { types: ['ReplicationGroup'], property: 'AuthToken', what: 'a text of 16 to 128 characters', accepts: {} },
  ...['Passwords', 'AuthenticationMode'].map((property): ReferenceRow => ({ types: ['User'], property, what: 'passwords', accepts: {} })),
  { types: ['ReplicationGroup'], property: 'PrimaryClusterId', what: 'a cache cluster', accepts: { 'AWS::ElastiCache::CacheCluster': ['Ref', 'ClusterName'] } },
];

/** Rules about references to resources of another kind, one for each type that takes some. */
export const REFERENCE_RULES: readonly Rule[] = [...new Set(REFERENCES.flatMap(({ types }) => types))].map((short): Rule => {
  const rows = REFERENCES.filter(({ types }) => types.includes(short));
  return {
    ...COMMON,
    code: 'ReferenceUnfit',
    resourceType: `AWS::ElastiCache::${short}`,
    reads: rows.map(({ property }) => property),
    source: `${PAGES}/aws-resource-elasticache-${short.toLowerCase()}.html`,
    judge: (resource) => {
      const wrong = new Set<string>();
      for (const target of factsOf(resource, FACTS.targets)) {
        const [name, attribute, type] = target.split(' ');
        const row = rows.find(({ property }) => property === name);
        if (row && JUDGED.test(type) && !row.accepts[type]?.includes(attribute)) {
          wrong.add(`${name} must be ${row.what}, got: ${attribute === 'Ref' ? 'a reference to' : `${attribute} of`} an ${type}`);
        }
      }
      return [...wrong];
    },
  };
});
