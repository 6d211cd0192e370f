import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { CfnReplicationGroup, CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
import { authTokenReference } from '../../auth/auth-token-ref';
import { chooseWindows } from '../../backup/private/choose-windows';
import { DEFAULT_RETENTION } from '../../backup/private/default-retention';
import { ResourceView, Wordings } from '../../checks/rule';
import { CacheEngine } from '../../engine/cache-engine';
import { LogDelivery } from '../../logging/log-delivery';
import { describeDelivery, ENGINE_LOG, SLOW_LOG } from '../../logging/private/log-destination';
import { IpDiscovery, NetworkType } from '../../network/network-type';
import { CacheSubnets, chooseSubnets, viewsOfSubnets } from '../../network/private/cache-subnets';
import { SubnetGroup } from '../../network/subnet-group';
import { CacheNodeType } from '../../node-type/cache-node-type';
import { viewOfParameterGroup } from '../../parameters/parameter-group';
import { Parameters } from '../../parameters/parameters';
import { CLUSTER_PARAMETER } from '../../parameters/private/cluster-parameter';
import { Inspection } from '../../private/check';
import { parameterGroupView, subnetGroupView, topicView, userGroupView, viewOf } from '../../private/construct-view';
import { Decisions } from '../../private/memo';
import { once, refuseNoSecurityGroups, refuseTogether } from '../../private/props';
import { RULES } from '../../private/rule-tables';
import { daysOf, lowerCase } from '../../private/tokens';
import { ClusterMode } from '../cluster-mode';
import { ReplicationGroupProps } from '../replication-group-options';

/** The props of a replication group under their names in CloudFormation. */
export const WORDINGS: Wordings = {
  ReplicationGroupId: 'replicationGroupId',
  ReplicationGroupDescription: 'description',
  CacheNodeType: 'nodeType',
  NumCacheClusters: { name: 'replicas', show: (nodes) => typeof nodes === 'number' ? `${nodes - 1}` : 'a token' },
  PreferredCacheClusterAZs: 'availabilityZones',
  AutomaticFailoverEnabled: 'automaticFailover',
  MultiAZEnabled: 'multiAz',
  ClusterMode: 'clusterMode',
  NumNodeGroups: 'shards',
  ReplicasPerNodeGroup: 'replicasPerShard',
  NodeGroupConfiguration: 'shardConfigurations',
  Durability: 'durability',
  NetworkType: 'networkType',
  IpDiscovery: 'ipDiscovery',
  TransitEncryptionMode: 'transitEncryptionMode',
  SnapshotName: 'restoreFrom',
  SnapshotArns: 'restoreFrom',
  AutoMinorVersionUpgrade: 'autoMinorVersionUpgrade',
  TransitEncryptionEnabled: 'transitEncryption',
  AtRestEncryptionEnabled: 'atRestEncryption',
  KmsKeyId: 'encryptionKey',
  DataTieringEnabled: 'dataTiering',
  UserGroupIds: 'userGroup',
  AuthToken: 'authToken',
  Port: 'port',
  CacheParameterGroupName: 'parameterGroup',
  CacheSubnetGroupName: 'subnetGroup',
  SnapshotRetentionLimit: 'backupRetention',
  SnapshotWindow: 'backupWindow',
  PreferredMaintenanceWindow: 'maintenanceWindow',
  NotificationTopicArn: 'notificationTopic',
};

/** Props with every default filled in, and the properties that need no other resource. */
export interface ReplicationGroupPlan {
  readonly engine: CacheEngine;
  readonly nodeType: CacheNodeType;
  readonly clusterMode: ClusterMode;
  readonly port: number;
  readonly transitEncryption: boolean;
  /** Those of the parameter group that is made when none is given. */
  readonly parameters?: Parameters;
  readonly slowLog?: LogDelivery;
  readonly engineLog?: LogDelivery;
  readonly removalPolicy: RemovalPolicy;
  /** Where the nodes are, once that was looked at; absent with a subnet group that was given. */
  readonly subnets?: CacheSubnets;
  readonly properties: CfnReplicationGroupProps;
}

/** What a cache decided of the group that it is made of. */
export const DECIDED_GROUPS = new Decisions<ReplicationGroupProps, ReplicationGroupPlan>();

/** Fills in the defaults. The choice of each is told in the documentation of the prop. */
export function planReplicationGroup(path: string, props: ReplicationGroupProps): ReplicationGroupPlan {
  const engine = props.engine ?? CacheEngine.valkey();
  const nodeType = props.nodeType ?? CacheNodeType.T4G_MEDIUM;
  const clusterMode = props.clusterMode ?? ClusterMode.disabled();
  const port = props.port ?? engine.defaultPort;
  const transitEncryption = props.transitEncryption ?? true;
  const automaticFailover = props.automaticFailover ?? (clusterMode._row.needsFailover || clusterMode.replicas > 0);
  const retention = daysOf(props.backupRetention) ?? DEFAULT_RETENTION;
  const windows = chooseWindows(retention !== 0, props.backupWindow, props.maintenanceWindow);
  return {
    engine,
    nodeType,
    clusterMode,
    port,
    transitEncryption,
    parameters: clusterMode._row.clusterEnabled ? inClusterMode(props.parameters) : props.parameters,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
    slowLog: props.slowLog ?? (engine.features.slowLog ? LogDelivery.cloudWatch() : undefined),
    engineLog: props.engineLog ?? (engine.features.engineLog ? LogDelivery.cloudWatch() : undefined),
    properties: {
      replicationGroupId: props.replicationGroupId && lowerCase(props.replicationGroupId),
      replicationGroupDescription: props.description ?? path.slice(-255),
      engine: engine.name,
      engineVersion: engine.version,
      cacheNodeType: nodeType.name,
      // An engine that cannot change its mode is not told it: its parameter group decides.
      clusterMode: engine.features.clusterModeCompatible || clusterMode._row.onlyByProperty ? clusterMode.name : undefined,
      ...nodesOf(clusterMode),
      automaticFailoverEnabled: automaticFailover,
      multiAzEnabled: props.multiAz ?? (automaticFailover && hasReplicas(clusterMode)),
      durability: props.durability,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
      dataTieringEnabled: props.dataTiering ?? (nodeType.features.dataTiering || undefined),
      port,
      networkType: props.networkType,
      ipDiscovery: props.ipDiscovery ?? (props.networkType === NetworkType.IPV6 ? IpDiscovery.IPV6 : undefined),
      transitEncryptionEnabled: transitEncryption,
      transitEncryptionMode: props.transitEncryptionMode,
      atRestEncryptionEnabled: props.atRestEncryption ?? true,
      kmsKeyId: props.encryptionKey?.keyRef.keyArn,
      ...userGroupOf(props),
      authToken: props.authToken && authTokenReference(props.authToken),
      notificationTopicArn: props.notificationTopic?.topicRef.topicArn,
      ...props.restoreFrom?._properties,
      snapshotRetentionLimit: retention,
      snapshotWindow: windows.backup,
      preferredMaintenanceWindow: windows.maintenance,
    },
  };
}

/** The users, whose group is not yet there when a cache decides what it will be made of. */
export function userGroupOf({ userGroup }: ReplicationGroupProps): Pick<CfnReplicationGroupProps, 'userGroupIds'> {
  return { userGroupIds: userGroup && [userGroup.userGroupRef.userGroupId] };
}

/**
 * Nodes as CloudFormation counts them. A group with one shard is told the number of nodes, one with shards that of shards and replicas: never both, and
 * never replicas beside a configuration of shards, for which CloudFormation replaces the cache.
 */
function nodesOf(mode: ClusterMode): Partial<CfnReplicationGroupProps> {
  if (mode._countsNodes) {
    return { numCacheClusters: mode.replicas + 1, preferredCacheClusterAZs: mode.availabilityZones };
  }
  return mode.shardConfigurations ? { numNodeGroups: mode.shards, nodeGroupConfiguration: shardsOf(mode) }
    : { numNodeGroups: mode.shards, replicasPerNodeGroup: mode.replicas };
}

/** Each shard with its id, from the first deployment on: a later change would otherwise not know which shard it is about. */
function shardsOf(mode: ClusterMode): CfnReplicationGroup.NodeGroupConfigurationProperty[] {
  return mode.shardConfigurations!.map(({ replicas, primaryAvailabilityZone, replicaAvailabilityZones, slots }, index) => ({
    nodeGroupId: mode._shardIds![index], replicaCount: replicas ?? mode.replicas, primaryAvailabilityZone, replicaAvailabilityZones, slots,
  }));
}

/** Whether every shard has a replica, as far as is known. */
function hasReplicas(mode: ClusterMode): boolean {
  const counts = mode.shardConfigurations?.map((shard) => shard.replicas ?? mode.replicas) ?? [mode.replicas];
  return counts.every((count) => count !== 0);
}

/** What was written wins, so that a contradiction is found. */
function inClusterMode(parameters: Parameters | undefined): Parameters {
  const cluster = Parameters.custom({ [CLUSTER_PARAMETER.name]: CLUSTER_PARAMETER.on });
  return parameters ? Parameters.combine(cluster, parameters) : cluster;
}

/** The name of a group that does not exist yet: a token, which no rule judges. */
export const NAMED_LATER = Token.asString({ Ref: 'Group' });

/** All rules about what a replication group is told. */
export const rulesOfGroups = once(() => [...RULES.replicationGroup(), ...RULES.cacheUser(), ...RULES.authToken()]);

/**
 * Judges a replication group before anything of it is made: its own properties, and those of the resources it will make or use.
 *
 * @returns the plan, and where the nodes will be
 */
export function inspectReplicationGroup(
  inspection: Inspection, props: ReplicationGroupProps, plan: ReplicationGroupPlan, wordings: Wordings = WORDINGS,
): ReplicationGroupPlan {
  if (inspection.isJudged) {
    return plan;
  }
  const subnets = props.subnetGroup ? undefined : chooseSubnets(inspection.ofPart(), props.vpc, props.vpcSubnets);
  checkCombinations(inspection, props);
  const made = props.parameterGroup ? undefined : viewOfParameterGroup(plan.engine, plan.parameters);
  if (made) {
    inspection.ofPart().check(RULES.parameterGroup(), () => made);
  }
  const properties = {
    ...plan.properties,
    logDeliveryConfigurations: [...describeDelivery(SLOW_LOG, plan.slowLog), ...describeDelivery(ENGINE_LOG, plan.engineLog)],
    cacheParameterGroupName: props.parameterGroup?.parameterGroupRef.cacheParameterGroupName ?? NAMED_LATER,
    cacheSubnetGroupName: props.subnetGroup?.subnetGroupRef.cacheSubnetGroupName ?? NAMED_LATER,
  };
  inspection.check(rulesOfGroups(), () => viewOf(CfnReplicationGroup.CFN_RESOURCE_TYPE_NAME, properties, wordings, {
    CacheParameterGroupName: made ? [made] : parameterGroupView(props.parameterGroup),
    CacheSubnetGroupName: subnetsView(props, subnets),
    UserGroupIds: userGroupView(props.userGroup),
    NotificationTopicArn: topicView(props.notificationTopic),
  }));
  return { ...plan, subnets };
}

function subnetsView(props: ReplicationGroupProps, subnets: CacheSubnets | undefined): ResourceView[] | undefined {
  const known = SubnetGroup.isSubnetGroup(props.subnetGroup) ? props.subnetGroup._subnets() : subnets;
  return subnetGroupView(props.subnetGroup, undefined, known && viewsOfSubnets(known));
}

function checkCombinations(inspection: Inspection, props: ReplicationGroupProps): void {
  refuseTogether(inspection, props, [['vpcSubnets', 'subnetGroup'], ['parameters', 'parameterGroup']]);
  refuseNoSecurityGroups(inspection, props.securityGroups);
  if (props.onlineResharding === false) {
    inspection.warn('ReshardingReplaces', 'onlineResharding: false makes a change of shards replace the cache: its data is gone, and its endpoint differs; ' +
      'leave it out, and change shards in a deployment of its own');
  }
}
