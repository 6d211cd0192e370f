// Data only: what a dashboard shows, in rows with a word on what to look for. Imports nothing of CDK.
import type { MetricKey } from './metric-catalog';
import { hitRateOf, Ids, usageOf } from './metric-expressions';
import type { CacheKind } from './metric-row';

const BODY = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html';

/** What CloudWatch takes of a dashboard. */
export const DASHBOARD_LIMITS = {
  widgets: 500,
  metricsOfWidget: 500,
  alarmsOfWidget: 100,
  /** Of the columns of its grid. */
  columns: 24,
  source: BODY,
  /** Over all widgets. Other than the rest it is a quota, so that going beyond it only warns. */
  metrics: 2500,
  metricsSource: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
} as const;

/** With more nodes than this a graph shows the worst node and the average in place of each node. */
export const MOST_NODES_APART = 12;

/** What a graph shows of a cache. */
export interface GraphLine {
  /** The metric; several with `expression`, as one value of each node. */
  readonly metrics: readonly [MetricKey, ...MetricKey[]];
  readonly expression?: (ids: Ids) => string;
  /** What the line is called beside others in the graph. */
  readonly label?: string;
  /** Whether all nodes make one line: what adds up, and expressions. */
  readonly total?: boolean;
  /** Which tier of the storage of nodes with data tiering. */
  readonly tier?: string;
  /** The kinds of cache that show it, where fewer do than publish it. */
  readonly kinds?: readonly CacheKind[];
}

export interface GraphRow {
  readonly title: string;
  readonly lines: readonly GraphLine[];
  /** The most that a value can be; the axis ends there. */
  readonly max?: number;
  /** Whether a fleet shows it, one line a cache. */
  readonly fleet?: boolean;
}

/** Graphs that belong together. */
export interface DashboardRow {
  readonly title: string;
  /** What to look for, and where to go from there. */
  readonly text: string;
  readonly graphs: readonly GraphRow[];
}

const each = (...metrics: MetricKey[]): GraphLine[] => metrics.map((metric) => ({ metrics: [metric] }));
const total = (...metrics: MetricKey[]): GraphLine[] => metrics.map((metric) => ({ metrics: [metric], total: true }));

/** From what users feel to what may be the cause. A graph that a cache has no metric for is left out. */
export const DASHBOARD_ROWS: readonly DashboardRow[] = [
  {
    title: 'Latency',
    text: 'How long commands take on the server, in microseconds, without the network. When it rises: look at load, then at the slow log.',
    graphs: [
      { title: 'Reads', lines: each('successfulReadRequestLatency'), fleet: true },
      { title: 'Writes', lines: each('successfulWriteRequestLatency'), fleet: true },
    ],
  },
  {
    title: 'Load',
    text: 'One core runs the commands of Valkey and Redis OSS: the engine reaches 100 % long before a large node does. ' +
      'A burstable node without credits has a fraction of its CPU. A serverless cache throttles at its maximum of processing units (ECPU).',
    graphs: [
      { title: 'CPU of the engine', lines: each('engineCpuUtilization'), max: 100, fleet: true },
      { title: 'CPU of the node', lines: each('cpuUtilization'), max: 100, fleet: true },
      { title: 'CPU credits', lines: each('cpuCreditBalance') },
      { title: 'Processing units (ECPU)', lines: each('elastiCacheProcessingUnits'), fleet: true },
      { title: 'Throttled commands', lines: each('throttledCmds'), fleet: true },
      { title: 'Commands', lines: total('totalCmdsCount', 'cmdGet', 'cmdSet') },
    ],
  },
  {
    title: 'Memory',
    text: 'When memory is full keys are evicted or writes refused, as the parameter maxmemory-policy says. Evictions of a pure cache with a good ' +
      'hit rate are fine; for anything else they are lost data. Swap that grows while memory is free is a sign of large writes or backups.',
    graphs: [
      { title: 'Memory in use', lines: each('databaseMemoryUsagePercentage'), max: 100, fleet: true },
      { title: 'Memory in use', lines: [{ metrics: ['bytesUsedForCacheItems', 'unusedMemory'], expression: usageOf, label: 'Of the fullest node', total: true }], max: 100, fleet: true },
      { title: 'Memory and disk in use', lines: [...each('databaseCapacityUsagePercentage')], max: 100 },
      { title: 'Data', lines: [{ metrics: ['bytesUsedForCache'], kinds: ['serverless'] }], fleet: true },
      { title: 'Evictions', lines: each('evictions'), fleet: true },
      { title: 'Free memory of the node', lines: each('freeableMemory') },
      { title: 'Swap', lines: each('swapUsage') },
    ],
  },
  {
    title: 'Tiers',
    text: 'Nodes with data tiering move what is rarely read to their disk. Many items read from disk mean that what is often used does not fit in memory.',
    graphs: [
      { title: 'Items', lines: ['Memory', 'SSD'].map((tier) => ({ metrics: ['currItems'] as const, tier, label: tier, total: true })) },
      { title: 'Items read from disk', lines: each('numItemsReadFromDisk') },
      { title: 'Bytes read from disk', lines: each('bytesReadFromDisk') },
      { title: 'Bytes written to disk', lines: each('bytesWrittenToDisk') },
    ],
  },
  {
    title: 'Hits',
    text: 'The share of reads that found their key. There is no value while nobody reads. When it falls: look at evictions and expiries, then at what clients ask for.',
    graphs: [
      { title: 'Hit rate', lines: [{ metrics: ['cacheHits', 'cacheMisses'], expression: hitRateOf, label: 'Hit rate', total: true }], max: 100, fleet: true },
      { title: 'Hit rate', lines: [{ metrics: ['hits', 'misses'], expression: hitRateOf, label: 'Hit rate', total: true }], max: 100, fleet: true },
      { title: 'Hits and misses', lines: total('cacheHits', 'cacheMisses') },
      { title: 'Hits and misses', lines: total('hits', 'misses') },
      { title: 'Items', lines: each('currItems') },
      { title: 'Expired', lines: total('reclaimed') },
    ],
  },
  {
    title: 'Clients',
    text: 'A node holds 65,000 connections. Many new ones mean that clients do not keep theirs, which costs CPU, most of all with TLS. ' +
      'Failed logins: a client with an old password, or somebody who tries.',
    graphs: [
      { title: 'Connections', lines: each('currConnections'), fleet: true },
      { title: 'New connections', lines: each('newConnections') },
      { title: 'Failed logins', lines: total('authenticationFailures') },
      { title: 'Refused commands and keys', lines: total('commandAuthorizationFailures', 'keyAuthorizationFailures') },
    ],
  },
  {
    title: 'Replication',
    text: 'How far replicas are behind: what they answer is that old, and a failover would lose it. A link at 0 is a replica that has lost its primary.',
    graphs: [
      { title: 'Replication lag', lines: each('replicationLag'), fleet: true },
      { title: 'Link to the primary', lines: each('masterLinkHealthStatus'), max: 1 },
      { title: 'Sent to replicas', lines: total('replicationBytes') },
    ],
  },
  {
    title: 'Network',
    text: 'A node type has a share of the network. Beyond it packets wait or are lost: choose a larger node, or spread keys and reads over more of them.',
    graphs: [
      { title: 'In', lines: each('networkBytesIn') },
      { title: 'Out', lines: each('networkBytesOut') },
      {
        title: 'Beyond the allowance',
        lines: total(
          'networkBandwidthInAllowanceExceeded', 'networkBandwidthOutAllowanceExceeded', 'networkConntrackAllowanceExceeded',
          'networkPacketsPerSecondAllowanceExceeded',
        ),
      },
    ],
  },
];
