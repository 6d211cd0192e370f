// What each cluster mode writes, where it is reached, and what changes from one to the next.
import { Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CacheEngine, ClusterMode, Endpoint, IReplicationGroup, RedisVersion, ReplicationGroup, ReplicationGroupProps, ShardConfiguration, ValkeyVersion } from '../../src';
import { errorOf, expectNoBrokenTokens, groupProperties, newGroup, newStack, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const PARAMETERS = 'AWS::ElastiCache::ParameterGroup';
const NODES = ['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'PreferredCacheClusterAZs'];

/** The properties that say how many nodes there are. */
function nodesOf(clusterMode: ClusterMode, props: Partial<ReplicationGroupProps> = {}): Record<string, unknown> {
  const properties = groupProperties({ ...props, clusterMode });
  return Object.fromEntries(Object.entries(properties).filter(([name]) => NODES.includes(name)));
}

describe('nodes', () => {
  test('of one shard are counted', () => {
    expect(nodesOf(ClusterMode.disabled({ replicas: 2 }))).toEqual({ NumCacheClusters: 3 });
    expect(nodesOf(ClusterMode.compatible({ replicas: 1, availabilityZones: ['a', 'b'] }))).toEqual({ NumCacheClusters: 2, PreferredCacheClusterAZs: ['a', 'b'] });
    expect(nodesOf(ClusterMode.enabled({ fromCompatible: true, replicasPerShard: 2 }))).toEqual({ NumCacheClusters: 3 });
  });

  test.each([
    [{}, 2, 1], [{ shards: 1 }, 1, 1], [{ shards: 3, replicasPerShard: 5 }, 3, 5], [{ replicasPerShard: 0 }, 2, 0],
  ])('of shards %j', (options, shards, replicas) => {
    expect(nodesOf(ClusterMode.enabled(options))).toEqual({ NumNodeGroups: shards, ReplicasPerNodeGroup: replicas });
  });

  // Beside a configuration of shards CloudFormation replaces the cache when ReplicasPerNodeGroup changes.
  test('of configured shards, each with its id and its replicas', () => {
    const shardConfigurations: ShardConfiguration[] = [
      { primaryAvailabilityZone: 'a', replicaAvailabilityZones: ['b', 'c'], replicas: 2, slots: '0-8191' }, { nodeGroupId: '7', slots: '8192-16383' },
    ];
    const mode = ClusterMode.enabled({ shardConfigurations });
    shardConfigurations.push({});
    expect(nodesOf(mode)).toEqual({
      NumNodeGroups: 2,
      NodeGroupConfiguration: [
        { NodeGroupId: '0001', ReplicaCount: 2, PrimaryAvailabilityZone: 'a', ReplicaAvailabilityZones: ['b', 'c'], Slots: '0-8191' },
        { NodeGroupId: '7', ReplicaCount: 1, Slots: '8192-16383' },
      ],
    });
    expect(mode.nodeCount).toBe(5);
  });

  test('are known until a token says them', () => {
    const known = [ClusterMode.disabled(), ClusterMode.enabled({ shards: 3 }), ClusterMode.compatible({ replicas: 0 })];
    expect(known.map(({ nodeCount }) => nodeCount)).toEqual([2, 6, 1]);
    expect(ClusterMode.enabled({ shards: Token.asNumber({ Ref: 'Shards' }) }).nodeCount).toBeUndefined();
    expect(ClusterMode.enabled({ shardConfigurations: [{ replicas: Token.asNumber({ Ref: 'N' }) }] }).nodeCount).toBeUndefined();
  });

  test('may be tokens', () => {
    const stack = newStack();
    const cache = newGroup(stack, { clusterMode: ClusterMode.enabled({ shards: parameter(stack, 'Shards').number, replicasPerShard: parameter(stack, 'Replicas').number }) });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ NumNodeGroups: { Ref: 'Shards' }, ReplicasPerNodeGroup: { Ref: 'Replicas' }, MultiAZEnabled: true });
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
    expect(errorOf(() => cache.metrics.engineCpuUtilization()).codes).toEqual(['MembersUnknown']);
  });

  test.each<[string, string, () => ClusterMode]>([
    ['ShardCountContradicts', 'shards must be the number of shardConfigurations, 1, got: 2; leave shards out', () => ClusterMode.enabled({ shards: 2, shardConfigurations: [{}] })],
    ['ShardCountContradicts', 'got: a token', () => ClusterMode.enabled({ shards: Token.asNumber({ Ref: 'N' }), shardConfigurations: [{}] })],
    ['MigrationKeepsOneShard', 'shards must be 1, without shardConfigurations, while fromCompatible is true, got: 2', () => ClusterMode.enabled({ shards: 2, fromCompatible: true })],
    ['ReplicasNotKnown', 'replicas must be known at synthesis', () => ClusterMode.compatible({ replicas: Token.asNumber({ Ref: 'N' }) })],
  ])('%s: %s', (code, message, make) => {
    const error = errorOf(make);
    expect(error.codes).toEqual([code]);
    expect(error.message).toContain(message);
  });
});

describe('failover', () => {
  test.each([
    ['enabled', ClusterMode.enabled(), true, true], ['without replicas', ClusterMode.enabled({ replicasPerShard: 0 }), true, false],
    ['one shard without', ClusterMode.enabled({ shardConfigurations: [{}, { replicas: 0 }] }), true, false],
    ['compatible', ClusterMode.compatible(), true, true], ['disabled', ClusterMode.disabled({ replicas: 0 }), false, false],
  ])('%s', (_, clusterMode, failover, multiAz) => {
    expect(groupProperties({ clusterMode })).toMatchObject({ AutomaticFailoverEnabled: failover, MultiAZEnabled: multiAz });
  });
});

describe('the mode', () => {
  test.each([
    [ClusterMode.disabled(), 'disabled'], [ClusterMode.enabled(), 'enabled'], [ClusterMode.compatible(), 'compatible'],
  ])('%# is written', (clusterMode, name) => {
    expect([clusterMode.name, groupProperties({ clusterMode }).ClusterMode]).toEqual([name, name]);
  });

  // Redis OSS below 7 cannot change its mode; its parameter group decides.
  test('is left out for an engine that cannot change it', () => {
    const engine = CacheEngine.redis(RedisVersion.V6_2);
    const modes = [ClusterMode.disabled(), ClusterMode.enabled()];
    expect(modes.map((clusterMode) => groupProperties({ engine, clusterMode }).ClusterMode)).toEqual([undefined, undefined]);
  });
});

describe('the parameter group', () => {
  const made = (clusterMode: ClusterMode, props: Partial<ReplicationGroupProps> = {}) => {
    const stack = newStack();
    newGroup(stack, { clusterMode, ...props });
    return resourceOf(stack, PARAMETERS);
  };

  test('turns the cluster on, under a logical id of its own', () => {
    const [disabled, enabled, compatible] = [ClusterMode.disabled(), ClusterMode.enabled(), ClusterMode.compatible()].map((mode) => made(mode));
    expect(enabled.Properties).toEqual({
      CacheParameterGroupFamily: 'valkey8', Description: 'Settings of valkey8 caches in cluster mode', Properties: { 'cluster-enabled': 'yes' },
    });
    expect(compatible).toEqual(enabled);
    expect(enabled.logicalId).toMatch(/^CacheParameterGroupValkey8ClusterOn/);
    expect(disabled.logicalId).toMatch(/^CacheParameterGroupValkey8[0-9A-F]{8}$/);
  });
});

describe('endpoints', () => {
  const ALL = ['endpoint', 'primaryEndpoint', 'readerEndpoint', 'configurationEndpoint'] as const;

  test.each<[string, ClusterMode, Partial<Record<typeof ALL[number], string>>]>([
    ['disabled', ClusterMode.disabled(), { endpoint: 'PrimaryEndPoint', primaryEndpoint: 'PrimaryEndPoint', readerEndpoint: 'ReaderEndPoint' }],
    ['enabled', ClusterMode.enabled(), { endpoint: 'ConfigurationEndPoint', configurationEndpoint: 'ConfigurationEndPoint' }],
    ['compatible', ClusterMode.compatible(), {
      endpoint: 'PrimaryEndPoint', primaryEndpoint: 'PrimaryEndPoint', readerEndpoint: 'ReaderEndPoint', configurationEndpoint: 'ConfigurationEndPoint',
    }],
  ])('of mode %s', (name, clusterMode, expected) => {
    const stack = newStack();
    const cache = newGroup(stack, { clusterMode, port: 7000 });
    for (const each of ALL) {
      if (expected[each]) {
        expect([stack.resolve(cache[each].hostname), cache[each].port]).toEqual([{ 'Fn::GetAtt': [resourceOf(stack, TYPE).logicalId, `${expected[each]}.Address`] }, 7000]);
      } else {
        expect(errorOf(() => cache[each]).message).toMatch(new RegExp(`^\\[EndpointNotInMode\\] ${each} does not exist in cluster mode ${name}: use (configurationE|e)ndpoint`));
      }
    }
  });

  test('of nodes are a list that the deployment knows, in mode disabled alone', () => {
    const stack = newStack();
    expect(stack.resolve(newGroup(stack).nodeHostnames)).toEqual({ 'Fn::GetAtt': [resourceOf(stack, TYPE).logicalId, 'ReadEndPoint.AddressesList'] });
    expect(errorOf(() => newGroup(stack, { clusterMode: ClusterMode.enabled() }, 'Two').nodeHostnames).message).toContain('use configurationEndpoint');
  });

  test('of imports follow from the mode, where it is known', () => {
    const stack = newStack();
    const [endpoint, other] = [new Endpoint('a', 6379), new Endpoint('b', 6379)];
    const make = (id: string, clusterMode?: ClusterMode) => ReplicationGroup.fromReplicationGroupAttributes(stack, id, { replicationGroupId: 'x', clusterMode, endpoint, readerEndpoint: other });
    const [unknown, disabled, enabled] = [make('One'), make('Two', ClusterMode.disabled()), make('Three', ClusterMode.enabled())];
    expect([unknown, disabled].map((each) => [each.primaryEndpoint, each.readerEndpoint])).toEqual([[endpoint, other], [endpoint, other]]);
    expect(enabled.configurationEndpoint).toBe(endpoint);
    expect(errorOf(() => unknown.configurationEndpoint).codes).toEqual(['ImportLacksAttribute']);
    expect(errorOf(() => disabled.configurationEndpoint).codes).toEqual(['EndpointNotInMode']);
    expect([() => enabled.primaryEndpoint, () => enabled.readerEndpoint].map((act) => errorOf(act).codes)).toEqual([['EndpointNotInMode'], ['EndpointNotInMode']]);
    const configurationEndpoint = new Endpoint('c', 6379);
    expect(ReplicationGroup.fromReplicationGroupAttributes(stack, 'Four', { replicationGroupId: 'x', endpoint, configurationEndpoint }).configurationEndpoint).toBe(configurationEndpoint);
  });
});

describe('metrics', () => {
  const membersOf = (cache: IReplicationGroup): unknown[] => {
    const metric = cache.metrics.engineCpuUtilization();
    const each = Object.values(metric.toMetricConfig().mathExpression?.usingMetrics ?? { metric });
    return Stack.of(cache).resolve(each.flatMap((one) => one.toMetricConfig().metricStat!.dimensions!).filter(({ name }) => name === 'CacheClusterId').map(({ value }) => value));
  };
  const imported = (clusterMode: ClusterMode) => membersOf(ReplicationGroup.fromReplicationGroupAttributes(newStack(), 'Cache', { replicationGroupId: 'My', clusterMode }));

  test('are those of the members of all shards', () => {
    expect(imported(ClusterMode.enabled({ shards: 2 }))).toEqual(['my-0001-001', 'my-0001-002', 'my-0002-001', 'my-0002-002']);
    expect(imported(ClusterMode.compatible())).toEqual(['my-0001-001', 'my-0001-002']);
    expect(imported(ClusterMode.enabled({ shardConfigurations: [{ nodeGroupId: '0007', replicas: 0 }, {}] }))).toEqual(['my-0007-001', 'my-0002-001', 'my-0002-002']);
  });
});

describe('online resharding', () => {
  test('is on unless it is turned off, with a warning', () => {
    const policy = (props: Partial<ReplicationGroupProps>) => {
      const stack = newStack();
      newGroup(stack, props);
      return [resourceOf(stack, TYPE).UpdatePolicy, warningsOf(stack).filter((text) => text.includes('cdk-elasticache::ReshardingReplaces')).length];
    };
    expect([policy({}), policy({ onlineResharding: true }), policy({ onlineResharding: false })])
      .toEqual([[{ UseOnlineResharding: true }, 0], [{ UseOnlineResharding: true }, 0], [undefined, 1]]);
  });
});

describe('from one deployment to the next', () => {
  /** The properties of the cache that change, apart from the name of its parameter group; fails when any other logical id changes. */
  function changes(before: Partial<ReplicationGroupProps>, after: Partial<ReplicationGroupProps>): { properties: string[]; parameterGroup: boolean } {
    const [old, now] = [before, after].map((props) => {
      const stack = newStack();
      newGroup(stack, props);
      return Template.fromStack(stack).toJSON().Resources as Record<string, any>;
    });
    const others = (resources: Record<string, any>) => Object.keys(resources).filter((id) => resources[id].Type !== PARAMETERS);
    expect(others(now)).toEqual(others(old));
    const [from, to] = [old, now].map((resources) => Object.values(resources).find(({ Type }) => Type === TYPE)!.Properties);
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    const changed = names.filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]));
    return { properties: changed.filter((name) => name !== 'CacheParameterGroupName'), parameterGroup: changed.includes('CacheParameterGroupName') };
  }
  const mode = (clusterMode: ClusterMode) => ({ clusterMode });

  test.each<[string, Partial<ReplicationGroupProps>, Partial<ReplicationGroupProps>, string[], boolean]>([
    // AWS takes a change of the mode only alone, apart from the parameter group.
    ['disabled to compatible', mode(ClusterMode.disabled({ replicas: 2 })), mode(ClusterMode.compatible({ replicas: 2 })), ['ClusterMode'], true],
    ['compatible back to disabled', mode(ClusterMode.compatible()), mode(ClusterMode.disabled()), ['ClusterMode'], true],
    ['compatible to enabled', mode(ClusterMode.compatible()), mode(ClusterMode.enabled({ fromCompatible: true })), ['ClusterMode'], false],
    ['one shard to more', mode(ClusterMode.enabled({ shards: 1 })), mode(ClusterMode.enabled({ shards: 3 })), ['NumNodeGroups'], false],
    ['more replicas a shard', mode(ClusterMode.enabled()), mode(ClusterMode.enabled({ replicasPerShard: 2 })), ['ReplicasPerNodeGroup'], false],
    ['single node to replicated', mode(ClusterMode.disabled({ replicas: 0 })), mode(ClusterMode.disabled()), ['AutomaticFailoverEnabled', 'MultiAZEnabled', 'NumCacheClusters'], false],
    ['Redis OSS to Valkey', { engine: CacheEngine.redis() }, { engine: CacheEngine.valkey(ValkeyVersion.V8_0) }, ['Engine', 'EngineVersion'], true],
    ['Redis OSS to Valkey, sharded', { engine: CacheEngine.redis(), ...mode(ClusterMode.enabled()) }, mode(ClusterMode.enabled()), ['Engine', 'EngineVersion'], true],
    ['Valkey 8 to 9', { engine: CacheEngine.valkey(ValkeyVersion.V8_2) }, { engine: CacheEngine.valkey(ValkeyVersion.V9_0) }, ['EngineVersion'], true],
    ['Valkey 8.0 to 8.2', { engine: CacheEngine.valkey(ValkeyVersion.V8_0) }, { engine: CacheEngine.valkey(ValkeyVersion.V8_2) }, ['EngineVersion'], false],
  ])('%s changes %#', (_, before, after, properties, parameterGroup) => {
    expect(changes(before, after)).toEqual({ properties, parameterGroup });
  });
});

test('a default cache has no warnings', () => {
  const stack = newStack();
  newGroup(stack);
  newGroup(stack, { clusterMode: ClusterMode.enabled() }, 'Sharded');
  expect(warningsOf(stack).filter((text) => text.includes('cdk-elasticache'))).toEqual([]);
});
