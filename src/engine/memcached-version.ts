import { VersionOptions } from './version-options';

/**
 * A version of Memcached.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 *
 * @example
 * new MemcachedCluster(this, 'Pages', { vpc, version: MemcachedVersion.V1_6_22 });
 */
export class MemcachedVersion {
  /** Memcached 1.4.5. */
  public static readonly V1_4_5 = MemcachedVersion.of('1.4.5');
  /** Memcached 1.4.14. */
  public static readonly V1_4_14 = MemcachedVersion.of('1.4.14');
  /** Memcached 1.4.24. */
  public static readonly V1_4_24 = MemcachedVersion.of('1.4.24');
  /** Memcached 1.4.33. */
  public static readonly V1_4_33 = MemcachedVersion.of('1.4.33');
  /** Memcached 1.4.34. */
  public static readonly V1_4_34 = MemcachedVersion.of('1.4.34');
  /** Memcached 1.5.10. */
  public static readonly V1_5_10 = MemcachedVersion.of('1.5.10');
  /** Memcached 1.5.16. */
  public static readonly V1_5_16 = MemcachedVersion.of('1.5.16');
  /** Memcached 1.6.6: IPv6. */
  public static readonly V1_6_6 = MemcachedVersion.of('1.6.6');
  /** Memcached 1.6.12: TLS. */
  public static readonly V1_6_12 = MemcachedVersion.of('1.6.12');
  /** Memcached 1.6.17. */
  public static readonly V1_6_17 = MemcachedVersion.of('1.6.17');
  /** Memcached 1.6.22. */
  public static readonly V1_6_22 = MemcachedVersion.of('1.6.22');

  /**
   * A version that has no constant here yet, or a token.
   *
   * @param version major, minor and patch level, for example `1.6.22`
   * @param options what does not follow from the version
   */
  public static of(version: string, options: VersionOptions = {}): MemcachedVersion {
    return new MemcachedVersion(version, options.parameterGroupFamily);
  }

  /**
   * @param version major, minor and patch level, for example `1.6.22`
   * @param parameterGroupFamily the family of its parameter groups, where it does not follow from the version
   */
  private constructor(public readonly version: string, public readonly parameterGroupFamily?: string) {}
}
