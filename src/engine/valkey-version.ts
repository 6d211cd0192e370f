import { VersionOptions } from './version-options';

/**
 * A version of Valkey.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, engine: CacheEngine.valkey(ValkeyVersion.V9_0) });
 * new CacheCluster(this, 'Newest', { vpc, engine: CacheEngine.valkey(ValkeyVersion.of('9.2')) });
 */
export class ValkeyVersion {
  /** Valkey 7.2. */
  public static readonly V7_2 = ValkeyVersion.of('7.2');
  /** Valkey 8.0. */
  public static readonly V8_0 = ValkeyVersion.of('8.0');
  /** Valkey 8.1: Bloom filters, COMMANDLOG. */
  public static readonly V8_1 = ValkeyVersion.of('8.1');
  /** Valkey 8.2: vector search. */
  public static readonly V8_2 = ValkeyVersion.of('8.2');
  /** Valkey 9.0: durability, full-text search, expiry of hash fields. */
  public static readonly V9_0 = ValkeyVersion.of('9.0');
  /** Valkey 9.1: access strings that name a database. */
  public static readonly V9_1 = ValkeyVersion.of('9.1');

  /**
   * A version that has no constant here yet, or a token.
   *
   * @param version major and minor, for example `9.2`
   * @param options what does not follow from the version
   */
  public static of(version: string, options: VersionOptions = {}): ValkeyVersion {
    return new ValkeyVersion(version, options.parameterGroupFamily);
  }

  /**
   * @param version major and minor, for example `8.2`
   * @param parameterGroupFamily the family of its parameter groups, where it does not follow from the version
   */
  private constructor(public readonly version: string, public readonly parameterGroupFamily?: string) {}
}
