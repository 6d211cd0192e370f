import { Aws, Fn, IResolveContext, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Connections, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache, CfnServerlessCacheProps, IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { DECIDED_CACHES, inspectServerlessCache, planServerlessCache, planServerlessSubnets, ServerlessCachePlan } from './private/serverless-plan';
import { portsOf } from './private/serverless-ports';
import { ServerlessEngineRow } from './private/serverless-table';
import { ServerlessCacheProps } from './serverless-cache-options';
import { IServerlessCache, ImportedServerlessCache, ServerlessCacheAttributes, ServerlessCacheBase } from './serverless-cache-ref';
import { Endpoint } from '../cache/endpoint';
import { CacheEngine } from '../engine/cache-engine';
import type { CacheMetrics } from '../monitoring/cache-metrics';
import { serverlessDimensions } from '../monitoring/private/metric-dimensions';
import { metricsOf } from '../monitoring/private/tables';
import { createSecurityGroup } from '../network/security-group';
import { attach, Inspection } from '../private/check';
import { waitFor } from '../private/dependencies';
import { futurePath } from '../private/errors';
import { keep } from '../private/memo';
import { generatedId } from '../private/names';
import { setConnectionType } from '../private/newer-cfn';
import { once } from '../private/props';

const IS_SERVERLESS_CACHE = Symbol.for('cdk-elasticache.ServerlessCache');

/**
 * A serverless cache of Valkey, Redis OSS or Memcached: AWS scales it with its use and keeps it in several zones. It is always encrypted, in transit
 * and at rest. Valkey and Redis OSS speak the protocol of cluster mode: clients must be cluster clients.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.deployment.html
 * @resource AWS::ElastiCache::ServerlessCache
 *
 * @example
 * const feed = new ServerlessCache(this, 'Feed', {
 *   vpc,
 *   limits: UsageLimits.of({ maxStorage: Size.gibibytes(10), maxEcpuPerSecond: 5000 }),
 * });
 * feed.grantAccess(fn);
 */
export class ServerlessCache extends ServerlessCacheBase {
  /**
   * A serverless cache that this app does not own, of which only the name is known.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param serverlessCacheName the name of the cache
   */
  public static fromServerlessCacheName(scope: Construct, id: string, serverlessCacheName: string): IServerlessCache {
    return new ImportedServerlessCache(scope, id, { serverlessCacheName });
  }

  /**
   * A serverless cache that this app does not own. What is left out is an error once something needs it, and the error names it.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param attributes what is known of the cache
   */
  public static fromServerlessCacheAttributes(scope: Construct, id: string, attributes: ServerlessCacheAttributes): IServerlessCache {
    return new ImportedServerlessCache(scope, id, attributes);
  }

  /**
   * Whether something is a `ServerlessCache` that was made here.
   *
   * @param x anything
   */
  public static isServerlessCache(x: any): x is ServerlessCache {
    return x !== null && typeof x === 'object' && IS_SERVERLESS_CACHE in x;
  }

  public readonly serverlessCacheName: string;
  public readonly engine: CacheEngine;
  public readonly connections: Connections;
  /** @internal */
  public readonly _hasUserGroup: boolean;
  /** @internal */
  public readonly _userGroup?: IUserGroupRef;
  /** @internal */
  public readonly _engineName: string;
  /** @internal */
  public readonly _isPublic: boolean;

  private readonly resource: CfnServerlessCache;
  private readonly makeEndpoint: () => Endpoint;
  private readonly makeReaderEndpoint: () => Endpoint;
  private readonly makeMetrics: () => CacheMetrics;

  public constructor(scope: Construct, id: string, props: ServerlessCacheProps) {
    const inspection = new Inspection(scope, id);
    const decided = DECIDED_CACHES.of(props, inspection);
    const plan = decided ?? planServerlessCache(scope, futurePath(scope, id), props, planServerlessSubnets(inspection, props));
    if (!decided) {
      inspectServerlessCache(inspection, props, plan);
    }
    const warnings = inspection.finish();

    super(scope, id, { physicalName: props.serverlessCacheName });
    Object.defineProperty(this, IS_SERVERLESS_CACHE, { value: true });
    attach(this, warnings);

    this.engine = plan.engine;
    this._engineName = plan.engine.name;
    this._hasUserGroup = plan.properties.userGroupId !== undefined;
    this._userGroup = props.userGroup;
    this._isPublic = plan.isPublic;
    const securityGroups = plan.isPublic ? [] : props.securityGroups ?? [createSecurityGroup(this, props.vpc!, plan.removalPolicy)];
    this.connections = new Connections({ securityGroups, defaultPort: portsOf(plan.row) });
    const resource = this.createResource(props, plan, securityGroups);

    this.resource = resource;
    this.serverlessCacheName = resource.ref;
    this.makeEndpoint = once(() => new Endpoint(resource.attrEndpointAddress, portOf(plan.row, 'port', () => resource.attrEndpointPort)));
    // Of a public endpoint AWS tells one address alone.
    this.makeReaderEndpoint = plan.isPublic ? this.makeEndpoint
      : once(() => new Endpoint(resource.attrReaderEndpointAddress, portOf(plan.row, 'readerPort', () => resource.attrReaderEndpointPort)));
    this.makeMetrics = once(() => metricsOf({
      cache: this, kind: 'serverless', nodes: [serverlessDimensions(resource.ref)], engine: plan.engine.name, limits: props.limits,
    }));
  }

  public get metrics(): CacheMetrics {
    return this.makeMetrics();
  }

  public get endpoint(): Endpoint {
    return this.makeEndpoint();
  }

  public get readerEndpoint(): Endpoint {
    return this.makeReaderEndpoint();
  }

  /** The ARN of the cache. */
  public get serverlessCacheArn(): string {
    return this.resource.attrArn;
  }

  private createResource(props: ServerlessCacheProps, plan: ServerlessCachePlan, securityGroups: ISecurityGroup[]): CfnServerlessCache {
    const { properties, removalPolicy } = plan;
    const resource = new CfnServerlessCache(this, 'Resource', {
      ...properties,
      ...this.namesOf(plan),
      securityGroupIds: plan.isPublic ? undefined : securityGroups.map((securityGroup) => securityGroup.securityGroupId),
      dailySnapshotTime: properties.snapshotRetentionLimit === undefined ? undefined : properties.dailySnapshotTime,
    });
    if (props.connectionType) {
      setConnectionType(resource, props.connectionType);
    }
    // CloudFormation takes no snapshot of a serverless cache by policy: the final snapshot is a property of the cache.
    resource.applyRemovalPolicy(removalPolicy === RemovalPolicy.SNAPSHOT ? RemovalPolicy.DESTROY : removalPolicy);
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

  /** The names that are made, of the cache and of its last snapshot: all that they follow from is known at synthesis. */
  private namesOf(plan: ServerlessCachePlan): Pick<CfnServerlessCacheProps, 'serverlessCacheName' | 'finalSnapshotName'> {
    let made: string | undefined;
    const name = (context: IResolveContext) => made ??= this.nameAfterWhatReplaces(plan, context);
    const snapshot = (context: IResolveContext) => finalSnapshotName(name(context), context);
    return {
      serverlessCacheName: plan.properties.serverlessCacheName ?? atSynthesis(name),
      finalSnapshotName: plan.removalPolicy === RemovalPolicy.SNAPSHOT ? atSynthesis(snapshot) : undefined,
    };
  }

  /** CloudFormation makes no name for a serverless cache: when the cache is replaced, the new one needs another. */
  private nameAfterWhatReplaces({ properties, row }: ServerlessCachePlan, context: IResolveContext): string {
    const { serverlessCacheName, subnetIds, kmsKeyId, networkType, snapshotArnsToRestore } = properties;
    const replacing = [serverlessCacheName, subnetIds, kmsKeyId, networkType, snapshotArnsToRestore];
    // The caches of a stack share most of it.
    const known = keep(resolvedByStack, Stack.of(this), () => new Map<string, string>());
    return generatedId(this, row.lineage, keep(known, JSON.stringify(replacing), () => JSON.stringify(context.resolve(replacing))));
  }
}

/** A text without references: who prepares the synthesis looks for them alone. */
function atSynthesis(produce: (context: IResolveContext) => unknown): string {
  return Token.asString(Lazy.uncachedAny({ produce: (context) => context.preparing ? undefined : produce(context) }));
}

/** What tokens stand for in a stack, by their texts. */
const resolvedByStack = new WeakMap<Stack, Map<string, string>>();

/** A name that no other deployment of the stack uses, nor the cache that replaces this one: a snapshot outlives its stack. */
function finalSnapshotName(cacheName: string, context: IResolveContext): object {
  return { 'Fn::Join': ['-', [cacheName, deployment(context)]] };
}

let resolvedDeployment: object | undefined;

/** The first part of the id that CloudFormation gives to a stack when it makes it: the same functions in every template. */
function deployment(context: IResolveContext): object {
  return resolvedDeployment ??= context.resolve(Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))))) as object;
}

/** A port that is written in the table, or, where the table is not sure, as the resource tells it. */
function portOf(row: ServerlessEngineRow, which: 'port' | 'readerPort', attribute: () => string): number {
  return row.unsure.includes(which) ? Token.asNumber(attribute()) : row[which];
}
