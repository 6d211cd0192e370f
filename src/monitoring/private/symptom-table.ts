// Data only: the symptoms that alarms watch for. Imports nothing of CDK.
import { CacheKind, METRICS, MetricRow } from './metric-catalog';

const RECOMMENDED = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache';
const MEMCACHED = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/mem-ug/CacheMetrics.WhichShouldIMonitor.html';
const WHICH = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html';

/** Above this number of vCPUs the engine's own core is the measure, up to it the whole node. See {@link WHICH}. */
export const FEW_VCPUS = 2;
/** The most of a node's CPU that should be in use. */
const BUSY_PERCENT = 90;

export interface SymptomRow {
  /** The id of the alarm when none is given. */
  readonly id: string;
  readonly metric: keyof typeof METRICS;
  /** The kinds of cache that the row is about. */
  readonly kinds: readonly CacheKind[];
  /** The threshold for a node with a number of vCPUs; `undefined` when it needs the number and it is not known. */
  readonly threshold: (vcpus: number | undefined) => number | undefined;
  /** How many minutes in a row must be beyond the threshold. */
  readonly minutes: number;
  /** What it means and what to do first. */
  readonly description: string;
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
    kinds: ['replicationGroup', 'memcached'],
    threshold: () => 100,
    minutes: 5,
    description: 'Keys are evicted because memory is full. Fine for a pure cache with a good hit rate; data loss for anything else. ' +
      'Check expiries; then choose a larger node type.',
    source: WHICH,
  },
  connections: {
    id: 'Connections',
    metric: 'currConnections',
    kinds: ['replicationGroup', 'memcached'],
    threshold: () => 52000,
    minutes: 10,
    description: 'A node nears the 65,000 connections that it can hold. Look for clients that connect anew for every request, and reuse connections.',
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
} as const satisfies Record<string, SymptomRow>;

export type Symptom = keyof typeof SYMPTOMS;

/** The symptoms that the recommended alarms watch for, in their order. Which CPU it is for a replication group follows from thresholds and vCPUs. */
export const RECOMMENDED_SYMPTOMS: Readonly<Record<CacheKind, readonly Symptom[]>> = {
  replicationGroup: ['engineCpu', 'hostCpu', 'memory', 'evictions', 'connections', 'replicationLag'],
  memcached: ['memcachedCpu', 'evictions', 'connections', 'swap'],
  serverless: [],
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
