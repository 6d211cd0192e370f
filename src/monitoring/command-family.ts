/**
 * A family of commands of Valkey and Redis OSS that the service counts together.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 */
export enum CommandFamily {
  /** Commands on the cluster, such as `CLUSTER SLOTS`. Not for serverless caches. */
  CLUSTER = 'ClusterBased',
  /** Scripts: `EVAL` and `EVALSHA`. */
  EVAL = 'EvalBased',
  /** Commands on positions, such as `GEOADD`. */
  GEO_SPATIAL = 'GeoSpatialBased',
  /** All commands that read. */
  READ = 'GetType',
  /** All commands that write. */
  WRITE = 'SetType',
  /** Commands on hashes. */
  HASH = 'HashBased',
  /** Commands that estimate counts, such as `PFADD`. */
  HYPER_LOG_LOG = 'HyperLogLogBased',
  /** Commands on JSON. */
  JSON = 'JsonBased',
  /** Commands that read JSON. */
  JSON_READ = 'JsonBasedGet',
  /** Commands that write JSON. */
  JSON_WRITE = 'JsonBasedSet',
  /** Commands on keys of any type, such as `DEL` and `EXPIRE`. */
  KEY = 'KeyBased',
  /** Commands on lists. */
  LIST = 'ListBased',
  /** Commands on no key, such as `ACL` and `INFO`. */
  NON_KEY = 'NonKeyType',
  /** Commands to publish and to subscribe. */
  PUB_SUB = 'PubSubBased',
  /** Search. Valkey 8.2 and newer on nodes. */
  SEARCH = 'SearchBased',
  /** Search that reads. Valkey 8.2 and newer on nodes. */
  SEARCH_READ = 'SearchBasedGet',
  /** Search that writes, such as making an index. Valkey 8.2 and newer on nodes. */
  SEARCH_WRITE = 'SearchBasedSet',
  /** Commands on sets. */
  SET = 'SetBased',
  /** Commands on sorted sets. */
  SORTED_SET = 'SortedSetBased',
  /** Commands on streams. */
  STREAM = 'StreamBased',
  /** Commands on strings. */
  STRING = 'StringBased',
}
