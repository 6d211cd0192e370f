// Caches with more nodes than one alarm can watch: one alarm a symptom tells, over those that watch.
import { Stack } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  CacheAlarms, CacheAlarmsProps, CacheClusterOptions, CacheDashboard, CacheEngine, CacheMetrics, CacheNodeType, CacheProfile, CacheSymptom,
  CacheTopology, ClusterMode, ICacheCluster, MemcachedCluster, ReplicationGroup, ServerlessCache, UsageLimits,
} from '../../src';
import { ALARM_NAME_LIMITS, COMPOSITE_ALARM_LIMITS, isOn, MOST_CHILDREN, OR } from '../../src/monitoring/private/alarm-limits';
import { memberDimensions } from '../../src/monitoring/private/metric-catalog';
import { cacheIn, errorOf, Resources, stackOf, TYPE } from '../cache/fixtures';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** A cache of nodes with nothing else, as large as one likes. */
function big(shards: number, nodes: number, stack: Stack = stackOf()): ICacheCluster {
  const cache: any = new Construct(stack, `Big${stack.node.children.length}`);
  const ids = (shard: number) => Array.from({ length: nodes }, (_, node) => memberDimensions(`big-${shard + 1}-${node + 1}`));
  cache.metrics = CacheMetrics._of({
    cache, kind: 'replicationGroup', shards: Array.from({ length: shards }, (_, each) => ({ id: `${each + 1}`, nodes: ids(each) })),
  });
  return cache;
}

const alarmsFor = (cache: ICacheCluster, props: Partial<CacheAlarmsProps> = {}) =>
  new CacheAlarms(Stack.of(cache), `${cache.node.id}Alarms`, { cache, ...props });
const metricAlarmsIn = (stack: Stack) => Object.values(Resources.of(stack).ofType(TYPE.alarm)).map(({ Properties }) => Properties);
const compositesIn = (stack: Stack) => Object.values(Resources.of(stack).ofType(COMPOSITE)).map(({ Properties }) => Properties);
const metricsOf = (stack: Stack) => metricAlarmsIn(stack).map(({ Metrics }) => Metrics.filter((each: any) => each.MetricStat).length);
const idsOf = (alarms: readonly AlarmBase[]) => alarms.map(({ node }) => node.id);

/** The logical ids of the alarms that a rule names, in their order. */
const namedIn = (rule: any): string[] => rule['Fn::Join'][1].filter((part: any) => part.Ref).map(({ Ref }: any) => Ref);

describe('the alarms that watch', () => {
  test('on several metrics of each node have fewer nodes', () => {
    const alarms = alarmsFor(big(2, 3));
    const network = alarms.addNetworkAllowance('Network');
    expect(idsOf([network, ...alarms.metricAlarmsOf(network)])).toEqual(['NetworkAnyNode', 'Network', 'NetworkFromNode3', 'NetworkFromNode5']);
    expect(metricsOf(Stack.of(alarms))).toEqual([8, 8, 8]);
  });

  test('do not part the nodes of a shard', () => {
    const alarms = alarmsFor(big(5, 3));
    expect(idsOf(alarms.metricAlarmsOf(alarms.addPrimaryMissing('Primary')))).toEqual(['Primary', 'PrimaryFromNode10']);
    expect(metricsOf(Stack.of(alarms))).toEqual([9, 6]);
    expect(metricAlarmsIn(Stack.of(alarms))[1].Metrics[0].Expression)
      .toBe('MIN([FILL(m1, 0) + FILL(m2, 0) + FILL(m3, 0), FILL(m4, 0) + FILL(m5, 0) + FILL(m6, 0)])');
  });

  test('of sixty nodes are one for every ten', () => {
    const alarms = alarmsFor(big(20, 3));
    expect(idsOf(alarms.addRecommended())).toEqual(['EngineCpu', 'Memory', 'Evictions', 'Connections', 'ReplicationLag'].map((id) => `${id}AnyNode`));
    expect(metricsOf(Stack.of(alarms))).toEqual(Array(30).fill(10));
    expect(alarms.metricAlarms).toHaveLength(30);
  });

  test('are none for a lag without replicas', () =>
    expect(errorOf(() => alarmsFor(big(3, 1)).addReplicationLag('Lag')).codes).toEqual(['MetricNeedsReplica']));
});

describe('the alarm that tells', () => {
  const topic = (stack: Stack, id: string) => new Topic(stack, id);

  test('goes off with any of those that watch, by their names', () => {
    const alarms = alarmsFor(big(11, 1));
    alarms.addMemory('Memory');
    const [{ AlarmRule: rule }] = compositesIn(Stack.of(alarms));
    const ids = Resources.of(Stack.of(alarms)).ids(TYPE.alarm);
    expect(rule).toEqual({ 'Fn::Join': ['', ['ALARM("', { Ref: ids[0] }, '") OR ALARM("', { Ref: ids[1] }, '")']] });
  });

  test('has no fixed name', () => {
    const alarms = alarmsFor(big(11, 1));
    alarms.addMemory('Memory');
    expect(compositesIn(Stack.of(alarms))[0]).not.toHaveProperty('AlarmName');
  });

  test('has all actions, those that watch have none', () => {
    const stack = stackOf();
    const [ops, done] = ['Ops', 'Done'].map((id) => topic(stack, id));
    const alarms = alarmsFor(big(11, 1, stack), { topic: ops, okTopic: done });
    const memory = alarms.addMemory('Memory');
    alarms.addAlarmAction(new SnsAction(topic(stack, 'Second')));
    memory.addAlarmAction(new SnsAction(topic(stack, 'Third')));
    const [tells] = compositesIn(stack);
    expect(tells.AlarmActions.map(({ Ref }: any) => Ref.replace(/[0-9A-F]{8}$/, ''))).toEqual(['Ops', 'Second', 'Third']);
    expect(tells.OKActions.map(({ Ref }: any) => Ref.replace(/[0-9A-F]{8}$/, ''))).toEqual(['Done']);
    metricAlarmsIn(stack).forEach((watches) => expect([watches.AlarmActions, watches.OKActions]).toEqual([undefined, undefined]));
  });

  test('says what it means and what to do, for all nodes; those that watch say for which', () => {
    const alarms = alarmsFor(big(12, 1), { runbookUrl: 'https://wiki.example/cache' });
    alarms.addMemory('Memory');
    const [tells] = compositesIn(Stack.of(alarms));
    expect(tells.AlarmDescription).toMatch(/^Stack\/Big0, nodes 1 to 12: A node is short of memory.*Check.*say which nodes\. See https:\/\/wiki\.example\/cache$/);
    expect(metricAlarmsIn(Stack.of(alarms)).map(({ AlarmDescription }) => AlarmDescription.split(':')[0]))
      .toEqual(['Stack/Big0, nodes 1 to 10', 'Stack/Big0, nodes 11 to 12']);
  });

  test('comes in pairs with a warning, each with its own people', () => {
    const stack = stackOf();
    const alarms = alarmsFor(big(11, 1, stack), { topic: topic(stack, 'Ops'), warningTopic: topic(stack, 'Dev') });
    alarms.addRecommended();
    const told = Object.fromEntries(Object.entries(Resources.of(stack).ofType(COMPOSITE)).map(([id, { Properties }]) =>
      [id.replace(/^Big0Alarms|AnyNode[0-9A-F]{8}$/g, ''), Properties.AlarmActions.map(({ Ref }: any) => Ref.slice(0, 3)).join()]));
    expect(told).toEqual({
      EngineCpu: 'Ops',
      EngineCpuWarning: 'Dev',
      Memory: 'Ops',
      MemoryWarning: 'Dev',
      Evictions: 'Ops',
      EvictionsWarning: 'Dev',
      Connections: 'Ops',
      ConnectionsWarning: 'Dev',
    });
    expect(metricAlarmsIn(stack)).toHaveLength(16);
  });

  test('of up to ten nodes is the one that watches', () => {
    const alarms = alarmsFor(big(10, 1));
    const memory = alarms.addMemory('Memory');
    expect(alarms.metricAlarmsOf(memory)).toEqual([memory]);
    expect(alarms.alarms).toEqual(alarms.metricAlarms);
    expect(compositesIn(Stack.of(alarms))).toEqual([]);
  });

  test('of another cache has nothing behind it here', () => {
    const stack = stackOf();
    const [one, two] = [big(11, 1, stack), big(11, 1, stack)].map((cache) => alarmsFor(cache));
    expect(two.metricAlarmsOf(one.addMemory('Memory'))).toEqual([]);
    two.addMemory('Memory');
    expect(compositesIn(stack)).toHaveLength(2);
  });
});

describe('nodes that come and go', () => {
  const typesOf = (nodes: number): Record<string, string> => {
    const alarms = alarmsFor(big(nodes, 1));
    alarms.add(CacheSymptom.NETWORK_ALLOWANCE);
    alarms.addMemory('Memory');
    return Object.fromEntries(Object.entries(Resources.of(Stack.of(alarms)).all).map(([id, { Type }]) => [id, Type]));
  };
  const SIZES = [1, 2, 3, 10, 11, 21, 76, 77, 78, 380, 381, 500];
  const types = new Map(SIZES.map((nodes) => [nodes, typesOf(nodes)]));

  const steps = SIZES.slice(1).map((nodes, index) => [SIZES[index], nodes]);

  test.each(steps)('from %i to %i: no id has another type, and none goes but for fewer nodes', (few, many) => {
    const [before, after] = [types.get(few)!, types.get(many)!];
    Object.entries(before).forEach(([id, type]) => expect([id, after[id]]).toEqual([id, type]));
  });
});

describe('the limits of CloudWatch', () => {
  const LONGEST = 'x'.repeat(ALARM_NAME_LIMITS.characters);

  test('hold for the longest names', () => {
    const ruleOf = (children: number) => Array(children).fill(isOn(LONGEST)).join(OR);
    expect(ruleOf(MOST_CHILDREN).length).toBeLessThanOrEqual(COMPOSITE_ALARM_LIMITS.ruleCharacters);
    expect(ruleOf(MOST_CHILDREN + 1).length).toBeGreaterThan(COMPOSITE_ALARM_LIMITS.ruleCharacters);
    expect(MOST_CHILDREN).toBeLessThanOrEqual(COMPOSITE_ALARM_LIMITS.children);
  });

  test.each([[MOST_CHILDREN * 10, []], [MOST_CHILDREN * 10 + 1, ['MemoryAnyNodeFromNode1', 'MemoryAnyNodeFromNode381']]])(
    'of %i nodes: what a rule cannot name is named by one in between', (nodes, between) => {
      const cache = big(nodes, 1);
      const alarms = alarmsFor(cache, { topic: new Topic(Stack.of(cache), 'Ops') });
      const memory = alarms.addMemory('Memory');
      const found = Resources.of(Stack.of(alarms)).ofType(COMPOSITE);
      expect(Object.keys(found)).toHaveLength(between.length + 1);
      expect(idsOf(alarms.node.children.filter((each) => each.node.id.includes('AnyNodeFrom')) as AlarmBase[])).toEqual(between);
      // Who is told is told by the one on top.
      expect(Object.values(found).filter(({ Properties }) => Properties.AlarmActions)).toHaveLength(1);
      Object.values(found).forEach(({ Properties }) => expect(namedIn(Properties.AlarmRule).length).toBeLessThanOrEqual(MOST_CHILDREN));
      const watched = Object.values(found).flatMap(({ Properties }) => namedIn(Properties.AlarmRule));
      expect(watched).toEqual(expect.arrayContaining(Resources.of(Stack.of(alarms)).ids(TYPE.alarm)));
      expect(alarms.alarms).toEqual([memory]);
    });
});

describe('at most eight tell, whatever the cache', () => {
  const NODES = [1, 6, 60, 500];
  const KINDS: Record<string, (stack: Stack, nodes: number) => ICacheCluster> = {
    'a replication group': (stack, nodes) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
      replicationGroupId: 'cache', nodeType: CacheNodeType.R7G_LARGE, clusterMode: ClusterMode.enabled({ shards: Math.ceil(nodes / 2), replicasPerShard: nodes > 1 ? 1 : 0 }),
    }),
    'a group with data tiering': (stack, nodes) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
      replicationGroupId: 'cache', nodeType: CacheNodeType.R6GD_XLARGE, clusterMode: ClusterMode.enabled({ shards: nodes, replicasPerShard: 0 }),
    }),
    'Memcached': (stack, nodes) => MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Cache', { clusterName: 'cache', nodes }),
    'a serverless cache': (stack) => ServerlessCache.fromServerlessCacheAttributes(stack, 'Cache', {
      serverlessCacheName: 'cache', limits: UsageLimits.of({ maxEcpuPerSecond: 5000 }),
    }),
  };
  const PROFILES = [
    CacheProfile.DATABASE_CACHE, CacheProfile.SESSION_STORE, CacheProfile.JOB_QUEUE, CacheProfile.LEADERBOARD, CacheProfile.RATE_LIMITER,
  ];

  test.each(Object.entries(KINDS).flatMap(([kind, make]) => NODES.map((nodes) => [kind, nodes, make] as const)))('%s of %i nodes', (_, nodes, make) => {
    // Profiles differ in symptoms and thresholds, which more nodes do not change.
    [undefined, ...nodes === 6 ? PROFILES : []].forEach((profile) => {
      const stack = stackOf();
      const alarms = alarmsFor(make(stack, nodes), { topic: new Topic(stack, 'Ops'), thresholds: profile?.defaults.alarmThresholds });
      const recommended = alarms.addRecommended();
      const telling = [...compositesIn(stack), ...metricAlarmsIn(stack)].filter(({ AlarmActions }) => AlarmActions);
      expect(telling).toHaveLength(recommended.length);
      expect(telling.length).toBeLessThanOrEqual(8);
      expect(telling.length).toBeGreaterThan(1);
    });
  });

  test.each<[string, CacheClusterOptions]>([
    ['shards', { topology: CacheTopology.sharded({ shards: 20, replicasPerShard: 2 }) }],
    ['nodes of Memcached', { engine: CacheEngine.memcached(), topology: CacheTopology.memcached({ nodes: 40 }) }],
  ])('a CacheCluster of many %s', (_, props) => {
    const stack = stackOf();
    cacheIn(stack, { alarmTopic: new Topic(stack, 'Ops'), ...props });
    const telling = [...compositesIn(stack), ...metricAlarmsIn(stack)].filter(({ AlarmActions }) => AlarmActions);
    expect(telling.length).toBeLessThanOrEqual(8);
    expect(telling).toEqual(compositesIn(stack));
  });
});

test('a dashboard shows the state of the alarms that tell, and the thresholds of those that watch', () => {
  const stack = stackOf();
  const cache = cacheIn(stack, { topology: CacheTopology.memcached({ nodes: 25 }), alarmTopic: new Topic(stack, 'Ops') });
  new CacheDashboard(stack, 'Dashboard', { caches: [cache] });
  const [{ Properties }] = Object.values(Resources.of(stack).ofType('AWS::CloudWatch::Dashboard'));
  const body = JSON.parse(Properties.DashboardBody['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : Object.values(part).flat()[0]).join(''));
  const [states] = body.widgets.filter(({ type }: any) => type === 'alarm');
  expect(states.properties.alarms).toEqual(Resources.of(stack).ids(COMPOSITE));
  const [evictions] = body.widgets.filter(({ properties }: any) => properties.title === 'Evictions');
  expect(evictions.properties.annotations.horizontal.map(({ value }: any) => value)).toEqual([100]);
});
