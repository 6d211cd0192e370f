import { ArnFormat, Fn, IResource, Resource, Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { IReplicationGroupRef, IUserGroupRef, ReplicationGroupReference } from 'aws-cdk-lib/aws-elasticache';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ClusterMode } from './cluster-mode';
import { requireEndpoint } from './private/endpoints';
import { IAuthToken } from '../auth/auth-token-ref';
import { CacheAccess, GrantAccessOptions } from '../cache/cache-access';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import type { CacheGrants } from '../cache/cache-grants';
import { Endpoint } from '../cache/endpoint';
import { AccessContext, grantAccess, grantsOf } from '../cache/private/loading';
import { CacheEngine } from '../engine/cache-engine';
import type { CacheEvents } from '../monitoring/cache-events';
import type { CacheMetrics } from '../monitoring/cache-metrics';
import { memberDimensions, NodeDimensions } from '../monitoring/private/metric-dimensions';
import { eventsOf, metricsOf } from '../monitoring/private/tables';
import { CacheNodeType } from '../node-type/cache-node-type';
import { importedAttribute } from '../private/imports';
import { lowerCase } from '../private/tokens';

/** A replication group: a primary with replicas, or several of them in cluster mode. */
export interface IReplicationGroup extends IResource, ICacheCluster, IReplicationGroupRef {
  /** Where plain clients read and write. An error in cluster mode `enabled`, which has a configuration endpoint instead. */
  readonly primaryEndpoint: Endpoint;

  /** Where cluster clients connect to, for reading and writing. An error in cluster mode `disabled`. */
  readonly configurationEndpoint: Endpoint;

  /**
   * The id of the replication group, in lower case.
   *
   * @attribute
   */
  readonly replicationGroupId: string;
}

/** What is known of a replication group that this app does not own. What is left out is an error once something needs it. */
export interface ReplicationGroupAttributes {
  /** The id of the replication group. */
  readonly replicationGroupId: string;

  /**
   * The engine and its version.
   *
   * @default - not known
   */
  readonly engine?: CacheEngine;

  /**
   * How its data is spread; the metrics of its nodes follow from it.
   *
   * @default - not known
   */
  readonly clusterMode?: ClusterMode;

  /**
   * The type of its nodes; thresholds of alarms follow from it.
   *
   * @default - not known
   */
  readonly nodeType?: CacheNodeType;

  /**
   * Where to read and write: the primary endpoint, or in cluster mode `enabled` the configuration endpoint.
   *
   * @default - not known
   */
  readonly endpoint?: Endpoint;

  /**
   * Where cluster clients connect to, when that is another than `endpoint`: in cluster mode `compatible`.
   *
   * @default - `endpoint` in cluster mode `enabled`, otherwise not known
   */
  readonly configurationEndpoint?: Endpoint;

  /**
   * Where to read only. There is none in cluster mode `enabled`.
   *
   * @default - not known
   */
  readonly readerEndpoint?: Endpoint;

  /**
   * The security groups of its nodes; clients are let into them.
   *
   * @default - not known
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Whether clients must use TLS.
   *
   * @default true
   */
  readonly transitEncryption?: boolean;

  /**
   * The topic to which the service sends what happens to the cache; `events` needs it.
   *
   * @default - not known
   */
  readonly notificationTopic?: ITopicRef;

  /**
   * Whether clients must log in as a user; `grantAccess` then asks for one.
   *
   * @default false
   */
  readonly hasUserGroup?: boolean;
}

/**
 * What owned and imported replication groups share.
 *
 * @internal
 */
export abstract class ReplicationGroupBase extends Resource implements IReplicationGroup {
  private _events?: CacheEvents;

  public abstract readonly replicationGroupId: string;
  public abstract readonly engine: CacheEngine;
  public abstract readonly transitEncryption: boolean;
  public abstract readonly endpoint: Endpoint;
  public abstract readonly primaryEndpoint: Endpoint;
  public abstract readonly readerEndpoint: Endpoint;
  public abstract readonly configurationEndpoint: Endpoint;
  public abstract readonly metrics: CacheMetrics;
  public abstract readonly connections: Connections;
  /** @internal */
  public abstract readonly _hasUserGroup: boolean;
  /** @internal */
  public readonly _authToken?: IAuthToken;
  /** @internal */
  public readonly _userGroup?: IUserGroupRef;

  /** @internal */
  public abstract readonly _readerEndpoint: Endpoint | undefined;

  /** The reference that other constructs take. */
  public get replicationGroupRef(): ReplicationGroupReference {
    return { replicationGroupId: this.replicationGroupId };
  }

  /**
   * The ARN of the replication group.
   *
   * @attribute
   */
  public get replicationGroupArn(): string {
    return Stack.of(this).formatArn({
      service: 'elasticache', resource: 'replicationgroup', resourceName: this.replicationGroupId, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /**
   * Gives a client all it needs to use the cache: the network path on the one port, the permission to read the user's password, and environment
   * variables that say where the cache is.
   *
   * @param client a function in a VPC, an ECS service, an instance, or anything else with connections and a principal
   * @param options which user, which containers, which names
   */
  public grantAccess(client: IConnectable, options: GrantAccessOptions = {}): CacheAccess {
    return grantAccess(this, client, options, this._access);
  }

  /** What happens to the cache, for those who should hear of it. */
  public get events(): CacheEvents {
    return this._events ??= eventsOf({ cache: this, kind: 'replicationGroup', topic: () => this._topic() });
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
    const identity = { arn: this.replicationGroupArn, name: this.replicationGroupId };
    const { _hasUserGroup: needsUser, _userGroup: userGroup, _readerEndpoint: readerEndpoint } = this;
    return { needsUser, userGroup, readerEndpoint, identity, secret: this._authToken?.secret };
  }
}

/** What the service publishes metrics of a replication group under, a node at a time. */
export function metricNodesOf(replicationGroupId: string, clusterMode: ClusterMode | undefined): NodeDimensions[] | undefined {
  return memberIdsOf(replicationGroupId, clusterMode)?.map(memberDimensions);
}

/** The ids of a replication group's members, as the service makes them. */
function memberIdsOf(replicationGroupId: string, clusterMode: ClusterMode | undefined): string[] | undefined {
  return clusterMode?._memberSuffixes?.map((suffix) => Fn.join('-', [replicationGroupId, suffix]));
}

/**
 * A replication group that this app does not own.
 *
 * @internal
 */
export class ImportedReplicationGroup extends ReplicationGroupBase {
  public readonly replicationGroupId: string;
  public readonly transitEncryption: boolean;
  public readonly metrics: CacheMetrics;
  /** @internal */
  public readonly _hasUserGroup: boolean;
  private readonly attributes: ReplicationGroupAttributes;

  public constructor(scope: Construct, id: string, attributes: ReplicationGroupAttributes) {
    super(scope, id);
    this.attributes = attributes;
    this.replicationGroupId = lowerCase(attributes.replicationGroupId);
    this.transitEncryption = attributes.transitEncryption ?? true;
    this._hasUserGroup = attributes.hasUserGroup ?? false;
    this.metrics = metricsOf({
      cache: this,
      kind: 'replicationGroup',
      engine: attributes.engine?.name,
      engineVersion: attributes.engine?.version,
      nodeType: attributes.nodeType,
      nodes: metricNodesOf(this.replicationGroupId, attributes.clusterMode),
    });
  }

  public get engine(): CacheEngine {
    return this.required('engine', this.attributes.engine);
  }

  public get endpoint(): Endpoint {
    return this.required('endpoint', this.attributes.endpoint);
  }

  public get primaryEndpoint(): Endpoint {
    this.requireInMode('primaryEndpoint');
    return this.endpoint;
  }

  public get readerEndpoint(): Endpoint {
    this.requireInMode('readerEndpoint');
    return this.required('readerEndpoint', this.attributes.readerEndpoint);
  }

  public get configurationEndpoint(): Endpoint {
    this.requireInMode('configurationEndpoint');
    const { configurationEndpoint, clusterMode, endpoint } = this.attributes;
    return this.required('configurationEndpoint', configurationEndpoint ?? (clusterMode?._row.primaryEndpoint === false ? endpoint : undefined));
  }

  public get connections(): Connections {
    const securityGroups = this.required('securityGroups', this.attributes.securityGroups);
    return new Connections({ securityGroups, defaultPort: this.attributes.endpoint && Port.tcp(this.attributes.endpoint.port) });
  }

  /** @internal */
  public get _readerEndpoint(): Endpoint | undefined {
    return this.attributes.readerEndpoint;
  }

  /** @internal */
  public _topic(): ITopicRef {
    return this.required('notificationTopic', this.attributes.notificationTopic);
  }

  /** Of a group whose mode is not known, anything that was given is believed. */
  private requireInMode(name: 'primaryEndpoint' | 'readerEndpoint' | 'configurationEndpoint'): void {
    if (this.attributes.clusterMode) {
      requireEndpoint(this, this.attributes.clusterMode, name);
    }
  }

  private required<T>(name: keyof ReplicationGroupAttributes, value: T | undefined): T {
    return importedAttribute(this, 'replication group', 'ReplicationGroup.fromReplicationGroupAttributes', name, value);
  }
}
