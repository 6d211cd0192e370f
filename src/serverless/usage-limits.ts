import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { LimitRow, limitProblems, LIMITS } from './private/serverless-table';
import { fail } from '../private/errors';

/** Between what a serverless cache scales. What is left out is not limited. */
export interface UsageLimitsOptions {
  /**
   * The storage that is kept ready, and billed, even when less is used: 1 to 5,000 GB in whole GB, 0 for no minimum.
   *
   * @default - no minimum: the service scales down to what is used
   */
  readonly minStorage?: Size;

  /**
   * The storage beyond which keys with an expiry are evicted, least recently used first; when there are none, writes fail. 1 to 5,000 GB
   * in whole GB, 0 for no maximum.
   *
   * @default - the service's: 5,000 GB
   */
  readonly maxStorage?: Size;

  /**
   * The ElastiCache processing units (ECPU) a second that are kept ready, and billed, even when fewer are used: 1,000 to 15,000,000, 0 for no minimum.
   *
   * @default - no minimum: the service scales down to what is used
   */
  readonly minEcpuPerSecond?: number;

  /**
   * The ElastiCache processing units (ECPU) a second beyond which commands are throttled: 1,000 to 15,000,000, 0 for no maximum.
   *
   * @default - the service's: 15,000,000
   */
  readonly maxEcpuPerSecond?: number;
}

/**
 * Between what a serverless cache scales. Storage is counted in GB as the service counts it; a `Size` in gibibytes gives the number.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html
 *
 * @example
 * new CacheCluster(this, 'Feed', {
 *   vpc,
 *   topology: CacheTopology.serverless({ limits: UsageLimits.of({ maxStorage: Size.gibibytes(10), maxEcpuPerSecond: 5000 }) }),
 * });
 */
export class UsageLimits {
  /**
   * Limits. Tokens are taken as they are.
   *
   * @param options minimum and maximum of storage and processing units
   * @throws InvalidUsageLimits when a limit is out of range, a storage limit is not in whole GB, or a minimum is above its maximum
   */
  public static of(options: UsageLimitsOptions): UsageLimits {
    return new UsageLimits(options);
  }

  /** The storage that is kept ready. */
  public readonly minStorage?: Size;
  /** The storage beyond which keys are evicted. */
  public readonly maxStorage?: Size;
  /** The processing units a second that are kept ready. */
  public readonly minEcpuPerSecond?: number;
  /** The processing units a second beyond which commands are throttled. */
  public readonly maxEcpuPerSecond?: number;

  private constructor(options: UsageLimitsOptions) {
    this.minStorage = options.minStorage;
    this.maxStorage = options.maxStorage;
    this.minEcpuPerSecond = options.minEcpuPerSecond;
    this.maxEcpuPerSecond = options.maxEcpuPerSecond;
    check(LIMITS.storage, gigabytes(this.minStorage), gigabytes(this.maxStorage), ['minStorage', 'maxStorage']);
    check(LIMITS.ecpu, this.minEcpuPerSecond, this.maxEcpuPerSecond, ['minEcpuPerSecond', 'maxEcpuPerSecond']);
  }

  /**
   * The limits as CloudFormation takes them; nothing when none is said.
   *
   * @internal
   */
  public _render(): CfnServerlessCache.CacheUsageLimitsProperty | undefined {
    const [minimum, maximum] = [gigabytes(this.minStorage), gigabytes(this.maxStorage)];
    const storage = minimum !== undefined || maximum !== undefined;
    const ecpu = this.minEcpuPerSecond !== undefined || this.maxEcpuPerSecond !== undefined;
    return !storage && !ecpu ? undefined : {
      dataStorage: storage ? { minimum, maximum, unit: LIMITS.storage.unit } : undefined,
      ecpuPerSecond: ecpu ? { minimum: this.minEcpuPerSecond, maximum: this.maxEcpuPerSecond } : undefined,
    };
  }

  /**
   * The maximum of storage in GB where there is one and it is known at synthesis; alarms follow from it.
   *
   * @internal
   */
  public _maxStorageGigabytes(): number | undefined {
    return known(gigabytes(this.maxStorage)) || undefined;
  }

  /**
   * The maximum of processing units where there is one and it is known at synthesis; alarms follow from it.
   *
   * @internal
   */
  public _maxEcpu(): number | undefined {
    return known(this.maxEcpuPerSecond) || undefined;
  }
}

function gigabytes(size: Size | undefined): number | undefined {
  if (size?.isUnresolved()) {
    try {
      return size.toGibibytes();
    } catch {
      refuse('a storage limit that is a token must be in gibibytes: write Size.gibibytes(token)');
    }
  }
  return size?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}

function known(value: number | undefined): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

function check(limit: LimitRow, minimum: number | undefined, maximum: number | undefined, names: readonly [string, string]): void {
  const problems = limitProblems(limit, known(minimum), known(maximum), names);
  if (problems.length > 0) {
    refuse(problems.join('; '));
  }
}

function refuse(problem: string): never {
  return fail(undefined, 'InvalidUsageLimits', problem);
}
