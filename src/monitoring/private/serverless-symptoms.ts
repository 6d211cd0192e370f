// Data only: the symptoms of serverless caches alone. Imports nothing of CDK.
import { PAGES, SymptomRow } from './symptom-row';

/** The share of a limit of its own that a serverless cache should use at most, in percent. See {@link PAGES.scaling}. */
export const NEAR_LIMIT_PERCENT = 75;
const SECONDS_PER_MINUTE = 60;
/** The service's GB; the smaller reading, with which an alarm goes off earlier. */
const BYTES_PER_GIGABYTE = 1e9;

export const SERVERLESS_SYMPTOMS = {
  throttledCommands: {
    id: 'ThrottledCommands',
    metrics: ['throttledCmds'],
    kinds: ['serverless'],
    threshold: () => 0,
    why: 'any command that is throttled',
    minutes: 5,
    means: 'Commands are throttled: the cache is at the maximum of its processing units, or its use grew faster than it can grow.',
    first: 'Look for bursts; then raise the maximum, or a minimum ahead of the next burst.',
    source: PAGES.scaling,
  },
  storage: {
    id: 'Storage',
    metrics: ['bytesUsedForCache'],
    kinds: ['serverless'],
    needs: 'a maxStorage in the limits of the cache, and a storagePercent that is no token',
    threshold: ({ maxStorageGigabytes, storagePercent }) => shareOf(maxStorageGigabytes, BYTES_PER_GIGABYTE, storagePercent),
    why: '75 % of the maximum that was set, as AWS recommends',
    warning: 0.8,
    minutes: 5,
    means: 'The cache nears the maximum of its storage: beyond it keys are evicted or writes refused.',
    first: 'Check expiries and large keys; then raise the maximum.',
    source: PAGES.scaling,
  },
  ecpu: {
    id: 'Ecpu',
    metrics: ['elastiCacheProcessingUnits'],
    kinds: ['serverless'],
    needs: 'a maxEcpuPerSecond in the limits of the cache, and an ecpuPercent that is no token',
    // The metric counts the units of a minute, the limit those of a second.
    threshold: ({ maxEcpuPerSecond, ecpuPercent }) => shareOf(maxEcpuPerSecond, SECONDS_PER_MINUTE, ecpuPercent),
    why: '75 % of the maximum that was set, as AWS recommends',
    warning: 0.8,
    minutes: 5,
    means: 'The cache nears the maximum of its processing units: beyond it commands are throttled.',
    first: 'Look for commands on large values; then raise the maximum.',
    source: PAGES.scaling,
  },
} as const satisfies Record<string, SymptomRow>;

function shareOf(limit: number | undefined, unit: number, percent: number = NEAR_LIMIT_PERCENT): number | undefined {
  return limit === undefined ? undefined : limit * unit * percent / 100;
}
