// Data only: the metrics of Valkey and Redis OSS, and those that the engines share. Imports nothing of CDK.
import { AcrossNodes, CacheKind, MetricRow, MetricUnit } from './metric-row';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const PAGE = `${GUIDE}/CacheMetrics.Redis.html`;
const SERVERLESS_PAGE = `${GUIDE}/serverless-metrics-events-redis.html`;
const DURABILITY_PAGE = `${GUIDE}/Durability.Monitoring.html`;
/** Of the latencies on nodes. See https://aws.amazon.com/blogs/database/monitor-server-side-latency-for-amazon-elasticache-for-valkey/ */
const LATENCY_VERSIONS = { valkey: '7.2' };
/** Of logins with IAM. See https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
const IAM_VERSIONS = { valkey: '7.2', redis: '7.0' };
/** Of global datastores. See https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html */
const GLOBAL_VERSIONS = { valkey: '7.2', redis: '5.0.6' };

const GROUP: readonly CacheKind[] = ['replicationGroup'];
const ALL: readonly CacheKind[] = ['replicationGroup', 'memcached', 'serverless'];
/** Replication groups and serverless caches of the two engines that speak the same protocol. */
const RESP: Partial<MetricRow> = { kinds: ['replicationGroup', 'serverless'], engines: ['valkey', 'redis'] };
const TIERED: Partial<MetricRow> = { tieredNodesOnly: true };
const DURABLE: Partial<MetricRow> = { nodeVersions: { valkey: '9.0' }, source: DURABILITY_PAGE };
const SEARCH: Partial<MetricRow> = { nodeVersions: { valkey: '8.2' } };
const SERVERLESS: Partial<MetricRow> = { kinds: ['serverless'], source: SERVERLESS_PAGE };
const MEMORY_INSTEAD = { memcached: 'BytesUsedForCacheItems', serverless: 'BytesUsedForCache' };

function engine(
  name: string, unit: MetricUnit, statistic: MetricRow['statistic'], acrossNodes: AcrossNodes, details: Partial<MetricRow> = {},
): MetricRow {
  return { name, unit, statistic, acrossNodes, level: 'engine', kinds: GROUP, source: PAGE, ...details };
}

export const ENGINE_METRICS = {
  engineCpuUtilization: engine('EngineCPUUtilization', 'Percent', 'Average', 'MAX', {
    ofGroup: ['Primary', 'Replica'], instead: { memcached: 'CPUUtilization', serverless: 'ElastiCacheProcessingUnits' },
  }),
  databaseMemoryUsagePercentage: engine('DatabaseMemoryUsagePercentage', 'Percent', 'Average', 'MAX', { instead: MEMORY_INSTEAD }),
  databaseMemoryUsageCountedForEvictPercentage: engine('DatabaseMemoryUsageCountedForEvictPercentage', 'Percent', 'Average', 'MAX', {
    ofGroup: ['all'], instead: MEMORY_INSTEAD,
  }),
  databaseCapacityUsagePercentage: engine('DatabaseCapacityUsagePercentage', 'Percent', 'Average', 'MAX', { instead: MEMORY_INSTEAD }),
  databaseCapacityUsageCountedForEvictPercentage: engine('DatabaseCapacityUsageCountedForEvictPercentage', 'Percent', 'Average', 'MAX', {
    ofGroup: ['all'], instead: MEMORY_INSTEAD,
  }),
  evictions: engine('Evictions', 'Count', 'Sum', 'MAX', { kinds: ALL }),
  currConnections: engine('CurrConnections', 'Count', 'Maximum', 'MAX', { kinds: ALL, level: 'host' }),
  newConnections: engine('NewConnections', 'Count', 'Sum', 'SUM', { kinds: ALL }),
  currItems: engine('CurrItems', 'Count', 'Average', 'SUM', { kinds: ALL, acrossNodesOf: { replicationGroup: 'MAX' }, byTier: true }),
  currVolatileItems: engine('CurrVolatileItems', 'Count', 'Average', 'MAX', { ...RESP, instead: { memcached: 'CurrItems' } }),
  bytesUsedForCache: engine('BytesUsedForCache', 'Bytes', 'Maximum', 'MAX', {
    kinds: ['replicationGroup', 'serverless'], byTier: true, instead: { memcached: 'BytesUsedForCacheItems' },
  }),
  cacheHits: engine('CacheHits', 'Count', 'Sum', 'SUM', { ...RESP, instead: { memcached: 'GetHits', serverless: 'GetHits' } }),
  cacheMisses: engine('CacheMisses', 'Count', 'Sum', 'SUM', { ...RESP, instead: { memcached: 'GetMisses', serverless: 'GetMisses' } }),
  cacheHitRate: engine('CacheHitRate', 'Percent', 'Average', 'AVG', { ...RESP, instead: { memcached: 'GetHits', serverless: 'GetHits' } }),
  successfulReadRequestLatency: engine('SuccessfulReadRequestLatency', 'Microseconds', 'Average', 'MAX', {
    kinds: ['replicationGroup', 'serverless'], nodeVersions: LATENCY_VERSIONS, instead: { replicationGroup: 'GetTypeCmdsLatency' },
  }),
  successfulWriteRequestLatency: engine('SuccessfulWriteRequestLatency', 'Microseconds', 'Average', 'MAX', {
    kinds: ['replicationGroup', 'serverless'], nodeVersions: LATENCY_VERSIONS, instead: { replicationGroup: 'SetTypeCmdsLatency' },
  }),
  errorCount: engine('ErrorCount', 'Count', 'Sum', 'SUM'),
  authenticationFailures: engine('AuthenticationFailures', 'Count', 'Sum', 'SUM', RESP),
  commandAuthorizationFailures: engine('CommandAuthorizationFailures', 'Count', 'Sum', 'SUM', RESP),
  keyAuthorizationFailures: engine('KeyAuthorizationFailures', 'Count', 'Sum', 'SUM', RESP),
  channelAuthorizationFailures: engine('ChannelAuthorizationFailures', 'Count', 'Sum', 'SUM', {
    instead: { serverless: 'CommandAuthorizationFailures' },
  }),
  iamAuthenticationExpirations: engine('IamAuthenticationExpirations', 'Count', 'Sum', 'SUM', { ...RESP, nodeVersions: IAM_VERSIONS }),
  iamAuthenticationThrottling: engine('IamAuthenticationThrottling', 'Count', 'Sum', 'SUM', { ...RESP, nodeVersions: IAM_VERSIONS }),
  reclaimed: engine('Reclaimed', 'Count', 'Sum', 'SUM', {
    kinds: ALL, serverlessEngines: ['memcached'], instead: { serverless: 'CurrVolatileItems' },
  }),
  replicationLag: engine('ReplicationLag', 'Seconds', 'Maximum', 'MAX', { replicasOnly: true }),
  replicationBytes: engine('ReplicationBytes', 'Bytes', 'Sum', 'SUM'),
  globalDatastoreReplicationLag: engine('GlobalDatastoreReplicationLag', 'Seconds', 'Maximum', 'MAX', { nodeVersions: GLOBAL_VERSIONS }),
  isMaster: engine('IsMaster', 'Count', 'Maximum', 'SUM'),
  masterLinkHealthStatus: engine('MasterLinkHealthStatus', 'Boolean', 'Minimum', 'MIN', { replicasOnly: true }),
  saveInProgress: engine('SaveInProgress', 'Boolean', 'Maximum', 'MAX'),
  trafficManagementActive: engine('TrafficManagementActive', 'Boolean', 'Maximum', 'MAX', { instead: { serverless: 'ThrottledCmds' } }),
  memoryFragmentationRatio: engine('MemoryFragmentationRatio', 'Number', 'Average', 'MAX'),
  activeDefragHits: engine('ActiveDefragHits', 'Number', 'Sum', 'SUM'),
  keysTracked: engine('KeysTracked', 'Count', 'Average', 'MAX'),
  db0AverageTtl: engine('DB0AverageTTL', 'Milliseconds', 'Average', 'MAX'),
  bytesReadFromDisk: engine('BytesReadFromDisk', 'Bytes', 'Sum', 'SUM', TIERED),
  bytesWrittenToDisk: engine('BytesWrittenToDisk', 'Bytes', 'Sum', 'SUM', TIERED),
  numItemsReadFromDisk: engine('NumItemsReadFromDisk', 'Count', 'Sum', 'SUM', TIERED),
  numItemsWrittenToDisk: engine('NumItemsWrittenToDisk', 'Count', 'Sum', 'SUM', TIERED),
  searchNumberOfIndexes: engine('SearchNumberOfIndexes', 'Count', 'Average', 'MAX', SEARCH),
  searchTotalIndexedDocuments: engine('SearchTotalIndexedDocuments', 'Count', 'Average', 'MAX', SEARCH),
  searchUsedMemoryBytes: engine('SearchUsedMemoryBytes', 'Bytes', 'Average', 'MAX', SEARCH),
  durabilityLag: engine('DurabilityLag', 'Milliseconds', 'Maximum', 'MAX', DURABLE),
  durabilityBufferExceededErrorCount: engine('DurabilityBufferExceededErrorCount', 'Count', 'Sum', 'SUM', DURABLE),
  elastiCacheProcessingUnits: engine('ElastiCacheProcessingUnits', 'Count', 'Sum', 'SUM', {
    ...SERVERLESS, instead: { replicationGroup: 'EngineCPUUtilization', memcached: 'CPUUtilization' },
  }),
  throttledCmds: engine('ThrottledCmds', 'Count', 'Sum', 'SUM', { ...SERVERLESS, instead: { replicationGroup: 'TrafficManagementActive' } }),
  totalCmdsCount: engine('TotalCmdsCount', 'Count', 'Sum', 'SUM', {
    ...SERVERLESS, instead: { replicationGroup: 'GetTypeCmds', memcached: 'CmdGet' },
  }),
} as const satisfies Record<string, MetricRow>;
