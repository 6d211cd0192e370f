import type { Symptom } from './symptom-table';
import { AlarmThresholds } from '../alarm-thresholds';

/** The threshold that was given for a symptom, in the unit of its metric. Symptoms that are not named here have none in `AlarmThresholds`. */
export const GIVEN: Readonly<Partial<Record<Symptom, (given: AlarmThresholds) => number | undefined>>> = {
  engineCpu: ({ engineCpuPercent }) => engineCpuPercent,
  hostCpu: ({ hostCpuPercent }) => hostCpuPercent,
  memcachedCpu: ({ hostCpuPercent }) => hostCpuPercent,
  memory: ({ memoryPercent }) => memoryPercent,
  evictions: ({ evictionsPerMinute }) => evictionsPerMinute,
  connections: ({ connections }) => connections,
  replicationLag: ({ replicationLag }) => replicationLag?.toSeconds({ integral: false }),
  swap: ({ swapUsage }) => swapUsage?.toBytes(),
  throttledCommands: ({ throttledCommandsPerMinute }) => throttledCommandsPerMinute,
};

/** The same for symptoms that nobody is recommended an alarm for: a threshold that is given asks for one. */
export const ASKING: typeof GIVEN = {
  hitRate: ({ hitRatePercent }) => hitRatePercent,
  memcachedHitRate: ({ hitRatePercent }) => hitRatePercent,
  cpuCredits: ({ cpuCredits }) => cpuCredits,
  freeableMemory: ({ freeableMemory }) => freeableMemory?.toBytes(),
  newConnections: ({ newConnectionsPerMinute }) => newConnectionsPerMinute,
  globalReplicationLag: ({ globalReplicationLag }) => globalReplicationLag?.toSeconds({ integral: false }),
  durabilityLag: ({ durabilityLag }) => durabilityLag?.toMilliseconds({ integral: false }),
  authenticationFailures: ({ authenticationFailuresPerMinute }) => authenticationFailuresPerMinute,
  authorizationFailures: ({ authorizationFailuresPerMinute }) => authorizationFailuresPerMinute,
  serverlessAuthorizationFailures: ({ authorizationFailuresPerMinute }) => authorizationFailuresPerMinute,
  readLatency: ({ readLatency }) => microseconds(readLatency?.toMilliseconds({ integral: false })),
  writeLatency: ({ writeLatency }) => microseconds(writeLatency?.toMilliseconds({ integral: false })),
  underUsed: ({ underUsedPercent }) => underUsedPercent,
  memcachedUnderUsed: ({ underUsedPercent }) => underUsedPercent,
  overUsed: ({ overUsedPercent }) => overUsedPercent,
  memcachedOverUsed: ({ overUsedPercent }) => overUsedPercent,
};

function microseconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds * 1000;
}
