import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnCacheCluster } from 'aws-cdk-lib/aws-elasticache';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { cacheIn, errorOf, importedVpc, resourcesOf, stackOf } from './fixtures';
import {
  BackupWindow, CacheAuthentication, CacheClusterOptions, CacheEngine, CacheNodeType, CacheProfile, CacheTopology, LogDelivery, MemcachedCluster,
  MemcachedVersion, Parameters, PasswordUser,
} from '../../src';
import { versionsOf } from '../../src/engine/private/engine-table';

const TYPE = 'AWS::ElastiCache::CacheCluster';
const topology = CacheTopology.memcached();
const clusterOf = (props: CacheClusterOptions) => resourcesOf(() => props).props(TYPE);

describe('engine and topology follow each other', () => {
  test.each<[string, CacheClusterOptions]>([
    ['the topology', { topology }], ['the engine', { engine: CacheEngine.memcached() }], ['both', { topology, engine: CacheEngine.memcached() }],
  ])('%s alone is enough', (_, props) => {
    expect(clusterOf(props)).toMatchObject({ Engine: 'memcached', EngineVersion: '1.6.22', NumCacheNodes: 2, AZMode: 'cross-az', CacheNodeType: 'cache.t4g.medium' });
  });

  test('the version of the engine is that of the cluster', () => {
    expect(clusterOf({ engine: CacheEngine.memcached(MemcachedVersion.V1_6_12) })).toMatchObject({ EngineVersion: '1.6.12' });
  });

  test.each<[string, CacheClusterOptions]>([
    ['Valkey on nodes of Memcached', { topology, engine: CacheEngine.valkey() }], ['Redis OSS on nodes of Memcached', { topology, engine: CacheEngine.redis() }],
    ['Memcached with replicas', { topology: CacheTopology.replicated(), engine: CacheEngine.memcached() }],
    ['Memcached as a single node of the other kind', { topology: CacheTopology.singleNode(), engine: CacheEngine.memcached() }],
  ])('%s is an error', (_, props) => {
    const stack = stackOf();
    const error = errorOf(() => cacheIn(stack, props));
    expect(error.codes).toEqual(['EngineTopologyMismatch']);
    expect(stack.node.tryFindChild('Cache')).toBeUndefined();
  });
});

describe('a cache of Memcached', () => {
  const stack = stackOf();
  const cache = cacheIn(stack, { topology });

  test('is reached as such', () => {
    expect(cache.memcachedCluster).toBeInstanceOf(MemcachedCluster);
    expect([cache.replicationGroup, cache.applicationUser]).toEqual([undefined, undefined]);
    expect(cache.node.defaultChild).toBeInstanceOf(CfnCacheCluster);
    expect(cache.endpoint).toBe(cache.memcachedCluster!.endpoint);
    expect([cache.engine.name, cache.transitEncryption]).toEqual(['memcached', true]);
    expect(errorOf(() => cache.readerEndpoint).codes).toEqual(['NoReaderEndpoint']);
  });

  test('lets clients in, without a user', () => {
    const inner = stackOf();
    const vpc = importedVpc(inner);
    const fn = new Function(inner, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') });
    const pages = cacheIn(inner, { vpc, topology });
    expect(Object.keys(pages.grantAccess(fn).environment)).toEqual(['CACHE_HOST', 'CACHE_PORT', 'CACHE_TLS']);
    expect(errorOf(() => pages.grantAccess(fn, { user: new PasswordUser(inner, 'User') })).codes).toEqual(['UserNotPossible']);
  });

  test('two in one stack, and one beside a Valkey cache', () => {
    const inner = stackOf();
    ['One', 'Two'].forEach((id) => cacheIn(inner, { topology }, id));
    cacheIn(inner, {}, 'Three');
    expect(() => (inner.node.root as App).synth()).not.toThrow();
  });
});

describe('what has no meaning', () => {
  const cases: [keyof CacheClusterOptions, (stack: Stack) => CacheClusterOptions][] = [
    ['backupRetention', () => ({ backupRetention: Duration.days(0) })],
    ['backupWindow', () => ({ backupWindow: BackupWindow.of('03:00-04:00') })],
    ['authentication', () => ({ authentication: CacheAuthentication.password() })],
    ['encryptionKey', (stack) => ({ encryptionKey: new Key(stack, 'Key') })],
    ['slowLog', () => ({ slowLog: LogDelivery.none() })],
    ['engineLog', () => ({ engineLog: LogDelivery.cloudWatch() })],
    ['description', () => ({ description: 'x' })],
  ];

  test.each(cases)('%s is an error when it is written', (name, props) => {
    const stack = stackOf();
    const error = errorOf(() => cacheIn(stack, { topology, ...props(stack) }));
    expect(error.codes).toEqual(['PropNotForTopology']);
    expect(error.message).toContain(`${name} has no meaning for this topology: `);
  });

  test('all of it is told at once', () => {
    const stack = stackOf();
    expect(errorOf(() => cacheIn(stack, Object.assign({ topology }, ...cases.map(([, props]) => props(stack))))).codes).toHaveLength(cases.length);
  });

  test('no users may be said', () => expect(clusterOf({ topology, authentication: CacheAuthentication.none() })).toMatchObject({ Engine: 'memcached' }));

  test('a last snapshot is an error when it is written', () => {
    expect(errorOf(() => cacheIn(stackOf(), { topology, removalPolicy: RemovalPolicy.SNAPSHOT })).codes).toEqual(['SnapshotNotOffered']);
  });

  test.each([CacheProfile.PRODUCTION, CacheProfile.DEVELOPMENT])('and is passed over when a profile says it: $name', (profile) => {
    const { DeletionPolicy } = resourcesOf(() => ({ topology, profile })).only(TYPE);
    expect(DeletionPolicy).toBe('Delete');
  });
});

describe('profiles', () => {
  test('DEVELOPMENT is a single small node', () => {
    for (const props of [{ topology }, { engine: CacheEngine.memcached() }]) {
      expect(clusterOf({ ...props, profile: CacheProfile.DEVELOPMENT })).toMatchObject({ NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', AZMode: 'single-az' });
    }
  });

  test('PRODUCTION has its node type and two nodes', () => {
    expect(clusterOf({ topology, profile: CacheProfile.PRODUCTION })).toMatchObject({ NumCacheNodes: 2, CacheNodeType: 'cache.m7g.large' });
  });

  test('of an organisation choose the topology of a cache that says none, and give way to the engine', () => {
    const profile = CacheProfile.of('Pages', { topology: CacheTopology.memcached({ nodes: 3 }), nodeType: CacheNodeType.T4G_SMALL });
    expect(clusterOf({ profile })).toMatchObject({ NumCacheNodes: 3, CacheNodeType: 'cache.t4g.small' });
    expect(clusterOf({ profile, topology })).toMatchObject({ NumCacheNodes: 3 });
    expect(clusterOf({ profile, topology: CacheTopology.memcached({ nodes: 4, nodeType: CacheNodeType.M7G_LARGE }) })).toMatchObject({ NumCacheNodes: 4, CacheNodeType: 'cache.m7g.large' });
    expect(resourcesOf(() => ({ profile, engine: CacheEngine.valkey() })).group).toMatchObject({ Engine: 'valkey', NumCacheClusters: 2 });
  });

  test('their parameters are added to those of the cache', () => {
    const profile = CacheProfile.of('Pages', { parameters: Parameters.memcached({ casDisabled: true, disableFlushAll: true }) });
    const resources = resourcesOf(() => ({ topology, profile, parameters: Parameters.memcached({ casDisabled: false }) }));
    expect(resources.props('AWS::ElastiCache::ParameterGroup').Properties).toEqual({ cas_disabled: '0', disable_flush_all: '1' });
  });
});

test('alarms are those of Memcached', () => {
  const resources = resourcesOf((stack) => ({ topology, alarmTopic: new Topic(stack, 'Ops') }));
  expect(Object.values(resources.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmDescription.slice(0, 13))).toEqual(Array(4).fill('Stack/Cache: '));
});

test('names are called as they are here', () => {
  expect(errorOf(() => cacheIn(stackOf(), { topology, cacheName: '-' })).message).toContain('cacheName must');
});

test.each(versionsOf('memcached'))('Memcached %s synthesizes', (version) => {
  expect(clusterOf({ engine: CacheEngine.of('memcached', version) })).toMatchObject({ EngineVersion: version });
});
