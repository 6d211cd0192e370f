// The parameters of each parameter group family. Data only: nothing of CDK is imported here, so that rules can use it anywhere.
// A family holds what differs from the one it is based on. To add a parameter, add one line where it first appeared;
// to add a family, add an entry with `basedOn`.

/** One parameter of one family. */
export interface ParameterFacts {
  readonly type: 'string' | 'integer' | 'float' | 'boolean';
  /**
   * What the value may be, separated by commas: a word or number, a range with both ends included (`1-75`), a lower bound (`20-`),
   * or `any integer`. Absent when AWS publishes nothing.
   */
  readonly allowed?: string;
  /** The value in the family's default group. */
  readonly default: string;
  /**
   * Whether a custom group may set it: `no`; `new-group`, not changed once a cluster uses the group; `unused-group`, only while no
   * cluster uses the group; `old-accounts`, only in accounts from before 2017-03-16.
   *
   * @default 'yes'
   */
  readonly modifiable?: 'yes' | 'no' | 'new-group' | 'unused-group' | 'old-accounts';
  /**
   * When a change takes effect: at once, when the nodes reboot, or only for clusters made afterwards.
   *
   * @default 'immediate'
   */
  readonly change?: 'immediate' | 'reboot' | 'creation';
  /** The first engine version of the family with the parameter. */
  readonly since?: string;
  /** What is published contradicts itself or is incomplete: no value may be rejected. */
  readonly unsure?: boolean;
  /** What a reader should know besides. */
  readonly note?: string;
  /** Key in PARAMETER_SOURCES, where it is not the family's. */
  readonly source?: string;
}

/** One parameter group family. */
export interface FamilyFacts {
  /** The family whose parameters it has as well, but for what is listed here. */
  readonly basedOn?: string;
  /** Key in PARAMETER_SOURCES for the parameters listed here. */
  readonly source: string;
  /** Parameters of the older family that are gone, with the new name. */
  readonly removed?: Readonly<Record<string, string>>;
  /** Parameters that are new or different. */
  readonly parameters: Readonly<Record<string, ParameterFacts>>;
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html';

/** Where the facts are written. */
export const PARAMETER_SOURCES: Readonly<Record<string, string>> = {
  guide: GUIDE,
  /** The output of the command for redis5.0; the guide has what differs in the other families. */
  redis: 'https://docs.aws.amazon.com/cli/latest/reference/elasticache/describe-engine-default-parameters.html',
  redis6: `${GUIDE}#ParameterGroups.Redis.6-x`,
  redis7: `${GUIDE}#ParameterGroups.Redis.7`,
  valkey8: `${GUIDE}#ParameterGroups.Valkey.8`,
  valkey9: `${GUIDE}#ParameterGroups.Valkey.9.0`,
  memcached: `${GUIDE}#ParameterGroups.Memcached`,
};

/** When the sources were last read. */
export const PARAMETERS_CHECKED = '2026-11-21';

/** The default of a parameter that every node type sets for itself. */
export const BY_NODE_TYPE = 'node-type specific';

const MAXMEMORY_POLICIES = 'volatile-lru,allkeys-lru,volatile-lfu,allkeys-lfu,volatile-random,allkeys-random,volatile-ttl,noeviction';

/** Gone without a new name. */
const NO_SUCCESSOR = '';

/** The families, each after the one it is based on. */
export const FAMILIES: Readonly<Record<string, FamilyFacts>> = {
  'redis4.0': {
    source: 'redis',
    parameters: {
      'activedefrag': { type: 'string', allowed: 'yes,no', default: 'no' },
      'active-defrag-cycle-max': { type: 'integer', allowed: '1-75', default: '75' },
      'active-defrag-cycle-min': { type: 'integer', allowed: '1-75', default: '5', note: 'guide: default 25' },
      'active-defrag-ignore-bytes': { type: 'integer', allowed: '1048576-', default: '104857600', unsure: true, note: 'guide: 10485760-104857600' },
      'active-defrag-threshold-lower': { type: 'integer', allowed: '1-100', default: '10' },
      'active-defrag-threshold-upper': { type: 'integer', allowed: '1-100', default: '100' },
      'activerehashing': { type: 'string', allowed: 'yes,no', default: 'yes', modifiable: 'unused-group', change: 'reboot' },
      'appendfsync': { type: 'string', allowed: 'always,everysec,no', default: 'everysec', modifiable: 'no' },
      'appendonly': { type: 'string', allowed: 'yes,no', default: 'no', modifiable: 'no' },
      'client-output-buffer-limit-normal-hard-limit': { type: 'integer', allowed: '0-', default: '0' },
      'client-output-buffer-limit-normal-soft-limit': { type: 'integer', allowed: '0-', default: '0' },
      'client-output-buffer-limit-normal-soft-seconds': { type: 'integer', allowed: '0-', default: '0' },
      'client-output-buffer-limit-pubsub-hard-limit': { type: 'integer', allowed: '0-', default: '33554432' },
      'client-output-buffer-limit-pubsub-soft-limit': { type: 'integer', allowed: '0-', default: '8388608' },
      'client-output-buffer-limit-pubsub-soft-seconds': { type: 'integer', allowed: '0-', default: '60' },
      'client-query-buffer-limit': { type: 'integer', allowed: '1048576-1073741824', default: '1073741824' },
      'cluster-enabled': { type: 'string', allowed: 'yes,no', default: 'no', modifiable: 'new-group', change: 'reboot' },
      'cluster-require-full-coverage': { type: 'string', allowed: 'yes,no', default: 'no' },
      'databases': { type: 'integer', allowed: '1-1200000', default: '16', modifiable: 'unused-group', change: 'reboot' },
      'hash-max-ziplist-entries': { type: 'integer', allowed: '0-', default: '512' },
      'hash-max-ziplist-value': { type: 'integer', allowed: '0-', default: '64' },
      'hll-sparse-max-bytes': { type: 'integer', allowed: '1-16000', default: '3000' },
      'lazyfree-lazy-eviction': { type: 'string', allowed: 'yes,no', default: 'no' },
      'lazyfree-lazy-expire': { type: 'string', allowed: 'yes,no', default: 'no' },
      'lazyfree-lazy-server-del': { type: 'string', allowed: 'yes,no', default: 'no' },
      'lfu-decay-time': { type: 'integer', allowed: '0-', default: '1' },
      'lfu-log-factor': { type: 'integer', allowed: '1-', default: '10' },
      'list-compress-depth': { type: 'integer', allowed: '0-', default: '0' },
      'list-max-ziplist-size': { type: 'integer', allowed: '-5,-4,-3,-2,-1,1-', default: '-2', modifiable: 'no' },
      'lua-time-limit': { type: 'integer', allowed: '5000', default: '5000', modifiable: 'no' },
      'maxclients': { type: 'integer', allowed: '1-65000', default: '65000', modifiable: 'no', change: 'reboot' },
      'maxmemory': { type: 'integer', default: BY_NODE_TYPE, modifiable: 'no', source: 'guide' },
      'maxmemory-policy': { type: 'string', allowed: MAXMEMORY_POLICIES, default: 'volatile-lru' },
      'maxmemory-samples': { type: 'integer', allowed: '1-', default: '3' },
      'notify-keyspace-events': { type: 'string', default: '', note: 'letters of KEg$lshzxetdmnA; AWS publishes no list' },
      'proto-max-bulk-len': { type: 'integer', allowed: '1048576-536870912', default: '536870912' },
      'repl-backlog-size': { type: 'integer', allowed: '16384-', default: '1048576' },
      'repl-backlog-ttl': { type: 'integer', allowed: '0-', default: '3600' },
      'repl-timeout': { type: 'integer', default: '60', modifiable: 'no', source: 'guide' },
      'reserved-memory-percent': { type: 'integer', allowed: '0-100', default: '25' },
      'reserved-memory': { type: 'integer', default: '0', modifiable: 'old-accounts', note: 'others use reserved-memory-percent', source: 'guide' },
      'set-max-intset-entries': { type: 'integer', allowed: '0-', default: '512' },
      'slowlog-log-slower-than': { type: 'integer', allowed: 'any integer', default: '10000', note: 'negative turns the log off, 0 logs everything' },
      'slowlog-max-len': { type: 'integer', allowed: '0-', default: '128' },
      'tcp-keepalive': { type: 'integer', allowed: '0-', default: '300' },
      'timeout': { type: 'integer', allowed: '0,20-', default: '0' },
      'zset-max-ziplist-entries': { type: 'integer', allowed: '0-', default: '128' },
      'zset-max-ziplist-value': { type: 'integer', allowed: '0-', default: '64' },
      'slave-lazy-flush': { type: 'string', allowed: 'yes,no', default: 'no', modifiable: 'no' },
      'client-output-buffer-limit-slave-hard-limit': { type: 'integer', default: BY_NODE_TYPE, modifiable: 'no', source: 'guide' },
      'client-output-buffer-limit-slave-soft-limit': { type: 'integer', default: BY_NODE_TYPE, modifiable: 'no', source: 'guide' },
      'client-output-buffer-limit-slave-soft-seconds': { type: 'integer', allowed: '0-', default: '60', modifiable: 'no' },
      'slave-allow-chaining': { type: 'string', allowed: 'yes,no', default: 'no', modifiable: 'no' },
      'min-slaves-to-write': { type: 'integer', allowed: '0-', default: '0' },
      'min-slaves-max-lag': { type: 'integer', allowed: '0-', default: '10' },
      'close-on-slave-write': { type: 'string', allowed: 'yes,no', default: 'yes' },
    },
  },
  'redis5.0': {
    basedOn: 'redis4.0',
    source: 'redis',
    removed: {
      'slave-lazy-flush': 'replica-lazy-flush',
      'client-output-buffer-limit-slave-hard-limit': 'client-output-buffer-limit-replica-hard-limit',
      'client-output-buffer-limit-slave-soft-limit': 'client-output-buffer-limit-replica-soft-limit',
      'client-output-buffer-limit-slave-soft-seconds': 'client-output-buffer-limit-replica-soft-seconds',
      'slave-allow-chaining': 'replica-allow-chaining',
      'min-slaves-to-write': 'min-replicas-to-write',
      'min-slaves-max-lag': 'min-replicas-max-lag',
      'close-on-slave-write': 'close-on-replica-write',
    },
    parameters: {
      'active-defrag-max-scan-fields': { type: 'integer', allowed: '1-1000000', default: '1000' },
      'client-output-buffer-limit-replica-soft-seconds': { type: 'integer', allowed: '0-', default: '60', modifiable: 'no' },
      'client-output-buffer-limit-replica-hard-limit': { type: 'integer', default: BY_NODE_TYPE, modifiable: 'no', source: 'guide' },
      'client-output-buffer-limit-replica-soft-limit': { type: 'integer', default: BY_NODE_TYPE, modifiable: 'no', source: 'guide' },
      'close-on-replica-write': { type: 'string', allowed: 'yes,no', default: 'yes' },
      'lua-replicate-commands': { type: 'string', allowed: 'yes,no', default: 'yes' },
      'min-replicas-max-lag': { type: 'integer', allowed: '0-', default: '10' },
      'min-replicas-to-write': { type: 'integer', allowed: '0-', default: '0' },
      'rename-commands': { type: 'string', default: '', since: '5.0.3', unsure: true, note: 'grammar not published' },
      'replica-allow-chaining': { type: 'string', allowed: 'yes,no', default: 'no', modifiable: 'no' },
      'replica-ignore-maxmemory': { type: 'string', allowed: 'yes,no', default: 'yes', modifiable: 'no' },
      'replica-lazy-flush': { type: 'string', allowed: 'yes,no', default: 'no', modifiable: 'no' },
      'stream-node-max-bytes': { type: 'integer', allowed: '0-', default: '4096' },
      'stream-node-max-entries': { type: 'integer', allowed: '0-', default: '100' },
    },
  },
  'redis6.x': {
    basedOn: 'redis5.0',
    source: 'redis6',
    removed: {
      'lua-replicate-commands': NO_SUCCESSOR,
    },
    parameters: {
      'acl-pubsub-default': { type: 'string', allowed: 'resetchannels,allchannels', default: 'allchannels', since: '6.2' },
      'cluster-allow-reads-when-down': { type: 'string', allowed: 'yes,no', default: 'no', since: '6.0' },
      'tracking-table-max-keys': { type: 'integer', default: '1000000', since: '6.0' },
      'acllog-max-len': { type: 'integer', default: '128', since: '6.0' },
      'active-expire-effort': { type: 'integer', allowed: '1-10', default: '1', since: '6.0', unsure: true, note: 'AWS prints no range' },
      'lazyfree-lazy-user-del': { type: 'string', allowed: 'yes,no', default: 'no', since: '6.0' },
    },
  },
  'redis7': {
    basedOn: 'redis6.x',
    source: 'redis7',
    removed: {
      'hash-max-ziplist-entries': 'hash-max-listpack-entries',
      'hash-max-ziplist-value': 'hash-max-listpack-value',
      'list-max-ziplist-size': NO_SUCCESSOR,
      'zset-max-ziplist-entries': 'zset-max-listpack-entries',
      'zset-max-ziplist-value': 'zset-max-listpack-value',
    },
    parameters: {
      'activerehashing': { type: 'string', allowed: 'yes,no', default: 'yes', modifiable: 'no', change: 'reboot', source: 'redis' },
      'cluster-allow-pubsubshard-when-down': { type: 'string', allowed: 'yes,no', default: 'yes' },
      'cluster-preferred-endpoint-type': { type: 'string', allowed: 'ip,tls-dynamic', default: 'tls-dynamic', note: 'default ip until 2023' },
      'latency-tracking': { type: 'string', allowed: 'yes,no', default: 'no' },
      'hash-max-listpack-entries': { type: 'integer', allowed: '0-', default: '512' },
      'hash-max-listpack-value': { type: 'integer', allowed: '0-', default: '64' },
      'zset-max-listpack-entries': { type: 'integer', allowed: '0-', default: '128' },
      'zset-max-listpack-value': { type: 'integer', allowed: '0-', default: '64' },
    },
  },
  'valkey7': {
    basedOn: 'redis7',
    source: 'redis7',
    parameters: {},
  },
  'valkey8': {
    basedOn: 'valkey7',
    source: 'valkey8',
    removed: {
      'lazyfree-lazy-eviction': NO_SUCCESSOR,
      'lazyfree-lazy-expire': NO_SUCCESSOR,
      'lazyfree-lazy-server-del': NO_SUCCESSOR,
      'replica-lazy-flush': NO_SUCCESSOR,
      'lazyfree-lazy-user-del': NO_SUCCESSOR,
    },
    parameters: {
      'maxmemory-samples': { type: 'integer', allowed: '1-64', default: '3' },
      'repl-backlog-size': { type: 'integer', allowed: '16384-', default: '10485760' },
      'extended-redis-compatibility': { type: 'string', allowed: 'yes,no', default: 'yes' },
      'commandlog-request-larger-than': { type: 'integer', default: '1048576', since: '8.1' },
      'commandlog-large-request-max-len': { type: 'integer', allowed: '0-1024', default: '128', since: '8.1' },
      'commandlog-reply-larger-than': { type: 'integer', default: '1048576', since: '8.1' },
      'commandlog-large-reply-max-len': { type: 'integer', allowed: '0-1024', default: '128', since: '8.1' },
      'search-fanout-target-mode': { type: 'string', allowed: 'client,throughput', default: 'client', since: '8.2' },
      'search-default-timeout-ms': { type: 'integer', allowed: '1-60000', default: '50000', since: '8.2' },
      'search-enable-partial-results': { type: 'string', allowed: 'yes,no', default: 'yes', since: '8.2' },
    },
  },
  'valkey9': {
    basedOn: 'valkey8',
    source: 'valkey9',
    parameters: {
      // The default that is printed lies outside of the range that is printed.
      'cluster-databases': {
        type: 'integer', allowed: '1-10000', default: '0', modifiable: 'new-group', change: 'creation', since: '9.0', unsure: true,
      },
    },
  },
  'memcached1.4': {
    source: 'memcached',
    parameters: {
      backlog_queue_limit: { type: 'integer', default: '1024', modifiable: 'no', change: 'reboot' },
      binding_protocol: { type: 'string', allowed: 'auto,ascii', default: 'auto', change: 'reboot' },
      cas_disabled: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot' },
      chunk_size: { type: 'integer', allowed: '1-1024', default: '48', change: 'reboot', unsure: true },
      chunk_size_growth_factor: { type: 'float', allowed: '1-1024', default: '1.25', change: 'reboot', unsure: true, note: 'guide: above 1' },
      error_on_memory_exhausted: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot' },
      large_memory_pages: { type: 'boolean', allowed: '0,1', default: '0', modifiable: 'no', change: 'reboot' },
      lock_down_paged_memory: { type: 'boolean', allowed: '0,1', default: '0', modifiable: 'no', change: 'reboot' },
      max_item_size: { type: 'integer', allowed: '1024-134217728', default: '1048576', change: 'reboot', unsure: true, note: 'upper bound?' },
      max_simultaneous_connections: { type: 'integer', default: '65000', modifiable: 'no', change: 'reboot' },
      maximize_core_file_limit: { type: 'boolean', allowed: '0,1', default: '0', modifiable: 'no', change: 'reboot' },
      memcached_connections_overhead: { type: 'integer', default: '100', change: 'reboot', note: 'MB; less than max_cache_memory' },
      requests_per_event: { type: 'integer', default: '20', modifiable: 'no', change: 'reboot' },
      max_cache_memory: { type: 'integer', default: BY_NODE_TYPE, modifiable: 'no', change: 'reboot' },
      num_threads: { type: 'integer', default: BY_NODE_TYPE, modifiable: 'no', change: 'reboot' },
      config_max: { type: 'integer', default: '16', modifiable: 'no', change: 'reboot', since: '1.4.14' },
      config_size_max: { type: 'integer', default: '65536', modifiable: 'no', change: 'reboot', since: '1.4.14' },
      hashpower_init: { type: 'integer', default: '16', modifiable: 'no', change: 'reboot', since: '1.4.14' },
      maxconns_fast: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.4.14' },
      slab_automove: { type: 'integer', allowed: '0,1,2', default: '0', change: 'reboot', since: '1.4.14' },
      slab_reassign: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.4.14' },
      disable_flush_all: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.4.24' },
      hash_algorithm: { type: 'string', allowed: 'murmur3,jenkins', default: 'jenkins', change: 'reboot', since: '1.4.24' },
      lru_crawler: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.4.24' },
      lru_maintainer: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.4.24' },
      expirezero_does_not_evict: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.4.24' },
      modern: { type: 'boolean', allowed: '0,1', default: '1', change: 'reboot', since: '1.4.33' },
      watch: { type: 'boolean', allowed: '0,1', default: '1', since: '1.4.33' },
      idle_timeout: { type: 'integer', allowed: '0-86400', default: '0', change: 'reboot', since: '1.4.33' },
      track_sizes: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.4.33' },
      watcher_logbuf_size: { type: 'integer', default: '256', change: 'reboot', since: '1.4.33', note: 'KB' },
      worker_logbuf_size: { type: 'integer', default: '64', change: 'reboot', since: '1.4.33', note: 'KB' },
      slab_chunk_max: { type: 'integer', default: '524288', change: 'reboot', since: '1.4.33' },
    },
  },
  'memcached1.5': {
    basedOn: 'memcached1.4',
    source: 'memcached',
    removed: {
      expirezero_does_not_evict: NO_SUCCESSOR,
      modern: NO_SUCCESSOR,
    },
    parameters: {
      no_modern: { type: 'boolean', allowed: '0,1', default: '1', change: 'reboot', since: '1.5.10' },
      inline_ascii_resp: { type: 'boolean', allowed: '0,1', default: '0', change: 'reboot', since: '1.5.10', note: 'no effect from 1.5.16' },
    },
  },
  'memcached1.6': {
    basedOn: 'memcached1.5',
    source: 'memcached',
    parameters: {},
  },
};
