import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CacheDefaults } from './cache-defaults';
import { CacheTopology } from './cache-topology';
import { LogDelivery } from '../logging/log-delivery';
import { CacheNodeType } from '../node-type/cache-node-type';
import { Parameters } from '../parameters/parameters';

/**
 * A named set of defaults: for a stage, for a workload, or of an organisation.
 *
 * For each setting the order is: the prop of the cache, the option of its topology, the profile, the library.
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
   * A profile of your own.
   *
   * @param name its name
   * @param defaults its defaults; what is left out keeps the library's
   */
  public static of(name: string, defaults: CacheDefaults): CacheProfile {
    return new CacheProfile(name, defaults);
  }

  /**
   * Several profiles as one. For each setting the last profile that has it wins; `parameters` are merged name by name.
   *
   * @param profiles the profiles, the most important last
   */
  public static combine(...profiles: CacheProfile[]): CacheProfile {
    const name = profiles.map((profile) => profile.name).join('+');
    const parameters = profiles.flatMap((profile) => profile.defaults.parameters ?? []);
    const merged: CacheDefaults = Object.assign({}, ...profiles.map((profile) => written(profile.defaults)));
    return new CacheProfile(name, parameters.length > 0 ? { ...merged, parameters: Parameters.combine(...parameters) } : merged);
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

/** The fields that hold a value: one set to `undefined` must not hide that of another profile. */
function written(defaults: CacheDefaults): CacheDefaults {
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined));
}
