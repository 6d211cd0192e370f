import { IResource, Resource } from 'aws-cdk-lib';
import { GlobalReplicationGroupReference, IGlobalReplicationGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { CacheEngine } from '../engine/cache-engine';
import { CacheNodeType } from '../node-type/cache-node-type';
import { ClusterMode } from '../replication-group/cluster-mode';

/** A global datastore: a cache that is copied to other Regions. */
export interface IGlobalDatastore extends IResource, IGlobalReplicationGroupRef {
  /**
   * The id of the global datastore: a prefix of the Region, and the suffix.
   *
   * @attribute
   */
  readonly globalReplicationGroupId: string;

  /** The engine of its members; `undefined` when it is not known. */
  readonly engine?: CacheEngine;

  /** The type of its members' nodes; `undefined` when it is not known. */
  readonly nodeType?: CacheNodeType;

  /** How its members spread their data; `undefined` when it is not known. */
  readonly clusterMode?: ClusterMode;

  /** Whether clients of its members must use TLS. */
  readonly transitEncryption: boolean;
}

/** What is known of a global datastore that this app does not own. */
export interface GlobalDatastoreAttributes {
  /** The id of the global datastore, with the prefix that AWS gives it. */
  readonly globalReplicationGroupId: string;

  /**
   * The engine of its members; the logs of a secondary follow from it.
   *
   * @default - not known: a secondary delivers no logs unless it is told to
   */
  readonly engine?: CacheEngine;

  /**
   * The type of its members' nodes; thresholds of alarms follow from it.
   *
   * @default - not known
   */
  readonly nodeType?: CacheNodeType;

  /**
   * How its members spread their data. The replicas of each member are its own.
   *
   * @default - ClusterMode.disabled()
   */
  readonly clusterMode?: ClusterMode;

  /**
   * Whether clients of its members must use TLS.
   *
   * @default true
   */
  readonly transitEncryption?: boolean;
}

/**
 * What owned and imported global datastores share.
 *
 * @internal
 */
export abstract class GlobalDatastoreBase extends Resource implements IGlobalDatastore {
  public abstract readonly globalReplicationGroupId: string;
  public abstract readonly engine?: CacheEngine;
  public abstract readonly nodeType?: CacheNodeType;
  public abstract readonly clusterMode?: ClusterMode;
  public abstract readonly transitEncryption: boolean;

  /** The reference that other constructs take. */
  public get globalReplicationGroupRef(): GlobalReplicationGroupReference {
    return { globalReplicationGroupId: this.globalReplicationGroupId };
  }
}

/**
 * A global datastore that this app does not own.
 *
 * @internal
 */
export class ImportedGlobalDatastore extends GlobalDatastoreBase {
  public readonly globalReplicationGroupId: string;
  public readonly engine?: CacheEngine;
  public readonly nodeType?: CacheNodeType;
  public readonly clusterMode?: ClusterMode;
  public readonly transitEncryption: boolean;

  public constructor(scope: Construct, id: string, attributes: GlobalDatastoreAttributes) {
    super(scope, id);
    this.globalReplicationGroupId = attributes.globalReplicationGroupId;
    this.engine = attributes.engine;
    this.nodeType = attributes.nodeType;
    this.clusterMode = attributes.clusterMode;
    this.transitEncryption = attributes.transitEncryption ?? true;
  }
}
