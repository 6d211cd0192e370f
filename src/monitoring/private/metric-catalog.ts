// Data only: the metrics of ElastiCache. The one place with metric names, dimensions and statistics. Imports nothing of CDK.

export const NAMESPACE = 'AWS/ElastiCache';

/** What a metric is published for: a member (`engine`), or the node of a member (`host`), with dimensions of their own. */
export type MetricLevel = 'host' | 'engine';

/** The kinds of cache, which publish different metrics. */
export type CacheKind = 'replicationGroup' | 'memcached' | 'serverless';

/** The dimensions of one node, or of a whole serverless cache, by level. */
export type NodeDimensions = Readonly<Record<MetricLevel, Readonly<Record<string, string>>>>;

export interface MetricRow {
  readonly name: string;
  readonly unit: 'Percent' | 'Count' | 'Seconds';
  /** The statistic over the data points of one node. */
  readonly statistic: 'Average' | 'Maximum' | 'Sum';
  /** How the values of several nodes make one. */
  readonly acrossNodes: 'MAX' | 'SUM';
  readonly level: MetricLevel;
  /** The kinds of cache that have it. */
  readonly kinds: readonly CacheKind[];
  /** Whether only replicas have it. */
  readonly replicasOnly?: boolean;
  readonly source: string;
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';

export const METRICS = {
  engineCpuUtilization: {
    name: 'EngineCPUUtilization',
    unit: 'Percent',
    statistic: 'Average',
    acrossNodes: 'MAX',
    level: 'engine',
    kinds: ['replicationGroup'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  cpuUtilization: {
    name: 'CPUUtilization',
    unit: 'Percent',
    statistic: 'Average',
    acrossNodes: 'MAX',
    level: 'host',
    kinds: ['replicationGroup', 'memcached'],
    source: `${GUIDE}/CacheMetrics.HostLevel.html`,
  },
  databaseMemoryUsagePercentage: {
    name: 'DatabaseMemoryUsagePercentage',
    unit: 'Percent',
    statistic: 'Average',
    acrossNodes: 'MAX',
    level: 'engine',
    kinds: ['replicationGroup'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  evictions: {
    name: 'Evictions',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'MAX',
    level: 'engine',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  currConnections: {
    name: 'CurrConnections',
    unit: 'Count',
    statistic: 'Maximum',
    acrossNodes: 'MAX',
    level: 'host',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  replicationLag: {
    name: 'ReplicationLag',
    unit: 'Seconds',
    statistic: 'Maximum',
    acrossNodes: 'MAX',
    level: 'engine',
    kinds: ['replicationGroup'],
    replicasOnly: true,
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
} as const satisfies Record<string, MetricRow>;

/** Dimension names by what a metric is about. AWS's recommended alarms use these sets. */
export const DIMENSIONS = {
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache',
  member: 'CacheClusterId',
  node: 'CacheNodeId',
  /** The one node of a member of a replication group. */
  onlyNode: '0001',
} as const;

/** The dimensions of a member of a replication group. */
export function memberDimensions(memberId: string): NodeDimensions {
  return {
    engine: { [DIMENSIONS.member]: memberId },
    host: { [DIMENSIONS.member]: memberId, [DIMENSIONS.node]: DIMENSIONS.onlyNode },
  };
}

/** The row of a metric by its name in CloudWatch. */
export function metricRow(name: string): MetricRow | undefined {
  return Object.values(METRICS).find((row) => row.name === name);
}
