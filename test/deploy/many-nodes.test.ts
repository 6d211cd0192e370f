// More nodes than one alarm can watch: the alarm over those that watch goes off with the nodes of either, is heard of once, and ends; and nodes
// come and go with no alarm in the way.
import { Socket } from 'net';
import { connect } from 'tls';
import { certificate } from './support/clients';
import { alarmStates, compositeStates, heard, until } from './support/cloudwatch';
import { bootstrap, deployOrFail, destroy, EngineNode, engineNodes, outputsOf, removeAssemblies, stackStatus, synthesize } from './support/local-aws';
import { startOwn } from './support/own-local-aws';

const STACK = 'ManyNodes';
const SECONDS_PER_MINUTE = 0.5;
const PATIENCE = 60;

let stop: () => void;
let assemblies: string;
let queueUrl: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  stop = startOwn({ LOCAL_AWS_SECONDS_PER_MINUTE: `${SECONDS_PER_MINUTE}` });
  await bootstrap();
  assemblies = synthesize('many-nodes');
  await deployOrFail(`${assemblies}/11`, STACK);
  ({ QueueUrl: queueUrl } = await outputsOf(STACK));
});

afterAll(() => {
  sockets.forEach((socket) => socket.destroy());
  stop?.();
  removeAssemblies();
});

/** The short names of alarms, from those that CloudFormation made: `ManyNodes-CacheAlarmsEvictions…`. */
const shortName = (alarm: string) => /-CacheAlarms([A-Za-z0-9]+?)[0-9A-F]{8}-/.exec(alarm)?.[1] ?? alarm;
const named = (states: Record<string, string>) => Object.fromEntries(Object.entries(states).map(([name, state]) => [shortName(name), state]));
const watching = async () => named(await alarmStates());
const telling = async () => named(await compositeStates());

/** What the queue has heard so far. */
async function hear(messages: string[]): Promise<string[]> {
  messages.push(...(await heard(queueUrl)).map((text) => text.replace(/^[^:]+/, shortName)));
  return messages;
}

function node(number: number): EngineNode {
  return engineNodes().filter(({ replicationGroup }) => replicationGroup.startsWith('manynodes')).sort((a, b) => a.member.localeCompare(b.member))[number - 1];
}

function connectTo({ host, port }: EngineNode): void {
  sockets.push(...Array.from({ length: 40 }, () => connect({ host, port, ca: certificate(), rejectUnauthorized: false }).on('error', () => undefined)));
}

const disconnect = () => sockets.splice(0).forEach((socket) => socket.destroy());

const EVERY = ['ConnectionsAnyNode', 'EvictionsAnyNode', 'MemcachedCpuAnyNode', 'SwapAnyNode'];

test('of eleven nodes four alarms tell, and eight watch', async () => {
  const all = await until(watching, (states) => Object.values(states).every((state) => state === 'OK'), PATIENCE);
  expect(Object.keys(all).sort()).toEqual(
    ['Connections', 'Evictions', 'MemcachedCpu', 'Swap'].flatMap((id) => [id, `${id}FromNode11`]));
  expect(Object.keys(await telling()).sort()).toEqual(EVERY);
  await until(telling, (states) => EVERY.every((id) => states[id] === 'OK'), PATIENCE);
  await new Promise((resolve) => setTimeout(resolve, 2000 * SECONDS_PER_MINUTE));
  await hear([]);
});

test('one node is enough, also the last; when another one follows nobody is told again; when all are over it is over', async () => {
  const messages: string[] = [];
  connectTo(node(11));
  await until(watching, (states) => states.ConnectionsFromNode11 === 'ALARM', PATIENCE);
  expect(await telling()).toMatchObject({ ConnectionsAnyNode: 'ALARM', EvictionsAnyNode: 'OK' });
  await until(() => hear(messages), (found) => found.length > 0, PATIENCE);
  expect((await watching()).Connections).toBe('OK');

  connectTo(node(3));
  await until(watching, (states) => states.Connections === 'ALARM', PATIENCE);
  expect((await telling()).ConnectionsAnyNode).toBe('ALARM');

  disconnect();
  await until(telling, (states) => states.ConnectionsAnyNode === 'OK', PATIENCE);
  await until(() => hear(messages), (found) => found.length > 1, PATIENCE);
  await new Promise((resolve) => setTimeout(resolve, 2000 * SECONDS_PER_MINUTE));
  expect(await hear(messages)).toEqual(['ConnectionsAnyNode: ALARM', 'ConnectionsAnyNode: OK']);
});

test('with ten nodes the alarms that watch tell again, and with eleven they do not', async () => {
  await deployOrFail(`${assemblies}/10`, STACK);
  expect(await stackStatus(STACK)).toBe('UPDATE_COMPLETE');
  expect(await compositeStates()).toEqual({});
  expect(Object.keys(await watching()).sort()).toEqual(['Connections', 'Evictions', 'MemcachedCpu', 'Swap']);
  await deployOrFail(`${assemblies}/11`, STACK);
  expect(Object.keys(await telling()).sort()).toEqual(EVERY);
});

test('destroying leaves no alarm', async () => {
  await destroy(`${assemblies}/11`, STACK);
  expect([await alarmStates(), await compositeStates()]).toEqual([{}, {}]);
});
