// A cache of raw L1s moves into our constructs: the same engines go on running, with what they hold.
import { DescribeReplicationGroupsCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { withClient } from './support/clients';
import { bootstrap, deployOrFail, destroy, endpointsOf, engineNodes, outputsOf, removeAssemblies, stackExists, synthesizeFile } from './support/local-aws';

const STACK = 'Orders';
const ZONES = {
  [`availability-zones:account=${process.env.CDK_DEFAULT_ACCOUNT}:region=${process.env.CDK_DEFAULT_REGION}`]: ['us-east-1a', 'us-east-1b'],
};

/** What there is of the cache. */
async function look() {
  const { CacheId: id } = await outputsOf(STACK);
  const nodes = engineNodes().filter(({ replicationGroup }) => replicationGroup === id);
  const { ReplicationGroups: [group] = [] } = await new ElastiCacheClient().send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: id }));
  return { id, pids: nodes.map(({ pid }) => pid).sort(), ...await endpointsOf(id), backups: group.SnapshotRetentionLimit, multiAz: group.MultiAZ };
}

let assembly: string;
let before: Awaited<ReturnType<typeof look>>;

beforeAll(async () => {
  await bootstrap();
  await deployOrFail(synthesizeFile('examples/adopting/before.ts', ZONES));
  before = await look();
  await withClient(before.primary, {}, (client) => client.mset('order:1', 'tea', 'order:2', 'cake'));
  assembly = synthesizeFile('examples/adopting/app.ts', ZONES);
  await deployOrFail(assembly);
});

afterAll(() => removeAssemblies());

test('the same engines run, at the same addresses', async () => {
  expect(before.pids).toHaveLength(2);
  const { id, pids, primary, reader } = await look();
  expect({ id, pids, primary, reader }).toEqual({ id: before.id, pids: before.pids, primary: before.primary, reader: before.reader });
});

test('what they hold is there', async () => {
  expect(await withClient(before.primary, {}, (client) => client.mget('order:1', 'order:2'))).toEqual(['tea', 'cake']);
});

test('the construct is in force: what it adds is there', async () => {
  expect([before.backups, before.multiAz]).toEqual([0, 'disabled']);
  expect(await look()).toMatchObject({ backups: 7, multiAz: 'enabled' });
});

test('destroying leaves no engine', async () => {
  await destroy(assembly);
  expect(await stackExists(STACK)).toBe(false);
  expect(engineNodes().filter(({ replicationGroup }) => replicationGroup === before.id)).toEqual([]);
});
