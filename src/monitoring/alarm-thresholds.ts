import { Duration, Size } from 'aws-cdk-lib';
import { CacheSymptom } from './cache-symptom';

/**
 * Beyond what the alarms of a cache go off. What is left out keeps its default; what the kind of cache has no alarm for is not used.
 *
 * The recommended alarms are those of the first group. A threshold of the second group adds the alarm it is for to the recommended ones.
 */
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
   * Memory in use by data on any node, in percent, for five minutes; with data tiering memory and SSD.
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
   * How many minutes in a row must have more evictions than that. With 1, and 0 evictions a minute, the first eviction counts.
   *
   * @default 5
   */
  readonly evictionMinutes?: number;

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

  /**
   * Reads that find their key, in percent, at least, for fifteen minutes. Adds the alarm to the recommended ones.
   *
   * @default 80
   */
  readonly hitRatePercent?: number;

  /**
   * CPU credits of any node, at least, for fifteen minutes. Burstable node types only. Adds the alarm to the recommended ones.
   *
   * @default - ten a vCPU
   */
  readonly cpuCredits?: number;

  /**
   * Free memory of any node, at least, for five minutes. Adds the alarm to the recommended ones.
   *
   * @default - 5 % of the node's memory, at least 100 MB
   */
  readonly freeableMemory?: Size;

  /**
   * Connections that clients open on any node, a minute, for five minutes. Adds the alarm to the recommended ones.
   *
   * @default 6000
   */
  readonly newConnectionsPerMinute?: number;

  /**
   * How far a secondary Region of a global datastore is behind, for fifteen minutes. Adds the alarm to the recommended ones.
   *
   * @default Duration.seconds(10)
   */
  readonly globalReplicationLag?: Duration;

  /**
   * How long a write may take to become durable, for one minute. Adds the alarm to the recommended ones.
   *
   * @default Duration.seconds(5)
   */
  readonly durabilityLag?: Duration;

  /**
   * Logins that fail, a minute. Adds the alarm to the recommended ones.
   *
   * @default 10
   */
  readonly authenticationFailuresPerMinute?: number;

  /**
   * Commands, keys and channels that users are refused, a minute. Adds the alarm to the recommended ones.
   *
   * @default 10
   */
  readonly authorizationFailuresPerMinute?: number;

  /**
   * The average time in which reads are answered, for five minutes. Adds the alarm to the recommended ones.
   *
   * @default - none: what is slow is for the application to say
   */
  readonly readLatency?: Duration;

  /**
   * The average time in which writes are answered, for five minutes. Adds the alarm to the recommended ones.
   *
   * @default - none: what is slow is for the application to say
   */
  readonly writeLatency?: Duration;

  /**
   * Memory in use on the fullest node, in percent, below which nodes are too large, for a day. Adds the alarm to the recommended ones.
   *
   * @default 50
   */
  readonly underUsedPercent?: number;

  /**
   * Memory in use on the fullest node, in percent, above which nodes are too small, for a day. Adds the alarm to the recommended ones.
   *
   * @default 80
   */
  readonly overUsedPercent?: number;

  /**
   * Recommended alarms that are not made: for symptoms that are normal here, such as evictions of a cache in front of a database.
   *
   * @default - all are made
   */
  readonly without?: CacheSymptom[];
}
