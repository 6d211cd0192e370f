import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnReplicationGroup, CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
import { CACHE_USER_RULES } from '../../access/cache-user-rules';
import { chooseWindows } from '../../backup/private/choose-windows';
import { ResourceView, Wordings } from '../../checks/rule';
import { CacheEngine } from '../../engine/cache-engine';
import { LogDelivery } from '../../logging/log-delivery';
import { describeDelivery, ENGINE_LOG, SLOW_LOG } from '../../logging/private/log-destination';
import { CacheSubnets, chooseSubnets } from '../../network/private/cache-subnets';
import { SubnetGroup } from '../../network/subnet-group';
import { CacheNodeType } from '../../node-type/cache-node-type';
import { viewOfParameterGroup } from '../../parameters/parameter-group';
import { PARAMETER_GROUP_RULES } from '../../parameters/parameter-group-rules';
import { Inspection } from '../../private/check';
import { parameterGroupView, subnetGroupView, topicView, userGroupView, viewOf } from '../../private/construct-view';
import { refuseNoSecurityGroups, refuseTogether } from '../../private/props';
import { daysOf, lowerCase } from '../../private/tokens';
import { ClusterMode } from '../cluster-mode';
import { ReplicationGroupProps } from '../replication-group-options';
import { REPLICATION_GROUP_RULES } from '../replication-group-rules';

/** The props of a replication group under their names in CloudFormation. */
export const WORDINGS: Wordings = {
  ReplicationGroupId: 'replicationGroupId',
  ReplicationGroupDescription: 'description',
  CacheNodeType: 'nodeType',
  NumCacheClusters: { name: 'replicas', show: (nodes) => typeof nodes === 'number' ? `${nodes - 1}` : 'a token' },
  PreferredCacheClusterAZs: 'availabilityZones',
  AutomaticFailoverEnabled: 'automaticFailover',
  MultiAZEnabled: 'multiAz',
  TransitEncryptionEnabled: 'transitEncryption',
  AtRestEncryptionEnabled: 'atRestEncryption',
  KmsKeyId: 'encryptionKey',
  DataTieringEnabled: 'dataTiering',
  UserGroupIds: 'userGroup',
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
  readonly slowLog?: LogDelivery;
  readonly engineLog?: LogDelivery;
  readonly removalPolicy: RemovalPolicy;
  readonly properties: CfnReplicationGroupProps;
}

/** Fills in the defaults. The choice of each is told in the documentation of the prop. */
export function planReplicationGroup(path: string, props: ReplicationGroupProps): ReplicationGroupPlan {
  const engine = props.engine ?? CacheEngine.valkey();
  const nodeType = props.nodeType ?? CacheNodeType.T4G_MEDIUM;
  const clusterMode = props.clusterMode ?? ClusterMode.disabled();
  const port = props.port ?? engine.defaultPort;
  const transitEncryption = props.transitEncryption ?? true;
  const automaticFailover = props.automaticFailover ?? clusterMode.replicas > 0;
  const retention = daysOf(props.backupRetention ?? Duration.days(7));
  const windows = chooseWindows(retention !== 0, props.backupWindow, props.maintenanceWindow);
  return {
    engine,
    nodeType,
    clusterMode,
    port,
    transitEncryption,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
    slowLog: props.slowLog ?? (engine.features.slowLog ? LogDelivery.cloudWatch() : undefined),
    engineLog: props.engineLog ?? (engine.features.engineLog ? LogDelivery.cloudWatch() : undefined),
    properties: {
      replicationGroupId: props.replicationGroupId && lowerCase(props.replicationGroupId),
      replicationGroupDescription: props.description ?? path.slice(-255),
      engine: engine.name,
      engineVersion: engine.version,
      cacheNodeType: nodeType.name,
      numCacheClusters: clusterMode.nodeCount,
      preferredCacheClusterAZs: clusterMode.availabilityZones,
      automaticFailoverEnabled: automaticFailover,
      multiAzEnabled: props.multiAz ?? automaticFailover,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
      dataTieringEnabled: props.dataTiering ?? (nodeType.features.dataTiering || undefined),
      port,
      transitEncryptionEnabled: transitEncryption,
      atRestEncryptionEnabled: props.atRestEncryption ?? true,
      kmsKeyId: props.encryptionKey?.keyRef.keyArn,
      userGroupIds: props.userGroup && [props.userGroup.userGroupRef.userGroupId],
      notificationTopicArn: props.notificationTopic?.topicRef.topicArn,
      snapshotRetentionLimit: retention,
      snapshotWindow: windows.backup,
      preferredMaintenanceWindow: windows.maintenance,
    },
  };
}

/** Judges a replication group before anything of it is made: its own properties, and those of the resources it will make or use. */
export function inspectReplicationGroup(
  inspection: Inspection, props: ReplicationGroupProps, plan: ReplicationGroupPlan, wordings: Wordings = WORDINGS,
): void {
  const subnets = props.subnetGroup ? undefined : chooseSubnets(inspection.ofPart(), props.vpc, props.vpcSubnets);
  checkCombinations(inspection, props);
  const made = props.parameterGroup ? undefined : viewOfParameterGroup(plan.engine, props.parameters);
  if (made) {
    inspection.ofPart().check(PARAMETER_GROUP_RULES, made);
  }
  const properties = {
    ...plan.properties,
    logDeliveryConfigurations: [...describeDelivery(SLOW_LOG, plan.slowLog), ...describeDelivery(ENGINE_LOG, plan.engineLog)],
  };
  inspection.check([...REPLICATION_GROUP_RULES, ...CACHE_USER_RULES], viewOf(CfnReplicationGroup.CFN_RESOURCE_TYPE_NAME, properties, wordings, {
    CacheParameterGroupName: made ? [made] : parameterGroupView(props.parameterGroup),
    CacheSubnetGroupName: subnetsView(props, subnets),
    UserGroupIds: userGroupView(props.userGroup),
    NotificationTopicArn: topicView(props.notificationTopic),
  }));
}

function subnetsView(props: ReplicationGroupProps, subnets: CacheSubnets | undefined): ResourceView[] | undefined {
  const zones = SubnetGroup.isSubnetGroup(props.subnetGroup) ? props.subnetGroup._availabilityZones() : subnets?.zones;
  return subnetGroupView(props.subnetGroup, zones);
}

function checkCombinations(inspection: Inspection, props: ReplicationGroupProps): void {
  refuseTogether(inspection, props, [['vpcSubnets', 'subnetGroup'], ['parameters', 'parameterGroup']]);
  refuseNoSecurityGroups(inspection, props.securityGroups);
}
