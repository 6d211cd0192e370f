/**
 * What an engine at a version can do in ElastiCache.
 *
 * For a version newer than the library's table, or a token, everything that the engine has had in some version is assumed:
 * what cannot be known is never refused.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 */
export interface EngineFeatures {
  /** Replication groups: a primary with replicas. */
  readonly replicationGroup: boolean;
  /** Encryption of backups and disk of node-based caches. */
  readonly atRestEncryption: boolean;
  /** TLS between client and cache. */
  readonly transitEncryption: boolean;
  /** Turning TLS on for a running cache, by way of a mode that takes both. */
  readonly transitEncryptionMode: boolean;
  /** One password for the whole cache (AUTH). */
  readonly authToken: boolean;
  /** Users and user groups (role-based access control). */
  readonly userGroups: boolean;
  /** Users that log in with short-lived IAM tokens. */
  readonly iamAuthentication: boolean;
  /** Delivery of the slow log. */
  readonly slowLog: boolean;
  /** Delivery of the engine log. */
  readonly engineLog: boolean;
  /** Data on SSD beside memory, on r6gd nodes. */
  readonly dataTiering: boolean;
  /** Application Auto Scaling of shards and replicas. */
  readonly autoScaling: boolean;
  /** Cluster mode `compatible`, the step between disabled and enabled. */
  readonly clusterModeCompatible: boolean;
  /** IPv6 and dual stack. */
  readonly ipv6: boolean;
  /** Replication across Regions. */
  readonly globalDatastore: boolean;
  /** Whether `autoMinorVersionUpgrade` has an effect. */
  readonly autoMinorVersionUpgrade: boolean;
  /** Writes that survive the loss of all nodes. */
  readonly durability: boolean;
}
