import { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { FeatureMetricMethods } from './feature-metric-methods';

/**
 * The metrics of Memcached as methods. Part of `CacheMetrics`, in a file of its own for its length.
 *
 * @internal
 */
export abstract class MemcachedMetricMethods extends FeatureMetricMethods {
  /**
   * Memory in use by items of Memcached on all nodes, in bytes.
   *
   * @param options period, statistic, label and the like
   */
  public bytesUsedForCacheItems(options?: MetricOptions): IMetric {
    return this._ofAllNodes('bytesUsedForCacheItems', options);
  }

  /**
   * Memory in use by the hash tables of Memcached on all nodes, in bytes.
   *
   * @param options period, statistic, label and the like
   */
  public bytesUsedForHash(options?: MetricOptions): IMetric {
    return this._ofAllNodes('bytesUsedForHash', options);
  }

  /**
   * Memory that items of Memcached do not use, in bytes: the least of any node.
   *
   * @param options period, statistic, label and the like
   */
  public unusedMemory(options?: MetricOptions): IMetric {
    return this._ofAllNodes('unusedMemory', options);
  }

  /**
   * Bytes that Memcached received, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public bytesReadIntoMemcached(options?: MetricOptions): IMetric {
    return this._ofAllNodes('bytesReadIntoMemcached', options);
  }

  /**
   * Bytes that Memcached sent, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public bytesWrittenOutFromMemcached(options?: MetricOptions): IMetric {
    return this._ofAllNodes('bytesWrittenOutFromMemcached', options);
  }

  /**
   * Get commands to all nodes of Memcached.
   *
   * @param options period, statistic, label and the like
   */
  public cmdGet(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cmdGet', options);
  }

  /**
   * Set commands to all nodes of Memcached.
   *
   * @param options period, statistic, label and the like
   */
  public cmdSet(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cmdSet', options);
  }

  /**
   * Touch commands to all nodes of Memcached.
   *
   * @param options period, statistic, label and the like
   */
  public cmdTouch(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cmdTouch', options);
  }

  /**
   * Flush commands to all nodes of Memcached: each empties a node.
   *
   * @param options period, statistic, label and the like
   */
  public cmdFlush(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cmdFlush', options);
  }

  /**
   * Requests of clients with auto discovery for the list of nodes.
   *
   * @param options period, statistic, label and the like
   */
  public cmdConfigGet(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cmdConfigGet', options);
  }

  /**
   * Changes of the list of nodes that auto discovery gives to clients.
   *
   * @param options period, statistic, label and the like
   */
  public cmdConfigSet(options?: MetricOptions): IMetric {
    return this._ofAllNodes('cmdConfigSet', options);
  }

  /**
   * Configurations for auto discovery that a node holds.
   *
   * @param options period, statistic, label and the like
   */
  public currConfig(options?: MetricOptions): IMetric {
    return this._ofAllNodes('currConfig', options);
  }

  /**
   * Get commands of Memcached that found an item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public hits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('hits', options);
  }

  /**
   * Get commands of Memcached that found nothing, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public misses(options?: MetricOptions): IMetric {
    return this._ofAllNodes('misses', options);
  }

  /**
   * Check-and-set commands of Memcached whose item had changed, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public casBadval(options?: MetricOptions): IMetric {
    return this._ofAllNodes('casBadval', options);
  }

  /**
   * Check-and-set commands of Memcached that found their item unchanged, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public casHits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('casHits', options);
  }

  /**
   * Check-and-set commands of Memcached that found no item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public casMisses(options?: MetricOptions): IMetric {
    return this._ofAllNodes('casMisses', options);
  }

  /**
   * Decrements of Memcached that found an item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public decrHits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('decrHits', options);
  }

  /**
   * Decrements of Memcached that found nothing, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public decrMisses(options?: MetricOptions): IMetric {
    return this._ofAllNodes('decrMisses', options);
  }

  /**
   * Deletes of Memcached that found an item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public deleteHits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('deleteHits', options);
  }

  /**
   * Deletes of Memcached that found nothing, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public deleteMisses(options?: MetricOptions): IMetric {
    return this._ofAllNodes('deleteMisses', options);
  }

  /**
   * Increments of Memcached that found an item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public incrHits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('incrHits', options);
  }

  /**
   * Increments of Memcached that found nothing, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public incrMisses(options?: MetricOptions): IMetric {
    return this._ofAllNodes('incrMisses', options);
  }

  /**
   * Touch commands of Memcached that found an item, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public touchHits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('touchHits', options);
  }

  /**
   * Touch commands of Memcached that found nothing, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public touchMisses(options?: MetricOptions): IMetric {
    return this._ofAllNodes('touchMisses', options);
  }

  /**
   * Items that were stored in Memcached, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public newItems(options?: MetricOptions): IMetric {
    return this._ofAllNodes('newItems', options);
  }

  /**
   * Items that Memcached evicted before anyone read them, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public evictedUnfetched(options?: MetricOptions): IMetric {
    return this._ofAllNodes('evictedUnfetched', options);
  }

  /**
   * Items that Memcached removed after their time, and that nobody had read, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public expiredUnfetched(options?: MetricOptions): IMetric {
    return this._ofAllNodes('expiredUnfetched', options);
  }

  /**
   * Pages of memory that Memcached moved between sizes of items, on all nodes.
   *
   * @param options period, statistic, label and the like
   */
  public slabsMoved(options?: MetricOptions): IMetric {
    return this._ofAllNodes('slabsMoved', options);
  }
}
