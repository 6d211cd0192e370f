// Metrics and saved queries of the slow log, for owned and imported caches and log groups.
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { CacheCluster, CacheTopology, ICacheCluster, LogDelivery, LogFormat, ReplicationGroup, SlowLogAnalysis } from '../../src';
import { SLOW_LOG_FIELDS, SLOW_LOG_QUERIES } from '../../src/logging/private/slow-log-table';
import { importedVpc } from '../cache/fixtures';
import { newCluster } from '../memcached/fixtures';
import { newServerless } from '../serverless/fixtures';
import { errorOf, expectNoBrokenTokens, newGroup, newStack, parameter, propertiesOf } from '../support/cdk';

const QUERY = 'AWS::Logs::QueryDefinition';
const FILTER = 'AWS::Logs::MetricFilter';

const queriesOf = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources(QUERY)).map(({ Properties }) => Properties);
const imported = (stack: Stack): ICacheCluster => ReplicationGroup.fromReplicationGroupId(stack, 'Cache', 'given');

describe.each<[string, (stack: Stack) => SlowLogAnalysis, (stack: Stack) => unknown]>([
  ['a replication group with a log group of its own', (stack) => new SlowLogAnalysis(stack, 'SlowLog', { cache: newGroup(stack) }),
    (stack) => stack.resolve((stack.node.findChild('Cache').node.findChild('SlowLog') as LogGroup).logGroupName)],
  ['a replication group with a given log group', (stack) => new SlowLogAnalysis(stack, 'SlowLog', {
    cache: newGroup(stack, { slowLog: LogDelivery.cloudWatch({ logGroup: new CfnLogGroup(stack, 'Logs') }) }),
  }), () => ({ Ref: 'Logs' })],
  ['the L3', (stack) => new SlowLogAnalysis(stack, 'SlowLog', { cache: new CacheCluster(stack, 'Cache', { vpc: importedVpc(stack) }) }),
    (stack) => stack.resolve((stack.node.findChild('Cache').node.findAll().find(({ node }) => node.id === 'SlowLog') as LogGroup).logGroupName)],
  ['an imported cache and log group', (stack) => new SlowLogAnalysis(stack, 'SlowLog', {
    cache: imported(stack), logGroup: LogGroup.fromLogGroupName(stack, 'Logs', 'given-logs'),
  }), () => 'given-logs'],
  ['a log group whose name is a token', (stack) => new SlowLogAnalysis(stack, 'SlowLog', {
    cache: imported(stack), logGroup: LogGroup.fromLogGroupName(stack, 'Logs', parameter(stack, 'Name').string),
  }), () => ({ Ref: 'Name' })],
])('%s', (_, make, name) => {
  test('has saved queries in a folder', () => {
    const stack = newStack();
    make(stack);
    expect(queriesOf(stack).map(({ Name }) => Name).sort())
      .toEqual(SLOW_LOG_QUERIES.map(({ title }) => `Stack/SlowLog/${title}`).sort());
    queriesOf(stack).forEach(({ LogGroupNames }) => expect(LogGroupNames).toEqual([name(stack)]));
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('counts slow commands', () => {
    const stack = newStack();
    const metric = make(stack).metricSlowCommands();
    const { LogGroupName, FilterPattern, MetricTransformations: [transformation] } = propertiesOf(stack, FILTER);
    expect(LogGroupName).toEqual(name(stack));
    expect(FilterPattern).toBe('{ $.Command = "*" }');
    expect(transformation).toMatchObject({ MetricValue: '1', DefaultValue: 0, MetricNamespace: metric.namespace, MetricName: metric.metricName });
    expect(metric.statistic).toBe(Stats.SUM);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });
});

test('a command is counted in upper and lower case, with and without arguments, and no other that begins alike', () => {
  const stack = newStack();
  const analysis = new SlowLogAnalysis(stack, 'SlowLog', { cache: newGroup(stack) });
  const metric = analysis.metricSlowCommand('Keys', { period: Duration.minutes(1) });
  expect(metric.period.toSeconds()).toBe(60);
  // Asked again it is the same.
  expect(analysis.metricSlowCommand('KEYS').metricName).toBe(metric.metricName);
  expect(analysis.metricSlowCommand('HGETALL').metricName).not.toBe(metric.metricName);
  const patterns = Object.values<any>(Template.fromStack(stack).findResources(FILTER)).map(({ Properties }) => Properties.FilterPattern);
  expect(patterns).toHaveLength(2);
  expect(patterns).toContain('{ ($.Command = "KEYS") || ($.Command = "KEYS *") || ($.Command = "keys") || ($.Command = "keys *") }');
});

test('no metric is made before it is asked for; two caches have two', () => {
  const stack = newStack();
  const [one, two] = ['One', 'Two'].map((id) => new SlowLogAnalysis(stack, `${id}Log`, { cache: newGroup(stack, {}, id) }));
  const made = [...one.node.findAll(), ...two.node.findAll()];
  expect(made.filter((each) => (each as { cfnResourceType?: string }).cfnResourceType === FILTER)).toEqual([]);
  expect(one.metricSlowCommands().metricName).not.toBe(two.metricSlowCommands().metricName);
});

test('queries can be put into another folder', () => {
  const stack = newStack();
  new SlowLogAnalysis(stack, 'SlowLog', { cache: newGroup(stack), queryNamePrefix: 'caches/orders' });
  queriesOf(stack).forEach(({ Name }) => expect(Name).toMatch(/^caches\/orders\//));
});

test('queries speak of fields that AWS documents, quoted where they have spaces', () => {
  const fields = [...Object.values(SLOW_LOG_FIELDS)];
  SLOW_LOG_QUERIES.forEach(({ lines }) => {
    const text = lines.join(' ');
    const named = text.match(/`[^`]+`|\b[A-Z]\w+/g)!.map((each) => each.replace(/`/g, ''));
    named.forEach((each) => expect(fields).toContain(each));
    expect(text.replace(/`Duration \(us\)`/g, '')).not.toContain('Duration');
  });
});

describe('what cannot be', () => {
  test.each<[string, string, (stack: Stack) => ICacheCluster]>([
    ['as text', 'SlowLogNotJson', (stack) => newGroup(stack, { slowLog: LogDelivery.cloudWatch({ format: LogFormat.TEXT }) })],
    ['nowhere', 'SlowLogUnknown', (stack) => newGroup(stack, { slowLog: LogDelivery.none() })],
    ['to Firehose', 'SlowLogUnknown', (stack) => newGroup(stack, { slowLog: LogDelivery.firehose(new CfnDeliveryStream(stack, 'Stream')) })],
    ['of an import', 'SlowLogUnknown', imported],
    ['of Memcached', 'SlowLogUnknown', (stack) => newCluster(stack)],
    ['of a serverless cache', 'SlowLogUnknown', (stack) => newServerless(stack)],
    ['of the L3 without servers', 'SlowLogUnknown', (stack) => new CacheCluster(stack, 'Cache', { vpc: importedVpc(stack), topology: CacheTopology.serverless() })],
  ])('a slow log %s', (_, code, make) => {
    const stack = newStack();
    const cache = make(stack);
    expect(errorOf(() => new SlowLogAnalysis(stack, 'SlowLog', { cache })).codes).toEqual([code]);
  });

  test.each(['KEYS *', '', 'a"b', '*'])('command %j', (command) => {
    const stack = newStack();
    const analysis = new SlowLogAnalysis(stack, 'SlowLog', { cache: newGroup(stack) });
    expect(errorOf(() => analysis.metricSlowCommand(command)).codes).toEqual(['SlowCommandInvalid']);
    expect(errorOf(() => analysis.metricSlowCommand(parameter(stack, 'Command').string)).message).toContain('a token');
  });
});
