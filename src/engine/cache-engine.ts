import { Token } from 'aws-cdk-lib';
import { EngineFeatures } from './engine-features';
import { MemcachedVersion } from './memcached-version';
import { CAPABILITIES, Capability, EngineName, EngineRow, engineRow, ENGINES, familyOf, supports } from './private/engine-table';
import { RedisVersion } from './redis-version';
import { ValkeyVersion } from './valkey-version';
import { VersionOptions } from './version-options';
import { fail } from '../private/errors';
import { keep } from '../private/memo';

/**
 * An engine at a version: the one value from which the parameter group family, the default port and what the cache can do follow.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SelectEngine.html
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, engine: CacheEngine.valkey(ValkeyVersion.V9_0) });
 * new CacheCluster(this, 'Sessions', { vpc, engine: CacheEngine.redis() });
 */
export class CacheEngine {
  /**
   * Valkey: open licence, the successor of Redis OSS and its drop-in replacement, 20 % cheaper per node.
   *
   * @param version defaults to Valkey 8.2. The default is pinned for a major release of this library: an update never upgrades a running engine.
   */
  public static valkey(version?: ValkeyVersion): CacheEngine {
    return new CacheEngine('valkey', version?.version, version?.parameterGroupFamily);
  }

  /**
   * Redis OSS, for caches that already run it.
   *
   * @param version defaults to Redis OSS 7.1, the last version
   */
  public static redis(version?: RedisVersion): CacheEngine {
    return new CacheEngine('redis', version?.version, version?.parameterGroupFamily);
  }

  /**
   * Memcached: a multi-threaded cache of plain values, without users; on nodes also without replicas and backups. Without a topology it is on nodes.
   *
   * @param version defaults to Memcached 1.6.22. The default is pinned for a major release of this library: an update never upgrades a running engine.
   */
  public static memcached(version?: MemcachedVersion): CacheEngine {
    return new CacheEngine('memcached', version?.version, version?.parameterGroupFamily);
  }

  /**
   * An engine by its names in CloudFormation, for example read from a configuration file.
   *
   * @param name `valkey`, `redis` or `memcached`
   * @param version for example `8.2`; newer versions than the library knows, and tokens, are taken as they are
   * @param options what does not follow from the version
   */
  public static of(name: string, version: string, options: VersionOptions = {}): CacheEngine {
    const known = ENGINES.map((row) => row.name as string);
    if (Token.isUnresolved(name) || !known.includes(name)) {
      fail(undefined, 'UnknownEngine', `engine must be one of ${known.join(', ')}, got: ${Token.isUnresolved(name) ? 'a token' : JSON.stringify(name)}`);
    }
    return new CacheEngine(name as EngineName, version, options.parameterGroupFamily);
  }

  /** The engine's name in CloudFormation: `valkey`, `redis` or `memcached`. */
  public readonly name: string;
  /** The version as CloudFormation takes it, for example `8.2`. */
  public readonly version: string;
  /** The family of its parameter groups, for example `valkey8`. */
  public readonly parameterGroupFamily: string;
  /** The port the engine listens on when none is chosen. */
  public readonly defaultPort: number;
  /** What the engine can do at this version. */
  public readonly features: EngineFeatures;

  /**
   * Whether the version was chosen, and is not the library's default.
   *
   * @internal
   */
  public readonly _versionChosen: boolean;

  private readonly row: EngineRow;

  private constructor(name: EngineName, version?: string, family?: string) {
    this.row = engineRow(name)!;
    this.name = name;
    this.version = version ?? this.row.defaultVersion;
    this._versionChosen = version !== undefined;
    this.parameterGroupFamily = family ?? this.findFamily();
    this.defaultPort = this.row.defaultPort;
    this.features = featuresOf(name, Token.isUnresolved(this.version) ? undefined : this.version);
  }

  /** Whether a user group of this engine must hold a user named `default`. */
  public get requiresDefaultUser(): boolean {
    return this.row.requiresDefaultUser;
  }

  /** The engine and version as people say it: `Valkey 8.2`. */
  public toString(): string {
    return `${this.row.title} ${this.version}`;
  }

  private findFamily(): string {
    const family = Token.isUnresolved(this.version) ? undefined : familyOf(this.name, this.version);
    return family ?? fail(undefined, 'UnknownParameterGroupFamily', Token.isUnresolved(this.version)
      ? `the parameter group family does not follow from a ${this.row.title} version that is a token: name it with of(version, { parameterGroupFamily: '...' })`
      : `${this.row.title} version must be numbers such as ${this.row.defaultVersion}, got: ${JSON.stringify(this.version)}`);
  }
}

const knownFeatures = new Map<string, EngineFeatures>();

/** What an engine can do at a version; all of it where the version is not known. */
function featuresOf(name: EngineName, version: string | undefined): EngineFeatures {
  return keep(knownFeatures, `${name} ${version}`, () => {
    const capabilities = Object.keys(CAPABILITIES) as Capability[];
    const entries = capabilities.map((capability) => [capability, supports(capability, name, version) ?? true]);
    return Object.freeze(Object.fromEntries(entries) as Record<Capability, boolean>);
  });
}
