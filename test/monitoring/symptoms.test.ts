// Every symptom on every kind of cache: it works, or the error says why not.
import { Duration, Size, Stack, Token } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AlarmSeverity, AlarmThresholds, CacheAlarms, CacheClusterOptions, CacheEngine, CacheNodeType, CacheProfile, CacheSymptom,
  CacheTopology, ClusterMode, ICacheCluster, MemcachedCluster, ReplicationGroup, ServerlessCache, UsageLimits, ValkeyVersion,
} from '../../src';
import { CacheKind } from '../../src/monitoring/private/metric-catalog';
import { ASKED_SYMPTOMS, kindsWith, RECOMMENDED_SYMPTOMS, Symptom, symptomFor, symptomRow, SYMPTOMS } from '../../src/monitoring/private/symptom-table';
import { cacheIn, errorOf, Resources, stackOf, TYPE } from '../cache/fixtures';

const CACHES: Record<string, [CacheKind, (stack: Stack) => ICacheCluster]> = {
  'an owned replication group': ['replicationGroup', (stack) => cacheIn(stack, { engine: CacheEngine.valkey(ValkeyVersion.of('9.0')) })],
  'an imported replication group': ['replicationGroup', (stack) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
    replicationGroupId: 'legacy', clusterMode: ClusterMode.disabled(), nodeType: CacheNodeType.T4G_SMALL,
  })],
  'a replication group written by hand': ['replicationGroup', (stack) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
    replicationGroupId: new CfnReplicationGroup(stack, 'Raw', { replicationGroupDescription: 'raw' }).ref,
    clusterMode: ClusterMode.disabled(),
    nodeType: CacheNodeType.T4G_SMALL,
  })],
  'an owned cluster of Memcached': ['memcached', (stack) => cacheIn(stack, { topology: CacheTopology.memcached({ nodeType: CacheNodeType.T4G_SMALL }) })],
  'an imported cluster of Memcached': ['memcached', (stack) =>
    MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Cache', { clusterName: 'legacy', nodes: 2, nodeType: CacheNodeType.T4G_SMALL })],
  'an owned serverless cache': ['serverless', (stack) => cacheIn(stack, { topology: CacheTopology.serverless() })],
  'an imported serverless cache': ['serverless', (stack) => ServerlessCache.fromServerlessCacheAttributes(stack, 'Cache', { serverlessCacheName: 'legacy' })],
  'a serverless cache of Memcached': ['serverless', (stack) =>
    cacheIn(stack, { engine: CacheEngine.memcached(), topology: CacheTopology.serverless() })],
};
const alarmsOf = (stack: Stack) => Object.values(Resources.of(stack).ofType(TYPE.alarm)).map(({ Properties }) => Properties);
const methodOf = (symptom: string) => `add${symptom[0].toUpperCase()}${symptom.slice(1)}`;
const namesOf = (alarm: any): string[] => alarm.MetricName ? [alarm.MetricName]
  : [...new Set<string>(alarm.Metrics.flatMap((each: any) => each.MetricStat?.Metric.MetricName ?? []))];
const imported = (stack: Stack, nodeType = CacheNodeType.R7G_LARGE, replicas = 1) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', {
  replicationGroupId: 'legacy', nodeType, clusterMode: ClusterMode.disabled({ replicas }),
});

test('every symptom that can be asked for has a name in the enum and a method', () => {
  expect(Object.values(CacheSymptom).sort()).toEqual([...ASKED_SYMPTOMS].sort());
  ASKED_SYMPTOMS.forEach((symptom) => expect(typeof (CacheAlarms.prototype as any)[methodOf(symptom)]).toBe('function'));
});

describe.each(Object.entries(CACHES))('%s', (title, [kind, make]) => {
  test.each(Object.entries(CacheSymptom))('%s works, or the error says why not', (_, symptom) => {
    const stack = stackOf();
    const alarms = new CacheAlarms(stack, 'Alarms', { cache: make(stack), topic: new Topic(stack, 'Ops') });
    const add = () => (alarms as any)[methodOf(symptom)]('Mine', { threshold: 7 });
    if (!kindsWith(symptom as Symptom).includes(kind)) {
      const error = errorOf(add);
      expect(error.codes).toEqual(['AlarmUnfit']);
      expect(error.message).toMatch(/does not exist for .*; it exists for /);
      return;
    }
    if (title === 'a serverless cache of Memcached' && /authent|author|iam/.test(symptom)) {
      expect(errorOf(add).message).toMatch(/does not exist for serverless caches of memcached/);
      return;
    }
    expect(add().node.id).toBe('Mine');
    const [alarm] = alarmsOf(stack);
    const row = symptomRow(symptomFor(symptom as Symptom, kind, title.endsWith('of Memcached') ? 'memcached' : undefined));
    expect(alarm).toMatchObject({ Threshold: 7, TreatMissingData: 'missing', AlarmActions: [{ Ref: expect.anything() }] });
    expect(alarm.ComparisonOperator).toBe(row.below ? 'LessThanThreshold' : 'GreaterThanThreshold');
    expect(alarm.EvaluationPeriods * (row.period ?? 60)).toBe(row.minutes * 60);
    expect(alarm.AlarmDescription).toContain((row.runbooks?.[kind] ?? row).means);
    expect(alarm.AlarmDescription).toContain((row.runbooks?.[kind] ?? row).first);
    expect(alarm.AlarmDescription).toContain(`See ${row.source}`);
    expect(alarm.AlarmDescription.length).toBeLessThanOrEqual(1024);
    expect(alarm.Metrics?.filter((each: any) => each.MetricStat).length ?? 1).toBeLessThanOrEqual(10);
    expect(namesOf(alarm)).toHaveLength(row.metrics.length);
    // CloudWatch looks back at most a day in minutes, and a week in hours.
    expect(alarm.EvaluationPeriods * (row.period ?? 60)).toBeLessThanOrEqual(86400);
  });
});

describe('thresholds that follow from the node type', () => {
  test.each<[CacheSymptom, CacheNodeType, number]>([
    [CacheSymptom.HOST_CPU, CacheNodeType.R7G_LARGE, 45],
    [CacheSymptom.HOST_CPU, CacheNodeType.R7G_XLARGE, 90],
    [CacheSymptom.CPU_CREDITS, CacheNodeType.T4G_MEDIUM, 20],
    [CacheSymptom.FREEABLE_MEMORY, CacheNodeType.T4G_MICRO, 100e6],
    [CacheSymptom.FREEABLE_MEMORY, CacheNodeType.R7G_XLARGE, Math.round(26.32 * 2 ** 30 * 0.05)],
  ])('%s of %s', (symptom, nodeType, threshold) => {
    const stack = stackOf();
    new CacheAlarms(stack, 'Alarms', { cache: imported(stack, nodeType) }).add(symptom);
    expect(alarmsOf(stack)[0].Threshold).toBeCloseTo(threshold, -1);
  });

  test('memory of nodes with data tiering is full by design: their capacity is watched', () => {
    const stack = stackOf();
    const [alarm] = new CacheAlarms(stack, 'Alarms', { cache: imported(stack, CacheNodeType.R6GD_XLARGE) }).addRecommended().slice(1);
    expect(alarm.node.id).toBe('Memory');
    expect(alarmsOf(stack).flatMap(namesOf)).toContain('DatabaseCapacityUsagePercentage');
    expect(alarmsOf(stack).flatMap(namesOf)).not.toContain('DatabaseMemoryUsagePercentage');
  });
});

describe('warnings', () => {
  const pair = (thresholds?: AlarmThresholds) => {
    const stack = stackOf();
    const [ops, dev, done] = ['Ops', 'Dev', 'Done'].map((id) => new Topic(stack, id));
    const alarms = new CacheAlarms(stack, 'Alarms', { cache: imported(stack), topic: ops, warningTopic: dev, okTopic: done, thresholds });
    alarms.addRecommended();
    return { stack, alarms, found: Object.fromEntries(alarms.alarms.map(({ node }, index) => [node.id, alarmsOf(stack)[index]])) };
  };

  test('stand beside the recommended alarms, nearer to what is normal, and tell others', () => {
    const { found } = pair();
    expect(Object.fromEntries(Object.entries(found).map(([id, { Threshold }]) => [id, Threshold]))).toEqual({
      HostCpu: 45,
      HostCpuWarning: 36,
      Memory: 80,
      MemoryWarning: 70,
      Evictions: 100,
      EvictionsWarning: 10,
      Connections: 52000,
      ConnectionsWarning: 39000,
      ReplicationLag: 10,
      ReplicationLagWarning: 5,
    });
    Object.entries(found).forEach(([id, alarm]) => {
      expect(alarm.AlarmActions).toEqual([{ Ref: expect.stringMatching(id.endsWith('Warning') ? /^Dev/ : /^Ops/) }]);
      expect(alarm.OKActions).toEqual([{ Ref: expect.stringMatching(/^Done/) }]);
    });
  });

  test('follow from a threshold that was given', () => expect(pair({ memoryPercent: 60 }).found.MemoryWarning.Threshold).toBe(52.5));
  test('are none where they would go off with the alarm', () => expect(pair({ evictionsPerMinute: 0 }).found).not.toHaveProperty('EvictionsWarning'));
  test('are none where they would never end', () => expect(pair({ hitRatePercent: 95 }).found).not.toHaveProperty('HitRateWarning'));
  test('are none for a token, which cannot be multiplied', () => {
    expect(pair({ memoryPercent: Token.asNumber({ Ref: 'Any' }) }).found).not.toHaveProperty('MemoryWarning');
  });

  test('of one symptom, with a threshold of its own', () => {
    const stack = stackOf();
    const alarms = new CacheAlarms(stack, 'Alarms', { cache: imported(stack), warningTopic: new Topic(stack, 'Dev') });
    alarms.add(CacheSymptom.MEMORY, undefined, { severity: AlarmSeverity.WARNING });
    alarms.addEvictions('Soon', { severity: AlarmSeverity.WARNING, threshold: 3 });
    expect(alarms.alarms.map(({ node }) => node.id)).toEqual(['MemoryWarning', 'Soon']);
    expect(alarmsOf(stack).map(({ Threshold, AlarmActions }) => [Threshold, AlarmActions.length])).toEqual([[70, 1], [3, 1]]);
    const error = errorOf(() => alarms.addTrafficManagement('Traffic', { severity: AlarmSeverity.WARNING }));
    expect(error.codes).toEqual(['ThresholdUnknown']);
    expect(error.message).toContain('has no warning before it');
  });

  test('and the end of alarms reach those who are named later', () => {
    const stack = stackOf();
    const [dev, done] = ['Dev', 'Done'].map((id) => new SnsAction(new Topic(stack, id)));
    const alarms = new CacheAlarms(stack, 'Alarms', { cache: imported(stack) });
    alarms.addMemory('Memory');
    alarms.addMemory('MemoryWarning', { severity: AlarmSeverity.WARNING });
    alarms.addWarningAction(dev);
    alarms.addOkAction(done);
    const [memory, warning] = alarmsOf(stack);
    expect([memory.AlarmActions, memory.OKActions.length, warning.AlarmActions.length, warning.OKActions.length]).toEqual([undefined, 1, 1, 1]);
  });
});

describe('tokens', () => {
  const token = Token.asNumber({ Ref: 'Any' });

  test.each(Object.values(CacheSymptom))('%s takes one as its threshold and as its minutes', (symptom) => {
    const kind = kindsWith(symptom as Symptom)[0];
    const [, make] = Object.values(CACHES).find(([each]) => each === kind)!;
    const stack = stackOf();
    new CacheAlarms(stack, 'Alarms', { cache: make(stack) }).add(symptom, 'Mine', { threshold: token, minutes: token });
    expect(alarmsOf(stack)[0]).toMatchObject({ Threshold: { Ref: 'Any' }, EvaluationPeriods: { Ref: 'Any' } });
  });

  test.each<[keyof AlarmThresholds, CacheSymptom]>([['storagePercent', CacheSymptom.STORAGE], ['ecpuPercent', CacheSymptom.ECPU]])(
    'a share of a limit that is one cannot be taken: %s', (prop, symptom) => {
      const stack = stackOf();
      const cache = ServerlessCache.fromServerlessCacheAttributes(stack, 'Feed', {
        serverlessCacheName: 'feed', limits: UsageLimits.of({ maxStorage: Size.gibibytes(10), maxEcpuPerSecond: 5000 }),
      });
      const alarms = new CacheAlarms(stack, 'Alarms', { cache, thresholds: { [prop]: token } });
      expect(alarms.addRecommended()).toHaveLength(3);
      const error = errorOf(() => alarms.add(symptom));
      expect(error.codes).toEqual(['ThresholdUnknown']);
      expect(error.message).toContain(`${prop} that is no token`);
    });
});

describe('AlarmThresholds', () => {
  const recommendedOf = (thresholds: AlarmThresholds, make = (stack: Stack): ICacheCluster => imported(stack)) => {
    const stack = stackOf();
    const alarms = new CacheAlarms(stack, 'Alarms', { cache: make(stack), thresholds });
    alarms.addRecommended();
    return Object.fromEntries(alarms.alarms.map(({ node }, index) => [node.id, alarmsOf(stack)[index].Threshold]));
  };

  test.each<[AlarmThresholds, string, number]>([
    [{ hitRatePercent: 90 }, 'HitRate', 90],
    [{ freeableMemory: Size.mebibytes(1) }, 'FreeableMemory', 1048576],
    [{ newConnectionsPerMinute: 60 }, 'NewConnections', 60],
    [{ globalReplicationLag: Duration.minutes(1) }, 'GlobalReplicationLag', 60],
    [{ durabilityLag: Duration.seconds(1) }, 'DurabilityLag', 1000],
    [{ authenticationFailuresPerMinute: 1 }, 'AuthenticationFailures', 1],
    [{ authorizationFailuresPerMinute: 2 }, 'AuthorizationFailures', 2],
    [{ readLatency: Duration.millis(2) }, 'ReadLatency', 2000],
    [{ writeLatency: Duration.millis(0.5) }, 'WriteLatency', 500],
    [{ underUsedPercent: 30 }, 'UnderUsed', 30],
    [{ overUsedPercent: 70 }, 'OverUsed', 70],
  ])('%j adds its alarm', (thresholds, id, expected) => {
    const found = recommendedOf(thresholds);
    expect(found[id]).toBe(expected);
    expect(Object.keys(found)).toHaveLength(6);
  });

  test('what the cache cannot have is passed over', () => {
    expect(recommendedOf({ cpuCredits: 5, throttledCommandsPerMinute: 1 })).toEqual(recommendedOf({}));
    expect(recommendedOf({ cpuCredits: 5 }, (stack) => imported(stack, CacheNodeType.T4G_SMALL)).CpuCredits).toBe(5);
  });

  test('without leaves alarms out, also where another one stands for them', () => {
    expect(Object.keys(recommendedOf({ without: [CacheSymptom.EVICTIONS, CacheSymptom.HOST_CPU] }))).toEqual(['Memory', 'Connections', 'ReplicationLag']);
    const memcached = CACHES['an imported cluster of Memcached'][1];
    expect(Object.keys(recommendedOf({ without: [CacheSymptom.HOST_CPU], hitRatePercent: 50 }, memcached)))
      .toEqual(['Evictions', 'Connections', 'Swap', 'MemcachedHitRate']);
  });
});

describe('profiles', () => {
  const alarmsWith = (props: CacheClusterOptions) => {
    const stack = stackOf();
    const cache = cacheIn(stack, { alarmTopic: new Topic(stack, 'Ops'), ...props });
    return Object.fromEntries(cache.alarms.alarms.map(({ node }, index) => [node.id, alarmsOf(stack)[index]]));
  };
  const NOT_TO_LOSE = [CacheProfile.SESSION_STORE, CacheProfile.JOB_QUEUE, CacheProfile.LEADERBOARD, CacheProfile.RATE_LIMITER];
  const WORKLOADS = [CacheProfile.DATABASE_CACHE, ...NOT_TO_LOSE];
  const TOPOLOGIES = { replicated: CacheTopology.replicated(), memcached: CacheTopology.memcached(), serverless: CacheTopology.serverless() };

  test.each(NOT_TO_LOSE.map((each) => [each.name, each] as const))(
    '%s hears of the first eviction', (_, profile) => {
      Object.values(TOPOLOGIES).forEach((topology) =>
        expect(alarmsWith({ profile, topology }).Evictions).toMatchObject({ Threshold: 0, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' }));
    });

  test('DATABASE_CACHE hears of a low hit rate, not of evictions and full memory', () => {
    expect(Object.keys(alarmsWith({ profile: CacheProfile.DATABASE_CACHE }))).toEqual(['HostCpu', 'Connections', 'ReplicationLag', 'HitRate']);
  });

  test.each<[CacheProfile, string]>([
    [CacheProfile.DATABASE_CACHE, 'allkeys-lru'], [CacheProfile.SESSION_STORE, 'volatile-lru'], [CacheProfile.JOB_QUEUE, 'noeviction'],
    [CacheProfile.LEADERBOARD, 'noeviction'], [CacheProfile.RATE_LIMITER, 'volatile-lru'],
  ])('%s has its policy for full memory, on the engines that know it', (profile, policy) => {
    const policyOf = (props: CacheClusterOptions) => {
      const stack = stackOf();
      cacheIn(stack, { profile, ...props });
      return Object.values(Resources.of(stack).ofType(TYPE.parameterGroup)).map(({ Properties }) => Properties.Properties?.['maxmemory-policy']);
    };
    expect(policyOf({})).toEqual([policy]);
    expect(policyOf({ engine: CacheEngine.redis() })).toEqual([policy]);
    expect(policyOf({ topology: CacheTopology.replicated({ nodeType: CacheNodeType.R6GD_XLARGE }) })).toEqual([policy]);
    expect(policyOf({ topology: TOPOLOGIES.memcached })).toEqual([undefined]);
    expect(policyOf({ topology: TOPOLOGIES.serverless })).toEqual([]);
  });

  test('of at most eight alarms', () => {
    [undefined, CacheProfile.DEVELOPMENT, CacheProfile.PRODUCTION, ...WORKLOADS].forEach((profile) =>
      Object.values(TOPOLOGIES).forEach((topology) => expect(Object.keys(alarmsWith({ profile, topology })).length).toBeLessThanOrEqual(8)));
  });

  test('a threshold of the cache is added to theirs', () => {
    const found = alarmsWith({ profile: CacheProfile.JOB_QUEUE, alarmThresholds: { connections: 100, memoryPercent: undefined } });
    expect([found.Evictions.Threshold, found.Memory.Threshold, found.Connections.Threshold]).toEqual([0, 70, 100]);
  });

  test('combined keep the thresholds of both', () => {
    const ours = CacheProfile.of('ours', { alarmThresholds: { connections: 5, memoryPercent: 50 } });
    expect(CacheProfile.combine(ours, CacheProfile.JOB_QUEUE).defaults.alarmThresholds)
      .toEqual({ connections: 5, memoryPercent: 70, evictionsPerMinute: 0, evictionMinutes: 1 });
  });
});

test('the address of one\'s own instructions', () => {
  const stack = stackOf();
  const alarms = new CacheAlarms(stack, 'Alarms', { cache: imported(stack), runbookUrl: 'https://wiki.example/cache' });
  alarms.addMemory('Memory');
  alarms.addSwap('Swap', { runbookUrl: 'https://wiki.example/swap' });
  expect(alarmsOf(stack).map(({ AlarmDescription }) => AlarmDescription.split(' See ')[1])).toEqual(['https://wiki.example/cache', 'https://wiki.example/swap']);
});

test('two caches in one stack have alarms of their own', () => {
  const stack = stackOf();
  const topic = new Topic(stack, 'Ops');
  ['One', 'Two'].forEach((id) => cacheIn(stack, { alarmTopic: topic, profile: CacheProfile.JOB_QUEUE }, id).alarms.addSwap('Swap'));
  expect(Resources.of(stack).ids(TYPE.alarm)).toHaveLength(12);
});

test('recommended symptoms are symptoms of their kind', () => {
  Object.entries(RECOMMENDED_SYMPTOMS).forEach(([kind, symptoms]) => symptoms.forEach((symptom) =>
    expect((SYMPTOMS[symptom].kinds as readonly string[])).toContain(kind)));
});
