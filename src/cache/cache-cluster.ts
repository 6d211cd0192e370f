import { ResourceEnvironment } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { CacheAccess, GrantAccessOptions } from './cache-access';
import { CacheClusterProps } from './cache-cluster-options';
import { ICacheCluster } from './cache-cluster-ref';
import type { CacheGrants } from './cache-grants';
import { AddIamUserOptions, AddUserOptions } from './cache-user-options';
import { Endpoint } from './endpoint';
import { CacheClusterPlan, planCacheCluster } from './private/cache-cluster-plan';
import { CacheUsers, ownUsers } from './private/cache-users';
import { AccessContext, grantAccess, grantsOf } from './private/loading';
import { Backing } from './private/topology-strategy';
import { IamUser } from '../access/iam-user';
import { PasswordUser } from '../access/password-user';
import { CacheEngine } from '../engine/cache-engine';
import { MemcachedCluster } from '../memcached/memcached-cluster';
import type { CacheAlarms } from '../monitoring/cache-alarms';
import type { AnyCacheEventOptions, CacheEventOptions, CacheEvents } from '../monitoring/cache-events';
import type { CacheMetrics } from '../monitoring/cache-metrics';
import { alarmsClass } from '../monitoring/private/tables';
import { createSecurityGroup } from '../network/security-group';
import { judgeParts, skipParts } from '../private/check';
import { once } from '../private/props';
import { applyToAll, policyOfCompanions } from '../private/removal';
import { ReplicationGroup } from '../replication-group/replication-group';
import { ServerlessCache } from '../serverless/serverless-cache';

const IS_CACHE_CLUSTER = Symbol.for('cdk-elasticache.CacheCluster');

/**
 * Any ElastiCache cache, secure, highly available and observable by default.
 * (The construct for a resource of type `AWS::ElastiCache::CacheCluster` is another one.)
 *
 * By default it is Valkey with a primary and a replica in two zones, TLS only, encrypted at rest, with one user whose password is generated,
 * seven days of backups and a last snapshot when it is deleted. It is made of the lower-level constructs of this library, which can be used
 * on their own, and whose L1s can be reached: `cache.node.defaultChild`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html
 *
 * @example
 * const cache = new CacheCluster(this, 'Cache', { vpc });
 * cache.grantAccess(fn);
 */
export class CacheCluster extends Construct implements ICacheCluster {
  /**
   * Whether something is a `CacheCluster`.
   *
   * @param x anything
   */
  public static isCacheCluster(x: any): x is CacheCluster {
    return x !== null && typeof x === 'object' && IS_CACHE_CLUSTER in x;
  }

  public readonly engine: CacheEngine;
  public readonly transitEncryption: boolean;
  public readonly connections: Connections;
  public readonly env: ResourceEnvironment;
  /** The replication group behind the cache; absent for other topologies. */
  public readonly replicationGroup?: ReplicationGroup;
  /** The cluster of Memcached behind the cache; absent for other topologies. */
  public readonly memcachedCluster?: MemcachedCluster;
  /** The serverless cache behind the cache; absent for other topologies. */
  public readonly serverlessCache?: ServerlessCache;
  /** The user of the application, with its password in `applicationUser.secret`; absent when clients log in another way. */
  public readonly applicationUser?: PasswordUser;
  /** The user of the application when it logs in with IAM; absent when clients log in another way. */
  public readonly applicationIamUser?: IamUser;

  private readonly backing: Backing;
  private readonly plan: CacheClusterPlan;
  private readonly users?: CacheUsers;
  private readonly makeGrants: () => CacheGrants;
  private readonly makeAlarms: () => CacheAlarms;

  public constructor(scope: Construct, id: string, props: CacheClusterProps) {
    const plan = planCacheCluster(scope, id, props);

    super(scope, id);
    Object.defineProperty(this, IS_CACHE_CLUSTER, { value: true });

    if (plan.isSilent) {
      skipParts(this);
    }
    const securityGroups = props.securityGroups ?? [this.createSecurityGroup(plan, props)];
    this.plan = plan;
    this.users = plan.authentication._ownsUsers ? new CacheUsers(this, plan, props) : undefined;
    this.applicationUser = this.users?.passwordUser;
    this.applicationIamUser = this.users?.iamUser;
    this.backing = plan.create(this, securityGroups, this.userGroup);
    judgeParts(this);
    const { cache } = this.backing;
    this.replicationGroup = this.backing.replicationGroup;
    this.memcachedCluster = this.backing.memcachedCluster;
    this.serverlessCache = this.backing.serverlessCache;
    this.node.defaultChild = cache.node.defaultChild;

    this.engine = cache.engine;
    this.transitEncryption = cache.transitEncryption;
    this.connections = cache.connections;
    this.makeGrants = once(() => grantsOf(this, () => this.accessContext));
    this.env = cache.env;
    this.makeAlarms = once(() => new (alarmsClass())(this, 'Alarms', { cache: this, topic: props.alarmTopic, thresholds: plan.alarmThresholds }));
    if (props.alarmTopic) {
      this.alarms.addRecommended();
    }
    this.users?.rotateApplicationUser();
  }

  public get endpoint(): Endpoint {
    return this.backing.cache.endpoint;
  }

  public get grants(): CacheGrants {
    return this.makeGrants();
  }

  public get metrics(): CacheMetrics {
    return this.backing.cache.metrics;
  }

  /** The alarms of the cache. */
  public get alarms(): CacheAlarms {
    return this.makeAlarms();
  }

  /** Where to read only: the replicas, or the one node when there is none. An error for Memcached on nodes, which has no replicas. */
  public get readerEndpoint(): Endpoint {
    return this.backing.cache.readerEndpoint;
  }

  /**
   * Gives a client all it needs to use the cache: the network path on the ports of its endpoints, the permission to log in as the user, and environment
   * variables that say where the cache is. The client's stack comes to depend on the cache's stack, never the other way round.
   *
   * @param client a function in a VPC, an ECS service, an instance, or anything else with connections and a principal
   * @param options which user, which containers, which names
   */
  public grantAccess(client: IConnectable, options: GrantAccessOptions = {}): CacheAccess {
    return grantAccess(this, client, options, this.accessContext);
  }

  /**
   * Makes a further user of the cache that logs in with a password. Clients become that user with `grantAccess(client, { user })`.
   * An error when the cache does not make its users itself: then they belong to the group it was given.
   *
   * @param id the construct's id, and unless told otherwise the name with which the user logs in
   * @param options rights, name and password
   */
  public addUser(id: string, options: AddUserOptions = {}): PasswordUser {
    return ownUsers(this, this.users, this.plan, 'addUser').addUser(id, options);
  }

  /**
   * Makes a further user of the cache that logs in with IAM. Clients become that user with `grantAccess(client, { user })`.
   * An error when the cache does not make its users itself, and for engines before Valkey 7.2 and Redis OSS 7.0.
   *
   * @param id the construct's id
   * @param options rights and id of the user
   */
  public addIamUser(id: string, options: AddIamUserOptions = {}): IamUser {
    return ownUsers(this, this.users, this.plan, 'addIamUser').addIamUser(id, options);
  }

  /** What happens to the cache, for those who should hear of it. */
  public get events(): CacheEvents {
    return this.backing.cache.events;
  }

  /**
   * Tells someone of every event of the cache, or of those that are named: `events.onEvent`.
   *
   * @param id the id of what is made
   * @param options who hears of which events
   */
  public onEvent(id: string, options: AnyCacheEventOptions): void {
    this.events.onEvent(id, options);
  }

  /**
   * Tells someone that a replica took over from its primary: `events.onFailover`.
   *
   * @param id the id of what is made
   * @param options who hears of it
   */
  public onFailover(id: string, options: CacheEventOptions): void {
    this.events.onFailover(id, options);
  }

  private get userGroup(): IUserGroupRef | undefined {
    return this.users?.group ?? this.plan.authentication._userGroup;
  }

  /** What a client needs to know. */
  private get accessContext(): AccessContext {
    return { ...this.backing.access, defaultUser: this.applicationUser ?? this.applicationIamUser, needsUser: this.userGroup !== undefined };
  }

  private createSecurityGroup(plan: CacheClusterPlan, props: CacheClusterProps): ISecurityGroup {
    const securityGroup = createSecurityGroup(this, props.vpc, plan.removalPolicy);
    applyToAll(securityGroup, policyOfCompanions(plan.removalPolicy));
    return securityGroup;
  }
}
