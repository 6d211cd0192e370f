// Deploys one cache of each kind, then takes the synthesized template as the truth and asks every engine whether it is so.
import { CloudFormationClient, DescribeStackEventsCommand, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DescribeReplicationGroupsCommand, DescribeUsersCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { inspectGroup } from './support/actual';
import { Address, refusal, withClient, withGlide } from './support/clients';
import { differences } from './support/differences';
import { Deployed, Login, readTemplate, Template } from './support/expected';
import { askEngine, bootstrap, deployOrFail, endpointsOf, engineNodes, readAssembly, removeAssemblies, removeStacks, synthesize } from './support/local-aws';
import { filesOf, findSecrets, processes } from './support/scan';

const STACK = 'Engines';

let assembly: string;
let output: string;
let deployed: Deployed;

beforeAll(async () => {
  await bootstrap();
  assembly = synthesize('engines');
  output = await deployOrFail(assembly, '--verbose', STACK);
  deployed = await readTemplate(readAssembly<Template>(assembly, STACK), STACK);
});

afterAll(async () => {
  await removeStacks(STACK);
  removeAssemblies();
});

/** The differences of every replication group of the template, by logical id. */
async function compare(): Promise<Record<string, string[]>> {
  const running = engineNodes();
  const found: Record<string, string[]> = {};
  for (const [logicalId, { id, expected }] of Object.entries(deployed.groups)) {
    found[logicalId] = differences(expected, await inspectGroup(id, running, deployed.logins));
  }
  return found;
}

/** The replication group whose logical id begins so. */
function groupOf(prefix: string): string {
  return Object.entries(deployed.groups).find(([logicalId]) => logicalId.startsWith(prefix))![1].id;
}

/** Where a user logs in, and with what. */
async function loginOf(prefix: string, username: string): Promise<{ primary: Address; reader: Address; login: Login }> {
  const [, { id, expected }] = Object.entries(deployed.groups).find(([logicalId]) => logicalId.startsWith(prefix))!;
  const user = expected.users!.find(({ name }) => name === username)!;
  return { ...await endpointsOf(id), login: deployed.logins.find((login) => login.id === user.id)! };
}

test('the template holds what is worth comparing', () => {
  const groups = Object.values(deployed.groups).map(({ expected }) => expected);
  expect(groups.map(({ nodes }) => nodes).sort()).toEqual([1, 1, 1, 2, 2, 3]);
  expect(new Set(groups.map(({ port }) => port))).toEqual(new Set([6379, 6400, 7000]));
  expect(new Set(groups.map(({ tls }) => tls))).toEqual(new Set([true, false]));
  expect(groups.map(({ users }) => users?.map(({ name }) => name).sort() ?? 'no user group').sort())
    .toEqual([['app'], ['app', 'default'], ['narrow'], 'no user group', 'no user group', ['reader', 'writer']]);
  expect(deployed.logins).toHaveLength(5);
  expect(Math.max(...groups.map(({ parameters }) => Object.keys(parameters).length))).toBe(7);
});

test('every engine is what the template says', async () => {
  expect(await compare()).toEqual(Object.fromEntries(Object.keys(deployed.groups).map((logicalId) => [logicalId, []])));
});

test('no engine runs that the template does not have', () => {
  const members = Object.values(deployed.groups).flatMap(({ id, expected }) =>
    Array.from({ length: expected.nodes }, (_, index) => `${id}-00${index + 1}`));
  expect(engineNodes().map(({ member }) => member).sort()).toEqual(members.sort());
});

describe('what applications may do', () => {
  test('the application user writes on the primary and reads from the replica, through two clients', async () => {
    const { primary, reader, login } = await loginOf('CacheReplicationGroup', 'app');
    const credentials = { username: login.username, password: login.password };
    await withClient(primary, credentials, (client) => client.set('greeting', 'hello'));
    expect(await withGlide(primary, credentials, (client) => client.get('greeting'))).toBe('hello');
    expect(await withClient(reader, credentials, (client) => client.get('greeting'))).toBe('hello');
    expect(await refusal(withClient(reader, credentials, (client) => client.set('greeting', 'bye')))).toMatch(/^READONLY/);
  });

  test('the application user may not do what is administrative or dangerous', async () => {
    const { primary, login } = await loginOf('CacheReplicationGroup', 'app');
    for (const command of ['FLUSHALL', 'KEYS *', 'CONFIG GET save', 'ACL SETUSER app on', 'REPLICAOF NO ONE', 'SHUTDOWN']) {
      const [name, ...words] = command.split(' ');
      expect([command, await refusal(withClient(primary, login, (client) => client.call(name, ...words)))]).toEqual([command, expect.stringMatching(/^NOPERM/)]);
    }
  });

  test('an access string of its own limits keys, channels and commands', async () => {
    const { primary, login } = await loginOf('Development', 'narrow');
    await withClient(primary, login, async (client) => {
      expect(await client.set('app:greeting', 'hello')).toBe('OK');
      expect(await refusal(client.get('other:greeting'))).toMatch(/^NOPERM.*key/);
      expect(await refusal(client.call('ACL', 'LIST'))).toMatch(/^NOPERM.*acl/);
    });
  });

  test('a user that may read only', async () => {
    const { primary, login } = await loginOf('Group', 'reader');
    await withClient(primary, login, async (client) => {
      expect(await client.get('app:probe')).toMatch(/^written-/);
      expect(await refusal(client.set('app:probe', ''))).toMatch(/^NOPERM/);
    });
  });

  test('the password of another cache\'s user of the same name opens nothing', async () => {
    const { primary } = await loginOf('CacheReplicationGroup', 'app');
    const { login: other } = await loginOf('RedisOss', 'app');
    expect(await refusal(withClient(primary, other, (client) => client.ping()))).toMatch(/^WRONGPASS/);
  });
});

describe('the passwords are nowhere', () => {
  const passwords = () => deployed.logins.map(({ password }) => password);

  test('not in the assembly: templates, assets, metadata, tree', () => {
    const files = filesOf(assembly);
    expect(Object.keys(files).filter((name) => /template\.json|assets\.json|tree\.json|manifest\.json/.test(name)).length).toBeGreaterThanOrEqual(4);
    expect(findSecrets(passwords(), files)).toEqual([]);
  });

  test('not in what the CDK CLI prints, told to print everything', () => {
    expect(output).toContain('AWS::ElastiCache::User');
    expect(findSecrets(passwords(), { output })).toEqual([]);
  });

  test('not in what CloudFormation tells of the stack', async () => {
    const client = new CloudFormationClient();
    const template = JSON.stringify(await client.send(new GetTemplateCommand({ StackName: STACK })));
    const stack = JSON.stringify(await client.send(new DescribeStacksCommand({ StackName: STACK })));
    const events = JSON.stringify(await client.send(new DescribeStackEventsCommand({ StackName: STACK })));
    expect(template).toContain('AWS::ElastiCache::User');
    expect(findSecrets(passwords(), { template, stack, events })).toEqual([]);
  });

  test('not in what ElastiCache tells of users and caches', async () => {
    const client = new ElastiCacheClient();
    const users = JSON.stringify(await client.send(new DescribeUsersCommand({})));
    const groups = JSON.stringify(await client.send(new DescribeReplicationGroupsCommand({})));
    deployed.logins.forEach(({ id }) => expect(users).toContain(id));
    expect(findSecrets(passwords(), { users, groups })).toEqual([]);
  });

  test('not in the files of the local AWS: its log, and configuration and log of every engine', () => {
    const files = filesOf(process.env.LOCAL_AWS_DIR!);
    expect(Object.keys(files).filter((name) => /aws\.log$|engine\.(conf|log)$/.test(name))).toHaveLength(1 + 2 * engineNodes().length);
    expect(findSecrets(passwords(), files)).toEqual([]);
    // The search would see one: the administrator of the local AWS has a password, and engines have it from their configuration.
    const [, administrator] = Object.entries(files).find(([name]) => name.endsWith('admin.password'))!;
    expect(findSecrets([String(administrator).trim()], files).filter((name) => name.endsWith('engine.conf'))).toHaveLength(engineNodes().length);
  });

  test('not in the command line or environment of any process', () => {
    const places = processes();
    expect(Object.keys(places)).toEqual(expect.arrayContaining(engineNodes().map(({ pid }) => `/proc/${pid}/cmdline`)));
    expect(findSecrets(passwords(), places)).toEqual([]);
  });
});

// Last, as it breaks what the others look at.
test('what is changed behind the back of CloudFormation is found', async () => {
  const [cache, development, group] = [groupOf('CacheReplicationGroup'), groupOf('Development'), groupOf('Group')];
  askEngine(`${cache}-002`, 'CONFIG', 'SET', 'maxmemory-samples', '9');
  askEngine(`${development}-001`, 'ACL', 'SETUSER', 'narrow', '+flushall');
  askEngine(`${group}-002`, 'ACL', 'SETUSER', 'writer', '>another-password');
  askEngine(`${group}-003`, 'REPLICAOF', 'NO', 'ONE');
  const found = Object.values(await compare()).flat();
  expect(found).toEqual(expect.arrayContaining([
    `${cache}-002: parameter maxmemory-samples: expected "7", got "9"`,
    `${development}-001: user narrow: the engine's rule has +flushall, which the access string has not`,
    expect.stringMatching(new RegExp(`^${group}-002: user writer: hashes of passwords: expected`)),
    'number of primaries: expected 1, got 2',
    'number of replicas: expected 2, got 1',
    expect.stringMatching(/^the reader endpoint .* does not lead to a reader$/),
    expect.stringMatching(new RegExp(`^${group}-003: reads "written-\\d+", the primary was given`)),
  ]));
  expect(found).toHaveLength(7);
});
