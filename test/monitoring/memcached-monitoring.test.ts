import { Size } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheAlarms, CacheMetrics, CacheNodeType, CacheTopology, MemcachedCluster } from '../../src';
import { CacheKind, METRICS, MetricRow } from '../../src/monitoring/private/metric-catalog';
import { cacheIn, errorOf, Resources, resourcesOf, stackOf } from '../cache/fixtures';

/** Written from AWS's pages on metrics of Memcached and host-level metrics: name, statistic, and how nodes make one. */
const EXPECTED: Record<string, [string, string, string]> = {
  cpuUtilization: ['CPUUtilization', 'Average', 'MAX'],
  evictions: ['Evictions', 'Sum', 'MAX'],
  currConnections: ['CurrConnections', 'Maximum', 'MAX'],
  freeableMemory: ['FreeableMemory', 'Minimum', 'MIN'],
  swapUsage: ['SwapUsage', 'Maximum', 'MAX'],
  bytesUsedForCacheItems: ['BytesUsedForCacheItems', 'Average', 'SUM'],
  unusedMemory: ['UnusedMemory', 'Minimum', 'MIN'],
  currItems: ['CurrItems', 'Average', 'SUM'],
  cmdGet: ['CmdGet', 'Sum', 'SUM'],
  cmdSet: ['CmdSet', 'Sum', 'SUM'],
  hits: ['GetHits', 'Sum', 'SUM'],
  misses: ['GetMisses', 'Sum', 'SUM'],
  newConnections: ['NewConnections', 'Sum', 'SUM'],
  reclaimed: ['Reclaimed', 'Sum', 'SUM'],
  networkBytesIn: ['NetworkBytesIn', 'Sum', 'SUM'],
  networkBytesOut: ['NetworkBytesOut', 'Sum', 'SUM'],
};
const legacy = (nodes?: number) => MemcachedCluster.fromMemcachedClusterAttributes(stackOf(), 'Legacy', { clusterName: 'legacy', nodes, nodeType: CacheNodeType.M7G_LARGE });

test('the catalogue has these for Memcached', () => {
  const rows = Object.entries(METRICS).filter(([, row]) => (row.kinds as readonly CacheKind[]).includes('memcached')) as [string, MetricRow][];
  expect(Object.fromEntries(rows.map(([key, row]) => [key, [row.name, row.statistic, row.acrossNodes]]))).toMatchObject(EXPECTED);
});

test.each(Object.entries(EXPECTED))('%s has the dimensions of Memcached on every node', (key, [name, statistic, across]) => {
  const metric = (legacy(2).metrics as any)[key]() as MathExpression;
  expect(metric.expression).toBe(`${across}([m1, m2])`);
  expect(Object.values(metric.usingMetrics)).toEqual(['0001', '0002'].map((CacheNodeId) => expect.objectContaining({
    namespace: 'AWS/ElastiCache', metricName: name, statistic, dimensions: { CacheClusterId: 'legacy', CacheNodeId },
  })));
});

test('one node needs no mathematics', () => expect(legacy(1).metrics.hits()).toBeInstanceOf(Metric));

test('one metric of one node, by the id of the node', () => {
  const metrics: CacheMetrics = legacy().metrics;
  for (const name of ['CPUUtilization', 'SlabsMoved']) {
    expect(metrics.metric(name, '0003').dimensions).toEqual({ CacheClusterId: 'legacy', CacheNodeId: '0003' });
  }
  expect(errorOf(() => metrics.metric('Evictions', 'legacy-001')).codes).toEqual(['MemcachedNodeIdInvalid']);
  const missing = errorOf(() => metrics.metric('Evictions'));
  expect(missing.codes).toEqual(['MemberUnfit']);
  expect(missing.message).toContain('give its memberId, for example 0001');
});

test('metrics of other kinds are refused', () => {
  expect(errorOf(() => legacy(2).metrics.engineCpuUtilization()).codes).toEqual(['MetricNotPublished']);
  expect(errorOf(() => cacheIn(stackOf()).metrics.hits()).codes).toEqual(['MetricNotPublished']);
});

/** Id, metric, operator and threshold of each alarm. */
const alarmsOf = (resources: Resources) => Object.entries(resources.ofType('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => {
  const single = Properties.Metrics?.find((each: any) => each.MetricStat)?.MetricStat.Metric.MetricName ?? Properties.MetricName;
  return [id.replace(/^Cache(Alarms)?|[0-9A-F]{8}$/g, ''), single, Properties.Threshold];
});

describe('recommended alarms', () => {
  const withTopic = (nodeType?: CacheNodeType, thresholds = {}) =>
    resourcesOf((stack) => ({ topology: CacheTopology.memcached({ nodeType }), alarmTopic: new Topic(stack, 'Ops'), alarmThresholds: thresholds }));

  test.each([[undefined], [CacheNodeType.T4G_MICRO], [CacheNodeType.M7G_4XLARGE]])('are four, with 90 %% of all cores whatever their number: %s', (nodeType) => {
    expect(alarmsOf(withTopic(nodeType))).toEqual([
      ['MemcachedCpu', 'CPUUtilization', 90], ['Evictions', 'Evictions', 100], ['Connections', 'CurrConnections', 52000], ['Swap', 'SwapUsage', 52428800],
    ]);
  });

  test('take thresholds', () => {
    const alarms = alarmsOf(withTopic(undefined, { hostCpuPercent: 70, swapUsage: Size.mebibytes(10), engineCpuPercent: 1 }));
    expect(alarms.map(([, , threshold]) => threshold)).toEqual([70, 100, 52000, 10485760]);
  });
});

test('single alarms', () => {
  const stack = stackOf();
  const { alarms } = cacheIn(stack, { topology: CacheTopology.memcached() });
  alarms.addHostCpu('Cpu');
  alarms.addSwap('Swapping', { threshold: 1 });
  expect(alarmsOf(Resources.of(stack))).toEqual([['Cpu', 'CPUUtilization', 90], ['Swapping', 'SwapUsage', 1]]);
  expect(errorOf(() => alarms.addMemory('Memory')).codes).toEqual(['AlarmUnfit']);
});

describe('many nodes: one alarm watches ten', () => {
  test.each<[number, [string, number][]]>([
    [10, [['Evictions', 10]]],
    [11, [['Evictions', 10], ['EvictionsFromNode11', 1]]],
    [20, [['Evictions', 10], ['EvictionsFromNode11', 10]]],
    [21, [['Evictions', 10], ['EvictionsFromNode11', 10], ['EvictionsFromNode21', 1]]],
  ])('%d nodes', (nodes, expected) => {
    const stack = stackOf();
    const cache = cacheIn(stack, { topology: CacheTopology.memcached({ nodes }) });
    const made = cache.alarms.addEvictions('Evictions', { threshold: 7 });
    const alarms = Object.values(Resources.of(stack).ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    const watched = alarms.map(({ Metrics }) => Metrics?.filter((each: any) => each.MetricStat).length ?? 1);
    expect(cache.alarms.metricAlarmsOf(made).map(({ node }, index) => [node.id, watched[index]])).toEqual(expected);
    expect(alarms.map(({ Threshold }) => Threshold)).toEqual(expected.map(() => 7));
    const dimensionsOf = ({ Metrics, Dimensions }: any) => Metrics?.flatMap((each: any) => each.MetricStat?.Metric.Dimensions ?? []) ?? Dimensions;
    const ids = alarms.flatMap(dimensionsOf).filter(({ Name }: any) => Name === 'CacheNodeId').map(({ Value }: any) => Value);
    expect(ids).toEqual(Array.from({ length: nodes }, (_, index) => `${index + 1}`.padStart(4, '0')));
    expect(alarms.every(({ AlarmDescription }) => AlarmDescription.includes(', nodes ') === (nodes > 10))).toBe(true);
  });

  test('one of each symptom has the action', () => {
    const stack = stackOf();
    cacheIn(stack, { topology: CacheTopology.memcached({ nodes: 11 }), alarmTopic: new Topic(stack, 'Ops') });
    const resources = Resources.of(stack);
    const watching = Object.values(resources.ofType('AWS::CloudWatch::Alarm'));
    const telling = Object.values(resources.ofType('AWS::CloudWatch::CompositeAlarm'));
    expect([watching.length, telling.length]).toEqual([8, 4]);
    watching.forEach(({ Properties }) => expect(Properties).not.toHaveProperty('AlarmActions'));
    telling.forEach(({ Properties }) => expect(Properties.AlarmActions).toHaveLength(1));
  });

  test('a metric over all of them is refused, and says what to do', () => {
    expect(errorOf(() => legacy(11).metrics.evictions()).message).toContain('CacheAlarms');
  });

  test('imports too', () => {
    const stack = stackOf();
    const cache = MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Legacy', { clusterName: 'legacy', nodes: 12 });
    expect(new CacheAlarms(stack, 'Alarms', { cache }).addRecommended().map(({ node }) => node.id))
      .toEqual(['MemcachedCpuAnyNode', 'EvictionsAnyNode', 'ConnectionsAnyNode', 'SwapAnyNode']);
  });
});
