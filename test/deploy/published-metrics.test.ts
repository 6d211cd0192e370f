// The catalogue against what running caches publish: every name, unit and dimension of one is in the other, but for what is named here.
import { CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand, Metric } from '@aws-sdk/client-cloudwatch';
import type { Redis } from 'iovalkey';
import { withAdministrator } from './support/clients';
import { until } from './support/cloudwatch';
import { bootstrap, deployOrFail, engineNodes, outputsOf, readAssembly, removeAssemblies, synthesize } from './support/local-aws';
import { startOwn } from './support/own-local-aws';
import {
  ALL_METRICS, DIMENSIONS, lackOf, memberDimensions, memcachedNodes, MetricRow, metricRow, NAMESPACE, NodeDimensions, PublisherFacts,
  serverlessDimensions,
} from '../../src/monitoring/private/metric-catalog';

const STACK = 'Metrics';

/** What the local AWS has nothing to tell of. Its guide says why. */
const OF_HOSTS = ['CPUCreditBalance', 'CPUCreditUsage', 'NetworkPacketsIn', 'NetworkPacketsOut', 'NetworkMaxPacketsIn', 'NetworkMaxPacketsOut'];
const OWED: Readonly<Record<string, readonly string[]>> = {
  group: [
    ...OF_HOSTS,
    'JsonBasedCmds', 'JsonBasedCmdsLatency', 'JsonBasedGetCmds', 'JsonBasedGetCmdsLatency', 'JsonBasedSetCmds', 'JsonBasedSetCmdsLatency',
    'SearchBasedCmds', 'SearchBasedCmdsLatency', 'SearchBasedGetCmds', 'SearchBasedGetCmdsLatency', 'SearchBasedSetCmds', 'SearchBasedSetCmdsLatency',
    'SearchNumberOfIndexes', 'SearchTotalIndexedDocuments', 'SearchUsedMemoryBytes',
    'DurabilityLag', 'DurabilityBufferExceededErrorCount',
    // Of global datastores alone, which a test of the local AWS has.
    'GlobalDatastoreReplicationLag',
  ],
  memcached: OF_HOSTS,
  serverlessValkey: ['JsonBasedCmds', 'JsonBasedCmdsECPUs', 'JsonBasedGetCmds', 'JsonBasedGetCmdsECPUs', 'JsonBasedSetCmds', 'JsonBasedSetCmdsECPUs'],
  serverlessMemcached: ['SuccessfulReadRequestLatency', 'SuccessfulWriteRequestLatency'],
};

/** What CloudWatch calls the units that it does not know. */
const UNITS: Readonly<Record<string, string>> = { Boolean: 'Count', Number: 'None', Credits: 'Count' };

let stop: () => void;
let over = false;
const loads: Promise<void>[] = [];
const subjects: Record<string, { readonly facts: PublisherFacts; readonly nodes: readonly NodeDimensions[]; readonly group?: string }> = {};
let published: Metric[];

/** A command of each family. */
async function useEverything(client: Redis): Promise<void> {
  await Promise.all([
    client.set('{k}string', '1', 'EX', 1000), client.get('{k}string'), client.get('{k}missing'), client.hset('{k}hash', 'a', '1'), client.hget('{k}hash', 'a'),
    client.lpush('{k}list', '1'), client.ltrim('{k}list', 0, 9), client.sadd('{k}set', '1'), client.zadd('{k}sorted', 1, 'a'),
    client.geoadd('{k}geo', 13, 38, 'a'), client.pfadd('{k}loglog', '1'), client.xadd('{k}stream', 'MAXLEN', 9, '*', 'a', '1'), client.publish('news', '1'),
    client.eval('return 1', 1, '{k}string'), client.exists('{k}string'), client.ping(), client.call('CLUSTER', 'INFO'),
  ]);
}

function keepBusy(prefix: string): void {
  const node = engineNodes().find(({ replicationGroup, role }) => replicationGroup === prefix && role === 'primary')!;
  loads.push(withAdministrator(node, async (client) => {
    while (!over) {
      await useEverything(client);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }));
}

/** What is published, with names of dimensions only, for example `Evictions CacheClusterId`. */
function publishedOf(values: ReadonlySet<string>): string[] {
  const mine = published.filter(({ Dimensions: dimensions }) => dimensions!.some(({ Value: value }) => values.has(value!)));
  return [...new Set(mine.map(({ MetricName: name, Dimensions: dimensions }) => described(name!, dimensions!.map((each) => each.Name!))))].sort();
}

function described(name: string, dimensions: readonly string[]): string {
  return [name, ...[...dimensions].sort()].join(' ');
}

const ofGroup = (all: boolean) => all ? [DIMENSIONS.group] : [DIMENSIONS.group, DIMENSIONS.role];

/** The same of the catalogue. */
function catalogued(name: string): string[] {
  const { facts, nodes } = subjects[name];
  const rows = ALL_METRICS.filter((row) => lackOf(row, facts) === undefined && !OWED[name].includes(row.name));
  return rows.flatMap((row: MetricRow) => [
    described(row.name, Object.keys(nodes[0][row.level])),
    ...facts.kind === 'replicationGroup' ? (row.ofGroup ?? []).map((of) => described(row.name, ofGroup(of === 'all'))) : [],
  ]).filter((each, index, all) => all.indexOf(each) === index).sort();
}

/** The values by which the metrics of a cache are told from others. */
function valuesOf(name: string): Set<string> {
  const { nodes, group } = subjects[name];
  const own = nodes.map(({ host }) => host[DIMENSIONS.member] ?? host[DIMENSIONS.serverless]);
  return new Set(group === undefined ? own : [...own, group]);
}

beforeAll(async () => {
  stop = startOwn({ LOCAL_AWS_SECONDS_PER_MINUTE: '0.5' });
  await bootstrap();
  const assembly = synthesize('metrics');
  await deployOrFail(assembly, STACK);
  const { GroupId: group, MemcachedId: memcached, Serverless0Id: valkey, Serverless1Id: serverlessMemcached } = await outputsOf(STACK);
  const members = engineNodes().filter(({ replicationGroup }) => replicationGroup === group).map(({ member }) => member);
  const { Resources: resources } = readAssembly<{ Resources: Record<string, any> }>(assembly, STACK);
  const onNodes = (type: string) => {
    const { Properties: { CacheNodeType: nodeType, EngineVersion: engineVersion } } = Object.values(resources).find(({ Type }) => Type === type)!;
    return { family: nodeType.split('.')[1], engineVersion, dataTiering: false };
  };
  Object.assign(subjects, {
    group: {
      facts: { ...onNodes('AWS::ElastiCache::ReplicationGroup'), kind: 'replicationGroup', engine: 'valkey' }, nodes: members.map(memberDimensions), group,
    },
    memcached: {
      facts: { ...onNodes('AWS::ElastiCache::CacheCluster'), kind: 'memcached', engine: 'memcached' }, nodes: memcachedNodes(memcached, 2),
    },
    serverlessValkey: { facts: { kind: 'serverless', engine: 'valkey' }, nodes: [serverlessDimensions(valkey)] },
    serverlessMemcached: { facts: { kind: 'serverless', engine: 'memcached' }, nodes: [serverlessDimensions(serverlessMemcached)] },
  });
  keepBusy(group);
  keepBusy(`serverless/${valkey}`);
  const list = async () => (await new CloudWatchClient().send(new ListMetricsCommand({ Namespace: NAMESPACE }))).Metrics ?? [];
  // The engine's own CPU is known from the second minute on, that of a host too.
  published = await until(list, (seen) => {
    published = seen;
    return Object.keys(subjects).every((name) => {
      const names = new Set(publishedOf(valuesOf(name)));
      return catalogued(name).every((each) => names.has(each));
    });
  }, 20).catch(() => published);
});

afterAll(async () => {
  over = true;
  try {
    await Promise.all(loads);
  } finally {
    stop?.();
    removeAssemblies();
  }
});

test.each(Object.keys(OWED))('%s: publishes what the catalogue has, under its dimensions, and nothing else', (name) => {
  expect(publishedOf(valuesOf(name))).toEqual(catalogued(name));
});

test.each(Object.keys(OWED))('%s: what is owed is in the catalogue', (name) => {
  expect(OWED[name].filter((each) => lackOf(metricRow(each)!, subjects[name].facts) !== undefined)).toEqual([]);
});

test('nothing is published for what is not a cache of the stack', () => {
  const known = new Set(Object.keys(subjects).flatMap((name) => [...valuesOf(name)]));
  expect(published.filter(({ Dimensions: dimensions }) => !dimensions!.some(({ Value: value }) => known.has(value!)))).toEqual([]);
});

test('each node publishes under its own dimensions', () => {
  const valuesIn = (dimensions: Metric['Dimensions']) => Object.fromEntries(dimensions!.map(({ Name: key, Value: value }) => [key!, value!]));
  const names = (name: string) => published.filter(({ MetricName: each }) => each === name)
    .map(({ Dimensions: dimensions }) => JSON.stringify(valuesIn(dimensions), DIMENSION_ORDER)).sort();
  const nodes = [...subjects.group.nodes, ...subjects.memcached.nodes];
  expect(names('CPUUtilization')).toEqual(nodes.map(({ host }) => JSON.stringify(host, DIMENSION_ORDER)).sort());
  const all = Object.values(subjects).flatMap((subject) => subject.nodes);
  expect(names('Evictions')).toEqual(all.map(({ engine }) => JSON.stringify(engine, DIMENSION_ORDER)).sort());
});

test('every unit is that of the catalogue', async () => {
  const client = new CloudWatchClient();
  const ever = { StartTime: new Date(0), EndTime: new Date('2100-01-01') };
  const first = [...new Map(published.map((metric) => [metric.MetricName!, metric])).values()];
  const units: Record<string, string | undefined> = {};
  for (const { MetricName: name, Dimensions: dimensions } of first) {
    const { Datapoints: points } = await client.send(new GetMetricStatisticsCommand({
      ...ever, Namespace: NAMESPACE, MetricName: name, Dimensions: dimensions, Period: 60, Statistics: ['Average'],
    }));
    units[name!] = points?.[0]?.Unit;
  }
  expect(units).toEqual(Object.fromEntries(first.map(({ MetricName: name }) => {
    const { unit } = metricRow(name!)!;
    return [name!, UNITS[unit] ?? unit];
  })));
});

/** The order in which dimensions are compared. */
const DIMENSION_ORDER = [DIMENSIONS.member, DIMENSIONS.node, DIMENSIONS.serverless];
