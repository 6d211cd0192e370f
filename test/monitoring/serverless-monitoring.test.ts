import { Size, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AlarmThresholds, CacheAlarms, CacheCluster, CacheEngine, CacheMetrics, CacheTopology, ServerlessCache, UsageLimits, UsageLimitsOptions,
} from '../../src';
import { MetricRow, METRICS } from '../../src/monitoring/private/metric-catalog';
import { newServerless } from '../serverless/fixtures';
import { errorOf, newGroup, newStack, newVpc } from '../support/cdk';

const imported = (options: { engine?: CacheEngine; limits?: UsageLimits } = {}, stack = newStack()) =>
  ServerlessCache.fromServerlessCacheAttributes(stack, 'Feed', { serverlessCacheName: 'feed', ...options });

describe('metrics', () => {
  const published: [keyof typeof METRICS, string, string][] = [
    ['bytesUsedForCache', 'BytesUsedForCache', 'Maximum'],
    ['elastiCacheProcessingUnits', 'ElastiCacheProcessingUnits', 'Sum'],
    ['throttledCmds', 'ThrottledCmds', 'Sum'],
    ['totalCmdsCount', 'TotalCmdsCount', 'Sum'],
    ['successfulReadRequestLatency', 'SuccessfulReadRequestLatency', 'Average'],
    ['successfulWriteRequestLatency', 'SuccessfulWriteRequestLatency', 'Average'],
    ['newConnections', 'NewConnections', 'Sum'],
    ['currConnections', 'CurrConnections', 'Maximum'],
    ['currItems', 'CurrItems', 'Average'],
    ['cacheHits', 'CacheHits', 'Sum'],
    ['cacheMisses', 'CacheMisses', 'Sum'],
    ['cacheHitRate', 'CacheHitRate', 'Average'],
    ['networkBytesIn', 'NetworkBytesIn', 'Sum'],
    ['networkBytesOut', 'NetworkBytesOut', 'Sum'],
    ['evictions', 'Evictions', 'Sum'],
  ];

  test.each(published)('%s: the one dimension is clusterId, spelt exactly so, with the name of the cache', (method, metricName, statistic) => {
    expect(imported().metrics[method]()).toMatchObject({ namespace: 'AWS/ElastiCache', metricName, statistic, dimensions: { clusterId: 'feed' } });
  });

  test('of an owned cache: the name that CloudFormation knows', () => {
    const stack = newStack();
    const metric = newServerless(stack).metrics.throttledCmds() as Metric;
    expect(stack.resolve(metric.dimensions)).toEqual({ clusterId: { Ref: 'Cache18F6EE16' } });
  });

  const absent = (Object.keys(METRICS) as (keyof typeof METRICS)[]).filter((name) => !(METRICS[name] as MetricRow).kinds.includes('serverless'));
  test('some are not of serverless caches', () => expect(absent.length).toBeGreaterThan(30));
  test.each(absent)('%s is of nodes: the error names the right one, or what there is', (method) => {
    const error = errorOf(() => imported().metrics[method]());
    expect(error.codes).toEqual(['MetricNotPublished']);
    const instead = (METRICS[method] as MetricRow).instead?.serverless;
    expect(error.message).toMatch(instead ? new RegExp(`does not exist for serverless caches; .*; use ${instead} at`)
      : /does not exist for serverless caches; .*serverless caches have: .*BytesUsedForCache.*ThrottledCmds/);
  });

  test.each(['elastiCacheProcessingUnits', 'throttledCmds', 'totalCmdsCount'] as const)('%s is of serverless caches alone', (method) => {
    const error = errorOf(() => newGroup(newStack()).metrics[method]());
    expect(error.codes).toEqual(['MetricNotPublished']);
    const right = { elastiCacheProcessingUnits: 'EngineCPUUtilization', throttledCmds: 'TrafficManagementActive', totalCmdsCount: 'GetTypeCmds' }[method];
    expect(error.message).toContain(`does not exist for replication groups; it exists for serverless caches; use ${right} at`);
  });

  test.each(['cacheHits', 'cacheMisses', 'cacheHitRate'] as const)('%s is not of Memcached', (method) => {
    const error = errorOf(() => imported({ engine: CacheEngine.memcached() }).metrics[method]());
    expect(error.message).toMatch(/does not exist for serverless caches of memcached/);
    expect(() => imported({ engine: CacheEngine.valkey() }).metrics[method]()).not.toThrow();
  });

  test('any other by name, without a member', () => {
    const { metrics } = imported();
    expect(metrics.metric('AuthenticationFailures')).toMatchObject({ metricName: 'AuthenticationFailures', dimensions: { clusterId: 'feed' } });
    expect(errorOf(() => metrics.metric('Reclaimed', 'feed-001')).codes).toEqual(['MemberUnfit']);
    expect(errorOf(() => newGroup(newStack()).metrics.metric('Reclaimed')).codes).toEqual(['MemberUnfit']);
  });

  test('every metric of the catalogue has a method', () => {
    Object.keys(METRICS).forEach((name) => expect(CacheMetrics.prototype).toHaveProperty(name));
    published.forEach(([method, name]) => expect(METRICS[method].name).toBe(name));
  });
});

describe('alarms', () => {
  const of = (limits?: UsageLimitsOptions, alarmThresholds?: AlarmThresholds) => {
    const stack = newStack();
    new CacheCluster(stack, 'Cache', {
      vpc: newVpc(stack),
      alarmTopic: new Topic(stack, 'Ops'),
      alarmThresholds,
      topology: CacheTopology.serverless({ limits: limits && UsageLimits.of(limits) }),
    });
    return Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  };
  const thresholds = (...args: Parameters<typeof of>) => Object.fromEntries(of(...args).map(({ MetricName, Threshold }) => [MetricName, Threshold]));
  const always = { Evictions: 100, ThrottledCmds: 0 };
  const token = () => Token.asNumber({ Ref: 'Any' });

  test.each<[string, UsageLimitsOptions | undefined, AlarmThresholds | undefined, object]>([
    ['without limits', undefined, undefined, always],
    ['with a maximum of storage, 75 % of it in bytes', { maxStorage: Size.gibibytes(10) }, undefined, { ...always, BytesUsedForCache: 7.5e9 }],
    ['with a maximum of units, 75 % of those of a minute', { maxEcpuPerSecond: 5000 }, undefined, { ...always, ElastiCacheProcessingUnits: 225_000 }],
    ['with no limit said as 0', { maxStorage: Size.gibibytes(0), maxEcpuPerSecond: 0 }, undefined, always],
    ['with minima', { minStorage: Size.gibibytes(10), minEcpuPerSecond: 5000 }, undefined, always],
    ['with maxima that are tokens', { maxStorage: Size.gibibytes(token()), maxEcpuPerSecond: token() }, undefined, always],
    ['with thresholds', { maxStorage: Size.gibibytes(10), maxEcpuPerSecond: 1000 },
      { storagePercent: 50, ecpuPercent: 90, evictionsPerMinute: 0, throttledCommandsPerMinute: 10 },
      { Evictions: 0, ThrottledCmds: 10, BytesUsedForCache: 5e9, ElastiCacheProcessingUnits: 54_000 }],
  ])('%s', (_, limits, given, expected) => expect(thresholds(limits, given)).toEqual(expected));

  test('watch the cache by clusterId, and say what to do', () => {
    of({ maxStorage: Size.gibibytes(10), maxEcpuPerSecond: 5000 }).forEach((alarm) => {
      expect(alarm.Dimensions).toEqual([{ Name: 'clusterId', Value: { Ref: expect.stringMatching(/^CacheServerlessCache/) } }]);
      expect(alarm).toMatchObject({ Period: 60, EvaluationPeriods: 5, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [{ Ref: expect.anything() }] });
      expect(alarm.AlarmDescription).toMatch(/^Stack\/Cache: [A-Z].*raise the maximum/);
      expect(alarm.AlarmDescription).not.toMatch(/node/);
    });
  });

  test('of an import', () => {
    const stack = newStack();
    const alarms = new CacheAlarms(stack, 'Alarms', { cache: imported({ limits: UsageLimits.of({ maxStorage: Size.gibibytes(1) }) }, stack) });
    expect(alarms.addRecommended()).toHaveLength(3);
  });

  test.each(['addReadLatency', 'addWriteLatency', 'addStorage', 'addEcpu'] as const)('%s without what it follows from needs a threshold', (method) => {
    const make = (stack: Stack) => new CacheAlarms(stack, 'Alarms', { cache: imported({}, stack) });
    const error = errorOf(() => make(newStack())[method]('Mine'));
    expect(error.codes).toEqual(['ThresholdUnknown']);
    expect(error.message).toContain('give a threshold');
    const stack = newStack();
    make(stack)[method]('Mine', { threshold: 5000 });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 5000, Dimensions: [{ Name: 'clusterId', Value: 'feed' }] });
  });

  test.each(['addEngineCpu', 'addHostCpu', 'addMemory', 'addReplicationLag', 'addSwap'] as const)('%s is not of serverless caches', (method) => {
    const stack = newStack();
    const error = errorOf(() => new CacheAlarms(stack, 'Alarms', { cache: imported({}, stack) })[method]('Mine', { threshold: 1 }));
    expect(error.codes).toEqual(['AlarmUnfit']);
    expect(error.message).toMatch(/does not exist for serverless caches; it exists for (replication groups|Memcached clusters)/);
  });

  test('addConnections says nothing of nodes', () => {
    const stack = newStack();
    new CacheAlarms(stack, 'Alarms', { cache: imported({}, stack) }).addConnections('Mine', { threshold: 500 });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    expect(Properties).toMatchObject({ MetricName: 'CurrConnections', Threshold: 500 });
    expect(Properties.AlarmDescription).not.toMatch(/node/);
  });

  test('addThrottledCommands', () => {
    const stack = newStack();
    new CacheAlarms(stack, 'Alarms', { cache: imported({}, stack) }).addThrottledCommands('Mine', { minutes: 1 });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ThrottledCmds', Threshold: 0, EvaluationPeriods: 1 });
    expect(errorOf(() => new CacheAlarms(stack, 'Nodes', { cache: newGroup(stack) }).addThrottledCommands('Mine')).codes).toEqual(['AlarmUnfit']);
  });
});
