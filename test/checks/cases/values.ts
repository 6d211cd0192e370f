import { Case, caseOf, Cases, TemplateResources } from './case';

const type = (name: string): string => `AWS::ElastiCache::${name}`;
const [GROUP, CLUSTER, SERVERLESS, SUBNETS, USER, USERS] = ['ReplicationGroup', 'CacheCluster', 'ServerlessCache', 'SubnetGroup', 'User', 'UserGroup'].map(type);
const REPLICATED = {
  ReplicationGroupDescription: 'Cache',
  Engine: 'valkey',
  EngineVersion: '8.0',
  CacheNodeType: 'cache.t4g.micro',
  NumCacheClusters: 2,
  AutomaticFailoverEnabled: true,
  TransitEncryptionEnabled: true,
  CacheSubnetGroupName: 'subnets',
};
const NODES = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', Engine: 'memcached', EngineVersion: '1.6.22', CacheSubnetGroupName: 'subnets' };
const CACHE = { ServerlessCacheName: 'cache', Engine: 'valkey' };
const MEMBER = { UserId: 'app', UserName: 'app', Engine: 'redis', AccessString: 'on ~* +@all', AuthenticationMode: { Type: 'iam' } };
const MEMBERS = { UserGroupId: 'users', Engine: 'valkey', UserIds: ['app'] };
const IN_SUBNETS = { Description: 'Private', SubnetIds: ['subnet-1'] };
const FAMILY = { CacheParameterGroupFamily: 'redis7', Description: 'Tuned' };

/** Two resources of one type, of one name or of two. */
function named(Type: string, property: string, properties: Record<string, unknown>): Case {
  const two = (name: string): TemplateResources => ({
    Thing: { Type, Properties: { ...properties, [property]: 'shop' } }, Other: { Type, Properties: { ...properties, [property]: name } },
  });
  return { bad: two('shop'), good: two('other') };
}

/** A resource that refers to one beside it, which is there or not. */
function referring(Type: string, properties: Record<string, unknown>): Case {
  const to = (id: string): TemplateResources => ({ Thing: { Type, DependsOn: id, Properties: properties }, There: { Type: 'AWS::S3::Bucket' } });
  return { bad: to('Missing'), good: to('There') };
}

/** A resource that waits for one beside it, which waits for it or not. */
function waiting(Type: string, properties: Record<string, unknown>): Case {
  const beside = (waits: object): TemplateResources => ({
    Thing: { Type, DependsOn: 'Beside', Properties: properties }, Beside: { Type: 'AWS::S3::Bucket', ...waits },
  });
  return { bad: beside({ DependsOn: ['Thing'] }), good: beside({}) };
}

function scaled(ResourceId: unknown): TemplateResources {
  return {
    Cache: {
      Type: GROUP,
      Properties: { ...REPLICATED, CacheNodeType: 'cache.m7g.large', NumCacheClusters: undefined, NumNodeGroups: 2, ReplicasPerNodeGroup: 1 },
    },
    Thing: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: {
        ServiceNamespace: 'elasticache', ScalableDimension: 'elasticache:replication-group:Replicas', ResourceId, MinCapacity: 1, MaxCapacity: 5,
      },
    },
  };
}

const logs = (LogFormat: string) => ({
  LogDeliveryConfigurations: [{
    LogType: 'slow-log', LogFormat, DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'logs' } },
  }],
});

export const VALUE_CASES: Cases = {
  'GroupBackupWindowInvalid': caseOf(GROUP, REPLICATED, { SnapshotWindow: '03:00-03:59' }, { SnapshotWindow: '03:00-04:00' }),
  'GroupMaintenanceWindowInvalid': caseOf(GROUP, REPLICATED, { PreferredMaintenanceWindow: 'sun:03:00-sun:03:59' }, { PreferredMaintenanceWindow: 'sun:03:00-sun:04:00' }),
  'SecurityGroupIdInvalid': caseOf(GROUP, REPLICATED, { SecurityGroupIds: ['default'] }, { SecurityGroupIds: ['sg-1'] }),
  'SecurityGroupIdInvalid:CacheCluster': caseOf(CLUSTER, NODES, { VpcSecurityGroupIds: ['default'] }, { VpcSecurityGroupIds: ['sg-1'] }),
  'SecurityGroupIdInvalid:ServerlessCache': caseOf(SERVERLESS, CACHE, { SecurityGroupIds: ['default'] }, { SecurityGroupIds: ['sg-1'] }),
  'SubnetIdInvalid': caseOf(SUBNETS, IN_SUBNETS, { SubnetIds: ['vpc-1'] }, { SubnetIds: ['subnet-1'] }),
  'SubnetIdInvalid:ServerlessCache': caseOf(SERVERLESS, CACHE, { SubnetIds: ['vpc-1', 'subnet-2'] }, { SubnetIds: ['subnet-1', 'subnet-2'] }),
  'NotificationTopicInvalid': caseOf(GROUP, REPLICATED, { NotificationTopicArn: 'arn:aws:sqs:eu-west-1:111122223333:queue' },
    { NotificationTopicArn: 'arn:aws:sns:eu-west-1:111122223333:topic' }),
  'NotificationTopicInvalid:CacheCluster': caseOf(CLUSTER, NODES, { NotificationTopicArn: 'topic' }, { NotificationTopicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:topic' }),
  'GroupSnapshotArnInvalid': caseOf(GROUP, REPLICATED, { SnapshotArns: ['s3://bucket/a.rdb'] }, { SnapshotArns: ['arn:aws:s3:::bucket/a.rdb'] }),
  'IdIsArn': caseOf(GROUP, REPLICATED, { UserGroupIds: ['arn:aws:elasticache:eu-west-1:111122223333:usergroup:users'] }, { UserGroupIds: ['users'] }),
  'IdIsArn:UserGroup': caseOf(USERS, MEMBERS, { UserIds: ['arn:aws:elasticache:eu-west-1:111122223333:user:app'] }, { UserIds: ['app'] }),
  'GroupLogDeliveryInvalid': caseOf(GROUP, REPLICATED, logs('yaml'), logs('json')),
  'NameTwice': named(GROUP, 'ReplicationGroupId', REPLICATED),
  'NameTwice:CacheCluster': named(CLUSTER, 'ClusterName', NODES),
  'NameTwice:ServerlessCache': named(SERVERLESS, 'ServerlessCacheName', CACHE),
  'NameTwice:SubnetGroup': named(SUBNETS, 'CacheSubnetGroupName', IN_SUBNETS),
  'NameTwice:User': named(USER, 'UserId', { ...MEMBER, AuthenticationMode: { Type: 'no-password-required' } }),
  'NameTwice:UserGroup': named(USERS, 'UserGroupId', MEMBERS),
  'PasswordMissing': caseOf(USER, { ...MEMBER, AuthenticationMode: { Type: 'password' } }, {}, { Passwords: ['{{resolve:secretsmanager:password}}'] }),
  'UserGroupEngineUnknown': caseOf(USERS, MEMBERS, { Engine: 'memcached' }, { Engine: 'valkey' }),
  'StorageUnitMissing': caseOf(SERVERLESS, CACHE, { CacheUsageLimits: { DataStorage: { Maximum: 5 } } }, { CacheUsageLimits: { DataStorage: { Maximum: 5, Unit: 'GB' } } }),
  'ScalingResourceIncomplete': { bad: scaled({ Ref: 'Cache' }), good: scaled({ 'Fn::Sub': 'replication-group/${Cache}' }) },
  'ReferenceUnresolved': referring(GROUP, REPLICATED),
  'ReferenceUnresolved:CacheCluster': referring(CLUSTER, NODES),
  'ReferenceUnresolved:ServerlessCache': referring(SERVERLESS, CACHE),
  'ReferenceUnresolved:SubnetGroup': referring(SUBNETS, IN_SUBNETS),
  'ReferenceUnresolved:User': referring(USER, MEMBER),
  'ReferenceUnresolved:UserGroup': referring(USERS, MEMBERS),
  'ReferenceUnresolved:ParameterGroup': referring(type('ParameterGroup'), FAMILY),
  'ReferenceUnresolved:GlobalReplicationGroup': referring(type('GlobalReplicationGroup'), {
    Members: [{ ReplicationGroupId: 'shop', ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' }],
  }),
  'ReferencesCircular': waiting(GROUP, REPLICATED),
  'ReferencesCircular:CacheCluster': waiting(CLUSTER, NODES),
  'ReferencesCircular:ServerlessCache': waiting(SERVERLESS, CACHE),
  'ReferencesCircular:SubnetGroup': waiting(SUBNETS, IN_SUBNETS),
  'ReferencesCircular:User': waiting(USER, MEMBER),
  'ReferencesCircular:UserGroup': waiting(USERS, MEMBERS),
  'ReferencesCircular:ParameterGroup': waiting(type('ParameterGroup'), FAMILY),
  'ReferencesCircular:GlobalReplicationGroup': waiting(type('GlobalReplicationGroup'), {
    Members: [{ ReplicationGroupId: 'shop', ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' }],
  }),
};
