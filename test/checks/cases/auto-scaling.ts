import { Case, Cases, TemplateResources } from './case';

const GROUP = {
  ReplicationGroupDescription: 'Cache',
  Engine: 'valkey',
  EngineVersion: '8.2',
  CacheNodeType: 'cache.r7g.large',
  NumNodeGroups: 2,
  ReplicasPerNodeGroup: 1,
  TransitEncryptionEnabled: true,
  CacheSubnetGroupName: 'subnets',
  CacheParameterGroupName: 'default.valkey8.cluster.on',
  AutomaticFailoverEnabled: true,
};
const SHARDS = {
  ServiceNamespace: 'elasticache',
  ScalableDimension: 'elasticache:replication-group:NodeGroups',
  MinCapacity: 1,
  MaxCapacity: 10,
  ResourceId: { 'Fn::Sub': 'replication-group/${Group}' },
};
const TRACKING = (PredefinedMetricType: string, TargetValue = 60) => ({ TargetValue, PredefinedMetricSpecification: { PredefinedMetricType } });
const CPU = 'ElastiCachePrimaryEngineCPUUtilization';
const MEMORY = 'ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage';

function scaled(target: Record<string, unknown>, group: Record<string, unknown> = {}): TemplateResources {
  return {
    Group: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...GROUP, ...group } },
    Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ...SHARDS, ...target } },
  };
}

function policy(properties: Record<string, unknown>, group: Record<string, unknown> = {}): TemplateResources {
  return {
    ...scaled({}, group),
    Policy: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: { PolicyName: 'policy', PolicyType: 'TargetTrackingScaling', ScalingTargetId: { Ref: 'Target' }, ...properties },
    },
  };
}

const TIERED = { CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true };
const target = (bad: Record<string, unknown>, good: Record<string, unknown>): Case => ({ bad: scaled(bad), good: scaled(good) });
const group = (bad: Record<string, unknown>, good: Record<string, unknown> = {}): Case => ({ bad: scaled({}, bad), good: scaled({}, good) });
const tracking = (bad: [string, number?], good: [string, number?], of: Record<string, unknown> = {}): Case => ({
  bad: policy({ TargetTrackingScalingPolicyConfiguration: TRACKING(...bad) }, of),
  good: policy({ TargetTrackingScalingPolicyConfiguration: TRACKING(...good) }, of),
});

export const AUTO_SCALING_CASES: Cases = {
  ScalingDimensionInvalid: target({ ScalableDimension: 'elasticache:replication-group:Shards' }, {}),
  ScalingResourceInvalid: target({ ResourceId: 'replicationgroup/cache' }, { ResourceId: 'replication-group/cache' }),
  ScalingNeedsClusterMode: group({ CacheParameterGroupName: 'default.valkey8', NumNodeGroups: 1 }),
  ScalingUnsupportedByEngine: group(
    { Engine: 'redis', EngineVersion: '5.0.6', CacheParameterGroupName: 'default.redis5.0.cluster.on', CacheNodeType: 'cache.r5.large' },
    { Engine: 'redis', EngineVersion: '6.2', CacheParameterGroupName: 'default.redis6.x.cluster.on', CacheNodeType: 'cache.r5.large' },
  ),
  ScalingUnsupportedByNodeType: group({ CacheNodeType: 'cache.t4g.medium' }),
  ScalingInGlobalDatastore: group({ GlobalReplicationGroupId: 'ldgnf-cache' }),
  ScalingBoundsInvalid: target({ MinCapacity: 0 }, { MinCapacity: 1 }),
  ScalingBoundsUnusual: target({ MaxCapacity: 251 }, { MaxCapacity: 250 }),
  StaticCountUnderScaling: {
    bad: scaled({}),
    good: scaled({ ResourceId: 'replication-group/elsewhere' }),
  },
  StepScalingUnsupported: {
    bad: policy({ PolicyType: 'StepScaling', StepScalingPolicyConfiguration: { AdjustmentType: 'ChangeInCapacity' } }),
    good: policy({ TargetTrackingScalingPolicyConfiguration: TRACKING(CPU) }),
  },
  ScalingMetricInvalid: tracking(['ElastiCacheReplicaEngineCPUUtilization'], [CPU]),
  ScalingMetricUnknown: tracking(['ElastiCacheEngineCPUUtilization'], [CPU]),
  ScalingMetricUnfitForDataTiering: tracking([MEMORY], ['ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage'], TIERED),
  ScalingTargetValueUnusual: tracking([CPU, 90], [CPU, 70]),
};
