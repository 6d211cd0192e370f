import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnGlobalReplicationGroup, CfnReplicationGroup, IReplicationGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { GlobalDatastoreAttributes, GlobalDatastoreBase, IGlobalDatastore, ImportedGlobalDatastore } from './global-datastore-ref';
import { GLOBAL_DATASTORE_RULES } from './global-datastore-rules';
import { CacheEngine } from '../engine/cache-engine';
import { CacheNodeType } from '../node-type/cache-node-type';
import { attach, Inspection } from '../private/check';
import { viewOf } from '../private/construct-view';
import { futurePath } from '../private/errors';
import { generatedId } from '../private/names';
import { refuseSnapshot } from '../private/removal';
import { ClusterMode } from '../replication-group/cluster-mode';
import { ReplicationGroup } from '../replication-group/replication-group';

/** What a global datastore is made of. */
export interface GlobalDatastoreProps {
  /**
   * The cache that is written to and copied from. Its nodes must be of size large or more and speak IPv4; it keeps its parameter group only until it
   * joins: AWS makes a global one of it. It cannot be scaled automatically any more.
   */
  readonly primary: IReplicationGroupRef;

  /**
   * What the id of the global datastore ends with; AWS puts a prefix of the Region before it.
   *
   * @default - made from the path of the construct and the names of its stacks
   */
  readonly globalReplicationGroupIdSuffix?: string;

  /**
   * What the global datastore is for.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * Whether replicas of the members take over when their primary fails. Must not be false in cluster mode.
   *
   * @default - as the primary has it
   */
  readonly automaticFailover?: boolean;

  /**
   * What happens to the global datastore when it leaves the stack. All secondaries must have left before; the primary stays.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

const IS_GLOBAL_DATASTORE = Symbol.for('cdk-elasticache.GlobalDatastore');

/**
 * A cache that is copied to other Regions, where it can be read from, and from where it can be taken over. Secondaries are made in stacks of their
 * Regions, see `SecondaryReplicationGroup`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
 * @resource AWS::ElastiCache::GlobalReplicationGroup
 *
 * @example
 * const primary = new ReplicationGroup(this, 'Primary', { vpc, nodeType: CacheNodeType.R7G_LARGE });
 * new GlobalDatastore(this, 'Everywhere', { primary });
 */
export class GlobalDatastore extends GlobalDatastoreBase {
  /**
   * A global datastore that this app does not own, or one of a stack in another Region.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param attributes what is known of the global datastore
   */
  public static fromGlobalDatastoreAttributes(scope: Construct, id: string, attributes: GlobalDatastoreAttributes): IGlobalDatastore {
    return new ImportedGlobalDatastore(scope, id, attributes);
  }

  /**
   * Whether something is a `GlobalDatastore` that was made here.
   *
   * @param x anything
   */
  public static isGlobalDatastore(x: any): x is GlobalDatastore {
    return x !== null && typeof x === 'object' && IS_GLOBAL_DATASTORE in x;
  }

  public readonly globalReplicationGroupId: string;
  public readonly engine?: CacheEngine;
  public readonly nodeType?: CacheNodeType;
  public readonly clusterMode?: ClusterMode;
  public readonly transitEncryption: boolean;

  public constructor(scope: Construct, id: string, props: GlobalDatastoreProps) {
    const inspection = new Inspection(scope, id);
    refuseSnapshot(inspection, props.removalPolicy, 'a global datastore');
    const properties = {
      members: [{
        replicationGroupId: props.primary.replicationGroupRef.replicationGroupId, replicationGroupRegion: props.primary.env.region, role: 'PRIMARY',
      }],
      globalReplicationGroupIdSuffix: props.globalReplicationGroupIdSuffix,
      globalReplicationGroupDescription: props.description ?? futurePath(scope, id).slice(-255),
      automaticFailoverEnabled: props.automaticFailover,
    };
    inspection.check(GLOBAL_DATASTORE_RULES, () => viewOf(CfnGlobalReplicationGroup.CFN_RESOURCE_TYPE_NAME, properties, {
      Members: 'primary', GlobalReplicationGroupIdSuffix: 'globalReplicationGroupIdSuffix', AutomaticFailoverEnabled: 'automaticFailover',
    }, { Members: viewOfPrimary(props.primary) }));
    const warnings = inspection.finish();

    super(scope, id);
    Object.defineProperty(this, IS_GLOBAL_DATASTORE, { value: true });
    attach(this, warnings);

    const { primary } = props;
    const known = ReplicationGroup.isReplicationGroup(primary) ? primary : undefined;
    this.engine = known?.engine;
    this.nodeType = known?.nodeType;
    this.clusterMode = known?.clusterMode;
    this.transitEncryption = known?.transitEncryption ?? true;

    const resource = new CfnGlobalReplicationGroup(this, 'Resource', {
      ...properties, globalReplicationGroupIdSuffix: props.globalReplicationGroupIdSuffix ?? generatedId(this),
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.globalReplicationGroupId = resource.attrGlobalReplicationGroupId;
  }
}

/** What rules see of the primary; `undefined` when it is not part of this app. */
function viewOfPrimary(primary: IReplicationGroupRef) {
  const l1 = [primary, primary.node.defaultChild].find((each): each is CfnReplicationGroup => CfnReplicationGroup.isCfnReplicationGroup(each));
  if (!l1) {
    return undefined;
  }
  const { engine, engineVersion, cacheNodeType, networkType, durability, numCacheClusters, numNodeGroups, clusterMode, autoMinorVersionUpgrade } = l1;
  return [viewOf(CfnReplicationGroup.CFN_RESOURCE_TYPE_NAME, {
    engine, engineVersion, cacheNodeType, networkType, durability, numCacheClusters, numNodeGroups, clusterMode, autoMinorVersionUpgrade,
  })];
}
