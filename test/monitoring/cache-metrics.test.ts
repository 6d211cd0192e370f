import { App, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CacheMetrics, CacheNodeType, CacheTopology, ClusterMode, ReplicationGroup, ReplicationGroupAttributes } from '../../src';
import { DIMENSIONS, METRICS, NAMESPACE } from '../../src/monitoring/private/metric-catalog';
import { cacheIn, errorOf, stackOf } from '../cache/fixtures';

/** The metrics of replication groups; those of Memcached alone have a test of their own. */
type Name = 'engineCpuUtilization' | 'cpuUtilization' | 'databaseMemoryUsagePercentage' | 'evictions' | 'currConnections' | 'replicationLag';

/** Written from AWS's pages on metrics of Valkey and Redis OSS, host-level metrics, and recommended alarms. */
const EXPECTED: Partial<Record<Name, { name: string; statistic: string; dimensions: string[] }>> = {
  engineCpuUtilization: { name: 'EngineCPUUtilization', statistic: 'Average', dimensions: ['CacheClusterId'] },
  cpuUtilization: { name: 'CPUUtilization', statistic: 'Average', dimensions: ['CacheClusterId', 'CacheNodeId'] },
  databaseMemoryUsagePercentage: { name: 'DatabaseMemoryUsagePercentage', statistic: 'Average', dimensions: ['CacheClusterId'] },
  evictions: { name: 'Evictions', statistic: 'Sum', dimensions: ['CacheClusterId'] },
  currConnections: { name: 'CurrConnections', statistic: 'Maximum', dimensions: ['CacheClusterId', 'CacheNodeId'] },
  replicationLag: { name: 'ReplicationLag', statistic: 'Maximum', dimensions: ['CacheClusterId'] },
};
const NAMES = Object.keys(EXPECTED) as Name[];

function imported(attributes: Partial<ReplicationGroupAttributes> = {}) {
  return ReplicationGroup.fromReplicationGroupAttributes(stackOf(), 'Legacy', { replicationGroupId: 'legacy', ...attributes });
}

/** The metrics of the nodes behind a metric. */
function nodesOf(metric: IMetric): Metric[] {
  return metric instanceof MathExpression ? Object.values(metric.usingMetrics) as Metric[] : [metric as Metric];
}

const memberIds = (metric: IMetric): any[] => new Stack().resolve(nodesOf(metric).map(({ dimensions }) => dimensions!.CacheClusterId));

describe('the catalogue', () => {
  test('has the metrics of AWS, and no other', () => {
    expect(Object.fromEntries(Object.entries(METRICS).filter(([key]) => key in EXPECTED).map(([key, { name }]) => [key, name])))
      .toEqual(Object.fromEntries(NAMES.map((key) => [key, EXPECTED[key]!.name])));
    expect([NAMESPACE, DIMENSIONS.member, DIMENSIONS.node, DIMENSIONS.onlyNode]).toEqual(['AWS/ElastiCache', 'CacheClusterId', 'CacheNodeId', '0001']);
  });

  test.each(Object.entries(METRICS))('%s says where AWS writes of it', (_, row) => expect(row.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//));

  test('every metric has a method of its name', () => {
    Object.keys(METRICS).forEach((name) => expect(typeof (CacheMetrics.prototype as any)[name]).toBe('function'));
  });
});

describe.each(NAMES)('%s', (name) => {
  const expected = EXPECTED[name]!;
  const metric = imported({ clusterMode: ClusterMode.disabled({ replicas: 2 }) }).metrics[name]();

  test('is the highest of all nodes', () => {
    expect(metric).toBeInstanceOf(MathExpression);
    expect((metric as MathExpression).expression).toBe('MAX([m1, m2, m3])');
  });

  test('asks each member by its id', () => {
    expect(memberIds(metric)).toEqual(['legacy-001', 'legacy-002', 'legacy-003']);
  });

  test('has the name, dimensions and statistic under which AWS publishes it', () => {
    nodesOf(metric).forEach((node) => {
      expect(node).toMatchObject({ namespace: 'AWS/ElastiCache', metricName: expected.name, statistic: expected.statistic });
      expect(Object.keys(node.dimensions!)).toEqual(expected.dimensions);
      expect(node.dimensions!.CacheNodeId ?? '0001').toBe('0001');
      expect(node.period.toSeconds()).toBe(60);
    });
  });

  test('is called by the name of AWS', () => expect((metric as MathExpression).label).toBe(expected.name));

  test('has a data point a minute', () => expect((metric as MathExpression).period.toSeconds()).toBe(60));
});

describe('members', () => {
  test('of a cache of this app are made of its reference: the name is CloudFormation\'s, in lower case', () => {
    const ids = memberIds(cacheIn(stackOf()).metrics.evictions());
    const group = { Ref: expect.stringMatching(/^CacheReplicationGroup/) };
    expect(ids).toEqual([{ 'Fn::Join': ['-', [group, '001']] }, { 'Fn::Join': ['-', [group, '002']] }]);
  });

  test('are numbered to the last', () => {
    const metric = cacheIn(stackOf(), { topology: CacheTopology.replicated({ replicas: 5 }) }).metrics.evictions();
    expect(memberIds(metric).map((id) => id['Fn::Join'][1][1])).toEqual(['001', '002', '003', '004', '005', '006']);
  });

  test('of a cache with a name of capitals are in lower case, as CloudWatch has them', () => {
    expect(memberIds(imported({ replicationGroupId: 'Legacy', clusterMode: ClusterMode.disabled() }).metrics.evictions())).toEqual(['legacy-001', 'legacy-002']);
  });

  test('of an import whose id is a token keep the token', () => {
    const metric = imported({ replicationGroupId: Fn.importValue('LegacyId'), clusterMode: ClusterMode.disabled() }).metrics.evictions();
    expect(memberIds(metric)[0]).toEqual({ 'Fn::Join': ['-', [{ 'Fn::ImportValue': 'LegacyId' }, '001']] });
  });

  test('no metric asks for the group by its own id, under which AWS publishes nothing', () => {
    NAMES.forEach((name) => expect(memberIds(imported({ clusterMode: ClusterMode.disabled() }).metrics[name]())).not.toContain('legacy'));
  });

  test('a single node needs no arithmetic', () => {
    const metric = imported({ clusterMode: ClusterMode.disabled({ replicas: 0 }) }).metrics.evictions();
    expect(metric).toBeInstanceOf(Metric);
    expect(memberIds(metric)).toEqual(['legacy-001']);
  });

  test('that are not known are an error', () => {
    const error = errorOf(() => imported().metrics.evictions());
    expect(error.codes).toEqual(['MembersUnknown']);
    expect(error.message).toMatch(/metric Evictions needs the nodes of the cache.*ask for one node with metric\(\) at Stack\/Legacy/);
  });

  test('the error for an import names the attribute to give', () => {
    expect(errorOf(() => imported().metrics.evictions()).message).toContain('clusterMode');
  });
});

test.each<['currItems' | 'newConnections' | 'cacheHitRate' | 'networkBytesIn' | 'freeableMemory', string]>([
  ['currItems', 'MAX'], ['newConnections', 'SUM'], ['cacheHitRate', 'AVG'], ['networkBytesIn', 'SUM'], ['freeableMemory', 'MIN'],
])('%s of a primary and its replicas, which hold the same keys, is the %s', (name, across) => {
  expect((imported({ clusterMode: ClusterMode.disabled() }).metrics[name]() as MathExpression).expression).toBe(`${across}([m1, m2])`);
});

test('replication lag needs a replica', () => {
  const error = errorOf(() => imported({ clusterMode: ClusterMode.disabled({ replicas: 0 }) }).metrics.replicationLag());
  expect(error.codes).toEqual(['MetricNeedsReplica']);
  expect(error.message).toContain('metric ReplicationLag exists on replicas only');
});

test('more nodes than an alarm takes are an error', () => {
  const error = errorOf(() => imported({ clusterMode: ClusterMode.disabled({ replicas: 10 }) }).metrics.evictions());
  expect(error.codes).toEqual(['TooManyNodesForOneAlarm']);
});

describe('options', () => {
  const metrics = imported({ clusterMode: ClusterMode.disabled() }).metrics;
  const single = imported({ clusterMode: ClusterMode.disabled({ replicas: 0 }) }).metrics;

  test.each([['several nodes', metrics], ['one node', single]])('period, statistic and label of %s', (_, of) => {
    const metric = of.evictions({ period: Duration.minutes(5), statistic: 'Maximum', label: 'Evicted' }) as Metric | MathExpression;
    expect(metric.period.toMinutes()).toBe(5);
    expect(metric.label).toBe('Evicted');
    nodesOf(metric).forEach((node) => {
      expect(node.statistic).toBe('Maximum');
      expect(node.period.toMinutes()).toBe(5);
    });
  });

  test.each([['several nodes', metrics], ['one node', single]])('that are undefined hide no default of %s', (_, of) => {
    const metric = of.evictions({ period: undefined, statistic: undefined }) as Metric | MathExpression;
    expect(metric.period.toSeconds()).toBe(60);
    nodesOf(metric).forEach((node) => expect(node.statistic).toBe('Sum'));
  });
});

describe('one node', () => {
  const { metrics } = imported();

  test('a metric of the catalogue has its dimensions and statistic', () => {
    expect(metrics.metric('CPUUtilization', 'legacy-002')).toMatchObject({
      metricName: 'CPUUtilization', statistic: 'Average', dimensions: { CacheClusterId: 'legacy-002', CacheNodeId: '0001' },
    });
  });

  test('any other metric by its name', () => {
    expect(metrics.metric('Reclaimed', 'legacy-001', { statistic: 'Sum' })).toMatchObject({
      namespace: 'AWS/ElastiCache', metricName: 'Reclaimed', statistic: 'Sum', dimensions: { CacheClusterId: 'legacy-001' },
    });
  });

  test('other dimensions are the caller\'s to give', () => {
    const dimensionsMap = { CacheClusterId: 'legacy-001', CacheNodeId: '0001' };
    expect(metrics.metric('SwapUsage', 'legacy-001', { dimensionsMap }).dimensions).toEqual(dimensionsMap);
  });
});

test('a metric on a dashboard elsewhere carries account and Region of the cache', () => {
  const app = new App();
  const caches = new Stack(app, 'Caches', { env: { account: '111122223333', region: 'eu-west-1' } });
  const dashboards = new Stack(app, 'Dashboards', { env: { account: '444455556666', region: 'us-east-1' } });
  const metric = ReplicationGroup.fromReplicationGroupAttributes(caches, 'Legacy', {
    replicationGroupId: 'legacy', clusterMode: ClusterMode.disabled({ replicas: 0 }), nodeType: CacheNodeType.M7G_LARGE,
  }).metrics.evictions() as Metric;
  expect(metric.toMetricConfig().metricStat).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  new Dashboard(dashboards, 'Dashboard', { widgets: [[new GraphWidget({ left: [metric] })]] });
  expect(JSON.stringify(app.synth().getStackByName('Dashboards').template)).toMatch(/accountId.*111122223333/);
});
