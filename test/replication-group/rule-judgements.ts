// Samples on both sides of the border of rules about cluster modes, shards, TLS modes, durability, restoring and global datastores.
import { Relations, ResourceView, UNKNOWN } from '../../src/checks/rule';

type Sample = Record<string, unknown> & { readonly related?: Relations };

export interface Judgement {
  readonly code: string;
  readonly bad: readonly Sample[];
  readonly good: readonly Sample[];
  readonly asksForPresence?: readonly string[];
}

const view = (type: string, properties: Record<string, unknown>, relations?: Relations) => [new ResourceView(type, properties, {}, relations)];
const parameters = (settings?: unknown): Relations => ({ CacheParameterGroupName: view('AWS::ElastiCache::ParameterGroup', { Properties: settings }) });
const ON = parameters({ 'cluster-enabled': 'yes' });
const OFF = parameters({ timeout: '20' });
const shards = (...entries: Record<string, unknown>[]) => ({ NodeGroupConfiguration: entries });
const slots = (...texts: unknown[]) => shards(...texts.map((Slots) => Slots === undefined ? {} : { Slots }));
const subnets = (...properties: Record<string, unknown>[]): Relations => ({
  CacheSubnetGroupName: view('AWS::ElastiCache::SubnetGroup', {}, { SubnetIds: properties.flatMap((each) => view('AWS::EC2::Subnet', each)) }),
});
const topic = (properties: Record<string, unknown>): Relations => ({ NotificationTopicArn: view('AWS::SNS::Topic', properties) });
const primary = (properties: Record<string, unknown>): Relations => ({ Members: view('AWS::ElastiCache::ReplicationGroup', properties) });
const IPV4 = { CidrBlock: '10.0.0.0/24' };
const BOTH = { ...IPV4, Ipv6CidrBlock: '2001:db8::/64' };
const members = (...entries: [role: unknown, region: unknown][]) => ({
  Members: entries.map(([Role, ReplicationGroupRegion]) => ({ Role, ReplicationGroupRegion })),
});

export const GROUP_JUDGEMENTS: readonly Judgement[] = [
  {
    code: 'MinorUpgradesUnsupported',
    bad: [{ AutoMinorVersionUpgrade: true, Engine: 'redis', EngineVersion: '5.0.6' }],
    good: [
      { AutoMinorVersionUpgrade: true, Engine: 'redis', EngineVersion: '6.0' },
      { AutoMinorVersionUpgrade: false, Engine: 'redis', EngineVersion: '5.0.6' },
    ],
  },
  { code: 'NodeTypeMissing', bad: [{}], good: [{ CacheNodeType: 'cache.t4g.micro' }, { GlobalReplicationGroupId: 'g' }, { PrimaryClusterId: 'c' }, { SnapshotName: 's' }] },
  {
    code: 'NodeTypePhasingOut',
    bad: [{ CacheNodeType: 'cache.t2.micro' }],
    good: [{ CacheNodeType: 'cache.t3.micro' }, { CacheNodeType: 'cache.m4.large' }, { CacheNodeType: 'cache.t9.micro' }],
  },
  {
    code: 'DurabilityUnsupported',
    asksForPresence: ['GlobalReplicationGroupId'],
    bad: [
      { Durability: 'sync', Engine: 'redis' }, { Durability: 'async', Engine: 'valkey', EngineVersion: '8.2' },
      { Durability: 'sync', ClusterMode: 'disabled' },
      { Durability: 'sync', ClusterMode: 'compatible' }, { Durability: 'sync', MultiAZEnabled: false },
      { Durability: 'sync', ReplicasPerNodeGroup: 0 },
      { Durability: 'sync', ...shards({ ReplicaCount: 1 }, { ReplicaCount: 0 }) }, { Durability: 'sync', DataTieringEnabled: true },
      { Durability: 'sync', GlobalReplicationGroupId: 'g' }, { Durability: 'sync', CacheNodeType: 'cache.t4g.medium' },
    ],
    good: [
      { Durability: 'default', Engine: 'redis', ClusterMode: 'disabled' }, { Durability: 'disabled', CacheNodeType: 'cache.t4g.medium' },
      { Engine: 'redis' },
      { Durability: 'sync', Engine: 'valkey', EngineVersion: '9.0', ClusterMode: 'enabled', MultiAZEnabled: true, ReplicasPerNodeGroup: 1, CacheNodeType: 'cache.r7g.large' },
      ...['cache.r8g.large', 'cache.m6g.large', 'cache.c8gn.large', 'cache.r99.large'].map((type) => ({ Durability: 'async', CacheNodeType: type })),
    ],
  },
  {
    code: 'DurabilityWithoutTls',
    bad: [{ Durability: 'sync', TransitEncryptionEnabled: false }],
    good: [{ Durability: 'sync', TransitEncryptionEnabled: true }, { Durability: 'disabled', TransitEncryptionEnabled: false }],
  },
  {
    code: 'DurabilityEncryptsAtRest',
    bad: [{ Durability: 'async', AtRestEncryptionEnabled: false }],
    good: [{ Durability: 'async', AtRestEncryptionEnabled: true }, { Durability: 'async' }, { AtRestEncryptionEnabled: false }],
  },
  {
    code: 'FailoverMustBeSaid',
    bad: [{ NumCacheClusters: 1 }],
    good: [
      { NumCacheClusters: 1, AutomaticFailoverEnabled: false }, { NumCacheClusters: 2 },
      { NumCacheClusters: 1, AutomaticFailoverEnabled: UNKNOWN },
    ],
  },
  {
    code: 'CacheClustersNeedOneShard',
    bad: [{ NumCacheClusters: 2, NumNodeGroups: 2 }],
    good: [{ NumCacheClusters: 2, NumNodeGroups: 1 }, { NumCacheClusters: 2 }, { NumNodeGroups: 2 }],
  },
  {
    code: 'NodeCountTwice',
    bad: [{ NumCacheClusters: 2, ReplicasPerNodeGroup: 1 }],
    good: [{ NumCacheClusters: 2 }, { ReplicasPerNodeGroup: 1 }],
  },
  {
    code: 'FailoverWithoutNodes',
    bad: [
      { AutomaticFailoverEnabled: true }, { AutomaticFailoverEnabled: true, ClusterMode: 'Disabled' },
      { AutomaticFailoverEnabled: true, CacheParameterGroupName: 'default.redis7' },
      { AutomaticFailoverEnabled: true, NumNodeGroups: 1, ReplicasPerNodeGroup: 0, CacheParameterGroupName: 'default.redis7' },
    ],
    good: [
      ...[{ NumCacheClusters: 2 }, { NumNodeGroups: 1 }, { NumNodeGroups: 1, ReplicasPerNodeGroup: 0 }, { ReplicasPerNodeGroup: 0 }, { ClusterMode: 'enabled' }]
        .map((more) => ({ AutomaticFailoverEnabled: true, ...more })),
      ...['PrimaryClusterId', 'GlobalReplicationGroupId', 'SnapshotName'].map((property) => ({ AutomaticFailoverEnabled: true, [property]: 'a' })),
      { AutomaticFailoverEnabled: true, CacheParameterGroupName: 'default.redis7.cluster.on' },
      { AutomaticFailoverEnabled: true, CacheParameterGroupName: 'of-another-stack' }, { AutomaticFailoverEnabled: false },
      { AutomaticFailoverEnabled: true, NumNodeGroups: 1, ReplicasPerNodeGroup: 1, CacheParameterGroupName: 'default.redis7' },
    ],
  },
  {
    code: 'NodesNotSaid',
    bad: [{}],
    good: [{ NumCacheClusters: 1 }, { NumNodeGroups: 1 }, { PrimaryClusterId: 'a' }, { GlobalReplicationGroupId: 'g' }, shards({})],
  },
  {
    code: 'PrimaryClusterDecides',
    asksForPresence: ['PrimaryClusterId'],
    bad: [{ PrimaryClusterId: 'a', NumNodeGroups: 1 }, { PrimaryClusterId: 'a', ReplicasPerNodeGroup: 1 }],
    good: [{ PrimaryClusterId: 'a' }, { NumNodeGroups: 1 }],
  },
  {
    code: 'PlacementTwice',
    bad: [{ ...shards({}), PreferredCacheClusterAZs: ['a'] }],
    good: [shards({}), { PreferredCacheClusterAZs: ['a'] }, { ...shards(), PreferredCacheClusterAZs: ['a'] }],
  },
  {
    code: 'TooManyNodes',
    bad: [
      { NumNodeGroups: 251, ReplicasPerNodeGroup: 1 }, { NumNodeGroups: 84, ReplicasPerNodeGroup: 5 },
      shards(...Array.from({ length: 101 }, () => ({ ReplicaCount: 4 }))),
    ],
    good: [
      { NumNodeGroups: 250, ReplicasPerNodeGroup: 1 }, { NumNodeGroups: 83, ReplicasPerNodeGroup: 5 },
      { NumNodeGroups: 500, ReplicasPerNodeGroup: 0 }, { NumNodeGroups: 501 },
      { NumNodeGroups: 125, ReplicasPerNodeGroup: 1, Engine: 'redis', EngineVersion: '4.0.10' },
      { NumNodeGroups: 126, ReplicasPerNodeGroup: 1, Engine: 'redis', EngineVersion: '5.0.6' },
      shards(...Array.from({ length: 100 }, () => ({ ReplicaCount: 4 }))),
    ],
  },
  {
    code: 'NodesBeyondQuota',
    bad: [{ NumNodeGroups: 46, ReplicasPerNodeGroup: 1 }, { NumNodeGroups: 91, ReplicasPerNodeGroup: 0 }],
    good: [
      { NumNodeGroups: 45, ReplicasPerNodeGroup: 1 }, { NumNodeGroups: 90, ReplicasPerNodeGroup: 0 },
      { NumNodeGroups: 46 }, { NumNodeGroups: 500, ReplicasPerNodeGroup: 1 },
    ],
  },
  {
    code: 'ShardsNeedClusterParameter',
    bad: [
      { NumNodeGroups: 2, related: OFF }, { NumNodeGroups: 2, related: parameters() }, {
        ...shards({},
          {}),
        related: parameters({ 'cluster-enabled': 'no' }),
      },
      { NumNodeGroups: 2, CacheParameterGroupName: 'default.valkey8' },
    ],
    good: [
      { NumNodeGroups: 2, related: ON }, { NumNodeGroups: 1, related: OFF }, { NumNodeGroups: 2 },
      { NumNodeGroups: 2, CacheParameterGroupName: 'default.valkey8.cluster.on' },
      { NumNodeGroups: 2, CacheParameterGroupName: 'mine' }, { NumNodeGroups: 2, related: parameters({ 'cluster-enabled': UNKNOWN }) },
      { NumNodeGroups: 2, related: parameters(UNKNOWN) },
    ],
  },
  {
    code: 'ClusterParameterMissing',
    bad: [{ ClusterMode: 'enabled', related: OFF }, { ClusterMode: 'compatible', CacheParameterGroupName: 'default.redis7' }],
    good: [{ ClusterMode: 'enabled', related: ON }, { ClusterMode: 'disabled', related: OFF }, { ClusterMode: 'enabled' }],
  },
  {
    code: 'ClusterModeContradicts',
    bad: [{ ClusterMode: 'disabled', related: ON }, { ClusterMode: 'Disabled', related: ON }],
    good: [
      { ClusterMode: 'disabled', NumNodeGroups: 1 }, { ClusterMode: 'disabled', related: OFF },
      { NumNodeGroups: 2 }, { ClusterMode: 'enabled', related: ON },
    ],
  },
  {
    code: 'DisabledModeHasOneShard',
    bad: [{ ClusterMode: 'disabled', NumNodeGroups: 2 }, { ClusterMode: 'Disabled', NumNodeGroups: 3 }],
    good: [{ ClusterMode: 'disabled', NumNodeGroups: 1 }, { ClusterMode: 'disabled' }, { ClusterMode: 'compatible', NumNodeGroups: 2 }, { NumNodeGroups: 2 }],
  },
  {
    code: 'ClusterModeNeedsFailover',
    bad: [
      { AutomaticFailoverEnabled: false, NumNodeGroups: 2 }, { AutomaticFailoverEnabled: false, ClusterMode: 'enabled' },
      { AutomaticFailoverEnabled: false, related: ON },
    ],
    good: [
      { AutomaticFailoverEnabled: true, NumNodeGroups: 2 }, { NumNodeGroups: 2 }, { AutomaticFailoverEnabled: false, ClusterMode: 'disabled' },
      { AutomaticFailoverEnabled: false, related: OFF }, { AutomaticFailoverEnabled: false, NumNodeGroups: 1 },
    ],
  },
  {
    code: 'ClusterModeUnsupported',
    bad: [{ ClusterMode: 'compatible', Engine: 'redis', EngineVersion: '6.2' }],
    good: [
      { ClusterMode: 'compatible', Engine: 'redis', EngineVersion: '7.0' }, { ClusterMode: 'compatible', Engine: 'valkey', EngineVersion: '7.2' },
      { ClusterMode: 'enabled', Engine: 'redis', EngineVersion: '6.2' }, { ClusterMode: 'compatible', Engine: 'redis' },
    ],
  },
  {
    code: 'CompatibleModeNeedsReplica',
    bad: [{ ClusterMode: 'compatible', NumCacheClusters: 1 }, { ClusterMode: 'compatible', AutomaticFailoverEnabled: false }],
    good: [{ ClusterMode: 'compatible', NumCacheClusters: 2, AutomaticFailoverEnabled: true }, { ClusterMode: 'disabled', NumCacheClusters: 1 }],
  },
  { code: 'CompatibleModeTemporary', bad: [{ ClusterMode: 'compatible' }], good: [{ ClusterMode: 'enabled' }, { ClusterMode: 'disabled' }] },
  { code: 'ShardsOutOfRange', bad: [0, 501, 1.5, -1].map((n) => ({ NumNodeGroups: n })), good: [1, 500].map((n) => ({ NumNodeGroups: n })) },
  {
    code: 'ShardsMatchConfiguration',
    bad: [{ NumNodeGroups: 2, ...shards({}) }],
    good: [{ NumNodeGroups: 1, ...shards({}) }, { NumNodeGroups: 2 }, shards({})],
  },
  {
    code: 'ShardIdInvalid',
    bad: [
      shards({ NodeGroupId: 'a' }), shards({ NodeGroupId: '00001' }),
      shards({ NodeGroupId: '' }), shards({ NodeGroupId: '1' }, { NodeGroupId: '1' }),
    ],
    good: [
      shards({ NodeGroupId: '1' }), shards({ NodeGroupId: '0001' }, { NodeGroupId: '9999' }),
      shards({}), shards({ NodeGroupId: UNKNOWN }, { NodeGroupId: UNKNOWN }),
    ],
  },
  { code: 'ShardIdMissing', bad: [shards({ NodeGroupId: '1' }, {})], good: [shards({ NodeGroupId: '1' }), shards({ NodeGroupId: UNKNOWN })] },
  {
    code: 'ShardZonesMatchReplicas',
    bad: [
      shards({ ReplicaCount: 2, ReplicaAvailabilityZones: ['a'] }),
      { ...shards({ ReplicaAvailabilityZones: ['a', 'b'] }), ReplicasPerNodeGroup: 1 },
    ],
    good: [
      shards({ ReplicaCount: 1, ReplicaAvailabilityZones: ['a'] }), { ...shards({ ReplicaAvailabilityZones: ['a'] }), ReplicasPerNodeGroup: 1 },
      shards({ ReplicaAvailabilityZones: ['a'] }), shards({ ReplicaCount: 1 }), shards({ ReplicaCount: UNKNOWN, ReplicaAvailabilityZones: ['a'] }),
    ],
  },
  {
    code: 'SlotsInvalid',
    bad: [slots('0-16384'), slots('10-5'), slots('0-10', '10-20'), slots('0-9,20-29', '25'), slots('16384')],
    good: [slots('0-16383'), slots('0-8191', '8192-16383'), slots(UNKNOWN), slots('all'), slots(undefined), slots('5')],
  },
  {
    code: 'SlotsIncomplete',
    bad: [slots('0-8191', undefined), slots('0-8191'), slots('0-8191', '8193-16383')],
    good: [slots('0-8191', '8192-16383'), slots(undefined, undefined), slots('0-8191', UNKNOWN), slots('0-1', 'rest'), {}],
  },
  { code: 'SlotsOutdated', bad: [slots('0-16383')], good: [slots(undefined), {}] },
  {
    code: 'MultiAzNeedsReplica',
    bad: [{ MultiAZEnabled: true, ReplicasPerNodeGroup: 0 }, { MultiAZEnabled: true, ...shards({ ReplicaCount: 1 }, { ReplicaCount: 0 }) }],
    good: [
      { MultiAZEnabled: true, ReplicasPerNodeGroup: 1 }, { MultiAZEnabled: false, ReplicasPerNodeGroup: 0 },
      { MultiAZEnabled: true }, { MultiAZEnabled: true, ...shards({}) },
    ],
  },
  {
    code: 'ShardsWithoutReplicas',
    bad: [
      { NumNodeGroups: 2, ReplicasPerNodeGroup: 0 },
      { ClusterMode: 'enabled', ...shards({ ReplicaCount: 0 }) }, { ReplicasPerNodeGroup: 0, related: ON },
    ],
    good: [{ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }, { ClusterMode: 'disabled', ReplicasPerNodeGroup: 0 }, { NumNodeGroups: 2 }],
  },
  {
    code: 'SnapshottingClusterUnfit',
    asksForPresence: ['SnapshottingClusterId'],
    bad: [{ SnapshottingClusterId: 'a', NumNodeGroups: 2 }],
    good: [{ SnapshottingClusterId: 'a', NumNodeGroups: 1 }, { SnapshottingClusterId: 'a' }],
  },
  { code: 'UserGroupTwice', bad: [{ UserGroupIds: ['a', 'b'] }], good: [{ UserGroupIds: ['a'] }, { UserGroupIds: [] }] },
  {
    code: 'UserGroupNeedsTlsOnly',
    asksForPresence: ['UserGroupIds'],
    bad: [{ UserGroupIds: ['a'], TransitEncryptionMode: 'preferred' }],
    good: [{ UserGroupIds: ['a'], TransitEncryptionMode: 'required' }, { UserGroupIds: ['a'] }, { TransitEncryptionMode: 'preferred' }],
  },
  {
    code: 'TlsModeNeedsTls',
    asksForPresence: ['TransitEncryptionMode'],
    bad: [{ TransitEncryptionMode: 'preferred', TransitEncryptionEnabled: false }, { TransitEncryptionMode: 'required' }],
    good: [{ TransitEncryptionMode: 'preferred', TransitEncryptionEnabled: true }, { TransitEncryptionEnabled: false }],
  },
  {
    code: 'TlsModeUnsupported',
    asksForPresence: ['TransitEncryptionMode'],
    bad: [{ TransitEncryptionMode: 'preferred', Engine: 'redis', EngineVersion: '6.2' }],
    good: [{ TransitEncryptionMode: 'preferred', Engine: 'redis', EngineVersion: '7.0' }, { Engine: 'redis', EngineVersion: '6.2' }],
  },
  { code: 'TlsNotRequired', bad: [{ TransitEncryptionMode: 'preferred' }], good: [{ TransitEncryptionMode: 'required' }] },
  {
    code: 'TlsNeedsSubnetGroup',
    bad: [{ TransitEncryptionEnabled: true }],
    good: [{ TransitEncryptionEnabled: true, CacheSubnetGroupName: UNKNOWN }, { TransitEncryptionEnabled: false }, { TransitEncryptionEnabled: true, PrimaryClusterId: 'c' }],
  },
  {
    code: 'ValkeyTlsMustBeSaid',
    bad: [{ Engine: 'valkey' }],
    good: [{ Engine: 'valkey', TransitEncryptionEnabled: false }, { Engine: 'redis' }, { Engine: 'valkey', GlobalReplicationGroupId: 'g' }],
  },
  {
    code: 'AtRestEncryptionMayStay',
    bad: [{ Engine: 'valkey', AtRestEncryptionEnabled: false }],
    good: [{ Engine: 'valkey', AtRestEncryptionEnabled: true }, { Engine: 'redis', AtRestEncryptionEnabled: false }],
  },
  {
    code: 'AuthTokenNeedsTls',
    asksForPresence: ['AuthToken'],
    bad: [{ AuthToken: 'x'.repeat(16), TransitEncryptionEnabled: false }, { AuthToken: 'x'.repeat(16) }],
    good: [{ AuthToken: 'x'.repeat(16), TransitEncryptionEnabled: true }, { AuthToken: 'x', GlobalReplicationGroupId: 'g' }],
  },
  {
    code: 'AuthTokenInvalid',
    bad: ['x'.repeat(15), 'x'.repeat(129), `${'x'.repeat(16)}/`, `${'x'.repeat(16)}@`, `${'x'.repeat(16)} `, `${'x'.repeat(16)}é`].map((text) => ({ AuthToken: text })),
    good: ['x'.repeat(16), 'x'.repeat(128), `${'x'.repeat(16)}!&#$^<>-`, '{{resolve:x}}'].map((text) => ({ AuthToken: text })),
  },
  {
    code: 'AuthTokenWithUserGroup',
    asksForPresence: ['AuthToken', 'UserGroupIds'],
    bad: [{ AuthToken: 'x', UserGroupIds: ['a'] }],
    good: [{ AuthToken: 'x' }, { UserGroupIds: ['a'] }, { AuthToken: 'x', UserGroupIds: [] }],
  },
  {
    code: 'AuthTokenWithoutTlsOnly',
    asksForPresence: ['AuthToken'],
    bad: [{ AuthToken: 'x', TransitEncryptionMode: 'preferred' }],
    good: [{ AuthToken: 'x', TransitEncryptionMode: 'required' }, { TransitEncryptionMode: 'preferred' }],
  },
  { code: 'NameBlocksReplacement', bad: [{ ReplicationGroupId: 'mine' }], good: [{}] },
  {
    code: 'NetworkTypeUnsupported',
    bad: [
      { NetworkType: 'ipv6', Engine: 'redis', EngineVersion: '6.0' }, { NetworkType: 'dual_stack', CacheNodeType: 'cache.m4.large' },
      { NetworkType: 'dual_stack', CacheNodeType: 'cache.t2.micro' }, { NetworkType: 'ipv6', CacheNodeType: 'cache.r4.large' },
    ],
    good: [
      { NetworkType: 'ipv6', Engine: 'redis', EngineVersion: '6.2', CacheNodeType: 'cache.m5.large' },
      { NetworkType: 'ipv4', CacheNodeType: 'cache.m4.large' },
      { NetworkType: 'ipv6', CacheNodeType: 'cache.x9.large' }, { CacheNodeType: 'cache.m4.large', Engine: 'redis', EngineVersion: '6.0' },
    ],
  },
  {
    code: 'NetworkTypeUnfitForSubnets',
    bad: [{ NetworkType: 'dual_stack', related: subnets(BOTH, IPV4) }, { NetworkType: 'ipv6', related: subnets(BOTH) }],
    good: [
      { NetworkType: 'dual_stack', related: subnets(BOTH, BOTH) },
      { NetworkType: 'ipv6', related: subnets({ Ipv6Native: true, CidrBlock: undefined }) },
      { NetworkType: 'ipv4', related: subnets(IPV4) }, { related: subnets(IPV4) }, { NetworkType: 'dual_stack', related: subnets({}) },
    ],
  },
  {
    code: 'IpDiscoveryUnfit',
    bad: [{ NetworkType: 'ipv4', IpDiscovery: 'ipv6' }, { NetworkType: 'ipv6', IpDiscovery: 'ipv4' }, { IpDiscovery: 'ipv6' }],
    good: [{ NetworkType: 'dual_stack', IpDiscovery: 'ipv6' }, { NetworkType: 'ipv6', IpDiscovery: 'ipv6' }, { IpDiscovery: 'ipv4' }],
  },
  { code: 'CacheSecurityGroupsGone', bad: [{ CacheSecurityGroupNames: ['a'] }], good: [{ CacheSecurityGroupNames: [] }, {}] },
  {
    code: 'LogTypeTwice',
    bad: [{ LogDeliveryConfigurations: [{ LogType: 'slow-log' }, { LogType: 'slow-log' }] }],
    good: [{ LogDeliveryConfigurations: [{ LogType: 'slow-log' }, { LogType: 'engine-log' }] }, { LogDeliveryConfigurations: [] }],
  },
  {
    code: 'LogDestinationUnfit',
    bad: [{ LogDeliveryConfigurations: [{ DestinationType: 'cloudwatch-logs', DestinationDetails: { KinesisFirehoseDetails: {} } }] }],
    good: [
      { LogDeliveryConfigurations: [{ DestinationType: 'kinesis-firehose', DestinationDetails: { KinesisFirehoseDetails: {} } }] },
      { LogDeliveryConfigurations: [{ DestinationType: 'cloudwatch-logs', DestinationDetails: UNKNOWN }] },
      { LogDeliveryConfigurations: [{ DestinationType: UNKNOWN, DestinationDetails: { KinesisFirehoseDetails: {} } }] },
    ],
  },
  {
    code: 'NotificationTopicFifo',
    bad: [{ related: topic({ FifoTopic: true }) }],
    good: [{ related: topic({}) }, { related: topic({ FifoTopic: UNKNOWN }) }],
  },
  {
    code: 'RestoreNeedsSlots',
    asksForPresence: ['SnapshotArns'],
    bad: [
      { SnapshotArns: ['a'], ClusterMode: 'enabled' }, { SnapshotArns: ['a'], NumNodeGroups: 2 },
      { SnapshotArns: ['a'], ...shards({ Slots: '0-1' }, {}) },
    ],
    good: [
      { SnapshotArns: ['a'], ClusterMode: 'enabled', ...shards({ Slots: '0-16383' }) }, { SnapshotArns: ['a'], ClusterMode: 'disabled' },
      { SnapshotArns: [], NumNodeGroups: 2 },
      { SnapshotArns: ['a'], ClusterMode: 'enabled', NodeGroupConfiguration: UNKNOWN }, { SnapshotArns: ['a'] },
    ],
  },
  { code: 'SnapshotArnInvalid', bad: [{ SnapshotArns: ['b/a,b.rdb'] }], good: [{ SnapshotArns: ['b/a.rdb'] }, {}] },
  {
    code: 'RestoreSourceTwice',
    asksForPresence: ['SnapshotName'],
    bad: [{ SnapshotName: 'a', SnapshotArns: ['b'] }],
    good: [{ SnapshotName: 'a' }, { SnapshotArns: ['b'] }],
  },
  {
    code: 'MemberInheritsProps',
    asksForPresence: ['GlobalReplicationGroupId'],
    bad: [{ GlobalReplicationGroupId: 'g', Engine: 'valkey' }, { GlobalReplicationGroupId: 'g', CacheNodeType: 'cache.r7g.large' }],
    good: [{ GlobalReplicationGroupId: 'g' }, { Engine: 'valkey' }],
  },
  {
    code: 'MemberNeedsReplica',
    asksForPresence: ['GlobalReplicationGroupId'],
    bad: [{ GlobalReplicationGroupId: 'g', NumCacheClusters: 1 }, { GlobalReplicationGroupId: 'g', ReplicasPerNodeGroup: 0 }],
    good: [{ GlobalReplicationGroupId: 'g', NumCacheClusters: 2 }, { NumCacheClusters: 1 }],
  },
  {
    code: 'MemberNetworkUnfit',
    asksForPresence: ['GlobalReplicationGroupId'],
    bad: ['ipv6', 'dual_stack'].map((NetworkType) => ({ GlobalReplicationGroupId: 'g', NetworkType })),
    good: [{ GlobalReplicationGroupId: 'g', NetworkType: 'ipv4' }, { GlobalReplicationGroupId: 'g' }, { NetworkType: 'ipv6' }],
  },
  {
    code: 'MemberMinorUpgrades',
    asksForPresence: ['GlobalReplicationGroupId'],
    bad: [{ GlobalReplicationGroupId: 'g', AutoMinorVersionUpgrade: true }],
    good: [{ GlobalReplicationGroupId: 'g', AutoMinorVersionUpgrade: false }, { GlobalReplicationGroupId: 'g' }, { AutoMinorVersionUpgrade: true }],
  },
];

export const GLOBAL_JUDGEMENTS: readonly Judgement[] = [
  {
    code: 'GlobalSuffixInvalid',
    bad: ['', 'a_b', 'a--b', 'a-', '-a'].map((suffix) => ({ GlobalReplicationGroupIdSuffix: suffix })),
    good: [{}, ...['a', '1a', 'my-world'].map((suffix) => ({ GlobalReplicationGroupIdSuffix: suffix }))],
  },
  {
    code: 'GlobalNeedsOnePrimary',
    bad: [members(), members(['SECONDARY', 'a']), members(['PRIMARY', 'a'], ['PRIMARY', 'b']), members([undefined, 'a']), members(['primary', 'a'])],
    good: [members(['PRIMARY', 'a']), members(['PRIMARY', 'a'], ['SECONDARY', 'b']), members([UNKNOWN, 'a']), {}],
  },
  {
    code: 'GlobalMembersUnfit',
    bad: [members(...['a', 'b', 'c', 'd'].map((region): [string, string] => ['SECONDARY', region])), members(['PRIMARY', 'a'], ['SECONDARY', 'a']), members(['PRIMARY', 'cn-north-1'], ['SECONDARY', 'us-east-1'])],
    good: [
      members(['PRIMARY', 'cn-north-1'], ['SECONDARY', 'cn-northwest-1']),
      members(...['a', 'b', 'c'].map((region): [string, string] => ['SECONDARY', region])),
      members(['PRIMARY', UNKNOWN], ['SECONDARY', UNKNOWN]),
    ],
  },
  {
    code: 'GlobalFailoverNeeded',
    bad: [
      { AutomaticFailoverEnabled: false, related: primary({ ClusterMode: 'enabled' }) },
      { AutomaticFailoverEnabled: false, related: primary({ NumNodeGroups: 2 }) },
    ],
    good: [
      { AutomaticFailoverEnabled: true, related: primary({ ClusterMode: 'enabled' }) },
      { AutomaticFailoverEnabled: false, related: primary({ ClusterMode: 'disabled' }) },
    ],
  },
  {
    code: 'GlobalPrimaryUnfit',
    bad: [
      ...['cache.t4g.medium', 'cache.m4.large', 'cache.r4.large'].map((type) => ({ related: primary({ CacheNodeType: type }) })),
      { related: primary({ NetworkType: 'ipv6' }) }, { related: primary({ NetworkType: 'dual_stack' }) },
      { related: primary({ Durability: 'sync' }) },
      { related: primary({ Engine: 'redis', EngineVersion: '4.0.10' }) },
    ],
    good: [
      { related: primary({ CacheNodeType: 'cache.r7g.large', NetworkType: 'ipv4', Durability: 'disabled', Engine: 'redis', EngineVersion: '5.0.6' }) },
      { related: primary({ CacheNodeType: 'cache.x9.large' }) }, {},
    ],
  },
  {
    code: 'GlobalPrimarySingleNode',
    bad: [{ related: primary({ NumCacheClusters: 1 }) }],
    good: [{ related: primary({ NumCacheClusters: 2 }) }, {}],
  },
  {
    code: 'GlobalMinorUpgrades',
    bad: [{ related: primary({ AutoMinorVersionUpgrade: true }) }],
    good: [{ related: primary({ AutoMinorVersionUpgrade: false }) }, {}],
  },
  {
    code: 'GlobalParameterGroupAlone',
    asksForPresence: ['CacheParameterGroupName'],
    bad: [{ CacheParameterGroupName: 'a' }],
    good: [{ CacheParameterGroupName: 'a', EngineVersion: '8.2' }, {}],
  },
];
