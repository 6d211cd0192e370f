import { Case, caseOf, Cases, TemplateResources } from './case';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const COMMON = { ReplicationGroupDescription: 'Cache', CacheNodeType: 'cache.t4g.medium', TransitEncryptionEnabled: true };
const VALKEY = { ...COMMON, Engine: 'valkey', EngineVersion: '8.2' };
const REDIS = { ...COMMON, Engine: 'redis', EngineVersion: '7.1' };
const HA = { AutomaticFailoverEnabled: true, NumCacheClusters: 2 };
const logs = (LogType: string) => ({
  LogDeliveryConfigurations: [
    { LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'logs' } } },
  ],
});
const PARAMETER_GROUP = 'AWS::ElastiCache::ParameterGroup';
const family = (CacheParameterGroupFamily: string, Properties: object = {}) => ({ CacheParameterGroupFamily, Description: 'Parameters', Properties });

function valkey(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return caseOf(TYPE, { ...VALKEY, ...HA }, bad, good);
}

function redis(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return caseOf(TYPE, { ...REDIS, ...HA, CacheNodeType: 'cache.r5.large' }, bad, good);
}

/** A group that refers by a property to another resource of the same template. */
function beside(property: string, Type: string, Properties: Record<string, unknown>, group: Record<string, unknown>): TemplateResources {
  const reference = { Ref: 'Other' };
  return { Other: { Type, Properties }, Thing: { Type: TYPE, Properties: { ...group, [property]: property.endsWith('Ids') ? [reference] : reference } } };
}

/** A group with Multi-AZ in subnets of these zones. */
function inZones(...zones: string[]): TemplateResources {
  const ids = zones.map((_, index) => `Subnet${index}`);
  return {
    ...Object.fromEntries(ids.map((id, index) => [id, { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', AvailabilityZone: zones[index] } }])),
    Subnets: {
      Type: 'AWS::ElastiCache::SubnetGroup',
      Properties: { Description: 'Subnets of the cache', SubnetIds: ids.map((Ref) => ({ Ref })) },
    },
    Thing: { Type: TYPE, Properties: { ...VALKEY, ...HA, MultiAZEnabled: true, CacheSubnetGroupName: { Ref: 'Subnets' } } },
  };
}

const users = (Engine: string) => ({ UserGroupId: 'users', Engine, UserIds: ['default'] });

export const REPLICATION_GROUP_CASES: Cases = {
  EngineHasNoReplicationGroups: caseOf(TYPE, { ...COMMON, ...HA }, { Engine: 'memcached' }, { Engine: 'valkey' }),
  ReplicationGroupIdInvalid: valkey({ ReplicationGroupId: 'my_cache' }, { ReplicationGroupId: 'my-cache' }),
  ReplicasOutOfRange: valkey({ NumCacheClusters: 7 }, { NumCacheClusters: 6 }),
  FailoverNeedsReplica: valkey({ NumCacheClusters: 1 }, { NumCacheClusters: 2 }),
  MultiAzNeedsFailover: valkey({ MultiAZEnabled: true, AutomaticFailoverEnabled: false }, { MultiAZEnabled: true }),
  MultiAzInOneZone: { bad: inZones('eu-west-1a', 'eu-west-1a'), good: inZones('eu-west-1a', 'eu-west-1b') },
  ZonesMatchNodes: valkey({ PreferredCacheClusterAZs: ['eu-west-1a'] }, { PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b'] }),
  UserGroupNeedsTls: valkey({ UserGroupIds: ['users'], TransitEncryptionEnabled: false }, { UserGroupIds: ['users'] }),
  UserGroupUnsupported: redis({ UserGroupIds: ['users'], EngineVersion: '5.0.6' }, { UserGroupIds: ['users'], EngineVersion: '6.0' }),
  UserGroupEngineUnfit: {
    bad: beside('UserGroupIds', 'AWS::ElastiCache::UserGroup', users('valkey'), REDIS),
    good: beside('UserGroupIds', 'AWS::ElastiCache::UserGroup', users('redis'), REDIS),
  },
  KeyNeedsAtRestEncryption: valkey({ KmsKeyId: 'alias/cache', AtRestEncryptionEnabled: false }, { KmsKeyId: 'alias/cache', AtRestEncryptionEnabled: true }),
  ParameterGroupFamilyMismatch: {
    bad: beside('CacheParameterGroupName', PARAMETER_GROUP, family('valkey7'), VALKEY),
    good: beside('CacheParameterGroupName', PARAMETER_GROUP, family('valkey8'), VALKEY),
  },
  EngineVersionNotCreatable: valkey({ EngineVersion: '8.2.1' }, { EngineVersion: '8.2' }),
  NodeTypeNotCreatable: valkey({ CacheNodeType: 'cache.m3.medium' }, { CacheNodeType: 'cache.m7g.large' }),
  NodeTypeUnfitForEngine: redis({ CacheNodeType: 'cache.r8g.large' }, { CacheNodeType: 'cache.r7g.large' }),
  DataTieringMustMatchNodeType: valkey({ CacheNodeType: 'cache.r6g.xlarge', DataTieringEnabled: true }, { CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }),
  DataTieringEvictionPolicy: {
    bad: beside('CacheParameterGroupName', PARAMETER_GROUP, family('valkey8', { 'maxmemory-policy': 'volatile-ttl' }),
      { ...VALKEY, CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }),
    good: beside('CacheParameterGroupName', PARAMETER_GROUP, family('valkey8', { 'maxmemory-policy': 'allkeys-lru' }),
      { ...VALKEY, CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }),
  },
  SlowLogUnsupported: redis({ EngineVersion: '5.0.6', ...logs('slow-log') }, { EngineVersion: '6.0', ...logs('slow-log') }),
  EngineLogUnsupported: redis({ EngineVersion: '6.0', ...logs('engine-log') }, { EngineVersion: '6.2', ...logs('engine-log') }),
  PortOutOfRange: valkey({ Port: 1149 }, { Port: 1150 }),
  BackupRetentionOutOfRange: valkey({ SnapshotRetentionLimit: 36 }, { SnapshotRetentionLimit: 35 }),
  WindowsOverlap: valkey(
    { SnapshotWindow: '05:00-06:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }, { SnapshotWindow: '03:00-04:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' },
  ),
  WindowsMayOverlap: valkey(
    { SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'sun:23:00-mon:00:00' }, { SnapshotWindow: '03:00-04:00', PreferredMaintenanceWindow: 'sun:23:00-mon:00:00' },
  ),
  BackupWindowWithoutBackups: valkey({ SnapshotWindow: '03:00-04:00', SnapshotRetentionLimit: 0 }, { SnapshotWindow: '03:00-04:00', SnapshotRetentionLimit: 1 }),
  NotificationTopicEncrypted: {
    bad: beside('NotificationTopicArn', 'AWS::SNS::Topic', { KmsMasterKeyId: 'alias/aws/sns' }, { ...VALKEY, ...HA }),
    good: beside('NotificationTopicArn', 'AWS::SNS::Topic', {}, { ...VALKEY, ...HA }),
  },
  DescriptionInvalid: valkey({ ReplicationGroupDescription: '' }, { ReplicationGroupDescription: 'Cache' }),
  RedisExtendedSupport: redis({ EngineVersion: '5.0.6' }, { EngineVersion: '6.0' }),
};
