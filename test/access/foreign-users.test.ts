// Users of other libraries, and raw ones: accepted by reference, by id, and with the order said where CloudFormation cannot see it.
import * as alpha from '@aws-cdk/aws-elasticache-alpha';
import { Fn, Resource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnUser, CfnUserGroup, IUserRef, UserReference } from 'aws-cdk-lib/aws-elasticache';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CacheEngine, IamUser, PasswordUser, ReplicationGroup, User, UserAuthentication, UserGroup } from '../../src';
import { errorOf, newGroup, newStack, newVpc, propertiesOf, resourceOf } from '../support/cdk';

const GROUP = 'AWS::ElastiCache::UserGroup';

/** A construct of another library that has no more than CDK's reference interface asks for. */
class TheirUser extends Resource implements IUserRef {
  public constructor(scope: Stack, id: string, private readonly arn: string) {
    super(scope, id);
    this.node.defaultChild = new CfnUser(this, 'Made', { engine: 'valkey', userId: `their-${id}`, userName: id, authenticationMode: { Type: 'iam' } });
  }

  public get userRef(): UserReference {
    return { userName: 'them', userArn: this.arn };
  }
}

test('a reference gives the id by its ARN, literal or not', () => {
  const stack = newStack();
  const literal = new TheirUser(stack, 'Literal', 'arn:aws:elasticache:eu-west-1:111122223333:user:their-id');
  const token = new TheirUser(stack, 'Token', Fn.importValue('arn'));
  const group = new UserGroup(stack, 'Users', { users: [literal] });
  group.addUser(token);
  const { Properties, DependsOn } = resourceOf(stack, GROUP);
  expect(Properties.UserIds).toEqual(['their-id', { 'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::ImportValue': 'arn' }] }] }]);
  expect(DependsOn).toEqual([literal, token].map((user) => stack.getLogicalId(user.node.defaultChild as CfnUser)).sort());
});

test('raw users and raw groups are taken', () => {
  const stack = newStack();
  const raw = new CfnUser(stack, 'Raw', { engine: 'valkey', userId: 'raw', userName: 'raw', accessString: 'on', authenticationMode: { Type: 'iam' } });
  new UserGroup(stack, 'Users', { users: [raw] });
  expect(resourceOf(stack, GROUP)).toMatchObject({ Properties: { UserIds: ['raw'] }, DependsOn: ['Raw'] });
  const other = newStack();
  const userGroup = new CfnUserGroup(other, 'Group', { engine: 'valkey', userGroupId: 'g', userIds: ['raw'] });
  newGroup(other, { userGroup });
  expect(propertiesOf(other, 'AWS::ElastiCache::ReplicationGroup').UserGroupIds).toEqual([{ Ref: 'Group' }]);
});

describe('users of the alpha module', () => {
  const stack = newStack();
  const vpc = newVpc(stack);
  const theirs = new alpha.IamUser(stack, 'Theirs', { userId: 'their-user', accessControl: alpha.AccessControl.fromAccessString('on ~* +@all') });
  const user = User.fromUserAttributes(stack, 'Brought', { userId: theirs.userId, userName: theirs.userName, authentication: UserAuthentication.IAM });
  const userGroup = new UserGroup(stack, 'Users', { users: [user] });
  userGroup.node.addDependency(theirs);
  const cache = new ReplicationGroup(stack, 'Cache', { vpc, userGroup });
  cache.grantAccess(new Function(stack, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') }), { user });
  const template = Template.fromStack(stack);

  test('are in the group by their literal id, and are made before it', () => {
    const { Properties, DependsOn } = resourceOf(stack, GROUP);
    expect(Properties.UserIds).toEqual(['their-user']);
    const [logicalId] = Object.keys(template.findResources('AWS::ElastiCache::User'));
    expect(DependsOn).toEqual([logicalId]);
  });

  test('are what a client logs in as', () => {
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(JSON.stringify(policy.Properties.PolicyDocument.Statement)).toContain(':user:their-user');
    expect(policy.Properties.PolicyDocument.Statement).toHaveLength(1);
    const [fn] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(fn.Properties.Environment.Variables).toMatchObject({ CACHE_USERNAME: 'their-user' });
  });
});

describe('imported groups', () => {
  test('tell their engine when they are told it', () => {
    const stack = newStack();
    const userGroup = UserGroup.fromUserGroupAttributes(stack, 'Theirs', { userGroupId: 'theirs', engine: CacheEngine.valkey() });
    expect(userGroup.userGroupRef.userGroupId).toBe('theirs');
    expect(errorOf(() => newGroup(stack, { userGroup, engine: CacheEngine.redis() })).codes).toEqual(['UserGroupEngineUnfit']);
    expect(() => newGroup(stack, { userGroup })).not.toThrow();
  });

  test('of which only the id is known are not judged', () => {
    const stack = newStack();
    expect(() => newGroup(stack, { userGroup: UserGroup.fromUserGroupId(stack, 'Theirs', 'theirs'), engine: CacheEngine.redis() })).not.toThrow();
  });
});

test('users are added in any order, also after the cache that takes the group', () => {
  const stack = newStack();
  const userGroup = new UserGroup(stack, 'Users');
  newGroup(stack, { userGroup });
  const users = [new PasswordUser(stack, 'One'), new IamUser(stack, 'Two')];
  userGroup.addUser(...users);
  expect(propertiesOf(stack, GROUP).UserIds).toEqual(users.map(({ userId }) => userId));
});
