// Logical ids and generated names are a contract: a change of either replaces resources of everyone who updates the library,
// and with a cache its data. Such a change needs a major version and a decision record.
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheClusterOptions, CacheEngine, CacheProfile, CacheTopology, ReplicationGroup, UserGroup, PasswordUser } from '../../src';
import { generatedId } from '../../src/private/names';
import { importedVpc, Resources, resourcesOf, stackOf, TYPE } from '../cache/fixtures';

/** Logical id and type, in the order of creation. */
const typesOf = (resources: Resources) => Object.fromEntries(Object.entries(resources.all).map(([id, { Type }]) => [id, Type]));

const COMMON = {
  CacheSecurityGroup79A9F160: 'AWS::EC2::SecurityGroup',
  CacheAppUserSecret8589CA80: 'AWS::SecretsManager::Secret',
  CacheReplicationGroupSubnetGroup6D0FAA97: 'AWS::ElastiCache::SubnetGroup',
  CacheReplicationGroup5298FEF9: 'AWS::ElastiCache::ReplicationGroup',
};
const LOGS = {
  CacheReplicationGroupSlowLogE8068B88: 'AWS::Logs::LogGroup',
  CacheReplicationGroupEngineLog500B3489: 'AWS::Logs::LogGroup',
};
const VALKEY = {
  CacheAppUserValkeyAB011788: 'AWS::ElastiCache::User',
  CacheUserGroupValkeyC928382A: 'AWS::ElastiCache::UserGroup',
  CacheReplicationGroupParameterGroupValkey8E41B0448: 'AWS::ElastiCache::ParameterGroup',
};
const CLUSTER = {
  CacheAppUserValkeyAB011788: 'AWS::ElastiCache::User',
  CacheUserGroupValkeyC928382A: 'AWS::ElastiCache::UserGroup',
  CacheReplicationGroupParameterGroupValkey8ClusterOn935DEAC8: 'AWS::ElastiCache::ParameterGroup',
};
const REDIS = {
  CacheAppUserRedis42744A4C: 'AWS::ElastiCache::User',
  CacheUserGroupRedis4513B049: 'AWS::ElastiCache::UserGroup',
  CacheDefaultUserRedis5AB9C325: 'AWS::ElastiCache::User',
  CacheReplicationGroupParameterGroupRedis70C50DA4C: 'AWS::ElastiCache::ParameterGroup',
};
const ALARMS = {
  CacheAlarmsHostCpu93BF9C87: 'AWS::CloudWatch::Alarm',
  CacheAlarmsMemory1423E2DB: 'AWS::CloudWatch::Alarm',
  CacheAlarmsEvictions29049525: 'AWS::CloudWatch::Alarm',
  CacheAlarmsConnections491D7B26: 'AWS::CloudWatch::Alarm',
  CacheAlarmsReplicationLagE62992B9: 'AWS::CloudWatch::Alarm',
};

const MANY_NODES_ALARMS = [
  'CacheAlarmsMemcachedCpu9F1D39EA',
  'CacheAlarmsMemcachedCpuFromNode116A235F6C',
  'CacheAlarmsEvictions29049525',
  'CacheAlarmsEvictionsFromNode1157E30E0F',
  'CacheAlarmsConnections491D7B26',
  'CacheAlarmsConnectionsFromNode11ECC7C013',
  'CacheAlarmsSwapD07480F0',
  'CacheAlarmsSwapFromNode116581A633',
];

const MANY_NODES_TELLING = [
  'CacheAlarmsMemcachedCpuAnyNode3BF0240F',
  'CacheAlarmsEvictionsAnyNode13664395',
  'CacheAlarmsConnectionsAnyNode900EC6CA',
  'CacheAlarmsSwapAnyNodeEF7F89F8',
];

describe('logical ids of a cache', () => {
  test.each<[string, CacheClusterOptions, Record<string, string>]>([
    ['by default', {}, { ...COMMON, ...LOGS, ...VALKEY }],
    ['of Redis OSS', { engine: CacheEngine.redis() }, { ...COMMON, ...LOGS, ...REDIS }],
    ['of profile DEVELOPMENT', { profile: CacheProfile.DEVELOPMENT }, { ...COMMON, ...VALKEY }],
    ['of profile PRODUCTION', { profile: CacheProfile.PRODUCTION }, { ...COMMON, ...LOGS, ...VALKEY }],
    ['of a single node', { topology: CacheTopology.singleNode() }, { ...COMMON, ...LOGS, ...VALKEY }],
    ['of shards', { topology: CacheTopology.sharded() }, { ...COMMON, ...LOGS, ...CLUSTER }],
    ['on the way to shards', { topology: CacheTopology.replicated({ clusterCompatible: true }) }, { ...COMMON, ...LOGS, ...CLUSTER }],
  ])('%s', (_, props, expected) => {
    expect(typesOf(resourcesOf(() => props))).toEqual(expected);
  });

  test('with alarms', () => {
    expect(typesOf(resourcesOf((stack) => ({ alarmTopic: new Topic(stack, 'Ops') })))).toEqual({
      OpsA097D252: 'AWS::SNS::Topic', ...COMMON, ...LOGS, ...VALKEY, ...ALARMS,
    });
  });
});

test('logical ids of a replication group, user and user group on their own', () => {
  const stack = stackOf();
  new ReplicationGroup(stack, 'Group', { vpc: importedVpc(stack), userGroup: new UserGroup(stack, 'Users', { users: [new PasswordUser(stack, 'App')] }) });
  expect(typesOf(Resources.of(stack))).toEqual({
    AppSecret6841CEBE: 'AWS::SecretsManager::Secret',
    AppValkey92459CAD: 'AWS::ElastiCache::User',
    UsersValkey406C1B16: 'AWS::ElastiCache::UserGroup',
    GroupC77FDACD: 'AWS::ElastiCache::ReplicationGroup',
    GroupSecurityGroupBA77804F: 'AWS::EC2::SecurityGroup',
    GroupSubnetGroupF4918FBD: 'AWS::ElastiCache::SubnetGroup',
    GroupParameterGroupValkey879A6AE03: 'AWS::ElastiCache::ParameterGroup',
    GroupSlowLog59A94B92: 'AWS::Logs::LogGroup',
    GroupEngineLog9FC50923: 'AWS::Logs::LogGroup',
  });
});

const MEMCACHED = {
  CacheSecurityGroup79A9F160: 'AWS::EC2::SecurityGroup',
  CacheMemcachedClusterSubnetGroupB29E3387: 'AWS::ElastiCache::SubnetGroup',
  CacheMemcachedClusterParameterGroupMemcached1698736363: 'AWS::ElastiCache::ParameterGroup',
  CacheMemcachedClusterT4gMediumTls709A5D51: 'AWS::ElastiCache::CacheCluster',
};

describe('logical ids of a cache of Memcached: the security group is that of any other topology', () => {
  test('by default', () => {
    expect(typesOf(resourcesOf(() => ({ topology: CacheTopology.memcached() })))).toEqual(MEMCACHED);
  });

  test('with alarms, of which the first of each symptom keeps its id when nodes are added', () => {
    const ids = typesOf(resourcesOf((stack) => ({ topology: CacheTopology.memcached({ nodes: 11 }), alarmTopic: new Topic(stack, 'Ops') })));
    expect(Object.keys(ids).filter((id) => ids[id] === 'AWS::CloudWatch::Alarm')).toEqual(MANY_NODES_ALARMS);
    expect(Object.keys(ids).filter((id) => ids[id] === 'AWS::CloudWatch::CompositeAlarm')).toEqual(MANY_NODES_TELLING);
  });
});

describe('generated ids', () => {
  const idsOf = (props: CacheClusterOptions) => {
    const resources = resourcesOf(() => props);
    return [TYPE.user, TYPE.userGroup].flatMap((type) => Object.values(resources.ofType(type)))
      .map(({ Properties }) => Properties.UserId ?? Properties.UserGroupId);
  };

  test('of a Valkey cache', () => {
    expect(idsOf({})).toEqual(['stack-cache-app-user-a15f634a29', 'stack-cache-user-group-889602c11a']);
  });

  test('of a Redis OSS cache', () => {
    expect(idsOf({ engine: CacheEngine.redis() })).toEqual([
      'stack-cache-app-user-600e9001b8', 'stack-cache-default-user-0b679042bb', 'stack-cache-user-group-0f0dc53303',
    ]);
  });

  test('follow from path, stack name, and what replaces the resource', () => {
    expect(generatedId(stackOf('Shop'), 'valkey', 'app')).toBe('shop-c98d1fc9b1');
  });
});
