// Data only: the metrics of the hosts that nodes run on, whatever the engine. Imports nothing of CDK.
import { AcrossNodes, CacheKind, MetricDetails, MetricRow, MetricUnit } from './metric-row';

const PAGE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html';
const EC2_PAGE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-network-performance-ena.html';
const NODES: readonly CacheKind[] = ['replicationGroup', 'memcached'];
const ALL: readonly CacheKind[] = [...NODES, 'serverless'];
/** Credits are published for these families, not for T2. */
const CREDITS: MetricDetails = { families: ['t3', 't4g'], period: 300 };

function host(
  name: string, unit: MetricUnit, statistic: MetricRow['statistic'], acrossNodes: AcrossNodes, details: Partial<MetricRow> = {},
): MetricRow {
  return { name, unit, statistic, acrossNodes, level: 'host', kinds: NODES, source: PAGE, ...details };
}

export const HOST_METRICS = {
  cpuUtilization: host('CPUUtilization', 'Percent', 'Average', 'MAX', { instead: { serverless: 'ElastiCacheProcessingUnits' } }),
  cpuCreditBalance: host('CPUCreditBalance', 'Credits', 'Average', 'MIN', CREDITS),
  cpuCreditUsage: host('CPUCreditUsage', 'Credits', 'Average', 'MAX', CREDITS),
  freeableMemory: host('FreeableMemory', 'Bytes', 'Minimum', 'MIN', { instead: { serverless: 'BytesUsedForCache' } }),
  swapUsage: host('SwapUsage', 'Bytes', 'Maximum', 'MAX'),
  networkBytesIn: host('NetworkBytesIn', 'Bytes', 'Sum', 'SUM', { kinds: ALL }),
  networkBytesOut: host('NetworkBytesOut', 'Bytes', 'Sum', 'SUM', { kinds: ALL }),
  networkPacketsIn: host('NetworkPacketsIn', 'Count', 'Sum', 'SUM', { instead: { serverless: 'NetworkBytesIn' } }),
  networkPacketsOut: host('NetworkPacketsOut', 'Count', 'Sum', 'SUM', { instead: { serverless: 'NetworkBytesOut' } }),
  networkMaxBytesIn: host('NetworkMaxBytesIn', 'Bytes', 'Maximum', 'MAX', { instead: { serverless: 'NetworkBytesIn' } }),
  networkMaxBytesOut: host('NetworkMaxBytesOut', 'Bytes', 'Maximum', 'MAX', { instead: { serverless: 'NetworkBytesOut' } }),
  networkMaxPacketsIn: host('NetworkMaxPacketsIn', 'Count', 'Maximum', 'MAX', { instead: { serverless: 'NetworkBytesIn' } }),
  networkMaxPacketsOut: host('NetworkMaxPacketsOut', 'Count', 'Maximum', 'MAX', { instead: { serverless: 'NetworkBytesOut' } }),
  networkBandwidthInAllowanceExceeded: host('NetworkBandwidthInAllowanceExceeded', 'Count', 'Sum', 'SUM', { instead: { serverless: 'ThrottledCmds' } }),
  networkBandwidthOutAllowanceExceeded: host('NetworkBandwidthOutAllowanceExceeded', 'Count', 'Sum', 'SUM', { instead: { serverless: 'ThrottledCmds' } }),
  networkConntrackAllowanceExceeded: host('NetworkConntrackAllowanceExceeded', 'Count', 'Sum', 'SUM', { instead: { serverless: 'NewConnections' } }),
  networkPacketsPerSecondAllowanceExceeded:
    host('NetworkPacketsPerSecondAllowanceExceeded', 'Count', 'Sum', 'SUM', { instead: { serverless: 'ThrottledCmds' } }),
  /** Not on ElastiCache's page; named in CloudWatch's data on the service, and explained for EC2. */
  networkLinkLocalAllowanceExceeded: host('NetworkLinkLocalAllowanceExceeded', 'Count', 'Sum', 'SUM', { source: EC2_PAGE }),
} as const satisfies Record<string, MetricRow>;
