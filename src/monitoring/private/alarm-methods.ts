import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Symptom } from './symptom-table';
import type { CacheAlarmOptions } from '../cache-alarm-options';

/**
 * An alarm for each symptom as a method. Part of `CacheAlarms`, in a file of its own for its length.
 *
 * @internal
 */
export abstract class AlarmMethods extends Construct {
  /** @internal */
  public abstract _add(symptom: Symptom, id: string, options?: CacheAlarmOptions): AlarmBase;

  /**
   * The engine uses nearly all of its core. For node types with four vCPUs and more.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addEngineCpu(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('engineCpu', id, options);
  }

  /**
   * A node is short of CPU. For node types with one or two vCPUs, and for Memcached on any.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addHostCpu(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('hostCpu', id, options);
  }

  /**
   * A burstable node has nearly spent its CPU credits. For node types of the families T3 and T4g.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addCpuCredits(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('cpuCredits', id, options);
  }

  /**
   * A node is short of memory for data.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addMemory(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('memory', id, options);
  }

  /**
   * A node is short of memory for anything: backups, buffers, failovers.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addFreeableMemory(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('freeableMemory', id, options);
  }

  /**
   * A node moves memory to disk: of Memcached more than is good, of Valkey and Redis OSS more than it has free.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addSwap(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('swap', id, options);
  }

  /**
   * Keys are evicted because memory is full.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addEvictions(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('evictions', id, options);
  }

  /**
   * A node has nearly as many connections as it can hold.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addConnections(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('connections', id, options);
  }

  /**
   * Clients connect anew all the time.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addNewConnections(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('newConnections', id, options);
  }

  /**
   * A replica is behind its primary. An error for a cache without replicas.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addReplicationLag(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('replicationLag', id, options);
  }

  /**
   * A replica has lost its primary. An error for a cache without replicas.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addReplicaLink(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('replicaLink', id, options);
  }

  /**
   * A shard has no primary: writes to it fail.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addPrimaryMissing(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('primaryMissing', id, options);
  }

  /**
   * The secondary Region of a global datastore is behind. For the secondary replication group.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addGlobalReplicationLag(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('globalReplicationLag', id, options);
  }

  /**
   * Writes become durable too late. Valkey 9.0 and newer.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addDurabilityLag(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('durabilityLag', id, options);
  }

  /**
   * Few reads find their key, for any engine.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addHitRate(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('hitRate', id, options);
  }

  /**
   * A node's network takes no more: bandwidth in or out, packets, or tracked connections.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addNetworkAllowance(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('networkAllowance', id, options);
  }

  /**
   * Logins fail. Not for Memcached.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addAuthenticationFailures(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('authenticationFailures', id, options);
  }

  /**
   * Users try what they are not allowed to do. Not for Memcached.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addAuthorizationFailures(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('authorizationFailures', id, options);
  }

  /**
   * Logins with IAM are throttled. Not for Memcached.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addIamThrottling(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('iamThrottling', id, options);
  }

  /**
   * The service holds traffic back to keep a node alive.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addTrafficManagement(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('trafficManagement', id, options);
  }

  /**
   * Commands are throttled. Serverless caches only.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addThrottledCommands(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('throttledCommands', id, options);
  }

  /**
   * A serverless cache nears the maximum of its storage. Needs `maxStorage` of the limits, or a threshold in bytes.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addStorage(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('storage', id, options);
  }

  /**
   * A serverless cache nears the maximum of its processing units. Needs `maxEcpuPerSecond` of the limits, or a threshold in units a minute.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm
   */
  public addEcpu(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('ecpu', id, options);
  }

  /**
   * Reads are slow. Needs a threshold in microseconds: what is slow is for the application to say.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addReadLatency(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('readLatency', id, options);
  }

  /**
   * Writes are slow. Needs a threshold in microseconds: what is slow is for the application to say.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addWriteLatency(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('writeLatency', id, options);
  }

  /**
   * Nodes are larger than needed: for a day none used half of its memory.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addUnderUsed(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('underUsed', id, options);
  }

  /**
   * Nodes are smaller than needed: for a day one used most of its memory.
   *
   * @param id the id of the alarm
   * @param options what differs
   * @returns the alarm; a composite one when the cache has more nodes than one can watch
   */
  public addOverUsed(id: string, options?: CacheAlarmOptions): AlarmBase {
    return this._add('overUsed', id, options);
  }
}
