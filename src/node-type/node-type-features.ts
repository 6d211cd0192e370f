import { Size } from 'aws-cdk-lib';

/**
 * What is known about a node type.
 *
 * A field that is absent means that this library does not know: for a type newer than the library, or for a token.
 * It never means no.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
export interface NodeTypeFeatures {
  /**
   * The family, for example `r7g`. Known for every node type that is not a token.
   *
   * @default - the node type is a token
   */
  readonly family?: string;

  /**
   * The size within the family, for example `2xlarge`. Known for every node type that is not a token.
   *
   * @default - the node type is a token
   */
  readonly size?: string;

  /**
   * Whether rarely used data moves to a local SSD. Such nodes need data tiering switched on, run Valkey and Redis OSS only,
   * and only as members of a replication group.
   *
   * For a type that the library does not know it follows the family: names that end in `gd` have the SSD. A token counts as `false`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html
   */
  readonly dataTiering: boolean;

  /**
   * Whether new caches can be made with it. `false` for the previous generation, which runs on in existing clusters only.
   *
   * @default - not known
   */
  readonly creatable?: boolean;

  /**
   * Virtual CPUs. AWS prints the number for burstable types; for the others it is that of the EC2 type of the same name.
   *
   * @default - not known
   */
  readonly vcpus?: number;

  /**
   * Memory for data, as AWS prints it, rounded to two places of a GiB. Convert it with `rounding: SizeRoundingBehavior.FLOOR`.
   *
   * @default - not known
   */
  readonly memory?: Size;

  /**
   * The engine's `maxmemory` in bytes, before `reserved-memory-percent` (25 by default) is taken off. Valkey and Redis OSS.
   *
   * @default - not known
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html#ParameterGroups.Valkey.NodeSpecific
   */
  readonly maxmemoryBytes?: number;

  /**
   * The local SSD of a node with data tiering.
   *
   * @default - the node type has none, or it is not known
   */
  readonly ssd?: Size;

  /**
   * Network bandwidth that is always there, in gigabits per second.
   *
   * @default - not known
   */
  readonly networkGbps?: number;

  /**
   * Network bandwidth that is there for a while, in gigabits per second.
   *
   * @default - the node type does not burst, or it is not known
   */
  readonly networkBurstGbps?: number;

  /**
   * Whether CPU is paid with credits: fine for a steady low load, slow under a lasting high one.
   *
   * @default - not known
   */
  readonly burstable?: boolean;

  /**
   * Whether it runs on an AWS Graviton processor.
   *
   * @default - not known
   */
  readonly graviton?: boolean;

  /**
   * The engines that run on it: `valkey`, `redis`, `memcached`. The 8g families run no Redis OSS, the families with data tiering no Memcached.
   *
   * @default - not known
   */
  readonly engines?: string[];

  /**
   * The lowest Valkey version that runs on it, for example `7.2`.
   *
   * @default - Valkey does not run on it, or it is not known
   */
  readonly minimumValkeyVersion?: string;

  /**
   * The lowest Redis OSS version that runs on it, for example `6.2`.
   *
   * @default - Redis OSS does not run on it, or it is not known
   */
  readonly minimumRedisVersion?: string;

  /**
   * The lowest Memcached version that AWS prints for it. Older ones have been seen running on some types where this says `1.5.16`.
   *
   * @default - Memcached does not run on it, or it is not known
   */
  readonly minimumMemcachedVersion?: string;

  /**
   * Whether it takes the network types IPv6 and dual-stack.
   *
   * @default - not known
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html
   */
  readonly ipv6?: boolean;

  /**
   * Whether a cluster of it can be scaled automatically.
   *
   * @default - not known, as for the 8g families, which AWS's page does not mention
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html
   */
  readonly autoScaling?: boolean;

  /**
   * Whether a cluster of it can be a member of a global datastore.
   *
   * @default - not known
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
   */
  readonly globalDatastore?: boolean;

  /**
   * Whether it takes the durability settings of Valkey 9.0.
   *
   * @default - not known
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Durability.Limitations.html
   */
  readonly durability?: boolean;

  /**
   * Whether Memcached can encrypt connections on it.
   *
   * @default - not known
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-mc.html
   */
  readonly memcachedTransitEncryption?: boolean;
}
