// What a row of the table of symptoms is. Imports nothing of CDK.
import type { MetricKey } from './metric-catalog';
import type { Ids } from './metric-expressions';
import type { AcrossNodes, CacheKind } from './metric-row';

/** The pages that more than one table refers to. */
export const PAGES = {
  recommended: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache',
  which: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html',
  engine: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html',
  host: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html',
  scaling: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html',
} as const;

/** What thresholds follow from, as far as it is known. */
export interface ThresholdFacts {
  readonly vcpus?: number;
  /** The memory of a node for data, in bytes. */
  readonly memoryBytes?: number;
  readonly maxStorageGigabytes?: number;
  readonly maxEcpuPerSecond?: number;
  /** The percentage of its own limits that a serverless cache may use. */
  readonly storagePercent?: number;
  readonly ecpuPercent?: number;
}

/** What someone should know who hears of an alarm. */
export interface Runbook {
  /** What it means. */
  readonly means: string;
  /** What to do first. */
  readonly first: string;
}

export interface SymptomRow extends Runbook {
  /** The id of the alarm when none is given. */
  readonly id: string;
  /** What is watched; of several metrics `expression` makes one. */
  readonly metrics: readonly [MetricKey, ...MetricKey[]];
  readonly expression?: (ids: Ids) => string;
  /** Whether the expression needs the nodes of a shard together. */
  readonly byShard?: boolean;
  /** What is watched instead on nodes with data tiering, whose memory is full by design. */
  readonly tieredMetric?: MetricKey;
  /** How nodes make one value, where the metric's own way is not what the alarm is about. */
  readonly across?: AcrossNodes;
  /** The kinds of cache that the row is about. */
  readonly kinds: readonly CacheKind[];
  /** Whether it goes off below the threshold, not above. */
  readonly below?: boolean;
  /** The threshold; `undefined` when it needs what is not known. */
  readonly threshold: (facts: ThresholdFacts) => number | undefined;
  /** How the threshold comes about, for the guide. */
  readonly why: string;
  /** The threshold of a warning, as a multiple of the other. No warning makes sense when left out. */
  readonly warning?: number;
  /** The value that the metric cannot go beyond: a warning there would never end. */
  readonly most?: number;
  /** What to give so that the threshold follows, for the error when it does not. */
  readonly needs?: string;
  /** How many minutes in a row must be beyond the threshold. */
  readonly minutes: number;
  /** Seconds that are looked at as one; a minute when left out. */
  readonly period?: number;
  /** What it means where it means another thing for a kind of cache. */
  readonly runbooks?: Readonly<Partial<Record<CacheKind, Runbook>>>;
  readonly source: string;
}
