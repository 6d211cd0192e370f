// Caches with shards, and the steps on the way to them, through the one construct.
import { App, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { cacheIn, errorOf, importedVpc, Resources, resourcesOf, stackOf, TYPE } from './fixtures';
import {
  CacheClusterOptions, CacheEngine, CacheNodeType, CacheProfile, CacheTopology, Durability, IpDiscovery, MaxmemoryPolicy, NetworkType, Parameters,
  RestoreSource, ValkeyVersion,
} from '../../src';

const clientIn = (stack: Stack) => {
  const vpc = importedVpc(stack);
  return new Function(stack, 'Client', {
    vpc, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), securityGroups: [new SecurityGroup(stack, 'ClientGroup', { vpc })],
  });
};
const environmentOf = (stack: Stack) => Resources.of(stack).props('AWS::Lambda::Function').Environment.Variables;

describe('sharded', () => {
  test('has shards, and a parameter group that makes a cluster', () => {
    const resources = resourcesOf(() => ({ topology: CacheTopology.sharded({ shards: 3, replicasPerShard: 2, nodeType: CacheNodeType.R7G_LARGE }) }));
    expect(resources.group).toMatchObject({
      ClusterMode: 'enabled', NumNodeGroups: 3, ReplicasPerNodeGroup: 2, CacheNodeType: 'cache.r7g.large', AutomaticFailoverEnabled: true, MultiAZEnabled: true,
    });
    expect(resources.group).not.toHaveProperty('NumCacheClusters');
    expect(resources.props(TYPE.parameterGroup).Properties).toEqual({ 'cluster-enabled': 'yes' });
  });

  test('adds settings of the profile and of the cache', () => {
    const profile = CacheProfile.of('keeps', { parameters: Parameters.valkey({ maxmemoryPolicy: MaxmemoryPolicy.NO_EVICTION }) });
    const parameters = Parameters.custom({ timeout: '60' });
    expect(resourcesOf(() => ({ profile, parameters, topology: CacheTopology.sharded() })).props(TYPE.parameterGroup).Properties)
      .toEqual({ 'cluster-enabled': 'yes', 'maxmemory-policy': 'noeviction', 'timeout': '60' });
  });

  test('is reached at the configuration endpoint, and a client learns of no reader', () => {
    const stack = stackOf();
    const cache = cacheIn(stack, { topology: CacheTopology.sharded() });
    expect(cache.endpoint).toEqual(cache.replicationGroup!.configurationEndpoint);
    expect(errorOf(() => cache.readerEndpoint).codes).toEqual(['EndpointNotInMode']);
    const client = clientIn(new Stack(stack.node.root as App, 'ClientStack'));
    cache.grantAccess(client);
    const variables = environmentOf(Stack.of(client));
    expect(Object.keys(variables).sort()).toEqual(['CACHE_HOST', 'CACHE_PORT', 'CACHE_SECRET_ARN', 'CACHE_TLS', 'CACHE_USERNAME']);
    expect(JSON.stringify(variables.CACHE_HOST)).toContain('ConfigurationEndPoint');
  });

  // Each stack can come first in the app; the client's always needs the cache's, never the other way round.
  test.each([['before', false], ['after', true]])('a client whose stack is made %s uses it without a cycle', (_, cacheFirst) => {
    const app = new App();
    const ids = cacheFirst ? ['Caches', 'Clients'] : ['Clients', 'Caches'];
    ids.forEach((id) => new Stack(app, id));
    const [caches, clients] = ['Caches', 'Clients'].map((id) => app.node.findChild(id) as Stack);
    cacheIn(caches, { topology: CacheTopology.sharded() }).grantAccess(clientIn(clients));
    app.synth();
    expect([caches, clients].map((stack) => stack.dependencies.map(({ node }) => node.id))).toEqual([[], ['Caches']]);
  });

  test('two in one stack share nothing', () => {
    const stack = stackOf();
    ['One', 'Two'].forEach((id) => cacheIn(stack, { topology: CacheTopology.sharded() }, id));
    expect(Resources.of(stack).ids(TYPE.parameterGroup)).toHaveLength(2);
    expect(Resources.of(stack).ids(TYPE.group)).toHaveLength(2);
  });

  test.each<[string, CacheClusterOptions, string]>([
    ['without replicas and with Multi-AZ off', { topology: CacheTopology.sharded({ replicasPerShard: 6 }) }, 'ReplicasOutOfRange'],
    ['no shards', { topology: CacheTopology.sharded({ shards: 0 }) }, 'ShardsOutOfRange'],
    ['Memcached', { topology: CacheTopology.sharded(), engine: CacheEngine.memcached() }, 'EngineTopologyMismatch'],
    ['data tiering on other nodes', { topology: CacheTopology.sharded({ nodeType: CacheNodeType.R7G_LARGE, dataTiering: true }) }, 'DataTieringMustMatchNodeType'],
  ])('%s is refused', (_, props, code) => {
    expect(errorOf(() => cacheIn(stackOf(), props)).codes).toEqual([code]);
  });
});

describe('data tiering', () => {
  test.each([
    ['replicated', CacheTopology.replicated({ nodeType: CacheNodeType.R6GD_XLARGE })], ['sharded', CacheTopology.sharded({ nodeType: CacheNodeType.R6GD_XLARGE })],
    ['single node', CacheTopology.singleNode({ nodeType: CacheNodeType.R6GD_XLARGE, dataTiering: true })],
  ])('follows from the node type: %s', (_, topology) => {
    expect(resourcesOf(() => ({ topology })).group.DataTieringEnabled).toBe(true);
  });
});

describe('policies of every topology', () => {
  const networkType = NetworkType.DUAL_STACK;
  test.each([
    ['replicated', CacheTopology.replicated(), TYPE.group], ['memcached', CacheTopology.memcached(), 'AWS::ElastiCache::CacheCluster'],
    ['serverless', CacheTopology.serverless(), 'AWS::ElastiCache::ServerlessCache'],
  ])('networkType: %s', (_, topology, type) => {
    expect(resourcesOf(() => ({ topology, networkType })).props(type).NetworkType).toBe('dual_stack');
  });

  test('restoreFrom: by name on nodes, by ARN without', () => {
    const restoreFrom = RestoreSource.snapshot('nightly');
    expect(resourcesOf(() => ({ restoreFrom })).group.SnapshotName).toBe('nightly');
    expect(JSON.stringify(resourcesOf(() => ({ restoreFrom, topology: CacheTopology.serverless() })).props('AWS::ElastiCache::ServerlessCache').SnapshotArnsToRestore))
      .toContain(':serverlesscachesnapshot:nightly');
  });

  test('restoreFrom files: the service may read them', () => {
    for (const topology of [CacheTopology.replicated(), CacheTopology.serverless()]) {
      const resources = resourcesOf((stack) => ({ topology, restoreFrom: RestoreSource.rdbFile(new Bucket(stack, 'Bucket'), 'dump.rdb') }));
      expect(resources.props('AWS::S3::BucketPolicy').PolicyDocument.Statement).toHaveLength(2);
    }
  });

  test.each<[string, CacheClusterOptions]>([
    ['restoreFrom', { topology: CacheTopology.memcached(), restoreFrom: RestoreSource.snapshot('x') }],
    ['durability', { topology: CacheTopology.memcached(), durability: Durability.SYNC }], ['durability', { topology: CacheTopology.serverless(), durability: Durability.SYNC }],
    ['ipDiscovery', { topology: CacheTopology.serverless(), ipDiscovery: IpDiscovery.IPV6 }],
  ])('%s has no meaning for some %#', (name, props) => {
    const error = errorOf(() => cacheIn(stackOf(), props));
    expect(error.codes).toEqual(['PropNotForTopology']);
    expect(error.message).toContain(`${name} has no meaning for this topology`);
  });

  test('durability needs shards', () => {
    const engine = CacheEngine.valkey(ValkeyVersion.V9_0);
    const nodeType = CacheNodeType.R7G_LARGE;
    const make = (topology: CacheTopology) => resourcesOf(() => ({ engine, topology, durability: Durability.SYNC })).group.Durability;
    expect(make(CacheTopology.sharded({ nodeType }))).toBe('sync');
    expect(errorOf(() => make(CacheTopology.replicated({ nodeType }))).codes).toEqual(['DurabilityUnsupported']);
  });
});

describe('switching', () => {
  /** What differs between the templates of two caches: properties of the replication group, and logical ids that come or go. */
  function difference(before: CacheClusterOptions, after: CacheClusterOptions) {
    const [from, to] = [before, after].map((props) => resourcesOf(() => props));
    const [left, right] = [from, to].map((resources) => Object.keys(resources.all));
    const names = [...new Set([...Object.keys(from.group), ...Object.keys(to.group)])].sort();
    return {
      properties: names.filter((name) => JSON.stringify(from.group[name]) !== JSON.stringify(to.group[name])),
      gone: left.filter((id) => !right.includes(id)).map((id) => from.all[id].Type),
      sameGroup: from.ids(TYPE.group)[0] === to.ids(TYPE.group)[0],
    };
  }
  const topology = (value: CacheTopology) => ({ topology: value });
  const parameterGroup = [TYPE.parameterGroup];

  test.each<[string, CacheClusterOptions, CacheClusterOptions, string[], string[]]>([
    ['replicated to compatible', {}, topology(CacheTopology.replicated({ clusterCompatible: true })), ['CacheParameterGroupName', 'ClusterMode'], parameterGroup],
    ['compatible to sharded', topology(CacheTopology.replicated({ clusterCompatible: true })), topology(CacheTopology.sharded({ shards: 1, fromCompatible: true })), ['ClusterMode'], []],
    ['single node to replicated', topology(CacheTopology.singleNode()), {}, ['AutomaticFailoverEnabled', 'MultiAZEnabled', 'NumCacheClusters'], []],
    ['more shards', topology(CacheTopology.sharded({ shards: 2 })), topology(CacheTopology.sharded({ shards: 4 })), ['NumNodeGroups'], []],
    ['a newer version', {}, { engine: CacheEngine.valkey(ValkeyVersion.V9_0) }, ['CacheParameterGroupName', 'EngineVersion'], parameterGroup],
  ])('%s changes in place what AWS can change in place', (_, before, after, properties, gone) => {
    expect(difference(before, after)).toEqual({ properties, gone, sameGroup: true });
  });

  test('Redis OSS to Valkey keeps cache, security group, secret and logs', () => {
    const { gone, properties, sameGroup } = difference({ engine: CacheEngine.redis() }, {});
    expect([...new Set(gone)].sort()).toEqual([TYPE.parameterGroup, TYPE.user, TYPE.userGroup].sort());
    expect(properties).toEqual(['CacheParameterGroupName', 'Engine', 'EngineVersion', 'UserGroupIds']);
    expect(sameGroup).toBe(true);
  });
});
