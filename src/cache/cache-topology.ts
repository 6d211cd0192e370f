import { CacheNodeType } from '../node-type/cache-node-type';
import { ClusterMode } from '../replication-group/cluster-mode';

/** A primary with replicas. What is left out comes from the profile, else from the library. */
export interface ReplicatedTopologyOptions {
  /**
   * How many replicas follow the primary, 0 to 5. They take over when it fails and can be read from. With none it is a single node.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The type of every node.
   *
   * @default - the profile's, else CacheNodeType.T4G_MEDIUM
   */
  readonly nodeType?: CacheNodeType;

  /**
   * The availability zone of each node, the primary's first. Changing it replaces the cache.
   *
   * @default - the service spreads the nodes over the zones of the subnets
   */
  readonly availabilityZones?: string[];
}

/** One node. What is left out comes from the profile, else from the library. */
export interface SingleNodeTopologyOptions {
  /**
   * The type of the node.
   *
   * @default - the profile's, else CacheNodeType.T4G_MEDIUM
   */
  readonly nodeType?: CacheNodeType;

  /**
   * The availability zone of the node. Changing it replaces the cache.
   *
   * @default - the service chooses one of the subnets' zones
   */
  readonly availabilityZone?: string;
}

/**
 * The shape of a cache: how many nodes, of which type, and how data is spread over them. Everything else about a cache is a prop of its own.
 */
export class CacheTopology {
  /**
   * A primary and replicas in different availability zones; a replica takes over when the primary fails.
   *
   * @param options replicas, node type, placement
   */
  public static replicated(options: ReplicatedTopologyOptions = {}): CacheTopology {
    return new CacheTopology('replicated', ClusterMode.disabled({ replicas: options.replicas, availabilityZones: options.availabilityZones }), options.nodeType);
  }

  /**
   * One node, for development and for data that may be lost: when the node fails, its data is gone and the cache is away until it is replaced.
   *
   * @param options node type, placement
   */
  public static singleNode(options: SingleNodeTopologyOptions = {}): CacheTopology {
    const availabilityZones = options.availabilityZone === undefined ? undefined : [options.availabilityZone];
    return new CacheTopology('singleNode', ClusterMode.disabled({ replicas: 0, availabilityZones }), options.nodeType);
  }

  /** The kind of topology: `replicated` or `singleNode`. */
  public readonly kind: string;
  /** The type of every node, where it was given. */
  public readonly nodeType?: CacheNodeType;

  /** @internal */
  public readonly _clusterMode: ClusterMode;

  private constructor(kind: string, clusterMode: ClusterMode, nodeType?: CacheNodeType) {
    this.kind = kind;
    this._clusterMode = clusterMode;
    this.nodeType = nodeType;
  }
}
