/**
 * One shard of a cache in cluster mode.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_NodeGroupConfiguration.html
 */
export interface ShardConfiguration {
  /**
   * The id of the shard: 1 to 4 digits. It stays with the shard when others are added or removed; give it once shards have been removed from
   * the middle.
   *
   * @default - the place of the shard in the list: `0001` for the first
   */
  readonly nodeGroupId?: string;

  /**
   * How many replicas follow the primary of this shard, 0 to 5.
   *
   * @default - `replicasPerShard` of the mode
   */
  readonly replicas?: number;

  /**
   * The availability zone of the primary when the shard is made.
   *
   * @default - the service chooses
   */
  readonly primaryAvailabilityZone?: string;

  /**
   * The availability zone of each replica, as many as there are replicas.
   *
   * @default - the service chooses
   */
  readonly replicaAvailabilityZones?: string[];

  /**
   * The slots of the shard when it is made, of 0 to 16383, for example `0-5460`. Say it for all shards or for none, and leave it out again once the
   * number of shards has changed: AWS spreads the slots evenly then.
   *
   * @default - the service spreads the slots evenly
   */
  readonly slots?: string;
}
