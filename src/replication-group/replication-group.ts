import { Connections, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { ClusterMode } from './cluster-mode';
import { OwnedReplicationGroup } from './private/owned-replication-group';
import { DECIDED_GROUPS, inspectReplicationGroup, planReplicationGroup, ReplicationGroupPlan } from './private/replication-group-plan';
import { ReplicationGroupProps } from './replication-group-options';
import { IReplicationGroup, ImportedReplicationGroup, metricNodesOf, ReplicationGroupAttributes } from './replication-group-ref';
import { IAuthToken } from '../auth/auth-token-ref';
import { CacheEngine } from '../engine/cache-engine';
import { LogDelivery } from '../logging/log-delivery';
import { createDelivery, ENGINE_LOG, SLOW_LOG } from '../logging/private/log-destination';
import type { CacheMetrics } from '../monitoring/cache-metrics';
import { inspectNotificationTopic, NotificationTopic } from '../monitoring/private/notification-topic';
import { metricsOf } from '../monitoring/private/tables';
import { createSecurityGroup } from '../network/security-group';
import { CacheNodeType } from '../node-type/cache-node-type';
import { attach, Inspection } from '../private/check';
import { waitFor } from '../private/dependencies';
import { futurePath } from '../private/errors';
import { createNodeCompanions } from '../private/node-companions';
import { once } from '../private/props';
import { policyOfCompanions } from '../private/removal';

const IS_REPLICATION_GROUP = Symbol.for('cdk-elasticache.ReplicationGroup');

/**
 * A cache of Valkey or Redis OSS on nodes: a primary, and replicas that take over when it fails; in cluster mode several such shards.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.html
 * @resource AWS::ElastiCache::ReplicationGroup
 *
 * @example
 * const orders = new ReplicationGroup(this, 'Orders', {
 *   vpc,
 *   clusterMode: ClusterMode.disabled({ replicas: 2 }),
 *   nodeType: CacheNodeType.R7G_LARGE,
 *   userGroup: new UserGroup(this, 'Users', { users: [new PasswordUser(this, 'App')] }),
 * });
 * new CfnOutput(this, 'Address', { value: orders.endpoint.socketAddress });
 */
export class ReplicationGroup extends OwnedReplicationGroup {
  /**
   * A replication group that this app does not own, of which only the id is known.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param replicationGroupId the id of the replication group
   */
  public static fromReplicationGroupId(scope: Construct, id: string, replicationGroupId: string): IReplicationGroup {
    return new ImportedReplicationGroup(scope, id, { replicationGroupId });
  }

  /**
   * A replication group that this app does not own. What is left out is an error once something needs it, and the error names it.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param attributes what is known of the replication group
   */
  public static fromReplicationGroupAttributes(scope: Construct, id: string, attributes: ReplicationGroupAttributes): IReplicationGroup {
    return new ImportedReplicationGroup(scope, id, attributes);
  }

  /**
   * Whether something is a `ReplicationGroup` that was made here.
   *
   * @param x anything
   */
  public static isReplicationGroup(x: any): x is ReplicationGroup {
    return x !== null && typeof x === 'object' && IS_REPLICATION_GROUP in x;
  }

  public readonly replicationGroupId: string;
  public readonly engine: CacheEngine;
  public readonly transitEncryption: boolean;
  public readonly connections: Connections;
  /** The type of every node. */
  public readonly nodeType: CacheNodeType;
  /** How data is spread over nodes. */
  public readonly clusterMode: ClusterMode;
  /** @internal */
  public readonly _hasUserGroup: boolean;
  /** @internal */
  public readonly _slowLog?: LogDelivery;
  /** @internal */
  public readonly _authToken?: IAuthToken;
  /** @internal */
  public readonly _userGroup?: IUserGroupRef;
  /** @internal */
  protected readonly _resource: CfnReplicationGroup;
  /** @internal */
  protected readonly _notificationTopic: NotificationTopic;
  /** @internal */
  protected readonly _port: number;
  private readonly makeMetrics: () => CacheMetrics;

  public constructor(scope: Construct, id: string, props: ReplicationGroupProps) {
    const inspection = new Inspection(scope, id);
    const plan = DECIDED_GROUPS.of(props, inspection) ?? planReplicationGroup(futurePath(scope, id), props);
    inspectReplicationGroup(inspection, props, plan);
    inspectNotificationTopic(inspection, scope, CfnReplicationGroup.CFN_RESOURCE_TYPE_NAME, props.notificationTopic);
    const warnings = inspection.finish();

    super(scope, id, { physicalName: props.replicationGroupId });
    Object.defineProperty(this, IS_REPLICATION_GROUP, { value: true });
    attach(this, warnings);

    this.engine = plan.engine;
    this.nodeType = plan.nodeType;
    this.clusterMode = plan.clusterMode;
    this.transitEncryption = plan.transitEncryption;
    this._hasUserGroup = props.userGroup !== undefined;
    this._userGroup = props.userGroup;
    this._authToken = props.authToken;

    const securityGroups = props.securityGroups ?? [createSecurityGroup(this, props.vpc, plan.removalPolicy)];
    this.connections = new Connections({ securityGroups, defaultPort: Port.tcp(plan.port) });
    this._port = plan.port;
    this._slowLog = plan.slowLog;
    const resource = this.createResource(props, plan, securityGroups);
    this._notificationTopic = new NotificationTopic(this, resource, plan.removalPolicy, props.notificationTopic);

    this._resource = resource;
    this.replicationGroupId = resource.ref;
    if (props.authToken) {
      // Loaded by those who use it.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      (require('../auth/auth-token') as typeof import('../auth/auth-token')).giveToken(props.authToken, this, props.vpc);
    }
    this.makeMetrics = once(() => metricsOf({
      cache: this, kind: 'replicationGroup', engine: plan.engine.name, engineVersion: plan.engine.version, nodeType: plan.nodeType, nodes: metricNodesOf(resource.ref, plan.clusterMode),
    }));
  }

  public get metrics(): CacheMetrics {
    return this.makeMetrics();
  }

  private createResource(props: ReplicationGroupProps, plan: ReplicationGroupPlan, securityGroups: ISecurityGroup[]): CfnReplicationGroup {
    const { removalPolicy } = plan;
    const groups = createNodeCompanions(this, { ...props, parameters: plan.parameters }, plan.engine, removalPolicy, plan.subnets);
    const logs = { removalPolicy: policyOfCompanions(removalPolicy), encryptionKey: props.encryptionKey };
    const deliveries = [...createDelivery(this, SLOW_LOG, plan.slowLog, logs), ...createDelivery(this, ENGINE_LOG, plan.engineLog, logs)];

    const resource = new CfnReplicationGroup(this, 'Resource', {
      ...plan.properties,
      ...groups,
      securityGroupIds: securityGroups.map((securityGroup) => securityGroup.securityGroupId),
      logDeliveryConfigurations: deliveries.length > 0 ? deliveries : undefined,
    });
    // Without it a change of the number of shards replaces the cache.
    resource.cfnOptions.updatePolicy = props.onlineResharding === false ? undefined : { useOnlineResharding: true };
    resource.applyRemovalPolicy(removalPolicy);
    // The group's id is literal, so that CloudFormation sees no reference: the order is said explicitly.
    if (props.userGroup) {
      waitFor(resource, props.userGroup);
    }
    const bucketPolicy = props.restoreFrom?._letServiceRead(this);
    if (bucketPolicy) {
      resource.node.addDependency(bucketPolicy);
    }
    return resource;
  }
}
