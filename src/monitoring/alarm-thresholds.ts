import { Duration, Size } from 'aws-cdk-lib';

/** Beyond what the recommended alarms of a cache go off. What is left out keeps its default; what the kind of cache has no alarm for is not used. */
export interface AlarmThresholds {
  /**
   * Use of the engine's core on any node, in percent, for five minutes. For node types with four vCPUs and more.
   *
   * @default 90
   */
  readonly engineCpuPercent?: number;

  /**
   * Use of all cores of any node, in percent, for five minutes. For node types with one or two vCPUs, and for Memcached on any.
   *
   * @default - 90 divided by the number of vCPUs: one busy core is as much as the engine can use; 90 for Memcached, which uses all cores
   */
  readonly hostCpuPercent?: number;

  /**
   * Memory in use by data on any node, in percent, for five minutes.
   *
   * @default 80
   */
  readonly memoryPercent?: number;

  /**
   * Evictions on any node, or of a serverless cache, a minute, for five minutes.
   *
   * @default 100
   */
  readonly evictionsPerMinute?: number;

  /**
   * Connections of any node, for ten minutes. The service allows 65,000.
   *
   * @default 52000
   */
  readonly connections?: number;

  /**
   * How far any replica is behind, for fifteen minutes.
   *
   * @default Duration.seconds(10)
   */
  readonly replicationLag?: Duration;

  /**
   * Memory of any node of Memcached that was moved to disk, for five minutes.
   *
   * @default Size.mebibytes(50)
   */
  readonly swapUsage?: Size;

  /**
   * Commands of a serverless cache that are throttled, a minute, for five minutes.
   *
   * @default 0
   */
  readonly throttledCommandsPerMinute?: number;

  /**
   * Storage of a serverless cache in use, in percent of the `maxStorage` of its limits, for five minutes.
   *
   * @default 75
   */
  readonly storagePercent?: number;

  /**
   * Processing units of a serverless cache in use, in percent of the `maxEcpuPerSecond` of its limits, for five minutes.
   *
   * @default 75
   */
  readonly ecpuPercent?: number;
}
