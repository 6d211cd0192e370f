import { ArnFormat, IResource, Resource, Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { IServerlessCacheRef, IUserGroupRef, ServerlessCacheReference } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { ConnectionType } from './connection-type';
import { portsOf } from './private/serverless-ports';
import { serverlessEngine, TOKEN_RESOURCE_TYPE } from './private/serverless-table';
import { UsageLimits } from './usage-limits';
import { CacheAccess, GrantAccessOptions } from '../cache/cache-access';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import type { CacheGrants } from '../cache/cache-grants';
import { Endpoint } from '../cache/endpoint';
import { AccessContext, grantAccess, grantsOf } from '../cache/private/loading';
import { CacheEngine } from '../engine/cache-engine';
import { oldestWith } from '../engine/private/engine-table';
import type { CacheEvents } from '../monitoring/cache-events';
import type { CacheMetrics } from '../monitoring/cache-metrics';
import { serverlessDimensions } from '../monitoring/private/metric-dimensions';
import { eventsOf, metricsOf } from '../monitoring/private/tables';
import { importedAttribute } from '../private/imports';
import { lowerCase } from '../private/tokens';

/** A serverless cache: AWS scales it, and there are no nodes to choose or to maintain. */
export interface IServerlessCache extends IResource, ICacheCluster, IServerlessCacheRef {
  /**
   * The name of the cache, in lower case.
   *
   * @attribute
   */
  readonly serverlessCacheName: string;

  /**
   * The ARN of the cache.
   *
   * @attribute
   */
  readonly serverlessCacheArn: string;
}

/** What is known of a serverless cache that this app does not own. What is left out is an error once something needs it. */
export interface ServerlessCacheAttributes {
  /** The name of the cache. */
  readonly serverlessCacheName: string;

  /**
   * The engine and its version.
   *
   * @default - not known
   */
  readonly engine?: CacheEngine;

  /**
   * Between what it scales; thresholds of alarms follow from it.
   *
   * @default - not known
   */
  readonly limits?: UsageLimits;

  /**
   * Where to read and write.
   *
   * @default - not known
   */
  readonly endpoint?: Endpoint;

  /**
   * Where to read only.
   *
   * @default - not known
   */
  readonly readerEndpoint?: Endpoint;

  /**
   * The security groups of the cache; clients are let into them.
   *
   * @default - not known
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Whether clients must log in as a user; `grantAccess` then asks for one.
   *
   * @default false
   */
  readonly hasUserGroup?: boolean;

  /**
   * From where the cache is reached. A public endpoint has no security groups.
   *
   * @default ConnectionType.VPC
   */
  readonly connectionType?: ConnectionType;
}

/**
 * What owned and imported serverless caches share.
 *
 * @internal
 */
export abstract class ServerlessCacheBase extends Resource implements IServerlessCache {
  private _events?: CacheEvents;

  public abstract readonly serverlessCacheName: string;
  public abstract readonly engine: CacheEngine;
  public abstract readonly endpoint: Endpoint;
  public abstract readonly readerEndpoint: Endpoint;
  public abstract readonly metrics: CacheMetrics;
  public abstract readonly connections: Connections;
  /** Always true: a serverless cache takes connections over TLS only. */
  public readonly transitEncryption: boolean = true;
  /** @internal */
  public abstract readonly _hasUserGroup: boolean;
  /** @internal */
  public readonly _userGroup?: IUserGroupRef;
  /** @internal */
  public abstract readonly _engineName?: string;
  /** @internal */
  public abstract readonly _isPublic: boolean;

  /** @internal */
  public get _readerEndpoint(): Endpoint | undefined {
    return this.readerEndpoint;
  }

  /**
   * What a client needs to know.
   *
   * @internal
   */
  public get _access(): AccessContext {
    const hasNoUsers = this._engineName !== undefined && oldestWith('userGroups', this._engineName) === undefined;
    const identity = { arn: this.serverlessCacheArn, name: this.serverlessCacheName, tokenResourceType: TOKEN_RESOURCE_TYPE };
    const readerEndpoint = this._isPublic ? undefined : this._readerEndpoint;
    return { needsUser: this._hasUserGroup, userGroup: this._userGroup, hasNoUsers, readerEndpoint, identity, isPublic: this._isPublic };
  }

  /** The reference that other constructs take. */
  public get serverlessCacheRef(): ServerlessCacheReference {
    return { serverlessCacheName: this.serverlessCacheName, serverlessCacheArn: this.serverlessCacheArn };
  }

  /** The ARN of the cache. */
  public get serverlessCacheArn(): string {
    return Stack.of(this).formatArn({
      service: 'elasticache', resource: 'serverlesscache', resourceName: this.serverlessCacheName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /**
   * Gives a client all it needs to use the cache: the network path on the two ports, the permission to read the user's password, and environment
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
    return this._events ??= eventsOf({ cache: this, kind: 'serverless', cacheArn: () => this.serverlessCacheArn });
  }

  /** Permissions on the cache, without network and environment. */
  public get grants(): CacheGrants {
    return grantsOf(this, () => this._access);
  }
}

/**
 * A serverless cache that this app does not own.
 *
 * @internal
 */
export class ImportedServerlessCache extends ServerlessCacheBase {
  public readonly serverlessCacheName: string;
  public readonly metrics: CacheMetrics;
  /** @internal */
  public readonly _hasUserGroup: boolean;
  /** @internal */
  public readonly _engineName?: string;
  /** @internal */
  public readonly _isPublic: boolean;
  private readonly attributes: ServerlessCacheAttributes;

  public constructor(scope: Construct, id: string, attributes: ServerlessCacheAttributes) {
    super(scope, id);
    this.attributes = attributes;
    this.serverlessCacheName = lowerCase(attributes.serverlessCacheName);
    this._hasUserGroup = attributes.hasUserGroup ?? false;
    this._engineName = attributes.engine?.name;
    this._isPublic = attributes.connectionType === ConnectionType.PUBLIC;
    this.metrics = metricsOf({
      cache: this,
      kind: 'serverless',
      nodes: [serverlessDimensions(this.serverlessCacheName)],
      engine: this._engineName,
      limits: attributes.limits,
    });
  }

  public get engine(): CacheEngine {
    return this.required('engine', this.attributes.engine);
  }

  public get endpoint(): Endpoint {
    return this.required('endpoint', this.attributes.endpoint);
  }

  public get readerEndpoint(): Endpoint {
    return this.required('readerEndpoint', this.attributes.readerEndpoint);
  }

  public get connections(): Connections {
    if (this._isPublic) {
      return new Connections();
    }
    const securityGroups = this.required('securityGroups', this.attributes.securityGroups);
    const row = this.attributes.engine && serverlessEngine(this.attributes.engine.name);
    return new Connections({ securityGroups, defaultPort: row ? portsOf(row) : this.attributes.endpoint && Port.tcp(this.attributes.endpoint.port) });
  }

  /** @internal */
  public get _readerEndpoint(): Endpoint | undefined {
    return this.attributes.readerEndpoint;
  }

  private required<T>(name: keyof ServerlessCacheAttributes, value: T | undefined): T {
    return importedAttribute(this, 'serverless cache', 'ServerlessCache.fromServerlessCacheAttributes', name, value);
  }
}
