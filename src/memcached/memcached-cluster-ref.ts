import { ArnFormat, IResource, Resource, Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { CacheClusterReference, ICacheClusterRef } from 'aws-cdk-lib/aws-elasticache';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metricNodesOf } from './private/metric-nodes';
import { CacheAccess, GrantAccessOptions } from '../cache/cache-access';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import type { CacheGrants } from '../cache/cache-grants';
import { Endpoint } from '../cache/endpoint';
import { AccessContext, grantAccess, grantsOf } from '../cache/private/loading';
import { CacheEngine } from '../engine/cache-engine';
import { MemcachedVersion } from '../engine/memcached-version';
import type { CacheEvents } from '../monitoring/cache-events';
import type { CacheMetrics } from '../monitoring/cache-metrics';
import { eventsOf, metricsOf } from '../monitoring/private/tables';
import { CacheNodeType } from '../node-type/cache-node-type';
import { fail } from '../private/errors';
import { importedAttribute } from '../private/imports';
import { lowerCase } from '../private/tokens';

/** A Memcached cluster: nodes that clients spread their data over. */
export interface IMemcachedCluster extends IResource, ICacheCluster, ICacheClusterRef {
  /**
   * The name of the cluster, in lower case.
   *
   * @attribute
   */
  readonly clusterName: string;

  /**
   * Where each node is. CloudFormation does not tell for clusters that it makes, so that this is known of imported ones alone, when it was given.
   * Clients with auto discovery learn the nodes from `endpoint`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoDiscovery.html
   */
  readonly nodeEndpoints?: Endpoint[];
}

/** What is known of a Memcached cluster that this app does not own. What is left out is an error once something needs it. */
export interface MemcachedClusterAttributes {
  /** The name of the cluster. */
  readonly clusterName: string;

  /**
   * The version of Memcached.
   *
   * @default - not known
   */
  readonly version?: MemcachedVersion;

  /**
   * How many nodes there are; their metrics follow from it.
   *
   * @default - the number of `nodeEndpoints`, else not known
   */
  readonly nodes?: number;

  /**
   * The type of its nodes.
   *
   * @default - not known
   */
  readonly nodeType?: CacheNodeType;

  /**
   * The configuration endpoint, for clients with auto discovery.
   *
   * @default - not known
   */
  readonly endpoint?: Endpoint;

  /**
   * Where each node is, for clients without auto discovery.
   *
   * @default - not known
   */
  readonly nodeEndpoints?: Endpoint[];

  /**
   * The security groups of its nodes; clients are let into them.
   *
   * @default - not known
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Whether clients must use TLS.
   *
   * @default - not known
   */
  readonly transitEncryption?: boolean;

  /**
   * The topic to which the service sends what happens to the cache; `events` needs it.
   *
   * @default - not known
   */
  readonly notificationTopic?: ITopicRef;
}

/**
 * What owned and imported Memcached clusters share.
 *
 * @internal
 */
export abstract class MemcachedClusterBase extends Resource implements IMemcachedCluster {
  private _events?: CacheEvents;

  public abstract readonly clusterName: string;
  public abstract readonly engine: CacheEngine;
  public abstract readonly transitEncryption: boolean;
  public abstract readonly endpoint: Endpoint;
  public abstract readonly metrics: CacheMetrics;
  public abstract readonly connections: Connections;
  public abstract readonly nodeEndpoints?: Endpoint[];

  /** The reference that other constructs take. */
  public get cacheClusterRef(): CacheClusterReference {
    return { clusterName: this.clusterName };
  }

  /** The ARN of the cluster. */
  public get clusterArn(): string {
    return Stack.of(this).formatArn({
      service: 'elasticache', resource: 'cluster', resourceName: this.clusterName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** An error: Memcached has no replicas. */
  public get readerEndpoint(): Endpoint {
    return fail(this, 'NoReaderEndpoint', 'readerEndpoint does not exist: Memcached has no replicas; read and write through endpoint');
  }

  /**
   * Gives a client all it needs to use the cache: the network path on the one port, and environment variables that say where the cache is.
   * Memcached knows no users: who reaches the port may do everything.
   *
   * @param client a function in a VPC, an ECS service, an instance, or anything else with connections
   * @param options which containers, which names; `user` is an error
   */
  public grantAccess(client: IConnectable, options: GrantAccessOptions = {}): CacheAccess {
    return grantAccess(this, client, options, this._access);
  }

  /** What happens to the cache, for those who should hear of it. */
  public get events(): CacheEvents {
    return this._events ??= eventsOf({ cache: this, kind: 'memcached', topic: () => this._topic() });
  }

  /**
   * The topic to which the service sends what happens to the cache; made when there is none yet.
   *
   * @internal
   */
  public abstract _topic(): ITopicRef;

  /** Permissions on the cache, without network and environment. */
  public get grants(): CacheGrants {
    return grantsOf(this, () => this._access);
  }

  /**
   * What a client needs to know.
   *
   * @internal
   */
  public get _access(): AccessContext {
    return { needsUser: false, hasNoUsers: true, identity: { arn: this.clusterArn } };
  }
}

/**
 * A Memcached cluster that this app does not own.
 *
 * @internal
 */
export class ImportedMemcachedCluster extends MemcachedClusterBase {
  public readonly clusterName: string;
  public readonly metrics: CacheMetrics;
  public readonly nodeEndpoints?: Endpoint[];
  private readonly attributes: MemcachedClusterAttributes;

  public constructor(scope: Construct, id: string, attributes: MemcachedClusterAttributes) {
    super(scope, id);
    this.attributes = attributes;
    this.clusterName = lowerCase(attributes.clusterName);
    this.nodeEndpoints = attributes.nodeEndpoints;
    this.metrics = metricsOf({
      cache: this,
      kind: 'memcached',
      nodeType: attributes.nodeType,
      ...metricNodesOf(this.clusterName, attributes.nodes ?? attributes.nodeEndpoints?.length),
    });
  }

  public get engine(): CacheEngine {
    return CacheEngine.memcached(this.required('version', this.attributes.version));
  }

  public get transitEncryption(): boolean {
    return this.required('transitEncryption', this.attributes.transitEncryption);
  }

  public get endpoint(): Endpoint {
    return this.required('endpoint', this.attributes.endpoint);
  }

  public get connections(): Connections {
    const securityGroups = this.required('securityGroups', this.attributes.securityGroups);
    return new Connections({ securityGroups, defaultPort: this.attributes.endpoint && Port.tcp(this.attributes.endpoint.port) });
  }

  /** @internal */
  public _topic(): ITopicRef {
    return this.required('notificationTopic', this.attributes.notificationTopic);
  }

  private required<T>(name: keyof MemcachedClusterAttributes, value: T | undefined): T {
    return importedAttribute(this, 'Memcached cluster', 'MemcachedCluster.fromMemcachedClusterAttributes', name, value);
  }
}
