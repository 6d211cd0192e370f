import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { CacheAuthentication } from '../../access/cache-authentication';
import { CacheEngine } from '../../engine/cache-engine';
import { Inspection } from '../../private/check';
import { ReplicationGroup } from '../../replication-group/replication-group';
import { ServerlessCache } from '../../serverless/serverless-cache';
import { CacheClusterProps } from '../cache-cluster-options';
import { CacheDefaults } from '../cache-defaults';
import { CacheTopology } from '../cache-topology';
import { Endpoint } from '../endpoint';

/** What was decided about a cache, whatever is behind it. */
export interface CacheSettings {
  readonly props: CacheClusterProps;
  /** Those of the profile. */
  readonly defaults: CacheDefaults;
  readonly topology: CacheTopology;
  readonly engine: CacheEngine;
  readonly authentication: CacheAuthentication;
  readonly removalPolicy: RemovalPolicy;
  readonly description: string;
}

/** What belongs to the `CacheCluster` and not to what is behind it, so that it stays when the topology changes. */
export interface CacheParts {
  readonly securityGroups: ISecurityGroup[];
  readonly userGroup?: IUserGroupRef;
}

/** The lower-level construct behind a cache, under the name by which users reach it. */
export interface Backing {
  readonly cache: ReplicationGroup | ServerlessCache;
  readonly readerEndpoint?: Endpoint;
  readonly replicationGroup?: ReplicationGroup;
  readonly serverlessCache?: ServerlessCache;
}

/** How a `CacheCluster` makes one kind of cache. */
export interface TopologyStrategy {
  /** The names of the engines that such a cache can run. */
  readonly engines: readonly string[];
  /** The props that have no meaning for such a cache: an error when written, passed over when they come from a profile. */
  readonly meaningless: readonly (keyof CacheClusterProps)[];

  /** What happens to the cache when nobody says it. */
  readonly removalPolicy: RemovalPolicy;

  /**
   * Judges the cache before anything is made.
   *
   * @param path the path that the lower-level construct will have
   * @param hasOwnUsers whether there will be a user group that does not exist yet
   */
  inspect(inspection: Inspection, scope: Construct, path: string, settings: CacheSettings, hasOwnUsers: boolean): void;

  /** Makes the cache. */
  create(scope: Construct, settings: CacheSettings, parts: CacheParts): Backing;
}
