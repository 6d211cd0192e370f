import { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { HostMetricMethods } from './host-metric-methods';

/**
 * The metrics that describe load and data as methods. Part of `CacheMetrics`, in a file of its own for its length.
 *
 * @internal
 */
export abstract class EngineMetricMethods extends HostMetricMethods {
  /**
   * Use of the one core that the engine's main thread runs on, in percent. The measure for node types with four vCPUs and more.
   *
   * @param options period, statistic, label and the like
   */
  public engineCpuUtilization(options?: MetricOptions): IMetric {
    return this._ofAllNodes('engineCpuUtilization', options);
  }

  /**
   * Memory in use by data, in percent of what the node has for it. Beyond 100 the engine evicts or refuses writes.
   *
   * @param options period, statistic, label and the like
   */
  public databaseMemoryUsagePercentage(options?: MetricOptions): IMetric {
    return this._ofAllNodes('databaseMemoryUsagePercentage', options);
  }

  /**
   * Memory in use by data without overhead and buffers of clients, in percent of what the node has for it.
   *
   * @param options period, statistic, label and the like
   */
  public databaseMemoryUsageCountedForEvictPercentage(options?: MetricOptions): IMetric {
    return this._ofAllNodes('databaseMemoryUsageCountedForEvictPercentage', options);
  }

  /**
   * Memory and SSD in use by data, in percent of what the node has for it. The measure for nodes with data tiering, whose memory is full by design.
   *
   * @param options period, statistic, label and the like
   */
  public databaseCapacityUsagePercentage(options?: MetricOptions): IMetric {
    return this._ofAllNodes('databaseCapacityUsagePercentage', options);
  }

  /**
   * Memory and SSD in use by data without overhead and buffers of clients, in percent of what the node has for it.
   *
   * @param options period, statistic, label and the like
   */
  public databaseCapacityUsageCountedForEvictPercentage(options?: MetricOptions): IMetric {
    return this._ofAllNodes('databaseCapacityUsageCountedForEvictPercentage', options);
  }

  /**
   * Keys that were evicted because memory was full.
   *
   * @param options period, statistic, label and the like
   */
  public evictions(options?: MetricOptions): IMetric {
    return this._ofAllNodes('evictions', options);
  }

  /**
   * Open client connections, of at most 65,000 a node.
   *
   * @param options period, statistic, label and the like
   */
  public currConnections(options?: MetricOptions): IMetric {
    return this._ofAllNodes('currConnections', options);
  }

  /**
   * Connections that clients opened, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public newConnections(options?: MetricOptions): IMetric {
    return this._ofAllNodes('newConnections', options);
  }

  /**
   * Keys in the cache: of Memcached on all nodes together, with replicas the highest number of any node.
   *
   * @param options period, statistic, label and the like
   */
  public currItems(options?: MetricOptions): IMetric {
    return this._ofAllNodes('currItems', options);
  }

  /**
   * Keys with an expiry: the highest number of any node. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public currVolatileItems(options?: MetricOptions): IMetric {
    return this._ofAllNodes('currVolatileItems', options);
  }

  /**
   * Memory in use by data, in bytes: of the node, or of the whole serverless cache.
   *
   * @param options period, statistic, label and the like
   */
  public bytesUsedForCache(options?: MetricOptions): IMetric {
    return this._ofAllNodes('bytesUsedForCache', options);
  }

  /**
   * Reads that found their key, of all nodes together. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheHits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cacheHits', options);
  }

  /**
   * Reads that did not find their key, of all nodes together. Valkey and Redis OSS only.
   *
   * @param options period, statistic, label and the like
   */
  public cacheMisses(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cacheMisses', options);
  }

  /**
   * Reads that found their key, in percent; with several nodes the average of them. Valkey and Redis OSS only; see `hitRate`.
   *
   * @param options period, statistic, label and the like
   */
  public cacheHitRate(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cacheHitRate', options);
  }

  /**
   * Time in which successful read commands were answered, in microseconds. Takes percentiles: `statistic: 'p99'`. On nodes Valkey only.
   *
   * @param options period, statistic, label and the like
   */
  public successfulReadRequestLatency(options?: MetricOptions): IMetric {
    return this._ofAllNodes('successfulReadRequestLatency', options);
  }

  /**
   * Time in which successful write commands were answered, in microseconds. Takes percentiles: `statistic: 'p99'`. On nodes Valkey only.
   *
   * @param options period, statistic, label and the like
   */
  public successfulWriteRequestLatency(options?: MetricOptions): IMetric {
    return this._ofAllNodes('successfulWriteRequestLatency', options);
  }

  /**
   * Commands that failed, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public errorCount(options?: MetricOptions): IMetric {
    return this._ofAllNodes('errorCount', options);
  }

  /**
   * Logins that failed, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public authenticationFailures(options?: MetricOptions): IMetric {
    return this._ofAllNodes('authenticationFailures', options);
  }

  /**
   * Commands that users were not allowed to run, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public commandAuthorizationFailures(options?: MetricOptions): IMetric {
    return this._ofAllNodes('commandAuthorizationFailures', options);
  }

  /**
   * Commands on keys that users were not allowed to touch, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public keyAuthorizationFailures(options?: MetricOptions): IMetric {
    return this._ofAllNodes('keyAuthorizationFailures', options);
  }

  /**
   * Commands on channels that users were not allowed to use, of all nodes together. Not for serverless caches.
   *
   * @param options period, statistic, label and the like
   */
  public channelAuthorizationFailures(options?: MetricOptions): IMetric {
    return this._ofAllNodes('channelAuthorizationFailures', options);
  }

  /**
   * Connections of IAM users that were cut because their time was over, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public iamAuthenticationExpirations(options?: MetricOptions): IMetric {
    return this._ofAllNodes('iamAuthenticationExpirations', options);
  }

  /**
   * Logins of IAM users that were throttled, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public iamAuthenticationThrottling(options?: MetricOptions): IMetric {
    return this._ofAllNodes('iamAuthenticationThrottling', options);
  }

  /**
   * Keys that expired, of all nodes together. Of serverless caches for Memcached only.
   *
   * @param options period, statistic, label and the like
   */
  public reclaimed(options?: MetricOptions): IMetric {
    return this._ofAllNodes('reclaimed', options);
  }

  /**
   * How far the replicas are behind the primary, in seconds. An error for a cache without replicas.
   *
   * @param options period, statistic, label and the like
   */
  public replicationLag(options?: MetricOptions): IMetric {
    return this._ofAllNodes('replicationLag', options);
  }

  /**
   * Bytes that primaries sent to their replicas: how much is written.
   *
   * @param options period, statistic, label and the like
   */
  public replicationBytes(options?: MetricOptions): IMetric {
    return this._ofAllNodes('replicationBytes', options);
  }
}
