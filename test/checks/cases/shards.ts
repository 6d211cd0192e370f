import { caseOf, Cases, TemplateResources } from './case';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const COMMON = {
  ReplicationGroupDescription: 'Cache', Engine: 'valkey', EngineVersion: '8.2', CacheNodeType: 'cache.r7g.large', CacheSubnetGroupName: 'subnets', TransitEncryptionEnabled: true,
};
const SHARDED = { ...COMMON, AutomaticFailoverEnabled: true, CacheParameterGroupName: 'default.valkey8.cluster.on' };
const DISABLED = { ...COMMON, CacheParameterGroupName: 'default.valkey8' };

const replicated = (bad: Record<string, unknown>, good: Record<string, unknown>) => caseOf(TYPE, DISABLED, bad, good);
const sharded = (bad: Record<string, unknown>, good: Record<string, unknown>) => caseOf(TYPE, SHARDED, bad, good);
const count = (NumNodeGroups: number, ReplicasPerNodeGroup = 1) => ({ NumNodeGroups, ReplicasPerNodeGroup });
const shards = (...shard: object[]) => ({ NodeGroupConfiguration: shard.map((each) => ({ ReplicaCount: 1, ...each })) });
const slots = (...texts: string[]) => shards(...texts.map((Slots, index) => ({ Slots, NodeGroupId: `000${index + 1}` })));

/** Shards whose parameter group is in the template. */
function withParameters(Properties: object): TemplateResources {
  return {
    Parameters: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: 'valkey8', Description: 'Parameters', Properties } },
    Thing: { Type: TYPE, Properties: { ...COMMON, AutomaticFailoverEnabled: true, ...count(2), CacheParameterGroupName: { Ref: 'Parameters' } } },
  };
}

/** Nodes, cluster mode and shards of replication groups. */
export const SHARD_CASES: Cases = {
  FailoverMustBeSaid: replicated({ NumCacheClusters: 1 }, { NumCacheClusters: 1, AutomaticFailoverEnabled: false }),
  FailoverWithoutNodes: caseOf(TYPE, { ...COMMON, AutomaticFailoverEnabled: true }, {}, { NumCacheClusters: 2 }),
  CacheClustersNeedOneShard: sharded({ NumNodeGroups: 2, NumCacheClusters: 2 }, count(2)),
  NodeCountTwice: replicated({ NumCacheClusters: 2, ReplicasPerNodeGroup: 1 }, { NumCacheClusters: 2 }),
  NodesNotSaid: replicated({}, { NumCacheClusters: 2 }),
  PrimaryClusterDecides: caseOf(TYPE, { ...COMMON, PrimaryClusterId: 'running' }, { NumNodeGroups: 1 }, {}),
  PlacementTwice: sharded({ ...shards({ NodeGroupId: '0001' }), PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b'] }, shards({ NodeGroupId: '0001' })),
  TooManyNodes: sharded(count(251), count(250)),
  NodesBeyondQuota: sharded(count(46), count(45)),
  ShardsNeedClusterParameter: { bad: withParameters({ timeout: '20' }), good: withParameters({ 'cluster-enabled': 'yes' }) },
  ClusterParameterMissing: replicated({ ClusterMode: 'enabled', NumCacheClusters: 2, AutomaticFailoverEnabled: true },
    { ClusterMode: 'enabled', NumNodeGroups: 1, ReplicasPerNodeGroup: 1, AutomaticFailoverEnabled: true, CacheParameterGroupName: 'default.valkey8.cluster.on' }),
  DisabledModeHasOneShard: caseOf(TYPE, { ...COMMON, AutomaticFailoverEnabled: true, ClusterMode: 'disabled', ReplicasPerNodeGroup: 1 },
    { NumNodeGroups: 2 }, { NumNodeGroups: 1 }),
  ClusterModeContradicts: sharded({ ClusterMode: 'disabled', ...count(1) }, { ClusterMode: 'enabled', ...count(1) }),
  ClusterModeNeedsFailover: sharded({ ...count(2), AutomaticFailoverEnabled: false }, count(2)),
  ClusterModeUnsupported: caseOf(TYPE, { ...COMMON, Engine: 'redis', ClusterMode: 'compatible', NumCacheClusters: 2, AutomaticFailoverEnabled: true },
    { EngineVersion: '6.2' }, { EngineVersion: '7.0' }),
  CompatibleModeNeedsReplica: sharded({ ClusterMode: 'compatible', NumCacheClusters: 1, AutomaticFailoverEnabled: false },
    { ClusterMode: 'compatible', NumCacheClusters: 2 }),
  CompatibleModeTemporary: sharded({ ClusterMode: 'compatible', ...count(1) }, { ClusterMode: 'enabled', ...count(1) }),
  ShardsOutOfRange: sharded(count(501, 0), count(500, 0)),
  ShardsMatchConfiguration: sharded({ NumNodeGroups: 3, ...slots('0-8191', '8192-16383') }, { NumNodeGroups: 2, ...slots('0-8191', '8192-16383') }),
  ShardIdInvalid: sharded(shards({ NodeGroupId: 'first' }), shards({ NodeGroupId: '0001' })),
  ShardIdMissing: sharded(shards({}), shards({ NodeGroupId: '0001' })),
  ShardZonesMatchReplicas: sharded(shards({ ReplicaAvailabilityZones: ['eu-west-1a', 'eu-west-1b'] }), shards({ ReplicaAvailabilityZones: ['eu-west-1a'] })),
  SlotsInvalid: sharded(slots('0-8191', '8191-16383'), slots('0-8191', '8192-16383')),
  SlotsIncomplete: sharded(slots('0-8191', '8192-16382'), slots('0-8191', '8192-16383')),
  SlotsOutdated: sharded(slots('0-8191', '8192-16383'), shards({ NodeGroupId: '0001' }, { NodeGroupId: '0002' })),
  MultiAzNeedsReplica: sharded({ MultiAZEnabled: true, ...count(2, 0) }, { MultiAZEnabled: true, ...count(2) }),
  ShardsWithoutReplicas: sharded(count(2, 0), count(2)),
  SnapshottingClusterUnfit: sharded({ ...count(2), SnapshottingClusterId: 'cache-001' }, count(2)),
  RestoreNeedsSlots: sharded({ SnapshotArns: ['arn:aws:s3:::bucket/dump.rdb'], ...count(2) },
    { SnapshotArns: ['arn:aws:s3:::bucket/dump.rdb'], ...slots('0-8191', '8192-16383') }),
};
