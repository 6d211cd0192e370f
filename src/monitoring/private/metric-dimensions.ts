// Data only: under what ElastiCache publishes metrics. The one place with the namespace and the names of dimensions. Imports nothing of CDK.
import { CacheKind, MetricLevel } from './metric-row';

export const NAMESPACE = 'AWS/ElastiCache';

/** The dimensions of one node, or of a whole serverless cache, by level. */
export type NodeDimensions = Readonly<Record<MetricLevel, Readonly<Record<string, string>>>>;

/** The nodes of a shard, the primary's first at creation. */
export interface ShardDimensions {
  /** The id of the node group, four digits. */
  readonly id: string;
  readonly nodes: readonly NodeDimensions[];
}

/** Dimension names by what a metric is about. AWS's recommended alarms use these sets. */
export const DIMENSIONS = {
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache',
  member: 'CacheClusterId',
  node: 'CacheNodeId',
  /** The one node of a member of a replication group. */
  onlyNode: '0001',
  /** A serverless cache, by its name. Not printed in AWS's guide; seen in what the service publishes (`aws cloudwatch list-metrics`). */
  serverless: 'clusterId',
  serverlessSource: 'https://github.com/open-constructs/aws-cdk-library/pull/68',
  /** A whole replication group, and the nodes of it that have a role. */
  group: 'ReplicationGroupId',
  role: 'Role',
  groupSource: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Scaling-Policies-Target.html',
  /** Where nodes with data tiering keep data: `Memory` or `SSD`. */
  tier: 'Tier',
  tierSource: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html',
} as const;

/** The dimensions of a member of a replication group. */
export function memberDimensions(memberId: string): NodeDimensions {
  return {
    engine: { [DIMENSIONS.member]: memberId },
    host: { [DIMENSIONS.member]: memberId, [DIMENSIONS.node]: DIMENSIONS.onlyNode },
  };
}

/** The dimensions of a node of a Memcached cluster, under which the service publishes both levels. Nodes are numbered from `0001`. */
export function memcachedNode(clusterName: string, nodeId: string): NodeDimensions {
  const dimensions = { [DIMENSIONS.member]: clusterName, [DIMENSIONS.node]: nodeId };
  return { engine: dimensions, host: dimensions };
}

/** The dimensions of every node of a Memcached cluster. */
export function memcachedNodes(clusterName: string, nodes: number): NodeDimensions[] {
  return Array.from({ length: nodes }, (_, index) => memcachedNode(clusterName, `${index + 1}`.padStart(4, '0')));
}

/** The dimensions of a serverless cache, which has no nodes to tell apart. */
export function serverlessDimensions(name: string): NodeDimensions {
  const dimensions = { [DIMENSIONS.serverless]: name };
  return { engine: dimensions, host: dimensions };
}

/** How kinds of cache are called. */
export const KIND_TITLES: Readonly<Record<CacheKind, string>> = {
  replicationGroup: 'replication groups', memcached: 'Memcached clusters', serverless: 'serverless caches',
};
