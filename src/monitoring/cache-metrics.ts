import { IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS } from './private/metric-catalog';
import { MetricSubject, PublishedMetrics, WatchedNodes } from './private/published-metrics';

/**
 * The metrics of a cache. A metric of a cache with several nodes is the worst value of any node, so that one alarm watches all of them; amounts
 * that add up, such as items and commands of Memcached, are the sum.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html
 */
export class CacheMetrics {
  /** @internal */
  public static _of(subject: MetricSubject): CacheMetrics {
    return new CacheMetrics(subject);
  }

  /** @internal */
  public readonly _subject: MetricSubject;

  private readonly published: PublishedMetrics;

  private constructor(subject: MetricSubject) {
    this._subject = subject;
    this.published = new PublishedMetrics(subject);
  }

  /**
   * Use of the one core that the engine's main thread runs on, in percent. The measure for node types with four vCPUs and more.
   *
   * @param options period, statistic, label and the like
   */
  public engineCpuUtilization(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.engineCpuUtilization, options);
  }

  /**
   * Use of all cores of the node, in percent. The measure for node types with one or two vCPUs, where other work takes from the engine.
   *
   * @param options period, statistic, label and the like
   */
  public cpuUtilization(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.cpuUtilization, options);
  }

  /**
   * Memory in use by data, in percent of what the node has for it. Beyond 100 the engine evicts or refuses writes.
   *
   * @param options period, statistic, label and the like
   */
  public databaseMemoryUsagePercentage(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.databaseMemoryUsagePercentage, options);
  }

  /**
   * Keys that were evicted because memory was full.
   *
   * @param options period, statistic, label and the like
   */
  public evictions(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.evictions, options);
  }

  /**
   * Open client connections, of at most 65,000 a node.
   *
   * @param options period, statistic, label and the like
   */
  public currConnections(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.currConnections, options);
  }

  /**
   * How far the replicas are behind the primary, in seconds. An error for a cache without replicas.
   *
   * @param options period, statistic, label and the like
   */
  public replicationLag(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.replicationLag, options);
  }

  /**
   * Memory of the node that neither the engine nor anything else uses, in bytes: the least of any node.
   *
   * @param options period, statistic, label and the like
   */
  public freeableMemory(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.freeableMemory, options);
  }

  /**
   * Memory of the node that was moved to disk, in bytes. More than 50 MiB slows a node of Memcached down.
   *
   * @param options period, statistic, label and the like
   */
  public swapUsage(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.swapUsage, options);
  }

  /**
   * Memory in use by items of Memcached on all nodes, in bytes.
   *
   * @param options period, statistic, label and the like
   */
  public bytesUsedForCacheItems(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.bytesUsedForCacheItems, options);
  }

  /**
   * Memory that items of Memcached do not use, in bytes: the least of any node.
   *
   * @param options period, statistic, label and the like
   */
  public unusedMemory(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.unusedMemory, options);
  }

  /**
   * Keys in the cache: of Memcached on all nodes together, with replicas the highest number of any node.
   *
   * @param options period, statistic, label and the like
   */
  public currItems(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.currItems, options);
  }

  /**
   * Get commands to all nodes of Memcached.
   *
   * @param options period, statistic, label and the like
   */
  public cmdGet(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.cmdGet, options);
  }

  /**
   * Set commands to all nodes of Memcached.
   *
   * @param options period, statistic, label and the like
   */
  public cmdSet(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.cmdSet, options);
  }

  /**
   * Get commands of Memcached that found an item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public hits(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.hits, options);
  }

  /**
   * Get commands of Memcached that found nothing, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public misses(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.misses, options);
  }

  /**
   * Connections that clients opened, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public newConnections(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.newConnections, options);
  }

  /**
   * Items of Memcached that had expired and made room for others, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public reclaimed(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.reclaimed, options);
  }

  /**
   * Memory in use by data, in bytes: of the node, or of the whole serverless cache.
   *
   * @param options period, statistic, label and the like
   */
  public bytesUsedForCache(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.bytesUsedForCache, options);
  }

  /**
   * Processing units (ECPU) that were used. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public elastiCacheProcessingUnits(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.elastiCacheProcessingUnits, options);
  }

  /**
   * Commands that were throttled because the cache grew less fast than its use, or has reached its limit. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public throttledCmds(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.throttledCmds, options);
  }

  /**
   * Commands that were run. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public totalCmdsCount(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.totalCmdsCount, options);
  }

  /**
   * Time in which successful read commands were answered, in microseconds. Takes percentiles: `statistic: 'p99'`.
   *
   * @param options period, statistic, label and the like
   */
  public successfulReadRequestLatency(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.successfulReadRequestLatency, options);
  }

  /**
   * Time in which successful write commands were answered, in microseconds. Takes percentiles: `statistic: 'p99'`.
   *
   * @param options period, statistic, label and the like
   */
  public successfulWriteRequestLatency(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.successfulWriteRequestLatency, options);
  }

  /**
   * Reads that found their key, of all nodes together. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheHits(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.cacheHits, options);
  }

  /**
   * Reads that did not find their key, of all nodes together. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheMisses(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.cacheMisses, options);
  }

  /**
   * Reads that found their key, in percent; with several nodes the average of them. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheHitRate(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.cacheHitRate, options);
  }

  /**
   * Bytes that were received, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkBytesIn(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.networkBytesIn, options);
  }

  /**
   * Bytes that were sent, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public networkBytesOut(options?: MetricOptions): IMetric {
    return this.published.ofAllNodes(METRICS.networkBytesOut, options);
  }

  /**
   * A metric by its name in CloudWatch: of one node, or of a serverless cache.
   *
   * @param metricName for example `Reclaimed`
   * @param memberId the id of the member, for example `my-cache-001`; of Memcached on nodes the id of
   * the node, for example `0001`; left out for a serverless cache, which has no members
   * @param options period, statistic, label and the like
   */
  public metric(metricName: string, memberId?: string, options?: MetricOptions): Metric {
    return this.published.named(metricName, memberId, options);
  }

  /** @internal */
  public _forAlarms(metric: keyof typeof METRICS): WatchedNodes[] {
    return this.published.forAlarms(METRICS[metric]);
  }
}
