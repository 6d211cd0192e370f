import { App, CfnResource, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnCacheCluster, CfnParameterGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { clusterProperties, newCluster, TYPE } from './fixtures';
import {
  CacheEngine, CacheNodeType, Endpoint, IpDiscovery, MaintenanceWindow, MemcachedCluster, MemcachedClusterProps, MemcachedVersion, NetworkType,
  ParameterGroup, Parameters, PasswordUser, ReplicationGroup, SubnetGroup,
} from '../../src';
import { versionsOf } from '../../src/engine/private/engine-table';
import { acknowledge, errorOf, expectNoBrokenTokens, newStack, newVpc, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

/** The warnings of this library; CDK has one of its own for VPCs that are only named. */
const ownWarnings = (stack: Stack) => warningsOf(stack).filter((text) => text.includes('cdk-elasticache::'));

describe('by default', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const template = Template.fromStack(stack).toJSON();

  test('the cluster is written out in full', () => {
    const { Type, Properties, ...attributes } = Object.values(template.Resources).find((resource: any) => resource.Type === TYPE) as any;
    expect(Properties).toEqual({
      AZMode: 'cross-az',
      CacheNodeType: 'cache.t4g.medium',
      CacheParameterGroupName: { Ref: expect.stringMatching(/^CacheParameterGroupMemcached16/) },
      CacheSubnetGroupName: { Ref: expect.stringMatching(/^CacheSubnetGroup/) },
      Engine: 'memcached',
      EngineVersion: '1.6.22',
      NumCacheNodes: 2,
      Port: 11211,
      PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
      TransitEncryptionEnabled: true,
      VpcSecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^CacheSecurityGroup/), 'GroupId'] }],
    });
    expect(attributes).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('nothing else is made', () => {
    expect(Object.values(template.Resources).map((resource: any) => resource.Type).sort()).toEqual([
      'AWS::EC2::SecurityGroup', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ParameterGroup', 'AWS::ElastiCache::SubnetGroup',
    ]);
  });

  test('the endpoint is the configuration endpoint, and the port a number', () => {
    const { logicalId } = resourceOf(stack, TYPE);
    expect(stack.resolve(cluster.endpoint.hostname)).toEqual({ 'Fn::GetAtt': [logicalId, 'ConfigurationEndpoint.Address'] });
    expect(cluster.endpoint.port).toBe(11211);
    expect(stack.resolve([cluster.clusterName, cluster.cacheClusterRef])).toEqual([{ Ref: logicalId }, { clusterName: { Ref: logicalId } }]);
    expect(stack.resolve(cluster.clusterArn)['Fn::Join'][1].slice(-2)).toEqual([':cluster:', { Ref: logicalId }]);
  });

  test('nothing is told that CloudFormation does not know', () => {
    expect(cluster.nodeEndpoints).toBeUndefined();
    const error = errorOf(() => cluster.readerEndpoint);
    expect(error.codes).toEqual(['NoReaderEndpoint']);
    expect(error.message).toContain('through endpoint');
  });

  test('it says what it is', () => {
    expect(cluster.engine).toEqual(CacheEngine.memcached());
    expect([cluster.transitEncryption, cluster.nodes, cluster.nodeType.name]).toEqual([true, 2, 'cache.t4g.medium']);
    expect(MemcachedCluster.isMemcachedCluster(cluster)).toBe(true);
    expect([undefined, null, {}, stack].map((x) => MemcachedCluster.isMemcachedCluster(x))).toEqual([false, false, false, false]);
    expect(cluster.node.defaultChild).toBeInstanceOf(CfnCacheCluster);
    expect(ownWarnings(stack)).toEqual([]);
  });
});

describe('props', () => {
  test('all of them', () => {
    expect(clusterProperties({
      version: MemcachedVersion.V1_6_17,
      clusterName: 'Pages',
      nodeType: CacheNodeType.M7G_LARGE,
      nodes: 3,
      availabilityZones: ['a', 'b', 'c'],
      port: 11300,
      transitEncryption: false,
      networkType: NetworkType.DUAL_STACK,
      ipDiscovery: IpDiscovery.IPV6,
      autoMinorVersionUpgrade: false,
      maintenanceWindow: MaintenanceWindow.of('tue:01:00-tue:02:00'),
    })).toMatchObject({
      EngineVersion: '1.6.17',
      ClusterName: 'pages',
      CacheNodeType: 'cache.m7g.large',
      NumCacheNodes: 3,
      AZMode: 'cross-az',
      PreferredAvailabilityZones: ['a', 'b', 'c'],
      Port: 11300,
      TransitEncryptionEnabled: false,
      NetworkType: 'dual_stack',
      IpDiscovery: 'ipv6',
      AutoMinorVersionUpgrade: false,
      PreferredMaintenanceWindow: 'tue:01:00-tue:02:00',
    });
  });

  test.each([
    [{ nodes: 1 }, 'single-az'], [{ nodes: 2 }, 'cross-az'], [{ nodes: 2, crossAz: false }, 'single-az'], [{ nodes: 2, availabilityZones: ['a', 'a'] }, 'single-az'],
    [{ nodes: 2, availabilityZones: ['a', 'b'] }, 'cross-az'], [{ nodes: 1, availabilityZones: ['a'] }, 'single-az'],
  ])('%j is %s', (props, mode) => expect(clusterProperties(props).AZMode).toBe(mode));

  test('IPv6 alone discovers IPv6', () => expect(clusterProperties({ networkType: NetworkType.IPV6 }).IpDiscovery).toBe('ipv6'));

  test('a change of node type or TLS is another resource: CloudFormation cannot change them', () => {
    const idOf = (props: Partial<MemcachedClusterProps>) => {
      const stack = newStack();
      newCluster(stack, props);
      return resourceOf(stack, TYPE).logicalId;
    };
    const ids = [{}, { nodeType: CacheNodeType.M7G_LARGE }, { transitEncryption: false }].map(idOf);
    expect(new Set(ids).size).toBe(3);
    expect([{ nodes: 3 }, { version: MemcachedVersion.V1_6_12 }, { port: 11300 }].map(idOf)).toEqual([ids[0], ids[0], ids[0]]);
  });

  test('settings of the engine are typed, and have units', () => {
    const stack = newStack();
    newCluster(stack, {
      parameters: Parameters.memcached({
        maxItemSize: Size.mebibytes(2), chunkSize: Size.bytes(64), chunkSizeGrowthFactor: 1.5, casDisabled: true, disableFlushAll: false,
      }),
    });
    expect(propertiesOf(stack, 'AWS::ElastiCache::ParameterGroup')).toMatchObject({
      CacheParameterGroupFamily: 'memcached1.6',
      Properties: { max_item_size: '2097152', chunk_size: '64', chunk_size_growth_factor: '1.5', cas_disabled: '1', disable_flush_all: '0' },
    });
    expect(ownWarnings(stack)).toEqual([]);
  });

  test.each([[RemovalPolicy.RETAIN, 'Retain'], [RemovalPolicy.DESTROY, 'Delete']])('%s is for everything that the cache stands on', (removalPolicy, expected) => {
    const stack = newStack();
    newCluster(stack, { removalPolicy });
    expect(new Set(Object.values(Template.fromStack(stack).toJSON().Resources).map((resource: any) => resource.DeletionPolicy ?? 'Delete'))).toEqual(new Set([expected]));
  });
});

describe('resources of others', () => {
  test('a subnet group, ours, imported or raw', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const groups = [
      new SubnetGroup(stack, 'Own', { vpc }), SubnetGroup.fromSubnetGroupName(stack, 'Imported', 'theirs'),
      new CfnSubnetGroup(stack, 'Raw', { description: 'raw', subnetIds: ['a'] }), SubnetGroup.fromSubnetGroupName(stack, 'Token', parameter(stack, 'Name').string),
    ];
    groups.forEach((subnetGroup, index) => newCluster(stack, { vpc, subnetGroup }, `Cache${index}`));
    const names = Object.values(Template.fromStack(stack).findResources(TYPE)).map(({ Properties }) => Properties.CacheSubnetGroupName);
    expect(names).toEqual([{ Ref: expect.stringMatching(/^Own/) }, 'theirs', { Ref: 'Raw' }, { Ref: 'Name' }]);
  });

  test('a parameter group, ours, imported or raw; one of another family is refused', () => {
    const stack = newStack();
    const good = [
      new ParameterGroup(stack, 'Own', { engine: CacheEngine.memcached() }), ParameterGroup.fromParameterGroupName(stack, 'Imported', 'default.memcached1.6'),
      new CfnParameterGroup(stack, 'Raw', { cacheParameterGroupFamily: 'memcached1.6', description: 'raw' }),
    ];
    good.forEach((parameterGroup, index) => newCluster(stack, { parameterGroup }, `Cache${index}`));
    const bad = [
      new ParameterGroup(stack, 'OwnBad', { engine: CacheEngine.valkey() }), new CfnParameterGroup(stack, 'RawBad', { cacheParameterGroupFamily: 'memcached1.5', description: 'raw' }),
    ];
    bad.forEach((parameterGroup) => expect(errorOf(() => newCluster(stack, { parameterGroup }, 'Bad')).codes).toEqual(['ParameterGroupFamilyMismatch']));
  });

  test('security groups, and a topic that gets its policy', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    newCluster(stack, { vpc, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')], notificationTopic: new Topic(stack, 'Topic') });
    expect(propertiesOf(stack, TYPE).VpcSecurityGroupIds).toEqual(['sg-1']);
    expect(resourceOf(stack, TYPE).DependsOn).toEqual([resourceOf(stack, 'AWS::SNS::TopicPolicy').logicalId]);
    newCluster(stack, { vpc, notificationTopic: new Topic(stack, 'Secret', { masterKey: new Key(stack, 'Key') }) }, 'Two');
    expect(warningsOf(stack).join()).toContain('NotificationTopicEncrypted');
    newCluster(stack, { vpc, notificationTopic: new CfnTopic(stack, 'Raw') }, 'Three');
    expect(warningsOf(stack).join()).toContain('NotificationTopicPolicyUnknown');
  });

  test('tokens are passed on and never judged', () => {
    const stack = newStack();
    const token = parameter(stack, 'Token');
    newCluster(stack, {
      version: MemcachedVersion.of(token.string, { parameterGroupFamily: 'memcached1.6' }),
      clusterName: token.string,
      nodeType: CacheNodeType.of(token.string),
      nodes: token.number,
      crossAz: true,
      port: token.number,
      maintenanceWindow: MaintenanceWindow.of(token.string),
      parameters: Parameters.memcached({ chunkSizeGrowthFactor: token.number }),
    });
    expect(propertiesOf(stack, TYPE)).toMatchObject({
      EngineVersion: token.ref,
      ClusterName: { Ref: 'Token' },
      CacheNodeType: { Ref: 'Token' },
      NumCacheNodes: { Ref: 'Token' },
      Port: { Ref: 'Token' },
      PreferredMaintenanceWindow: { Ref: 'Token' },
      AZMode: 'cross-az',
      TransitEncryptionEnabled: true,
    });
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('two in one stack', () => {
    const stack = newStack();
    newCluster(stack, {}, 'One');
    newCluster(stack, {}, 'Two');
    expect(Object.keys(Template.fromStack(stack).findResources(TYPE))).toHaveLength(2);
  });
});

describe('what cannot be', () => {
  test.each<[string, Partial<MemcachedClusterProps>, string[]]>([
    ['no nodes', { nodes: 0 }, ['NodesOutOfRange']],
    ['one node in two zones', { nodes: 1, crossAz: true }, ['CrossZoneNeedsTwoNodes']],
    ['zones for other nodes', { nodes: 2, availabilityZones: ['a'] }, ['ZonesMatchNodes']],
    ['placement said twice', { availabilityZones: ['a', 'b'], crossAz: true }, ['PropsExclusive']],
    ['TLS before 1.6.12', { version: MemcachedVersion.V1_6_6, transitEncryption: true }, ['MemcachedTlsUnsupported']],
    ['TLS on t2', { nodeType: CacheNodeType.T2_MICRO }, ['MemcachedTlsNodeType']],
    ['IPv6 before 1.6.6', { version: MemcachedVersion.V1_5_16, networkType: NetworkType.IPV6 }, ['NetworkTypeUnsupported']],
    ['data tiering', { nodeType: CacheNodeType.R6GD_XLARGE }, ['NodeTypeUnfitForEngine']],
    ['a port', { port: 80 }, ['PortOutOfRange']],
    ['a name', { clusterName: 'a_b' }, ['ClusterNameInvalid']],
    ['a version', { version: MemcachedVersion.of('1.6') }, ['MemcachedVersionIncomplete']],
    ['a last snapshot', { removalPolicy: RemovalPolicy.SNAPSHOT }, ['SnapshotNotOffered']],
    ['no security group', { securityGroups: [] }, ['NoSecurityGroups']],
    ['a value of a parameter', { parameters: Parameters.custom({ hash_algorithm: 'md5' }) }, ['ParameterValueInvalid']],
  ])('%s', (_, props, codes) => {
    const stack = newStack();
    const error = errorOf(() => newCluster(stack, props));
    expect(error.codes).toEqual(codes);
    expect(error.message).toContain('Stack/Cache');
    expect(error.message).not.toMatch(/NumCacheNodes|AZMode|TransitEncryptionEnabled|CacheNodeType/);
    expect(stack.node.tryFindChild('Cache')).toBeUndefined();
  });

  test('a number of nodes that is a token needs a word on zones', () => {
    const stack = newStack();
    expect(errorOf(() => newCluster(stack, { nodes: parameter(stack, 'Nodes').number })).codes).toEqual(['NodesNotKnown']);
  });

  test('a rule can be acknowledged', () => {
    const stack = newStack();
    acknowledge(stack, 'MemcachedTlsNodeType');
    expect(() => newCluster(stack, { nodeType: CacheNodeType.T2_MICRO })).not.toThrow();
  });

  test('many nodes are a warning', () => {
    const stack = newStack();
    newCluster(stack, { nodes: 41 });
    expect(ownWarnings(stack)).toHaveLength(1);
    expect(ownWarnings(stack)[0]).toContain('NodesBeyondQuota');
  });

  test('a replication group of Memcached is refused', () => {
    const stack = newStack();
    expect(errorOf(() => new ReplicationGroup(stack, 'Group', { vpc: newVpc(stack), engine: CacheEngine.memcached() })).codes).toEqual(['EngineHasNoReplicationGroups']);
  });
});

describe.each(versionsOf('memcached'))('version %s', (version) => {
  const tls = ['1.6.12', '1.6.17', '1.6.22'].includes(version);

  test(`synthesizes ${tls ? 'with' : 'without'} TLS`, () => {
    expect(clusterProperties({ version: MemcachedVersion.of(version) })).toMatchObject({ EngineVersion: version, TransitEncryptionEnabled: tls });
  });

  test('refuses TLS only where the service does', () => {
    const stack = newStack();
    const act = () => newCluster(stack, { version: MemcachedVersion.of(version), transitEncryption: true });
    tls ? expect(act).not.toThrow() : expect(errorOf(act).codes).toEqual(['MemcachedTlsUnsupported']);
  });
});

describe('imports', () => {
  test('by name', () => {
    const stack = newStack();
    const cluster = MemcachedCluster.fromMemcachedClusterName(stack, 'Legacy', 'Legacy');
    expect([cluster.clusterName, cluster.nodeEndpoints]).toEqual(['legacy', undefined]);
    for (const name of ['engine', 'endpoint', 'connections', 'transitEncryption'] as const) {
      expect(errorOf(() => cluster[name]).message).toMatch(/version|endpoint|securityGroups|transitEncryption/);
    }
    expect(errorOf(() => cluster.metrics.evictions()).codes).toEqual(['MembersUnknown']);
  });

  test('by attributes', () => {
    const stack = newStack();
    const cluster = MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Legacy', {
      clusterName: 'legacy',
      version: MemcachedVersion.V1_6_17,
      endpoint: new Endpoint('legacy.abc.cfg.use1.cache.amazonaws.com', 11211),
      nodeEndpoints: [new Endpoint('legacy.abc.0001.use1.cache.amazonaws.com', 11211)],
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')],
      transitEncryption: false,
    });
    expect([cluster.engine.version, cluster.endpoint.port, cluster.nodeEndpoints!.length, cluster.transitEncryption]).toEqual(['1.6.17', 11211, 1, false]);
    expect(cluster.metrics.evictions()).toMatchObject({ dimensions: { CacheClusterId: 'legacy', CacheNodeId: '0001' } });
  });

  test('a name that is a token stays one', () => {
    const stack = newStack();
    const { string, ref } = parameter(stack, 'Name');
    expect(stack.resolve(MemcachedCluster.fromMemcachedClusterName(stack, 'Legacy', string).clusterName)).toEqual(ref);
  });
});

describe('grantAccess', () => {
  const functionIn = (stack: Stack, vpc: ReturnType<typeof newVpc>) =>
    new Function(stack, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') });

  test('opens the port and says where the cache is, and nothing of users or readers', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const access = newCluster(stack, { vpc }).grantAccess(functionIn(stack, vpc));
    expect(Object.keys(access.environment)).toEqual(['CACHE_HOST', 'CACHE_PORT', 'CACHE_TLS']);
    expect(access.environment).toMatchObject({ CACHE_PORT: '11211', CACHE_TLS: 'true' });
    expect([access.user, access.secret, access.grant]).toEqual([undefined, undefined, undefined]);
    expect(propertiesOf(stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({ FromPort: 11211, ToPort: 11211 });
  });

  test('a user is an error', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const fn = functionIn(stack, vpc);
    expect(errorOf(() => newCluster(stack, { vpc }).grantAccess(fn, { user: new PasswordUser(stack, 'User') })).codes).toEqual(['UserNotPossible']);
  });

  test.each([[true], [false]])('works across stacks, cache first: %s', (cacheFirst) => {
    const app = new App();
    const make = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, new Stack(app, id)]));
    const { Caches, Clients } = make(cacheFirst ? ['Caches', 'Clients'] : ['Clients', 'Caches']);
    const cluster = newCluster(Caches, {});
    cluster.grantAccess(functionIn(Clients, newVpc(Clients)));
    expect(() => app.synth()).not.toThrow();
    expect([Clients.dependencies, Caches.dependencies]).toEqual([[Caches], []]);
    expect(Caches.node.findAll().filter((each) => CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });
});
