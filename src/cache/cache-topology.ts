import { CacheNodeType } from '../node-type/cache-node-type';
import { ClusterMode } from '../replication-group/cluster-mode';
import { ShardConfiguration } from '../replication-group/shard-configuration';
import { UsageLimits } from '../serverless/usage-limits';

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

  /**
   * Whether data lives on SSD beside memory. Only r6gd nodes can, and they must. Changing it replaces the cache.
   *
   * @default - follows from the node type: true for r6gd nodes, false for all others
   */
  readonly dataTiering?: boolean;

  /**
   * Whether plain clients and cluster clients can use the cache at the same time: the step between `replicated()` and `sharded()`. AWS takes it only when
   * nothing else changes in the same deployment. `endpoint` stays the primary's; cluster clients use `replicationGroup.configurationEndpoint`.
   * When all clients are cluster clients, go on to `sharded({ shards: 1, fromCompatible: true })`, and after that to the shards you want.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
   * @default false
   */
  readonly clusterCompatible?: boolean;
}

/** Shards, each a primary with replicas. What is left out comes from the profile, else from the library. */
export interface ShardedTopologyOptions {
  /**
   * How many shards there are, 1 to 500; AWS allows 90 nodes in all until the quota is raised. Changes while the cache runs.
   *
   * @default - as many as `shardConfigurations`, else 2
   */
  readonly shards?: number;

  /**
   * How many replicas follow the primary of each shard, 0 to 5.
   *
   * @default 1
   */
  readonly replicasPerShard?: number;

  /**
   * The type of every node.
   *
   * @default - the profile's, else CacheNodeType.T4G_MEDIUM
   */
  readonly nodeType?: CacheNodeType;

  /**
   * Placement, slots and replicas shard by shard. Adding them to a cache that was made without them can replace it.
   *
   * @default - the service places the shards, and spreads the slots evenly
   */
  readonly shardConfigurations?: ShardConfiguration[];

  /**
   * Whether data lives on SSD beside memory. Only r6gd nodes can, and they must. Changing it replaces the cache.
   *
   * @default - follows from the node type: true for r6gd nodes, false for all others
   */
  readonly dataTiering?: boolean;

  /**
   * Whether this is the step after `replicated({ clusterCompatible: true })`: one shard, with the replicas it had, and nothing but the mode changes.
   * Leave it out in the deployment that adds shards.
   *
   * @default false
   */
  readonly fromCompatible?: boolean;
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

  /**
   * Whether data lives on SSD beside memory. Only r6gd nodes can, and they must. Changing it replaces the cache.
   *
   * @default - follows from the node type: true for r6gd nodes, false for all others
   */
  readonly dataTiering?: boolean;
}

/** A cache without nodes, which AWS scales. */
export interface ServerlessTopologyOptions {
  /**
   * Between what storage and processing units scale.
   *
   * @default - no limits but the service's
   */
  readonly limits?: UsageLimits;
}

/** Nodes of Memcached. What is left out comes from the profile, else from the library. */
export interface MemcachedTopologyOptions {
  /**
   * How many nodes the data is spread over: 1 to 40, more after a quota increase. With `availabilityZones` it changes in place, without them the cache is replaced.
   *
   * @default 2, or 1 with a profile of a single node
   */
  readonly nodes?: number;

  /**
   * The type of every node. Changing it replaces the cache.
   *
   * @default - the profile's, else CacheNodeType.T4G_MEDIUM
   */
  readonly nodeType?: CacheNodeType;

  /**
   * The availability zone of each node.
   *
   * @default - the service spreads the nodes over the zones of the subnets
   */
  readonly availabilityZones?: string[];
}

/** What only one kind of topology has. */
interface Shape {
  readonly clusterMode?: ClusterMode;
  readonly memcached?: MemcachedTopologyOptions;
  readonly limits?: UsageLimits;
  readonly dataTiering?: boolean;
}

/**
 * The shape of a cache: how many nodes, of which type, and how data is spread over them. Everything else about a cache is a prop of its own.
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, topology: CacheTopology.replicated({ replicas: 2, nodeType: CacheNodeType.R7G_LARGE }) });
 * new CacheCluster(this, 'Sessions', { vpc, topology: CacheTopology.sharded({ shards: 3 }) });
 * new CacheCluster(this, 'Feed', { vpc, topology: CacheTopology.serverless() });
 */
export class CacheTopology {
  /**
   * A primary and replicas in different availability zones; a replica takes over when the primary fails.
   *
   * @param options replicas, node type, placement
   */
  public static replicated(options: ReplicatedTopologyOptions = {}): CacheTopology {
    const { replicas, availabilityZones, dataTiering } = options;
    const clusterMode = (options.clusterCompatible ? ClusterMode.compatible : ClusterMode.disabled)({ replicas, availabilityZones });
    return new CacheTopology('replicated', { clusterMode, dataTiering }, options.nodeType);
  }

  /**
   * Shards in different availability zones, each with a primary and replicas: more memory and more writes than one node has. Clients must be cluster
   * clients. `endpoint` is the configuration endpoint, there is no reader endpoint, and `grantAccess` sets no `READER_HOST`.
   *
   * There is no direct way here from `replicated()`: first deploy `replicated({ clusterCompatible: true })`, then
   * `sharded({ shards: 1, fromCompatible: true })`, then the shards. There is no way back.
   *
   * @param options shards, replicas, node type, placement
   */
  public static sharded(options: ShardedTopologyOptions = {}): CacheTopology {
    const { shards, replicasPerShard, shardConfigurations, fromCompatible, dataTiering } = options;
    const clusterMode = ClusterMode.enabled({ shards, replicasPerShard, shardConfigurations, fromCompatible });
    return new CacheTopology('sharded', { clusterMode, dataTiering }, options.nodeType);
  }

  /**
   * One node, for development and for data that may be lost: when the node fails, its data is gone and the cache is away until it is replaced.
   *
   * @param options node type, placement
   */
  public static singleNode(options: SingleNodeTopologyOptions = {}): CacheTopology {
    const availabilityZones = options.availabilityZone === undefined ? undefined : [options.availabilityZone];
    const clusterMode = ClusterMode.disabled({ replicas: 0, availabilityZones });
    return new CacheTopology('singleNode', { clusterMode, dataTiering: options.dataTiering }, options.nodeType);
  }

  /**
   * Nodes of Memcached, over which clients with auto discovery spread the data. There are no replicas, users and backups.
   *
   * @param options nodes, node type, placement
   */
  public static memcached(options: MemcachedTopologyOptions = {}): CacheTopology {
    return new CacheTopology('memcached', { memcached: options }, options.nodeType);
  }

  /**
   * No nodes: AWS scales the cache with its use and keeps it in several zones. It speaks the protocol of cluster mode: clients must be cluster
   * clients. From another topology to this one, and back, it is another cache: its data is gone and its endpoint differs.
   *
   * @param options limits of use
   */
  public static serverless(options: ServerlessTopologyOptions = {}): CacheTopology {
    return new CacheTopology('serverless', { limits: options.limits });
  }

  /** The kind of topology: `replicated`, `sharded`, `singleNode`, `memcached` or `serverless`. */
  public readonly kind: string;
  /** The type of every node, where it was given. */
  public readonly nodeType?: CacheNodeType;

  /** @internal */
  public readonly _clusterMode?: ClusterMode;
  /** @internal */
  public readonly _memcached?: MemcachedTopologyOptions;
  /** @internal */
  public readonly _limits?: UsageLimits;
  /** @internal */
  public readonly _dataTiering?: boolean;

  private constructor(kind: string, shape: Shape, nodeType?: CacheNodeType) {
    this.kind = kind;
    this._clusterMode = shape.clusterMode;
    this._memcached = shape.memcached;
    this._limits = shape.limits;
    this._dataTiering = shape.dataTiering;
    this.nodeType = nodeType;
  }
}
