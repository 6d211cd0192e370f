import { Token } from 'aws-cdk-lib';
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

/**
 * How the data of a replication group is spread.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis-RedisCluster.html
 */
export class ClusterMode {
  /**
   * One shard: a primary and its replicas hold all the data. Clients connect to a primary and a reader endpoint.
   *
   * @param options replicas and their placement
   */
  public static disabled(options: DisabledClusterModeOptions = {}): ClusterMode {
    if (Token.isUnresolved(options.replicas)) {
      fail(undefined, 'ReplicasNotKnown', 'replicas must be known at synthesis, got: a token; CloudFormation takes the number of nodes and cannot add one');
    }
    return new ClusterMode(options.replicas ?? 1, options.availabilityZones);
  }

  /** How many replicas follow each primary. */
  public readonly replicas: number;
  /** The availability zone of each node, the primary's first. */
  public readonly availabilityZones?: string[];

  private constructor(replicas: number, availabilityZones?: string[]) {
    this.replicas = replicas;
    this.availabilityZones = availabilityZones && [...availabilityZones];
  }

  /** How many nodes there are. */
  public get nodeCount(): number {
    return this.replicas + 1;
  }
}
