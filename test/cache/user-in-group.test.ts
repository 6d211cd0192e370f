// A client that is to log in as somebody the cache does not know would be refused: it is warned of where this app knows everybody.
import { Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnUserGroup, IUserGroupRef, IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { cacheIn, importedVpc, Resources, stackOf } from './fixtures';
import { CacheAuthentication, ConnectionType, IamUser, PasswordUser, ReplicationGroup, ServerlessCache, User, UserGroup, ValkeyVersion, CacheEngine } from '../../src';

const ID = 'cdk-elasticache::UserNotInGroup';

function sceneWith(group: (stack: Stack) => IUserGroupRef) {
  const stack = stackOf();
  const vpc = importedVpc(stack);
  const userGroup = group(stack);
  const cache = new ReplicationGroup(stack, 'Cache', { vpc, userGroup });
  const fn = new Function(stack, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
  return { stack, vpc, userGroup, cache, fn };
}

/** What is said of a cache when its stack is synthesized. */
function warningsOf(cache: { readonly node: ReplicationGroup['node'] }): string[] {
  Resources.of(Stack.of(cache as ReplicationGroup));
  return cache.node.metadata.filter(({ type, data }) => type === 'aws:cdk:warning' && String(data).includes(ID)).map(({ data }) => data);
}

const own = (stack: Stack) => new UserGroup(stack, 'Users', { users: [new PasswordUser(stack, 'Member')] });
const raw = (stack: Stack) => new CfnUserGroup(stack, 'Raw', { engine: 'valkey', userGroupId: 'raw', userIds: ['member', 'Other'] });
const stranger = (stack: Stack) => new IamUser(stack, 'Stranger', { userId: 'stranger' });

describe('a stranger is warned of', () => {
  test.each<[string, (stack: Stack) => IUserGroupRef]>([['our own group', own], ['a raw group', raw]])('with %s', (_, group) => {
    const { stack, cache, fn, userGroup } = sceneWith(group);
    cache.grantAccess(fn, { user: stranger(stack) });
    expect(warningsOf(cache)).toEqual([expect.stringContaining(`log in as Stack/Stranger, and the user group of the cache, ${userGroup.node.path}, does not have that user`)]);
  });

  test('once, by connect too, and for a cache that has its own users', () => {
    const stack = stackOf();
    const cache = cacheIn(stack);
    cache.grants.connect(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }), stranger(stack));
    expect(warningsOf(cache)).toHaveLength(1);
  });

  test.each<[string, number, (stack: Stack) => IUserRef]>([
    ['a stranger', 1, stranger], ['its one user', 0, (stack) => User.fromSystemIamUser(stack, 'System')],
  ])('with the group of AWS for public endpoints: %s', (_, warned, user) => {
    const stack = stackOf();
    const cache = new ServerlessCache(stack, 'Cache', {
      engine: CacheEngine.valkey(ValkeyVersion.V9_0), connectionType: ConnectionType.PUBLIC, userGroup: UserGroup.fromSystemIamUserGroup(stack, 'Everybody'),
    });
    cache.grants.connect(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }), user(stack));
    expect(warningsOf(cache)).toHaveLength(warned);
  });

  test('unless it is acknowledged', () => {
    const { stack, cache, fn } = sceneWith(own);
    Validations.of(stack).acknowledge({ id: ID, reason: 'the user joins the group by hand' });
    cache.grantAccess(fn, { user: stranger(stack) });
    const said = Stack.of(cache).node.root as any;
    const messages = said.synth().getStackByName('Stack').messages.filter(({ entry }: any) => String(entry.data).includes(ID));
    expect(messages).toEqual([]);
  });
});

describe('nothing is said of', () => {
  test.each<[string, (stack: Stack) => IUserGroupRef, (stack: Stack, group: any) => IUserRef]>([
    ['a member', own, (_, group) => group._users[0]],
    ['a user that joins later', own, (stack, group) => {
      const user = stranger(stack);
      group.addUser(user);
      return user;
    }],
    ['a member by id', raw, (stack) => User.fromUserId(stack, 'U', 'member')],
    ['a member by id in other letters', raw, (stack) => User.fromUserId(stack, 'U', 'OTHER')],
    ['a group of another app', (stack) => UserGroup.fromUserGroupId(stack, 'Theirs', 'theirs'), stranger],
    ['an id that only the deployment knows', own, (stack) => User.fromUserId(stack, 'U', Token.asString({ Ref: 'Id' }))],
    ['members that only the deployment knows', (stack) => new CfnUserGroup(stack, 'Raw', { engine: 'valkey', userGroupId: 'raw', userIds: Token.asList({ Ref: 'Ids' }) }), stranger],
    ['a member that only the deployment knows', (stack) => new CfnUserGroup(stack, 'Raw', { engine: 'valkey', userGroupId: 'raw', userIds: [Token.asString({ Ref: 'Id' })] }), stranger],
  ])('%s', (_, group, user) => {
    const { stack, cache, fn, userGroup } = sceneWith(group);
    cache.grantAccess(fn, { user: user(stack, userGroup) });
    expect(warningsOf(cache)).toEqual([]);
  });

  test('a further user of the cache', () => {
    const stack = stackOf();
    const cache = cacheIn(stack, { authentication: CacheAuthentication.iam() });
    cache.grants.connect(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }), cache.addUser('Reader'));
    expect(warningsOf(cache)).toEqual([]);
  });
});
