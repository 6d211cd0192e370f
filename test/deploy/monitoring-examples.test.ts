// The examples without a client: deployed, told of a failover where they have somebody to tell, and destroyed.
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand, GetMetricDataCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeEventsCommand, ElastiCacheClient, TestFailoverCommand } from '@aws-sdk/client-elasticache';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { withAdministrator } from './support/clients';
import { alarmStates, until } from './support/cloudwatch';
import { bootstrap, deployOrFail, destroy, EngineNode, engineNodes, outputsOf, removeAssemblies, resourcesOf, stackExists, synthesizeFile } from './support/local-aws';
import { startOwn } from './support/own-local-aws';
import { queriesOf, Widget } from '../../scripts/lib/dashboard-picture/body';
import { dataOf, fromCloudWatch, missingOf } from '../../scripts/lib/dashboard-picture/data';
import { metricRow } from '../../src/monitoring/private/metric-catalog';

const EXAMPLES = [{ name: 'dashboard', stack: 'Dashboard', members: /^dashboard-/ }, { name: 'monitoring', stack: 'Monitoring', members: /^monitoring-/ }];
const PATIENCE = 30;

let stop: () => void;
const assemblies = new Map<string, string>();

beforeAll(async () => {
  stop = startOwn({ LOCAL_AWS_SECONDS_PER_MINUTE: '0.5' });
  await bootstrap();
  EXAMPLES.forEach(({ name }) => assemblies.set(name, synthesizeFile(`examples/${name}/app.ts`)));
  await Promise.all(EXAMPLES.map(({ name }) => deployOrFail(assemblies.get(name)!)));
});

afterAll(() => {
  stop?.();
  removeAssemblies();
});

function nodesOf(cacheId: string): EngineNode[] {
  return engineNodes().filter(({ replicationGroup }) => replicationGroup === cacheId);
}

/** The widgets of the dashboards of a stack. */
async function widgetsOf(stack: string): Promise<Widget[]> {
  const names = (await resourcesOf(stack)).get('AWS::CloudWatch::Dashboard')!;
  const bodies = await Promise.all(names.map((name) => new CloudWatchClient().send(new GetDashboardCommand({ DashboardName: name }))));
  return bodies.flatMap(({ DashboardBody: body }) => JSON.parse(body!).widgets as Widget[]);
}

describe('dashboard', () => {
  test('under load each of its graphs has data', async () => {
    const { CacheId: cacheId } = await outputsOf('Dashboard');
    const widgets = await widgetsOf('Dashboard');
    const answer = fromCloudWatch(new Date(0), new Date('2100-01-01'));
    const ofReplicas = (name: string) => metricRow(name)?.replicasOnly === true;
    let over = false;
    const loads = nodesOf(cacheId).map((node) => withAdministrator(node, async (client) => {
      while (!over) {
        await client.get('order:1');
        if (node.role === 'primary') {
          await client.set('order:1', '1', 'EX', 100);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }));
    try {
      const missing = async () => missingOf(await dataOf(widgets, answer, await alarmStates()), ofReplicas);
      expect(await until(missing, (found) => found.length === 0, PATIENCE)).toEqual([]);
      expect(widgets.filter(({ type }) => type === 'metric').length).toBeGreaterThan(5);
    } finally {
      over = true;
      await Promise.all(loads);
    }
  });

  test('the queue hears of a failover, and of nothing that it did not ask for', async () => {
    const { CacheId: cacheId, QueueUrl: queueUrl } = await outputsOf('Dashboard');
    const primary = nodesOf(cacheId).find(({ role }) => role === 'primary')!;
    const messages: Record<string, string>[] = [];
    const heard = async () => {
      const client = new SQSClient();
      const { Messages: found = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
      for (const { Body: body, ReceiptHandle: receipt } of found) {
        const envelope = JSON.parse(body!);
        messages.push(typeof envelope.Message === 'string' ? JSON.parse(envelope.Message) : envelope);
        await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
      }
      return messages;
    };
    expect(await heard()).toEqual([]); // that the cache was made is no event of these

    await new ElastiCacheClient().send(new TestFailoverCommand({ ReplicationGroupId: cacheId, NodeGroupId: '0001' }));

    const kinds = () => messages.flatMap((message) => Object.keys(message)).sort();
    await until(heard, () => kinds().length >= 2, PATIENCE);
    expect(kinds()).toEqual(['ElastiCache:CacheNodeReplaceComplete', 'ElastiCache:FailoverComplete']);
    const { Events: events } = await new ElastiCacheClient().send(new DescribeEventsCommand({ SourceIdentifier: cacheId, SourceType: 'replication-group' }));
    expect(events!.map(({ Message: text }) => text).join()).toMatch(/failover/i);
    const failover = messages.find((message) => 'ElastiCache:FailoverComplete' in message)!;
    expect(nodesOf(cacheId).map(({ member }) => member)).toContain(failover['ElastiCache:FailoverComplete']);
    expect(nodesOf(cacheId).find(({ role }) => role === 'primary')!.member).not.toBe(primary.member);
  });
});

describe('monitoring', () => {
  test('every alarm is there, and none goes off', async () => {
    const stacks = (await resourcesOf('Monitoring')).get('AWS::CloudWatch::Alarm')!;
    const { MetricAlarms: alarms = [] } = await new CloudWatchClient().send(new DescribeAlarmsCommand({ AlarmNames: stacks, MaxRecords: 100 }));
    expect(alarms.map(({ AlarmName: name }) => name).sort()).toEqual([...stacks].sort());
    // Credits of burstable nodes are not known to the local AWS, and a hit rate needs reads.
    const withData = stacks.filter((name) => !/CpuCredits|HitRate/i.test(name));
    expect(withData.length).toBeGreaterThan(8);
    const states = await until(() => alarmStates(), (seen) => withData.every((name) => seen[name] !== 'INSUFFICIENT_DATA'), PATIENCE);
    expect(withData.filter((name) => states[name] !== 'OK')).toEqual([]);
  });

  test('the graphs of cdk-monitoring-constructs draw metrics of the cache', async () => {
    const graphs = (await widgetsOf('Monitoring')).filter(({ type, properties }) => type === 'metric' && /Connections|Writes/.test(properties.title ?? ''));
    expect(graphs.map(({ properties }) => properties.title)).toEqual(['Connections of each node', 'Writes of each node']);
    for (const graph of graphs) {
      const { lines, queries } = queriesOf(graph);
      const values = async () => {
        const { MetricDataResults: results } = await new CloudWatchClient().send(
          new GetMetricDataCommand({ MetricDataQueries: [...queries], StartTime: new Date(0), EndTime: new Date('2100-01-01') }));
        return (results ?? []).filter(({ Values: found }) => found!.length > 0).length;
      };
      expect(await until(values, (found) => found === lines.length, PATIENCE)).toBe(lines.length);
    }
  });
});

test('destroying leaves no stack, no engine, no alarm and no dashboard', async () => {
  await Promise.all(EXAMPLES.map(({ name }) => destroy(assemblies.get(name)!)));
  expect(await Promise.all(EXAMPLES.map(({ stack }) => stackExists(stack)))).toEqual([false, false]);
  expect(engineNodes().filter(({ member }) => EXAMPLES.some(({ members }) => members.test(member)))).toEqual([]);
  expect(await alarmStates()).toEqual({});
  expect((await new CloudWatchClient().send(new ListDashboardsCommand({}))).DashboardEntries ?? []).toEqual([]);
});
