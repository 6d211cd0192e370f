import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { cacheIn, errorOf, Resources, stackOf, TYPE } from './fixtures';
import {
  AccessString, CacheAuthentication, CacheClusterOptions, CacheEngine, CacheTopology, IamUser, PasswordUser, RedisVersion, User, UserGroup,
} from '../../src';

const iam = CacheAuthentication.iam();
const namesOf = (resources: Resources) => Object.values(resources.ofType(TYPE.user)).map(({ Properties }) => Properties.UserName);
const groupOf = (resources: Resources) => resources.only(TYPE.userGroup);

describe('a cache whose application logs in with IAM', () => {
  const stack = stackOf();
  const cache = cacheIn(stack, { authentication: iam });
  const resources = Resources.of(stack);

  test('has one user, whose name is its id, and no secret', () => {
    const { UserId, UserName, AuthenticationMode, AccessString: text } = resources.props(TYPE.user);
    expect([UserName, AuthenticationMode, text]).toEqual([UserId, { Type: 'iam' }, AccessString.readWrite().toString()]);
    expect(resources.ids(TYPE.secret)).toEqual([]);
    expect(cache.applicationIamUser!.userId).toBe(UserId);
    expect(cache.applicationUser).toBeUndefined();
  });

  test('has a group of that user alone, which it takes, over TLS', () => {
    expect(groupOf(resources)).toMatchObject({ Properties: { Engine: 'valkey', UserIds: [cache.applicationIamUser!.userId] }, DependsOn: resources.ids(TYPE.user) });
    expect(resources.group).toMatchObject({ UserGroupIds: [groupOf(resources).Properties.UserGroupId], TransitEncryptionEnabled: true });
  });

  test('takes rights', () => {
    const other = stackOf();
    cacheIn(other, { authentication: CacheAuthentication.iam({ accessString: AccessString.readOnly() }) });
    expect(Resources.of(other).props(TYPE.user).AccessString).toBe(AccessString.readOnly().toString());
  });

  test('may be serverless', () => {
    const other = stackOf();
    const serverless = cacheIn(other, { authentication: iam, topology: CacheTopology.serverless() });
    expect(Resources.of(other).props('AWS::ElastiCache::ServerlessCache').UserGroupId).toBe(groupOf(Resources.of(other)).Properties.UserGroupId);
    expect(serverless.applicationIamUser).toBeDefined();
  });

  test('of Redis OSS has a default user that can do nothing beside it', () => {
    const other = stackOf();
    cacheIn(other, { authentication: iam, engine: CacheEngine.redis() });
    const users = Object.values(Resources.of(other).ofType(TYPE.user)).map(({ Properties }) =>
      [Properties.AuthenticationMode.Type, Properties.AccessString]);
    expect(users).toEqual(expect.arrayContaining([['iam', AccessString.readWrite().toString()], ['no-password-required', 'off -@all']]));
    expect(users).toHaveLength(2);
  });

  test('keeps its user when it is kept itself', () => {
    const other = stackOf();
    cacheIn(other, { authentication: iam, removalPolicy: RemovalPolicy.RETAIN });
    expect(Resources.of(other).only(TYPE.user).DeletionPolicy).toBe('Retain');
  });

  test('fails before Redis OSS 7.0, before anything is made', () => {
    const other = stackOf();
    const error = errorOf(() => cacheIn(other, { authentication: iam, engine: CacheEngine.redis(RedisVersion.V6_2) }));
    expect(error.codes).toEqual(['IamUsersUnsupported']);
    expect(other.node.tryFindChild('Cache')).toBeUndefined();
    expect(() => cacheIn(stackOf(), { authentication: iam, engine: CacheEngine.redis(RedisVersion.V7_0) })).not.toThrow();
  });

  test('fails for Memcached, which knows no users', () => {
    expect(errorOf(() => cacheIn(stackOf(), { authentication: iam, engine: CacheEngine.memcached() })).codes).toEqual(['PropNotForTopology']);
  });
});

describe('further users', () => {
  test.each<[string, CacheClusterOptions]>([['a password', {}], ['IAM', { authentication: iam }], ['a password, serverless', { topology: CacheTopology.serverless() }]])(
    'of both kinds join the group of a cache with %s, in the order of the calls', (_, options) => {
      const stack = stackOf();
      const cache = cacheIn(stack, options);
      const reader = cache.addUser('Reader', { accessString: AccessString.readOnly().keys('app:*') });
      const admin = cache.addIamUser('Admin', { accessString: AccessString.admin() });
      expect([reader, admin].map((user) => user.constructor)).toEqual([PasswordUser, IamUser]);
      const resources = Resources.of(stack);
      const first = (cache.applicationUser ?? cache.applicationIamUser)!.userId;
      expect(groupOf(resources).Properties.UserIds).toEqual([first, reader.userId, admin.userId]);
      expect(groupOf(resources).DependsOn).toEqual(expect.arrayContaining(resources.ids(TYPE.user)));
      expect(namesOf(resources)).toEqual(expect.arrayContaining(['reader', admin.userId]));
    });

  test('take name, id, passwords, rights and key', () => {
    const stack = stackOf();
    const [cacheKey, userKey] = ['CacheKey', 'UserKey'].map((id) => new Key(stack, id));
    const cache = cacheIn(stack, { encryptionKey: cacheKey });
    cache.addUser('One', { userName: 'orders', userId: 'orders-1', accessString: AccessString.readOnly() });
    cache.addUser('Two', { encryptionKey: userKey });
    cache.addUser('Three', { passwords: [SecretValue.secretsManager('a'), SecretValue.secretsManager('b')] });
    cache.addIamUser('Four', { userId: 'people' });
    const resources = Resources.of(stack);
    expect(namesOf(resources).sort()).toEqual(['app', 'orders', 'people', 'three', 'two']);
    const secrets = Object.values(resources.ofType(TYPE.secret)).map(({ Properties }) => Properties.KmsKeyId['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, ''));
    expect(secrets.sort()).toEqual(['CacheKey', 'CacheKey', 'UserKey']);
    const three = Object.values(resources.ofType(TYPE.user)).find(({ Properties }) => Properties.UserName === 'three')!;
    expect(three.Properties.AuthenticationMode.Passwords).toHaveLength(2);
  });

  test('are of the engine of the cache', () => {
    const stack = stackOf();
    const cache = cacheIn(stack, { engine: CacheEngine.redis() });
    cache.addUser('Reader');
    cache.addIamUser('Admin');
    expect(Object.values(Resources.of(stack).ofType(TYPE.user)).map(({ Properties }) => Properties.Engine)).toEqual(Array(4).fill('redis'));
  });

  test('have ids of their own in two caches of one stack, whatever the cache calls its parts', () => {
    const stack = stackOf();
    const users = ['A', 'B'].flatMap((id) => {
      const cache = cacheIn(stack, {}, id);
      return [cache.addUser('Reader'), cache.addUser('UserGroup'), cache.addIamUser('SecurityGroup')];
    });
    expect(new Set(users.map(({ userId }) => userId)).size).toBe(6);
    expect(() => Resources.of(stack)).not.toThrow();
  });

  test('stay with a cache that stays', () => {
    const stack = stackOf();
    cacheIn(stack, { removalPolicy: RemovalPolicy.RETAIN }).addUser('Reader');
    const kept = Resources.of(stack);
    [...Object.values(kept.ofType(TYPE.user)), ...Object.values(kept.ofType(TYPE.secret))].forEach(({ DeletionPolicy }) => expect(DeletionPolicy).toBe('Retain'));
  });

  test('with the same name twice are refused at synthesis', () => {
    const stack = stackOf();
    cacheIn(stack).addUser('App');
    expect(errorOf(() => Resources.of(stack)).message).toContain('[UserNameTwice]');
  });

  test('with IAM fail before Redis OSS 7.0, and leave nothing behind', () => {
    const stack = stackOf();
    const cache = cacheIn(stack, { engine: CacheEngine.redis(RedisVersion.V6_2) });
    const before = stack.node.findAll().map(({ node }) => node.path);
    const error = errorOf(() => cache.addIamUser('Admin'));
    expect(error.codes).toEqual(['IamUsersUnsupported']);
    expect(error.message).toContain('at Stack/Cache/Users/Admin');
    expect(stack.node.findAll().map(({ node }) => node.path)).toEqual(before);
    expect(() => cache.addUser('Reader')).not.toThrow();
  });
});

describe('a cache that does not make its users itself', () => {
  test.each<[string, (stack: ReturnType<typeof stackOf>) => CacheClusterOptions, RegExp]>([
    ['a group', (stack) => ({ authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Users', { users: [User.fromUserId(stack, 'U', 'u')] })) }),
      /got: authentication with the user group Stack\/Users; add the user to that group with addUser/],
    ['nobody', () => ({ authentication: CacheAuthentication.none() }), /got: authentication none; use CacheAuthentication\.password\(\) or CacheAuthentication\.iam\(\)/],
    ['Memcached', () => ({ engine: CacheEngine.memcached() }), /got: Memcached 1\.6\.\d+, which knows no users/],
  ])('%s: says what to do', (_, options, message) => {
    const stack = stackOf();
    const cache = cacheIn(stack, options(stack));
    for (const add of [() => cache.addUser('Reader'), () => cache.addIamUser('Admin')]) {
      const error = errorOf(add);
      expect(error.codes).toEqual(['UserGroupNotOwned']);
      expect(error.message).toMatch(message);
    }
  });
});
