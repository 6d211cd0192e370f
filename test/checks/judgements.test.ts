// Every rule over plain CloudFormation, on both sides of its border, without CDK.
import { USER_GROUP_RULES, USER_RULES } from '../../src/access/access-rules';
import { evaluate, Relations, ResourceView, Rule, UNKNOWN } from '../../src/checks/rule';
import { GLOBAL_DATASTORE_RULES } from '../../src/global/global-datastore-rules';
import { SUBNET_GROUP_RULES } from '../../src/network/subnet-group-rules';
import { PARAMETER_GROUP_RULES } from '../../src/parameters/parameter-group-rules';
import { REPLICATION_GROUP_RULES } from '../../src/replication-group/replication-group-rules';
import { GLOBAL_JUDGEMENTS, GROUP_JUDGEMENTS } from '../replication-group/rule-judgements';

const RULES: readonly Rule[] = [
  ...REPLICATION_GROUP_RULES, ...GLOBAL_DATASTORE_RULES, ...USER_RULES, ...USER_GROUP_RULES, ...SUBNET_GROUP_RULES, ...PARAMETER_GROUP_RULES,
];

type Sample = Record<string, unknown> & { readonly related?: Relations };

interface Judgement {
  readonly code: string;
  readonly bad: readonly Sample[];
  readonly good: readonly Sample[];
  /** Properties of which the rule only asks whether they are written: a token is written. */
  readonly asksForPresence?: readonly string[];
}

const of = (type: string, properties: Record<string, unknown>, relations?: Relations) => [new ResourceView(type, properties, {}, relations)];
const family = (name: unknown, settings?: object): Relations => ({
  CacheParameterGroupName: of('AWS::ElastiCache::ParameterGroup', { CacheParameterGroupFamily: name, Properties: settings }),
});
const topic = (properties: Record<string, unknown>): Relations => ({ NotificationTopicArn: of('AWS::SNS::Topic', properties) });
const userGroup = (engine: unknown): Relations => ({ UserGroupIds: of('AWS::ElastiCache::UserGroup', { Engine: engine }) });
const zones = (...names: unknown[]): Relations => ({
  CacheSubnetGroupName: of('AWS::ElastiCache::SubnetGroup', {}, { SubnetIds: names.flatMap((name) => of('AWS::EC2::Subnet', { AvailabilityZone: name })) }),
});
/** Members of a group; `undefined` is one that is not of this app. */
const users = (...members: (Record<string, unknown> | undefined)[]): Relations => ({
  UserIds: members.flatMap((member) => member ? of('AWS::ElastiCache::User', member) : [undefined]),
});
const app = { UserName: 'app', Engine: 'redis', AuthenticationMode: { Type: 'password' } };
const byDefault = { UserName: 'default', Engine: 'redis', AuthenticationMode: { Type: 'no-password-required' } };
const password = (...lengths: number[]) => ({ AuthenticationMode: { Type: 'password', Passwords: lengths.map((length) => 'x'.repeat(length)) } });
const logs = (...types: string[]) => ({ LogDeliveryConfigurations: types.map((LogType) => ({ LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs' })) });

const JUDGEMENTS: readonly Judgement[] = [
  // Replication groups
  ...GROUP_JUDGEMENTS,
  ...GLOBAL_JUDGEMENTS,
  {
    code: 'EngineHasNoReplicationGroups',
    bad: [{ Engine: 'memcached' }, { Engine: 'Memcached' }],
    good: [{}, { Engine: 'valkey' }, { Engine: 'redis' }, { Engine: 'keydb' }],
  },
  {
    code: 'ReplicationGroupIdInvalid',
    bad: ['', '1cache', 'my_cache', 'a--b', 'a-', '-a', 'my.cache', 'my cache', 'caché', 'x'.repeat(41)].map((id) => ({ ReplicationGroupId: id })),
    good: [{}, ...['a', 'A', 'my-cache-1', 'MyCache', 'x'.repeat(40)].map((id) => ({ ReplicationGroupId: id }))],
  },
  {
    code: 'ReplicasOutOfRange',
    bad: [
      ...[0, 7, -1, 1.5, NaN].map((nodes) => ({ NumCacheClusters: nodes })), ...[-1, 6, 0.5].map((replicas) => ({ ReplicasPerNodeGroup: replicas })),
      { NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: 6 }] },
    ],
    good: [
      {}, ...[1, 2, 6].map((nodes) => ({ NumCacheClusters: nodes })), ...[0, 5].map((replicas) => ({ ReplicasPerNodeGroup: replicas })),
      { NodeGroupConfiguration: [{ ReplicaCount: 0 }, { ReplicaCount: 5 }, {}] },
    ],
  },
  {
    code: 'FailoverNeedsReplica',
    bad: [{ AutomaticFailoverEnabled: true, NumCacheClusters: 1 }],
    good: [
      { AutomaticFailoverEnabled: true, NumCacheClusters: 2 }, { AutomaticFailoverEnabled: false, NumCacheClusters: 1 },
      { AutomaticFailoverEnabled: true }, { AutomaticFailoverEnabled: true, NumNodeGroups: 1, ReplicasPerNodeGroup: 0 },
    ],
  },
  {
    code: 'MultiAzNeedsFailover',
    bad: [{ MultiAZEnabled: true, AutomaticFailoverEnabled: false }, { MultiAZEnabled: true }],
    good: [{}, { MultiAZEnabled: true, AutomaticFailoverEnabled: true }, { MultiAZEnabled: false, AutomaticFailoverEnabled: false }],
  },
  {
    code: 'MultiAzInOneZone',
    bad: [{ MultiAZEnabled: true, related: zones('a', 'a') }, { MultiAZEnabled: true, related: zones('a') }, { MultiAZEnabled: true, related: zones(UNKNOWN) }],
    good: [
      { MultiAZEnabled: true, related: zones('a', 'b') }, { MultiAZEnabled: false, related: zones('a', 'a') }, { MultiAZEnabled: true, related: zones() },
      { MultiAZEnabled: true, related: zones(UNKNOWN, UNKNOWN) }, { MultiAZEnabled: true, related: zones('a', UNKNOWN) },
    ],
  },
  {
    code: 'ZonesMatchNodes',
    bad: [{ PreferredCacheClusterAZs: ['a'], NumCacheClusters: 2 }, { PreferredCacheClusterAZs: ['a', 'b', 'c'], NumCacheClusters: 2 }],
    good: [{ PreferredCacheClusterAZs: ['a', 'b'], NumCacheClusters: 2 }, { NumCacheClusters: 2 }, { PreferredCacheClusterAZs: ['a'] }],
  },
  {
    code: 'UserGroupNeedsTls',
    asksForPresence: ['UserGroupIds'],
    bad: [{ UserGroupIds: ['g'], TransitEncryptionEnabled: false }, { UserGroupIds: ['g'] }],
    good: [{ UserGroupIds: ['g'], TransitEncryptionEnabled: true }, { TransitEncryptionEnabled: false }, { UserGroupIds: [], TransitEncryptionEnabled: false }],
  },
  {
    code: 'UserGroupUnsupported',
    asksForPresence: ['UserGroupIds'],
    bad: [{ UserGroupIds: ['g'], Engine: 'redis', EngineVersion: '5.0.6' }, { UserGroupIds: ['g'], Engine: 'Redis', EngineVersion: '4.0.10' }],
    good: [
      { UserGroupIds: ['g'], Engine: 'redis', EngineVersion: '6.0' }, { UserGroupIds: ['g'], Engine: 'redis' },
      { UserGroupIds: ['g'], Engine: 'redis', EngineVersion: '6.x' }, { UserGroupIds: ['g'], Engine: 'valkey', EngineVersion: '7.2' },
      { Engine: 'redis', EngineVersion: '5.0.6' }, { UserGroupIds: [], Engine: 'redis', EngineVersion: '5.0.6' },
    ],
  },
  {
    code: 'UserGroupEngineUnfit',
    bad: [{ Engine: 'redis', related: userGroup('valkey') }, { Engine: 'redis', related: userGroup('VALKEY') }],
    good: [{ Engine: 'redis', related: userGroup('redis') }, { Engine: 'valkey', related: userGroup('valkey') }, { Engine: 'valkey', related: userGroup('redis') }],
  },
  {
    code: 'KeyNeedsAtRestEncryption',
    asksForPresence: ['KmsKeyId'],
    bad: [{ KmsKeyId: 'k', AtRestEncryptionEnabled: false }],
    // Left out, the service's default counts: on for Valkey.
    good: [{ KmsKeyId: 'k', AtRestEncryptionEnabled: true }, { KmsKeyId: 'k' }, { AtRestEncryptionEnabled: false }],
  },
  {
    code: 'ParameterGroupFamilyMismatch',
    bad: [
      { Engine: 'valkey', EngineVersion: '8.2', related: family('valkey7') }, { Engine: 'redis', EngineVersion: '7.1', related: family('redis6.x') },
      { Engine: 'valkey', EngineVersion: '9.2', related: family('valkey8') }, { Engine: 'valkey', EngineVersion: '7.2', related: family('redis7') },
    ],
    good: [
      { Engine: 'valkey', EngineVersion: '8.2', related: family('valkey8') }, { Engine: 'redis', EngineVersion: '6.x', related: family('redis6.x') },
      { Engine: 'valkey', related: family('valkey7') },
    ],
  },
  {
    code: 'EngineVersionNotCreatable',
    bad: [
      { Engine: 'valkey', EngineVersion: '9.0.0' }, { Engine: 'redis', EngineVersion: '6.2.6' }, { Engine: 'redis', EngineVersion: '7.0.7' },
      { Engine: 'redis', EngineVersion: '3.2.10' }, { Engine: 'redis', EngineVersion: '2.8.24' },
    ],
    good: [
      { Engine: 'valkey', EngineVersion: '9.0' }, { Engine: 'redis', EngineVersion: '6.2' }, { Engine: 'redis', EngineVersion: '5.0.6' },
      { Engine: 'redis', EngineVersion: '4.0.10' }, { Engine: 'redis', EngineVersion: '6.x' }, { EngineVersion: '9.0.0' }, { Engine: 'valkey' },
    ],
  },
  {
    code: 'NodeTypeNotCreatable',
    bad: ['cache.t1.micro', 'cache.m1.small', 'cache.m2.xlarge', 'cache.m3.large', 'cache.c1.xlarge', 'cache.r3.large'].map((type) => ({ CacheNodeType: type })),
    good: [{}, ...['cache.t2.micro', 'cache.t4g.medium', 'cache.x99.large'].map((type) => ({ CacheNodeType: type }))],
  },
  {
    code: 'NodeTypeUnfitForEngine',
    bad: [
      ...['cache.m8g.large', 'cache.r8g.large', 'cache.c8gn.large'].map((type) => ({ CacheNodeType: type, Engine: 'redis' })),
      { CacheNodeType: 'cache.r7g.large', Engine: 'redis', EngineVersion: '6.0' },
      { CacheNodeType: 'cache.r6gd.xlarge', Engine: 'redis', EngineVersion: '6.0' },
      { CacheNodeType: 'cache.m6g.large', Engine: 'redis', EngineVersion: '4.0.10' },
      { CacheNodeType: 'cache.t4g.small', Engine: 'redis', EngineVersion: '4.0.10' },
    ],
    good: [
      { CacheNodeType: 'cache.r8g.large', Engine: 'valkey', EngineVersion: '7.2' }, { CacheNodeType: 'cache.r7g.large', Engine: 'redis', EngineVersion: '6.2' },
      { CacheNodeType: 'cache.r7g.large', Engine: 'redis', EngineVersion: '6.x' }, { CacheNodeType: 'cache.r7g.large', Engine: 'redis' },
      { CacheNodeType: 'cache.m6g.large', Engine: 'redis', EngineVersion: '5.0.6' }, { CacheNodeType: 'cache.r5.large', Engine: 'redis', EngineVersion: '4.0.10' },
      // AWS prints two lowest versions for it, so nothing is refused.
      { CacheNodeType: 'cache.t4g.micro', Engine: 'redis', EngineVersion: '4.0.10' },
      { CacheNodeType: 'cache.r9g.large', Engine: 'redis', EngineVersion: '7.1' }, { CacheNodeType: 'cache.r8g.large' },
    ],
  },
  {
    code: 'DataTieringMustMatchNodeType',
    bad: [
      { CacheNodeType: 'cache.r6g.xlarge', DataTieringEnabled: true }, { CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: false },
      { CacheNodeType: 'cache.r6gd.xlarge' },
    ],
    good: [
      { CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }, { CacheNodeType: 'cache.r6g.xlarge', DataTieringEnabled: false },
      { CacheNodeType: 'cache.r6g.xlarge' }, { CacheNodeType: 'cache.r9gd.xlarge', DataTieringEnabled: true }, { DataTieringEnabled: true },
    ],
  },
  {
    code: 'DataTieringEvictionPolicy',
    bad: ['volatile-random', 'allkeys-random', 'volatile-ttl'].map((policy) => ({ DataTieringEnabled: true, related: family('valkey8', { 'maxmemory-policy': policy }) })),
    good: [
      ...['noeviction', 'volatile-lru', 'allkeys-lru', 'volatile-lfu', 'allkeys-lfu', UNKNOWN]
        .map((policy) => ({ DataTieringEnabled: true, related: family('valkey8', { 'maxmemory-policy': policy }) })),
      { DataTieringEnabled: true, related: family('valkey8') }, { related: family('valkey8', { 'maxmemory-policy': 'volatile-ttl' }) },
    ],
  },
  {
    code: 'SlowLogUnsupported',
    bad: [{ Engine: 'redis', EngineVersion: '5.0.6', ...logs('slow-log') }, { Engine: 'redis', EngineVersion: '4.0.10', ...logs('engine-log', 'slow-log') }],
    good: [
      { Engine: 'redis', EngineVersion: '6.0', ...logs('slow-log') }, { Engine: 'redis', EngineVersion: '5.0.6', ...logs('engine-log') },
      { Engine: 'redis', EngineVersion: '5.0.6', ...logs() }, { Engine: 'redis', EngineVersion: '5.0.6' }, { Engine: 'redis', ...logs('slow-log') },
    ],
  },
  {
    code: 'EngineLogUnsupported',
    bad: [{ Engine: 'redis', EngineVersion: '6.0', ...logs('engine-log') }, { Engine: 'redis', EngineVersion: '5.0.6', ...logs('slow-log', 'engine-log') }],
    good: [
      { Engine: 'redis', EngineVersion: '6.2', ...logs('engine-log') }, { Engine: 'redis', EngineVersion: '6.0', ...logs('slow-log') },
      { Engine: 'valkey', EngineVersion: '7.2', ...logs('engine-log') }, { Engine: 'redis', EngineVersion: '6.x', ...logs('engine-log') },
    ],
  },
  {
    code: 'PortOutOfRange',
    bad: [1149, 8005, 65536, 0, -1, 6379.5].map((port) => ({ Port: port })),
    good: [{}, ...[1150, 6379, 8004, 8006, 65535].map((port) => ({ Port: port }))],
  },
  {
    code: 'BackupRetentionOutOfRange',
    bad: [-1, 36, 1.5].map((days) => ({ SnapshotRetentionLimit: days })),
    good: [{}, ...[0, 1, 35].map((days) => ({ SnapshotRetentionLimit: days }))],
  },
  {
    code: 'WindowsOverlap',
    bad: [{ SnapshotWindow: '03:00-05:30', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }, { SnapshotWindow: '05:59-07:00', PreferredMaintenanceWindow: 'SUN:05:00-SUN:06:00' }],
    good: [
      { SnapshotWindow: '03:00-05:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }, { SnapshotWindow: '06:00-07:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' },
      { SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'sun:23:00-mon:00:00' }, { SnapshotWindow: '03:00-05:30' },
      { SnapshotWindow: 'no window', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' },
    ],
  },
  {
    code: 'WindowsMayOverlap',
    bad: [{ SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'sun:23:00-mon:00:00' }, { SnapshotWindow: '00:00-01:00', PreferredMaintenanceWindow: 'sun:23:00-mon:00:30' }],
    good: [
      { SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' },
      { SnapshotWindow: '03:00-05:30', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' },
    ],
  },
  {
    code: 'BackupWindowWithoutBackups',
    asksForPresence: ['SnapshotWindow'],
    bad: [{ SnapshotWindow: '03:00-04:00', SnapshotRetentionLimit: 0 }],
    good: [{ SnapshotWindow: '03:00-04:00', SnapshotRetentionLimit: 1 }, { SnapshotRetentionLimit: 0 }, { SnapshotWindow: '03:00-04:00' }],
  },
  {
    code: 'NotificationTopicEncrypted',
    bad: [{ related: topic({ KmsMasterKeyId: 'alias/aws/sns' }) }, { related: topic({ KmsMasterKeyId: UNKNOWN }) }],
    good: [{}, { related: topic({}) }],
  },
  {
    code: 'DescriptionInvalid',
    bad: ['', 'x'.repeat(256)].map((text) => ({ ReplicationGroupDescription: text })),
    good: ['x', 'x'.repeat(255)].map((text) => ({ ReplicationGroupDescription: text })),
  },
  {
    code: 'RedisExtendedSupport',
    bad: [{ Engine: 'redis', EngineVersion: '5.0.6' }, { Engine: 'redis', EngineVersion: '4.0.10' }],
    good: [{ Engine: 'redis', EngineVersion: '6.0' }, { Engine: 'valkey', EngineVersion: '7.2' }, { Engine: 'redis', EngineVersion: '6.x' }, { Engine: 'redis' }],
  },

  // Users
  {
    code: 'UserIdInvalid',
    bad: ['default', 'Default', '', '1user', 'a_b', 'a--b', 'a-', 'a.b'].map((id) => ({ UserId: id })),
    good: [{}, ...['a', 'my-user-1', 'x'.repeat(40)].map((id) => ({ UserId: id }))],
  },
  {
    code: 'PasswordLengthInvalid',
    bad: [password(15), password(129), password(0), password(16, 15), { Passwords: ['short'] }],
    good: [password(16), password(128), password(16, 128), { AuthenticationMode: { Type: 'iam' } }, { Passwords: ['x'.repeat(16)] }, {}],
  },
  {
    code: 'PasswordCountInvalid',
    bad: [password(16, 16, 16), password(), { Passwords: ['x'.repeat(16), 'y'.repeat(16), 'z'.repeat(16)] }],
    good: [password(16), password(16, 16), { AuthenticationMode: { Type: 'password' } }, { AuthenticationMode: { Type: 'iam' } }, { Passwords: ['x'.repeat(16)] }],
  },
  {
    code: 'AccessStringInvalid',
    bad: ['on >secret ~* +@all', 'on nopass ~* +@all', 'on resetpass', 'on #abc', 'reset on', 'on !abc', 'on <secret', 'on +@everything', 'on everything'].map((text) => ({ AccessString: text })),
    good: [{}, ...['on ~* +@all', 'off -@all', 'on ~app:* &* -@all +@read'].map((text) => ({ AccessString: text }))],
  },
  {
    code: 'AccessStringDoubtful',
    bad: ['~* +@all', 'on ~* +@bloom', 'on resetkeys +@all'].map((text) => ({ AccessString: text })),
    good: [{}, ...['on ~* +@all', 'off'].map((text) => ({ AccessString: text }))],
  },
  {
    code: 'ValkeyUserNeedsPassword',
    bad: [
      { Engine: 'valkey', AuthenticationMode: { Type: 'no-password-required' } }, { Engine: 'valkey', NoPasswordRequired: true },
      { Engine: 'VALKEY', NoPasswordRequired: true },
    ],
    good: [
      { Engine: 'redis', NoPasswordRequired: true }, { Engine: 'valkey', AuthenticationMode: { Type: 'iam' } }, { Engine: 'valkey', NoPasswordRequired: false },
      { Engine: 'valkey', ...password(16) },
    ],
  },

  // User groups
  {
    code: 'UserGroupIdInvalid',
    bad: ['', '1group', 'a_b', 'a--b', 'a-'].map((id) => ({ UserGroupId: id })),
    good: [{}, ...['a', 'my-group-1'].map((id) => ({ UserGroupId: id }))],
  },
  {
    code: 'DefaultUserRequired',
    bad: [{ Engine: 'redis', related: users(app) }, { Engine: 'redis', related: users() }],
    good: [
      { Engine: 'redis', UserIds: ['app', 'd'], related: users(app, byDefault) }, { Engine: 'valkey', UserIds: ['app'], related: users(app) },
      // The user that every account has.
      { Engine: 'redis', UserIds: ['app', 'default'], related: users(app) },
      { Engine: 'redis', related: users(app, { UserName: UNKNOWN }) },
      { Engine: 'redis', related: users(app, undefined) },
    ],
  },
  {
    code: 'UserGroupEngineMismatch',
    bad: [
      { Engine: 'redis', related: users(byDefault, { ...app, Engine: 'valkey' }) }, { Engine: 'redis', related: users(undefined, { ...app, Engine: 'valkey' }) },
    ],
    good: [{ Engine: 'redis', related: users(byDefault, app) }, { Engine: 'valkey', related: users(app) }, { Engine: 'valkey', related: users({ ...app, Engine: 'valkey' }) }],
  },
  {
    code: 'ValkeyGroupNeedsPasswords',
    bad: [{ Engine: 'valkey', related: users(byDefault) }, { Engine: 'valkey', related: users(undefined, byDefault) }, { Engine: 'valkey', related: users(app, { UserName: 'x', NoPasswordRequired: true }) }],
    good: [{ Engine: 'redis', related: users(byDefault) }, { Engine: 'valkey', related: users(app) }],
  },
  {
    code: 'UserIdTwice',
    bad: [{ UserIds: ['a', 'b', 'a'] }],
    good: [{}, { UserIds: ['a', 'b'] }, { UserIds: [UNKNOWN, UNKNOWN] }],
  },
  {
    code: 'TooManyUsers',
    bad: [{ UserIds: Array.from({ length: 101 }, (_, index) => `u${index}`) }],
    good: [{}, { UserIds: Array.from({ length: 100 }, (_, index) => `u${index}`) }],
  },
  {
    code: 'UserNameTwice',
    bad: [{ related: users(app, app) }, { related: users(app, byDefault, app) }, { related: users(app, undefined, app) }],
    good: [{ related: users(app, byDefault) }, { related: users() }, {}, { related: users({ UserName: UNKNOWN }, { UserName: UNKNOWN }) }],
  },

  // Subnet groups
  {
    code: 'SubnetGroupNameInvalid',
    bad: ['default', 'DEFAULT', '', '1group', 'a_b', 'a--b', 'a-', 'x'.repeat(256)].map((name) => ({ CacheSubnetGroupName: name })),
    good: [{}, ...['a', 'my-group', 'default-2', 'x'.repeat(255)].map((name) => ({ CacheSubnetGroupName: name }))],
  },

  // Parameter groups
  {
    code: 'ParameterValueInvalid',
    bad: [
      { CacheParameterGroupFamily: 'valkey8', Properties: { timeout: '19' } }, { CacheParameterGroupFamily: 'valkey8', Properties: { 'maxmemory-policy': 'lru' } },
      { CacheParameterGroupFamily: 'redis7', Properties: { 'reserved-memory-percent': '101' } },
    ],
    good: [
      {}, { CacheParameterGroupFamily: 'valkey8' }, { CacheParameterGroupFamily: 'valkey8', Properties: { timeout: '20' } },
      { CacheParameterGroupFamily: 'valkey8', Properties: { timeout: '0' } }, { CacheParameterGroupFamily: 'valkey99', Properties: { timeout: '19' } },
      { CacheParameterGroupFamily: 'valkey8', Properties: { timeout: UNKNOWN } }, { CacheParameterGroupFamily: 'redis7', Properties: { 'reserved-memory-percent': '100' } },
    ],
  },
  {
    code: 'ParameterNotModifiable',
    bad: [{ CacheParameterGroupFamily: 'valkey8', Properties: { maxmemory: '1000' } }],
    good: [{ CacheParameterGroupFamily: 'valkey8', Properties: { 'maxmemory-samples': '5' } }, { CacheParameterGroupFamily: 'valkey99', Properties: { maxmemory: '1' } }],
  },
  {
    code: 'ParameterRemoved',
    bad: [
      { CacheParameterGroupFamily: 'valkey8', Properties: { 'lazyfree-lazy-eviction': 'yes' } },
      { CacheParameterGroupFamily: 'redis7', Properties: { 'hash-max-ziplist-entries': '512' } },
    ],
    good: [
      { CacheParameterGroupFamily: 'valkey7', Properties: { 'lazyfree-lazy-eviction': 'yes' } },
      { CacheParameterGroupFamily: 'redis6.x', Properties: { 'hash-max-ziplist-entries': '512' } },
    ],
  },
  {
    code: 'ParameterUnknown',
    bad: [{ CacheParameterGroupFamily: 'valkey8', Properties: { 'brand-new': 'x' } }],
    good: [{ CacheParameterGroupFamily: 'valkey99', Properties: { 'brand-new': 'x' } }, { CacheParameterGroupFamily: 'valkey8', Properties: { timeout: '0' } }],
  },
];

const RULE_BY_CODE = new Map(RULES.map((rule) => [rule.code, rule]));

function messages(code: string, { related, ...properties }: Sample): string[] {
  const rule = RULE_BY_CODE.get(code)!;
  return evaluate([rule], new ResourceView(rule.resourceType, properties, {}, related)).map(({ message }) => message);
}

test('every rule has a judgement here', () => {
  expect(JUDGEMENTS.map(({ code }) => code).sort()).toEqual(RULES.map(({ code }) => code).sort());
});

/** Rules that find fault with a resource of which nothing is written: what is left out is the fault. */
const JUDGES_NOTHING = ['DefaultUserRequired', 'NodeTypeMissing', 'NodesNotSaid'];

describe.each(RULES.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  const { bad, good, asksForPresence = [] } = JUDGEMENTS.find((judgement) => judgement.code === code) ?? { bad: [], good: [] };

  test.each(bad.map((sample) => [JSON.stringify(sample), sample] as const))('finds %s', (_, sample) => {
    const found = messages(code, sample);
    expect(found).toHaveLength(1);
    expect(found[0]).not.toMatch(/\$\{|undefined|\[object|\.$/);
  });

  test.each(good.map((sample) => [JSON.stringify(sample), sample] as const))('passes %s (%#)', (_, sample) => {
    expect(messages(code, sample)).toEqual([]);
  });

  test('passes when nothing is written, or nothing is known', () => {
    const unknown = Object.fromEntries(rule.reads.map((property) => [property, UNKNOWN]));
    expect(messages(code, unknown)).toEqual([]);
    expect(bad.flatMap((sample) => 'related' in sample ? messages(code, { ...sample, related: undefined }) : [])).toEqual([]);
    if (!JUDGES_NOTHING.includes(code)) {
      expect(messages(code, {})).toEqual([]);
    }
  });

  test('does not judge a token for what it reads', () => {
    for (const property of rule.reads) {
      for (const sample of bad.filter((candidate) => property in candidate)) {
        const found = messages(code, { ...sample, [property]: UNKNOWN });
        expect([property, found.length]).toEqual([property, asksForPresence.includes(property) ? 1 : 0]);
      }
    }
  });

  test('reads what its samples write', () => {
    const written = bad.flatMap((sample) => [...Object.keys(sample).filter((key) => key !== 'related'), ...Object.keys(sample.related ?? {})]);
    expect(written.filter((property) => !rule.reads.includes(property))).toEqual([]);
  });

  test('does not judge another type of resource', () => {
    for (const { related, ...properties } of bad) {
      expect(evaluate([rule], new ResourceView('AWS::Other::Thing', properties, {}, related))).toEqual([]);
    }
  });

  test('is described', () => {
    expect(rule.code).toMatch(/^([A-Z][a-z0-9]+)+$/);
    expect(rule.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
    expect(rule.checked).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(rule.reads.length).toBeGreaterThan(0);
    expect(rule.resourceType).toMatch(/^AWS::ElastiCache::\w+$/);
  });

  test('does not refuse what is only inferred', () => {
    expect(rule.evidence === 'inferred' && rule.severity === 'error').toBe(false);
  });
});

test('codes are unique', () => {
  expect(RULE_BY_CODE.size).toBe(RULES.length);
});
