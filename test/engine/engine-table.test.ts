import {
  CAPABILITIES, Capability, CapabilityRow, ENGINE_TABLE_CHECKED, EngineName, engineRow, ENGINES, familyOf, oldestWith, supports, VERSIONS,
  VERSIONS_SOURCE, versionsOf,
} from '../../src/engine/private/engine-table';
import { parameterFamilies } from '../../src/parameters/private/parameter-table';
import { isAtLeast, parseVersion } from '../../src/private/version-number';

const CAPABILITY_NAMES = Object.keys(CAPABILITIES) as Capability[];
const BORDERS = CAPABILITY_NAMES.flatMap((capability) => ENGINES.map(({ name }): [Capability, EngineName] => [capability, name]));

describe('table', () => {
  test('holds these engines', () => {
    expect(ENGINES.map((row) => [row.name, row.title, row.defaultPort, row.defaultVersion, row.requiresDefaultUser]))
      .toEqual([
        ['valkey', 'Valkey', 6379, '8.2', false],
        ['redis', 'Redis OSS', 6379, '7.1', true],
        ['memcached', 'Memcached', 11211, '1.6.22', false],
      ]);
  });

  // What DescribeCacheEngineVersions answered in August 2026: written out here, so that a slip in the table shows.
  test.each([
    ['valkey', { valkey7: ['7.2'], valkey8: ['8.0', '8.1', '8.2'], valkey9: ['9.0', '9.1'] }],
    ['redis', { 'redis4.0': ['4.0.10'], 'redis5.0': ['5.0.6'], 'redis6.x': ['6.0', '6.2'], 'redis7': ['7.0', '7.1'] }],
    ['memcached', {
      'memcached1.4': ['1.4.5', '1.4.14', '1.4.24', '1.4.33', '1.4.34'],
      'memcached1.5': ['1.5.10', '1.5.16'],
      'memcached1.6': ['1.6.6', '1.6.12', '1.6.17', '1.6.22'],
    }],
  ])('%s has the families and versions that AWS offers', (engine, families) => {
    expect(versionsOf(engine)).toEqual(Object.values(families).flat());
    for (const [family, versions] of Object.entries(families)) {
      versions.forEach((version: string) => expect(familyOf(engine, version)).toBe(family));
    }
  });

  test.each(VERSIONS.map((row) => [row.engine, row.version, row]))('the family of %s %s is in the parameter table', (_engine, _version, row) => {
    expect(parameterFamilies()).toContain((row as typeof VERSIONS[number]).family);
  });

  test.each(ENGINES.map((row) => [row.name, row]))('%s by default is a version of the table', (name, row) => {
    expect(versionsOf(name as string)).toContain((row as typeof ENGINES[number]).defaultVersion);
  });

  test.each(ENGINES.map((row) => row.name))('the versions of %s are each there once, oldest first', (engine) => {
    const versions = versionsOf(engine);
    expect(new Set(versions).size).toBe(versions.length);
    versions.slice(1).forEach((version, index) => {
      expect([version, isAtLeast(version, versions[index])]).toEqual([version, true]);
      expect([version, isAtLeast(versions[index], version)]).toEqual([version, false]);
    });
  });

  test('says where its facts are from and when they were read', () => {
    expect(ENGINE_TABLE_CHECKED).toMatch(/^\d{4}-\d\d-\d\d$/);
    const sources = [VERSIONS_SOURCE, ...ENGINES.map((row) => row.source), ...Object.values(CAPABILITIES).map((row) => row.source)];
    sources.forEach((source) => expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[^ ]+\.html$/));
  });

  test('knows no engine of another name', () => {
    expect(engineRow('keydb')).toBeUndefined();
    expect(engineRow('Valkey')).toBeUndefined();
    expect(versionsOf('keydb')).toEqual([]);
  });
});

describe('capabilities', () => {
  // The facts, once more and from another place than the table: the first version with each, by engine.
  const OLDEST: Readonly<Record<Capability, Partial<Record<EngineName, string>>>> = {
    replicationGroup: { valkey: '7.2', redis: '4.0.10' },
    atRestEncryption: { valkey: '7.2', redis: '4.0.10' },
    transitEncryption: { valkey: '7.2', redis: '4.0.10', memcached: '1.6.12' },
    transitEncryptionMode: { valkey: '7.2', redis: '7.0' },
    authToken: { valkey: '7.2', redis: '4.0.10' },
    userGroups: { valkey: '7.2', redis: '6.0' },
    iamAuthentication: { valkey: '7.2', redis: '7.0' },
    slowLog: { valkey: '7.2', redis: '6.0' },
    engineLog: { valkey: '7.2', redis: '6.2' },
    dataTiering: { valkey: '7.2', redis: '6.2' },
    autoScaling: { valkey: '7.2', redis: '6.0' },
    clusterModeCompatible: { valkey: '7.2', redis: '7.0' },
    ipv6: { valkey: '7.2', redis: '6.2', memcached: '1.6.6' },
    globalDatastore: { valkey: '7.2', redis: '5.0.6' },
    autoMinorVersionUpgrade: { valkey: '7.2', redis: '6.0' },
    durability: { valkey: '9.0' },
  };

  test.each(CAPABILITY_NAMES)('%s begins where AWS says', (capability) => {
    const { source, ...oldest } = CAPABILITIES[capability] as CapabilityRow;
    expect(oldest).toEqual(OLDEST[capability]);
  });

  test.each(BORDERS)('%s of %s: every version from its first one on has it, none before', (capability, engine) => {
    const oldest = OLDEST[capability][engine];
    const versions = versionsOf(engine);
    const first = oldest === undefined ? versions.length : versions.indexOf(oldest);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(versions.map((version) => supports(capability, engine, version))).toEqual(versions.map((_, index) => index >= first));
    expect(oldestWith(capability, engine)).toBe(oldest);
  });

  test.each(BORDERS)('%s of %s: unknown for an unknown version, unless no version has it', (capability, engine) => {
    const answer = OLDEST[capability][engine] === undefined ? false : undefined;
    expect(supports(capability, engine, undefined)).toBe(answer);
    expect(supports(capability, engine, 'latest')).toBe(answer);
  });

  test.each(BORDERS.filter(([capability, engine]) => OLDEST[capability][engine]))('%s of %s: a version newer than the table has it', (capability, engine) => {
    expect(supports(capability, engine, '99.0')).toBe(true);
  });

  test.each(CAPABILITY_NAMES)('%s of an unknown engine cannot be said', (capability) => {
    expect(supports(capability, 'keydb', '1.0')).toBeUndefined();
    expect(supports(capability, undefined, '7.2')).toBeUndefined();
  });

  test('the alias 6.x is the newest Redis OSS 6', () => {
    expect(supports('engineLog', 'redis', '6.x')).toBe(true);
    expect(supports('iamAuthentication', 'redis', '6.x')).toBe(false);
  });
});

describe('family of a version that is not in the table', () => {
  test.each([
    ['valkey', '9.2', 'valkey9'], ['valkey', '10.0', 'valkey10'], ['valkey', '8.10', 'valkey8'], ['valkey', '8', 'valkey8'], ['valkey', '8.x', 'valkey8'],
    ['redis', '6.x', 'redis6.x'], ['redis', '6.5', 'redis6.x'], ['redis', '7.x', 'redis7'], ['redis', '8.0', 'redis8'], ['redis', '3.2.10', 'redis3.2'],
    ['redis', '5.0.0', 'redis5.0'], ['memcached', '1.6.40', 'memcached1.6'], ['memcached', '1.7.0', 'memcached1.7'],
  ])('%s %s has %s', (engine, version, family) => {
    expect(familyOf(engine, version)).toBe(family);
  });

  test.each([['valkey', 'latest'], ['valkey', ''], ['valkey', 'v8.2'], ['valkey', '8.2.1.0'], ['redis', '6.x.x'], ['keydb', '6.3']])(
    '%s %j has none', (engine, version) => {
      expect(familyOf(engine, version)).toBeUndefined();
    });
});

describe('order of versions', () => {
  test.each([
    ['7.10', '7.9', true], ['7.9', '7.10', false], ['7.2', '7.2', true], ['7', '7.0', true], ['7.0', '7', true], ['7', '7.0.1', false],
    ['7.0.10', '7.0.9', true], ['10.0', '9.1', true], ['9.1', '10.0', false], ['4.0.10', '4.0', true], ['6.2', '6.2.6', false], ['08.2', '8.2', true],
  ])('%s at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });

  test.each([['latest', '7.0'], ['7.0', 'latest'], ['6.x', '6.0'], ['', '1'], ['7.', '7'], ['7.0.0.0', '7'], ['-7', '7'], ['7 ', '7']])(
    '%j against %j cannot be said', (version, minimum) => {
      expect(isAtLeast(version, minimum)).toBeUndefined();
    });

  test('numbers of a version', () => {
    expect(parseVersion('7.2')).toEqual([7, 2]);
    expect(parseVersion('4.0.10')).toEqual([4, 0, 10]);
    expect(parseVersion('7.2-rc1')).toBeUndefined();
  });
});
