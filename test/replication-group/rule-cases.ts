// Rules about cluster modes, shards, TLS modes, durability, restoring and global datastores, through the constructs that a user writes.
import { Stack } from 'aws-cdk-lib';
import { CfnSubnet, PrivateSubnet } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  CacheEngine, CacheNodeType, ClusterMode, Durability, GlobalDatastore, GlobalDatastoreProps, IpDiscovery, NetworkType, ParameterGroup, Parameters,
  RedisVersion, ReplicationGroup, ReplicationGroupProps, RestoreSource, SecondaryReplicationGroup, TransitEncryptionMode, UserGroup, ValkeyVersion,
} from '../../src';
import { newVpc } from '../support/cdk';

type Make = (scope: Construct) => Construct;

export interface Case {
  readonly code: string;
  readonly bad: Make;
  readonly good: Make;
  readonly says: readonly string[];
}

const redis = (version: string) => CacheEngine.redis(RedisVersion.of(version));

function group(props: Partial<ReplicationGroupProps> | ((scope: Construct) => Partial<ReplicationGroupProps>)): Make {
  return (scope) => {
    const own = typeof props === 'function' ? props(scope) : props;
    return new ReplicationGroup(scope, 'Thing', { vpc: newVpc(Stack.of(scope)), ...own });
  };
}

/** A global datastore whose primary has these props. */
function global(primary: Partial<ReplicationGroupProps>, props: Partial<GlobalDatastoreProps> = {}): Make {
  return (scope) => {
    const nodeType = CacheNodeType.R7G_LARGE;
    return new GlobalDatastore(scope, 'Thing', {
      primary: new ReplicationGroup(scope, 'Primary', { vpc: newVpc(Stack.of(scope)), nodeType, ...primary }), ...props,
    });
  };
}

/** A VPC that is made here, whose subnets have IPv6 or not. */
function vpcWith(ipv6: boolean): (scope: Construct) => Partial<ReplicationGroupProps> {
  return (scope) => {
    const subnet = new PrivateSubnet(scope, 'Own', { availabilityZone: 'a', vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24' });
    if (ipv6) {
      (subnet.node.defaultChild as CfnSubnet).ipv6CidrBlock = '2001:db8::/64';
    }
    return { networkType: NetworkType.DUAL_STACK, multiAz: false, vpcSubnets: { subnets: [subnet] } };
  };
}

const sharded = (shards: number, replicasPerShard = 1) => ClusterMode.enabled({ shards, replicasPerShard });
const slots = (...texts: (string | undefined)[]) => ClusterMode.enabled({ shardConfigurations: texts.map((text) => ({ slots: text })) });
const durable = {
  durability: Durability.SYNC, engine: CacheEngine.valkey(ValkeyVersion.V9_0), nodeType: CacheNodeType.R7G_LARGE, clusterMode: sharded(2),
};
const withOwn = (clusterMode: ClusterMode, values: Record<string, string>) => group((scope) => ({
  clusterMode, parameterGroup: new ParameterGroup(scope, 'Params', { engine: CacheEngine.valkey(), parameters: Parameters.custom(values) }),
}));
const restored = (clusterMode: ClusterMode) => group((scope) => ({
  clusterMode, restoreFrom: RestoreSource.rdbFile(new Bucket(scope, 'Bucket'), 'dump.rdb'),
}));
const secondary = (replicas: number): Make => (scope) => new SecondaryReplicationGroup(scope, 'Thing', {
  vpc: newVpc(Stack.of(scope)), replicas, globalDatastore: GlobalDatastore.fromGlobalDatastoreAttributes(scope, 'World', { globalReplicationGroupId: 'x-world' }),
});

/** Rules that no prop can break: they judge templates that were not made with these constructs. */
export const TEMPLATE_ONLY = [
  'NodeTypeMissing', 'FailoverMustBeSaid', 'FailoverWithoutNodes', 'DisabledModeHasOneShard', 'CacheClustersNeedOneShard', 'NodeCountTwice', 'NodesNotSaid', 'PrimaryClusterDecides', 'PlacementTwice',
  'ShardsMatchConfiguration', 'ShardIdMissing', 'SnapshottingClusterUnfit', 'UserGroupTwice', 'TlsNeedsSubnetGroup', 'ValkeyTlsMustBeSaid',
  'AuthTokenNeedsTls', 'AuthTokenInvalid', 'AuthTokenWithUserGroup', 'AuthTokenWithoutTlsOnly', 'CacheSecurityGroupsGone',
  'LogTypeTwice', 'LogDestinationUnfit', 'RestoreSourceTwice', 'SnapshotArnInvalid', 'MemberInheritsProps', 'MemberNetworkUnfit', 'MemberMinorUpgrades', 'GlobalNeedsOnePrimary', 'GlobalMembersUnfit', 'GlobalParameterGroupAlone',
];

export const RULE_CASES: readonly Case[] = [
  {
    code: 'MinorUpgradesUnsupported',
    bad: group({ engine: redis('5.0.6'), autoMinorVersionUpgrade: true }),
    good: group({ engine: redis('6.0'), autoMinorVersionUpgrade: true }),
    says: ['autoMinorVersionUpgrade: true', 'got: Redis OSS 5.0.6', 'has no effect'],
  },
  {
    code: 'NodeTypePhasingOut',
    bad: group({ nodeType: CacheNodeType.of('cache.t2.micro') }),
    good: group({ nodeType: CacheNodeType.of('cache.t3.micro') }),
    says: ['nodeType', 'cache.t2.micro', 'choose a current one'],
  },
  {
    code: 'DurabilityUnsupported',
    bad: group({ ...durable, engine: CacheEngine.valkey(ValkeyVersion.V8_2) }),
    good: group(durable),
    says: ['durability', 'got: Valkey 8.2', 'needs Valkey 9.0 or newer'],
  },
  {
    code: 'DurabilityWithoutTls',
    bad: group({ ...durable, transitEncryption: false }),
    good: group(durable),
    says: ['durability', 'got: transitEncryption: false', 'may need transitEncryption: true'],
  },
  {
    code: 'DurabilityEncryptsAtRest',
    bad: group({ ...durable, atRestEncryption: false }),
    good: group(durable),
    says: ['durability', 'got: atRestEncryption: false', 'leave it out'],
  },
  {
    code: 'TooManyNodes',
    bad: group({ clusterMode: sharded(251) }),
    good: group({ clusterMode: sharded(250) }),
    says: ['at most 500 nodes', 'got: 502', 'take fewer shards or replicas'],
  },
  {
    code: 'NodesBeyondQuota',
    bad: group({ clusterMode: sharded(46) }),
    good: group({ clusterMode: sharded(45) }),
    says: ['90 nodes', 'got: 92', 'ask AWS for more'],
  },
  {
    code: 'ShardsNeedClusterParameter',
    bad: withOwn(sharded(2), {}),
    good: withOwn(sharded(2), { 'cluster-enabled': 'yes' }),
    says: ['parameterGroup', 'cluster-enabled: yes', 'for 2 shards', 'make another group'],
  },
  {
    code: 'ClusterParameterMissing',
    bad: withOwn(ClusterMode.compatible(), {}),
    good: withOwn(ClusterMode.compatible(), { 'cluster-enabled': 'yes' }),
    says: ['parameterGroup', 'cluster-enabled: yes', 'in cluster mode compatible', 'make another group'],
  },
  {
    code: 'ClusterModeContradicts',
    bad: withOwn(ClusterMode.disabled(), { 'cluster-enabled': 'yes' }),
    good: withOwn(ClusterMode.disabled(), {}),
    says: ['clusterMode: "disabled"', 'contradicts parameterGroup', 'cluster-enabled: yes'],
  },
  {
    code: 'ClusterModeNeedsFailover',
    bad: group({ clusterMode: sharded(2), automaticFailover: false }),
    good: group({ clusterMode: sharded(2), automaticFailover: true }),
    says: ['automaticFailover', 'got: automaticFailover: false', 'must be true in cluster mode'],
  },
  {
    code: 'ClusterModeUnsupported',
    bad: group({ engine: redis('6.2'), clusterMode: ClusterMode.compatible() }),
    good: group({ engine: redis('7.0'), clusterMode: ClusterMode.compatible() }),
    says: ['clusterMode: "compatible"', 'needs Redis OSS 7.0 or newer', 'upgrade'],
  },
  {
    code: 'CompatibleModeNeedsReplica',
    bad: group({ clusterMode: ClusterMode.compatible(), automaticFailover: false }),
    good: group({ clusterMode: ClusterMode.compatible() }),
    says: ['clusterMode: "compatible"', 'got: automaticFailover: false', 'needs a replica'],
  },
  {
    code: 'CompatibleModeTemporary',
    bad: group({ clusterMode: ClusterMode.compatible() }),
    good: group({ clusterMode: sharded(1) }),
    says: ['clusterMode: "compatible"', 'change nothing else', 'go on to cluster mode enabled'],
  },
  {
    code: 'ShardsOutOfRange',
    bad: group({ clusterMode: sharded(0) }),
    good: group({ clusterMode: sharded(1) }),
    says: ['shards', 'got: 0', 'must be 1 to 500'],
  },
  {
    code: 'ShardIdInvalid',
    bad: group({ clusterMode: ClusterMode.enabled({ shardConfigurations: [{ nodeGroupId: 'first' }] }) }),
    good: group({ clusterMode: ClusterMode.enabled({ shardConfigurations: [{ nodeGroupId: '0007' }] }) }),
    says: ['nodeGroupId', 'got: "first"', '1 to 4 digits'],
  },
  {
    code: 'ShardZonesMatchReplicas',
    bad: group({ clusterMode: ClusterMode.enabled({ shardConfigurations: [{}, { replicaAvailabilityZones: ['a', 'b'] }] }) }),
    good: group({ clusterMode: ClusterMode.enabled({ shardConfigurations: [{}, { replicaAvailabilityZones: ['a'] }] }) }),
    says: ['replicaAvailabilityZones of shard 2', 'got: 2', 'one zone a replica, 1'],
  },
  {
    code: 'SlotsInvalid',
    bad: group({ clusterMode: slots('0-8191', '8191-16383') }),
    good: group({ clusterMode: slots('0-8191', '8192-16383') }),
    says: ['slots', 'got twice: 8191', 'one shard each'],
  },
  {
    code: 'SlotsIncomplete',
    bad: group({ clusterMode: slots('0-8191', undefined) }),
    good: group({ clusterMode: slots('0-8191', '8192-16383') }),
    says: ['slots', 'got: some shards without', 'for every shard or for none'],
  },
  {
    code: 'SlotsOutdated',
    bad: group({ clusterMode: slots('0-16383') }),
    good: group({ clusterMode: slots(undefined) }),
    says: ['slots', 'only when the cache is made', 'leave them out'],
  },
  {
    code: 'MultiAzNeedsReplica',
    bad: group({ clusterMode: sharded(2, 0), multiAz: true }),
    good: group({ clusterMode: sharded(2, 1), multiAz: true }),
    says: ['multiAz', 'got: a shard with 0 replicas', 'add one or set multiAz: false'],
  },
  {
    code: 'ShardsWithoutReplicas',
    bad: group({ clusterMode: sharded(2, 0) }),
    good: group({ clusterMode: sharded(2, 1) }),
    says: ['without replicas loses its data', 'add one replica a shard'],
  },
  {
    code: 'UserGroupNeedsTlsOnly',
    bad: group((scope) => ({ transitEncryptionMode: TransitEncryptionMode.PREFERRED, userGroup: new UserGroup(scope, 'Users') })),
    good: group((scope) => ({ transitEncryptionMode: TransitEncryptionMode.REQUIRED, userGroup: new UserGroup(scope, 'Users') })),
    says: ['userGroup', 'transitEncryptionMode: "preferred"', 'then add users'],
  },
  {
    code: 'TlsModeNeedsTls',
    bad: group({ transitEncryption: false, transitEncryptionMode: TransitEncryptionMode.REQUIRED }),
    good: group({ transitEncryption: true, transitEncryptionMode: TransitEncryptionMode.REQUIRED }),
    says: ['transitEncryptionMode', 'got: transitEncryption: false', 'needs transitEncryption: true'],
  },
  {
    code: 'TlsModeUnsupported',
    bad: group({ engine: redis('6.2'), transitEncryptionMode: TransitEncryptionMode.REQUIRED }),
    good: group({ engine: redis('7.0'), transitEncryptionMode: TransitEncryptionMode.REQUIRED }),
    says: ['transitEncryptionMode', 'got: Redis OSS 6.2', 'leave it out'],
  },
  {
    code: 'TlsNotRequired',
    bad: group({ transitEncryptionMode: TransitEncryptionMode.PREFERRED }),
    good: group({ transitEncryptionMode: TransitEncryptionMode.REQUIRED }),
    says: ['transitEncryptionMode: "preferred"', 'lets clients in without TLS', 'set transitEncryptionMode to required'],
  },
  {
    code: 'AtRestEncryptionMayStay',
    bad: group({ atRestEncryption: false }),
    good: group({ atRestEncryption: true }),
    says: ['atRestEncryption: false', 'may have no effect', 'leave it out'],
  },
  {
    code: 'NameBlocksReplacement',
    bad: group({ replicationGroupId: 'mine' }),
    good: group({}),
    says: ['replicationGroupId: "mine"', 'is fixed', 'leave it out'],
  },
  {
    code: 'NetworkTypeUnsupported',
    bad: group({ networkType: NetworkType.DUAL_STACK, nodeType: CacheNodeType.of('cache.m4.large') }),
    good: group({ networkType: NetworkType.DUAL_STACK, nodeType: CacheNodeType.of('cache.m5.large') }),
    says: ['networkType: "dual_stack"', 'got: nodeType: "cache.m4.large"', 'needs a Nitro node type'],
  },
  {
    code: 'NetworkTypeUnfitForSubnets',
    bad: group(vpcWith(false)),
    good: group(vpcWith(true)),
    says: ['networkType: "dual_stack"', 'subnets without IPv6', 'needs subnets that have IPv4 and IPv6'],
  },
  {
    code: 'IpDiscoveryUnfit',
    bad: group({ ipDiscovery: IpDiscovery.IPV6 }),
    good: group({ ipDiscovery: IpDiscovery.IPV6, networkType: NetworkType.DUAL_STACK }),
    says: ['ipDiscovery: "ipv6"', 'contradicts no networkType', 'leave out ipDiscovery'],
  },
  {
    code: 'NotificationTopicFifo',
    bad: group((scope) => ({ notificationTopic: new CfnTopic(scope, 'Topic', { fifoTopic: true, topicName: 'a.fifo' }) })),
    good: group((scope) => ({ notificationTopic: new CfnTopic(scope, 'Topic') })),
    says: ['notificationTopic', 'a FIFO topic', 'should be a standard topic'],
  },
  {
    code: 'RestoreNeedsSlots',
    bad: restored(sharded(2)),
    good: restored(slots('0-8191', '8192-16383')),
    says: ['restoreFrom', 'slots of every shard', 'give shardConfigurations with slots'],
  },
  { code: 'MemberNeedsReplica', bad: secondary(0), good: secondary(1), says: ['a member of a global datastore', 'got: 0 replicas', 'add one'] },
  {
    code: 'GlobalSuffixInvalid',
    bad: global({}, { globalReplicationGroupIdSuffix: 'my_world' }),
    good: global({}, { globalReplicationGroupIdSuffix: 'my-world' }),
    says: ['globalReplicationGroupIdSuffix', '"my_world"', 'letters, digits and single hyphens'],
  },
  {
    code: 'GlobalFailoverNeeded',
    bad: global({ clusterMode: sharded(2) }, { automaticFailover: false }),
    good: global({ clusterMode: sharded(2) }, { automaticFailover: true }),
    says: ['automaticFailover', 'got: false', 'leave it out'],
  },
  {
    code: 'GlobalPrimaryUnfit',
    bad: global({ nodeType: CacheNodeType.T4G_MEDIUM }),
    good: global({ nodeType: CacheNodeType.R7G_LARGE }),
    says: ['primary', 'got: cache.t4g.medium', 'such as cache.r7g.large'],
  },
  {
    code: 'GlobalPrimarySingleNode',
    bad: global({ clusterMode: ClusterMode.disabled({ replicas: 0 }) }),
    good: global({}),
    says: ['primary', 'single node', 'add one'],
  },
  {
    code: 'GlobalMinorUpgrades',
    bad: global({ autoMinorVersionUpgrade: true }),
    good: global({}),
    says: ['primary', 'autoMinorVersionUpgrade', 'leave it out there'],
  },
];
