// What happens to running engines when a deployed cache changes, when the change is refused, and when the cache goes.
import { join } from 'path';
import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { DescribeReplicationGroupsCommand, DescribeUserGroupsCommand, DescribeUsersCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { inspectGroup } from './support/actual';
import { Address, refusal, withClient } from './support/clients';
import { differences } from './support/differences';
import { readTemplate, Template } from './support/expected';
import {
  bootstrap, CdkResult, Credentials, credentialsOf, deploy, deployOrFail, destroy, endpointsOf, EngineNode, engineNodes, physicalIdsOf, readAssembly,
  removeAssemblies, removeStacks, settingOf, stackExists, stackStatus, synthesize,
} from './support/local-aws';

const STACK = 'Updates';
/** How Valkey says that a value is none of those it knows; the local AWS says only whose words they are. */
const REFUSAL = /refused the parameters:.*argument\(s\) must be one of the following: volatile-lru/;

let assemblies: string;
let cache: string;
let primary: Address;
let app: Credentials;
let batch: Credentials;
/** The deployments of other stacks, which the engines are to refuse. */
let failed: Record<string, CdkResult>;

const stateOf = (state: string) => join(assemblies, state);

beforeAll(async () => {
  await bootstrap();
  assemblies = synthesize('updates');
  // At once, as the CDK CLI mostly waits.
  const [, newer, invalid] = await Promise.all([
    deployOrFail(stateOf('first'), STACK), deploy(stateOf('newer'), 'Newer'), deploy(stateOf('invalid'), 'Invalid'),
  ]);
  failed = { Newer: newer, Invalid: invalid };
  const ids = await physicalIdsOf(STACK);
  cache = idOf(ids, 'CacheReplicationGroup');
  ({ primary } = await endpointsOf(cache));
  [app, batch] = await Promise.all(['appSecret', 'batchSecret'].map((name) => credentialsOf(idOf(ids, name))));
  await withClient(primary, app, (client) => client.set('greeting', 'hello'));
});

afterAll(async () => {
  await removeStacks(STACK, 'Newer', 'Invalid');
  removeAssemblies();
});

/** The physical id of a resource that is there once, by what its logical id is without the hash at its end. */
function idOf(ids: Record<string, string>, name: string): string {
  return ids[Object.keys(ids).find((logicalId) => new RegExp(`^${name}[0-9A-F]{8}$`).test(logicalId))!];
}

/** The engines of the cache, by member. */
function engines(): EngineNode[] {
  return engineNodes().filter(({ replicationGroup }) => replicationGroup === cache);
}

const pids = () => engines().map(({ pid }) => pid);

/** Everything in which the engines differ from the template of a state. */
async function compare(state: string): Promise<string[]> {
  const { groups, logins } = await readTemplate(readAssembly<Template>(stateOf(state), STACK), STACK);
  const [{ id, expected }] = Object.values(groups);
  return differences(expected, await inspectGroup(id, engineNodes(), logins));
}

// In this order: each starts from what the one before it left.
test('the first state: a primary and a replica', async () => {
  expect(await compare('first')).toEqual([]);
  expect(engines().map(({ role }) => role)).toEqual(['primary', 'replica']);
});

test('a changed parameter reaches the running engines, which are not restarted', async () => {
  const before = pids();
  await deployOrFail(stateOf('parameter'), STACK);
  expect(await compare('parameter')).toEqual([]);
  expect(settingOf(`${cache}-001`, 'maxmemory-samples')).toBe('9');
  expect(pids()).toEqual(before);
  expect(await withClient(primary, app, (client) => client.get('greeting'))).toBe('hello');
});

describe('a parameter value that the engine refuses', () => {
  let before: number[];
  let result: CdkResult;

  beforeAll(async () => {
    before = pids();
    result = await deploy(stateOf('refused'), STACK);
  });

  test('fails the deployment, with the words of the engine', () => {
    expect(result.ok).toBe(false);
    expect(result.output).toMatch(REFUSAL);
  });

  test('is rolled back', async () => {
    expect(await stackStatus(STACK)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('leaves every setting as it was, also the good ones of the same update', async () => {
    expect(settingOf(`${cache}-001`, 'maxmemory-policy')).toBe('volatile-lru');
    expect(await compare('parameter')).toEqual([]);
  });

  test('leaves the same engines with their data, and no other', async () => {
    expect(pids()).toEqual(before);
    expect(engineNodes()).toHaveLength(2);
    expect(await withClient(primary, app, (client) => client.get('greeting'))).toBe('hello');
  });
});

test('one replica more: a new engine with the data, beside those that were there', async () => {
  const before = pids();
  await deployOrFail(stateOf('bigger'), STACK);
  expect(await compare('bigger')).toEqual([]);
  expect(pids().slice(0, 2)).toEqual(before);
  const [, , added] = engines();
  expect(added).toMatchObject({ member: `${cache}-003`, role: 'replica' });
  expect(await withClient(added, app, (client) => client.get('greeting'))).toBe('hello');
});

test('one replica and one user less: their engine and their log-in are gone', async () => {
  const before = pids();
  expect(await withClient(primary, batch, (client) => client.ping())).toBe('PONG');
  await deployOrFail(stateOf('smaller'), STACK);
  expect(await compare('smaller')).toEqual([]);
  expect(pids()).toEqual(before.slice(0, 2));
  expect(await refusal(withClient(primary, batch, (client) => client.ping()))).toMatch(/^WRONGPASS/);
  const { Users: users } = await new ElastiCacheClient().send(new DescribeUsersCommand({}));
  expect(users!.map(({ UserName: name }) => name).filter((name) => name !== 'default')).toEqual(['app']);
});

describe.each([
  ['a version that no engine here has', 'Newer', /99\.0.*(local\/aws engine --build|VALKEY_SERVER)/],
  ['a parameter value that the engine refuses', 'Invalid', REFUSAL],
])('a new cache with %s', (_, stack, reason) => {
  test('fails the deployment, and says why', () => {
    expect(failed[stack].ok).toBe(false);
    expect(failed[stack].output).toMatch(reason);
  });

  test('is rolled back', async () => {
    expect(await stackStatus(stack)).toBe('ROLLBACK_COMPLETE');
  });

  test('leaves no engine, no cache, no user', async () => {
    const own = (id?: string) => id!.startsWith(stack.toLowerCase());
    const client = new ElastiCacheClient();
    const [groups, users] = [await client.send(new DescribeReplicationGroupsCommand({})), await client.send(new DescribeUsersCommand({}))];
    expect(engineNodes().filter(({ replicationGroup }) => own(replicationGroup))).toEqual([]);
    expect(groups.ReplicationGroups!.filter(({ ReplicationGroupId: id }) => own(id))).toEqual([]);
    expect(users.Users!.filter(({ UserId: id }) => own(id))).toEqual([]);
  });
});

describe('destroy', () => {
  let events: string[];

  beforeAll(async () => {
    const stackId = (await new CloudFormationClient().send(new DescribeStackEventsCommand({ StackName: STACK }))).StackEvents![0].StackId!;
    await destroy(stateOf('smaller'), STACK);
    const { StackEvents: all } = await new CloudFormationClient().send(new DescribeStackEventsCommand({ StackName: stackId }));
    events = all!.filter(({ ResourceStatus: status }) => status === 'DELETE_COMPLETE').reverse().map(({ ResourceType: type }) => type!);
  });

  test('leaves no stack and no engine', async () => {
    expect(await stackExists(STACK)).toBe(false);
    expect(engineNodes()).toEqual([]);
  });

  test('removes the cache before its user group, and the group before its users', () => {
    const [group, userGroup, user] = ['ReplicationGroup', 'UserGroup', 'User'].map((type) => events.lastIndexOf(`AWS::ElastiCache::${type}`));
    expect(group).toBeGreaterThanOrEqual(0);
    expect(userGroup).toBeGreaterThan(group);
    expect(user).toBeGreaterThan(userGroup);
  });

  test('leaves no user and no user group', async () => {
    const client = new ElastiCacheClient();
    const [groups, users] = [await client.send(new DescribeUserGroupsCommand({})), await client.send(new DescribeUsersCommand({}))];
    expect(groups.UserGroups).toEqual([]);
    expect(users.Users!.filter(({ UserId: id }) => id !== 'default')).toEqual([]);
  });
});
