// Every rule about cache clusters over plain CloudFormation, on both sides of its border, without CDK.
import { evaluate, Relations, ResourceView, UNKNOWN } from '../../src/checks/rule';
import { MEMCACHED_RULES } from '../../src/memcached/memcached-rules';

type Sample = Record<string, unknown> & { readonly related?: Relations };

interface Judgement {
  readonly code: string;
  readonly bad: readonly Sample[];
  readonly good: readonly Sample[];
  /** Properties of which the rule only asks whether they are written: a token is written. */
  readonly asksForPresence?: readonly string[];
}

const MEMCACHED = { Engine: 'memcached', EngineVersion: '1.6.22' };
const REDIS = { Engine: 'redis', EngineVersion: '7.1' };
const view = (properties: Record<string, unknown>) => [new ResourceView('x', properties)];
const group = (properties: Record<string, unknown>): Relations => ({ CacheParameterGroupName: view(properties) });
const topic = (properties: Record<string, unknown>): Relations => ({ NotificationTopicArn: view(properties) });
const subnet = (properties: Record<string, unknown>): Relations => ({
  CacheSubnetGroupName: [new ResourceView('x', {}, {}, { SubnetIds: view({ CidrBlock: '10.0.0.0/24', ...properties }) })],
});
const logs = (LogType: string) => ({ LogDeliveryConfigurations: [{ LogType }] });

const JUDGEMENTS: readonly Judgement[] = [
  {
    code: 'CacheClusterEngineUnsupported',
    bad: [{ Engine: 'valkey' }, { Engine: 'Valkey' }],
    good: [{}, { Engine: 'memcached' }, { Engine: 'redis' }, { Engine: 'keydb' }],
  },
  {
    code: 'ClusterNameInvalid',
    bad: ['', '1cache', 'my_cache', 'a--b', 'a-', 'x'.repeat(51)].map((ClusterName) => ({ ClusterName })),
    good: [{}, ...['a', 'my-cache-1', 'x'.repeat(50)].map((ClusterName) => ({ ClusterName }))],
  },
  { code: 'NodesOutOfRange', bad: [0, -1, 1.5].map((NumCacheNodes) => ({ NumCacheNodes })), good: [1, 40, 61].map((NumCacheNodes) => ({ NumCacheNodes })) },
  { code: 'NodesBeyondQuota', bad: [{ NumCacheNodes: 41 }], good: [{}, { NumCacheNodes: 40 }] },
  {
    code: 'RedisClusterHasOneNode',
    bad: [{ ...REDIS, NumCacheNodes: 2 }],
    good: [{ ...REDIS, NumCacheNodes: 1 }, { ...MEMCACHED, NumCacheNodes: 2 }, { NumCacheNodes: 2 }],
  },
  {
    code: 'CrossZoneNeedsTwoNodes',
    bad: [{ AZMode: 'cross-az', NumCacheNodes: 1 }],
    good: [{ AZMode: 'cross-az', NumCacheNodes: 2 }, { AZMode: 'single-az', NumCacheNodes: 1 }, { AZMode: 'cross-az' }],
  },
  {
    code: 'PlacementNeedsMemcached',
    // Whatever the version is, it is of Redis OSS.
    asksForPresence: ['EngineVersion'],
    bad: [{ ...REDIS, AZMode: 'cross-az' }, { ...REDIS, PreferredAvailabilityZones: ['a', 'b'] }],
    // One zone is where one node is.
    good: [
      REDIS, { ...REDIS, AZMode: 'single-az' }, { ...REDIS, PreferredAvailabilityZones: ['a'] },
      { ...MEMCACHED, AZMode: 'cross-az', PreferredAvailabilityZones: ['a', 'b'] },
    ],
  },
  {
    code: 'ZonesMatchNodes',
    bad: [{ PreferredAvailabilityZones: ['a'], NumCacheNodes: 2 }, { PreferredAvailabilityZones: ['a', 'b', 'c'], NumCacheNodes: 2 }],
    good: [{ PreferredAvailabilityZones: ['a', 'b'], NumCacheNodes: 2 }, { PreferredAvailabilityZones: ['a'] }, { NumCacheNodes: 2 }],
  },
  {
    code: 'PlacementContradicts',
    asksForPresence: ['PreferredAvailabilityZone'],
    bad: [
      { AZMode: 'single-az', PreferredAvailabilityZones: ['a', 'b'] }, { AZMode: 'cross-az', PreferredAvailabilityZones: ['a', 'a'] },
    ],
    good: [
      { AZMode: 'single-az', PreferredAvailabilityZones: ['a', 'a'] }, { AZMode: 'cross-az', PreferredAvailabilityZones: ['a', 'b'] },
      { PreferredAvailabilityZone: 'a' }, { AZMode: 'cross-az', PreferredAvailabilityZones: ['a', UNKNOWN] }, {},
    ],
  },
  { code: 'ZonesRepeated', bad: [{ PreferredAvailabilityZones: ['a', 'b', 'a'] }], good: [{}, { PreferredAvailabilityZones: ['a', 'b'] }, { PreferredAvailabilityZones: [UNKNOWN, UNKNOWN] }] },
  {
    code: 'MemcachedHasNoBackups',
    asksForPresence: ['SnapshotRetentionLimit', 'SnapshotWindow'],
    bad: [{ ...MEMCACHED, SnapshotRetentionLimit: 0 }, { ...MEMCACHED, SnapshotWindow: '03:00-04:00' }],
    good: [MEMCACHED, { ...REDIS, SnapshotRetentionLimit: 7, SnapshotWindow: '03:00-04:00' }],
  },
  {
    code: 'MemcachedCannotRestore',
    asksForPresence: ['SnapshotArns', 'SnapshotName'],
    bad: [{ ...MEMCACHED, SnapshotName: 'a' }, { ...MEMCACHED, SnapshotArns: ['a'] }],
    good: [MEMCACHED, { ...REDIS, SnapshotName: 'a' }],
  },
  {
    code: 'MemcachedHasNoLogs',
    bad: [{ ...MEMCACHED, ...logs('slow-log') }],
    good: [MEMCACHED, { ...MEMCACHED, LogDeliveryConfigurations: [] }, { ...REDIS, ...logs('slow-log') }],
  },
  {
    code: 'RedisClusterModeUnsupported',
    bad: [{ ...REDIS, CacheParameterGroupName: 'default.redis7.cluster.on' }, { ...REDIS, related: group({ Properties: { 'cluster-enabled': 'yes' } }) }],
    good: [{ ...REDIS, CacheParameterGroupName: 'default.redis7' }, { ...REDIS, related: group({ Properties: { 'cluster-enabled': 'no' } }) }, { ...REDIS, related: group({}) }],
  },
  {
    code: 'RedisClusterHasNoTls',
    bad: [{ ...REDIS, TransitEncryptionEnabled: true }],
    good: [REDIS, { ...REDIS, TransitEncryptionEnabled: false }, { ...MEMCACHED, TransitEncryptionEnabled: true }],
  },
  {
    code: 'MemcachedTlsUnsupported',
    bad: ['1.6.6', '1.5.16', '1.4.34'].map((EngineVersion) => ({ Engine: 'memcached', EngineVersion, TransitEncryptionEnabled: true })),
    good: [
      ...['1.6.12', '1.6.22', '1.10.0'].map((EngineVersion) => ({ Engine: 'memcached', EngineVersion, TransitEncryptionEnabled: true })),
      { Engine: 'memcached', EngineVersion: '1.6.6', TransitEncryptionEnabled: false }, { Engine: 'memcached', EngineVersion: '1.6.6' },
    ],
  },
  {
    code: 'MemcachedTlsNodeType',
    bad: [{ ...MEMCACHED, CacheNodeType: 'cache.t2.micro', TransitEncryptionEnabled: true }],
    good: [
      { ...MEMCACHED, CacheNodeType: 'cache.t3.micro', TransitEncryptionEnabled: true }, { ...MEMCACHED, CacheNodeType: 'cache.t2.micro' },
      { ...MEMCACHED, CacheNodeType: 'cache.x9.large', TransitEncryptionEnabled: true },
    ],
  },
  {
    code: 'MemcachedTlsNeedsVpc',
    bad: [{ ...MEMCACHED, TransitEncryptionEnabled: true }],
    good: [{ ...MEMCACHED, TransitEncryptionEnabled: true, CacheSubnetGroupName: 'a' }, { ...MEMCACHED, TransitEncryptionEnabled: true, CacheSubnetGroupName: UNKNOWN }, MEMCACHED],
  },
  {
    code: 'NetworkTypeUnsupported',
    bad: [
      { Engine: 'memcached', EngineVersion: '1.5.16', NetworkType: 'ipv6' }, { Engine: 'redis', EngineVersion: '6.0', NetworkType: 'dual_stack' },
      { CacheNodeType: 'cache.m4.large', NetworkType: 'ipv6' },
    ],
    good: [
      { Engine: 'memcached', EngineVersion: '1.6.6', NetworkType: 'ipv6' }, { Engine: 'memcached', EngineVersion: '1.5.16', NetworkType: 'ipv4' },
      { ...MEMCACHED, CacheNodeType: 'cache.t4g.micro', NetworkType: 'dual_stack' },
    ],
  },
  {
    code: 'DataTieringNeedsReplicationGroup',
    bad: [{ ...REDIS, CacheNodeType: 'cache.r6gd.xlarge' }],
    good: [{ ...REDIS, CacheNodeType: 'cache.r6g.xlarge' }, { ...REDIS, CacheNodeType: 'cache.x9gd.xlarge' }],
  },
  {
    code: 'MemcachedVersionIncomplete',
    bad: ['1', '1.6'].map((EngineVersion) => ({ Engine: 'memcached', EngineVersion })),
    good: [MEMCACHED, { Engine: 'memcached' }, { Engine: 'redis', EngineVersion: '7.1' }, { Engine: 'memcached', EngineVersion: '1.6.x' }],
  },
  {
    code: 'MaintenanceWindowInvalid',
    bad: ['sunday', '03:00-04:00', 'sun:05:00-sun:05:59', 'sun:25:00-sun:26:00'].map((PreferredMaintenanceWindow) => ({ PreferredMaintenanceWindow })),
    good: [{}, ...['sun:05:00-sun:06:00', 'SAT:23:30-SUN:00:30'].map((PreferredMaintenanceWindow) => ({ PreferredMaintenanceWindow }))],
  },
  { code: 'CacheSecurityGroupsGone', bad: [{ CacheSecurityGroupNames: ['a'] }], good: [{}, { CacheSecurityGroupNames: [] }] },
  { code: 'SubnetGroupMissing', bad: [{}], good: [{ CacheSubnetGroupName: 'a' }, { CacheSubnetGroupName: UNKNOWN }] },
  { code: 'NodeTypeNotCreatable', bad: [{ CacheNodeType: 'cache.m3.medium' }], good: [{}, { CacheNodeType: 'cache.t4g.micro' }, { CacheNodeType: 'cache.x9.large' }] },
  {
    code: 'NodeTypeUnfitForEngine',
    bad: [
      { Engine: 'memcached', CacheNodeType: 'cache.r6gd.xlarge' }, { Engine: 'memcached', EngineVersion: '1.5.16', CacheNodeType: 'cache.c7gn.large' },
      { Engine: 'memcached', EngineVersion: '1.5.16', CacheNodeType: 'cache.m8g.large' }, { Engine: 'redis', CacheNodeType: 'cache.r8g.large' },
    ],
    good: [
      { Engine: 'memcached', EngineVersion: '1.6.6', CacheNodeType: 'cache.c7gn.large' },
      // AWS prints 1.5.16 for these, and older ones have run on them: nothing is refused on it.
      { Engine: 'memcached', EngineVersion: '1.4.34', CacheNodeType: 'cache.t2.micro' }, { Engine: 'memcached', EngineVersion: '1.4.34', CacheNodeType: 'cache.m7g.large' },
    ],
  },
  {
    code: 'ParameterGroupFamilyMismatch',
    bad: [{ ...MEMCACHED, related: group({ CacheParameterGroupFamily: 'memcached1.5' }) }],
    good: [{ ...MEMCACHED, related: group({ CacheParameterGroupFamily: 'memcached1.6' }) }],
  },
  { code: 'EngineVersionNotCreatable', bad: [{ Engine: 'redis', EngineVersion: '3.2.6' }], good: [MEMCACHED, REDIS] },
  { code: 'PortOutOfRange', bad: [1149, 8005, 65536].map((Port) => ({ Port })), good: [1150, 8004, 8006, 11211, 65535].map((Port) => ({ Port })) },
  { code: 'NotificationTopicEncrypted', bad: [{ related: topic({ KmsMasterKeyId: 'a' }) }], good: [{ related: topic({}) }, {}] },
  { code: 'RedisExtendedSupport', bad: [{ Engine: 'redis', EngineVersion: '5.0.6' }], good: [REDIS, MEMCACHED] },
  {
    code: 'NetworkTypeUnfitForSubnets',
    bad: ['dual_stack', 'ipv6'].map((NetworkType) => ({ ...MEMCACHED, NetworkType, related: subnet({}) })),
    good: [
      { ...MEMCACHED, NetworkType: 'dual_stack', related: subnet({ Ipv6CidrBlock: '2001:db8::/64' }) },
      { ...MEMCACHED, NetworkType: 'ipv4', related: subnet({}) }, { ...MEMCACHED, related: subnet({}) },
    ],
  },
  { code: 'SlowLogUnsupported', bad: [{ Engine: 'redis', EngineVersion: '5.0.6', ...logs('slow-log') }], good: [{ ...REDIS, ...logs('slow-log') }, { ...MEMCACHED, ...logs('slow-log') }] },
  { code: 'EngineLogUnsupported', bad: [{ Engine: 'redis', EngineVersion: '6.0', ...logs('engine-log') }], good: [{ ...REDIS, ...logs('engine-log') }] },
  { code: 'BackupRetentionOutOfRange', asksForPresence: ['Engine'], bad: [{ ...REDIS, SnapshotRetentionLimit: 36 }], good: [{ ...REDIS, SnapshotRetentionLimit: 35 }, { ...MEMCACHED, SnapshotRetentionLimit: 36 }] },
  {
    code: 'WindowsOverlap',
    asksForPresence: ['Engine'],
    bad: [{ ...REDIS, SnapshotWindow: '05:00-06:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }],
    good: [{ ...REDIS, SnapshotWindow: '03:00-04:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }],
  },
  {
    code: 'WindowsMayOverlap',
    asksForPresence: ['Engine'],
    bad: [{ ...REDIS, SnapshotWindow: '23:30-00:30', PreferredMaintenanceWindow: 'sun:00:00-sun:01:00' }],
    good: [{ ...REDIS, SnapshotWindow: '05:00-06:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }],
  },
  { code: 'BackupWindowWithoutBackups', asksForPresence: ['Engine', 'SnapshotWindow'], bad: [{ ...REDIS, SnapshotWindow: '05:00-06:00', SnapshotRetentionLimit: 0 }], good: [{ ...REDIS, SnapshotWindow: '05:00-06:00', SnapshotRetentionLimit: 1 }] },
];

/** Rules that find fault with what is left out. */
const ASKS_FOR_SOMETHING = ['SubnetGroupMissing'];

function messages(code: string, { related, ...properties }: Sample): string[] {
  const rule = MEMCACHED_RULES.find((each) => each.code === code)!;
  return evaluate([rule], new ResourceView('AWS::ElastiCache::CacheCluster', properties, {}, related)).map(({ message }) => message);
}

test('every rule has a judgement here, in the order of the rules', () => {
  expect(JUDGEMENTS.map(({ code }) => code)).toEqual(MEMCACHED_RULES.map(({ code }) => code));
});

describe.each(JUDGEMENTS.map((judgement) => [judgement.code, judgement] as const))('%s', (code, { bad, good, asksForPresence = [] }) => {
  const rule = MEMCACHED_RULES.find((each) => each.code === code)!;

  test.each(bad.map((sample) => [JSON.stringify(sample), sample] as const))('finds %s', (_, sample) => {
    const found = messages(code, sample);
    expect(found).toHaveLength(1);
    expect(found[0]).not.toMatch(/\$\{|undefined|\[object|\.$/);
  });

  test.each(good.map((sample) => [JSON.stringify(sample), sample] as const))('passes %s (%#)', (_, sample) => {
    expect(messages(code, sample)).toEqual([]);
  });

  test('passes when nothing is known, or nothing is written', () => {
    expect(messages(code, Object.fromEntries(rule.reads.map((property) => [property, UNKNOWN])))).toHaveLength(code === 'PlacementContradicts' ? 1 : 0);
    expect(messages(code, {})).toHaveLength(ASKS_FOR_SOMETHING.includes(code) ? 1 : 0);
  });

  test('does not judge a token for what it reads', () => {
    for (const property of rule.reads) {
      for (const sample of bad.filter((candidate) => property in candidate)) {
        expect([property, messages(code, { ...sample, [property]: UNKNOWN }).length]).toEqual([property, asksForPresence.includes(property) ? 1 : 0]);
      }
    }
  });

  test('reads what its samples write', () => {
    const written = bad.flatMap((sample) => [...Object.keys(sample).filter((key) => key !== 'related'), ...Object.keys(sample.related ?? {})]);
    expect(written.filter((property) => !rule.reads.includes(property) && property !== 'Engine' && property !== 'EngineVersion')).toEqual([]);
  });

  test('is about cache clusters, and never refuses what is only inferred', () => {
    expect(rule.resourceType).toBe('AWS::ElastiCache::CacheCluster');
    expect(rule.evidence === 'inferred' && rule.severity === 'error').toBe(false);
  });
});

test('two ways to place nodes are doubtful together', () => {
  expect(messages('PlacementContradicts', { PreferredAvailabilityZone: 'a', PreferredAvailabilityZones: ['a'] })).toHaveLength(1);
});
