import { CfnResource, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnKey, IKeyRef, Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { cacheIn, errorOf, importedVpc, Resources, resourcesOf, stackOf, TYPE } from './fixtures';
import {
  AccessString, BackupWindow, CacheAuthentication, CacheClusterOptions, CacheCluster, CacheDefaults, CacheEngine, CacheNodeType, CacheProfile,
  CacheTopology, LogDelivery, MaintenanceWindow, MaxmemoryPolicy, ParameterGroup, Parameters, PasswordUser, RedisVersion, SubnetGroup, UserGroup,
  ValkeyVersion, Weekday,
} from '../../src';

const days = (count: number) => Duration.days(count);
const retentions = (resources: Resources) => Object.values(resources.ofType(TYPE.logGroup)).map(({ Properties }) => Properties.RetentionInDays);
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

describe('profiles', () => {
  describe('DEVELOPMENT', () => {
    const cache = resourcesOf(() => ({ profile: CacheProfile.DEVELOPMENT }));

    test('is a single cache.t4g.micro', () => {
      expect(cache.group).toMatchObject({ NumCacheClusters: 1, CacheNodeType: 'cache.t4g.micro', AutomaticFailoverEnabled: false, MultiAZEnabled: false });
    });

    test('has no backups and no window for them', () => {
      expect(cache.group.SnapshotRetentionLimit).toBe(0);
      expect(cache.group).not.toHaveProperty('SnapshotWindow');
    });

    test('has no logs', () => {
      expect(cache.group).not.toHaveProperty('LogDeliveryConfigurations');
      expect(cache.ids(TYPE.logGroup)).toEqual([]);
    });

    test('is deleted with its stack', () => {
      expect([...new Set(Object.values(policies(cache)).map((pair) => pair.join()))]).toEqual(['Delete,Delete']);
    });

    test('is as secure as every other', () => {
      expect(cache.group).toMatchObject({ TransitEncryptionEnabled: true, AtRestEncryptionEnabled: true, UserGroupIds: [expect.any(String)] });
    });

    test('warns of nothing', () => {
      const stack = stackOf();
      cacheIn(stack, { profile: CacheProfile.DEVELOPMENT });
      expect(warningsOf(stack)).toEqual([]);
    });
  });

  describe('PRODUCTION', () => {
    const cache = resourcesOf(() => ({ profile: CacheProfile.PRODUCTION }));

    test('is replicated over nodes without CPU credits', () => {
      expect(cache.group).toMatchObject({ NumCacheClusters: 2, CacheNodeType: 'cache.m7g.large', AutomaticFailoverEnabled: true, MultiAZEnabled: true });
    });

    test('keeps backups for 15 days and logs for three months', () => {
      expect(cache.group.SnapshotRetentionLimit).toBe(15);
      expect(retentions(cache)).toEqual([90, 90]);
    });

    test('takes a last snapshot', () => {
      expect(cache.only(TYPE.group).DeletionPolicy).toBe('Snapshot');
    });

    test('its logs are left out for an engine that cannot deliver them: what a profile says and the engine cannot do is no mistake of the user', () => {
      const profile = CacheProfile.combine(CacheProfile.PRODUCTION, CacheProfile.of('older nodes', { nodeType: CacheNodeType.R5_LARGE }));
      const old = resourcesOf(() => ({ profile, engine: CacheEngine.redis(RedisVersion.V5_0_6), authentication: CacheAuthentication.none() }));
      expect(old.group).not.toHaveProperty('LogDeliveryConfigurations');
    });
  });

  test('a backup window of a profile has no say when the cache has no backups', () => {
    const stack = stackOf();
    cacheIn(stack, { profile: CacheProfile.of('night', { backupWindow: BackupWindow.of('01:00-02:00') }), backupRetention: days(0) });
    expect(Resources.of(stack).group).not.toHaveProperty('SnapshotWindow');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a log that is asked for by prop and that the engine cannot deliver is a mistake', () => {
    expect(errorOf(() => resourcesOf(() => ({
      slowLog: LogDelivery.cloudWatch(), engine: CacheEngine.redis(RedisVersion.V5_0_6), authentication: CacheAuthentication.none(),
    }))).codes).toEqual(['SlowLogUnsupported']);
  });
});

interface Field {
  readonly name: keyof CacheDefaults;
  readonly read: (resources: Resources) => unknown;
  readonly library: unknown;
  readonly profile: [CacheDefaults, unknown];
  readonly prop: [CacheClusterOptions, unknown];
}

const logRetention = (kind: string) => (resources: Resources) => {
  const delivery = resources.group.LogDeliveryConfigurations?.find(({ LogType }: any) => LogType === kind);
  return delivery && resources.all[delivery.DestinationDetails.CloudWatchLogsDetails.LogGroup.Ref].Properties.RetentionInDays;
};
const memoryThreshold = (resources: Resources) =>
  Object.values(resources.ofType(TYPE.alarm)).find(({ Properties }) => JSON.stringify(Properties).includes('DatabaseMemory'))?.Properties.Threshold;
const week = LogDelivery.cloudWatch({ retention: RetentionDays.ONE_WEEK });

const FIELDS: Field[] = [
  {
    name: 'topology',
    read: ({ group }) => group.NumCacheClusters,
    library: 2,
    profile: [{ topology: CacheTopology.replicated({ replicas: 2 }) }, 3],
    prop: [{ topology: CacheTopology.singleNode() }, 1],
  },
  {
    name: 'nodeType',
    read: ({ group }) => group.CacheNodeType,
    library: 'cache.t4g.medium',
    profile: [{ nodeType: CacheNodeType.M7G_LARGE }, 'cache.m7g.large'],
    prop: [{ topology: CacheTopology.replicated({ nodeType: CacheNodeType.R7G_LARGE }) }, 'cache.r7g.large'],
  },
  {
    name: 'parameters',
    read: (resources) => resources.props(TYPE.parameterGroup).Properties,
    library: undefined,
    profile: [{ parameters: Parameters.custom({ 'maxmemory-policy': 'allkeys-lru', 'timeout': '60' }) }, { 'maxmemory-policy': 'allkeys-lru', 'timeout': '60' }],
    prop: [{ parameters: Parameters.custom({ 'timeout': '30', 'maxmemory-samples': '5' }) },
      { 'maxmemory-policy': 'allkeys-lru', 'timeout': '30', 'maxmemory-samples': '5' }],
  },
  {
    name: 'backupRetention',
    read: ({ group }) => group.SnapshotRetentionLimit,
    library: 7,
    profile: [{ backupRetention: days(3) }, 3],
    prop: [{ backupRetention: days(0) }, 0],
  },
  {
    name: 'backupWindow',
    read: ({ group }) => group.SnapshotWindow,
    library: '03:00-04:00',
    profile: [{ backupWindow: BackupWindow.of('10:00-11:00') }, '10:00-11:00'],
    prop: [{ backupWindow: BackupWindow.of('12:00-13:00') }, '12:00-13:00'],
  },
  {
    name: 'maintenanceWindow',
    read: ({ group }) => group.PreferredMaintenanceWindow,
    library: 'sun:05:00-sun:06:00',
    profile: [{ maintenanceWindow: MaintenanceWindow.of('mon:10:00-mon:11:00') }, 'mon:10:00-mon:11:00'],
    prop: [{ maintenanceWindow: MaintenanceWindow.of('tue:10:00-tue:11:00') }, 'tue:10:00-tue:11:00'],
  },
  {
    name: 'autoMinorVersionUpgrade',
    read: ({ group }) => group.AutoMinorVersionUpgrade,
    library: undefined,
    profile: [{ autoMinorVersionUpgrade: true }, true],
    prop: [{ autoMinorVersionUpgrade: false }, false],
  },
  { name: 'slowLog', read: logRetention('slow-log'), library: 30, profile: [{ slowLog: week }, 7], prop: [{ slowLog: LogDelivery.none() }, undefined] },
  { name: 'engineLog', read: logRetention('engine-log'), library: 30, profile: [{ engineLog: week }, 7], prop: [{ engineLog: LogDelivery.none() }, undefined] },
  {
    name: 'alarmThresholds',
    read: memoryThreshold,
    library: 80,
    profile: [{ alarmThresholds: { memoryPercent: 70 } }, 70],
    prop: [{ alarmThresholds: { memoryPercent: 60 } }, 60],
  },
  {
    name: 'removalPolicy',
    read: (resources) => resources.only(TYPE.group).DeletionPolicy,
    library: 'Snapshot',
    profile: [{ removalPolicy: RemovalPolicy.RETAIN }, 'Retain'],
    prop: [{ removalPolicy: RemovalPolicy.DESTROY }, 'Delete'],
  },
];

describe.each(FIELDS.map((field) => [field.name, field] as const))('the order of precedence for %s', (name, { read, library, profile, prop }) => {
  const valueOf = (props: CacheClusterOptions) => read(resourcesOf((stack) => ({ alarmTopic: new Topic(stack, 'Ops'), ...props })));
  const named = CacheProfile.of('organisation', profile[0]);

  test('the library decides what nobody says', () => expect(valueOf({})).toEqual(library));
  test('a profile wins over the library', () => expect(valueOf({ profile: named })).toEqual(profile[1]));
  test('a prop wins over the profile', () => expect(valueOf({ profile: named, ...prop[0] })).toEqual(prop[1]));
  test('a prop that is undefined hides nothing', () => expect(valueOf({ profile: named, [name]: undefined } as CacheClusterOptions)).toEqual(profile[1]));
  test('a profile\'s field that is undefined hides nothing', () => {
    expect(valueOf({ profile: CacheProfile.of('empty', { [name]: undefined }) })).toEqual(library);
    expect(valueOf({ profile: CacheProfile.combine(named, CacheProfile.of('empty', { [name]: undefined })) })).toEqual(profile[1]);
  });
  test('the last profile of a combination wins', () => {
    const weak = CacheProfile.of('weak', Object.fromEntries(Object.entries(prop[0])) as CacheDefaults);
    expect(valueOf({ profile: CacheProfile.combine(weak, named) })).toEqual(name === 'parameters'
      ? { 'maxmemory-policy': 'allkeys-lru', 'timeout': '60', 'maxmemory-samples': '5' } : name === 'nodeType' ? 'cache.r7g.large' : profile[1]);
  });
});

test('the table of precedence has every field of CacheDefaults', () => {
  const everyField: Record<keyof CacheDefaults, true> = {
    topology: true,
    nodeType: true,
    parameters: true,
    backupRetention: true,
    backupWindow: true,
    maintenanceWindow: true,
    autoMinorVersionUpgrade: true,
    slowLog: true,
    engineLog: true,
    alarmThresholds: true,
    removalPolicy: true,
  };
  expect(FIELDS.map(({ name }) => name).sort()).toEqual(Object.keys(everyField).sort());
});

describe('node types', () => {
  const big = CacheProfile.of('big', { nodeType: CacheNodeType.M7G_LARGE, topology: CacheTopology.singleNode({ nodeType: CacheNodeType.R7G_LARGE }) });

  test('a topology without a node type takes the profile\'s', () => {
    expect(resourcesOf(() => ({ profile: big, topology: CacheTopology.replicated() })).group.CacheNodeType).toBe('cache.m7g.large');
  });

  test('a profile\'s topology wins over its node type, as one that is more precise', () => {
    expect(resourcesOf(() => ({ profile: big })).group.CacheNodeType).toBe('cache.r7g.large');
  });
});

describe('CacheProfile.combine', () => {
  const a = CacheProfile.of('a', { backupRetention: days(1), parameters: Parameters.custom({ x: '1', y: '1' }) });
  const b = CacheProfile.of('b', { slowLog: LogDelivery.none(), parameters: Parameters.custom({ y: '2', z: '2' }) });

  test('names the profile after all of them', () => {
    expect(CacheProfile.combine(a, b).name).toBe('a+b');
  });

  test('keeps the fields of both', () => {
    expect(CacheProfile.combine(a, b).defaults).toMatchObject({ backupRetention: days(1), slowLog: LogDelivery.none() });
  });

  test('merges parameters name by name', () => {
    expect(CacheProfile.combine(a, b).defaults.parameters!.values).toEqual({ x: '1', y: '2', z: '2' });
    expect(CacheProfile.combine(b, a).defaults.parameters!.values).toEqual({ x: '1', y: '1', z: '2' });
  });

  test('leaves what it combines as it was', () => {
    CacheProfile.combine(a, b);
    expect(a.defaults.parameters!.values).toEqual({ x: '1', y: '1' });
    expect(a.defaults).not.toHaveProperty('slowLog');
  });

  test('has no parameters when none has any', () => {
    expect(CacheProfile.combine(CacheProfile.DEVELOPMENT, CacheProfile.PRODUCTION).defaults).not.toHaveProperty('parameters');
  });

  test('takes one profile, and none', () => {
    expect(CacheProfile.combine(a).defaults).toEqual(a.defaults);
    expect(CacheProfile.combine().defaults).toEqual({});
  });

  test('development over production is the cheap one', () => {
    expect(CacheProfile.combine(CacheProfile.PRODUCTION, CacheProfile.DEVELOPMENT).defaults).toEqual(CacheProfile.DEVELOPMENT.defaults);
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

describe('a cache that cannot be', () => {
  const broken = (stack: Stack) => ({
    vpc: Vpc.fromVpcAttributes(stack, 'Public', { vpcId: 'vpc-2', availabilityZones: ['zone-a'], publicSubnetIds: ['subnet-p'] }),
    port: 80,
    cacheName: '-bad-',
    backupRetention: days(99),
    parameters: Parameters.custom({ 'maxmemory-policy': 'newest-first' }),
    authentication: CacheAuthentication.password({ accessString: AccessString.of('reset') }),
    topology: CacheTopology.replicated({ replicas: 7 }),
    securityGroups: [],
  });

  test('tells all its problems at once: how it is called, subnets, parameters, rules, users', () => {
    const stack = stackOf();
    const error = errorOf(() => cacheIn(stack, broken(stack)));
    expect(error.codes!.slice().sort()).toEqual([
      'AccessStringInvalid', 'BackupRetentionOutOfRange', 'NoPrivateSubnets', 'NoSecurityGroups', 'ParameterValueInvalid', 'PortOutOfRange', 'ReplicasOutOfRange',
      'ReplicationGroupIdInvalid',
    ]);
    expect(error.message).toMatch(/^8 problems at Stack\/Cache:\n/);
  });

  test('calls the props as this construct does, not as CloudFormation or the layer below do', () => {
    const stack = stackOf();
    const { message } = errorOf(() => cacheIn(stack, broken(stack)));
    expect(message).toContain('cacheName');
    expect(message).not.toContain('replicationGroupId');
    expect(message).not.toMatch(/NumCacheClusters|SnapshotRetentionLimit|ReplicationGroupId must/);
  });

  test('says authentication where the user wrote that, or nothing', () => {
    const { message } = errorOf(() => resourcesOf(() => ({ engine: CacheEngine.redis(RedisVersion.V5_0_6) })));
    expect(message).toContain('authentication');
    expect(message).not.toContain('userGroup');
  });

  test('leaves nothing behind, and its id can be used again', () => {
    const stack = stackOf();
    const props = broken(stack);
    const state = () => stack.node.findAll().map(({ node }) => [node.path, node.metadata.length]);
    const before = state();
    errorOf(() => cacheIn(stack, props));
    expect(state()).toEqual(before);
    const vpc = Vpc.fromVpcAttributes(stack, 'Good', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-a', 'subnet-b'] });
    expect(() => cacheIn(stack, { vpc })).not.toThrow();
  });

  test.each<[string, (stack: Stack) => CacheClusterOptions]>([
    ['PropsExclusive', (stack) => ({ vpcSubnets: { subnetGroupName: 'x' }, subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'G', 'g') })],
    ['PropsExclusive', (stack) => ({ parameters: Parameters.custom({}), parameterGroup: ParameterGroup.fromParameterGroupName(stack, 'G', 'g') })],
    ['NoSecurityGroups', () => ({ securityGroups: [] })],
    ['NodeTypeUnfitForEngine', () => ({ engine: CacheEngine.redis(), topology: CacheTopology.replicated({ nodeType: CacheNodeType.of('cache.m8g.large') }) })],
    ['ZonesMatchNodes', () => ({ topology: CacheTopology.replicated({ availabilityZones: ['a'] }) })],
    ['WindowsOverlap', () => ({ backupWindow: BackupWindow.of('05:30-06:30'), maintenanceWindow: MaintenanceWindow.of('sun:05:00-sun:06:00') })],
    ['DescriptionInvalid', () => ({ description: '' })],
  ])('%s', (code, props) => {
    expect(errorOf(() => resourcesOf(props)).codes).toEqual([code]);
  });
});

describe('what an update replaces', () => {
  const ids = (engine: CacheEngine) => {
    const resources = resourcesOf(() => ({ engine }));
    return (type: string) => resources.ids(type);
  };
  const physical = (engine: CacheEngine) => {
    const resources = resourcesOf(() => ({ engine }));
    return [TYPE.user, TYPE.userGroup].flatMap((type) => Object.values(resources.ofType(type)))
      .map(({ Properties }) => Properties.UserGroupId ?? Properties.UserId);
  };
  const none = (left: string[], right: string[]) => expect(left.filter((id) => right.includes(id))).toEqual([]);

  describe('from Redis OSS to Valkey', () => {
    const [redis, valkey] = [CacheEngine.redis(), CacheEngine.valkey()];

    test.each([['cache', TYPE.group], ['secret', TYPE.secret], ['security group', TYPE.securityGroup], ['subnet group', TYPE.subnetGroup], ['logs', TYPE.logGroup]])(
      'the %s stays', (_, type) => expect(ids(redis)(type)).toEqual(ids(valkey)(type)));

    test.each([['parameter group', TYPE.parameterGroup], ['users', TYPE.user], ['user group', TYPE.userGroup]])(
      'the %s are other resources, so that the new exist before the old go', (_, type) => none(ids(redis)(type), ids(valkey)(type)));

    test('users and user group have other physical ids, so that both can exist for a while', () => none(physical(redis), physical(valkey)));
  });

  describe('from Valkey 7.2 to 8.2', () => {
    const [older, newer] = [CacheEngine.valkey(ValkeyVersion.V7_2), CacheEngine.valkey(ValkeyVersion.V8_2)];

    test.each([['cache', TYPE.group], ['users', TYPE.user], ['user group', TYPE.userGroup], ['secret', TYPE.secret], ['security group', TYPE.securityGroup]])(
      'the %s stays', (_, type) => expect(ids(older)(type)).toEqual(ids(newer)(type)));

    test('the parameter group is another resource: its family cannot be updated', () => none(ids(older)(TYPE.parameterGroup), ids(newer)(TYPE.parameterGroup)));

    test('users and user group keep their physical ids', () => expect(physical(older)).toEqual(physical(newer)));
  });

  test('within a family nothing but the version changes', () => {
    const [older, newer] = [ValkeyVersion.V8_0, ValkeyVersion.V8_1]
      .map((version) => resourcesOf(() => ({ engine: CacheEngine.valkey(version) })).template);
    expect(JSON.stringify(older).replace('"EngineVersion":"8.0"', '"EngineVersion":"8.1"')).toBe(JSON.stringify(newer));
  });

  test('another name of the user is another user, whose name cannot be updated', () => {
    const userId = (userName: string) => resourcesOf(() => ({ authentication: CacheAuthentication.password({ userName }) })).props(TYPE.user).UserId;
    expect(userId('web')).not.toBe(userId('app'));
  });
});

test('a password user beside the application user can join through its own group', () => {
  const stack = stackOf();
  const users = [new PasswordUser(stack, 'Reader'), new PasswordUser(stack, 'Writer')];
  const cache = cacheIn(stack, { authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Users', { users })) });
  expect(cache.applicationUser).toBeUndefined();
  expect(Resources.of(stack).props(TYPE.userGroup).UserIds).toHaveLength(2);
});
