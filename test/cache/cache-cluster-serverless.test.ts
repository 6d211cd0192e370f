import { App, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  BackupWindow, CacheAuthentication, CacheCluster, CacheClusterProps, CacheEngine, CacheProfile, CacheTopology, LogDelivery, MaintenanceWindow,
  ParameterGroup, Parameters, PasswordUser, ServerlessCache, SubnetGroup, UsageLimits, UserGroup, Weekday,
} from '../../src';
import { newFunction, ourWarnings, TYPE, typesOf } from '../serverless/fixtures';
import { errorOf, expectNoBrokenTokens, newStack, newVpc, propertiesOf, resourceOf } from '../support/cdk';

const topology = CacheTopology.serverless();

function newCache(stack: Stack, props: Partial<CacheClusterProps> = {}, id = 'Cache'): CacheCluster {
  return new CacheCluster(stack, id, { vpc: props.vpc ?? newVpc(stack, `${id}Vpc`), topology, ...props });
}

function propertiesFor(props: Partial<CacheClusterProps>): Record<string, any> {
  const stack = newStack();
  newCache(stack, props);
  return propertiesOf(stack, TYPE);
}

/** The first part of the id at the end of the stack's ARN, arn:<partition>:cloudformation:<region>:<account>:stack/<name>/<id>. */
const DEPLOYMENT = { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }] };

describe('a serverless cache', () => {
  const stack = newStack();
  const cache = newCache(stack);
  const resource = resourceOf(stack, TYPE);

  test('the resources: security group, secret, user and user group are the same as of other topologies', () => {
    expect(typesOf(stack)).toEqual({
      CacheSecurityGroup79A9F160: 'AWS::EC2::SecurityGroup',
      CacheAppUserSecret8589CA80: 'AWS::SecretsManager::Secret',
      CacheAppUserValkeyAB011788: 'AWS::ElastiCache::User',
      CacheUserGroupValkeyC928382A: 'AWS::ElastiCache::UserGroup',
      CacheServerlessCache0972B001: TYPE,
    });
  });

  test('the properties', () => {
    expect(resource.Properties).toEqual({
      ServerlessCacheName: 'stack-cache-serverless-cache-991c00fcbe',
      Description: 'Stack/Cache',
      Engine: 'valkey',
      MajorEngineVersion: '8',
      SubnetIds: ['subnet-a', 'subnet-b'],
      SecurityGroupIds: [{ 'Fn::GetAtt': ['CacheSecurityGroup79A9F160', 'GroupId'] }],
      UserGroupId: 'stack-cache-user-group-889602c11a',
      SnapshotRetentionLimit: 7,
      DailySnapshotTime: '03:00',
      FinalSnapshotName: { 'Fn::Join': ['-', [resource.Properties.ServerlessCacheName, DEPLOYMENT]] },
    });
    expect(resource).toMatchObject({ DependsOn: ['CacheUserGroupValkeyC928382A'], DeletionPolicy: 'Delete' });
  });

  test('the way to what is behind it', () => {
    expect(ServerlessCache.isServerlessCache(cache.serverlessCache)).toBe(true);
    expect(cache.replicationGroup).toBeUndefined();
    expect(cache.node.defaultChild).toBe(cache.serverlessCache!.node.defaultChild);
    expect(stack.resolve([cache.endpoint.hostname, cache.readerEndpoint.hostname])).toEqual(
      ['Endpoint.Address', 'ReaderEndpoint.Address'].map((name) => ({ 'Fn::GetAtt': [resource.logicalId, name] })));
    expect([cache.endpoint.port, cache.readerEndpoint.port, cache.transitEncryption]).toEqual([6379, 6380, true]);
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('other topologies have no serverless cache', () => {
    expect(new CacheCluster(newStack(), 'Cache', { vpc: newVpc(newStack()) }).serverlessCache).toBeUndefined();
  });
});

describe('settings', () => {
  test.each<[string, Partial<CacheClusterProps>, Record<string, unknown>]>([
    ['limits', { topology: CacheTopology.serverless({ limits: UsageLimits.of({ maxStorage: Size.gibibytes(10) }) }) }, { CacheUsageLimits: { DataStorage: { Maximum: 10, Unit: 'GB' } } }],
    ['name', { cacheName: 'Feed' }, { ServerlessCacheName: 'feed' }],
    ['backups', { backupRetention: Duration.days(1), backupWindow: BackupWindow.of('22:00-23:00') }, { SnapshotRetentionLimit: 1, DailySnapshotTime: '22:00' }],
    ['no users', { authentication: CacheAuthentication.none() }, { UserGroupId: undefined }],
    ['Redis OSS', { engine: CacheEngine.redis() }, { Engine: 'redis', MajorEngineVersion: '7', UserGroupId: 'stack-cache-user-group-0f0dc53303' }],
    ['Memcached, which has no users', { engine: CacheEngine.memcached() }, { Engine: 'memcached', MajorEngineVersion: '1.6', UserGroupId: undefined }],
    ['a profile with the topology', { topology: undefined, profile: CacheProfile.of('Ours', { topology }) }, { Engine: 'valkey' }],
    ['a profile\'s window beside no backups', { backupRetention: Duration.days(0), profile: CacheProfile.of('Ours', { backupWindow: BackupWindow.of('22:00-23:00') }) },
      { DailySnapshotTime: undefined, SnapshotRetentionLimit: undefined }],
  ])('%s', (_, props, expected) => expect(propertiesFor(props)).toEqual(expect.objectContaining(
    Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)))));

  test('what is left out is left out', () => {
    expect(propertiesFor({ engine: CacheEngine.memcached() })).not.toHaveProperty('UserGroupId');
    expect(propertiesFor({ backupRetention: Duration.days(0) })).not.toHaveProperty('SnapshotRetentionLimit');
  });

  test('DEVELOPMENT: no backups, no last snapshot', () => {
    const stack = newStack();
    newCache(stack, { profile: CacheProfile.DEVELOPMENT });
    const { Properties, DeletionPolicy } = resourceOf(stack, TYPE);
    expect(Properties).not.toHaveProperty('SnapshotRetentionLimit');
    expect(Properties).not.toHaveProperty('DailySnapshotTime');
    expect(Properties).not.toHaveProperty('FinalSnapshotName');
    expect(DeletionPolicy).toBe('Delete');
  });

  test('a retained cache keeps what it stands on', () => {
    const stack = newStack();
    newCache(stack, { removalPolicy: RemovalPolicy.RETAIN, encryptionKey: new Key(stack, 'Key') });
    Object.entries<any>(Template.fromStack(stack).toJSON().Resources).forEach(([, { Type, DeletionPolicy }]) => expect([Type, DeletionPolicy]).toEqual([Type, 'Retain']));
  });

  test('PRODUCTION: the node type, windows and logs of a profile have no say', () => {
    const stack = newStack();
    newCache(stack, {
      profile: CacheProfile.combine(CacheProfile.PRODUCTION, CacheProfile.of('All', {
        parameters: Parameters.custom({ timeout: '1' }),
        maintenanceWindow: MaintenanceWindow.weekly({ day: Weekday.MONDAY, hour: 1 }),
        autoMinorVersionUpgrade: false,
        topology,
      })),
      topology: undefined,
    });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ SnapshotRetentionLimit: 15 });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });
});

describe('engine, topology and profile', () => {
  const profile = CacheProfile.of('Ours', { topology });
  const NODES = 'AWS::ElastiCache::CacheCluster';
  const GROUP = 'AWS::ElastiCache::ReplicationGroup';

  test.each<[string, Partial<CacheClusterProps>, string, string]>([
    ['neither', {}, GROUP, 'valkey'],
    ['Memcached alone is on nodes', { engine: CacheEngine.memcached() }, NODES, 'memcached'],
    ['Memcached is serverless when that is written', { engine: CacheEngine.memcached(), topology }, TYPE, 'memcached'],
    ['Memcached is serverless with a profile of serverless caches', { engine: CacheEngine.memcached(), profile }, TYPE, 'memcached'],
    ['so is every engine', { engine: CacheEngine.redis(), profile }, TYPE, 'redis'],
    ['a profile of replicas gives way to Memcached', { engine: CacheEngine.memcached(), profile: CacheProfile.DEVELOPMENT }, NODES, 'memcached'],
    ['a profile of Memcached gives way to Valkey', { engine: CacheEngine.valkey(), profile: CacheProfile.of('Pages', { topology: CacheTopology.memcached() }) },
      GROUP, 'valkey'],
    ['a profile gives way to a topology', { topology: CacheTopology.memcached(), profile }, NODES, 'memcached'],
  ])('%s', (_, props, type, engine) => {
    const stack = newStack();
    newCache(stack, { topology: undefined, ...props });
    expect(Object.values(typesOf(stack)).filter((each) => [TYPE, NODES, GROUP].includes(each))).toEqual([type]);
    expect(propertiesOf(stack, type)).toMatchObject({ Engine: engine });
  });

  test('one construct is behind a cache, found under its own name', () => {
    const behind = (kind: CacheTopology) => {
      const { replicationGroup, memcachedCluster, serverlessCache } = newCache(newStack(), { topology: kind });
      return [replicationGroup, memcachedCluster, serverlessCache].map((each) => each !== undefined);
    };
    expect(behind(CacheTopology.replicated())).toEqual([true, false, false]);
    expect(behind(CacheTopology.memcached())).toEqual([false, true, false]);
    expect(behind(topology)).toEqual([false, false, true]);
  });
});

describe('what has no meaning', () => {
  test.each<[string, (stack: Stack) => Partial<CacheClusterProps>]>([
    ['parameters', () => ({ parameters: Parameters.custom({ timeout: '1' }) })],
    ['parameterGroup', (stack) => ({ parameterGroup: new ParameterGroup(stack, 'Parameters', { engine: CacheEngine.valkey() }) })],
    ['subnetGroup', (stack) => ({ subnetGroup: SubnetGroup.fromSubnetGroupName(stack, 'Subnets', 'theirs') })],
    ['maintenanceWindow', () => ({ maintenanceWindow: MaintenanceWindow.weekly({ day: Weekday.MONDAY, hour: 1 }) })],
    ['notificationTopic', (stack) => ({ notificationTopic: new Topic(stack, 'Topic') })],
    ['slowLog', () => ({ slowLog: LogDelivery.none() })],
    ['engineLog', () => ({ engineLog: LogDelivery.cloudWatch() })],
    ['port', () => ({ port: 6379 })],
    ['autoMinorVersionUpgrade', () => ({ autoMinorVersionUpgrade: true })],
  ])('%s', (name, props) => {
    const stack = newStack();
    const error = errorOf(() => newCache(stack, props(stack)));
    expect(error.codes).toEqual(['PropNotForTopology']);
    expect(error.message).toMatch(new RegExp(`${name} has no meaning for this topology: .*(leave it out|use vpcSubnets) at Stack/Cache`));
    expect(stack.node.tryFindChild('Cache')).toBeUndefined();
  });

  test('an engine of another kind of cache', () => {
    const error = errorOf(() => newCache(newStack(), { engine: CacheEngine.memcached(), topology: CacheTopology.replicated() }));
    expect(error.codes).toEqual(['EngineTopologyMismatch']);
    expect(error.message).toContain('topology replicated runs valkey and redis, got engine: Memcached 1.6.22');
  });

  test('what has no meaning and what rules refuse are in one error', () => {
    const error = errorOf(() => newCache(newStack(), { port: 6379, slowLog: LogDelivery.none(), cacheName: 'a_b' }));
    expect(error.codes).toEqual(['PropNotForTopology', 'PropNotForTopology', 'ServerlessCacheNameInvalid']);
  });

  test('a password for Memcached', () => {
    const error = errorOf(() => newCache(newStack(), { engine: CacheEngine.memcached(), authentication: CacheAuthentication.password() }));
    expect(error.codes).toContain('ServerlessUserGroupUnsupported');
    expect(error.message).toContain('authentication is not offered by Memcached');
  });

  test('all problems are in one error, in the words of this construct', () => {
    const error = errorOf(() => newCache(newStack(), { cacheName: 'a_b', backupRetention: Duration.days(36), securityGroups: [] }));
    expect(error.codes).toEqual(['NoSecurityGroups', 'ServerlessCacheNameInvalid', 'ServerlessRetentionOutOfRange']);
    expect(error.message).toContain('cacheName must have letters');
  });

  test('a group of Valkey users for Redis OSS', () => {
    const stack = newStack();
    const userGroup = new UserGroup(stack, 'Users', { users: [new PasswordUser(stack, 'App')] });
    const error = errorOf(() => newCache(stack, { engine: CacheEngine.redis(), authentication: CacheAuthentication.userGroup(userGroup) }));
    expect(error.codes).toEqual(['ServerlessUserGroupEngineUnfit']);
  });
});

describe('clients', () => {
  test.each(['cache', 'client'])('in another stack, the %s made first', (first) => {
    const app = new App();
    const [net, caches, clients] = ['Net', 'Caches', 'Clients'].map((id) => new Stack(app, id));
    const vpc = new Vpc(net, 'Vpc', { maxAzs: 2 });
    const early = first === 'client' ? newFunction(clients, vpc) : undefined;
    const cache = newCache(caches, { vpc, encryptionKey: new Key(caches, 'Key') });
    const access = cache.grantAccess(early ?? newFunction(clients, vpc));
    expect(access.user).toBe(cache.applicationUser);
    expect(access.grant!.success).toBe(true);
    const template = Template.fromStack(clients);
    expect(Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties.FromPort)).toEqual([6379, 6380]);
    expect(Object.keys(propertiesOf(clients, 'AWS::Lambda::Function').Environment.Variables)).toEqual(
      ['CACHE_HOST', 'CACHE_PORT', 'CACHE_TLS', 'CACHE_READER_HOST', 'CACHE_READER_PORT', 'CACHE_USERNAME', 'CACHE_SECRET_ARN']);
    expect(clients.dependencies).toContain(caches);
    expect(caches.dependencies).not.toContain(clients);
    expectNoBrokenTokens(template.toJSON());
  });

  test('of Memcached have no user, whether the cache is of this app or not', () => {
    const stack = newStack();
    const user = new PasswordUser(stack, 'User');
    const fn = newFunction(stack, newVpc(stack));
    const theirs = ServerlessCache.fromServerlessCacheAttributes(stack, 'Theirs', { serverlessCacheName: 'theirs', engine: CacheEngine.memcached() });
    for (const cache of [newCache(stack, { engine: CacheEngine.memcached() }), theirs]) {
      expect(errorOf(() => cache.grantAccess(fn, { user })).codes).toEqual(['UserNotPossible']);
    }
  });

  test('two caches of one stack have names, users and groups of their own', () => {
    const stack = newStack();
    ['One', 'Two'].forEach((id) => newCache(stack, {}, id));
    const template = Template.fromStack(stack);
    for (const [type, name] of [[TYPE, 'ServerlessCacheName'], ['AWS::ElastiCache::User', 'UserId'], ['AWS::ElastiCache::UserGroup', 'UserGroupId']]) {
      expect(new Set(Object.values(template.findResources(type)).map(({ Properties }) => Properties[name])).size).toBe(2);
    }
  });

  test('another topology keeps security group, secret, user and user group', () => {
    const kept = (props: Partial<CacheClusterProps>) => {
      const stack = newStack();
      newCache(stack, props);
      return Object.entries(typesOf(stack)).filter(([, type]) => /SecurityGroup|Secret|User/.test(type));
    };
    expect(kept({})).toEqual(kept({ topology: CacheTopology.replicated() }));
  });

  test('security groups that are given are those of the cache', () => {
    const stack = newStack();
    const cache = newCache(stack, { securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-1')] });
    expect(cache.connections.securityGroups.map(({ securityGroupId }) => securityGroupId)).toEqual(['sg-1']);
  });
});
