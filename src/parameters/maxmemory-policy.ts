/**
 * What the engine does with a write when memory is full.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
export enum MaxmemoryPolicy {
  /** Evict the least recently used of the keys with an expiry. The service's default. */
  VOLATILE_LRU = 'volatile-lru',
  /** Evict the least recently used of all keys: for a pure cache. */
  ALLKEYS_LRU = 'allkeys-lru',
  /** Evict the least frequently used of the keys with an expiry. */
  VOLATILE_LFU = 'volatile-lfu',
  /** Evict the least frequently used of all keys. */
  ALLKEYS_LFU = 'allkeys-lfu',
  /** Evict any of the keys with an expiry. */
  VOLATILE_RANDOM = 'volatile-random',
  /** Evict any key. */
  ALLKEYS_RANDOM = 'allkeys-random',
  /** Evict the key with the shortest time to live. */
  VOLATILE_TTL = 'volatile-ttl',
  /** Evict nothing; writes fail when memory is full: for queues and other data that must not vanish. */
  NO_EVICTION = 'noeviction',
}
