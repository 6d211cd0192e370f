// What a cache is when nothing is said. A change here changes running caches of everyone who updates the library.
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheEngine, CacheProfile, CacheTopology } from '../../src';
import { Resources, resourcesOf, TYPE } from '../cache/fixtures';

const cache = resourcesOf();

test('the replication group', () => {
  const { Type, Properties, ...attributes } = cache.only(TYPE.group);
  expect(Properties).toEqual({
    AtRestEncryptionEnabled: true,
    AutomaticFailoverEnabled: true,
    CacheNodeType: 'cache.t4g.medium',
    CacheParameterGroupName: { Ref: 'CacheReplicationGroupParameterGroupValkey8E41B0448' },
    CacheSubnetGroupName: { Ref: 'CacheReplicationGroupSubnetGroup6D0FAA97' },
    ClusterMode: 'disabled',
    Engine: 'valkey',
    EngineVersion: '8.2',
    LogDeliveryConfigurations: [
      {
        DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'CacheReplicationGroupSlowLogE8068B88' } } },
        DestinationType: 'cloudwatch-logs',
        LogFormat: 'json',
        LogType: 'slow-log',
      },
      {
        DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'CacheReplicationGroupEngineLog500B3489' } } },
        DestinationType: 'cloudwatch-logs',
        LogFormat: 'json',
        LogType: 'engine-log',
      },
    ],
    MultiAZEnabled: true,
    NumCacheClusters: 2,
    Port: 6379,
    PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
    ReplicationGroupDescription: 'Stack/Cache',
    SecurityGroupIds: [{ 'Fn::GetAtt': ['CacheSecurityGroup79A9F160', 'GroupId'] }],
    SnapshotRetentionLimit: 7,
    SnapshotWindow: '03:00-04:00',
    TransitEncryptionEnabled: true,
    UserGroupIds: ['stack-cache-user-group-889602c11a'],
  });
  expect(attributes).toEqual({
    DependsOn: ['CacheUserGroupValkeyC928382A'],
    UpdatePolicy: { UseOnlineResharding: true },
    DeletionPolicy: 'Snapshot',
    UpdateReplacePolicy: 'Snapshot',
  });
});

test('the user', () => {
  expect(cache.props(TYPE.user)).toEqual({
    AccessString: 'on ~* &* +@all -@admin -@dangerous +info',
    AuthenticationMode: {
      Type: 'password',
      Passwords: [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'CacheAppUserSecret8589CA80' }, ':SecretString:password::}}']] }],
    },
    Engine: 'valkey',
    UserId: 'stack-cache-app-user-a15f634a29',
    UserName: 'app',
  });
});

test('the user group', () => {
  expect(cache.props(TYPE.userGroup)).toEqual({
    Engine: 'valkey', UserGroupId: 'stack-cache-user-group-889602c11a', UserIds: ['stack-cache-app-user-a15f634a29'],
  });
});

test('the secret', () => {
  // A change of what is generated makes Secrets Manager generate anew: every client would be locked out until it reads the secret again.
  expect(cache.props(TYPE.secret)).toEqual({
    Description: 'Password of the cache user app',
    GenerateSecretString: {
      ExcludePunctuation: true, GenerateStringKey: 'password', IncludeSpace: false, PasswordLength: 64, SecretStringTemplate: '{"username":"app"}',
    },
  });
});

test('the subnet group', () => {
  expect(cache.props(TYPE.subnetGroup)).toEqual({
    Description: 'Subnets of ElastiCache caches: Stack/Cache/ReplicationGroup/SubnetGroup', SubnetIds: ['subnet-a', 'subnet-b'],
  });
});

test('the parameter group: a change of its description replaces it', () => {
  expect(cache.props(TYPE.parameterGroup)).toEqual({ CacheParameterGroupFamily: 'valkey8', Description: 'Settings of valkey8 caches' });
});

test('the security group: a change of its description replaces it', () => {
  expect(cache.props(TYPE.securityGroup)).toEqual({
    GroupDescription: 'Nodes of an ElastiCache cache',
    SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', Description: 'Disallow all traffic', FromPort: 252, IpProtocol: 'icmp', ToPort: 86 }],
    VpcId: 'vpc-1',
  });
});

test('the user named default of a Redis OSS cache', () => {
  const redis = resourcesOf(() => ({ engine: CacheEngine.redis() }));
  expect(Object.values(redis.ofType(TYPE.user)).map(({ Properties }) => Properties)[1]).toEqual({
    AccessString: 'off -@all', AuthenticationMode: { Type: 'no-password-required' }, Engine: 'redis', UserId: 'stack-cache-default-user-0b679042bb', UserName: 'default',
  });
});

test('the cluster of a cache of Memcached', () => {
  const memcached = resourcesOf(() => ({ topology: CacheTopology.memcached() }));
  const { Type, Properties, ...attributes } = memcached.only('AWS::ElastiCache::CacheCluster');
  expect(Properties).toEqual({
    AZMode: 'cross-az',
    CacheNodeType: 'cache.t4g.medium',
    CacheParameterGroupName: { Ref: 'CacheMemcachedClusterParameterGroupMemcached1698736363' },
    CacheSubnetGroupName: { Ref: 'CacheMemcachedClusterSubnetGroupB29E3387' },
    Engine: 'memcached',
    EngineVersion: '1.6.22',
    NumCacheNodes: 2,
    Port: 11211,
    PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
    TransitEncryptionEnabled: true,
    VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['CacheSecurityGroup79A9F160', 'GroupId'] }],
  });
  expect(attributes).toEqual({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  expect(memcached.props(TYPE.parameterGroup)).toEqual({ CacheParameterGroupFamily: 'memcached1.6', Description: 'Settings of memcached1.6 caches' });
});

test('engine versions', () => {
  expect([CacheEngine.valkey(), CacheEngine.redis(), CacheEngine.memcached()].map((engine) => `${engine} ${engine.parameterGroupFamily} ${engine.defaultPort}`)).toEqual([
    'Valkey 8.2 valkey8 6379', 'Redis OSS 7.1 redis7 6379', 'Memcached 1.6.22 memcached1.6 11211',
  ]);
});

/** Statistic, metric and threshold of each alarm. */
function alarmsOf(resources: Resources): string[] {
  return Object.entries(resources.ofType(TYPE.alarm)).map(([, { Properties }]) => {
    const [{ MetricStat }] = Properties.Metrics.filter((each: any) => each.MetricStat);
    return `${MetricStat.Stat} ${MetricStat.Metric.MetricName} ${Properties.ComparisonOperator} ${Properties.Threshold} for ${Properties.EvaluationPeriods} x ${MetricStat.Period} s`;
  });
}

test('alarms', () => {
  expect(alarmsOf(resourcesOf((stack) => ({ alarmTopic: new Topic(stack, 'Ops') })))).toEqual([
    'Average CPUUtilization GreaterThanThreshold 45 for 5 x 60 s',
    'Average DatabaseMemoryUsagePercentage GreaterThanThreshold 80 for 5 x 60 s',
    'Sum Evictions GreaterThanThreshold 100 for 5 x 60 s',
    'Maximum CurrConnections GreaterThanThreshold 52000 for 10 x 60 s',
    'Maximum ReplicationLag GreaterThanThreshold 10 for 15 x 60 s',
  ]);
});

test.each([
  ['DEVELOPMENT', CacheProfile.DEVELOPMENT, ['cache.t4g.micro', 1, false, 0, [], 'Delete']],
  ['PRODUCTION', CacheProfile.PRODUCTION, ['cache.m7g.large', 2, true, 15, [90, 90], 'Snapshot']],
])('profile %s', (name, profile, expected) => {
  const resources = resourcesOf(() => ({ profile }));
  const { CacheNodeType, NumCacheClusters, AutomaticFailoverEnabled, SnapshotRetentionLimit } = resources.group;
  const logs = Object.values(resources.ofType(TYPE.logGroup)).map(({ Properties }) => Properties.RetentionInDays);
  expect(profile.name).toBe(name);
  const { DeletionPolicy } = resources.only(TYPE.group);
  expect([CacheNodeType, NumCacheClusters, AutomaticFailoverEnabled, SnapshotRetentionLimit, logs, DeletionPolicy]).toEqual(expected);
});
