import { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { EngineMetricMethods } from './engine-metric-methods';

/**
 * The metrics of features of the engines and the service as methods. Part of `CacheMetrics`, in a file of its own for its length.
 *
 * @internal
 */
export abstract class FeatureMetricMethods extends EngineMetricMethods {
  /**
   * How far the primary of a secondary Region is behind that of the primary Region, in seconds. Asked of the secondary replication group.
   *
   * @param options period, statistic, label and the like
   */
  public globalDatastoreReplicationLag(options?: MetricOptions): IMetric {
    return this._ofAllNodes('globalDatastoreReplicationLag', options);
  }

  /**
   * How many primaries there are; one a shard when all is well.
   *
   * @param options period, statistic, label and the like
   */
  public isMaster(options?: MetricOptions): IMetric {
    return this._ofAllNodes('isMaster', options);
  }

  /**
   * Whether the link of a replica to its primary works: 1, or 0 when that of any node does not. An error for a cache without replicas.
   *
   * @param options period, statistic, label and the like
   */
  public masterLinkHealthStatus(options?: MetricOptions): IMetric {
    return this._ofAllNodes('masterLinkHealthStatus', options);
  }

  /**
   * Whether a node writes a snapshot in the background, which slows it down: 1 or 0.
   *
   * @param options period, statistic, label and the like
   */
  public saveInProgress(options?: MetricOptions): IMetric {
    return this._ofAllNodes('saveInProgress', options);
  }

  /**
   * Whether the service holds traffic back to keep a node alive: 1 or 0. More than a moment of it means the node is too small.
   *
   * @param options period, statistic, label and the like
   */
  public trafficManagementActive(options?: MetricOptions): IMetric {
    return this._ofAllNodes('trafficManagementActive', options);
  }

  /**
   * Memory that the engine holds, as a multiple of what it uses. Well beyond 1 memory is lost to fragmentation, below 1 the node swaps.
   *
   * @param options period, statistic, label and the like
   */
  public memoryFragmentationRatio(options?: MetricOptions): IMetric {
    return this._ofAllNodes('memoryFragmentationRatio', options);
  }

  /**
   * Values that defragmentation moved, a minute, of all nodes together.
   *
   * @param options period, statistic, label and the like
   */
  public activeDefragHits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('activeDefragHits', options);
  }

  /**
   * Keys that the engine tracks for caches in clients.
   *
   * @param options period, statistic, label and the like
   */
  public keysTracked(options?: MetricOptions): IMetric {
    return this._ofAllNodes('keysTracked', options);
  }

  /**
   * The average time to live of the keys with an expiry in database 0, in milliseconds. Of primaries; replicas say 0.
   *
   * @param options period, statistic, label and the like
   */
  public db0AverageTtl(options?: MetricOptions): IMetric {
    return this._ofAllNodes('db0AverageTtl', options);
  }

  /**
   * Bytes read from SSD, of all nodes together. Nodes with data tiering only.
   *
   * @param options period, statistic, label and the like
   */
  public bytesReadFromDisk(options?: MetricOptions): IMetric {
    return this._ofAllNodes('bytesReadFromDisk', options);
  }

  /**
   * Bytes written to SSD, of all nodes together. Nodes with data tiering only.
   *
   * @param options period, statistic, label and the like
   */
  public bytesWrittenToDisk(options?: MetricOptions): IMetric {
    return this._ofAllNodes('bytesWrittenToDisk', options);
  }

  /**
   * Items read from SSD, of all nodes together. Nodes with data tiering only.
   *
   * @param options period, statistic, label and the like
   */
  public numItemsReadFromDisk(options?: MetricOptions): IMetric {
    return this._ofAllNodes('numItemsReadFromDisk', options);
  }

  /**
   * Items written to SSD, of all nodes together. Nodes with data tiering only.
   *
   * @param options period, statistic, label and the like
   */
  public numItemsWrittenToDisk(options?: MetricOptions): IMetric {
    return this._ofAllNodes('numItemsWrittenToDisk', options);
  }

  /**
   * Search indexes. Valkey 8.2 and newer on nodes.
   *
   * @param options period, statistic, label and the like
   */
  public searchNumberOfIndexes(options?: MetricOptions): IMetric {
    return this._ofAllNodes('searchNumberOfIndexes', options);
  }

  /**
   * Keys in all search indexes. Valkey 8.2 and newer on nodes.
   *
   * @param options period, statistic, label and the like
   */
  public searchTotalIndexedDocuments(options?: MetricOptions): IMetric {
    return this._ofAllNodes('searchTotalIndexedDocuments', options);
  }

  /**
   * Memory that search indexes take, in bytes. Valkey 8.2 and newer on nodes.
   *
   * @param options period, statistic, label and the like
   */
  public searchUsedMemoryBytes(options?: MetricOptions): IMetric {
    return this._ofAllNodes('searchUsedMemoryBytes', options);
  }

  /**
   * The age of the oldest write that was answered and is not yet durable, in milliseconds. At 10,000 writes are refused. Valkey 9.0 and newer.
   *
   * @param options period, statistic, label and the like
   */
  public durabilityLag(options?: MetricOptions): IMetric {
    return this._ofAllNodes('durabilityLag', options);
  }

  /**
   * Writes that were refused because too many were not yet durable, of all nodes together. Valkey 9.0 and newer.
   *
   * @param options period, statistic, label and the like
   */
  public durabilityBufferExceededErrorCount(options?: MetricOptions): IMetric {
    return this._ofAllNodes('durabilityBufferExceededErrorCount', options);
  }

  /**
   * Processing units (ECPU) that were used. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public elastiCacheProcessingUnits(options?: MetricOptions): IMetric {
    return this._ofAllNodes('elastiCacheProcessingUnits', options);
  }

  /**
   * Commands that were throttled because the cache grew less fast than its use, or has reached its limit. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public throttledCmds(options?: MetricOptions): IMetric {
    return this._ofAllNodes('throttledCmds', options);
  }

  /**
   * Commands that were run. Serverless caches only.
   *
   * @param options period, statistic, label and the like
   */
  public totalCmdsCount(options?: MetricOptions): IMetric {
    return this._ofAllNodes('totalCmdsCount', options);
  }
}
