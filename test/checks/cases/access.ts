import { Case, caseOf, Cases, TemplateResources } from './case';

const USER = 'AWS::ElastiCache::User';
const GROUP = 'AWS::ElastiCache::UserGroup';
const SECRET = 'a-password-of-enough-length';
const COMMON = { UserId: 'app', UserName: 'app', Engine: 'valkey', AccessString: 'on ~* +@all' };
const password = (...Passwords: string[]) => ({ AuthenticationMode: { Type: 'password', Passwords } });

function user(UserId: string, properties: Record<string, unknown>): TemplateResources {
  return { [`User${String(UserId).replace(/\W/g, '')}`]: { Type: USER, Properties: { UserId, AccessString: 'on ~* +@all', ...properties } } };
}

function group(Engine: string, members: TemplateResources): TemplateResources {
  const UserIds = Object.values(members).map(({ Properties }) => Properties!.UserId);
  return { ...members, Group: { Type: GROUP, Properties: { UserGroupId: 'users', Engine, UserIds }, DependsOn: Object.keys(members) } };
}

const app = user('app', { UserName: 'app', Engine: 'redis', ...password(SECRET) });
const valkeyApp = user('app', { UserName: 'app', Engine: 'valkey', ...password(SECRET) });
const byDefault = user('off', { UserName: 'default', Engine: 'redis', AuthenticationMode: { Type: 'no-password-required' }, AccessString: 'off -@all' });
const groups = (bad: TemplateResources, good: TemplateResources): Case => ({ bad, good });

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `user-${index}`);
}

/** A replication group whose users are these. */
function cacheOf(Engine: string, EngineVersion: string, members: TemplateResources): TemplateResources {
  const Properties = {
    ReplicationGroupDescription: 'Cache',
    Engine,
    EngineVersion,
    CacheNodeType: 'cache.r5.large',
    NumCacheClusters: 2,
    CacheSubnetGroupName: 'subnets',
    TransitEncryptionEnabled: true,
    UserGroupIds: [{ Ref: 'Group' }],
  };
  return { ...group('redis', { ...byDefault, ...members }), Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties } };
}

function serverlessOf(Engine: string, MajorEngineVersion: string, members: TemplateResources): TemplateResources {
  const Properties = { ServerlessCacheName: 'cache', Engine, MajorEngineVersion, UserGroupId: { Ref: 'Group' } };
  return { ...group('redis', { ...byDefault, ...members }), Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties } };
}

const iamApp = user('app', { UserName: 'app', Engine: 'redis', AuthenticationMode: { Type: 'iam' } });

/** On both kinds of cache that have users. */
function onBoth(bad: [string, string, string], good: [string, string, string], members: TemplateResources): Case {
  const both = ([engine, version, major]: [string, string, string]) =>
    ({ ...cacheOf(engine, version, members), Serverless: serverlessOf(engine, major, members).Cache });
  return { bad: both(bad), good: both(good) };
}

export const ACCESS_CASES: Cases = {
  UserIdInvalid: caseOf(USER, { ...COMMON, ...password(SECRET) }, { UserId: 'my_user' }, { UserId: 'my-user' }),
  PasswordLengthInvalid: caseOf(USER, COMMON, password('x'.repeat(15)), password('x'.repeat(16))),
  PasswordCountInvalid: caseOf(USER, COMMON, password(...'abc'.split('').map((x) => x.repeat(16))), password('a'.repeat(16), 'b'.repeat(16))),
  AccessStringInvalid: caseOf(USER, { ...COMMON, ...password(SECRET) }, { AccessString: 'on nopass ~* +@all' }, { AccessString: 'on ~* +@all' }),
  AccessStringDoubtful: caseOf(USER, { ...COMMON, ...password(SECRET) }, { AccessString: '~* +@all' }, { AccessString: 'on ~* +@all' }),
  ValkeyUserNeedsPassword: caseOf(USER, COMMON, { AuthenticationMode: { Type: 'no-password-required' } }, { AuthenticationMode: { Type: 'iam' } }),
  UserGroupIdInvalid: caseOf(GROUP, { Engine: 'valkey', UserIds: ['app'] }, { UserGroupId: 'my_group' }, { UserGroupId: 'my-group' }),
  DefaultUserRequired: groups(group('redis', app), group('redis', { ...app, ...byDefault })),
  UserGroupEngineMismatch: groups(group('redis', { ...byDefault, ...valkeyApp }), group('valkey', valkeyApp)),
  ValkeyGroupNeedsPasswords: groups(group('valkey', byDefault), group('valkey', app)),
  UserEngineUnknown: caseOf(USER, { ...COMMON, ...password(SECRET) }, { Engine: 'keydb' }, { Engine: 'valkey' }),
  UserIdMixedCase: caseOf(USER, { ...COMMON, ...password(SECRET) }, { UserId: 'App' }, { UserId: 'app' }),
  AccessStringMissing: caseOf(USER, { UserId: 'app', UserName: 'app', Engine: 'valkey', ...password(SECRET) }, {}, { AccessString: 'on ~* +@all' }),
  AuthenticationTypeInvalid: caseOf(USER, COMMON, { AuthenticationMode: { Type: 'token' } }, { AuthenticationMode: { Type: 'iam' } }),
  PasswordsContradict: caseOf(USER, COMMON, { AuthenticationMode: { Type: 'iam', Passwords: [SECRET] } }, { AuthenticationMode: { Type: 'iam' } }),
  AuthenticationContradicts: caseOf(USER, { ...COMMON, AuthenticationMode: { Type: 'iam' } }, { NoPasswordRequired: true }, { NoPasswordRequired: false }),
  IamUserNameMustBeId: caseOf(USER, { ...COMMON, AuthenticationMode: { Type: 'iam' } }, { UserName: 'other' }, { UserName: 'app' }),
  UserIdTwice: caseOf(GROUP, { UserGroupId: 'users', Engine: 'valkey' }, { UserIds: ['app', 'app'] }, { UserIds: ['app', 'other'] }),
  TooManyUsers: caseOf(GROUP, { UserGroupId: 'users', Engine: 'valkey' }, { UserIds: ids(101) }, { UserIds: ids(100) }),
  UserNameTwice: groups(
    group('valkey', { ...valkeyApp, ...user('app-2', { UserName: 'app', Engine: 'valkey', ...password(SECRET) }) }),
    group('valkey', { ...valkeyApp, ...user('app-2', { UserName: 'other', Engine: 'valkey', ...password(SECRET) }) }),
  ),
};

export const CACHE_USER_CASES: Cases = {
  IamUsersUnsupported: { bad: cacheOf('redis', '6.2', iamApp), good: cacheOf('redis', '7.1', iamApp) },
  AccessStringNeedsNewerEngine: onBoth(['redis', '6.2', '6'], ['redis', '7.1', '7'],
    user('app', { UserName: 'app', Engine: 'redis', ...password(SECRET), AccessString: 'on ~* +@all (~read:* +@read)' })),
};
