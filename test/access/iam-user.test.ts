import { Template } from 'aws-cdk-lib/assertions';
import { CfnUser } from 'aws-cdk-lib/aws-elasticache';
import { AccessString, CacheEngine, IamUser, NoPasswordUser, PasswordUser, User, UserAuthentication, UserGroup } from '../../src';
import { authenticationOf } from '../../src/access/user-ref';
import { errorOf, newStack, parameter, propertiesOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::User';

describe('a user with IAM', () => {
  test('has a name that is its id, and no password', () => {
    const stack = newStack();
    const user = new IamUser(stack, 'App');
    const properties = propertiesOf(stack, TYPE);
    expect(properties).toEqual({
      Engine: 'valkey',
      UserId: expect.stringMatching(/^stack-app-[0-9a-f]{10}$/),
      UserName: properties.UserId,
      AccessString: 'on ~* &* +@all -@admin -@dangerous +info',
      AuthenticationMode: { Type: 'iam' },
    });
    expect([user.userId, user.userName, user.secret]).toEqual([properties.UserId, properties.UserId, undefined]);
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(User.isUser(user)).toBe(true);
  });

  test('takes id, engine and rights; the name follows the id as the service stores it', () => {
    const stack = newStack();
    new IamUser(stack, 'App', { userId: 'Orders', engine: CacheEngine.redis(), accessString: AccessString.readOnly() });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ Engine: 'redis', UserId: 'orders', UserName: 'orders', AccessString: AccessString.readOnly().toString() });
  });

  test('takes an id that is a token, and the name is the same token', () => {
    const stack = newStack();
    const id = parameter(stack, 'Id');
    new IamUser(stack, 'App', { userId: id.string });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ UserId: id.ref, UserName: id.ref });
  });

  test.each(['default', '9lives', 'a--b'])('fails when its id is %j', (userId) => {
    expect(errorOf(() => new IamUser(newStack(), 'App', { userId })).codes).toEqual(['UserIdInvalid']);
  });

  test('fails when its access string holds a password', () => {
    const { message, codes } = errorOf(() => new IamUser(newStack(), 'App', { accessString: AccessString.of('on >planted-password ~*') }));
    expect(codes).toEqual(['AccessStringInvalid']);
    expect(message).not.toContain('planted');
  });

  test('two in one stack differ, and a change of the engine makes another', () => {
    const stack = newStack();
    const ids = [new IamUser(stack, 'One'), new IamUser(stack, 'Two'), new IamUser(newStack(), 'One', { engine: CacheEngine.redis() })].map(({ userId }) => userId);
    expect(new Set(ids).size).toBe(3);
  });

  test('warns of what is doubtful', () => {
    const user = new IamUser(newStack(), 'App', { accessString: AccessString.of('~* +@all') });
    expect(warningsOf(user)).toEqual([expect.stringContaining('AccessStringDoubtful')]);
  });
});

describe('how a user logs in', () => {
  test.each<[string, (stack: ReturnType<typeof newStack>) => any, UserAuthentication | undefined]>([
    ['a user with a password', (stack) => new PasswordUser(stack, 'U'), UserAuthentication.PASSWORD],
    ['a user with IAM', (stack) => new IamUser(stack, 'U'), UserAuthentication.IAM],
    ['a user without a password', (stack) => new NoPasswordUser(stack, 'U'), UserAuthentication.NO_PASSWORD],
    ['an import of which nothing is known', (stack) => User.fromUserId(stack, 'U', 'u'), undefined],
    ['an import with IAM', (stack) => User.fromUserAttributes(stack, 'U', { userId: 'u', authentication: UserAuthentication.IAM }), UserAuthentication.IAM],
    ['the system\'s own', (stack) => User.fromSystemIamUser(stack, 'U'), UserAuthentication.IAM],
    ['a raw user', (stack) => new CfnUser(stack, 'U', { engine: 'valkey', userId: 'u', userName: 'u', authenticationMode: { Type: 'iam' } }), UserAuthentication.IAM],
    ['a raw user of which it is not known', (stack) => new CfnUser(stack, 'U', { engine: 'valkey', userId: 'u', userName: 'u' }), undefined],
  ])('%s', (_, make, expected) => {
    expect(authenticationOf(make(newStack()))).toBe(expected);
  });
});

describe('what AWS makes in every account', () => {
  test('has the ids that AWS documents', () => {
    const stack = newStack();
    const [user, group] = [User.fromSystemIamUser(stack, 'User'), UserGroup.fromSystemIamUserGroup(stack, 'Group')];
    expect([user.userId, user.userName, group.userGroupId]).toEqual(['default.iam-user', 'default.iam-user', 'default.iam-user-group']);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });
});
