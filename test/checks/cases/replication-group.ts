import { Case, caseOf, Cases, TemplateResources } from './case';
import { SHARD_CASES } from './shards';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const COMMON = { ReplicationGroupDescription: 'Cache', CacheNodeType: 'cache.t4g.medium', CacheSubnetGroupName: 'subnets', TransitEncryptionEnabled: true };
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

/** A group of two IP versions in a subnet. */
function dualStack(subnet: Record<string, unknown>): TemplateResources {
  return {
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', ...subnet } },
    Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Subnets of the cache', SubnetIds: [{ Ref: 'Subnet' }] } },
    Thing: { Type: TYPE, Properties: { ...VALKEY, ...HA, NetworkType: 'dual_stack', CacheSubnetGroupName: { Ref: 'Subnets' } } },
  };
}

/** Shards that keep what is written. */
function durable(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  const properties = {
    ...VALKEY,
    EngineVersion: '9.0',
    CacheNodeType: 'cache.r7g.large',
    Durability: 'sync',
    AutomaticFailoverEnabled: true,
    MultiAZEnabled: true,
    NumNodeGroups: 2,
    ReplicasPerNodeGroup: 1,
    ClusterMode: 'enabled',
  };
  return caseOf(TYPE, properties, bad, good);
}

function member(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return caseOf(TYPE, { ReplicationGroupDescription: 'Cache', GlobalReplicationGroupId: 'ldgnf-world' }, bad, good);
}

/** Resolved while it is deployed. */
const TOKEN = 'a-token-of-enough-length';
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
  MinorUpgradesUnsupported: redis({ EngineVersion: '5.0.6', AutoMinorVersionUpgrade: true }, { EngineVersion: '6.0', AutoMinorVersionUpgrade: true }),
  NodeTypeMissing: valkey({ CacheNodeType: undefined }, {}),
  NodeTypePhasingOut: valkey({ CacheNodeType: 'cache.t2.micro' }, { CacheNodeType: 'cache.t4g.micro' }),
  DurabilityUnsupported: durable({ EngineVersion: '8.2' }, { EngineVersion: '9.0' }),
  DurabilityWithoutTls: durable({ TransitEncryptionEnabled: false }, { TransitEncryptionEnabled: true }),
  DurabilityEncryptsAtRest: durable({ AtRestEncryptionEnabled: false }, { AtRestEncryptionEnabled: true }),
  UserGroupTwice: valkey({ UserGroupIds: ['users', 'more'] }, { UserGroupIds: ['users'] }),
  UserGroupNeedsTlsOnly: valkey({ UserGroupIds: ['users'], TransitEncryptionMode: 'preferred' }, { UserGroupIds: ['users'], TransitEncryptionMode: 'required' }),
  TlsModeNeedsTls: valkey({ TransitEncryptionEnabled: false, TransitEncryptionMode: 'required' }, { TransitEncryptionMode: 'required' }),
  TlsModeUnsupported: redis({ EngineVersion: '6.2', TransitEncryptionMode: 'required' }, { EngineVersion: '7.0', TransitEncryptionMode: 'required' }),
  TlsNotRequired: valkey({ TransitEncryptionMode: 'preferred' }, { TransitEncryptionMode: 'required' }),
  TlsNeedsSubnetGroup: valkey({ CacheSubnetGroupName: undefined }, {}),
  ValkeyTlsMustBeSaid: valkey({ TransitEncryptionEnabled: undefined }, {}),
  AtRestEncryptionMayStay: valkey({ AtRestEncryptionEnabled: false }, { AtRestEncryptionEnabled: true }),
  AuthTokenNeedsTls: redis({ AuthToken: TOKEN, TransitEncryptionEnabled: false }, { AuthToken: TOKEN }),
  AuthTokenInvalid: redis({ AuthToken: 'too-short' }, { AuthToken: TOKEN }),
  AuthTokenWithUserGroup: redis({ AuthToken: TOKEN, UserGroupIds: ['users'] }, { UserGroupIds: ['users'] }),
  AuthTokenWithoutTlsOnly: redis({ AuthToken: TOKEN, TransitEncryptionMode: 'preferred' }, { AuthToken: TOKEN, TransitEncryptionMode: 'required' }),
  NameBlocksReplacement: valkey({ ReplicationGroupId: 'my-cache' }, {}),
  NetworkTypeUnsupported: valkey({ CacheNodeType: 'cache.m4.large', NetworkType: 'dual_stack' }, { CacheNodeType: 'cache.m5.large', NetworkType: 'dual_stack' }),
  NetworkTypeUnfitForSubnets: { bad: dualStack({}), good: dualStack({ Ipv6CidrBlock: '2001:db8::/64' }) },
  IpDiscoveryUnfit: valkey({ NetworkType: 'ipv4', IpDiscovery: 'ipv6' }, { NetworkType: 'dual_stack', IpDiscovery: 'ipv6' }),
  CacheSecurityGroupsGone: valkey({ CacheSecurityGroupNames: ['group'] }, { SecurityGroupIds: ['sg-1'] }),
  LogTypeTwice: valkey({ LogDeliveryConfigurations: [...logs('slow-log').LogDeliveryConfigurations, ...logs('slow-log').LogDeliveryConfigurations] }, logs('slow-log')),
  LogDestinationUnfit: valkey({
    LogDeliveryConfigurations: [{ ...logs('slow-log').LogDeliveryConfigurations[0], DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: 'logs' } } }],
  }, logs('slow-log')),
  NotificationTopicFifo: {
    bad: beside('NotificationTopicArn', 'AWS::SNS::Topic', { FifoTopic: true, TopicName: 'events.fifo' }, { ...VALKEY, ...HA }),
    good: beside('NotificationTopicArn', 'AWS::SNS::Topic', {}, { ...VALKEY, ...HA }),
  },
  SnapshotArnInvalid: valkey({ SnapshotArns: ['arn:aws:s3:::bucket/one,two.rdb'] }, { SnapshotArns: ['arn:aws:s3:::bucket/one.rdb'] }),
  RestoreSourceTwice: valkey({ SnapshotName: 'last', SnapshotArns: ['arn:aws:s3:::bucket/one.rdb'] }, { SnapshotName: 'last' }),
  MemberInheritsProps: member({ CacheNodeType: 'cache.r7g.large' }, {}),
  MemberNeedsReplica: member({ NumCacheClusters: 1, AutomaticFailoverEnabled: false }, { NumCacheClusters: 2 }),
  MemberNetworkUnfit: member({ NetworkType: 'dual_stack' }, { NetworkType: 'ipv4' }),
  MemberMinorUpgrades: member({ AutoMinorVersionUpgrade: true }, { AutoMinorVersionUpgrade: false }),
  ...SHARD_CASES,
};

export const AUTH_CASES: Cases = {
  AuthTokenReplacesGroup: redis({ AuthToken: TOKEN }, { UserGroupIds: ['users'] }),
};
