// The forms in which a metric can be asked for: by name, of each node, of a shard, of a group, of a tier, of commands, as a hit rate.
import { Duration, Stack } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import {
  CacheEngine, CacheMetrics, CacheNodeType, CacheTopology, ClusterMode, CommandFamily, MemcachedCluster, MemcachedVersion, NodeRole, RedisVersion,
  ReplicationGroup, ReplicationGroupAttributes, ServerlessCache, StorageTier, ValkeyVersion,
} from '../../src';
import { COMMAND_FAMILIES } from '../../src/monitoring/private/command-metrics';
import { ALL_METRICS, memberDimensions, MetricRow, METRICS } from '../../src/monitoring/private/metric-catalog';
import { cacheIn, errorOf, stackOf } from '../cache/fixtures';
import { warningsOf } from '../support/cdk';

const group = (attributes: Partial<ReplicationGroupAttributes> = {}, stack = stackOf()) =>
  ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', { replicationGroupId: 'legacy', clusterMode: ClusterMode.disabled(), ...attributes });
const cluster = (nodes?: number) => MemcachedCluster.fromMemcachedClusterAttributes(stackOf(), 'Legacy', { clusterName: 'legacy', nodes });
const serverless = (engine?: CacheEngine) => ServerlessCache.fromServerlessCacheAttributes(stackOf(), 'Legacy', { serverlessCacheName: 'legacy', engine });

/** Two shards of two nodes, as a sharded group says it. */
const sharded = () => CacheMetrics._of({
  cache: new Construct(stackOf(), 'Sharded'),
  kind: 'replicationGroup',
  replicationGroupId: 'big',
  shards: ['0001', '0002'].map((id) => ({ id, nodes: ['001', '002'].map((node) => memberDimensions(`big-${id}-${node}`)) })),
});

const nodesOf = (metric: IMetric) => (metric instanceof MathExpression ? Object.values(metric.usingMetrics) : [metric]) as Metric[];
const members = (metric: IMetric) => new Stack().resolve(nodesOf(metric).map(({ dimensions }) => dimensions!.CacheClusterId));

describe('every row', () => {
  test.each(Object.entries(METRICS))('%s has a method that asks for it', (key, row: MetricRow) => {
    const { metrics } = row.kinds.includes('replicationGroup') ? group() : row.kinds.includes('memcached') ? cluster(2) : serverless();
    nodesOf((metrics as any)[key]()).forEach((metric) => {
      expect(metric).toMatchObject({ metricName: row.name, statistic: row.statistic });
      expect(metric.period.toSeconds()).toBe(row.period ?? 60);
    });
  });

  test.each(ALL_METRICS.map((row) => [row.name, row] as const))('%s can be had by its name', (name, row) => {
    const { metrics } = row.kinds.includes('replicationGroup') ? group() : row.kinds.includes('memcached') ? cluster(2) : serverless();
    const node = row.kinds.includes('replicationGroup') ? 'legacy-001' : row.kinds.includes('memcached') ? '0001' : undefined;
    expect(metrics.metric(name, node)).toMatchObject({ metricName: name, statistic: row.statistic });
    nodesOf(metrics.metricOfAllNodes(name)).forEach((metric) => expect(metric.metricName).toBe(name));
  });

  test('what it says to use instead exists for the kind of cache', () => {
    ALL_METRICS.forEach((row) => Object.entries(row.instead ?? {}).forEach(([kind, other]) => {
      expect(ALL_METRICS.find(({ name }) => name === other)?.kinds).toContain(kind);
    }));
  });
});

describe('of each node', () => {
  test('the nodes in their order', () => {
    expect(group().metrics.metricOfEachNode('CurrConnections').flatMap(members)).toEqual(['legacy-001', 'legacy-002']);
    expect(cluster(12).metrics.metricOfEachNode('CurrItems')).toHaveLength(12);
  });

  test('of a serverless cache the one there is', () => {
    expect(serverless().metrics.metricOfEachNode('CurrItems').map(({ dimensions }) => dimensions)).toEqual([{ clusterId: 'legacy' }]);
  });

  test('of nodes that are not known is an error', () => {
    expect(errorOf(() => cluster().metrics.metricOfEachNode('CurrItems')).codes).toEqual(['MembersUnknown']);
  });

  test('the reason why they are not known is told', () => {
    const cache = new Construct(stackOf(), 'Scaled');
    const metrics = CacheMetrics._of({ cache, kind: 'replicationGroup', nodesUnknown: 'the number of shards changes by itself: use metricOfGroup()' });
    expect(errorOf(() => metrics.evictions()).message).toMatch(/not known here: the number of shards changes by itself: use metricOfGroup\(\), or ask/);
  });
});

describe('of a shard', () => {
  test('its nodes', () => expect(members(sharded().metricOfShard('Evictions', '0002'))).toEqual(['big-0002-001', 'big-0002-002']));
  test('all nodes are those of all shards', () => expect(members(sharded().evictions())).toHaveLength(4));
  test('a cache with cluster mode disabled has one', () => expect(members(group().metrics.metricOfShard('Evictions', '0001'))).toEqual(['legacy-001', 'legacy-002']));

  test('another one is an error that names those there are', () => {
    const error = errorOf(() => sharded().metricOfShard('Evictions', '3'));
    expect(error.codes).toEqual(['ShardUnfit']);
    expect(error.message).toContain('the cache has the shards 0001, 0002');
  });

  test('other kinds have none', () => expect(errorOf(() => cluster(2).metrics.metricOfShard('Evictions', '0001')).codes).toEqual(['ShardUnfit']));
});

describe('of a whole group', () => {
  test('by role', () => {
    expect(group().metrics.metricOfGroup('EngineCPUUtilization', NodeRole.PRIMARY, { statistic: 'Maximum' })).toMatchObject({
      metricName: 'EngineCPUUtilization', statistic: 'Maximum', dimensions: { ReplicationGroupId: 'legacy', Role: 'Primary' },
    });
  });

  test('without a role, and without knowing the nodes', () => {
    const { dimensions } = group({ clusterMode: undefined }).metrics.metricOfGroup('DatabaseMemoryUsageCountedForEvictPercentage');
    expect(dimensions).toEqual({ ReplicationGroupId: 'legacy' });
  });

  test('of an owned cache the id that CloudFormation knows', () => {
    const stack = stackOf();
    const { dimensions } = cacheIn(stack).metrics.metricOfGroup('EngineCPUUtilization', NodeRole.REPLICA);
    expect(stack.resolve(dimensions)).toEqual({ ReplicationGroupId: { Ref: expect.stringMatching(/^CacheReplicationGroup/) }, Role: 'Replica' });
  });

  test.each<[string, NodeRole | undefined]>([['Evictions', undefined], ['EngineCPUUtilization', undefined], ['DatabaseMemoryUsageCountedForEvictPercentage', NodeRole.PRIMARY]])(
    '%s of role %s is not published', (name, role) => {
      const error = errorOf(() => group().metrics.metricOfGroup(name, role));
      expect(error.codes).toEqual(['MetricNotOfGroup']);
      expect(error.message).toContain('EngineCPUUtilization (Primary, Replica)');
    });

  test('of other kinds nothing is', () => {
    expect(errorOf(() => serverless().metrics.metricOfGroup('EngineCPUUtilization', NodeRole.PRIMARY)).codes).toEqual(['MetricNotOfGroup']);
  });
});

describe('of a tier', () => {
  test.each([['known', CacheNodeType.R6GD_XLARGE], ['not known', undefined], ['newer than the library', CacheNodeType.of('cache.z9gd.large')]])(
    'with a node type that is %s', (_, nodeType) => {
      const metric = group({ nodeType }).metrics.metricOfTier('CurrItems', StorageTier.SSD);
      expect(members(metric)).toEqual(['legacy-001', 'legacy-002']);
      nodesOf(metric).forEach(({ dimensions }) => expect(Object.entries(dimensions!).slice(1)).toEqual([['Tier', 'SSD']]));
    });

  test('a node type without data tiering has none', () => {
    const error = errorOf(() => group({ nodeType: CacheNodeType.R7G_LARGE }).metrics.metricOfTier('CurrItems', StorageTier.MEMORY));
    expect(error.codes).toEqual(['MetricNotOfTier']);
    expect(error.message).toContain('on cache.r7g.large');
  });

  test.each(['Evictions', 'NoSuchMetric'])('%s is not published by tier', (name) => {
    const error = errorOf(() => group().metrics.metricOfTier(name, StorageTier.MEMORY));
    expect(error.codes).toEqual(['MetricNotOfTier']);
    expect(error.message).toContain('CurrItems, BytesUsedForCache');
  });
});

describe('what the engine, its version or the node type lacks', () => {
  const valkey = (version: string) => CacheEngine.valkey(ValkeyVersion.of(version));
  const redis = (version: string) => CacheEngine.redis(RedisVersion.of(version));

  test.each<[string, CacheEngine, string]>([
    ['SearchUsedMemoryBytes', valkey('8.1'), 'of valkey 8.1; it exists from valkey 8.2'],
    ['SearchBasedCmds', redis('7.1'), 'of redis;'],
    ['DurabilityLag', valkey('8.2'), 'of valkey 8.2; it exists from valkey 9.0'],
    ['SuccessfulReadRequestLatency', redis('7.1'), 'of redis; use GetTypeCmdsLatency'],
    ['SuccessfulWriteRequestLatency', redis('7.1'), 'of redis; use SetTypeCmdsLatency'],
    ['JsonBasedCmds', redis('6.0'), 'of redis 6.0; it exists from redis 6.2'],
    ['IamAuthenticationThrottling', redis('6.2'), 'of redis 6.2; it exists from redis 7.0'],
  ])('%s of %s', (name, engine, says) => {
    const error = errorOf(() => group({ engine }).metrics.metric(name, 'legacy-001'));
    expect(error.codes).toEqual(['MetricNotPublished']);
    expect(error.message).toContain(says);
  });

  test.each<[string, CacheEngine | undefined]>([
    ['SearchUsedMemoryBytes', valkey('8.2')], ['SearchUsedMemoryBytes', undefined], ['DurabilityLag', valkey('10.0')],
    ['SuccessfulReadRequestLatency', valkey('7.2')], ['JsonBasedCmds', redis('6.2')], ['IamAuthenticationThrottling', redis('7.0')],
  ])('%s of %s is published', (name, engine) => {
    expect(() => group({ engine }).metrics.metric(name, 'legacy-001')).not.toThrow();
  });

  test.each<[string, CacheNodeType | undefined, boolean]>([
    ['CPUCreditBalance', CacheNodeType.T4G_MICRO, true], ['CPUCreditBalance', CacheNodeType.of('cache.t2.small'), false],
    ['CPUCreditBalance', CacheNodeType.M7G_LARGE, false], ['CPUCreditBalance', CacheNodeType.of('cache.t9g.small'), true],
    ['CPUCreditBalance', undefined, true], ['BytesReadFromDisk', CacheNodeType.R6GD_XLARGE, true],
    ['BytesReadFromDisk', CacheNodeType.R7G_LARGE, false], ['BytesReadFromDisk', undefined, true],
  ])('%s of node type %s: %s', (name, nodeType, published) => {
    const ask = () => group({ nodeType }).metrics.metric(name, 'legacy-001');
    expect(published ? ask().metricName : errorOf(ask).codes).toEqual(published ? name : ['MetricNotPublished']);
  });

  test('serverless caches of any engine have the latencies', () => {
    [CacheEngine.valkey(), CacheEngine.redis(), CacheEngine.memcached()].forEach((engine) =>
      expect(() => serverless(engine).metrics.successfulReadRequestLatency()).not.toThrow());
  });

  test('of an owned cache its own version counts', () => {
    const cache = cacheIn(stackOf(), { engine: valkey('7.2') });
    expect(errorOf(() => cache.metrics.searchNumberOfIndexes()).message).toContain('of valkey 7.2');
  });
});

describe('a name that is not in the catalogue', () => {
  test('is taken, and warned of', () => {
    const stack = stackOf();
    const cache = group({}, stack);
    expect(cache.metrics.metric('FutureMetric', 'legacy-001')).toMatchObject({ metricName: 'FutureMetric', dimensions: { CacheClusterId: 'legacy-001' } });
    expect((cache.metrics.metricOfAllNodes('FutureMetric') as MathExpression).expression).toBe('MAX([m1, m2])');
    expect(warningsOf(stack).join()).toContain('FutureMetric is not among those');
  });

  test('that is, is not', () => {
    const stack = stackOf();
    group({}, stack).metrics.metric('Evictions', 'legacy-001');
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('hit rate', () => {
  test('of Valkey and Redis OSS', () => {
    const metric = group().metrics.hitRate() as MathExpression;
    expect(metric.expression).toBe('100 * SUM([m1, m3]) / (SUM([m1, m3]) + SUM([m2, m4]))');
    expect(nodesOf(metric).map(({ metricName }) => metricName)).toEqual(['CacheHits', 'CacheMisses', 'CacheHits', 'CacheMisses']);
    expect(metric.label).toBe('Hit rate');
  });

  test.each([['nodes', cluster(1)], ['a serverless cache', serverless(CacheEngine.memcached())]])('of Memcached on %s', (_, { metrics }) => {
    expect(nodesOf(metrics.hitRate()).map(({ metricName }) => metricName)).toEqual(['GetHits', 'GetMisses']);
  });

  test('takes a period and a label', () => {
    const metric = group().metrics.hitRate({ period: Duration.minutes(5), label: 'Hits' }) as MathExpression;
    expect([metric.period.toMinutes(), metric.label, ...nodesOf(metric).map(({ period }) => period.toMinutes())]).toEqual([5, 'Hits', 5, 5, 5, 5]);
  });

  test('of more nodes than one expression takes is an error', () => {
    expect(errorOf(() => cluster(6).metrics.hitRate()).codes).toEqual(['TooManyNodesForOneAlarm']);
  });
});

describe('families of commands', () => {
  test('are those of the catalogue', () => expect(Object.values(CommandFamily).sort()).toEqual(Object.keys(COMMAND_FAMILIES).sort()));

  test.each(Object.values(CommandFamily))('%s: how many, how long', (family) => {
    expect(nodesOf(group().metrics.commands(family))[0].metricName).toBe(`${family}Cmds`);
    expect(nodesOf(group().metrics.commandLatency(family))[0].metricName).toBe(`${family}CmdsLatency`);
  });

  test('processing units are of serverless caches', () => {
    expect(nodesOf(serverless().metrics.commandEcpus(CommandFamily.HASH))[0].metricName).toBe('HashBasedCmdsECPUs');
    expect(errorOf(() => group().metrics.commandEcpus(CommandFamily.HASH)).message).toContain('use HashBasedCmdsLatency');
    expect(errorOf(() => serverless().metrics.commandLatency(CommandFamily.WRITE)).message).toContain('use SuccessfulWriteRequestLatency');
    expect(errorOf(() => cluster(1).metrics.commands(CommandFamily.WRITE)).message).toContain('use CmdSet');
  });
});

test('of a cache that is written by hand, by its reference', () => {
  const stack = stackOf();
  const raw = new CfnReplicationGroup(stack, 'Raw', { replicationGroupDescription: 'raw' });
  const { metrics } = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Import', { replicationGroupId: raw.ref, clusterMode: ClusterMode.disabled() });
  expect(stack.resolve(nodesOf(metrics.evictions())[0].dimensions)).toEqual({ CacheClusterId: { 'Fn::Join': ['-', [{ Ref: 'Raw' }, '001']] } });
});

test('the version of an imported cluster of Memcached is not asked for', () => {
  const imported = MemcachedCluster.fromMemcachedClusterAttributes(stackOf(), 'Legacy', { clusterName: 'legacy', nodes: 1, version: MemcachedVersion.V1_6_22 });
  expect(() => imported.metrics.hits()).not.toThrow();
  expect(() => cacheIn(stackOf(), { topology: CacheTopology.memcached() }).metrics.cmdTouch()).not.toThrow();
});
