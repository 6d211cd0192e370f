// What happens to a cache reaches who asked for it, and nothing else does: topics and queues behind the filters and the rules that the library makes.
import { mkdirSync, rmdirSync } from 'fs';
import { join } from 'path';
import {
  CreateServerlessCacheSnapshotCommand, CreateSnapshotCommand, DescribeSnapshotsCommand, ElastiCacheClient, RebootCacheClusterCommand,
  TestFailoverCommand,
} from '@aws-sdk/client-elasticache';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { until } from './support/cloudwatch';
import { askEngine, bootstrap, deployOrFail, destroy, engineNodes, outputsOf, removeAssemblies, stackExists, synthesize } from './support/local-aws';
import { startOwn } from './support/own-local-aws';

const STACK = 'Events';
const PATIENCE = 30;
/** What nobody asked for would have come by then. */
const QUIET = 1500;
const LISTENERS = [
  'Failover', 'Scaled', 'SnapshotFailed', 'NodeReplaced', 'Maintenance', 'Backups', 'PagesScaled', 'PagesRebooted', 'FeedSnapshotFailed', 'FeedUpdated',
  'FeedBackups', 'Alarmed',
];

let stop: () => void;
let assemblies: string;
let outputs: Record<string, string>;
const caches = () => new ElastiCacheClient();

beforeAll(async () => {
  stop = startOwn({ LOCAL_AWS_SECONDS_PER_MINUTE: '0.5' });
  await bootstrap();
  assemblies = synthesize('events');
  await deployOrFail(join(assemblies, 'first'), STACK);
  outputs = await outputsOf(STACK);
});

afterAll(() => {
  stop?.();
  removeAssemblies();
});

/** An event as `name of what it is about`, an alarm as `name is state`. */
function eventsIn(body: string): string[] {
  const event = JSON.parse(body);
  if ('AlarmName' in event) {
    return [`${/-(\w+?)[0-9A-F]{8}-/.exec(event.AlarmName)![1]} is ${event.NewStateValue}`];
  }
  return 'detail-type' in event ? [`${event['detail-type']} of ${event.detail.SourceIdentifier}`]
    : Object.entries(event).map(([name, about]) => `${name} of ${about}`);
}

/** Takes what a queue has heard since it was asked last. */
async function take(listener: string): Promise<string[]> {
  const client = new SQSClient();
  const QueueUrl = outputs[`${listener}Url`];
  const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  await Promise.all(messages.map(({ ReceiptHandle }) => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))));
  return messages.flatMap(({ Body: body }) => eventsIn(body!));
}

/** Waits until each of these has heard as much as it should, and a while longer; then nobody else may have heard of anything. */
async function expectHeard(expected: Record<string, string[]>): Promise<void> {
  const heard: Record<string, string[]> = {};
  const all = async () => {
    for (const listener of LISTENERS) {
      const events = await take(listener);
      if (events.length > 0) {
        heard[listener] = [...heard[listener] ?? [], ...events];
      }
    }
    return heard;
  };
  await until(all, () => Object.entries(expected).every(([listener, events]) => (heard[listener] ?? []).length >= events.length), PATIENCE);
  await new Promise((resolve) => setTimeout(resolve, QUIET));
  await all();
  const sorted = (of: Record<string, string[]>) => Object.fromEntries(Object.entries(of).map(([listener, events]) => [listener, [...events].sort()]));
  expect(sorted(heard)).toEqual(sorted(expected));
}

/** Something in the way of the file that an engine writes, for as long as `work` takes: the engine itself then fails to write it. */
async function unableToWrite(member: string, work: () => Promise<unknown>): Promise<void> {
  const [, folder] = askEngine(member, 'CONFIG', 'GET', 'dir') as string[];
  const inTheWay = join(folder, 'dump.rdb');
  mkdirSync(inTheWay);
  try {
    await work();
  } finally {
    rmdirSync(inTheWay);
  }
}

test('that the caches were made nobody asked for', () => expectHeard({}));

test('a backup is told, and one that failed to those who asked for failed ones', async () => {
  const { StoreId: store } = outputs;
  await caches().send(new CreateSnapshotCommand({ SnapshotName: 'good', ReplicationGroupId: store }));
  await expectHeard({ Backups: [`ElastiCache:SnapshotComplete of ${store}`] });

  await unableToWrite(`${store}-001`, () => caches().send(new CreateSnapshotCommand({ SnapshotName: 'bad', ReplicationGroupId: store })));
  const { Snapshots: [bad] = [] } = await caches().send(new DescribeSnapshotsCommand({ SnapshotName: 'bad' }));
  expect(bad.SnapshotStatus).toBe('failed');
  await expectHeard({ SnapshotFailed: [`ElastiCache:SnapshotFailed of ${store}`], Alarmed: ['StoreAlarmsFailedSnapshot is ALARM'] });
});

test('backups of a serverless cache are told over EventBridge, good ones and failed ones apart', async () => {
  const { FeedId: feed } = outputs;
  const backup = (ServerlessCacheSnapshotName: string) =>
    caches().send(new CreateServerlessCacheSnapshotCommand({ ServerlessCacheName: feed, ServerlessCacheSnapshotName }));
  await backup('feed-good');
  await expectHeard({ FeedBackups: ['Snapshot Created of feed-good'] });

  await unableToWrite(`${feed}-serverless-001`, () => backup('feed-bad'));
  await expectHeard({ FeedSnapshotFailed: ['Snapshot Creation Failed of feed-bad'], Alarmed: ['FeedAlarmsFailedSnapshot is ALARM'] });
});

test('a failover, with the node that is replaced', async () => {
  const { StoreId: store } = outputs;
  await caches().send(new TestFailoverCommand({ ReplicationGroupId: store, NodeGroupId: '0001' }));
  await expectHeard({
    Failover: [`ElastiCache:FailoverComplete of ${store}-002`],
    NodeReplaced: [`ElastiCache:CacheNodeReplaceComplete of ${store}-001`],
  });
});

test('a reboot', async () => {
  const { PagesId: pages } = outputs;
  await caches().send(new RebootCacheClusterCommand({ CacheClusterId: pages, CacheNodeIdsToReboot: ['0001', '0002'] }));
  await expectHeard({ PagesRebooted: [`ElastiCache:CacheNodesRebooted of ${pages}`] });
});

test('more nodes and another node type, and new limits of a serverless cache, by a deployment', async () => {
  const { StoreId: store, PagesId: pages, FeedId: feed } = outputs;
  await deployOrFail(join(assemblies, 'grown'), STACK);
  expect(await outputsOf(STACK)).toMatchObject({ StoreId: store, PagesId: pages, FeedId: feed });
  await expectHeard({
    Scaled: [
      ...['001', '002', '003'].map((node) => `ElastiCache:CacheClusterScalingComplete of ${store}-${node}`),
      `ElastiCache:ReplicationGroupScalingComplete of ${store}`,
      `ElastiCache:ReplicationGroupIncreaseReplicaCountFinished of ${store}-003`,
    ],
    PagesScaled: [`ElastiCache:AddCacheNodeComplete of ${pages}`],
    FeedUpdated: [`Cache Updated of ${feed}`],
  });
});

test('destroying leaves no stack and no engine', async () => {
  await destroy(join(assemblies, 'grown'), STACK);
  expect(await stackExists(STACK)).toBe(false);
  expect(engineNodes()).toEqual([]);
});
