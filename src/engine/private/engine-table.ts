// Data only: what each engine and version is and can do. Imports nothing of CDK.
// To add a version: one line in VERSIONS, one constant in `../<engine>-version.ts`.
import { isAtLeast, parseVersion } from '../../private/version-number';

export type EngineName = 'valkey' | 'redis' | 'memcached';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';

/** When the sources below were last read. */
export const ENGINE_TABLE_CHECKED = '2026-11-21';

export interface EngineRow {
  readonly name: EngineName;
  /** The name in AWS's prose. */
  readonly title: string;
  readonly defaultPort: number;
  /** The version that this major release of the library creates when none is given. Never change it within a major release. */
  readonly defaultVersion: string;
  /** Whether every user group of the engine must hold a user named `default`. */
  readonly requiresDefaultUser: boolean;
  readonly source: string;
}

export const ENGINES: readonly EngineRow[] = [
  { name: 'valkey', title: 'Valkey', defaultPort: 6379, defaultVersion: '8.2', requiresDefaultUser: false, source: `${GUIDE}/Clusters.RBAC.html` },
  { name: 'redis', title: 'Redis OSS', defaultPort: 6379, defaultVersion: '7.1', requiresDefaultUser: true, source: `${GUIDE}/Clusters.RBAC.html` },
  { name: 'memcached', title: 'Memcached', defaultPort: 11211, defaultVersion: '1.6.22', requiresDefaultUser: false, source: `${GUIDE}/engine-versions.html` },
];

export interface VersionRow {
  readonly engine: EngineName;
  readonly version: string;
  /** The parameter group family. */
  readonly family: string;
}

/** The versions a cluster can be created with. Source: {@link VERSIONS_SOURCE}. */
export const VERSIONS: readonly VersionRow[] = [
  { engine: 'valkey', version: '7.2', family: 'valkey7' },
  { engine: 'valkey', version: '8.0', family: 'valkey8' },
  { engine: 'valkey', version: '8.1', family: 'valkey8' },
  { engine: 'valkey', version: '8.2', family: 'valkey8' },
  { engine: 'valkey', version: '9.0', family: 'valkey9' },
  { engine: 'valkey', version: '9.1', family: 'valkey9' },
  { engine: 'redis', version: '4.0.10', family: 'redis4.0' },
  { engine: 'redis', version: '5.0.6', family: 'redis5.0' },
  { engine: 'redis', version: '6.0', family: 'redis6.x' },
  { engine: 'redis', version: '6.2', family: 'redis6.x' },
  { engine: 'redis', version: '7.0', family: 'redis7' },
  { engine: 'redis', version: '7.1', family: 'redis7' },
  { engine: 'memcached', version: '1.4.5', family: 'memcached1.4' },
  { engine: 'memcached', version: '1.4.14', family: 'memcached1.4' },
  { engine: 'memcached', version: '1.4.24', family: 'memcached1.4' },
  { engine: 'memcached', version: '1.4.33', family: 'memcached1.4' },
  { engine: 'memcached', version: '1.4.34', family: 'memcached1.4' },
  { engine: 'memcached', version: '1.5.10', family: 'memcached1.5' },
  { engine: 'memcached', version: '1.5.16', family: 'memcached1.5' },
  { engine: 'memcached', version: '1.6.6', family: 'memcached1.6' },
  { engine: 'memcached', version: '1.6.12', family: 'memcached1.6' },
  { engine: 'memcached', version: '1.6.17', family: 'memcached1.6' },
  { engine: 'memcached', version: '1.6.22', family: 'memcached1.6' },
];

export const VERSIONS_SOURCE = `${GUIDE}/engine-versions.html`;

/** How the family of a version follows from its numbers, for versions newer than the table. */
const FAMILY_PATTERNS: Readonly<Record<EngineName, (major: number, minor: number) => string>> = {
  valkey: (major) => `valkey${major}`,
  redis: (major, minor) => major >= 7 ? `redis${major}` : major === 6 ? 'redis6.x' : `redis${major}.${minor}`,
  memcached: (major, minor) => `memcached${major}.${minor}`,
};

/** The oldest version of each engine with a capability; an engine that is not named never has it. */
export interface CapabilityRow {
  readonly valkey?: string;
  readonly redis?: string;
  readonly memcached?: string;
  readonly source: string;
}

export const CAPABILITIES = {
  replicationGroup: { valkey: '7.2', redis: '4.0.10', source: `${GUIDE}/Replication.html` },
  atRestEncryption: { valkey: '7.2', redis: '4.0.10', source: `${GUIDE}/at-rest-encryption.html` },
  transitEncryption: { valkey: '7.2', redis: '4.0.10', memcached: '1.6.12', source: `${GUIDE}/in-transit-encryption.html` },
  transitEncryptionMode: { valkey: '7.2', redis: '7.0', source: `${GUIDE}/in-transit-encryption.html` },
  authToken: { valkey: '7.2', redis: '4.0.10', source: `${GUIDE}/auth.html` },
  userGroups: { valkey: '7.2', redis: '6.0', source: `${GUIDE}/Clusters.RBAC.html` },
  iamAuthentication: { valkey: '7.2', redis: '7.0', source: `${GUIDE}/auth-iam.html` },
  slowLog: { valkey: '7.2', redis: '6.0', source: `${GUIDE}/Log_Delivery.html` },
  engineLog: { valkey: '7.2', redis: '6.2', source: `${GUIDE}/Log_Delivery.html` },
  dataTiering: { valkey: '7.2', redis: '6.2', source: `${GUIDE}/data-tiering.html` },
  autoScaling: { valkey: '7.2', redis: '6.0', source: `${GUIDE}/AutoScaling.html` },
  clusterModeCompatible: { valkey: '7.2', redis: '7.0', source: `${GUIDE}/modify-cluster-mode.html` },
  ipv6: { valkey: '7.2', redis: '6.2', memcached: '1.6.6', source: `${GUIDE}/network-type.html` },
  globalDatastore: { valkey: '7.2', redis: '5.0.6', source: `${GUIDE}/Redis-Global-Datastore.html` },
  autoMinorVersionUpgrade: { valkey: '7.2', redis: '6.0', source: `${GUIDE}/VersionManagement.html` },
  durability: { valkey: '9.0', source: `${GUIDE}/Durability.html` },
} as const satisfies Record<string, CapabilityRow>;

export type Capability = keyof typeof CAPABILITIES;

/** The row of an engine; `undefined` for a name that is not an engine's. */
export function engineRow(name: string): EngineRow | undefined {
  return ENGINES.find((row) => row.name === name);
}

/** The parameter group family of a version, from the table or, for what is newer, from its numbers. */
export function familyOf(engine: string, version: string): string | undefined {
  const row = VERSIONS.find((candidate) => candidate.engine === engine && candidate.version === version);
  const numbers = parseVersion(version.replace(/\.x$/, '.0'));
  return row?.family ?? (engineRow(engine) && numbers ? FAMILY_PATTERNS[engine as EngineName](numbers[0], numbers[1] ?? 0) : undefined);
}

/** The oldest version of an engine with a capability; `undefined` when the engine never has it. */
export function oldestWith(capability: Capability, engine: string): string | undefined {
  return (CAPABILITIES[capability] as CapabilityRow)[engine as EngineName];
}

/**
 * Whether an engine at a version has a capability.
 *
 * @returns `undefined` when the engine or the version is not known, so nobody can say
 */
export function supports(capability: Capability, engine: string | undefined, version: string | undefined): boolean | undefined {
  if (engine === undefined || !engineRow(engine)) {
    return undefined;
  }
  const oldest = oldestWith(capability, engine);
  if (oldest === undefined) {
    return false;
  }
  return version === undefined ? undefined : isAtLeast(version.replace(/\.x$/, '.2'), oldest);
}

/** The versions of an engine in the table, oldest first. */
export function versionsOf(engine: string): string[] {
  return VERSIONS.filter((row) => row.engine === engine).map((row) => row.version);
}
