import { Duration, Size } from 'aws-cdk-lib';

/** Which of its protocols Memcached speaks. */
export enum MemcachedProtocol {
  /** Whatever the client begins with. */
  AUTO = 'auto',
  /** The text protocol alone. */
  ASCII = 'ascii',
}

/** How Memcached finds the place of a key. */
export enum MemcachedHashAlgorithm {
  /** MurmurHash3. */
  MURMUR3 = 'murmur3',
  /** Jenkins. */
  JENKINS = 'jenkins',
}

/** How eagerly Memcached moves memory between the classes of item size. */
export enum MemcachedSlabAutomove {
  /** Never. */
  OFF = '0',
  /** Slowly, when a class has had the most evictions for a while. */
  ON = '1',
  /** At every eviction; costs CPU. */
  AGGRESSIVE = '2',
}

/**
 * The common settings of Memcached. Whatever is left out keeps the service's default. But for `watch`, a change of a running cache waits until
 * its nodes are rebooted, which empties them.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html#ParameterGroups.Memcached
 */
export interface MemcachedParameters {
  /**
   * The largest item, from 1 KiB. What is larger is refused.
   *
   * @default - the service's: 1 MiB
   */
  readonly maxItemSize?: Size;

  /**
   * The least memory that key, value and flags of an item take.
   *
   * @default - the service's: 48 bytes
   */
  readonly chunkSize?: Size;

  /**
   * How much larger each class of items is than the one below it; more than 1.
   *
   * @default - the service's: 1.25
   */
  readonly chunkSizeGrowthFactor?: number;

  /**
   * The largest piece of memory that an item is stored in; larger items take several.
   *
   * @default - the service's: 512 KiB
   */
  readonly slabChunkMax?: Size;

  /**
   * The memory that is kept free of items, for connections and other overhead; whole MiB. Raise it when nodes swap.
   *
   * @default - the service's: 100 MiB
   */
  readonly connectionsOverhead?: Size;

  /**
   * How long an idle client stays connected: whole seconds, at most a day, zero for ever.
   *
   * @default - the service's: for ever
   */
  readonly idleTimeout?: Duration;

  /**
   * Whether a write fails when memory is full, instead of evicting items.
   *
   * @default - the service's: false
   */
  readonly errorOnMemoryExhausted?: boolean;

  /**
   * Whether items have no version for check-and-set, which saves 8 bytes an item.
   *
   * @default - the service's: false
   */
  readonly casDisabled?: boolean;

  /**
   * Whether `flush_all`, which empties a node, is refused.
   *
   * @default - the service's: false
   */
  readonly disableFlushAll?: boolean;

  /**
   * Which protocols clients may speak.
   *
   * @default - the service's: MemcachedProtocol.AUTO
   */
  readonly bindingProtocol?: MemcachedProtocol;

  /**
   * How the place of a key is found.
   *
   * @default - the service's: MemcachedHashAlgorithm.JENKINS
   */
  readonly hashAlgorithm?: MemcachedHashAlgorithm;

  /**
   * Whether memory can move between the classes of item size.
   *
   * @default - the service's: false
   */
  readonly slabReassign?: boolean;

  /**
   * How eagerly memory moves between the classes of item size. Needs `slabReassign`.
   *
   * @default - the service's: MemcachedSlabAutomove.OFF
   */
  readonly slabAutomove?: MemcachedSlabAutomove;

  /**
   * Whether a background thread removes items that have expired.
   *
   * @default - the service's: false
   */
  readonly lruCrawler?: boolean;

  /**
   * Whether a background thread sorts items by how recently they were used.
   *
   * @default - the service's: false
   */
  readonly lruMaintainer?: boolean;
}
