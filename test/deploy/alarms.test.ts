// Makes a cache suffer in every way that an alarm is for, and sees exactly that alarm go off, be heard of, and end. Five minutes take seconds.
import { Socket } from 'net';
import { connect } from 'tls';
import { ElastiCacheClient, ModifyReplicationGroupCommand } from '@aws-sdk/client-elasticache';
import { certificate, refusal, withAdministrator, withClient } from './support/clients';
import { alarmStates, heard, metricValues, transitionsOf, until } from './support/cloudwatch';
import { bootstrap, deployOrFail, EngineNode, engineNodesMeanwhile, outputsOf, readAssembly, removeAssemblies, synthesize } from './support/local-aws';
import { startOwn } from './support/own-local-aws';

const STACK = 'Alarms';
const SECONDS_PER_MINUTE = 0.5;
const PATIENCE = 40;

let stop: () => void;
let assembly: string;
let outputs: Record<string, string>;
let load: { end: () => Promise<void> };
const log: string[] = [];

beforeAll(async () => {
  stop = startOwn({ LOCAL_AWS_SECONDS_PER_MINUTE: `${SECONDS_PER_MINUTE}`, LOCAL_AWS_MAXMEMORY: '16mb' });
  await bootstrap();
  assembly = synthesize('alarms');
  await deployOrFail(assembly, STACK);
  outputs = await outputsOf(STACK);
  load = keepBusy((await nodesOf('HealthyId'))[0]);
});

afterAll(async () => {
  try {
    await load?.end();
  } finally {
    stop?.();
    removeAssemblies();
    console.info(log.join('\n'));
  }
});

/** The nodes of a cache, the primary first. */
async function nodesOf(output: string): Promise<EngineNode[]> {
  const nodes = (await engineNodesMeanwhile()).filter(({ replicationGroup }) => replicationGroup === outputs[output]);
  return nodes.sort((a, b) => a.role.localeCompare(b.role));
}

/** An application that reads and writes, a few hundred times a second. */
function keepBusy(node: EngineNode): { end: () => Promise<void> } {
  let over = false;
  const running = withClient(node, {}, async (client) => {
    // What it reads is there from the start.
    await Promise.all(Array.from({ length: 107 }, (_, order) => client.set(`order:${order}`, 'new', 'EX', 600)));
    for (let turn = 0; !over; turn++) {
      await client.set(`order:${turn % 100}`, `${turn}`, 'EX', 60);
      await client.mget(`order:${turn % 100}`, `order:${(turn + 7) % 100}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  return {
    end: () => {
      over = true;
      return running;
    },
  };
}

/** The short names of alarms, from those that CloudFormation made: `Alarms-SufferingAlarmsEvictions…`. */
function shortName(alarm: string): string {
  return /-(Suffering|Healthy)(?:Alarms)?([A-Z][A-Za-z]+?)[0-9A-F]{8}/.exec(alarm)?.slice(1).join(' ') ?? alarm;
}

async function alarming(): Promise<string[]> {
  return Object.entries(await alarmStates()).filter(([, state]) => state === 'ALARM').map(([name]) => shortName(name)).sort();
}

/** Waits until these alarms are on, then for two minutes more, in which no other may come. */
async function expectAlarms(...expected: string[]): Promise<void> {
  const names = expected.map((name) => `Suffering ${name}`).sort();
  await until(alarming, (seen) => names.every((name) => seen.includes(name)), PATIENCE);
  await new Promise((resolve) => setTimeout(resolve, 2000 * SECONDS_PER_MINUTE));
  expect(await alarming()).toEqual(names);
}

/** Waits until all is well again, and compares what the subscriber heard meanwhile. */
async function expectEnd(...expected: string[]): Promise<void> {
  await until(alarming, (seen) => seen.length === 0, PATIENCE);
  const messages: string[] = [];
  const both = expected.flatMap((name) => [`Suffering ${name}: ALARM`, `Suffering ${name}: OK`]).sort();
  await until(async () => messages.push(...(await heard(outputs.QueueUrl)).map((text) => text.replace(/^[^:]+/, shortName))),
    () => messages.length >= both.length, PATIENCE);
  log.push(`heard: ${messages.join(', ')}`);
  expect([...messages].sort()).toEqual(both);
}

test('the thresholds are those of the library where none was given', () => {
  const { Resources: resources } = readAssembly<{ Resources: Record<string, any> }>(assembly, STACK);
  const thresholds = Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([id, { Properties }]) => [shortName(`-${id}`), Properties.Threshold]));
  const both = {
    HostCpu: 45, Memory: 80, Evictions: 100, Connections: 52000, ReplicationLag: 10, AuthenticationFailures: 10, ReplicaLink: 1, PrimaryMissing: 1,
  };
  const more = {
    EngineCpu: 90,
    FreeableMemory: expect.any(Number),
    Swap: 0,
    NewConnections: 6000,
    NetworkAllowance: 0,
    AuthorizationFailures: 10,
    IamThrottling: 0,
    TrafficManagement: 0,
    HitRate: 80,
    ReadLatency: 100_000,
    WriteLatency: 100_000,
  };
  const named = (cache: string, values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${cache} ${name}`, value]));
  expect(thresholds).toEqual({
    ...named('Healthy', { ...both, ...more }),
    ...named('Suffering', { ...both, Connections: 40, ReplicationLag: 2 }),
  });
});

test('every alarm has data, and none goes off', async () => {
  // Without data an alarm is in the state INSUFFICIENT_DATA.
  const states = await until(alarmStates, (seen) => Object.values(seen).every((state) => state === 'OK'), PATIENCE);
  expect(Object.keys(states)).toHaveLength(27);
  // That they are OK is heard a moment after it is so.
  await new Promise((resolve) => setTimeout(resolve, 2000 * SECONDS_PER_MINUTE));
  await heard(outputs.QueueUrl);
});

test('a full memory evicts', async () => {
  const [primary] = await nodesOf('SufferingId');
  expect(await withAdministrator(primary, (client) => client.config('GET', 'maxmemory-policy'))).toEqual(['maxmemory-policy', 'volatile-lru']);
  await withClient(primary, {}, async (client) => {
    let full = false;
    const filling = (async () => {
      for (let turn = 0; !full; turn++) {
        await Promise.all(Array.from({ length: 100 }, (_, index) => client.set(`filler:${turn}:${index}`, 'x'.repeat(5000), 'EX', 1000)));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    try {
      await expectAlarms('Evictions', 'Memory');
    } finally {
      full = true;
      await filling;
    }
  });
  await withAdministrator(primary, (client) => client.flushall());
  await expectEnd('Evictions', 'Memory');
});

test('too many connections', async () => {
  const [{ host, port }] = await nodesOf('SufferingId');
  const sockets: Socket[] = Array.from({ length: 50 }, () => connect({ host, port, ca: certificate() }).on('error', () => undefined));
  try {
    await expectAlarms('Connections');
  } finally {
    sockets.forEach((socket) => socket.destroy());
  }
  await expectEnd('Connections');
});

test('a hundred failed log-ins', async () => {
  const [primary] = await nodesOf('SufferingId');
  await withClient(primary, {}, async (client) => {
    for (let attempt = 0; attempt < 100; attempt++) {
      expect(await refusal(client.call('AUTH', 'intruder', `guess-${attempt}`))).toContain('WRONGPASS');
    }
  });
  const id = `${outputs.SufferingId}-001`;
  const counted = () => metricValues([{
    Id: 'failures',
    MetricStat: {
      Metric: { Namespace: 'AWS/ElastiCache', MetricName: 'AuthenticationFailures', Dimensions: [{ Name: 'CacheClusterId', Value: id }] }, Stat: 'Sum', Period: 60,
    },
  }]);
  await until(counted, ({ failures }) => failures.reduce((sum, value) => sum + value, 0) === 100, PATIENCE);
  await expectEnd('AuthenticationFailures');
});

test('a replica that hangs lags behind', async () => {
  const [, replica] = await nodesOf('SufferingId');
  process.kill(replica.pid, 'SIGSTOP');
  try {
    await expectAlarms('ReplicationLag');
  } finally {
    process.kill(replica.pid, 'SIGCONT');
  }
  await expectEnd('ReplicationLag');
});

/** Acts as operators do: with the next change of the cache a dead node is replaced. */
async function replaceDeadNode(): Promise<void> {
  await new ElastiCacheClient().send(new ModifyReplicationGroupCommand({
    ReplicationGroupId: outputs.SufferingId, ReplicationGroupDescription: `with a new node, ${Date.now()}`, ApplyImmediately: true,
  }));
}

test('a replica that is dead has no link', async () => {
  const [, replica] = await nodesOf('SufferingId');
  process.kill(replica.pid, 'SIGKILL');
  await expectAlarms('ReplicaLink');
  await replaceDeadNode();
  await expectEnd('ReplicaLink');
});

test('a primary that is dead is missed, and its replica has no link and falls behind', async () => {
  const [primary] = await nodesOf('SufferingId');
  process.kill(primary.pid, 'SIGKILL');
  await expectAlarms('PrimaryMissing', 'ReplicaLink', 'ReplicationLag');
  await replaceDeadNode();
  await expectEnd('PrimaryMissing', 'ReplicaLink', 'ReplicationLag');
});

test('the cache that was left alone had no alarm all the while, and all of its alarms have data', async () => {
  const states = Object.entries(await alarmStates()).filter(([name]) => shortName(name).startsWith('Healthy'));
  expect(states.map(([, state]) => state)).toEqual(Array(19).fill('OK'));
  const transitions = await Promise.all(states.map(([name]) => transitionsOf(name)));
  log.push(...states.map(([name], index) => `${shortName(name)}: ${transitions[index].join(', ')}`));
  expect(transitions.flat().filter((text) => text.includes('ALARM'))).toEqual([]);
});
