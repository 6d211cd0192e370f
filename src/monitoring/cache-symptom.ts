/**
 * What an alarm of a cache watches for. Not every kind of cache can have every symptom.
 *
 * A failed backup and a failed rotation are not among them, as no metric of the cache tells of them: see `CacheAlarms.addFailedSnapshot` and
 * `addFailedRotation`.
 */
export enum CacheSymptom {
  /** The engine uses nearly all of its core. */
  ENGINE_CPU = 'engineCpu',
  /** A node is short of CPU. */
  HOST_CPU = 'hostCpu',
  /** A burstable node has nearly spent its CPU credits. */
  CPU_CREDITS = 'cpuCredits',
  /** A node is short of memory for data. */
  MEMORY = 'memory',
  /** A node is short of memory for anything. */
  FREEABLE_MEMORY = 'freeableMemory',
  /** A node moves memory to disk. */
  SWAP = 'swap',
  /** Keys are evicted. */
  EVICTIONS = 'evictions',
  /** A node nears the most connections that it can hold. */
  CONNECTIONS = 'connections',
  /** Clients connect anew all the time. */
  NEW_CONNECTIONS = 'newConnections',
  /** A replica is behind its primary. */
  REPLICATION_LAG = 'replicationLag',
  /** A replica has lost its primary. */
  REPLICA_LINK = 'replicaLink',
  /** A shard has no primary. */
  PRIMARY_MISSING = 'primaryMissing',
  /** The secondary Region of a global datastore is behind. */
  GLOBAL_REPLICATION_LAG = 'globalReplicationLag',
  /** Writes become durable too late. */
  DURABILITY_LAG = 'durabilityLag',
  /** Few reads find their key. */
  HIT_RATE = 'hitRate',
  /** A node's network takes no more. */
  NETWORK_ALLOWANCE = 'networkAllowance',
  /** Logins fail. */
  AUTHENTICATION_FAILURES = 'authenticationFailures',
  /** Users try what they are not allowed to do. */
  AUTHORIZATION_FAILURES = 'authorizationFailures',
  /** Logins with IAM are throttled. */
  IAM_THROTTLING = 'iamThrottling',
  /** The service holds traffic back to keep a node alive. */
  TRAFFIC_MANAGEMENT = 'trafficManagement',
  /** Commands to a serverless cache are throttled. */
  THROTTLED_COMMANDS = 'throttledCommands',
  /** A serverless cache nears the maximum of its storage. */
  STORAGE = 'storage',
  /** A serverless cache nears the maximum of its processing units. */
  ECPU = 'ecpu',
  /** Reads are slow. */
  READ_LATENCY = 'readLatency',
  /** Writes are slow. */
  WRITE_LATENCY = 'writeLatency',
  /** Nodes are larger than needed. */
  UNDER_USED = 'underUsed',
  /** Nodes are smaller than needed. */
  OVER_USED = 'overUsed',
}
