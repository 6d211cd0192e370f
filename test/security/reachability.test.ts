// Does each client that was let in get through to its cache, and nobody else? Judged over the templates alone.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AmazonLinuxImage, IConnectable, Instance, InstanceType, IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { judgeReachability } from './support/reachability';
import { Place, placesOf, Templates, templatesOf } from './support/templates';
import {
  AuthToken, CacheAuthentication, CacheCluster, CacheClusterOptions, CacheEngine, CacheTopology, ICacheCluster, MemcachedCluster, ReplicationGroup,
  ServerlessCache,
} from '../../src';

const CACHE_TYPES = ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ServerlessCache'];
const CLIENT_TYPES = ['AWS::Lambda::Function', 'AWS::ECS::Service', 'AWS::EC2::Instance'];

const fn = (stack: Stack, vpc: IVpc, strict?: boolean) => new Function(stack, 'Fn', {
  vpc,
  runtime: Runtime.NODEJS_22_X,
  handler: 'i.h',
  code: Code.fromInline('x'),
  securityGroups: strict ? [new SecurityGroup(stack, 'Strict', { vpc, allowAllOutbound: false })] : undefined,
});
const service = (stack: Stack, vpc: IVpc) => {
  const taskDefinition = new FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('App', { image: ContainerImage.fromRegistry('app') });
  return new FargateService(stack, 'Service', { cluster: new Cluster(stack, 'Cluster', { vpc }), taskDefinition });
};
const instance = (stack: Stack, vpc: IVpc) => new Instance(stack, 'Instance', { vpc, instanceType: new InstanceType('t4g.micro'), machineImage: new AmazonLinuxImage() });
const cluster = (options: CacheClusterOptions) => (stack: Stack, vpc: IVpc) => new CacheCluster(stack, 'Cache', { vpc, ...options });

const CACHES: Record<string, (stack: Stack, vpc: IVpc) => ICacheCluster> = {
  'a default cache': cluster({}),
  'a sharded cache': cluster({ topology: CacheTopology.sharded({ shards: 2 }) }),
  'a cache between two modes': cluster({ topology: CacheTopology.replicated({ clusterCompatible: true }) }),
  'a single node': cluster({ topology: CacheTopology.singleNode() }),
  'a cache with an AUTH token': (stack, vpc) => cluster({ authentication: CacheAuthentication.authToken(new AuthToken(stack, 'Token')) })(stack, vpc),
  'a cache on another port': cluster({ port: 7000 }),
  'a serverless cache, with its two ports': cluster({ topology: CacheTopology.serverless() }),
  'serverless Memcached, whose second port AWS tells': cluster({ topology: CacheTopology.serverless(), engine: CacheEngine.memcached() }),
  'Memcached': cluster({ engine: CacheEngine.memcached() }),
  'a replication group': (stack, vpc) => new ReplicationGroup(stack, 'Group', { vpc }),
  'a Memcached cluster': (stack, vpc) => new MemcachedCluster(stack, 'Group', { vpc }),
  'a serverless cache of its own': (stack, vpc) => new ServerlessCache(stack, 'Group', { vpc }),
};
const CLIENTS: Record<string, (stack: Stack, vpc: IVpc) => IConnectable> = {
  'a function': fn,
  'a function that may send nothing out': (stack, vpc) => fn(stack, vpc, true),
  'a service': service,
  'an instance': instance,
};

interface Scene {
  readonly templates: Templates;
  readonly cache: Place;
  readonly clients: Place[];
}

/** A cache with a client that was let in and one that was not, in one stack or in three, the client made first or last. */
function scene(cacheOf: (stack: Stack, vpc: IVpc) => ICacheCluster, clientOf: (stack: Stack, vpc: IVpc) => IConnectable, layout: 'one stack' | 'cache first' | 'client first'): Scene {
  const app = new App();
  const caches = new Stack(app, 'Caches');
  const [clients, net] = layout === 'one stack' ? [caches, caches] : [new Stack(app, 'Clients'), new Stack(app, 'Net')];
  const vpc = new Vpc(net, 'Vpc', { maxAzs: 2 });
  const early = layout === 'client first' ? clientOf(clients, vpc) : undefined;
  const cache = cacheOf(caches, vpc);
  const client = early ?? clientOf(clients, vpc);
  new Function(clients, 'Stranger', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
  cache.grantAccess(client);
  const templates = templatesOf(app);
  return {
    templates,
    cache: placesOf(templates, ...CACHE_TYPES)[0],
    clients: placesOf(templates, ...CLIENT_TYPES).filter(({ id, resource }) => !id.startsWith('Stranger') && resource.Properties!.VpcConfig !== null
      && (resource.Type !== 'AWS::Lambda::Function' || id.startsWith('Fn'))),
  };
}

describe.each(Object.keys(CACHES))('%s', (cacheName) => {
  describe.each(Object.keys(CLIENTS))('%s', (clientName) => {
    test.each(['one stack', 'cache first', 'client first'] as const)('gets through, and nobody else: %s', (layout) => {
      const { templates, cache, clients } = scene(CACHES[cacheName], CLIENTS[clientName], layout);
      expect(clients).toHaveLength(1);
      expect(judgeReachability(templates, cache, clients)).toEqual([]);
    });
  });
});

test.each<[string, CacheClusterOptions]>([
  ['nodes', {}], ['shards', { topology: CacheTopology.sharded({ shards: 2 }) }], ['serverless', { topology: CacheTopology.serverless() }],
])('the function that rotates a password gets through to a cache of %s, and nobody else', (_, options) => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  cluster({ ...options, authentication: CacheAuthentication.password({ rotationInterval: Duration.days(30) }) })(stack, vpc);
  const templates = templatesOf(app);
  const rotating = placesOf(templates, 'AWS::Lambda::Function').filter(({ id }) => /Rotation/.test(id));
  expect(rotating).toHaveLength(1);
  const found = judgeReachability(templates, placesOf(templates, ...CACHE_TYPES)[0], rotating);
  // It tries the password where one writes: not at the port for reading only.
  expect(found.filter((problem) => !/on port 6380$/.test(problem))).toEqual([]);
});

describe('the judge can fail', () => {
  const copy = ({ templates, ...rest }: Scene): Scene => {
    const copied: Templates = JSON.parse(JSON.stringify(templates));
    const again = ({ stack, id }: Place): Place => ({ stack, id, resource: copied[stack].Resources[id] });
    return { templates: copied, cache: again(rest.cache), clients: rest.clients.map(again) };
  };
  const judged = ({ templates, cache, clients }: Scene) => judgeReachability(templates, cache, clients);
  const layouts = (['one stack', 'cache first'] as const).map((layout) => [layout, scene(CACHES['a default cache'], CLIENTS['a function that may send nothing out'], layout)] as const);
  const remove = (templates: Templates, type: string) => placesOf(templates, type).forEach(({ stack, id }) => delete templates[stack].Resources[id]);

  describe.each(layouts)('in %s', (_, original) => {
    test('is silent about what was made', () => expect(judged(copy(original))).toEqual([]));

    test('sees an ingress that is gone', () => {
      const broken = copy(original);
      remove(broken.templates, 'AWS::EC2::SecurityGroupIngress');
      expect(judged(broken)).toEqual([expect.stringMatching(/does not get in on port 6379/)]);
    });

    test('sees an egress that is gone', () => {
      const broken = copy(original);
      placesOf(broken.templates, 'AWS::EC2::SecurityGroupEgress').forEach(({ resource }) => {
        resource.Properties!.DestinationSecurityGroupId = 'sg-somewhere-else';
      });
      expect(judged(broken)).toEqual([expect.stringMatching(/does not get out on port 6379/)]);
    });

    test('sees a wrong port, and the hole that it is', () => {
      const broken = copy(original);
      placesOf(broken.templates, 'AWS::EC2::SecurityGroupIngress').forEach(({ resource }) => Object.assign(resource.Properties!, { FromPort: 6380, ToPort: 6380 }));
      expect(judged(broken)).toEqual([expect.stringMatching(/does not get in on port 6379/), expect.stringMatching(/gets in on tcp 6380/)]);
    });

    test('sees a cache that listens elsewhere', () => {
      const broken = copy(original);
      broken.cache.resource.Properties!.Port = 7000;
      expect(judged(broken)).toEqual(expect.arrayContaining([expect.stringMatching(/does not get out on port 7000/), expect.stringMatching(/gets in on tcp 6379/)]));
    });

    test.each<[string, Record<string, unknown>]>([
      ['the internet', { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 }],
      ['an address range', { CidrIpv6: 'fd00::/8', IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 }],
      ['another group', { SourceSecurityGroupId: 'sg-other', IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 }],
      ['a prefix list', { SourcePrefixListId: 'pl-1', IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 }],
      ['everything', { CidrIp: '10.0.0.0/8', IpProtocol: '-1' }],
    ])('sees %s let in, as a resource of its own and written in the group', (__, rule) => {
      const [alone, written] = [copy(original), copy(original)];
      const [ingress] = placesOf(alone.templates, 'AWS::EC2::SecurityGroupIngress');
      const { GroupId } = ingress.resource.Properties!;
      alone.templates[ingress.stack].Resources.Extra = { Type: ingress.resource.Type, Properties: { GroupId, ...rule } };
      const group = placesOf(written.templates, 'AWS::EC2::SecurityGroup').find(({ id }) => id.startsWith('Cache'))!;
      group.resource.Properties!.SecurityGroupIngress = [rule];
      for (const broken of [alone, written]) {
        expect(judged(broken)).toEqual([expect.stringMatching(/ gets in on /)]);
      }
    });

    test('sees a client that was let in on more ports than the cache has', () => {
      const broken = copy(original);
      placesOf(broken.templates, 'AWS::EC2::SecurityGroupIngress').forEach(({ resource }) => Object.assign(resource.Properties!, { FromPort: 6000, ToPort: 7000 }));
      expect(judged(broken)).toEqual([expect.stringMatching(/gets in on tcp 6000 to 7000/)]);
    });

    test('sees a client that was not let in', () => {
      const other = copy(original);
      const stranger = placesOf(other.templates, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith('Stranger'));
      expect(judged({ ...other, clients: [...other.clients, ...stranger] })).toEqual([expect.stringMatching(/^Stranger.* does not get in on port 6379/)]);
    });
  });

  test('sees one of the two ports of a serverless cache missing', () => {
    const broken = copy(scene(CACHES['a serverless cache, with its two ports'], CLIENTS['a function'], 'one stack'));
    const [first] = placesOf(broken.templates, 'AWS::EC2::SecurityGroupIngress').filter(({ resource }) => resource.Properties!.FromPort === 6380);
    delete broken.templates[first.stack].Resources[first.id];
    expect(judged(broken)).toEqual([expect.stringMatching(/does not get in on port 6380/)]);
  });

  test('knows that a group without a word about what leaves lets everything out', () => {
    const silent = copy(scene(CACHES['a default cache'], CLIENTS['a function'], 'one stack'));
    placesOf(silent.templates, 'AWS::EC2::SecurityGroup').forEach(({ resource }) => delete resource.Properties!.SecurityGroupEgress);
    expect(judged(silent)).toEqual([]);
  });
});
