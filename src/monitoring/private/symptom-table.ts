// Data only: the symptoms that alarms watch for. Imports nothing of CDK.
import { CacheKind, METRICS, MetricRow } from './metric-catalog';

const RECOMMENDED = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache';
const SCALING = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html';
const MEMCACHED = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/mem-ug/CacheMetrics.WhichShouldIMonitor.html';
const WHICH = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html';

/** Above this number of vCPUs the engine's own core is the measure, up to it the whole node. See {@link WHICH}. */
export const FEW_VCPUS = 2;
/** The most of a node's CPU that should be in use. */
const BUSY_PERCENT = 90;

/** The share of a limit of its own that a serverless cache should use at most, in percent. See {@link SCALING}. */
export const NEAR_LIMIT_PERCENT = 75;
const SECONDS_PER_MINUTE = 60;
/** The service's GB; the smaller reading, with which an alarm goes off earlier. */
const BYTES_PER_GIGABYTE = 1e9;

/** What limits a serverless cache, as far as it is known, and the percentage of it that may be used. */
export interface LimitFacts {
  readonly maxStorageGigabytes?: number;
  readonly maxEcpuPerSecond?: number;
  readonly storagePercent?: number;
  readonly ecpuPercent?: number;
}

export interface SymptomRow {
  /** The id of the alarm when none is given. */
  readonly id: string;
  readonly metric: keyof typeof METRICS;
  /** The kinds of cache that the row is about. */
  readonly kinds: readonly CacheKind[];
  /** The threshold for a node with a number of vCPUs, or for limits; `undefined` when it needs what is not known. */
  readonly threshold: (vcpus: number | undefined, limits?: LimitFacts) => number | undefined;
  /** What to give so that the threshold follows, for the error when it does not. */
  readonly needs?: string;
  /** How many minutes in a row must be beyond the threshold. */
  readonly minutes: number;
  /** What it means and what to do first. */
  readonly description: string;
  /** The same where it is another for a kind of cache. */
  readonly descriptions?: Readonly<Partial<Record<CacheKind, string>>>;
  readonly source: string;
}

export const SYMPTOMS = {
  engineCpu: {
    id: 'EngineCpu',
    metric: 'engineCpuUtilization',
    kinds: ['replicationGroup'],
    threshold: () => BUSY_PERCENT,
    minutes: 5,
    description: 'The engine uses nearly all of its core: commands wait. Look for slow commands in the slow log; then read from replicas, add shards, ' +
      'or choose a faster node type.',
    source: RECOMMENDED,
  },
  hostCpu: {
    id: 'HostCpu',
    metric: 'cpuUtilization',
    kinds: ['replicationGroup'],
    needs: 'nodeType when the cache is imported',
    threshold: (vcpus) => vcpus === undefined ? undefined : vcpus <= FEW_VCPUS ? Math.round(BUSY_PERCENT / vcpus) : BUSY_PERCENT,
    minutes: 5,
    description: 'A node is short of CPU: commands wait. Look for slow commands in the slow log; then choose a larger node type, or add replicas for reads.',
    source: WHICH,
  },
  memory: {
    id: 'Memory',
    metric: 'databaseMemoryUsagePercentage',
    kinds: ['replicationGroup'],
    threshold: () => 80,
    minutes: 5,
    description: 'A node is short of memory: soon keys are evicted or writes refused. Check expiries and large keys; then choose a larger node type.',
    source: RECOMMENDED,
  },
  evictions: {
    id: 'Evictions',
    metric: 'evictions',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    threshold: () => 100,
    minutes: 5,
    description: 'Keys are evicted because memory is full. Fine for a pure cache with a good hit rate; data loss for anything else. ' +
      'Check expiries; then choose a larger node type.',
    descriptions: {
      serverless: 'Keys are evicted because the cache has reached the maximum of its storage. Fine for a pure cache with a good hit rate; data loss for ' +
        'anything else. Check expiries; then raise the maximum.',
    },
    source: WHICH,
  },
  connections: {
    id: 'Connections',
    metric: 'currConnections',
    kinds: ['replicationGroup', 'memcached', 'serverless'],
    threshold: () => 52000,
    minutes: 10,
    description: 'A node nears the 65,000 connections that it can hold. Look for clients that connect anew for every request, and reuse connections.',
    descriptions: {
      serverless: 'The cache has many connections. Look for clients that connect anew for every request, and reuse connections.',
    },
    source: RECOMMENDED,
  },
  replicationLag: {
    id: 'ReplicationLag',
    metric: 'replicationLag',
    kinds: ['replicationGroup'],
    threshold: () => 10,
    minutes: 15,
    description: 'A replica is behind its primary: reads from it are old, and a failover now would lose writes. ' +
      'Look for bursts of writes and a full network; then choose a larger node type.',
    source: RECOMMENDED,
  },
  memcachedCpu: {
    id: 'MemcachedCpu',
    metric: 'cpuUtilization',
    kinds: ['memcached'],
    // All cores work for Memcached, so that their number does not matter.
    threshold: () => BUSY_PERCENT,
    minutes: 5,
    description: 'A node is short of CPU: commands wait. Look for keys that nearly all clients ask for; then add nodes, or choose a larger node type.',
    source: WHICH,
  },
  swap: {
    id: 'Swap',
    metric: 'swapUsage',
    kinds: ['memcached'],
    threshold: () => 50 * 1024 * 1024,
    minutes: 5,
    description: 'A node moves memory to disk: commands wait. Check the number of connections; then raise memcached_connections_overhead, ' +
      'or choose a larger node type.',
    source: MEMCACHED,
  },
  throttledCommands: {
    id: 'ThrottledCommands',
    metric: 'throttledCmds',
    kinds: ['serverless'],
    threshold: () => 0,
    minutes: 5,
    description: 'Commands are throttled: the cache is at the maximum of its processing units, or its use grew faster than it can grow. ' +
      'Look for bursts; then raise the maximum, or a minimum ahead of the next burst.',
    source: SCALING,
  },
  storage: {
    id: 'Storage',
    metric: 'bytesUsedForCache',
    kinds: ['serverless'],
    needs: 'a maxStorage in the limits of the cache',
    threshold: (_: number | undefined, limits?: LimitFacts) => shareOf(limits?.maxStorageGigabytes, BYTES_PER_GIGABYTE, limits?.storagePercent),
    minutes: 5,
    description: 'The cache nears the maximum of its storage: beyond it keys are evicted or writes refused. Check expiries and large keys; ' +
      'then raise the maximum.',
    source: SCALING,
  },
  ecpu: {
    id: 'Ecpu',
    metric: 'elastiCacheProcessingUnits',
    kinds: ['serverless'],
    needs: 'a maxEcpuPerSecond in the limits of the cache',
    // The metric counts the units of a minute, the limit those of a second.
    threshold: (_: number | undefined, limits?: LimitFacts) => shareOf(limits?.maxEcpuPerSecond, SECONDS_PER_MINUTE, limits?.ecpuPercent),
    minutes: 5,
    description: 'The cache nears the maximum of its processing units: beyond it commands are throttled. Look for commands on large values; ' +
      'then raise the maximum.',
    source: SCALING,
  },
  readLatency: {
    id: 'ReadLatency',
    metric: 'successfulReadRequestLatency',
    kinds: ['replicationGroup', 'serverless'],
    threshold: () => undefined,
    minutes: 5,
    description: 'Reads are slow. Look for commands on large values and for clients in other zones.',
    source: WHICH,
  },
  writeLatency: {
    id: 'WriteLatency',
    metric: 'successfulWriteRequestLatency',
    kinds: ['replicationGroup', 'serverless'],
    threshold: () => undefined,
    minutes: 5,
    description: 'Writes are slow. Look for commands on large values and for clients in other zones.',
    source: WHICH,
  },
} as const satisfies Record<string, SymptomRow>;

function shareOf(limit: number | undefined, unit: number, percent: number = NEAR_LIMIT_PERCENT): number | undefined {
  return limit === undefined ? undefined : limit * unit * percent / 100;
}

export type Symptom = keyof typeof SYMPTOMS;

/**
 * The symptoms that the recommended alarms watch for, in their order. Which CPU it is for a replication group follows from thresholds and vCPUs;
 * those whose threshold does not follow from what is known are left out.
 */
export const RECOMMENDED_SYMPTOMS: Readonly<Record<CacheKind, readonly Symptom[]>> = {
  replicationGroup: ['engineCpu', 'hostCpu', 'memory', 'evictions', 'connections', 'replicationLag'],
  memcached: ['memcachedCpu', 'evictions', 'connections', 'swap'],
  serverless: ['evictions', 'throttledCommands', 'storage', 'ecpu'],
};

/** The symptoms that stand for another one for some kinds of cache: the same metric, other thresholds and advice. */
const INSTEAD: readonly (readonly [Symptom, Symptom])[] = [['hostCpu', 'memcachedCpu']];

/** The symptom as a kind of cache has it. */
export function symptomFor(symptom: Symptom, kind: CacheKind): Symptom {
  const fits = (candidate: Symptom) => (SYMPTOMS[candidate].kinds as readonly CacheKind[]).includes(kind);
  return fits(symptom) ? symptom : INSTEAD.find(([one, other]) => one === symptom && fits(other))?.[1] ?? symptom;
}

/** The metric of a symptom. */
export function metricOf(symptom: Symptom): MetricRow {
  return METRICS[SYMPTOMS[symptom].metric];
}
