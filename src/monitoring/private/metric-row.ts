// What a row of the metric catalogue is. Imports nothing of CDK.

/** What a metric is published for: a member (`engine`), or the node of a member (`host`), with dimensions of their own. */
export type MetricLevel = 'host' | 'engine';

/** The kinds of cache, which publish different metrics. */
export type CacheKind = 'replicationGroup' | 'memcached' | 'serverless';

/** A function of CloudWatch's metric math that makes one value of several. */
export type AcrossNodes = 'MAX' | 'MIN' | 'SUM' | 'AVG';

/** Units as AWS's pages print them. CloudWatch itself knows fewer, and calls credits and ratios counts or none. */
export type MetricUnit =
  'Percent' | 'Count' | 'Number' | 'Boolean' | 'Seconds' | 'Milliseconds' | 'Microseconds' | 'Bytes' | 'Credits';

/** What is known of a metric. */
export interface MetricRow {
  readonly name: string;
  readonly unit: MetricUnit;
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
  /** The engines of serverless caches that publish it; those of `engines` when left out. */
  readonly serverlessEngines?: readonly string[];
  /** The oldest version of each engine that publishes it on nodes; an engine that is not named does not. All do when left out. */
  readonly nodeVersions?: Readonly<Record<string, string>>;
  /** Whether only nodes with data tiering have it. */
  readonly tieredNodesOnly?: boolean;
  /** Whether nodes with data tiering publish it for each tier as well. */
  readonly byTier?: boolean;
  /** The families of node types that have it; all when left out. */
  readonly families?: readonly string[];
  /** What the service publishes it for under the id of the replication group: a role, or `all` for the whole group. */
  readonly ofGroup?: readonly ('Primary' | 'Replica' | 'all')[];
  /** Seconds between data points; 60 when left out. */
  readonly period?: number;
  /** The name of the metric to use on a kind of cache that lacks it. */
  readonly instead?: Readonly<Partial<Record<CacheKind, string>>>;
  /** The page of AWS that lists it. */
  readonly source: string;
}

/** What differs from one row to the next; the rest is that of its table. */
export type MetricDetails = Omit<MetricRow, 'name' | 'unit' | 'statistic' | 'acrossNodes' | 'level' | 'kinds' | 'source'>;
