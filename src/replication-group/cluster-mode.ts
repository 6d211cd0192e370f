import { Token } from 'aws-cdk-lib';
import { ClusterModeKind, clusterModeRow, ClusterModeRow } from './private/cluster-mode-table';
import { ShardConfiguration } from './shard-configuration';
import { fail } from '../private/errors';

/** A cache with one shard. */
export interface DisabledClusterModeOptions {
  /**
   * How many replicas follow the primary, 0 to 5. Must be known at synthesis: CloudFormation takes the number of nodes, and cannot add.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The availability zone of each node, the primary's first. Changing it replaces the cache.
   *
   * @default - the service spreads the nodes over the zones of the subnets
   */
  readonly availabilityZones?: string[];
}

/** A cache with one shard that speaks both protocols. Its nodes must be those of the mode it comes from: nothing else may change in the same update. */
export interface CompatibleClusterModeOptions extends DisabledClusterModeOptions {}

/** A cache whose data is spread over shards. */
export interface EnabledClusterModeOptions {
  /**
   * How many shards there are, 1 to 500; AWS allows 90 nodes in all until the quota is raised. Changes in place, see `onlineResharding`.
   *
   * @default - as many as `shardConfigurations`, else 2
   */
  readonly shards?: number;

  /**
   * How many replicas follow the primary of each shard, 0 to 5. Changes in place as long as there are no `shardConfigurations`.
   *
   * @default 1
   */
  readonly replicasPerShard?: number;

  /**
   * Placement, slots and replicas shard by shard. Each shard is written with its id, so that later changes meet the right one.
   * Adding them to a cache that was made without them can replace it.
   *
   * @default - the service places the shards, and spreads the slots evenly
   */
  readonly shardConfigurations?: ShardConfiguration[];

  /**
   * Whether this is the step after `ClusterMode.compatible()`: one shard, with the replicas it had. Only the mode changes then, and nothing that
   * CloudFormation could replace the cache for. Leave it out in the update that adds shards.
   *
   * @default false
   */
  readonly fromCompatible?: boolean;
}

/** What a mode is made of. */
interface Shape {
  readonly replicas: number;
  readonly shards?: number;
  readonly availabilityZones?: string[];
  readonly shardConfigurations?: ShardConfiguration[];
  readonly countsNodes: boolean;
}

/**
 * How the data of a replication group is spread.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis-RedisCluster.html
 *
 * @example
 * new ReplicationGroup(this, 'Orders', { vpc, clusterMode: ClusterMode.enabled({ shards: 3 }) });
 * new ReplicationGroup(this, 'Sessions', { vpc, clusterMode: ClusterMode.disabled({ replicas: 2 }) });
 */
export class ClusterMode {
  /**
   * One shard: a primary and its replicas hold all the data. Clients connect to a primary and a reader endpoint.
   *
   * @param options replicas and their placement
   * @throws ReplicasNotKnown when `replicas` is a token
   */
  public static disabled(options: DisabledClusterModeOptions = {}): ClusterMode {
    return new ClusterMode('disabled', oneShard(options));
  }

  /**
   * Several shards, each with a primary and replicas. Clients must be cluster clients, and connect to the configuration endpoint.
   *
   * A cache in mode `disabled` gets here in two deployments, each of which changes nothing else: `compatible()`, then, when all clients are cluster
   * clients, `enabled({ shards: 1, fromCompatible: true })`. There is no way back from here.
   *
   * @param options shards, replicas and their placement
   * @throws ShardCountContradicts when `shards` and `shardConfigurations` name different numbers
   * @throws MigrationKeepsOneShard when `fromCompatible` comes with more than one shard
   */
  public static enabled(options: EnabledClusterModeOptions = {}): ClusterMode {
    const { shardConfigurations, fromCompatible = false } = options;
    const shards = options.shards ?? shardConfigurations?.length ?? (fromCompatible ? 1 : 2);
    if (shardConfigurations && shards !== shardConfigurations.length) {
      fail(undefined, 'ShardCountContradicts',
        `shards must be the number of shardConfigurations, ${shardConfigurations.length}, got: ${shown(shards)}; leave shards out`);
    }
    if (fromCompatible && (shards !== 1 || shardConfigurations)) {
      fail(undefined, 'MigrationKeepsOneShard', `shards must be 1, without shardConfigurations, while fromCompatible is true, got: ${shown(shards)}; ` +
        'add shards in a deployment after this one, without fromCompatible');
    }
    const replicas = fromCompatible ? oneShard({ replicas: options.replicasPerShard }).replicas : options.replicasPerShard ?? 1;
    return new ClusterMode('enabled', { replicas, shards, shardConfigurations: shardConfigurations && [...shardConfigurations], countsNodes: fromCompatible });
  }

  /**
   * The step between `disabled()` and `enabled()`: one shard that plain clients and cluster clients can use at the same time. It has a primary, a reader
   * and a configuration endpoint. Move all clients to the configuration endpoint, then go on to
   * `enabled({ shards: 1, fromCompatible: true })`, or back to `disabled()`. In this mode AWS scales and upgrades nothing.
   *
   * It needs Valkey or Redis OSS 7, a replica, automatic failover, and keys in database 0 alone. Give the `replicas` and `availabilityZones` that the
   * cache had.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
   * @param options replicas and their placement, as they were
   * @throws ReplicasNotKnown when `replicas` is a token
   */
  public static compatible(options: CompatibleClusterModeOptions = {}): ClusterMode {
    return new ClusterMode('compatible', oneShard(options));
  }

  /** The mode as CloudFormation calls it: `disabled`, `enabled` or `compatible`. */
  public readonly name: string;
  /** How many shards the data is spread over; 1 unless the mode is `enabled`. */
  public readonly shards: number;
  /** How many replicas follow each primary, where a shard does not say otherwise. */
  public readonly replicas: number;
  /** The availability zone of each node, the primary's first; modes with one shard only. */
  public readonly availabilityZones?: string[];
  /** Placement, slots and replicas shard by shard. */
  public readonly shardConfigurations?: ShardConfiguration[];

  /** @internal */
  public readonly _row: ClusterModeRow;
  /**
   * Whether CloudFormation is told the number of nodes, and not that of shards and replicas.
   *
   * @internal
   */
  public readonly _countsNodes: boolean;

  private constructor(name: ClusterModeKind, shape: Shape) {
    this.name = name;
    this._row = clusterModeRow(name);
    this._countsNodes = shape.countsNodes;
    this.shards = shape.shards ?? 1;
    this.replicas = shape.replicas;
    this.availabilityZones = shape.availabilityZones && [...shape.availabilityZones];
    this.shardConfigurations = shape.shardConfigurations;
  }

  /** How many nodes there are; `undefined` when that is not known at synthesis. */
  public get nodeCount(): number | undefined {
    const replicas = this.shardConfigurations?.map((shard) => shard.replicas ?? this.replicas) ?? [];
    if ([this.shards, this.replicas, ...replicas].some((each) => Token.isUnresolved(each))) {
      return undefined;
    }
    return this.shardConfigurations ? replicas.reduce((sum, each) => sum + each + 1, 0) : this.shards * (this.replicas + 1);
  }

  /**
   * What the service adds to the id of the group to name each node, the primary's first in each shard; `undefined` when that is not known.
   *
   * @internal
   */
  public get _memberSuffixes(): string[] | undefined {
    if (this.nodeCount === undefined || this.nodeCount > MOST_NODES || !Number.isInteger(this.nodeCount)) {
      return undefined;
    }
    const members = (replicas: number) => numbered(replicas + 1, 3);
    if (!this._row.namesShards) {
      return members(this.replicas);
    }
    const shards = this._shardIds ?? numbered(this.shards, 4);
    return shards.flatMap((shard, index) => members(this.shardConfigurations?.[index].replicas ?? this.replicas).map((member) => `${shard}-${member}`));
  }

  /**
   * The id of each shard that is configured.
   *
   * @internal
   */
  public get _shardIds(): string[] | undefined {
    const generated = numbered(this.shards, 4);
    return this.shardConfigurations?.map((shard, index) => shard.nodeGroupId ?? generated[index]);
  }
}

/** The most nodes a group can have. What has more is refused, and should not take long to be. */
const MOST_NODES = 1000;

/** `['001', '002']`: numbers from 1, as wide as is asked. */
function numbered(count: number, width: number): string[] {
  return Array.from({ length: Number.isInteger(count) && count > 0 ? Math.min(count, MOST_NODES) : 0 }, (_, index) => `${index + 1}`.padStart(width, '0'));
}

function oneShard(options: DisabledClusterModeOptions): Shape {
  if (Token.isUnresolved(options.replicas)) {
    fail(undefined, 'ReplicasNotKnown', 'replicas must be known at synthesis, got: a token; CloudFormation takes the number of nodes and cannot add one');
  }
  return { replicas: options.replicas ?? 1, availabilityZones: options.availabilityZones, countsNodes: true };
}

function shown(count: number): string {
  return Token.isUnresolved(count) ? 'a token' : `${count}`;
}
