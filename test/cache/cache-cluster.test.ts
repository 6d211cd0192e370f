import { CfnResource, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnKey, IKeyRef, Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { cacheIn, errorOf, importedVpc, Resources, resourcesOf, stackOf, TYPE } from './fixtures';
import {
  AccessString, BackupWindow, CacheAuthentication, CacheClusterOptions, CacheCluster, CacheEngine, CacheNodeType, CacheProfile,
  CacheTopology, LogDelivery, MaintenanceWindow, MaxmemoryPolicy, ParameterGroup, Parameters, RedisVersion, SubnetGroup, UserGroup,
  ValkeyVersion, Weekday,
} from '../../src';

const days = (count: number) => Duration.days(count);
const policies = (resources: Resources) => Object.fromEntries(Object.entries(resources.all)
  .map(([id, { DeletionPolicy, UpdateReplacePolicy }]) => [id, [DeletionPolicy, UpdateReplacePolicy]]));
/** The library's own warnings; an imported VPC brings some of CDK's. */
const warningsOf = (stack: Stack) =>
  Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-elasticache::')).map(({ entry }) => String(entry.data));

describe('what it is', () => {
  test('isCacheCluster knows its own and nothing else', () => {
    const stack = stackOf();
    const cache = cacheIn(stack);
    expect(CacheCluster.isCacheCluster(cache)).toBe(true);
    [cache.replicationGroup, stack, {}, null, undefined, 'Cache', 1].forEach((other) => expect(CacheCluster.isCacheCluster(other)).toBe(false));
  });

  test('the default child is the L1, for what the library does not offer', () => {
    const stack = stackOf();
    const cache = cacheIn(stack);
    expect(CfnReplicationGroup.isCfnReplicationGroup(cache.node.defaultChild)).toBe(true);
    (cache.node.defaultChild as CfnReplicationGroup).addPropertyOverride('IpDiscovery', 'ipv4');
    expect(Resources.of(stack).group.IpDiscovery).toBe('ipv4');
  });

  test('the endpoints are the attributes of a cache without cluster mode', () => {
    const stack = stackOf();
    const cache = cacheIn(stack);
    const [id] = Resources.of(stack).ids(TYPE.group);
    expect(stack.resolve([cache.endpoint.hostname, cache.readerEndpoint.hostname])).toEqual([
      { 'Fn::GetAtt': [id, 'PrimaryEndPoint.Address'] }, { 'Fn::GetAtt': [id, 'ReaderEndPoint.Address'] },
    ]);
    expect([cache.endpoint.port, cache.readerEndpoint.port]).toEqual([6379, 6379]);
    expect(stack.resolve(cache.endpoint.socketAddress)).toEqual({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'PrimaryEndPoint.Address'] }, ':6379']] });
  });

  test('it has the environment, engine and connections of its replication group', () => {
    const cache = cacheIn(stackOf('Stack', { env: { account: '111122223333', region: 'eu-west-1' } }), { port: 7000 });
    expect(cache.env).toEqual({ account: '111122223333', region: 'eu-west-1' });
    expect(cache.engine.toString()).toBe('Valkey 8.2');
    expect(cache.transitEncryption).toBe(true);
    expect(cache.connections).toBe(cache.replicationGroup!.connections);
    expect(cache.connections.defaultPort!.toString()).toBe('7000');
    expect(cache.metrics).toBe(cache.replicationGroup!.metrics);
  });

  test('the class has no getter that makes resources', () => {
    const cache = cacheIn(stackOf());
    const resources = () => cache.node.findAll().filter(CfnResource.isCfnResource).length;
    const count = resources();
    for (const key of Object.keys(Object.getOwnPropertyDescriptors(CacheCluster.prototype)).concat(Object.keys(cache)) as (keyof CacheCluster)[]) {
      void cache[key];
    }
    expect(resources()).toBe(count);
  });

  test('tags reach every resource that takes them', () => {
    const stack = stackOf();
    Tags.of(cacheIn(stack)).add('team', 'shop');
    const untagged = Object.values(Resources.of(stack).all).filter(({ Properties }) => !JSON.stringify(Properties.Tags ?? []).includes('shop'));
    expect(untagged.map(({ Type }) => Type)).toEqual([]);
  });
});

describe('props reach the replication group', () => {
  test.each<[string, CacheClusterOptions, object]>([
    ['cacheName', { cacheName: 'orders' }, { ReplicationGroupId: 'orders' }],
    ['description', { description: 'Orders' }, { ReplicationGroupDescription: 'Orders' }],
    ['port', { port: 7000 }, { Port: 7000 }],
    ['autoMinorVersionUpgrade', { autoMinorVersionUpgrade: false }, { AutoMinorVersionUpgrade: false }],
    ['backupRetention', { backupRetention: days(1) }, { SnapshotRetentionLimit: 1 }],
    ['backupRetention of no days', { backupRetention: days(0) }, { SnapshotRetentionLimit: 0 }],
    ['backupWindow', { backupWindow: BackupWindow.of('10:00-11:00') }, { SnapshotWindow: '10:00-11:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }],
    ['maintenanceWindow', { maintenanceWindow: MaintenanceWindow.weekly({ day: Weekday.MONDAY, hour: 9 }) }, { PreferredMaintenanceWindow: 'mon:09:00-mon:10:00' }],
    ['engine', { engine: CacheEngine.valkey(ValkeyVersion.V7_2) }, { Engine: 'valkey', EngineVersion: '7.2' }],
  ])('%s', (_, props, expected) => {
    expect(resourcesOf(() => props).group).toMatchObject(expected);
  });

  test('without backups there is no backup window', () => {
    expect(resourcesOf(() => ({ backupRetention: days(0) })).group).not.toHaveProperty('SnapshotWindow');
  });

  test('a subnet group that is given is used, and none is made', () => {
    const resources = resourcesOf((stack) => ({ subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Given', 'given') }));
    expect(resources.group.CacheSubnetGroupName).toBe('given');
    expect(resources.ids(TYPE.subnetGroup)).toEqual([]);
  });

  test('vpcSubnets choose the subnets', () => {
    const resources = resourcesOf((stack) => {
      const vpc = new Vpc(stack, 'Net', { natGateways: 0, subnetConfiguration: ['One', 'Two'].map((name) => ({ name, subnetType: SubnetType.PRIVATE_ISOLATED })) });
      return { vpc, vpcSubnets: { subnetGroupName: 'Two' } };
    });
    expect(JSON.stringify(resources.props(TYPE.subnetGroup).SubnetIds)).toMatch(/NetTwoSubnet1.*NetTwoSubnet2/);
    expect(JSON.stringify(resources.props(TYPE.subnetGroup).SubnetIds)).not.toContain('NetOne');
  });

  test('security groups that are given are used, and none is made', () => {
    const resources = resourcesOf((stack) => ({ securityGroups: ['sg-1', 'sg-2'].map((id) => SecurityGroup.fromSecurityGroupId(stack, id, id)) }));
    expect(resources.group.SecurityGroupIds).toEqual(['sg-1', 'sg-2']);
    expect(resources.ids(TYPE.securityGroup)).toEqual([]);
  });

  test('a parameter group that is given is used, and none is made', () => {
    const resources = resourcesOf((stack) => ({ parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'Given', 'default.valkey8') }));
    expect(resources.group.CacheParameterGroupName).toBe('default.valkey8');
    expect(resources.ids(TYPE.parameterGroup)).toEqual([]);
  });

  test('a parameter group that is given leaves out the profile\'s parameters, which were not written for this cache', () => {
    const resources = resourcesOf((stack) => ({
      parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'Given', 'default.valkey8'),
      profile: CacheProfile.of('lru', { parameters: Parameters.valkey({ maxmemoryPolicy: MaxmemoryPolicy.ALLKEYS_LRU }) }),
    }));
    expect(resources.ids(TYPE.parameterGroup)).toEqual([]);
  });

  test('the notification topic', () => {
    const resources = resourcesOf((stack) => ({ notificationTopic: new Topic(stack, 'Events') }));
    expect(resources.group.NotificationTopicArn).toEqual({ Ref: resources.ids('AWS::SNS::Topic')[0] });
  });

  test('logs that are given', () => {
    const resources = resourcesOf((stack) => ({ slowLog: LogDelivery.none(), engineLog: LogDelivery.cloudWatch({ logGroup: new LogGroup(stack, 'Mine') }) }));
    expect(resources.group.LogDeliveryConfigurations).toHaveLength(1);
    expect(resources.group.LogDeliveryConfigurations[0]).toMatchObject({
      LogType: 'engine-log', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: expect.stringMatching(/^Mine/) } } },
    });
  });
});

describe('topology', () => {
  test.each<[string, CacheTopology, object]>([
    ['replicated', CacheTopology.replicated(), { NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true }],
    ['replicated with five replicas', CacheTopology.replicated({ replicas: 5 }), { NumCacheClusters: 6, AutomaticFailoverEnabled: true }],
    ['replicated without a replica', CacheTopology.replicated({ replicas: 0 }), { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false }],
    ['replicated over given zones', CacheTopology.replicated({ availabilityZones: ['zone-b', 'zone-a'] }), { PreferredCacheClusterAZs: ['zone-b', 'zone-a'] }],
    ['a single node', CacheTopology.singleNode(), { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false, CacheNodeType: 'cache.t4g.medium' }],
    ['a single node in a zone', CacheTopology.singleNode({ availabilityZone: 'zone-b' }), { NumCacheClusters: 1, PreferredCacheClusterAZs: ['zone-b'] }],
    ['a node type', CacheTopology.singleNode({ nodeType: CacheNodeType.R7G_LARGE }), { CacheNodeType: 'cache.r7g.large' }],
  ])('%s', (_, topology, expected) => {
    expect(resourcesOf(() => ({ topology })).group).toMatchObject(expected);
  });

  test('a change from replicated to a single node changes no logical id: it is an update in place', () => {
    const ids = [CacheTopology.replicated(), CacheTopology.singleNode()].map((topology) => Object.keys(resourcesOf(() => ({ topology })).all));
    expect(ids[0]).toEqual(ids[1]);
  });

  test.each([['replicated', CacheTopology.replicated()], ['singleNode', CacheTopology.singleNode()]])('%s knows its kind', (kind, topology) => {
    expect(topology.kind).toBe(kind);
    expect(topology.nodeType).toBeUndefined();
  });
});

describe('authentication', () => {
  test('a password user with a name and rights of its own', () => {
    const resources = resourcesOf(() => ({ authentication: CacheAuthentication.password({ userName: 'web', accessString: AccessString.of('on ~web:* +@read') }) }));
    expect(resources.props(TYPE.user)).toMatchObject({ UserName: 'web', AccessString: 'on ~web:* +@read' });
    expect(resources.props(TYPE.secret).GenerateSecretString.SecretStringTemplate).toBe('{"username":"web"}');
  });

  test('the application user is at hand, with its secret', () => {
    const stack = stackOf();
    const { applicationUser } = cacheIn(stack);
    expect(applicationUser!.userName).toBe('app');
    expect(stack.resolve(applicationUser!.secret!.secretArn)).toEqual({ Ref: Resources.of(stack).ids(TYPE.secret)[0] });
  });

  describe('with a user group', () => {
    const companions = (resources: Resources) => [TYPE.user, TYPE.secret].flatMap((type) => resources.ids(type));

    test('of this app', () => {
      const resources = resourcesOf((stack) => ({ authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Mine', { userGroupId: 'Mine' })) }));
      expect(resources.group.UserGroupIds).toEqual(['mine']);
      expect(resources.only(TYPE.group).DependsOn).toEqual(resources.ids(TYPE.userGroup));
      expect(companions(resources)).toEqual([]);
    });

    test('imported', () => {
      const resources = resourcesOf((stack) => ({ authentication: CacheAuthentication.userGroup(UserGroup.fromUserGroupId(stack, 'Theirs', 'theirs')) }));
      expect(resources.group.UserGroupIds).toEqual(['theirs']);
      expect(resources.only(TYPE.group)).not.toHaveProperty('DependsOn');
      expect([...companions(resources), ...resources.ids(TYPE.userGroup)]).toEqual([]);
    });

    test('as a raw CfnUserGroup', () => {
      const resources = resourcesOf((stack) => ({
        authentication: CacheAuthentication.userGroup(new CfnUserGroup(stack, 'Raw', { userGroupId: 'raw', engine: 'valkey', userIds: [] })),
      }));
      expect([[{ Ref: 'Raw' }], ['raw']]).toContainEqual(resources.group.UserGroupIds);
      expect(resources.only(TYPE.group).DependsOn).toEqual(['Raw']);
    });

    test('in another stack: the group\'s stack is deployed first', () => {
      const stack = stackOf();
      const users = new Stack(stack.node.root as any, 'Users');
      cacheIn(stack, { authentication: CacheAuthentication.userGroup(new UserGroup(users, 'Mine', { userGroupId: 'mine' })) });
      expect(Resources.of(stack).group.UserGroupIds).toEqual(['mine']);
      expect(stack.dependencies).toEqual([users]);
      expect(users.dependencies).toEqual([]);
    });

    test('there is no application user', () => {
      const stack = stackOf();
      expect(cacheIn(stack, { authentication: CacheAuthentication.userGroup(UserGroup.fromUserGroupId(stack, 'U', 'u')) }).applicationUser).toBeUndefined();
    });

    test('of Valkey does not fit a Redis OSS cache', () => {
      const stack = stackOf();
      const authentication = CacheAuthentication.userGroup(new UserGroup(stack, 'Mine'));
      expect(errorOf(() => cacheIn(stack, { engine: CacheEngine.redis(), authentication })).codes).toEqual(['UserGroupEngineUnfit']);
    });
  });

  test('none: TLS stays on, nobody has to log in', () => {
    const resources = resourcesOf(() => ({ authentication: CacheAuthentication.none() }));
    expect(resources.group).not.toHaveProperty('UserGroupIds');
    expect(resources.group).not.toHaveProperty('AuthToken');
    expect(resources.group.TransitEncryptionEnabled).toBe(true);
    expect([TYPE.user, TYPE.userGroup, TYPE.secret].flatMap((type) => resources.ids(type))).toEqual([]);
  });

  test.each([
    ['password', CacheAuthentication.password()], ['none', CacheAuthentication.none()],
    ['userGroup', CacheAuthentication.userGroup(UserGroup.fromUserGroupId(stackOf(), 'U', 'u'))],
  ])('%s knows its kind', (kind, authentication) => expect(authentication.kind).toBe(kind));
});

describe('Redis OSS', () => {
  const cache = resourcesOf(() => ({ engine: CacheEngine.redis() }));
  const users = Object.values(cache.ofType(TYPE.user)).map(({ Properties }) => Properties);

  test('is 7.1 by default', () => {
    expect(cache.group).toMatchObject({ Engine: 'redis', EngineVersion: '7.1' });
    expect(cache.props(TYPE.parameterGroup).CacheParameterGroupFamily).toBe('redis7');
  });

  test('its group is of Redis OSS and holds a user named default, as the service demands', () => {
    expect(cache.props(TYPE.userGroup).Engine).toBe('redis');
    expect(users.map(({ UserName, Engine }) => [UserName, Engine])).toEqual([['app', 'redis'], ['default', 'redis']]);
    expect(cache.props(TYPE.userGroup).UserIds).toEqual(users.map(({ UserId }) => UserId));
  });

  test('the user named default can do nothing', () => {
    expect(users[1]).toMatchObject({ AccessString: 'off -@all', AuthenticationMode: { Type: 'no-password-required' } });
  });

  test('ids of users are literal, and CloudFormation is told the order', () => {
    expect(JSON.stringify(cache.props(TYPE.userGroup))).not.toContain('Ref');
    expect(cache.only(TYPE.userGroup).DependsOn!.sort()).toEqual(cache.ids(TYPE.user).sort());
  });

  test('a version without users is refused with the password default', () => {
    expect(errorOf(() => resourcesOf(() => ({ engine: CacheEngine.redis(RedisVersion.V5_0_6) }))).codes).toEqual(['UserGroupUnsupported']);
  });

  test('an old version without users, logs and family 7 can be made', () => {
    const old = resourcesOf(() => ({ engine: CacheEngine.redis(RedisVersion.V5_0_6), authentication: CacheAuthentication.none() }));
    expect(old.group).not.toHaveProperty('LogDeliveryConfigurations');
    expect(old.props(TYPE.parameterGroup).CacheParameterGroupFamily).toBe('redis5.0');
  });
});

describe('encryptionKey', () => {
  const keyed = (make: (stack: Stack) => IKeyRef) => {
    const stack = stackOf();
    cacheIn(stack, { encryptionKey: make(stack) });
    return { stack, resources: Resources.of(stack) };
  };

  test('of this app reaches the cache, the secret and both logs', () => {
    const { resources, stack } = keyed((scope) => new Key(scope, 'Key'));
    const arn = { 'Fn::GetAtt': [resources.ids(TYPE.key)[0], 'Arn'] };
    expect(resources.group.KmsKeyId).toEqual(arn);
    expect(resources.props(TYPE.secret).KmsKeyId).toEqual(arn);
    expect(Object.values(resources.ofType(TYPE.logGroup)).map(({ Properties }) => Properties.KmsKeyId)).toEqual([arn, arn]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of this app lets CloudWatch Logs use it for groups of this account and Region, once', () => {
    const { resources } = keyed((scope) => new Key(scope, 'Key'));
    const logs = resources.props(TYPE.key).KeyPolicy.Statement.filter(({ Principal }: any) => JSON.stringify(Principal).includes('logs.'));
    expect(logs).toHaveLength(1);
    expect(JSON.stringify(logs[0].Condition)).toMatch(/ArnLike.*kms:EncryptionContext:aws:logs:arn.*AWS::Partition.*:log-group:/);
  });

  test('raw: reaches cache and secret; the logs stay on AWS\'s key, and a warning says so', () => {
    const { resources, stack } = keyed((scope) => new CfnKey(scope, 'Raw', { keyPolicy: {} }));
    const arn = { 'Fn::GetAtt': ['Raw', 'Arn'] };
    expect(resources.group.KmsKeyId).toEqual(arn);
    expect(resources.props(TYPE.secret).KmsKeyId).toEqual(arn);
    expect(Object.values(resources.ofType(TYPE.logGroup)).map(({ Properties }) => Properties.KmsKeyId)).toEqual([undefined, undefined]);
    expect(warningsOf(stack).filter((text) => text.includes('cdk-elasticache::LogNotEncryptedWithKey'))).toHaveLength(2);
  });

  test('imported: reaches cache and secret; the logs stay on AWS\'s key, and a warning says so', () => {
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/11112222-3333-4444-5555-666677778888';
    const { resources, stack } = keyed((scope) => Key.fromKeyArn(scope, 'Key', arn));
    expect([resources.group.KmsKeyId, resources.props(TYPE.secret).KmsKeyId]).toEqual([arn, arn]);
    expect(warningsOf(stack).filter((text) => text.includes('cdk-elasticache::LogNotEncryptedWithKey'))).toHaveLength(2);
  });

  test('in a stack of its own: the cache\'s stack depends on the key\'s, not the other way round', () => {
    const stack = stackOf();
    const keys = new Stack(stack.node.root as any, 'Keys');
    cacheIn(stack, { encryptionKey: new Key(keys, 'Key') });
    Resources.of(stack);
    expect(stack.dependencies).toEqual([keys]);
    expect(keys.dependencies).toEqual([]);
  });

  test('two caches on one key', () => {
    const stack = stackOf();
    const encryptionKey = new Key(stack, 'Key');
    cacheIn(stack, { encryptionKey }, 'One');
    cacheIn(stack, { encryptionKey }, 'Two');
    expect(Resources.of(stack).ids(TYPE.group)).toHaveLength(2);
  });
});

describe('removalPolicy', () => {
  const kept = (engine: CacheEngine, removalPolicy?: RemovalPolicy) => policies(resourcesOf(() => ({ engine, removalPolicy })));

  test.each([['Valkey', CacheEngine.valkey()], ['Redis OSS', CacheEngine.redis()]])('RETAIN keeps all that a cache of %s stands on', (_, engine) => {
    const found = kept(engine, RemovalPolicy.RETAIN);
    expect(Object.entries(found).filter(([, pair]) => pair.join() !== 'Retain,Retain')).toEqual([]);
  });

  test('RETAIN_ON_UPDATE_OR_DELETE keeps all too, but for a creation that fails', () => {
    const found = Object.values(kept(CacheEngine.valkey(), RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)).map((pair) => pair.join());
    expect([...new Set(found)]).toEqual(['RetainExceptOnCreate,Retain']);
  });

  test('SNAPSHOT is the cache\'s alone', () => {
    const found = Object.values(kept(CacheEngine.valkey(), RemovalPolicy.SNAPSHOT)).map((pair) => pair.join());
    expect(found.filter((pair) => pair === 'Snapshot,Snapshot')).toHaveLength(1);
    expect(found.filter((pair) => pair === 'Delete,Delete')).toHaveLength(8);
  });

  test('DESTROY is for all', () => {
    expect([...new Set(Object.values(kept(CacheEngine.valkey(), RemovalPolicy.DESTROY)).map((pair) => pair.join()))]).toEqual(['Delete,Delete']);
  });

  test('what was given keeps its own', () => {
    const resources = resourcesOf((stack) => ({
      removalPolicy: RemovalPolicy.RETAIN, securityGroups: [new SecurityGroup(stack, 'Mine', { vpc: importedVpc(stack) })],
    }));
    expect(resources.only(TYPE.securityGroup)).not.toHaveProperty('DeletionPolicy');
  });
});
