// Application Auto Scaling of ElastiCache. Imports nothing of CDK.
import { clusterModeOf } from './private/cluster-mode-of';
import { FACTS, factsAbout } from './private/template-facts';
import { CAPABILITIES, engineRow, oldestWith, supports } from '../../engine/private/engine-table';
import { NODE_TYPE_SOURCES, nodeTypeRow } from '../../node-type/private/node-type-table';
import { ResourceView, Rule } from '../rule';
import { HOLE } from '../template/world';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const NAMESPACE = 'elasticache';
const API = 'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html';
const POLICY_API = 'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html';
const GUIDE = CAPABILITIES.autoScaling.source;
const COMMON = { severity: 'error', evidence: 'documented', checked: '2026-11-21', since: '0.1.0' } as const;

/** What can be scaled. `unsure`: AWS lists the dimension and describes nothing of it. */
interface DimensionRow {
  readonly dimension: string;
  readonly resource: 'replication-group' | 'cache-cluster';
  /** The property of the replication group that says how many there are at first. */
  readonly count?: string;
  readonly most?: number;
  /** Beyond this many, AWS's texts disagree. */
  readonly usual?: number;
  readonly metrics: readonly string[];
}

const SHARDS = 'elasticache:replication-group:NodeGroups';
const REPLICAS = 'elasticache:replication-group:Replicas';

const SCALING_DIMENSIONS: readonly DimensionRow[] = [
  {
    dimension: SHARDS,
    resource: 'replication-group',
    count: 'NumNodeGroups',
    most: 500,
    usual: 250,
    metrics: [
      'ElastiCachePrimaryEngineCPUUtilization', 'ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage',
      'ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage',
    ],
  },
  { dimension: REPLICAS, resource: 'replication-group', count: 'ReplicasPerNodeGroup', most: 5, metrics: ['ElastiCacheReplicaEngineCPUUtilization'] },
  { dimension: 'elasticache:cache-cluster:Nodes', resource: 'cache-cluster', metrics: [] },
];

/** Metrics that AWS enumerates without saying what for. */
const OTHER_METRICS = ['ElastiCacheEngineCPUUtilization', 'ElastiCacheDatabaseMemoryUsagePercentage', 'ElastiCacheCPUUtilization', 'ElastiCacheEvictions'];
const KNOWN_METRICS = [...SCALING_DIMENSIONS.flatMap(({ metrics }) => metrics)];
const USUAL_TARGET = { least: 35, most: 70 };

/** Whether a target or a policy is certainly about ElastiCache. */
function isOurs(resource: ResourceView): boolean {
  return resource.text('ServiceNamespace') === NAMESPACE || (resource.text('ScalableDimension') ?? '').startsWith(`${NAMESPACE}:`);
}

function dimensionOf(resource: ResourceView): DimensionRow | undefined {
  return SCALING_DIMENSIONS.find(({ dimension }) => dimension === resource.text('ScalableDimension'));
}

/** The replication group that a target scales; `undefined` when it is not in the template. */
function groupOf(target: ResourceView): ResourceView | undefined {
  return isOurs(target) ? target.related('ResourceId').find(({ type }) => type === 'AWS::ElastiCache::ReplicationGroup') : undefined;
}

/** The target that a policy belongs to, or the policy itself when it names what it scales. */
function targetOf(policy: ResourceView): ResourceView {
  return policy.related('ScalingTargetId')[0] ?? policy;
}

interface Tracking {
  readonly TargetValue?: unknown;
  readonly PredefinedMetricSpecification?: { readonly PredefinedMetricType?: unknown };
}

function trackingOf(policy: ResourceView): { metric?: string; value?: number } {
  const tracking = policy.value('TargetTrackingScalingPolicyConfiguration') as Tracking | undefined;
  const [metric, value] = [tracking?.PredefinedMetricSpecification?.PredefinedMetricType, tracking?.TargetValue];
  return { metric: typeof metric === 'string' ? metric : undefined, value: typeof value === 'number' ? value : undefined };
}

function isTiered(group: ResourceView): boolean {
  return nodeTypeRow(group.text('CacheNodeType') ?? '')?.dataTiering === true;
}

const TARGET_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ScalingDimensionInvalid',
    resourceType: TARGET,
    reads: ['ServiceNamespace', 'ScalableDimension'],
    source: API,
    judge: (target) => {
      const [namespace, dimension] = [target.text('ServiceNamespace'), target.text('ScalableDimension')];
      return isOurs(target) && namespace !== undefined && dimension !== undefined && (namespace !== NAMESPACE || !dimensionOf(target))
        ? `ScalableDimension of ElastiCache must be one of ${SCALING_DIMENSIONS.map((row) => row.dimension).join(', ')} with ServiceNamespace: ${NAMESPACE}, ` +
          `got: ${dimension} with ${namespace}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingResourceInvalid',
    resourceType: TARGET,
    reads: ['ResourceId', 'ServiceNamespace', 'ScalableDimension'],
    source: API,
    judge: (target) => {
      const [id, row] = [target.text('ResourceId'), dimensionOf(target)];
      const prefixes = row ? [row.resource] : ['replication-group', 'cache-cluster'];
      const must = `ResourceId must be ${prefixes.map((prefix) => `${prefix}/NAME`).join(' or ')}`;
      if (!isOurs(target) || id !== undefined) {
        return id !== undefined && isOurs(target) && !prefixes.some((prefix) => new RegExp(`^${prefix}/[^/]+$`).test(id)) ? `${must}, got: ${JSON.stringify(id)}` : undefined;
      }
      // Of a text that is not all known, what stands before the first unknown part.
      const start = factsAbout(target, FACTS.patterns, 'ResourceId')[0]?.split(HOLE)[0];
      return start && !prefixes.some((prefix) => start.startsWith(`${prefix}/`) || `${prefix}/`.startsWith(start)) ? `${must}, got: ${JSON.stringify(start)} and a name` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingNeedsClusterMode',
    resourceType: TARGET,
    reads: ['ResourceId', 'ServiceNamespace', 'ScalableDimension'],
    source: GUIDE,
    judge: (target) => {
      const group = groupOf(target);
      return group && clusterModeOf(group) === 'disabled'
        ? 'a replication group must have cluster mode enabled to be scaled automatically, got: a group with cluster mode disabled' : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingUnsupportedByEngine',
    resourceType: TARGET,
    reads: ['ResourceId', 'ServiceNamespace', 'ScalableDimension'],
    source: GUIDE,
    judge: (target) => {
      const group = groupOf(target);
      const [engine, version] = [group?.text('Engine')?.toLowerCase(), group?.text('EngineVersion')];
      // Data tiering is scaled from 7.0.7 on, and 7.0 is the newest patch level of its line: only 6 is certainly too old.
      const old = supports('autoScaling', engine, version) === false || (group && isTiered(group) && engine === 'redis' && /^6\./.test(version ?? ''));
      return old ? `automatic scaling needs ${engineRow(engine!)!.title} ${group && isTiered(group) ? '7.0 with data tiering' : oldestWith('autoScaling', engine!) ?? ''} ` +
        `or newer, got: ${version ?? engine!}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingUnsupportedByNodeType',
    resourceType: TARGET,
    reads: ['ResourceId', 'ServiceNamespace', 'ScalableDimension'],
    source: NODE_TYPE_SOURCES.autoScaling,
    judge: (target) => {
      const type = groupOf(target)?.text('CacheNodeType');
      return nodeTypeRow(type ?? '')?.autoScaling === false
        ? `automatic scaling needs a node type of size large, xlarge or 2xlarge that is not burstable, got: ${type}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingInGlobalDatastore',
    resourceType: TARGET,
    reads: ['ResourceId', 'ServiceNamespace', 'ScalableDimension'],
    source: GUIDE,
    judge: (target) => groupOf(target)?.isPresent('GlobalReplicationGroupId')
      ? 'a member of a global datastore cannot be scaled automatically; leave out the ScalableTarget' : undefined,
  },
  {
    ...COMMON,
    code: 'ScalingBoundsInvalid',
    resourceType: TARGET,
    reads: ['MinCapacity', 'MaxCapacity', 'ScalableDimension', 'ServiceNamespace'],
    source: GUIDE,
    judge: (target) => {
      const [least, most, row] = [target.number('MinCapacity'), target.number('MaxCapacity'), dimensionOf(target)];
      const what = row?.dimension.split(':').at(-1);
      return !row || !isOurs(target) ? undefined : [
        ...least !== undefined && least < 1 ? [`MinCapacity of ${what} must be 1 or more, got: ${least}`] : [],
        ...most !== undefined && row.most !== undefined && most > row.most ? [`MaxCapacity of ${what} must be ${row.most} or less, got: ${most}`] : [],
        ...least !== undefined && most !== undefined && least > most ? [`MinCapacity must not be above MaxCapacity, got: ${least} and ${most}`] : [],
      ];
    },
  },
  {
    ...COMMON,
    code: 'ScalingBoundsUnusual',
    severity: 'warning',
    evidence: 'inferred',
    resourceType: TARGET,
    reads: ['MaxCapacity', 'ScalableDimension'],
    source: GUIDE,
    judge: (target) => {
      const [most, row] = [target.number('MaxCapacity') ?? 0, dimensionOf(target)];
      return row?.usual !== undefined && most > row.usual && most <= row.most!
        ? `MaxCapacity of shards may have to be ${row.usual} or less: AWS names both ${row.usual} and ${row.most}, got: ${most}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'StaticCountUnderScaling',
    severity: 'warning',
    resourceType: TARGET,
    reads: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    source: GUIDE,
    judge: (target) => {
      const [group, count] = [groupOf(target), dimensionOf(target)?.count];
      return group && count && group.isPresent(count)
        ? `the template says ${group.given(count)}, and a change of it undoes what the scaling did; leave the number as it is once the cache runs` : undefined;
    },
  },
];

const POLICY_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'StepScalingUnsupported',
    resourceType: POLICY,
    reads: ['PolicyType', 'ScalingTargetId', 'ServiceNamespace', 'StepScalingPolicyConfiguration', 'ScalableDimension'],
    source: POLICY_API,
    judge: (policy) => isOurs(targetOf(policy)) && (policy.text('PolicyType') === 'StepScaling' || policy.isPresent('StepScalingPolicyConfiguration'))
      ? 'ElastiCache cannot be scaled in steps; use PolicyType: TargetTrackingScaling' : undefined,
  },
  {
    ...COMMON,
    code: 'ScalingMetricInvalid',
    resourceType: POLICY,
    reads: ['TargetTrackingScalingPolicyConfiguration', 'ScalingTargetId', 'ScalableDimension', 'ServiceNamespace'],
    source: GUIDE,
    judge: (policy) => {
      const [target, { metric }] = [targetOf(policy), trackingOf(policy)];
      const row = dimensionOf(target);
      const foreign = metric !== undefined && isOurs(target) && !KNOWN_METRICS.includes(metric) && !OTHER_METRICS.includes(metric);
      const unfit = metric !== undefined && row?.resource === 'replication-group' && KNOWN_METRICS.includes(metric) && !row.metrics.includes(metric);
      return foreign || unfit ? `PredefinedMetricType must be one of ${(row?.metrics.length ? row.metrics : KNOWN_METRICS).join(', ')}` +
        `${row ? ` for ${row.dimension}` : ''}, got: ${metric}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingMetricUnknown',
    severity: 'warning',
    evidence: 'inferred',
    resourceType: POLICY,
    reads: ['TargetTrackingScalingPolicyConfiguration', 'ScalingTargetId', 'ScalableDimension'],
    source: POLICY_API,
    judge: (policy) => {
      const { metric } = trackingOf(policy);
      return metric !== undefined && OTHER_METRICS.includes(metric) ? `${metric} is enumerated by AWS without saying what it scales` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingMetricUnfitForDataTiering',
    resourceType: POLICY,
    reads: ['TargetTrackingScalingPolicyConfiguration', 'ScalingTargetId', 'ServiceNamespace', 'ScalableDimension', 'ResourceId'],
    source: GUIDE,
    judge: (policy) => {
      const [group, { metric }] = [groupOf(targetOf(policy)), trackingOf(policy)];
      return group && isTiered(group) && metric === 'ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage'
        ? `with data tiering PredefinedMetricType must be ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage or of the CPU, got: ${metric}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ScalingTargetValueUnusual',
    severity: 'warning',
    evidence: 'inferred',
    resourceType: POLICY,
    reads: ['TargetTrackingScalingPolicyConfiguration', 'ScalingTargetId', 'ServiceNamespace', 'ScalableDimension'],
    source: GUIDE,
    judge: (policy) => {
      const { value } = trackingOf(policy);
      return isOurs(targetOf(policy)) && value !== undefined && (value < USUAL_TARGET.least || value > USUAL_TARGET.most)
        ? `TargetValue should be ${USUAL_TARGET.least} to ${USUAL_TARGET.most}, got: ${value}` : undefined;
    },
  },
];

/** Rules about scaling. */
export const AUTO_SCALING_RULES: readonly Rule[] = [...TARGET_RULES, ...POLICY_RULES];
