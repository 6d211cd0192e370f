// Data only: the metrics of ElastiCache. The one place with metric names, dimensions and statistics. Imports nothing of CDK.

export const NAMESPACE = 'AWS/ElastiCache';

/** What a metric is published for: a member (`engine`), or the node of a member (`host`), with dimensions of their own. */
export type MetricLevel = 'host' | 'engine';

/** The kinds of cache, which publish different metrics. */
export type CacheKind = 'replicationGroup' | 'memcached' | 'serverless';

/** The dimensions of one node, or of a whole serverless cache, by level. */
export type NodeDimensions = Readonly<Record<MetricLevel, Readonly<Record<string, string>>>>;

/** A function of CloudWatch's metric math that makes one value of several. */
export type AcrossNodes = 'MAX' | 'MIN' | 'SUM' | 'AVG';

export interface MetricRow {
  readonly name: string;
  readonly unit: 'Percent' | 'Count' | 'Seconds' | 'Microseconds' | 'Bytes';
  /** The statistic over the data points of one node. */
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum';
  /** How the values of several nodes make one. */
  readonly acrossNodes: AcrossNodes;
  /** The same where it is another for a kind of cache: replicas hold the data of their primary, which adds up to nothing. */
  readonly acrossNodesOf?: Readonly<Partial<Record<CacheKind, AcrossNodes>>>;
  readonly level: MetricLevel;
  /** The kinds of cache that have it. */
  readonly kinds: readonly CacheKind[];
  /** Whether only replicas have it. */
  readonly replicasOnly?: boolean;
  /** The engines that publish it; all when left out. */
  readonly engines?: readonly string[];
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
  bytesUsedForCache: {
    name: 'BytesUsedForCache',
    unit: 'Bytes',
    statistic: 'Maximum',
    acrossNodes: 'MAX',
    level: 'engine',
    kinds: ['replicationGroup', 'serverless'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  elastiCacheProcessingUnits: {
    name: 'ElastiCacheProcessingUnits',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['serverless'],
    source: `${GUIDE}/serverless-metrics-events-redis.html`,
  },
  throttledCmds: {
    name: 'ThrottledCmds',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['serverless'],
    source: `${GUIDE}/serverless-metrics-events-redis.html`,
  },
  totalCmdsCount: {
    name: 'TotalCmdsCount',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['serverless'],
    source: `${GUIDE}/serverless-metrics-events-redis.html`,
  },
  successfulReadRequestLatency: {
    name: 'SuccessfulReadRequestLatency',
    unit: 'Microseconds',
    statistic: 'Average',
    acrossNodes: 'MAX',
    level: 'engine',
    kinds: ['replicationGroup', 'serverless'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  successfulWriteRequestLatency: {
    name: 'SuccessfulWriteRequestLatency',
    unit: 'Microseconds',
    statistic: 'Average',
    acrossNodes: 'MAX',
    level: 'engine',
    kinds: ['replicationGroup', 'serverless'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  newConnections: {
    name: 'NewConnections',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  currItems: {
    name: 'CurrItems',
    unit: 'Count',
    statistic: 'Average',
    acrossNodes: 'SUM',
    acrossNodesOf: { replicationGroup: 'MAX' },
    level: 'engine',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  cacheHits: {
    name: 'CacheHits',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['replicationGroup', 'serverless'],
    engines: ['valkey', 'redis'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  cacheMisses: {
    name: 'CacheMisses',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['replicationGroup', 'serverless'],
    engines: ['valkey', 'redis'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  cacheHitRate: {
    name: 'CacheHitRate',
    unit: 'Percent',
    statistic: 'Average',
    acrossNodes: 'AVG',
    level: 'engine',
    kinds: ['replicationGroup', 'serverless'],
    engines: ['valkey', 'redis'],
    source: `${GUIDE}/CacheMetrics.Redis.html`,
  },
  networkBytesIn: {
    name: 'NetworkBytesIn',
    unit: 'Bytes',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'host',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    source: `${GUIDE}/CacheMetrics.HostLevel.html`,
  },
  networkBytesOut: {
    name: 'NetworkBytesOut',
    unit: 'Bytes',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'host',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    source: `${GUIDE}/CacheMetrics.HostLevel.html`,
  },
  freeableMemory: {
    name: 'FreeableMemory',
    unit: 'Bytes',
    statistic: 'Minimum',
    acrossNodes: 'MIN',
    level: 'host',
    kinds: ['replicationGroup', 'memcached'],
    source: `${GUIDE}/CacheMetrics.HostLevel.html`,
  },
  swapUsage: {
    name: 'SwapUsage',
    unit: 'Bytes',
    statistic: 'Maximum',
    acrossNodes: 'MAX',
    level: 'host',
    kinds: ['replicationGroup', 'memcached'],
    source: `${GUIDE}/CacheMetrics.HostLevel.html`,
  },
  bytesUsedForCacheItems: {
    name: 'BytesUsedForCacheItems',
    unit: 'Bytes',
    statistic: 'Average',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['memcached'],
    source: `${GUIDE}/CacheMetrics.Memcached.html`,
  },
  unusedMemory: {
    name: 'UnusedMemory',
    unit: 'Bytes',
    statistic: 'Minimum',
    acrossNodes: 'MIN',
    level: 'engine',
    kinds: ['memcached'],
    source: `${GUIDE}/CacheMetrics.Memcached.html`,
  },
  cmdGet: {
    name: 'CmdGet',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['memcached'],
    source: `${GUIDE}/CacheMetrics.Memcached.html`,
  },
  cmdSet: {
    name: 'CmdSet',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['memcached'],
    source: `${GUIDE}/CacheMetrics.Memcached.html`,
  },
  hits: {
    name: 'GetHits',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['memcached'],
    source: `${GUIDE}/CacheMetrics.Memcached.html`,
  },
  misses: {
    name: 'GetMisses',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['memcached'],
    source: `${GUIDE}/CacheMetrics.Memcached.html`,
  },
  reclaimed: {
    name: 'Reclaimed',
    unit: 'Count',
    statistic: 'Sum',
    acrossNodes: 'SUM',
    level: 'engine',
    kinds: ['memcached'],
    source: `${GUIDE}/CacheMetrics.Memcached.html`,
  },
} as const satisfies Record<string, MetricRow>;

/** Dimension names by what a metric is about. AWS's recommended alarms use these sets. */
export const DIMENSIONS = {
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache',
  member: 'CacheClusterId',
  node: 'CacheNodeId',
  /** The one node of a member of a replication group. */
  onlyNode: '0001',
  /** A serverless cache, by its name. Not printed in AWS's guide; seen in what the service publishes. */
  serverless: 'clusterId',
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

/** Whether a kind of cache publishes a metric; an engine that is not known is taken for one that does. */
export function publishes(row: MetricRow, kind: CacheKind, engine?: string): boolean {
  return row.kinds.includes(kind) && (engine === undefined || !row.engines || row.engines.includes(engine));
}

/** The names of the metrics that a kind of cache publishes. */
export function metricsOf(kind: CacheKind, engine?: string): string[] {
  return Object.values<MetricRow>(METRICS).filter((row) => publishes(row, kind, engine)).map((row) => row.name);
}

/** The row of a metric by its name in CloudWatch. */
export function metricRow(name: string): MetricRow | undefined {
  return Object.values(METRICS).find((row) => row.name === name);
}
