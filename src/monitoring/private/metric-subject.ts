import { IConstruct } from 'constructs';
import type { NodeDimensions, ShardDimensions } from './metric-dimensions';
import type { CacheKind } from './metric-row';
import type { CacheNodeType } from '../../node-type/cache-node-type';
import type { UsageLimits } from '../../serverless/usage-limits';

/** What metrics need to know of a cache. */
export interface MetricSubject {
  readonly cache: IConstruct;
  readonly kind: CacheKind;
  /**
   * The dimensions of each node that exists or can come to exist, the primary's first at creation; `undefined` when they cannot be known.
   * A node that does not exist publishes nothing, and metric math passes over it.
   *
   * @default - those of all shards
   */
  readonly nodes?: readonly NodeDimensions[];
  /**
   * The same by shard.
   *
   * @default - one shard, `0001`, with all nodes
   */
  readonly shards?: readonly ShardDimensions[];
  /** Why neither is known, for the error; that an import tells nothing when left out. */
  readonly nodesUnknown?: string;
  /**
   * The dimensions of a node by the id that users know it by.
   *
   * @default - those of a member of a replication group
   */
  readonly nodeOf?: (id: string) => NodeDimensions;
  /**
   * The id of a replication group.
   *
   * @default - that of the cache
   */
  readonly replicationGroupId?: string;
  readonly nodeType?: CacheNodeType;
  /** The engine's name; `undefined` when it is not known. */
  readonly engine?: string;
  /** The engine's version; `undefined` when it is not known. */
  readonly engineVersion?: string;
  /** Between what a serverless cache scales. */
  readonly limits?: UsageLimits;
}
