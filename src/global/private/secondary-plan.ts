import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnReplicationGroup, CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
import { IConstruct } from 'constructs';
import { chooseWindows } from '../../backup/private/choose-windows';
import { DEFAULT_RETENTION } from '../../backup/private/default-retention';
import { CacheEngine } from '../../engine/cache-engine';
import { LogDelivery } from '../../logging/log-delivery';
import { describeDelivery, ENGINE_LOG, SLOW_LOG } from '../../logging/private/log-destination';
import { chooseSubnets, viewsOfSubnets } from '../../network/private/cache-subnets';
import { Inspection } from '../../private/check';
import { subnetGroupView, topicView, userGroupView, viewOf } from '../../private/construct-view';
import { refuseNoSecurityGroups, refuseTogether } from '../../private/props';
import { daysOf, lowerCase } from '../../private/tokens';
import { ClusterMode } from '../../replication-group/cluster-mode';
import { NAMED_LATER, WORDINGS } from '../../replication-group/private/replication-group-plan';
import { REPLICATION_GROUP_RULES } from '../../replication-group/replication-group-rules';
import { SecondaryReplicationGroupProps } from '../secondary-replication-group-options';

/** Props with every default filled in, and the properties that need no other resource. */
export interface SecondaryPlan {
  /** The nodes of this member: its own replicas, and the shards of the primary. */
  readonly clusterMode: ClusterMode;
  readonly port: number;
  readonly slowLog?: LogDelivery;
  readonly engineLog?: LogDelivery;
  readonly removalPolicy: RemovalPolicy;
  readonly properties: CfnReplicationGroupProps;
}

/** Fills in the defaults. What the global datastore decides is not written: AWS refuses it. */
export function planSecondary(path: string, props: SecondaryReplicationGroupProps): SecondaryPlan {
  const { engine, clusterMode } = props.globalDatastore;
  const port = props.port ?? CacheEngine.valkey().defaultPort;
  const replicas = props.replicas ?? 1;
  const sharded = clusterMode?._row.primaryEndpoint === false;
  const retention = daysOf(props.backupRetention) ?? DEFAULT_RETENTION;
  const windows = chooseWindows(retention !== 0, props.backupWindow, props.maintenanceWindow);
  return {
    clusterMode: sharded ? ClusterMode.enabled({ shards: clusterMode.shards, replicasPerShard: replicas }) : ClusterMode.disabled({ replicas }),
    port,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
    slowLog: props.slowLog ?? (engine?.features.slowLog ? LogDelivery.cloudWatch() : undefined),
    engineLog: props.engineLog ?? (engine?.features.engineLog ? LogDelivery.cloudWatch() : undefined),
    properties: {
      globalReplicationGroupId: props.globalDatastore.globalReplicationGroupId,
      replicationGroupId: props.replicationGroupId && lowerCase(props.replicationGroupId),
      replicationGroupDescription: props.description ?? path.slice(-255),
      ...sharded ? { replicasPerNodeGroup: replicas } : { numCacheClusters: replicas + 1 },
      // A member takes failover and Multi-AZ from the primary; left out for one node, CloudFormation would turn failover on.
      automaticFailoverEnabled: !sharded && replicas === 0 ? false : undefined,
      port,
      kmsKeyId: props.encryptionKey?.keyRef.keyArn,
      userGroupIds: props.userGroup && [props.userGroup.userGroupRef.userGroupId],
      notificationTopicArn: props.notificationTopic?.topicRef.topicArn,
      snapshotRetentionLimit: retention,
      snapshotWindow: windows.backup,
      preferredMaintenanceWindow: windows.maintenance,
    },
  };
}

/** Judges a secondary before anything of it is made. */
export function inspectSecondary(inspection: Inspection, scope: IConstruct, props: SecondaryReplicationGroupProps, plan: SecondaryPlan): void {
  const subnets = props.subnetGroup ? undefined : chooseSubnets(inspection.ofPart(), props.vpc, props.vpcSubnets);
  refuseTogether(inspection, props, [['vpcSubnets', 'subnetGroup']]);
  refuseNoSecurityGroups(inspection, props.securityGroups);
  const regions = [Stack.of(scope).region, props.globalDatastore.env.region];
  const isImported = props.globalDatastore.node.defaultChild === undefined;
  if (!isImported && !regions.some((region) => Token.isUnresolved(region)) && regions[0] === regions[1]) {
    inspection.misuse('SecondaryInRegionOfPrimary', `globalDatastore has its primary in ${regions[0]}, and a secondary must be in another Region: ` +
      'make it in a stack of that Region, with crossRegionReferences: true on both stacks');
  }
  const properties = {
    ...plan.properties,
    logDeliveryConfigurations: [...describeDelivery(SLOW_LOG, plan.slowLog), ...describeDelivery(ENGINE_LOG, plan.engineLog)],
    cacheSubnetGroupName: props.subnetGroup?.subnetGroupRef.cacheSubnetGroupName ?? NAMED_LATER,
  };
  inspection.check(REPLICATION_GROUP_RULES, () => viewOf(CfnReplicationGroup.CFN_RESOURCE_TYPE_NAME, properties, WORDINGS, {
    CacheSubnetGroupName: subnetGroupView(props.subnetGroup, undefined, subnets && viewsOfSubnets(subnets)),
    UserGroupIds: userGroupView(props.userGroup),
    NotificationTopicArn: topicView(props.notificationTopic),
  }));
}
