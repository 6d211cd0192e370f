import { IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { CommandFamily } from './command-family';
import { MemcachedMetricMethods } from './private/memcached-metric-methods';
import type { MetricKey, MetricRow } from './private/metric-catalog';
import { hitRateOf } from './private/metric-expressions';
import { MetricSubject } from './private/metric-subject';
import { Combination, PublishedMetrics, WatchedNodes } from './private/published-metrics';
import { catalog } from './private/tables';

/** What a node of a replication group is for. It changes when the service fails over. */
export enum NodeRole {
  /** The node of a shard that takes writes. */
  PRIMARY = 'Primary',
  /** A node that follows a primary. */
  REPLICA = 'Replica',
}

/** Where a node with data tiering keeps data. */
export enum StorageTier {
  /** Memory. */
  MEMORY = 'Memory',
  /** The local SSD. */
  SSD = 'SSD',
}

/**
 * The metrics of a cache. A metric of a cache with several nodes is the worst value of any node, so that one alarm watches all of them; amounts
 * that add up, such as items and commands of Memcached, are the sum.
 *
 * A metric that the service does not publish for the kind of cache, its engine and version, or its node type is an error that names the right one.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html
 *
 * @example
 * new cloudwatch.Alarm(this, 'Evictions', { metric: cache.metrics.evictions(), threshold: 100, evaluationPeriods: 3 });
 */
export class CacheMetrics extends MemcachedMetricMethods {
  /** @internal */
  public static _of(subject: MetricSubject): CacheMetrics {
    return new CacheMetrics(subject);
  }

  /** @internal */
  public readonly _subject: MetricSubject;
  /** @internal */
  public readonly _published: PublishedMetrics;

  private constructor(subject: MetricSubject) {
    super();
    this._subject = subject;
    this._published = new PublishedMetrics(subject);
  }

  /**
   * A metric by its name in CloudWatch: of one node, or of a serverless cache. A name that this library does not know is taken as it is, with a
   * warning.
   *
   * @param metricName for example `Reclaimed`
   * @param memberId the id of the member, for example `my-cache-001`; of Memcached on nodes the id of
   * the node, for example `0001`; left out for a serverless cache, which has no members
   * @param options period, statistic, label and the like
   */
  public metric(metricName: string, memberId?: string, options?: MetricOptions): Metric {
    return this._published.named(metricName, memberId, options);
  }

  /**
   * A metric by its name in CloudWatch over all nodes, put together as its method would do it.
   *
   * @param metricName for example `Reclaimed`
   * @param options period, statistic, label and the like
   */
  public metricOfAllNodes(metricName: string, options?: MetricOptions): IMetric {
    return this._published.namedOfAllNodes(metricName, options);
  }

  /**
   * A metric by its name in CloudWatch of every node apart, in the order of the nodes; of a serverless cache the one of the cache. For graphs.
   *
   * @param metricName for example `CurrConnections`
   * @param options period, statistic, label and the like
   */
  public metricOfEachNode(metricName: string, options?: MetricOptions): Metric[] {
    return this._published.ofEachNode(metricName, options);
  }

  /**
   * A metric by its name in CloudWatch over the nodes of a shard. Which of them is the primary changes, so that they are not told apart.
   *
   * @param metricName for example `EngineCPUUtilization`
   * @param shard the id of the shard, for example `0001`
   * @param options period, statistic, label and the like
   */
  public metricOfShard(metricName: string, shard: string, options?: MetricOptions): IMetric {
    return this._published.ofShard(metricName, shard, options);
  }

  /**
   * A metric that the service itself puts together for a whole replication group, whatever its nodes are: `EngineCPUUtilization` by role, and
   * `DatabaseMemoryUsageCountedForEvictPercentage` and `DatabaseCapacityUsageCountedForEvictPercentage` without. The metrics to use when the
   * number of nodes changes by itself.
   *
   * @param metricName one of the three
   * @param role of which nodes
   * @param options period, statistic, label and the like
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Scaling-Policies-Target.html
   */
  public metricOfGroup(metricName: string, role?: NodeRole, options?: MetricOptions): Metric {
    return this._published.ofGroup(metricName, role, options);
  }

  /**
   * A metric of one tier of nodes with data tiering, over all nodes: `BytesUsedForCache` or `CurrItems`.
   *
   * @param metricName one of the two
   * @param tier memory or SSD
   * @param options period, statistic, label and the like
   */
  public metricOfTier(metricName: string, tier: StorageTier, options?: MetricOptions): IMetric {
    return this._published.ofTier(metricName, tier, options);
  }

  /**
   * Reads that found what they asked for, in percent, whatever the engine: from hits and misses of all nodes. Without reads there is no value.
   *
   * @param options period, statistic, label and the like
   */
  public hitRate(options?: MetricOptions): IMetric {
    const watched = this._combined(catalog().hitsAndMissesOf(this._published.facts()), { expression: hitRateOf, label: 'Hit rate' }, options);
    return watched.length === 1 ? watched[0].metric : this._published.tooMany('hit rate', watched[watched.length - 1].last);
  }

  /**
   * How many commands of a family were run, of all nodes together. Valkey and Redis OSS only.
   *
   * @param family the family
   * @param options period, statistic, label and the like
   */
  public commands(family: CommandFamily, options?: MetricOptions): IMetric {
    return this.metricOfAllNodes(`${family}Cmds`, options);
  }

  /**
   * How much time of the CPU commands of a family took, in microseconds: the most of any node. Not for serverless caches.
   *
   * @param family the family
   * @param options period, statistic, label and the like
   */
  public commandLatency(family: CommandFamily, options?: MetricOptions): IMetric {
    return this.metricOfAllNodes(`${family}CmdsLatency`, options);
  }

  /**
   * How many processing units (ECPU) commands of a family took. Serverless caches only.
   *
   * @param family the family
   * @param options period, statistic, label and the like
   */
  public commandEcpus(family: CommandFamily, options?: MetricOptions): IMetric {
    return this.metricOfAllNodes(`${family}CmdsECPUs`, options);
  }

  /** @internal */
  public _ofAllNodes(metric: MetricKey, options?: MetricOptions): IMetric {
    return this._published.ofAllNodes(catalog().METRICS[metric], options);
  }

  /** @internal */
  public _forAlarms(metric: MetricKey, across?: MetricRow['acrossNodes'], options?: MetricOptions): WatchedNodes[] {
    return this._published.forAlarms(catalog().METRICS[metric], across, options);
  }

  /** @internal */
  public _combined(metrics: readonly MetricKey[], combination: Combination, options?: MetricOptions): WatchedNodes[] {
    return this._published.combined(metrics.map((metric) => catalog().METRICS[metric]), combination, options);
  }
}
