import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CacheDefaults } from './cache-defaults';
import { CacheTopology } from './cache-topology';
import { LogDelivery } from '../logging/log-delivery';
import { CacheSymptom } from '../monitoring/cache-symptom';
import { CacheNodeType } from '../node-type/cache-node-type';
import { MaxmemoryPolicy } from '../parameters/maxmemory-policy';
import { Parameters } from '../parameters/parameters';
import { written } from '../private/props';

/** Where an eviction is a loss: the first one counts. */
const FIRST_EVICTION = { evictionsPerMinute: 0, evictionMinutes: 1 };

/**
 * A named set of defaults: for a stage, for a workload, or of an organisation.
 *
 * For each setting the order is: the prop of the cache, the option of its topology, the profile, the library.
 *
 * @example
 * const ours = CacheProfile.of('ours', { backupRetention: Duration.days(14), maintenanceWindow: MaintenanceWindow.of('tue:02:00-tue:03:00') });
 * new CacheCluster(this, 'Orders', { vpc, profile: CacheProfile.combine(CacheProfile.PRODUCTION, ours) });
 */
export class CacheProfile {
  /**
   * The cheap one, for data that may be lost: a single `cache.t4g.micro` node, no backups, no logs, deleted with its stack.
   */
  public static readonly DEVELOPMENT = CacheProfile.of('DEVELOPMENT', {
    topology: CacheTopology.singleNode(),
    nodeType: CacheNodeType.T4G_MICRO,
    backupRetention: Duration.days(0),
    slowLog: LogDelivery.none(),
    engineLog: LogDelivery.none(),
    removalPolicy: RemovalPolicy.DESTROY,
  });

  /**
   * For steady load: `cache.m7g.large` nodes, whose CPU is not metered by credits, with a replica in another zone; backups for 15 days, logs for
   * three months.
   */
  public static readonly PRODUCTION = CacheProfile.of('PRODUCTION', {
    topology: CacheTopology.replicated(),
    nodeType: CacheNodeType.M7G_LARGE,
    backupRetention: Duration.days(15),
    slowLog: LogDelivery.cloudWatch({ retention: RetentionDays.THREE_MONTHS }),
    engineLog: LogDelivery.cloudWatch({ retention: RetentionDays.THREE_MONTHS }),
    removalPolicy: RemovalPolicy.SNAPSHOT,
  });

  /**
   * In front of a database: whatever is evicted can be read again, so that any key may go when memory is full. Full memory and evictions are
   * normal and raise no alarm; a hit rate below 80 % does.
   *
   * The engine's setting is for Valkey and Redis OSS on nodes; a serverless cache, which has no settings, evicts keys with an expiry alone.
   *
   * @see https://valkey.io/topics/lru-cache
   */
  public static readonly DATABASE_CACHE = CacheProfile.of('DATABASE_CACHE', {
    parameters: Parameters.custom({ 'maxmemory-policy': MaxmemoryPolicy.ALLKEYS_LRU }),
    alarmThresholds: { without: [CacheSymptom.EVICTIONS, CacheSymptom.MEMORY], hitRatePercent: 80 },
  });

  /**
   * Sessions, which have an expiry: when memory is full those that were not used for longest go first, and never keys without an expiry.
   * An eviction logs somebody out, so that the first one raises an alarm.
   *
   * @see https://valkey.io/topics/lru-cache
   */
  public static readonly SESSION_STORE = CacheProfile.of('SESSION_STORE', {
    parameters: Parameters.custom({ 'maxmemory-policy': MaxmemoryPolicy.VOLATILE_LRU }),
    alarmThresholds: FIRST_EVICTION,
  });

  /**
   * A queue of jobs: an eviction is a lost job, so that nothing is evicted; when memory is full writes fail. The alarm on memory goes off
   * earlier, and the first eviction raises one. For BullMQ, Sidekiq and their like. Not for serverless caches, which evict keys with an expiry.
   *
   * @see https://docs.bullmq.io/guide/redis-tm-hosting/aws-elasticache
   */
  public static readonly JOB_QUEUE = CacheProfile.of('JOB_QUEUE', {
    parameters: Parameters.custom({ 'maxmemory-policy': MaxmemoryPolicy.NO_EVICTION }),
    alarmThresholds: { ...FIRST_EVICTION, memoryPercent: 70 },
  });

  /**
   * Sorted sets without an expiry, which no other place has: nothing is evicted; when memory is full writes fail. The alarm on memory goes off
   * earlier, and so does that on replicas that are behind, because ranks are read from them.
   *
   * @see https://valkey.io/topics/lru-cache
   */
  public static readonly LEADERBOARD = CacheProfile.of('LEADERBOARD', {
    parameters: Parameters.custom({ 'maxmemory-policy': MaxmemoryPolicy.NO_EVICTION }),
    alarmThresholds: { ...FIRST_EVICTION, memoryPercent: 70, replicationLag: Duration.seconds(5) },
  });

  /**
   * Counters with a short expiry: when memory is full those that were not used for longest go first. An eviction forgets somebody's count, so that
   * the first one raises an alarm. Nothing is worth a backup.
   *
   * @see https://valkey.io/topics/lru-cache
   */
  public static readonly RATE_LIMITER = CacheProfile.of('RATE_LIMITER', {
    parameters: Parameters.custom({ 'maxmemory-policy': MaxmemoryPolicy.VOLATILE_LRU }),
    backupRetention: Duration.days(0),
    alarmThresholds: FIRST_EVICTION,
  });

  /**
   * A profile of your own.
   *
   * @param name its name
   * @param defaults its defaults; what is left out keeps the library's
   */
  public static of(name: string, defaults: CacheDefaults): CacheProfile {
    return new CacheProfile(name, defaults);
  }

  /**
   * Several profiles as one. For each setting the last profile that has it wins; `parameters` are merged name by name, `alarmThresholds` one by one.
   *
   * @param profiles the profiles, the most important last
   */
  public static combine(...profiles: CacheProfile[]): CacheProfile {
    const name = profiles.map((profile) => profile.name).join('+');
    const parameters = profiles.flatMap((profile) => profile.defaults.parameters ?? []);
    const thresholds = profiles.flatMap((profile) => profile.defaults.alarmThresholds ?? []);
    const merged: CacheDefaults = Object.assign({}, ...profiles.map((profile) => written(profile.defaults)));
    return new CacheProfile(name, {
      ...merged,
      ...parameters.length > 0 ? { parameters: Parameters.combine(...parameters) } : {},
      ...thresholds.length > 0 ? { alarmThresholds: Object.assign({}, ...thresholds.map(written)) } : {},
    });
  }

  /** The name of the profile. */
  public readonly name: string;
  /** The defaults of the profile. */
  public readonly defaults: CacheDefaults;

  private constructor(name: string, defaults: CacheDefaults) {
    this.name = name;
    this.defaults = defaults;
  }
}
