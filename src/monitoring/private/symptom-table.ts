// Data only: the symptoms that alarms watch for. Imports nothing of CDK.
import { CLIENT_SYMPTOMS } from './client-symptoms';
import { METRICS } from './metric-catalog';
import { CacheKind, MetricRow } from './metric-row';
import { NODE_SYMPTOMS } from './node-symptoms';
import { SERVERLESS_SYMPTOMS } from './serverless-symptoms';
import { Runbook, SymptomRow } from './symptom-row';

export { FEW_VCPUS } from './node-symptoms';
export * from './symptom-row';

export const SYMPTOMS = { ...NODE_SYMPTOMS, ...CLIENT_SYMPTOMS, ...SERVERLESS_SYMPTOMS };

export type Symptom = keyof typeof SYMPTOMS;

/** Something that should not happen, and that no metric of the cache tells. */
export interface Failure extends Runbook {
  /** How the alarm goes off, for the guide. */
  readonly why: string;
  /** What it watches, for the guide. */
  readonly watches: string;
  readonly source: string;
}

/** What someone should know whose rotation function failed. Its metric is the function's, so that it is no row. */
export const FAILED_ROTATION: Failure = {
  means: 'The rotation of the password failed: sooner or later clients are locked out.',
  first: 'Read the log of the rotation function; then start the rotation again.',
  why: 'any error of the function',
  watches: 'errors of the function that rotates the password',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html',
};

/** What someone should know of whose cache a backup failed. It is told in an event, so that it is no row. */
export const FAILED_SNAPSHOT: Failure = {
  means: 'A backup failed: of that time there is no data to go back to.',
  first: 'Read the events of the cache for the reason; check how much memory is free for it, then take a backup by hand.',
  why: 'any backup that failed',
  watches: 'messages in a queue that events of failed backups go to',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html',
};

/**
 * The symptoms that the recommended alarms watch for, in their order. Which CPU it is for a replication group follows from thresholds and vCPUs;
 * those whose threshold does not follow from what is known are left out.
 */
export const RECOMMENDED_SYMPTOMS: Readonly<Record<CacheKind, readonly Symptom[]>> = {
  replicationGroup: ['engineCpu', 'hostCpu', 'memory', 'evictions', 'connections', 'replicationLag'],
  memcached: ['memcachedCpu', 'evictions', 'connections', 'swap'],
  serverless: ['evictions', 'throttledCommands', 'storage', 'ecpu'],
};

/** The symptoms that stand for another one for some kinds of cache: other metrics, thresholds and advice. */
const INSTEAD: readonly (readonly [Symptom, Symptom])[] = [
  ['hostCpu', 'memcachedCpu'], ['swap', 'swapPressure'], ['underUsed', 'memcachedUnderUsed'], ['overUsed', 'memcachedOverUsed'],
  ['hitRate', 'memcachedHitRate'], ['authorizationFailures', 'serverlessAuthorizationFailures'],
];

/** The symptoms that people ask for; the others stand for one of them. */
export const ASKED_SYMPTOMS = (Object.keys(SYMPTOMS) as Symptom[]).filter((symptom) => !INSTEAD.some(([, other]) => other === symptom));

/** The row of a symptom. */
export function symptomRow(symptom: Symptom): SymptomRow {
  return SYMPTOMS[symptom];
}

/** The symptom as a kind of cache, and its engine if it is known, has it. */
export function symptomFor(symptom: Symptom, kind: CacheKind, engine?: string): Symptom {
  const fitting = variantsOf(symptom).filter((variant) => symptomRow(variant).kinds.includes(kind));
  return fitting.find((variant) => engine === undefined || (metricOf(variant).engines?.includes(engine) ?? true)) ?? fitting[0] ?? symptom;
}

/** The kinds of cache that have a symptom, or one that stands for it. */
export function kindsWith(symptom: Symptom): CacheKind[] {
  const has = (kind: CacheKind) => variantsOf(symptom).some((variant) => symptomRow(variant).kinds.includes(kind));
  return (Object.keys(RECOMMENDED_SYMPTOMS) as CacheKind[]).filter(has);
}

function variantsOf(symptom: Symptom): Symptom[] {
  return [symptom, ...INSTEAD.filter(([one]) => one === symptom).map(([, other]) => other)];
}

/** The symptom that one stands for. */
export function askedFor(symptom: Symptom): Symptom {
  return INSTEAD.find(([, other]) => other === symptom)?.[0] ?? symptom;
}

/** The metric of a symptom, the first of several. */
export function metricOf(symptom: Symptom): MetricRow {
  return METRICS[symptomRow(symptom).metrics[0]];
}
