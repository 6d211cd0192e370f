// Data only: the symptoms of nodes: CPU, memory, network, size. Imports nothing of CDK.
import { excessOf, totalOf, usageOf } from './metric-expressions';
import { PAGES, SymptomRow } from './symptom-row';

const MEMCACHED = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/mem-ug/CacheMetrics.WhichShouldIMonitor.html';
const MEMCACHED_METRICS = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Memcached.html';

/** Above this number of vCPUs the engine's own core is the measure, up to it the whole node. See {@link PAGES.which}. */
export const FEW_VCPUS = 2;
/** The most of a node's CPU that should be in use. */
const BUSY_PERCENT = 90;
/** One credit is one vCPU for one minute: enough for all vCPUs for so many minutes. See {@link PAGES.host}. */
const MINUTES_OF_CREDIT = 10;
/** AWS takes less for memory pressure. See {@link PAGES.which}. */
const LEAST_FREE_BYTES = 100e6;
/** Of large nodes more should be free than that. */
const LEAST_FREE_SHARE = 0.05;
/** Between these percentages of memory a node has the right size, for a day. */
const SIZE_PERCENT = { under: 50, over: 80 };
const DAY = { minutes: 24 * 60, period: 3600 };

const UNDER_USED = {
  means: 'Over a whole day no node used half of its memory: you pay for more than you need.',
  first: 'Check that the load of that day was normal; then choose a smaller node type, or fewer shards.',
};
const OVER_USED = {
  means: 'Over a whole day a node used most of its memory: little is left for growth, backups and failovers.',
  first: 'Check expiries; then choose a larger node type, or more shards.',
};

export const NODE_SYMPTOMS = {
  engineCpu: {
    id: 'EngineCpu',
    metrics: ['engineCpuUtilization'],
    kinds: ['replicationGroup'],
    threshold: () => BUSY_PERCENT,
    why: '90 % of the core, as AWS recommends',
    warning: 0.8,
    minutes: 5,
    means: 'The engine uses nearly all of its core: commands wait.',
    first: 'Look for slow commands in the slow log; then read from replicas, add shards, or choose a faster node type.',
    source: PAGES.recommended,
  },
  hostCpu: {
    id: 'HostCpu',
    metrics: ['cpuUtilization'],
    kinds: ['replicationGroup'],
    needs: 'nodeType when the cache is imported',
    threshold: ({ vcpus }) => vcpus === undefined ? undefined : vcpus <= FEW_VCPUS ? Math.round(BUSY_PERCENT / vcpus) : BUSY_PERCENT,
    why: '90 % divided by one or two vCPUs, as AWS recommends: one busy core is as much as the engine can use; 90 % on larger nodes',
    warning: 0.8,
    minutes: 5,
    means: 'A node is short of CPU: commands wait.',
    first: 'Look for slow commands in the slow log; then choose a larger node type, or add replicas for reads.',
    source: PAGES.which,
  },
  memcachedCpu: {
    id: 'MemcachedCpu',
    metrics: ['cpuUtilization'],
    kinds: ['memcached'],
    // All cores work for Memcached, so that their number does not matter.
    threshold: () => BUSY_PERCENT,
    why: '90 % of all cores, as AWS recommends for Memcached',
    warning: 0.8,
    minutes: 5,
    means: 'A node is short of CPU: commands wait.',
    first: 'Look for keys that nearly all clients ask for; then add nodes, or choose a larger node type.',
    source: PAGES.which,
  },
  cpuCredits: {
    id: 'CpuCredits',
    metrics: ['cpuCreditBalance'],
    kinds: ['replicationGroup', 'memcached'],
    below: true,
    needs: 'nodeType when the cache is imported',
    threshold: ({ vcpus }) => vcpus === undefined ? undefined : vcpus * MINUTES_OF_CREDIT,
    why: 'ten credits a vCPU, which is ten minutes of full use; ours',
    warning: 3,
    minutes: 15,
    period: 300,
    means: 'A burstable node has nearly spent its CPU credits: without any it falls back to a fraction of its CPU.',
    first: 'Check whether the load will last; then choose a node type that is not burstable.',
    source: PAGES.host,
  },
  memory: {
    id: 'Memory',
    metrics: ['databaseMemoryUsagePercentage'],
    tieredMetric: 'databaseCapacityUsagePercentage',
    kinds: ['replicationGroup'],
    threshold: () => 80,
    why: '80 %, which leaves time to act; ours',
    warning: 0.875,
    minutes: 5,
    means: 'A node is short of memory: soon keys are evicted or writes refused.',
    first: 'Check expiries and large keys; then choose a larger node type.',
    source: PAGES.recommended,
  },
  freeableMemory: {
    id: 'FreeableMemory',
    metrics: ['freeableMemory'],
    kinds: ['replicationGroup', 'memcached'],
    below: true,
    threshold: ({ memoryBytes = 0 }) => Math.round(Math.max(LEAST_FREE_BYTES, memoryBytes * LEAST_FREE_SHARE)),
    why: '100 MB, which AWS takes for memory pressure, or 5 % of the node\'s memory when that is more',
    warning: 1.5,
    minutes: 5,
    means: 'A node has hardly any free memory: backups and failovers may fail, and the node may swap.',
    first: 'Check the buffers of slow clients and reserved-memory-percent; then choose a larger node type.',
    runbooks: {
      memcached: {
        means: 'A node has hardly any free memory: it may swap.',
        first: 'Check the number of connections and memcached_connections_overhead; then choose a larger node type.',
      },
    },
    source: PAGES.which,
  },
  swap: {
    id: 'Swap',
    metrics: ['swapUsage'],
    kinds: ['memcached'],
    threshold: () => 50 * 1024 * 1024,
    why: '50 MB, as AWS recommends for Memcached',
    warning: 0.5,
    minutes: 5,
    means: 'A node moves memory to disk: commands wait.',
    first: 'Check the number of connections; then raise memcached_connections_overhead, or choose a larger node type.',
    source: MEMCACHED,
  },
  swapPressure: {
    id: 'SwapPressure',
    metrics: ['swapUsage', 'freeableMemory'],
    expression: excessOf,
    kinds: ['replicationGroup'],
    threshold: () => 0,
    why: 'more swap than free memory, which AWS takes for memory pressure',
    minutes: 5,
    means: 'A node has moved more memory to disk than it has free: commands wait.',
    first: 'Check whether a backup runs, the buffers of slow clients, and reserved-memory-percent; then choose a larger node type.',
    source: PAGES.which,
  },
  networkAllowance: {
    id: 'NetworkAllowance',
    metrics: [
      'networkBandwidthInAllowanceExceeded', 'networkBandwidthOutAllowanceExceeded', 'networkConntrackAllowanceExceeded',
      'networkPacketsPerSecondAllowanceExceeded',
    ],
    expression: totalOf,
    kinds: ['replicationGroup', 'memcached'],
    threshold: () => 0,
    why: 'any packet that waits or is lost',
    minutes: 5,
    means: 'A node\'s network takes no more: packets wait or are lost.',
    first: 'Look for large values and for clients that connect anew for every request; then choose a node type with more network, or spread the load.',
    source: PAGES.host,
  },
  underUsed: {
    id: 'UnderUsed',
    metrics: ['databaseMemoryUsagePercentage'],
    tieredMetric: 'databaseCapacityUsagePercentage',
    kinds: ['replicationGroup'],
    below: true,
    threshold: () => SIZE_PERCENT.under,
    why: 'half of the memory of the fullest node, for a day; ours',
    ...DAY,
    ...UNDER_USED,
    source: PAGES.engine,
  },
  overUsed: {
    id: 'OverUsed',
    metrics: ['databaseMemoryUsagePercentage'],
    tieredMetric: 'databaseCapacityUsagePercentage',
    kinds: ['replicationGroup'],
    threshold: () => SIZE_PERCENT.over,
    why: '80 % of the memory of the fullest node, for a day; ours',
    ...DAY,
    ...OVER_USED,
    source: PAGES.engine,
  },
  memcachedUnderUsed: {
    id: 'MemcachedUnderUsed',
    metrics: ['bytesUsedForCacheItems', 'unusedMemory'],
    expression: usageOf,
    kinds: ['memcached'],
    below: true,
    threshold: () => SIZE_PERCENT.under,
    why: 'half of the memory of the fullest node, for a day; ours',
    ...DAY,
    ...UNDER_USED,
    source: MEMCACHED_METRICS,
  },
  memcachedOverUsed: {
    id: 'MemcachedOverUsed',
    metrics: ['bytesUsedForCacheItems', 'unusedMemory'],
    expression: usageOf,
    kinds: ['memcached'],
    threshold: () => SIZE_PERCENT.over,
    why: '80 % of the memory of the fullest node, for a day; ours',
    ...DAY,
    ...OVER_USED,
    source: MEMCACHED_METRICS,
  },
} as const satisfies Record<string, SymptomRow>;
