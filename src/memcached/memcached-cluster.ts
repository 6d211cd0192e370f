import { Connections, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { CfnCacheCluster } from 'aws-cdk-lib/aws-elasticache';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { MemcachedClusterProps } from './memcached-cluster-options';
import { IMemcachedCluster, ImportedMemcachedCluster, MemcachedClusterAttributes, MemcachedClusterBase } from './memcached-cluster-ref';
import { inspectMemcached, MemcachedPlan, planMemcached } from './private/memcached-plan';
import { metricNodesOf } from './private/metric-nodes';
import { Endpoint } from '../cache/endpoint';
import { CacheEngine } from '../engine/cache-engine';
import type { CacheMetrics } from '../monitoring/cache-metrics';
import { inspectNotificationTopic, NotificationTopic } from '../monitoring/private/notification-topic';
import { metricsOf } from '../monitoring/private/tables';
import { createSecurityGroup } from '../network/security-group';
import { CacheNodeType } from '../node-type/cache-node-type';
import { attach, Inspection } from '../private/check';
import { createNodeCompanions } from '../private/node-companions';
import { once } from '../private/props';

const IS_MEMCACHED_CLUSTER = Symbol.for('cdk-elasticache.MemcachedCluster');

/**
 * A cache of Memcached on nodes. Clients with auto discovery learn the nodes from `endpoint` and spread the data over them; without, they talk to
 * one node. There are no replicas, no users and no backups: an item is on one node, and gone when the node fails.
 *
 * CloudFormation does not tell where each node is, so that there are no node endpoints: use a client with auto discovery.
 *
 * The logical id of the resource carries node type and TLS, which CloudFormation cannot change: another value makes a new cluster, moves what
 * refers to the old one and deletes it, in one deployment.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoDiscovery.html
 * @resource AWS::ElastiCache::CacheCluster
 *
 * @example
 * const pages = new MemcachedCluster(this, 'Pages', { vpc, nodes: 3 });
 * pages.grantAccess(fn);
 */
export class MemcachedCluster extends MemcachedClusterBase {
  /**
   * A Memcached cluster that this app does not own, of which only the name is known.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param clusterName the name of the cluster
   */
  public static fromMemcachedClusterName(scope: Construct, id: string, clusterName: string): IMemcachedCluster {
    return new ImportedMemcachedCluster(scope, id, { clusterName });
  }

  /**
   * A Memcached cluster that this app does not own. What is left out is an error once something needs it, and the error names it.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param attributes what is known of the cluster
   */
  public static fromMemcachedClusterAttributes(scope: Construct, id: string, attributes: MemcachedClusterAttributes): IMemcachedCluster {
    return new ImportedMemcachedCluster(scope, id, attributes);
  }

  /**
   * Whether something is a `MemcachedCluster` that was made here.
   *
   * @param x anything
   */
  public static isMemcachedCluster(x: any): x is MemcachedCluster {
    return x !== null && typeof x === 'object' && IS_MEMCACHED_CLUSTER in x;
  }

  public readonly clusterName: string;
  public readonly engine: CacheEngine;
  public readonly transitEncryption: boolean;
  public readonly nodeEndpoints?: Endpoint[];
  public readonly connections: Connections;
  /** The type of every node. */
  public readonly nodeType: CacheNodeType;
  /** How many nodes there are. */
  public readonly nodes: number;
  /** @internal */
  protected readonly _notificationTopic: NotificationTopic;
  private readonly makeEndpoint: () => Endpoint;
  private readonly makeMetrics: () => CacheMetrics;

  public constructor(scope: Construct, id: string, props: MemcachedClusterProps) {
    const inspection = new Inspection(scope, id);
    const plan = planMemcached(props);
    inspectMemcached(inspection, props, plan);
    inspectNotificationTopic(inspection, scope, CfnCacheCluster.CFN_RESOURCE_TYPE_NAME, props.notificationTopic);
    const warnings = inspection.finish();

    super(scope, id, { physicalName: plan.properties.clusterName });
    Object.defineProperty(this, IS_MEMCACHED_CLUSTER, { value: true });
    attach(this, warnings);

    this.engine = plan.engine;
    this.nodeType = plan.nodeType;
    this.nodes = plan.nodes;
    this.transitEncryption = plan.transitEncryption;

    const securityGroups = props.securityGroups ?? [createSecurityGroup(this, props.vpc, plan.removalPolicy)];
    this.connections = new Connections({ securityGroups, defaultPort: Port.tcp(plan.port) });
    const resource = this.createResource(props, plan, securityGroups);
    this._notificationTopic = new NotificationTopic(this, resource, plan.removalPolicy, props.notificationTopic);

    this.node.defaultChild = resource;
    this.clusterName = resource.ref;
    this.makeEndpoint = once(() => new Endpoint(resource.attrConfigurationEndpointAddress, plan.port));
    this.makeMetrics = once(() => metricsOf({
      cache: this, kind: 'memcached', nodeType: plan.nodeType, ...metricNodesOf(resource.ref, plan.nodes),
    }));
  }

  public get endpoint(): Endpoint {
    return this.makeEndpoint();
  }

  public get metrics(): CacheMetrics {
    return this.makeMetrics();
  }

  /** @internal */
  public _topic(): ITopicRef {
    return this._notificationTopic.topic();
  }

  private createResource(props: MemcachedClusterProps, plan: MemcachedPlan, securityGroups: ISecurityGroup[]): CfnCacheCluster {
    const { removalPolicy } = plan;
    const groups = createNodeCompanions(this, props, plan.engine, removalPolicy);

    const resource = new CfnCacheCluster(this, plan.resourceId, {
      ...plan.properties,
      ...groups,
      vpcSecurityGroupIds: securityGroups.map((securityGroup) => securityGroup.securityGroupId),
    });
    resource.applyRemovalPolicy(removalPolicy);
    return resource;
  }
}
