import { Token } from 'aws-cdk-lib';
import { CacheEngine, MemcachedVersion, RedisVersion, ValkeyVersion } from '../../src';
import { CAPABILITIES, supports, VERSIONS, versionsOf } from '../../src/engine/private/engine-table';
import { errorOf } from '../support/cdk';

const TOKEN = Token.asString({ Ref: 'Version' });
const OFFERED = VERSIONS.map((row): [string, string, string] => [row.engine, row.version, row.family]);

/** The constants of a version class: name to version. */
function constantsOf(type: object): [string, string][] {
  return Object.entries(type).filter(([name]) => /^V\d/.test(name)).map(([name, value]) => [name, (value as ValkeyVersion).version]);
}

describe.each([['valkey', ValkeyVersion], ['redis', RedisVersion], ['memcached', MemcachedVersion]] as const)('constants of %s', (engine, type) => {
  test('are the versions of the table', () => {
    expect(constantsOf(type).map(([, version]) => version)).toEqual(versionsOf(engine));
  });

  test.each(constantsOf(type))('%s is named after version %s', (name, version) => {
    expect(name).toBe(`V${version.replace(/\./g, '_')}`);
  });
});

describe('defaults', () => {
  // Another version here upgrades, or replaces, every cache of everybody who named none.
  test('Valkey 8.2', () => {
    const engine = CacheEngine.valkey();
    expect([engine.name, engine.version, engine.parameterGroupFamily, engine.defaultPort]).toEqual(['valkey', '8.2', 'valkey8', 6379]);
    expect(engine.toString()).toBe('Valkey 8.2');
    expect(engine.requiresDefaultUser).toBe(false);
  });

  test('Redis OSS 7.1', () => {
    const engine = CacheEngine.redis();
    expect([engine.name, engine.version, engine.parameterGroupFamily, engine.defaultPort]).toEqual(['redis', '7.1', 'redis7', 6379]);
    expect(engine.toString()).toBe('Redis OSS 7.1');
    expect(engine.requiresDefaultUser).toBe(true);
  });

  test('Memcached 1.6.22', () => {
    const engine = CacheEngine.memcached();
    expect([engine.name, engine.version, engine.parameterGroupFamily, engine.defaultPort]).toEqual(['memcached', '1.6.22', 'memcached1.6', 11211]);
    expect(engine.toString()).toBe('Memcached 1.6.22');
    expect(engine.requiresDefaultUser).toBe(false);
  });
});

describe.each(OFFERED)('%s %s', (name, version, family) => {
  const engine = CacheEngine.of(name, version);

  test('family, port and text follow from it', () => {
    expect([engine.name, engine.version, engine.parameterGroupFamily, engine.defaultPort]).toEqual([name, version, family, name === 'memcached' ? 11211 : 6379]);
    expect(engine.toString()).toBe(`${{ valkey: 'Valkey', redis: 'Redis OSS', memcached: 'Memcached' }[name as 'redis']} ${version}`);
  });

  test.each(Object.keys(CAPABILITIES) as (keyof typeof CAPABILITIES)[])('knows whether it has %s', (capability) => {
    expect({ ...engine.features }[capability as 'slowLog']).toBe(supports(capability, name, version));
  });

  test('its own class makes the same', () => {
    const same = {
      valkey: () => CacheEngine.valkey(ValkeyVersion.of(version)),
      redis: () => CacheEngine.redis(RedisVersion.of(version)),
      memcached: () => CacheEngine.memcached(MemcachedVersion.of(version)),
    }[name as 'redis']();
    expect(same).toEqual(engine);
  });
});

// The borders that people meet, written out.
test.each([
  ['redis', '5.0.6', 'slowLog', false], ['redis', '6.0', 'slowLog', true],
  ['redis', '6.0', 'engineLog', false], ['redis', '6.2', 'engineLog', true],
  ['redis', '5.0.6', 'userGroups', false], ['redis', '6.0', 'userGroups', true],
  ['redis', '6.2', 'iamAuthentication', false], ['redis', '7.0', 'iamAuthentication', true],
  ['redis', '6.0', 'dataTiering', false], ['redis', '6.2', 'dataTiering', true],
  ['redis', '4.0.10', 'globalDatastore', false], ['redis', '5.0.6', 'globalDatastore', true],
  ['redis', '7.1', 'durability', false], ['valkey', '8.2', 'durability', false], ['valkey', '9.0', 'durability', true],
  ['valkey', '7.2', 'iamAuthentication', true],
] as const)('%s %s: %s is %s', (name, version, feature, expected) => {
  expect(CacheEngine.of(name, version).features[feature]).toBe(expected);
});

describe('versions that the library does not know', () => {
  test.each([
    [CacheEngine.valkey(ValkeyVersion.of('9.2')), '9.2', 'valkey9'],
    [CacheEngine.of('valkey', '9.2'), '9.2', 'valkey9'],
    [CacheEngine.valkey(ValkeyVersion.of('10.1')), '10.1', 'valkey10'],
    [CacheEngine.redis(RedisVersion.of('6.x')), '6.x', 'redis6.x'],
    [CacheEngine.redis(RedisVersion.of('7.2')), '7.2', 'redis7'],
    [CacheEngine.valkey(ValkeyVersion.of('9.9', { parameterGroupFamily: 'valkey99' })), '9.9', 'valkey99'],
    [CacheEngine.of('redis', '7.0', { parameterGroupFamily: 'custom7' }), '7.0', 'custom7'],
  ])('%s', (engine, version, family) => {
    expect([engine.version, engine.parameterGroupFamily]).toEqual([version, family]);
  });

  test('a newer one has all that its engine ever had', () => {
    const { features } = CacheEngine.valkey(ValkeyVersion.of('10.0'));
    expect(Object.values(features)).not.toContain(false);
    expect(CacheEngine.redis(RedisVersion.of('8.0')).features.durability).toBe(false);
  });

  test.each(['latest', '', 'v8.2', '8.2.1.0'])('fails when a version is %j', (version) => {
    expect(() => CacheEngine.valkey(ValkeyVersion.of(version))).toThrow(
      `[UnknownParameterGroupFamily] Valkey version must be numbers such as 8.2, got: ${JSON.stringify(version)}`);
  });
});

describe('tokens', () => {
  test('a version with its family: all is assumed', () => {
    const engine = CacheEngine.valkey(ValkeyVersion.of(TOKEN, { parameterGroupFamily: 'valkey9' }));
    expect([engine.version, engine.parameterGroupFamily]).toEqual([TOKEN, 'valkey9']);
    expect(Object.values(engine.features)).not.toContain(false);
  });

  test('what no version of the engine has is not assumed', () => {
    expect(CacheEngine.redis(RedisVersion.of(TOKEN, { parameterGroupFamily: 'redis7' })).features.durability).toBe(false);
  });

  test.each([
    ['Valkey', () => CacheEngine.valkey(ValkeyVersion.of(TOKEN))], ['Redis OSS', () => CacheEngine.redis(RedisVersion.of(TOKEN))],
    ['Valkey', () => CacheEngine.of('valkey', TOKEN)],
  ])('fails when a version of %s is a token without a family, and says how to name it (%#)', (title, make) => {
    const { message } = errorOf(make);
    expect(message).toContain(`does not follow from a ${title} version that is a token`);
    expect(message).toContain('parameterGroupFamily');
    expect(message).not.toContain('${');
  });

  test('fails when the name of the engine is a token', () => {
    expect(errorOf(() => CacheEngine.of(TOKEN, '8.2')).message).toBe('[UnknownEngine] engine must be one of valkey, redis, memcached, got: a token');
  });
});

test.each(['Valkey', 'REDIS', 'Memcached', 'keydb', '', 'redis '])('fails when the engine is %j', (name) => {
  expect(errorOf(() => CacheEngine.of(name, '7.2')).message).toBe(`[UnknownEngine] engine must be one of valkey, redis, memcached, got: ${JSON.stringify(name)}`);
});
