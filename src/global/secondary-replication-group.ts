import { Connections, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { IGlobalDatastore } from './global-datastore-ref';
import { inspectSecondary, planSecondary, SecondaryPlan } from './private/secondary-plan';
import { SecondaryReplicationGroupProps } from './secondary-replication-group-options';
import { CacheEngine } from '../engine/cache-engine';
import { LogDelivery } from '../logging/log-delivery';
import { createDelivery, ENGINE_LOG, SLOW_LOG } from '../logging/private/log-destination';
import { CacheMetrics } from '../monitoring/cache-metrics';
import { inspectNotificationTopic, NotificationTopic } from '../monitoring/private/notification-topic';
import { createSecurityGroup } from '../network/security-group';
import { SubnetGroup } from '../network/subnet-group';
import { attach, Inspection } from '../private/check';
import { waitFor } from '../private/dependencies';
import { fail, futurePath } from '../private/errors';
import { policyOfCompanions } from '../private/removal';
import { ClusterMode } from '../replication-group/cluster-mode';
import { OwnedReplicationGroup } from '../replication-group/private/owned-replication-group';
import { metricNodesOf } from '../replication-group/replication-group-ref';

const IS_SECONDARY = Symbol.for('cdk-elasticache.SecondaryReplicationGroup');

/**
 * A copy of a global datastore's primary in another Region. It can be read from; its `endpoint` takes no writes until it is promoted.
 *
 * Engine, node type, shards, parameters and encryption are the primary's. Delete secondaries before the global datastore.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
 * @resource AWS::ElastiCache::ReplicationGroup
 *
 * @example
 * const globalDatastore = GlobalDatastore.fromGlobalDatastoreAttributes(this, 'Everywhere', {
 *   globalReplicationGroupId: 'ldgnf-everywhere',
 * });
 * new SecondaryReplicationGroup(this, 'Copy', { globalDatastore, vpc });
 */
export class SecondaryReplicationGroup extends OwnedReplicationGroup {
  /**
   * Whether something is a `SecondaryReplicationGroup` that was made here.
   *
   * @param x anything
   */
  public static isSecondaryReplicationGroup(x: any): x is SecondaryReplicationGroup {
    return x !== null && typeof x === 'object' && IS_SECONDARY in x;
  }

  public readonly replicationGroupId: string;
  public readonly transitEncryption: boolean;
  public readonly metrics: CacheMetrics;
  public readonly connections: Connections;
  public readonly clusterMode: ClusterMode;
  /** The global datastore that it is a copy in. */
  public readonly globalDatastore: IGlobalDatastore;
  /** @internal */
  public readonly _hasUserGroup: boolean;
  /** @internal */
  public readonly _userGroup?: IUserGroupRef;
  /** @internal */
  protected readonly _resource: CfnReplicationGroup;
  /** @internal */
  protected readonly _port: number;
  /** @internal */
  protected readonly _notificationTopic: NotificationTopic;
  /** @internal */
  public readonly _slowLog?: LogDelivery;

  public constructor(scope: Construct, id: string, props: SecondaryReplicationGroupProps) {
    const inspection = new Inspection(scope, id);
    const plan = planSecondary(futurePath(scope, id), props);
    inspectSecondary(inspection, scope, props, plan);
    inspectNotificationTopic(inspection, scope, CfnReplicationGroup.CFN_RESOURCE_TYPE_NAME, props.notificationTopic);
    const warnings = inspection.finish();

    super(scope, id, { physicalName: props.replicationGroupId });
    Object.defineProperty(this, IS_SECONDARY, { value: true });
    attach(this, warnings);

    this.globalDatastore = props.globalDatastore;
    this.clusterMode = plan.clusterMode;
    this.transitEncryption = props.globalDatastore.transitEncryption;
    this._hasUserGroup = props.userGroup !== undefined;
    this._userGroup = props.userGroup;
    this._port = plan.port;
    const securityGroups = props.securityGroups ?? [createSecurityGroup(this, props.vpc, plan.removalPolicy)];
    this.connections = new Connections({ securityGroups, defaultPort: Port.tcp(plan.port) });
    this._slowLog = plan.slowLog;
    this._resource = this.createResource(props, plan, securityGroups);
    this._notificationTopic = new NotificationTopic(this, this._resource, plan.removalPolicy, props.notificationTopic);
    this.replicationGroupId = this._resource.ref;
    this.metrics = CacheMetrics._of({
      cache: this, kind: 'replicationGroup', nodeType: props.globalDatastore.nodeType, nodes: metricNodesOf(this._resource.ref, plan.clusterMode),
    });
  }

  /** The engine of the global datastore; an error for an imported one of which it is not known. */
  public get engine(): CacheEngine {
    return this.globalDatastore.engine ?? fail(this, 'GlobalEngineUnknown',
      'engine of the global datastore is not known: pass it to GlobalDatastore.fromGlobalDatastoreAttributes');
  }

  private createResource(props: SecondaryReplicationGroupProps, plan: SecondaryPlan, securityGroups: ISecurityGroup[]): CfnReplicationGroup {
    const removalPolicy = policyOfCompanions(plan.removalPolicy);
    const subnetGroup = props.subnetGroup ?? new SubnetGroup(this, 'SubnetGroup', { vpc: props.vpc, vpcSubnets: props.vpcSubnets, removalPolicy });
    const logs = { removalPolicy, encryptionKey: props.encryptionKey };
    const deliveries = [...createDelivery(this, SLOW_LOG, plan.slowLog, logs), ...createDelivery(this, ENGINE_LOG, plan.engineLog, logs)];
    const resource = new CfnReplicationGroup(this, 'Resource', {
      ...plan.properties,
      cacheSubnetGroupName: subnetGroup.subnetGroupRef.cacheSubnetGroupName,
      securityGroupIds: securityGroups.map((securityGroup) => securityGroup.securityGroupId),
      logDeliveryConfigurations: deliveries.length > 0 ? deliveries : undefined,
    });
    resource.applyRemovalPolicy(plan.removalPolicy);
    if (props.userGroup) {
      waitFor(resource, props.userGroup);
    }
    return resource;
  }
}
