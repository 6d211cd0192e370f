import { Case, caseOf, Cases, TemplateResources } from './case';

const TYPE = 'AWS::ElastiCache::CacheCluster';
const COMMON = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets' };
const MEMCACHED = { ...COMMON, Engine: 'memcached', EngineVersion: '1.6.22' };
const REDIS = { ...COMMON, Engine: 'redis', EngineVersion: '7.1' };
const logs = (LogType: string) => ({
  LogDeliveryConfigurations: [
    { LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'logs' } } },
  ],
});
const none = {};

function memcached(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return caseOf(TYPE, MEMCACHED, bad, good);
}

function redis(bad: Record<string, unknown>, good: Record<string, unknown>): Case {
  return caseOf(TYPE, REDIS, bad, good);
}

/** A cluster with both IP versions in a subnet of the same template. */
function dualStack(subnet: Record<string, unknown>): TemplateResources {
  return {
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', ...subnet } },
    Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Subnets of the cache', SubnetIds: [{ Ref: 'Subnet' }] } },
    Thing: { Type: TYPE, Properties: { ...MEMCACHED, NetworkType: 'dual_stack', CacheSubnetGroupName: { Ref: 'Subnets' } } },
  };
}

/** A cluster with a parameter group or a topic of the same template. */
function beside(type: string, properties: Record<string, unknown>, cluster: Record<string, unknown>): TemplateResources {
  const property = type === 'AWS::SNS::Topic' ? 'NotificationTopicArn' : 'CacheParameterGroupName';
  return {
    Other: { Type: type, Properties: properties },
    Thing: { Type: TYPE, Properties: { ...cluster, [property]: { Ref: 'Other' } } },
  };
}

function without(properties: Record<string, unknown>, left: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== left));
}

const family = (CacheParameterGroupFamily: string, Properties: object = {}) => ({ CacheParameterGroupFamily, Description: 'Parameters', Properties });
const GROUP = 'AWS::ElastiCache::ParameterGroup';

export const MEMCACHED_CASES: Cases = {
  CacheClusterEngineUnsupported: caseOf(TYPE, COMMON, { Engine: 'valkey' }, { Engine: 'memcached' }),
  ClusterNameInvalid: memcached({ ClusterName: 'my_cache' }, { ClusterName: 'my-cache' }),
  NodesOutOfRange: memcached({ NumCacheNodes: 0 }, { NumCacheNodes: 1 }),
  NodesBeyondQuota: memcached({ NumCacheNodes: 41 }, { NumCacheNodes: 40 }),
  RedisClusterHasOneNode: redis({ NumCacheNodes: 2 }, { NumCacheNodes: 1 }),
  CrossZoneNeedsTwoNodes: memcached({ AZMode: 'cross-az' }, { AZMode: 'cross-az', NumCacheNodes: 2 }),
  PlacementNeedsMemcached: redis({ AZMode: 'cross-az' }, { AZMode: 'single-az' }),
  ZonesMatchNodes: memcached({ PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1b'] }, { PreferredAvailabilityZones: ['eu-west-1a'] }),
  PlacementContradicts: memcached(
    { NumCacheNodes: 2, AZMode: 'single-az', PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1b'] },
    { NumCacheNodes: 2, AZMode: 'cross-az', PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1b'] },
  ),
  ZonesRepeated: memcached(
    { NumCacheNodes: 2, PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1a'] }, { NumCacheNodes: 2, PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1b'] },
  ),
  MemcachedHasNoBackups: memcached({ SnapshotRetentionLimit: 1 }, none),
  MemcachedCannotRestore: memcached({ SnapshotName: 'last' }, none),
  MemcachedHasNoLogs: memcached(logs('slow-log'), none),
  RedisClusterModeUnsupported: redis({ CacheParameterGroupName: 'default.redis7.cluster.on' }, { CacheParameterGroupName: 'default.redis7' }),
  RedisClusterHasNoTls: redis({ TransitEncryptionEnabled: true }, { TransitEncryptionEnabled: false }),
  MemcachedTlsUnsupported: memcached({ EngineVersion: '1.6.6', TransitEncryptionEnabled: true }, { EngineVersion: '1.6.12', TransitEncryptionEnabled: true }),
  MemcachedTlsNodeType: memcached(
    { CacheNodeType: 'cache.t2.micro', TransitEncryptionEnabled: true }, { CacheNodeType: 'cache.t3.micro', TransitEncryptionEnabled: true },
  ),
  MemcachedTlsNeedsVpc: caseOf(TYPE, without(MEMCACHED, 'CacheSubnetGroupName'),
    { TransitEncryptionEnabled: true }, { TransitEncryptionEnabled: true, CacheSubnetGroupName: 'subnets' }),
  NetworkTypeUnfitForSubnets: { bad: dualStack({}), good: dualStack({ Ipv6CidrBlock: '2001:db8::/64' }) },
  NetworkTypeUnsupported: memcached({ EngineVersion: '1.5.16', NetworkType: 'ipv6' }, { NetworkType: 'ipv6' }),
  DataTieringNeedsReplicationGroup: redis({ CacheNodeType: 'cache.r6gd.xlarge' }, { CacheNodeType: 'cache.r6g.xlarge' }),
  MemcachedVersionIncomplete: memcached({ EngineVersion: '1.6' }, { EngineVersion: '1.6.22' }),
  MaintenanceWindowInvalid: memcached({ PreferredMaintenanceWindow: 'sun:05:00-sun:05:30' }, { PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }),
  CacheSecurityGroupsGone: memcached({ CacheSecurityGroupNames: ['classic'] }, { VpcSecurityGroupIds: ['sg-1'] }),
  SubnetGroupMissing: caseOf(TYPE, without(MEMCACHED, 'CacheSubnetGroupName'), {}, { CacheSubnetGroupName: 'subnets' }),
  NodeTypeNotCreatable: memcached({ CacheNodeType: 'cache.m3.medium' }, { CacheNodeType: 'cache.m7g.large' }),
  NodeTypeUnfitForEngine: memcached({ CacheNodeType: 'cache.r6gd.xlarge' }, { CacheNodeType: 'cache.r6g.xlarge' }),
  ParameterGroupFamilyMismatch: { bad: beside(GROUP, family('memcached1.5'), MEMCACHED), good: beside(GROUP, family('memcached1.6'), MEMCACHED) },
  EngineVersionNotCreatable: redis({ EngineVersion: '7.0.7' }, { EngineVersion: '7.0' }),
  PortOutOfRange: memcached({ Port: 8005 }, { Port: 8004 }),
  NotificationTopicEncrypted: {
    bad: beside('AWS::SNS::Topic', { KmsMasterKeyId: 'alias/aws/sns' }, MEMCACHED), good: beside('AWS::SNS::Topic', {}, MEMCACHED),
  },
  RedisExtendedSupport: redis({ EngineVersion: '5.0.6' }, { EngineVersion: '7.1' }),
  SlowLogUnsupported: redis({ EngineVersion: '5.0.6', ...logs('slow-log') }, { EngineVersion: '6.0', ...logs('slow-log') }),
  EngineLogUnsupported: redis({ EngineVersion: '6.0', ...logs('engine-log') }, { EngineVersion: '6.2', ...logs('engine-log') }),
  BackupRetentionOutOfRange: redis({ SnapshotRetentionLimit: 36 }, { SnapshotRetentionLimit: 35 }),
  WindowsOverlap: redis(
    { SnapshotWindow: '05:00-06:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }, { SnapshotWindow: '03:00-04:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' },
  ),
  WindowsMayOverlap: redis(
    { SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'sun:00:00-sun:01:00' }, { SnapshotWindow: '05:00-06:00', PreferredMaintenanceWindow: 'sun:00:00-sun:01:00' },
  ),
  BackupWindowWithoutBackups: redis({ SnapshotWindow: '03:00-04:00', SnapshotRetentionLimit: 0 }, { SnapshotWindow: '03:00-04:00', SnapshotRetentionLimit: 1 }),
};
