import { IConnectable } from 'aws-cdk-lib/aws-ec2';
import { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { CacheAccess, GrantAccessOptions } from './cache-access';
import type { CacheGrants } from './cache-grants';
import { Endpoint } from './endpoint';
import { CacheEngine } from '../engine/cache-engine';
import { CacheEvents } from '../monitoring/cache-events';
import type { CacheMetrics } from '../monitoring/cache-metrics';

/**
 * Any ElastiCache cache: what an application needs of it, whatever is behind it.
 * Every cache of this library is one: the `CacheCluster`, each lower-level construct, and each import.
 */
export interface ICacheCluster extends IConstruct, IEnvironmentAware, IConnectable {
  /** The engine and its version. */
  readonly engine: CacheEngine;

  /** Whether clients must use TLS. */
  readonly transitEncryption: boolean;

  /** Where to read and write. */
  readonly endpoint: Endpoint;

  /**
   * Where to read only: the replicas, or the one node when there is none. What is read may be behind what was written.
   * An error for Memcached on nodes, which has no replicas.
   */
  readonly readerEndpoint: Endpoint;

  /** The metrics of the cache. */
  readonly metrics: CacheMetrics;

  /** What happens to the cache, for those who should hear of it. */
  readonly events: CacheEvents;

  /** Permissions on the cache, without network and environment. */
  readonly grants: CacheGrants;

  /**
   * Gives a client all it needs to use the cache: the network path on the ports of its endpoints, the permission to log in as the user, and environment
   * variables that say where the cache is. What is made for it belongs to the client's stack, which comes to depend on the cache's stack, never
   * the other way round.
   *
   * @param client a function in a VPC, an ECS service, an instance, or anything else with connections and a principal
   * @param options which user, which containers, which names
   */
  grantAccess(client: IConnectable, options?: GrantAccessOptions): CacheAccess;
}
