import { VersionOptions } from './version-options';

/**
 * A version of Redis OSS. Versions after 7.1 exist only as Valkey.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, engine: CacheEngine.redis(RedisVersion.V7_1) });
 */
export class RedisVersion {
  /** Redis OSS 4.0.10; in paid Extended Support since 2026-02-01. */
  public static readonly V4_0_10 = RedisVersion.of('4.0.10');
  /** Redis OSS 5.0.6; in paid Extended Support since 2026-02-01. */
  public static readonly V5_0_6 = RedisVersion.of('5.0.6');
  /** Redis OSS 6.0. */
  public static readonly V6_0 = RedisVersion.of('6.0');
  /** Redis OSS 6.2. */
  public static readonly V6_2 = RedisVersion.of('6.2');
  /** Redis OSS 7.0. */
  public static readonly V7_0 = RedisVersion.of('7.0');
  /** Redis OSS 7.1, the last one. */
  public static readonly V7_1 = RedisVersion.of('7.1');

  /**
   * A version that has no constant here, or a token.
   *
   * @param version major and minor, for example `7.1`; for 5 and older also the patch level, for example `5.0.6`
   * @param options what does not follow from the version
   */
  public static of(version: string, options: VersionOptions = {}): RedisVersion {
    return new RedisVersion(version, options.parameterGroupFamily);
  }

  /**
   * @param version major and minor, for example `7.1`
   * @param parameterGroupFamily the family of its parameter groups, where it does not follow from the version
   */
  private constructor(public readonly version: string, public readonly parameterGroupFamily?: string) {}
}
