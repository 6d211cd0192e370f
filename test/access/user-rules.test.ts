// Each rule about raw users, and about the users of a cache, on both sides of its border.
import { CacheEngine, IamUser, PasswordUser, RedisVersion, UserGroup, ValkeyVersion, AccessString, ServerlessCache } from '../../src';
import { CACHE_USER_RULES } from '../../src/access/cache-user-rules';
import { USER_DECLARATION_RULES } from '../../src/access/user-rules';
import { evaluate, ResourceView, UNKNOWN } from '../../src/checks/rule';
import { acknowledge, errorOf, newGroup, newStack, newVpc, warningsOf } from '../support/cdk';

const FINE = { UserId: 'app', UserName: 'app', Engine: 'valkey', AccessString: 'off -@all', AuthenticationMode: { Type: 'iam' } };

function codesOf(properties: Record<string, unknown>): string[] {
  const user = Object.fromEntries(Object.entries({ ...FINE, ...properties }).filter(([, value]) => value !== undefined));
  return evaluate(USER_DECLARATION_RULES, new ResourceView('AWS::ElastiCache::User', user)).map(({ rule }) => rule.code);
}

describe('raw users', () => {
  const password = { Type: 'password', Passwords: ['x'] };
  test.each<[string, Record<string, unknown>, string[]]>([
    ['a fine one', {}, []],
    ['Redis OSS', { Engine: 'redis' }, []],
    ['an engine in capitals', { Engine: 'VALKEY' }, ['UserEngineUnknown']],
    ['Memcached', { Engine: 'memcached' }, ['UserEngineUnknown']],
    ['an engine that is not known', { Engine: UNKNOWN }, []],
    ['an id in mixed case', { UserId: 'App' }, ['UserIdMixedCase']],
    ['no access string', { AccessString: undefined }, ['AccessStringMissing']],
    ['an access string that is not known', { AccessString: UNKNOWN }, []],
    ['no way to log in', { AuthenticationMode: undefined }, ['AuthenticationTypeInvalid']],
    ['a way to log in that does not exist', { AuthenticationMode: { Type: 'token' } }, ['AuthenticationTypeInvalid']],
    ['a way to log in that is not known', { AuthenticationMode: { Type: UNKNOWN } }, []],
    ['passwords alone', { AuthenticationMode: undefined, Passwords: ['x'] }, []],
    ['no password, said alone', { AuthenticationMode: undefined, NoPasswordRequired: true }, []],
    ['a password', { AuthenticationMode: password }, []],
    ['IAM with a password', { AuthenticationMode: { Type: 'iam', Passwords: ['x'] } }, ['PasswordsContradict']],
    ['IAM with a list of no passwords', { AuthenticationMode: { Type: 'iam', Passwords: [] } }, []],
    ['IAM with passwords beside it', { Passwords: ['x'] }, ['PasswordsContradict']],
    ['no password required, and one', { AuthenticationMode: undefined, NoPasswordRequired: true, Passwords: ['x'] }, ['PasswordsContradict']],
    ['passwords, and NoPasswordRequired false', { AuthenticationMode: password, NoPasswordRequired: false }, []],
    ['IAM with NoPasswordRequired', { NoPasswordRequired: true }, ['AuthenticationContradicts']],
    ['no password twice', { AuthenticationMode: { Type: 'no-password-required' }, NoPasswordRequired: true }, []],
    ['IAM with another name', { UserName: 'other' }, ['IamUserNameMustBeId']],
    ['IAM with the name in capitals', { UserName: 'APP' }, []],
    ['IAM with a name that is not known', { UserName: UNKNOWN }, []],
    ['a password with another name', { UserName: 'other', AuthenticationMode: password }, []],
  ])('%s', (_, properties, codes) => {
    expect(codesOf(properties)).toEqual(codes);
  });

  test('messages show no password', () => {
    const user = new ResourceView('AWS::ElastiCache::User', { ...FINE, AuthenticationMode: { Type: 'iam', Passwords: ['planted'] } });
    expect(JSON.stringify(evaluate(USER_DECLARATION_RULES, user).map(({ message }) => message))).not.toContain('planted');
  });
});

describe('users with IAM', () => {
  const redis = (version: RedisVersion) => CacheEngine.redis(version);

  function make(engine: CacheEngine, stack = newStack()) {
    const userGroup = new UserGroup(stack, 'Users', { engine: CacheEngine.redis(), users: [new IamUser(stack, 'User', { engine: CacheEngine.redis() })] });
    return newGroup(stack, { engine, userGroup });
  }

  test('are refused by Redis OSS before 7.0', () => {
    const { codes, message } = errorOf(() => make(redis(RedisVersion.V6_2)));
    expect(codes).toEqual(['IamUsersUnsupported']);
    expect(message).toMatch(/need Valkey 7\.2 or Redis OSS 7\.0, got: Redis OSS 6\.2 with the user stack-user-/);
  });

  test.each([redis(RedisVersion.V7_0), redis(RedisVersion.V7_1), CacheEngine.valkey(ValkeyVersion.V7_2), CacheEngine.valkey()])('are taken by %s', (engine) => {
    expect(() => make(engine)).not.toThrow();
  });

  test('may be acknowledged', () => {
    const stack = newStack();
    acknowledge(stack, 'IamUsersUnsupported');
    expect(() => make(redis(RedisVersion.V6_2), stack)).not.toThrow();
  });

  test('with a password are taken by every version with users', () => {
    const stack = newStack();
    const userGroup = new UserGroup(stack, 'Users', { engine: CacheEngine.redis(), users: [new PasswordUser(stack, 'User', { engine: CacheEngine.redis() })] });
    expect(() => newGroup(stack, { engine: redis(RedisVersion.V6_2), userGroup })).not.toThrow();
  });
});

describe('access strings that need a newer engine', () => {
  function warnings(engine: CacheEngine, accessString: AccessString): string[] {
    const stack = newStack();
    const users = [new PasswordUser(stack, 'User', { engine: CacheEngine.redis(), accessString })];
    const cache = newGroup(stack, { engine, userGroup: new UserGroup(stack, 'Users', { engine: CacheEngine.redis(), users }) });
    return warningsOf(cache).filter((warning) => warning.includes('AccessStringNeedsNewerEngine'));
  }
  const [redis6, redis7] = [CacheEngine.redis(RedisVersion.V6_2), CacheEngine.redis(RedisVersion.V7_1)];
  const any = AccessString.readWrite();

  test.each<[string, AccessString]>([
    ['a selector', any.selector(AccessString.none())], ['reading alone', any.readKeys('a')], ['a subcommand that is denied', any.denyCommands('config|set')],
  ])('%s warns before Redis OSS 7.0', (_, accessString) => {
    expect(warnings(redis6, accessString)).toHaveLength(1);
    expect(warnings(redis7, accessString)).toEqual([]);
    expect(warnings(CacheEngine.valkey(ValkeyVersion.V7_2), accessString)).toEqual([]);
  });

  test('databases warn before Valkey 9.1, and for Redis OSS', () => {
    expect(warnings(redis7, any.databases(0))[0]).toContain('databases in its access string, which Redis OSS 7.1 does not know, got: db=0');
    expect(warnings(CacheEngine.valkey(ValkeyVersion.of('9.0')), any.databases(0))).toHaveLength(1);
    expect(warnings(CacheEngine.valkey(ValkeyVersion.of('9.1')), any.databases(0))).toEqual([]);
  });

  test('a serverless cache is compared by its major version, of which AWS runs the newest', () => {
    const stack = newStack();
    const users = [new PasswordUser(stack, 'User', { accessString: any.databases(0) })];
    const userGroup = new UserGroup(stack, 'Users', { users });
    const [old, recent] = ['8.2', '9.0'].map((version) => new ServerlessCache(stack, `V${version[0]}`, {
      vpc: stack.node.tryFindChild('Vpc') as any ?? newVpc(stack), engine: CacheEngine.valkey(ValkeyVersion.of(version)), userGroup,
    }));
    expect(warningsOf(old).join()).toContain('AccessStringNeedsNewerEngine');
    expect(warningsOf(recent).join()).not.toContain('AccessStringNeedsNewerEngine');
  });

  test('nothing is said of engines and users that are not known', () => {
    const cache = (Engine: unknown, users: (ResourceView | undefined)[]) => new ResourceView('AWS::ElastiCache::ReplicationGroup', { Engine, EngineVersion: '6.2' }, {}, {
      UserGroupIds: [new ResourceView('AWS::ElastiCache::UserGroup', {}, {}, { UserIds: users })],
    });
    const iam = new ResourceView('AWS::ElastiCache::User', { AccessString: 'on db=0', AuthenticationMode: { Type: 'iam' } });
    expect(evaluate(CACHE_USER_RULES, cache(UNKNOWN, [iam]))).toEqual([]);
    expect(evaluate(CACHE_USER_RULES, cache('redis', [undefined]))).toEqual([]);
    expect(evaluate(CACHE_USER_RULES, cache('keydb', [iam]))).toEqual([]);
    expect(evaluate(CACHE_USER_RULES, cache('redis', [iam]))).toHaveLength(2);
  });
});
