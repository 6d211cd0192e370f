// Data only: the metrics of Memcached alone. Imports nothing of CDK.
import { AcrossNodes, CacheKind, MetricRow, MetricUnit } from './metric-row';

const PAGE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Memcached.html';
const NODES: readonly CacheKind[] = ['memcached'];
/** Published for serverless caches of Memcached as well: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events.memcached.html */
const BOTH: Partial<MetricRow> = { kinds: ['memcached', 'serverless'], engines: ['memcached'] };
const MEMORY: Partial<MetricRow> = { instead: { replicationGroup: 'BytesUsedForCache', serverless: 'BytesUsedForCache' } };

function memcached(
  name: string, unit: MetricUnit, statistic: MetricRow['statistic'], acrossNodes: AcrossNodes, details: Partial<MetricRow> = {},
): MetricRow {
  return { name, unit, statistic, acrossNodes, level: 'engine', kinds: NODES, source: PAGE, ...details };
}

/** A number of events a minute. */
function events(name: string, details: Partial<MetricRow> = {}): MetricRow {
  return memcached(name, 'Count', 'Sum', 'SUM', details);
}

export const MEMCACHED_METRICS = {
  bytesUsedForCacheItems: memcached('BytesUsedForCacheItems', 'Bytes', 'Average', 'SUM', MEMORY),
  bytesUsedForHash: memcached('BytesUsedForHash', 'Bytes', 'Average', 'SUM', MEMORY),
  unusedMemory: memcached('UnusedMemory', 'Bytes', 'Minimum', 'MIN', { instead: { replicationGroup: 'FreeableMemory', serverless: 'BytesUsedForCache' } }),
  bytesReadIntoMemcached: memcached('BytesReadIntoMemcached', 'Bytes', 'Sum', 'SUM', {
    instead: { replicationGroup: 'NetworkBytesIn', serverless: 'NetworkBytesIn' },
  }),
  bytesWrittenOutFromMemcached: memcached('BytesWrittenOutFromMemcached', 'Bytes', 'Sum', 'SUM', {
    instead: { replicationGroup: 'NetworkBytesOut', serverless: 'NetworkBytesOut' },
  }),
  cmdGet: events('CmdGet', { ...BOTH, instead: { replicationGroup: 'GetTypeCmds', serverless: 'GetTypeCmds' } }),
  cmdSet: events('CmdSet', { ...BOTH, instead: { replicationGroup: 'SetTypeCmds', serverless: 'SetTypeCmds' } }),
  cmdTouch: events('CmdTouch', BOTH),
  cmdFlush: events('CmdFlush', BOTH),
  cmdConfigGet: events('CmdConfigGet'),
  cmdConfigSet: events('CmdConfigSet'),
  currConfig: memcached('CurrConfig', 'Count', 'Average', 'MAX'),
  hits: events('GetHits', { ...BOTH, instead: { replicationGroup: 'CacheHits', serverless: 'CacheHits' } }),
  misses: events('GetMisses', { ...BOTH, instead: { replicationGroup: 'CacheMisses', serverless: 'CacheMisses' } }),
  casBadval: events('CasBadval', BOTH),
  casHits: events('CasHits', BOTH),
  casMisses: events('CasMisses', BOTH),
  decrHits: events('DecrHits', BOTH),
  decrMisses: events('DecrMisses', BOTH),
  deleteHits: events('DeleteHits', BOTH),
  deleteMisses: events('DeleteMisses', BOTH),
  incrHits: events('IncrHits', BOTH),
  incrMisses: events('IncrMisses', BOTH),
  touchHits: events('TouchHits', BOTH),
  touchMisses: events('TouchMisses', BOTH),
  newItems: events('NewItems'),
  evictedUnfetched: events('EvictedUnfetched'),
  expiredUnfetched: events('ExpiredUnfetched'),
  slabsMoved: events('SlabsMoved'),
} as const satisfies Record<string, MetricRow>;
