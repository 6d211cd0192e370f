import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { AccessContext } from './grant-access';
import { CacheAuthentication } from '../../access/cache-authentication';
import { CacheEngine } from '../../engine/cache-engine';
import { MemcachedCluster } from '../../memcached/memcached-cluster';
import { Parameters } from '../../parameters/parameters';
import { knownParameter, parameterFamilies } from '../../parameters/private/parameter-table';
import { Inspection } from '../../private/check';
import { daysOf } from '../../private/tokens';
import { ReplicationGroup } from '../../replication-group/replication-group';
import { ServerlessCache } from '../../serverless/serverless-cache';
import { CacheClusterOptions, CacheClusterProps } from '../cache-cluster-options';
import { ICacheCluster } from '../cache-cluster-ref';
import { CacheDefaults } from '../cache-defaults';
import { CacheTopology } from '../cache-topology';

/** What is known of a cache before its topology has a say. */
export interface TopologyContext {
  /** The path that the cache will have. */
  readonly path: string;
  readonly props: CacheClusterProps;
  /** Those of the profile. */
  readonly defaults: CacheDefaults;
  readonly engine: CacheEngine;
  /** The one that was written, else the profile's when it is of this kind, else the kind's own. */
  readonly topology: CacheTopology;
}

/** What is behind a cache. */
export interface Backing {
  /** The construct behind the cache, under the property of the cache that it is found at. */
  readonly replicationGroup?: ReplicationGroup;
  readonly memcachedCluster?: MemcachedCluster;
  readonly serverlessCache?: ServerlessCache;
  readonly cache: ICacheCluster & Construct;
  /** What a client needs to know, the application's user apart. */
  readonly access: Omit<AccessContext, 'defaultUser' | 'needsUser'>;
}

/** What one kind of topology makes of a cache, with every setting decided: the prop, else the option of the topology, else the profile, else the library. */
export interface TopologyPlan {
  readonly authentication: CacheAuthentication;
  readonly removalPolicy: RemovalPolicy;
  /** Judges everything behind the cache, before any of it is made. */
  inspect(inspection: Inspection): void;
  /** Makes what is behind the cache. */
  create(scope: Construct, securityGroups: ISecurityGroup[], userGroup?: IUserGroupRef): Backing;
}

/** A kind of topology: one a sort of resource behind a cache. */
export interface TopologyStrategy {
  /** The kinds of `CacheTopology` that it makes. */
  readonly topologies: readonly string[];
  /** The engines that run on it. */
  readonly engines: readonly string[];
  /** Props that have no meaning, and what to do instead. */
  readonly withoutMeaning: Partial<Record<keyof CacheClusterOptions, string>>;
  /** The engine of a cache that says none. */
  defaultEngine(): CacheEngine;
  /** The topology of a cache that says none. */
  defaultTopology(): CacheTopology;
  plan(context: TopologyContext): TopologyPlan;
}

/** Backups as the cache or its profile wants them. What a profile says and cannot have here is no mistake of the user: it is left out. */
export function backupsOf(props: CacheClusterProps, defaults: CacheDefaults): Pick<CacheClusterProps, 'backupRetention' | 'backupWindow'> {
  const backupRetention = props.backupRetention ?? defaults.backupRetention;
  return { backupRetention, backupWindow: props.backupWindow ?? (daysOf(backupRetention) === 0 ? undefined : defaults.backupWindow) };
}

/**
 * Settings of a profile and of a cache as one; nothing when neither has any. What a profile says and only other engines know is no mistake of the
 * user: it is left out.
 */
export function mergeParameters(
  profile: Parameters | undefined, given: Parameters | undefined, { parameterGroupFamily }: CacheEngine,
): Parameters | undefined {
  const elsewhere = (name: string) => !knownParameter(parameterGroupFamily, name) && parameterFamilies().includes(parameterGroupFamily)
    && parameterFamilies().some((family) => knownParameter(family, name));
  const fitting = profile && Object.entries(profile.values).filter(([name]) => !elsewhere(name));
  const ofProfile = fitting && fitting.length > 0 ? Parameters.custom(Object.fromEntries(fitting)) : undefined;
  const all = [ofProfile, given].filter((each): each is Parameters => each !== undefined);
  return all.length > 0 ? Parameters.combine(...all) : undefined;
}
