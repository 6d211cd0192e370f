import { App, Duration, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AlarmThresholds, CacheAlarmOptions, CacheAlarms, CacheClusterOptions, CacheNodeType, CacheProfile, CacheTopology, ClusterMode, ReplicationGroup,
  ReplicationGroupAttributes,
} from '../../src';
import { Symptom, SymptomRow, SYMPTOMS } from '../../src/monitoring/private/symptom-table';
import { cacheIn, errorOf, Resources, resourcesOf, stackOf, TYPE } from '../cache/fixtures';

const withTopic = (props: CacheClusterOptions = {}) => resourcesOf((stack) => ({ alarmTopic: new Topic(stack, 'Ops'), ...props }));
const replicated = (nodeType: CacheNodeType, replicas = 1) => ({ topology: CacheTopology.replicated({ nodeType, replicas }) });
const alarmsOf = (resources: Resources) => Object.values(resources.ofType(TYPE.alarm)).map(({ Properties }) => Properties);

function metricNameOf(alarm: any): string {
  const metrics: any[] = alarm.Metrics?.filter((each: any) => each.MetricStat) ?? [];
  return alarm.MetricName ?? [...new Set(metrics.map(({ MetricStat }) => MetricStat.Metric.MetricName))].join();
}

/** Threshold by metric. */
const thresholds = (resources: Resources) => Object.fromEntries(alarmsOf(resources).map((alarm) => [metricNameOf(alarm), alarm.Threshold]));

describe('recommended alarms', () => {
  const few = { DatabaseMemoryUsagePercentage: 80, Evictions: 100, CurrConnections: 52000 };

  test('are none without a topic', () => expect(alarmsOf(resourcesOf())).toEqual([]));

  test.each<[string, CacheClusterOptions, object]>([
    ['the default node type', {}, { CPUUtilization: 45, ...few, ReplicationLag: 10 }],
    ['two vCPUs', replicated(CacheNodeType.R7G_LARGE), { CPUUtilization: 45, ...few, ReplicationLag: 10 }],
    ['one vCPU', replicated(CacheNodeType.of('cache.t2.small')), { CPUUtilization: 90, ...few, ReplicationLag: 10 }],
    ['four vCPUs', replicated(CacheNodeType.R7G_XLARGE), { EngineCPUUtilization: 90, ...few, ReplicationLag: 10 }],
    ['64 vCPUs', replicated(CacheNodeType.of('cache.r7g.16xlarge')), { EngineCPUUtilization: 90, ...few, ReplicationLag: 10 }],
    ['a node type that the library does not know', replicated(CacheNodeType.of('cache.z99.large')), { EngineCPUUtilization: 90, ...few, ReplicationLag: 10 }],
    ['a single node', { topology: CacheTopology.singleNode() }, { CPUUtilization: 45, ...few }],
    ['DEVELOPMENT', { profile: CacheProfile.DEVELOPMENT }, { CPUUtilization: 45, ...few }],
    ['PRODUCTION', { profile: CacheProfile.PRODUCTION }, { CPUUtilization: 45, ...few, ReplicationLag: 10 }],
  ])('of %s', (_, props, expected) => {
    expect(thresholds(withTopic(props))).toEqual(expected);
  });

  test.each([0, 1, 2, 3, 4, 5])('with %i replicas are one a symptom over all nodes, of at most ten metrics each', (replicas) => {
    const alarms = alarmsOf(withTopic(replicated(CacheNodeType.R7G_LARGE, replicas)));
    expect(alarms.length).toBeLessThanOrEqual(8);
    expect(new Set(alarms.map(metricNameOf)).size).toBe(alarms.length);
    alarms.forEach((alarm) => {
      expect(alarm.Metrics?.length ?? 1).toBeLessThanOrEqual(10);
      expect(alarm.Metrics?.filter((each: any) => each.MetricStat).length ?? 1).toBe(replicas + 1);
    });
  });

  test('one metric of an alarm is returned, the others are what it is made of', () => {
    alarmsOf(withTopic()).forEach(({ Metrics }) => expect(Metrics.filter(({ ReturnData }: any) => ReturnData)).toHaveLength(1));
  });

  test.each(alarmsOf(withTopic()).map((alarm) => [metricNameOf(alarm), alarm]))('%s goes off above its threshold, on data and not on their absence', (_, alarm) => {
    expect(alarm).toMatchObject({ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' });
    expect(alarm.Metrics.every((each: any) => !each.MetricStat || each.MetricStat.Period === 60)).toBe(true);
  });

  test('wait a while', () => {
    expect(Object.fromEntries(alarmsOf(withTopic()).map((alarm) => [metricNameOf(alarm), alarm.EvaluationPeriods]))).toEqual({
      CPUUtilization: 5, DatabaseMemoryUsagePercentage: 5, Evictions: 5, CurrConnections: 10, ReplicationLag: 15,
    });
  });

  test('have no fixed name', () => alarmsOf(withTopic()).forEach((alarm) => expect(alarm).not.toHaveProperty('AlarmName')));

  test.each(alarmsOf(withTopic()).map((alarm) => [metricNameOf(alarm), alarm.AlarmDescription as string]))(
    '%s says whose it is, what it means and what to do', (_, description) => {
      expect(description).toMatch(/^Stack\/Cache: [A-Z].*\. .*\. See https:\/\/docs\.aws\.amazon\.com\/\S+$/);
      expect(description).toMatch(/[Ll]ook for|[Cc]heck/);
      expect(description.length).toBeLessThanOrEqual(1024);
    });
});

describe('every symptom', () => {
  test.each(Object.entries(SYMPTOMS))('%s has a source, a runbook line and an id of its own', (_, row) => {
    expect(row.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    [row, ...Object.values((row as SymptomRow).runbooks ?? {})].forEach(({ means, first }) => {
      expect(means).toMatch(/^[A-Z].*\.$/);
      expect(first).toMatch(/^(Look|Check|Read) .*\.$/);
    });
    expect(Object.values(SYMPTOMS).filter(({ id }) => id === row.id)).toHaveLength(1);
  });
});

describe('thresholds', () => {
  test.each<[keyof AlarmThresholds, AlarmThresholds, string, number]>([
    ['engineCpuPercent', { engineCpuPercent: 75 }, 'EngineCPUUtilization', 75],
    ['hostCpuPercent', { hostCpuPercent: 30 }, 'CPUUtilization', 30],
    ['memoryPercent', { memoryPercent: 60 }, 'DatabaseMemoryUsagePercentage', 60],
    ['evictionsPerMinute', { evictionsPerMinute: 0 }, 'Evictions', 0],
    ['connections', { connections: 1000 }, 'CurrConnections', 1000],
    ['replicationLag', { replicationLag: Duration.minutes(1) }, 'ReplicationLag', 60],
  ])('%s', (_, alarmThresholds, metric, expected) => {
    const found = thresholds(withTopic({ alarmThresholds }));
    expect(found[metric]).toBe(expected);
    expect(Object.keys(found)).toHaveLength(5);
  });

  test('a replication lag of less than a second is kept', () => {
    expect(thresholds(withTopic({ alarmThresholds: { replicationLag: Duration.millis(500) } })).ReplicationLag).toBe(0.5);
  });

  test('both CPU thresholds make both alarms', () => {
    const found = thresholds(withTopic({ alarmThresholds: { engineCpuPercent: 75, hostCpuPercent: 30 } }));
    expect(found).toMatchObject({ EngineCPUUtilization: 75, CPUUtilization: 30 });
  });
});

describe('single alarms', () => {
  type Method = 'addEngineCpu' | 'addHostCpu' | 'addMemory' | 'addEvictions' | 'addConnections' | 'addReplicationLag';
  const methods: [Method, Symptom, string][] = [
    ['addEngineCpu', 'engineCpu', 'EngineCPUUtilization'], ['addHostCpu', 'hostCpu', 'CPUUtilization'],
    ['addMemory', 'memory', 'DatabaseMemoryUsagePercentage'], ['addEvictions', 'evictions', 'Evictions'],
    ['addConnections', 'connections', 'CurrConnections'], ['addReplicationLag', 'replicationLag', 'ReplicationLag'],
  ];
  const added = (method: Method, options?: CacheAlarmOptions) => {
    const stack = stackOf();
    cacheIn(stack).alarms[method]('Mine', options);
    return alarmsOf(Resources.of(stack))[0];
  };

  test.each(methods)('%s watches its metric with the default threshold', (method, symptom, metric) => {
    const alarm = added(method);
    expect(metricNameOf(alarm)).toBe(metric);
    const row: SymptomRow = SYMPTOMS[symptom];
    expect(alarm).toMatchObject({ Threshold: row.threshold({ vcpus: 2 }), EvaluationPeriods: row.minutes });
  });

  test.each(methods)('%s takes threshold and minutes', (method) => {
    expect(added(method, { threshold: 7, minutes: 3 })).toMatchObject({ Threshold: 7, EvaluationPeriods: 3 });
  });

  test('stand beside the recommended ones, under ids of their own', () => {
    const stack = stackOf();
    const cache = cacheIn(stack, { alarmTopic: new Topic(stack, 'Ops') });
    cache.alarms.addEvictions('EvictionsPage', { threshold: 1000 });
    expect(Resources.of(stack).ids(TYPE.alarm)).toHaveLength(6);
  });

  test('without anyone to tell write no list of actions', () => {
    expect(added('addMemory')).not.toHaveProperty('AlarmActions');
  });

  test('replication lag of a single node is an error', () => {
    const cache = cacheIn(stackOf(), { topology: CacheTopology.singleNode() });
    expect(errorOf(() => cache.alarms.addReplicationLag('Lag')).codes).toEqual(['MetricNeedsReplica']);
    expect(cache.alarms.node.children).toEqual([]);
  });
});

test('actions reach the alarms made before and after', () => {
  const stack = stackOf();
  const [first, second] = ['First', 'Second'].map((id) => new Topic(stack, id));
  const { alarms } = cacheIn(stack, { alarmTopic: first });
  alarms.addAlarmAction(new SnsAction(second));
  alarms.addMemory('Later', { threshold: 95 });
  const found = alarmsOf(Resources.of(stack));
  expect(found).toHaveLength(6);
  found.forEach(({ AlarmActions }) => expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^First/) }, { Ref: expect.stringMatching(/^Second/) }]));
});

test('addRecommended returns the alarms, for what only an alarm can do', () => {
  const stack = stackOf();
  expect(cacheIn(stack).alarms.addRecommended().map(({ node }) => node.id)).toEqual(['HostCpu', 'Memory', 'Evictions', 'Connections', 'ReplicationLag']);
});

describe('alarms of an imported cache', () => {
  const alarmsFor = (attributes: Partial<ReplicationGroupAttributes>, alarmThresholds?: AlarmThresholds) => {
    const stack = stackOf();
    const cache = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', { replicationGroupId: 'legacy', ...attributes });
    return { stack, alarms: new CacheAlarms(stack, 'Alarms', { cache, topic: new Topic(stack, 'Ops'), thresholds: alarmThresholds }) };
  };
  const clusterMode = ClusterMode.disabled();

  test('are the recommended ones of its node type', () => {
    const { stack, alarms } = alarmsFor({ clusterMode, nodeType: CacheNodeType.M7G_LARGE });
    alarms.addRecommended();
    expect(thresholds(Resources.of(stack))).toMatchObject({ CPUUtilization: 45, ReplicationLag: 10 });
  });

  test('without a node type watch the engine\'s core, whose threshold is the same for all', () => {
    const { stack, alarms } = alarmsFor({ clusterMode });
    alarms.addRecommended();
    expect(thresholds(Resources.of(stack))).toMatchObject({ EngineCPUUtilization: 90 });
  });

  test('on the node\'s CPU need its type, or a threshold', () => {
    const { alarms } = alarmsFor({ clusterMode });
    const error = errorOf(() => alarms.addHostCpu('Cpu'));
    expect(error.codes).toEqual(['ThresholdUnknown']);
    expect(error.message).toMatch(/CPUUtilization.*give a threshold, or nodeType/);
    expect(alarms.node.children).toEqual([]);
    expect(() => alarms.addHostCpu('Cpu', { threshold: 45 })).not.toThrow();
  });

  test('a threshold for the node\'s CPU is enough without a type', () => {
    const { stack, alarms } = alarmsFor({ clusterMode }, { hostCpuPercent: 40 });
    alarms.addRecommended();
    expect(thresholds(Resources.of(stack)).CPUUtilization).toBe(40);
  });

  test('need the number of nodes', () => {
    const { alarms } = alarmsFor({ nodeType: CacheNodeType.M7G_LARGE });
    expect(errorOf(() => alarms.addRecommended()).codes).toEqual(['MembersUnknown']);
    expect(alarms.node.children).toEqual([]);
  });

  test('say its path', () => {
    const { stack, alarms } = alarmsFor({ clusterMode });
    alarms.addMemory('Memory');
    expect(alarmsOf(Resources.of(stack))[0].AlarmDescription).toMatch(/^Stack\/Legacy: /);
  });
});

test('alarms in another stack refer to the cache, not the other way round', () => {
  const app = new App();
  const [caches, alarms] = ['Caches', 'Alarms'].map((id) => new Stack(app, id));
  new CacheAlarms(alarms, 'Alarms', { cache: cacheIn(caches), topic: new Topic(alarms, 'Ops') }).addRecommended();
  const template = app.synth().getStackByName('Alarms').template;
  expect(JSON.stringify(template)).toContain('Fn::ImportValue');
  expect(alarms.dependencies).toEqual([caches]);
});
