import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnUser } from 'aws-cdk-lib/aws-elasticache';
import { CacheEngine, NoPasswordUser, PasswordUser, User, UserGroup } from '../../src';
import { errorOf, expectNoBrokenTokens, newStack, parameter, propertiesOf, resourceOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::UserGroup';
const REDIS = CacheEngine.redis();
const LEGAL = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

describe('members', () => {
  test('are literal ids with an explicit dependency, never a reference', () => {
    const stack = newStack();
    const user = new PasswordUser(stack, 'App');
    new UserGroup(stack, 'Users', { users: [user] });
    const group = resourceOf(stack, TYPE);
    expect(group.Properties).toEqual({ Engine: 'valkey', UserGroupId: expect.stringMatching(LEGAL), UserIds: [user.userId] });
    expect(group.DependsOn).toEqual([stack.getLogicalId(user.node.defaultChild as CfnUser)]);
    expect(JSON.stringify(group)).not.toMatch(/Ref|GetAtt/);
  });

  test('may be added later, in any order', () => {
    const stack = newStack();
    const [one, two, three] = ['One', 'Two', 'Three'].map((id) => new PasswordUser(stack, id));
    const group = new UserGroup(stack, 'Users', { users: [one] });
    group.addUser(two, three);
    expect(propertiesOf(stack, TYPE).UserIds).toEqual([one.userId, two.userId, three.userId]);
    expect(resourceOf(stack, TYPE).DependsOn).toHaveLength(3);
  });

  test('may be raw users', () => {
    const stack = newStack();
    const raw = new CfnUser(stack, 'Raw', { engine: 'valkey', userId: 'raw-1', userName: 'raw', passwords: ['x'.repeat(16)] });
    new UserGroup(stack, 'Users', { users: [raw] });
    expect(resourceOf(stack, TYPE)).toMatchObject({ Properties: { UserIds: ['raw-1'] }, DependsOn: ['Raw'] });
  });

  test('may be imported by id', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users', { engine: REDIS, users: [User.fromUserId(stack, 'Imported', 'app-1')] });
    const group = resourceOf(stack, TYPE);
    expect(group.Properties.UserIds).toEqual(['app-1']);
    expect(group.DependsOn).toBeUndefined();
  });

  test('may be any reference with an ARN', () => {
    const stack = newStack();
    const foreign = Object.assign(User.fromUserId(stack, 'Other', 'ignored'), {});
    Object.defineProperty(foreign, 'userId', { value: undefined });
    Object.defineProperty(foreign, 'userRef', { value: { userName: 'x', userArn: 'arn:aws:elasticache:eu-central-1:111122223333:user:from-arn' } });
    new UserGroup(stack, 'Users', { users: [foreign] });
    expect(propertiesOf(stack, TYPE).UserIds).toEqual(['from-arn']);
  });

  test('may be in another stack, which then comes first', () => {
    const app = new App();
    const first = new Stack(app, 'First');
    const user = new PasswordUser(first, 'App');
    const stack = new Stack(app, 'Second');
    new UserGroup(stack, 'Users', { users: [user] });
    expect(propertiesOf(stack, TYPE).UserIds).toEqual([user.userId]);
    expect([stack, first].map((each) => each.dependencies.map((other) => other.node.id))).toEqual([['First'], []]);
    expect(Template.fromStack(first).toJSON().Outputs).toBeUndefined();
  });

  test('may be in a nested stack', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    const user = new PasswordUser(nested, 'App');
    new UserGroup(stack, 'Users', { users: [user] });
    const group = resourceOf(stack, TYPE);
    expect([group.Properties.UserIds, group.DependsOn]).toEqual([[user.userId], [stack.getLogicalId(nested.nestedStackResource!)]]);
  });

  test('may have ids that are tokens', () => {
    const stack = newStack();
    const id = parameter(stack, 'Id');
    new UserGroup(stack, 'Users', { users: [new PasswordUser(stack, 'App', { userId: id.string }), User.fromUserId(stack, 'Imported', id.string)] });
    expect(propertiesOf(stack, TYPE).UserIds).toEqual([id.ref, id.ref]);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });
});

describe('judged when the app is synthesized', () => {
  test('a group of Redis OSS needs a user named default', () => {
    const make = () => {
      const stack = newStack();
      return { stack, group: new UserGroup(stack, 'Users', { engine: REDIS, users: [new PasswordUser(stack, 'App', { engine: REDIS })] }) };
    };
    expect(errorOf(() => Template.fromStack(make().stack)).message)
      .toMatch(/\[Stack\/Users\] \[DefaultUserRequired\] users of a Redis OSS group must include a user named default, got: app/);
    const { stack, group } = make();
    group.addUser(new NoPasswordUser(stack, 'Default'));
    expect(propertiesOf(stack, TYPE).UserIds).toHaveLength(2);
  });

  test('the user that every account has counts', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users', { engine: REDIS, users: [User.fromUserId(stack, 'Default', 'default')] });
    expect(propertiesOf(stack, TYPE).UserIds).toEqual(['default']);
  });

  test('an empty group of Redis OSS lacks it too', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users', { engine: REDIS });
    expect(errorOf(() => Template.fromStack(stack)).message).toContain('[DefaultUserRequired] users of a Redis OSS group must include a user named default, got: none');
  });

  test('a group with a user that is not of this app is not judged by what it may lack', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users', { engine: REDIS, users: [new PasswordUser(stack, 'App', { engine: REDIS }), User.fromUserId(stack, 'Imported', 'x')] });
    expect(propertiesOf(stack, TYPE).UserIds).toHaveLength(2);
  });

  // What is wrong with a known member stays wrong whoever else is in the group.
  test('fails when a known member is unfit, also beside an imported one', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users', { users: [new NoPasswordUser(stack, 'Guest'), User.fromUserId(stack, 'Imported', 'x')] });
    expect(errorOf(() => Template.fromStack(stack)).message).toContain('[ValkeyGroupNeedsPasswords]');
  });

  test('a group of Valkey takes users of Redis OSS with a password, and needs none', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users', { users: [new PasswordUser(stack, 'App', { engine: REDIS })] });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ Engine: 'valkey', UserIds: [expect.any(String)] });
    const empty = newStack();
    new UserGroup(empty, 'Users');
    expect(propertiesOf(empty, TYPE).Engine).toBe('valkey');
  });

  test('names that are tokens are not compared', () => {
    const stack = newStack();
    const name = parameter(stack, 'Name');
    new UserGroup(stack, 'Users', { users: ['One', 'Two'].map((id) => new PasswordUser(stack, id, { userName: name.string })) });
    expect(propertiesOf(stack, TYPE).UserIds).toHaveLength(2);
  });

  test('all problems of a group are said', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users', { userGroupId: 'a--b', engine: REDIS, users: ['One', 'Two'].map((id) => new PasswordUser(stack, id, { userName: 'app' })) });
    const { message } = errorOf(() => Template.fromStack(stack));
    ['UserGroupIdInvalid', 'DefaultUserRequired', 'UserGroupEngineMismatch', 'UserNameTwice'].forEach((code) => expect(message).toContain(`[${code}]`));
  });
});

describe('ids', () => {
  test('differ by stack, path and engine, and fit twice into one stack', () => {
    const make = (stackName: string, id: string, engine?: CacheEngine) => new UserGroup(new Stack(new App(), 'Stack', { stackName }), id, { engine }).userGroupId;
    const ids = [make('One', 'Users'), make('Two', 'Users'), make('One', 'Others'), make('One', 'Users', REDIS)];
    expect(new Set(ids).size).toBe(4);
    ids.forEach((id) => {
      expect(id).toMatch(LEGAL);
      expect(id.length).toBeLessThanOrEqual(40);
    });
    const stack = newStack();
    new UserGroup(stack, 'One');
    new UserGroup(stack, 'Two');
    const found = Object.values(Template.fromStack(stack).findResources(TYPE)).map((group) => group.Properties.UserGroupId);
    expect(new Set(found).size).toBe(2);
  });

  test('the logical id carries the engine', () => {
    const stack = newStack();
    expect(new UserGroup(stack, 'One').node.defaultChild?.node.id).toBe('Valkey');
    expect(new UserGroup(stack, 'Two', { engine: REDIS }).node.defaultChild?.node.id).toBe('Redis');
  });

  test('that are given are written in lower case, and may be tokens', () => {
    const stack = newStack();
    const id = parameter(stack, 'Id');
    expect(new UserGroup(stack, 'One', { userGroupId: 'MyGroup' }).userGroupId).toBe('mygroup');
    new UserGroup(stack, 'Two', { userGroupId: id.string });
    expect(Object.values(Template.fromStack(stack).findResources(TYPE)).map((group) => group.Properties.UserGroupId)).toEqual(['mygroup', id.ref]);
  });
});

describe('resource', () => {
  test('is deleted with the stack, or kept', () => {
    const stack = newStack();
    new UserGroup(stack, 'Users');
    expect(resourceOf(stack, TYPE)).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    const keeping = newStack();
    new UserGroup(keeping, 'Users', { removalPolicy: RemovalPolicy.RETAIN });
    expect(resourceOf(keeping, TYPE)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('is the same with props that are undefined as without them', () => {
    const [without, withUndefined] = [{}, { engine: undefined, users: undefined, userGroupId: undefined, removalPolicy: undefined }].map((props) => {
      const stack = newStack();
      new UserGroup(stack, 'Users', props);
      return Template.fromStack(stack).toJSON();
    });
    expect(withUndefined).toEqual(without);
  });

  test('has an ARN with a colon, and a reference', () => {
    const stack = newStack({ env: { account: '111122223333', region: 'eu-central-1' } });
    const group = new UserGroup(stack, 'Users', { userGroupId: 'users' });
    expect(stack.resolve(group.userGroupArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:eu-central-1:111122223333:usergroup:users']] });
    expect(group.userGroupRef).toEqual({ userGroupId: 'users', userGroupArn: group.userGroupArn });
  });

  test('is told from an import', () => {
    const stack = newStack();
    const group = new UserGroup(stack, 'Ours');
    const imported = UserGroup.fromUserGroupId(stack, 'Imported', 'users');
    expect([imported.userGroupId, imported.userGroupRef.userGroupId]).toEqual(['users', 'users']);
    expect([group, imported, undefined, null, 'text', {}, group.node.defaultChild].map((each) => UserGroup.isUserGroup(each)))
      .toEqual([true, false, false, false, false, false, false]);
  });
});
