// Dashboards: what each kind of cache shows, valid for CloudWatch, with the thresholds of alarms and within its limits.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  CacheAlarms, CacheCluster, CacheDashboard, CacheEngine, CacheNodeType, CacheTopology, ClusterMode, ICacheCluster, MemcachedCluster, RedisVersion,
  ReplicationGroup, ServerlessCache, UsageLimits,
} from '../../src';
import { DASHBOARD_LIMITS, DASHBOARD_ROWS } from '../../src/monitoring/private/dashboard-table';
import { METRICS } from '../../src/monitoring/private/metric-catalog';
import { importedVpc } from '../cache/fixtures';
import { newCluster } from '../memcached/fixtures';
import { newServerless } from '../serverless/fixtures';
import { errorOf, expectNoBrokenTokens, newGroup, newStack, parameter, warningsOf } from '../support/cdk';
import { BodyWidget, dashboardBody, problemsOf, SCHEMA } from '../support/dashboard';

const l3 = (stack: Stack, props: object = {}, id = 'Cache') =>
  new CacheCluster(stack, id, { vpc: stack.node.tryFindChild('Vpc') as any ?? importedVpc(stack), ...props });
const groupOf = (stack: Stack, nodes: number, id = 'Cache', replicationGroupId = 'given') => ReplicationGroup.fromReplicationGroupAttributes(stack, id, {
  replicationGroupId, clusterMode: ClusterMode.disabled({ replicas: nodes - 1 }), engine: CacheEngine.valkey(), nodeType: CacheNodeType.R7G_LARGE,
});

const CACHES: Record<string, (stack: Stack) => ICacheCluster> = {
  'a replication group': (stack) => newGroup(stack),
  'a single node': (stack) => newGroup(stack, { clusterMode: ClusterMode.disabled({ replicas: 0 }) }),
  'Redis OSS': (stack) => newGroup(stack, { engine: CacheEngine.redis(RedisVersion.V7_1) }),
  'a tiered group': (stack) => newGroup(stack, { nodeType: CacheNodeType.R6GD_XLARGE }),
  'a Memcached cluster': (stack) => newCluster(stack),
  'a serverless cache': (stack) => newServerless(stack, { limits: UsageLimits.of({ maxEcpuPerSecond: 5000 }) }),
  'serverless Memcached': (stack) => ServerlessCache.fromServerlessCacheAttributes(stack, 'Cache', { serverlessCacheName: 'given', engine: CacheEngine.memcached() }),
  'the L3': (stack) => l3(stack, { alarmTopic: new Topic(stack, 'Ops') }),
  'the L3 without servers': (stack) => l3(stack, { topology: CacheTopology.serverless(), alarmTopic: new Topic(stack, 'Ops') }),
  'the L3 with Memcached': (stack) => l3(stack, { topology: CacheTopology.memcached(), alarmTopic: new Topic(stack, 'Ops') }),
  'an imported group': (stack) => groupOf(stack, 2),
  'an imported Memcached cluster': (stack) => MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Cache', { clusterName: 'given', nodes: 3 }),
  'a name that is a token': (stack) => groupOf(stack, 2, 'Cache', parameter(stack, 'Id').string),
};

function bodyOf(make: (stack: Stack) => ICacheCluster, props: object = {}) {
  const stack = newStack();
  new CacheDashboard(stack, 'Dashboard', { caches: [make(stack)], ...props });
  expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  return dashboardBody(stack);
}

const graphs = (widgets: BodyWidget[]) => widgets.filter(({ type }) => type === 'metric');
const titles = (widgets: BodyWidget[]) => graphs(widgets).map(({ properties }) => properties.title);
/** The names of the metrics in a graph. */
const names = (widget: BodyWidget) => [...new Set(widget.properties.metrics.filter(([first]: any[]) => typeof first === 'string').map(([, name]: string[]) => name))];
const graph = (widgets: BodyWidget[], title: string) => graphs(widgets).find(({ properties }) => properties.title === title)!;

describe.each(Object.entries(CACHES))('%s', (_, make) => {
  test('is valid for CloudWatch, on a grid without overlap', () => {
    const body = bodyOf(make);
    expect(problemsOf(body)).toEqual([]);
    const cells = new Set<string>();
    for (const { x, y, width, height } of body.widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          expect(cells.has(`${column} ${row}`)).toBe(false);
          cells.add(`${column} ${row}`);
        }
      }
    }
  });

  test('shows what is published and nothing else', () => {
    const stack = newStack();
    const cache = make(stack);
    new CacheDashboard(stack, 'Dashboard', { caches: [cache] });
    const shown = graphs(dashboardBody(stack).widgets).flatMap(names);
    expect(shown.length).toBeGreaterThan(4);
    shown.forEach((name) => expect(() => cache.metrics.metricOfEachNode(name as string)).not.toThrow());
    const visible = ({ properties }: BodyWidget) => properties.metrics.some((each: any[]) => each[each.length - 1].visible !== false);
    expect(graphs(dashboardBody(stack).widgets).every(visible)).toBe(true);
  });

  test('explains each of its rows', () => {
    const { widgets } = bodyOf(make);
    const texts = widgets.filter(({ type }) => type === 'text').map(({ properties }) => properties.markdown as string);
    DASHBOARD_ROWS.filter((row) => texts.some((text) => text.includes(`## ${row.title}\n`)))
      .forEach((row) => expect(texts.join('\n')).toContain(row.text));
    expect(texts.length).toBeGreaterThan(4);
  });
});

describe('what kinds of cache show', () => {
  test.each<[string, string[], string[]]>([
    ['a replication group', ['CPU of the engine', 'Memory in use', 'Replication lag', 'Hit rate', 'Reads', 'CPU credits'], ['Processing units (ECPU)', 'Data', 'Items read from disk']],
    ['a single node', ['CPU of the engine', 'Hit rate'], ['Replication lag', 'Link to the primary']],
    ['Redis OSS', ['CPU of the engine'], ['Reads', 'Writes']],
    ['a tiered group', ['Items read from disk', 'Memory and disk in use', 'Items'], ['CPU credits']],
    ['a Memcached cluster', ['CPU of the node', 'Memory in use', 'Hit rate', 'Swap'], ['CPU of the engine', 'Replication lag', 'Reads', 'Failed logins']],
    ['a serverless cache', ['Processing units (ECPU)', 'Throttled commands', 'Data', 'Reads', 'Hit rate'], ['CPU of the engine', 'CPU of the node', 'Swap', 'Replication lag']],
    ['serverless Memcached', ['Hit rate', 'Processing units (ECPU)'], ['Failed logins']],
  ])('%s', (kind, there, missing) => {
    const shown = titles(bodyOf(CACHES[kind]).widgets);
    expect(shown).toEqual(expect.arrayContaining(there));
    missing.forEach((title) => expect(shown).not.toContain(title));
    expect(new Set(shown).size).toBe(shown.length - (kind === 'a tiered group' ? 1 : 0));
  });

  test('a hit rate is made of hits and misses of the engine', () => {
    expect(names(graph(bodyOf(CACHES['a replication group']).widgets, 'Hit rate')).sort()).toEqual(['CacheHits', 'CacheMisses']);
    expect(names(graph(bodyOf(CACHES['a Memcached cluster']).widgets, 'Hit rate')).sort()).toEqual(['GetHits', 'GetMisses']);
    const [[{ expression }]] = graph(bodyOf(CACHES['an imported group']).widgets, 'Hit rate').properties.metrics.filter(([first]: any[]) => typeof first === 'object');
    expect(expression).toBe('100 * SUM([l1m1, l1m3]) / (SUM([l1m1, l1m3]) + SUM([l1m2, l1m4]))');
  });

  test('tiers are a dimension of their own', () => {
    const tiers = graphs(bodyOf(CACHES['a tiered group']).widgets).filter((each) => JSON.stringify(each).includes('"Tier"'));
    expect(tiers.map(({ properties }) => properties.title)).toEqual(['Items']);
    expect(JSON.stringify(tiers[0])).toContain('"Tier","Memory"');
    expect(JSON.stringify(tiers[0])).toContain('"SSD"');
  });

  test('each node has a line up to twelve of them; then the worst and the average', () => {
    const lines = (nodes: number) => graph(bodyOf((stack) => groupOf(stack, nodes)).widgets, 'CPU of the engine').properties.metrics;
    expect(lines(12)).toHaveLength(12);
    expect(lines(12).every((line: any[]) => line[line.length - 1].visible !== false)).toBe(true);
    const shown = lines(13).filter((line: any[]) => line[line.length - 1].visible !== false);
    expect(shown.map(([{ label, expression }]: any[]) => [label, expression.slice(0, 5)])).toEqual([['Worst node', 'MAX(['], ['Average', 'AVG([']]);
    expect(lines(13)).toHaveLength(15);
  });
});

describe('alarms', () => {
  const withAlarms = (later = false) => {
    const stack = newStack();
    const cache = groupOf(stack, 2);
    const alarms = new CacheAlarms(stack, 'Alarms', { cache });
    const add = () => { alarms.addEngineCpu('Cpu', { threshold: 77 }); alarms.addHitRate('HitRate', { threshold: 55 }); alarms.addSwap('Swap'); };
    if (!later) { add(); }
    new CacheDashboard(stack, 'Dashboard', { caches: [cache], alarms: [alarms] });
    if (later) { add(); }
    return dashboardBody(stack).widgets;
  };
  const lines = (widgets: BodyWidget[], title: string) => graph(widgets, title).properties.annotations?.horizontal?.map(({ value }: any) => value);

  test.each([false, true])('thresholds are drawn where the same is shown (alarms made later: %s)', (later) => {
    const widgets = withAlarms(later);
    expect(lines(widgets, 'CPU of the engine')).toEqual([77]);
    expect(lines(widgets, 'Hit rate')).toEqual([55]);
    expect(graph(widgets, 'CPU of the engine').properties.annotations.horizontal[0].label).toContain('77');
    // The alarm compares swap with free memory: its threshold is no amount of swap.
    expect(lines(widgets, 'Swap')).toBeUndefined();
    expect(lines(widgets, 'CPU of the node')).toBeUndefined();
    expect(widgets.find(({ type }) => type === 'alarm')!.properties.alarms).toHaveLength(3);
  });

  test('those of the L3 are found; without any a text says so', () => {
    const widgets = bodyOf(CACHES['the L3']).widgets;
    expect(widgets.find(({ type }) => type === 'alarm')!.properties.alarms.length).toBeGreaterThan(2);
    expect(lines(widgets, 'Connections')).toEqual([52000]);
    const none = bodyOf(CACHES['a replication group']).widgets;
    expect(none.some(({ type }) => type === 'alarm')).toBe(false);
    expect(JSON.stringify(none)).toContain('There are no alarms');
  });

  test('those of another cache are not drawn', () => {
    const stack = newStack();
    const [one, two] = ['One', 'Two'].map((id) => groupOf(stack, 2, id, id.toLowerCase()));
    const alarms = new CacheAlarms(stack, 'Alarms', { cache: two });
    alarms.addEngineCpu('Cpu');
    new CacheDashboard(stack, 'Dashboard', { caches: [one], alarms: [alarms] });
    expect(lines(dashboardBody(stack).widgets, 'CPU of the engine')).toBeUndefined();
  });

  test('a threshold that is a token is a token in the body', () => {
    const stack = newStack();
    const cache = groupOf(stack, 2);
    const alarms = new CacheAlarms(stack, 'Alarms', { cache });
    alarms.addEngineCpu('Cpu', { threshold: parameter(stack, 'Threshold').number });
    new CacheDashboard(stack, 'Dashboard', { caches: [cache], alarms: [alarms] });
    const body = JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
    expect(body).toMatch(/\\"value\\":",\{"Ref":"Threshold"\}/);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('more than a hundred are beside each other', () => {
    const stack = newStack();
    const cache = groupOf(stack, 2);
    const alarms = new CacheAlarms(stack, 'Alarms', { cache });
    Array.from({ length: 101 }, (_, index) => alarms.addEngineCpu(`Cpu${index}`, { threshold: 90 }));
    new CacheDashboard(stack, 'Dashboard', { caches: [cache], alarms: [alarms] });
    const body = dashboardBody(stack);
    expect(problemsOf(body)).toEqual([]);
    expect(body.widgets.filter(({ type }) => type === 'alarm').map(({ x, properties }) => [x, properties.alarms.length])).toEqual([[0, 100], [12, 1]]);
    expect(lines(body.widgets, 'CPU of the engine')).toEqual([90]);
  });
});

describe('a fleet', () => {
  const fleet = (stack: Stack) => [
    newGroup(stack, {}, 'Group'), newCluster(stack, {}, 'Cluster'), newServerless(stack, {}, 'Serverless'), groupOf(stack, 20, 'Large'),
  ];

  test('has one line a cache, then each of them', () => {
    const stack = newStack();
    new CacheDashboard(stack, 'Dashboard', { caches: fleet(stack) });
    const body = dashboardBody(stack);
    expect(problemsOf(body)).toEqual([]);
    const visible = (title: string) => graph(body.widgets, title).properties.metrics
      .filter((line: any[]) => line[line.length - 1].visible !== false).map((line: any[]) => line[line.length - 1].label);
    expect(visible('Hit rate').sort()).toEqual(['Stack/Cluster', 'Stack/Group', 'Stack/Large', 'Stack/Serverless']);
    expect(visible('CPU of the engine')).toEqual(['Stack/Group', 'Stack/Large']);
    expect(visible('Connections').sort()).toEqual(['Stack/Cluster', 'Stack/Group', 'Stack/Large', 'Stack/Serverless']);
    expect(titles(body.widgets).filter((title) => title === 'Connections')).toHaveLength(5);
  });

  test('without details is short', () => {
    const stack = newStack();
    new CacheDashboard(stack, 'Dashboard', { caches: fleet(stack), details: false });
    const body = dashboardBody(stack);
    expect(problemsOf(body)).toEqual([]);
    expect(titles(body.widgets).filter((title) => title === 'Connections')).toHaveLength(1);
  });

  test('of other accounts and Regions names them', () => {
    const app = new App();
    const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-central-1' } });
    const there = new Stack(app, 'There', { env: { account: '999999999999', region: 'us-east-1' } });
    new CacheDashboard(here, 'Dashboard', { caches: [groupOf(here, 1, 'One', 'one'), groupOf(there, 1, 'Two', 'two')], details: false });
    const body = dashboardBody(here);
    expect(problemsOf(body)).toEqual([]);
    const lines = graph(body.widgets, 'CPU of the engine').properties.metrics.map((line: any[]) => line[line.length - 1]);
    expect(lines[1]).toMatchObject({ region: 'us-east-1', accountId: '999999999999' });
    expect(lines[0].accountId ?? '111122223333').toBe('111122223333');
  });
});

describe('props', () => {
  test('by default three hours, and each graph keeps its minute', () => {
    expect(bodyOf(CACHES['an imported group'])).toMatchObject({ start: '-PT3H', periodOverride: 'inherit' });
  });

  test('are passed on', () => {
    const stack = newStack();
    const { dashboard } = new CacheDashboard(stack, 'Dashboard', {
      caches: [groupOf(stack, 1)], dashboardName: 'caches', defaultInterval: Duration.days(1), periodOverride: PeriodOverride.AUTO,
    });
    expect(dashboardBody(stack)).toMatchObject({ start: '-P1D', periodOverride: 'auto' });
    expect(stack.resolve(dashboard.dashboardName)).toEqual(stack.resolve((dashboard.node.defaultChild as any).ref));
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'caches' });
  });

  test('two in one stack', () => {
    const stack = newStack();
    const caches = [groupOf(stack, 1)];
    new CacheDashboard(stack, 'One', { caches });
    new CacheDashboard(stack, 'Two', { caches });
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 2);
  });

  test('no caches, and nodes that nobody knows, are errors', () => {
    const stack = newStack();
    expect(errorOf(() => new CacheDashboard(stack, 'Empty', { caches: [] })).codes).toEqual(['DashboardEmpty']);
    const unknown = ReplicationGroup.fromReplicationGroupId(stack, 'Unknown', 'given');
    expect(errorOf(() => new CacheDashboard(stack, 'Unknown2', { caches: [unknown] })).codes).toEqual(['MembersUnknown']);
  });
});

describe('limits', () => {
  const many = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => groupOf(stack, 2, `Cache${index}`, `cache-${index}`));

  test('too many widgets is an error that says what to do', () => {
    const stack = newStack();
    const error = errorOf(() => new CacheDashboard(stack, 'Dashboard', { caches: many(stack, 25) }));
    expect(error.codes).toEqual(['DashboardTooLarge']);
    expect(error.message).toContain('set details to false');
    const short = newStack();
    new CacheDashboard(short, 'Dashboard', { caches: many(short, 25), details: false });
    expect(problemsOf(dashboardBody(short))).toEqual([]);
  });

  test('beyond the quota over all widgets it warns', () => {
    const stack = newStack();
    new CacheDashboard(stack, 'Dashboard', { caches: [groupOf(stack, 90, 'One', 'one'), groupOf(stack, 90, 'Two', 'two')] });
    expect(warningsOf(stack).some((text) => text.includes('cdk-elasticache::DashboardQuota'))).toBe(true);
    expect(problemsOf(dashboardBody(stack))).toEqual([]);
    const small = newStack();
    new CacheDashboard(small, 'Dashboard', { caches: [groupOf(small, 2)] });
    expect(warningsOf(small)).toEqual([]);
  });

  test('are those of the schema', () => {
    const schema = SCHEMA;
    expect(DASHBOARD_LIMITS).toMatchObject({
      widgets: schema.properties.widgets.maxItems,
      metricsOfWidget: schema.definitions.metricWidget.properties.properties.properties.metrics.maxItems,
      alarmsOfWidget: schema.definitions.alarmWidget.properties.properties.properties.alarms.maxItems,
    });
  });
});

// A schema that accepts anything proves nothing.
describe('a broken widget is found', () => {
  const valid = bodyOf(CACHES['an imported group']);
  const at = valid.widgets.findIndex(({ type }) => type === 'metric');
  test.each<[string, (widget: any) => void]>([
    ['an unknown type', (widget) => { widget.type = 'graph'; }],
    ['no region', (widget) => { delete widget.properties.region; }],
    ['no metrics', (widget) => { delete widget.properties.metrics; }],
    ['a metric without a name', (widget) => { widget.properties.metrics = [['AWS/ElastiCache']]; }],
    ['an id with a capital letter', (widget) => { widget.properties.metrics = [[{ expression: 'm1', id: 'M1' }]]; }],
    ['a statistic that does not exist', (widget) => { widget.properties.stat = 'Middle'; }],
    ['a period of half a minute', (widget) => { widget.properties.period = 30; }],
    ['an annotation without a value', (widget) => { widget.properties.annotations = { horizontal: [{ label: 'x' }] }; }],
    ['a place off the grid', (widget) => { widget.x = 24; }],
    ['a property that is not on the page', (widget) => { widget.properties.titel = 'x'; }],
    ['a gauge without an axis', (widget) => { widget.properties.view = 'gauge'; delete widget.properties.yAxis; }],
  ])('%s', (_, breakIt) => {
    const body = JSON.parse(JSON.stringify(valid));
    breakIt(body.widgets[at]);
    expect(problemsOf(body)).not.toEqual([]);
  });
});

test('every metric of the table has a row in the catalogue', () => {
  DASHBOARD_ROWS.flatMap(({ graphs: each }) => each).flatMap(({ lines }) => lines).flatMap(({ metrics }) => metrics)
    .forEach((metric) => expect(METRICS[metric]).toBeDefined());
});
