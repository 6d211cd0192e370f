// Data only: the metrics of ElastiCache. Names, units and statistics stand in the tables put together here, and nowhere else. Imports nothing of CDK.
import { COMMAND_METRICS } from './command-metrics';
import { ENGINE_METRICS } from './engine-metrics';
import { HOST_METRICS } from './host-metrics';
import { MEMCACHED_METRICS } from './memcached-metrics';
import { CacheKind, MetricRow } from './metric-row';
import { isAtLeast } from '../../private/version-number';

export * from './metric-dimensions';
export * from './metric-row';

/** The metrics that have a method of their name, families of commands apart. */
export const METRICS = { ...ENGINE_METRICS, ...HOST_METRICS, ...MEMCACHED_METRICS };

/** The name of a method of `CacheMetrics`, and of the row behind it. */
export type MetricKey = keyof typeof METRICS;

/** Every metric. */
export const ALL_METRICS: readonly MetricRow[] = [...Object.values<MetricRow>(METRICS), ...COMMAND_METRICS];

/** What decides which metrics a cache publishes. What is absent is not known, and never a reason to say no. */
export interface PublisherFacts {
  readonly kind: CacheKind;
  readonly engine?: string;
  readonly engineVersion?: string;
  /** The family of the node type. */
  readonly family?: string;
  readonly dataTiering?: boolean;
}

/**
 * What of a cache keeps it from publishing a metric.
 *
 * @returns `kind`, `engine`, `version` or `nodeType`; `undefined` when it publishes the metric as far as is known
 */
export function lackOf(row: MetricRow, facts: PublisherFacts): 'kind' | 'engine' | 'version' | 'nodeType' | undefined {
  const { kind, engine, engineVersion, family, dataTiering } = facts;
  if (!row.kinds.includes(kind)) {
    return 'kind';
  }
  const engines = kind === 'serverless' ? row.serverlessEngines ?? row.engines : row.engines;
  if (engine !== undefined && engines && !engines.includes(engine)) {
    return 'engine';
  }
  if (engine !== undefined && row.nodeVersions && kind !== 'serverless') {
    const oldest = row.nodeVersions[engine];
    if (oldest === undefined) {
      return 'engine';
    }
    if (engineVersion !== undefined && isAtLeast(engineVersion, oldest) === false) {
      return 'version';
    }
  }
  if (kind !== 'serverless' && (row.tieredNodesOnly && dataTiering === false || row.families && family !== undefined && !row.families.includes(family))) {
    return 'nodeType';
  }
  return undefined;
}

/** The names of the metrics that a cache publishes, families of commands apart. */
export function metricsOf(facts: PublisherFacts): string[] {
  return Object.values<MetricRow>(METRICS).filter((row) => lackOf(row, facts) === undefined).map((row) => row.name);
}

/** The metrics that a hit rate is made of. */
export function hitsAndMissesOf({ kind, engine }: PublisherFacts): readonly [MetricKey, MetricKey] {
  return kind === 'memcached' || engine === 'memcached' ? ['hits', 'misses'] : ['cacheHits', 'cacheMisses'];
}

const BY_NAME = new Map(ALL_METRICS.map((row) => [row.name, row]));

/** The row of a metric by its name in CloudWatch. */
export function metricRow(name: string): MetricRow | undefined {
  return BY_NAME.get(name);
}
