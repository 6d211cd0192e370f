import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IParameterGroupRef, ISubnetGroupRef, IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { ClusterMode } from './cluster-mode';
import { Durability } from './durability';
import { TransitEncryptionMode } from './transit-encryption-mode';
import { IAuthToken } from '../auth/auth-token-ref';
import { BackupWindow } from '../backup/backup-window';
import { MaintenanceWindow } from '../backup/maintenance-window';
import { RestoreSource } from '../backup/restore-source';
import { CacheEngine } from '../engine/cache-engine';
import { LogDelivery } from '../logging/log-delivery';
import { IpDiscovery, NetworkType } from '../network/network-type';
import { CacheNodeType } from '../node-type/cache-node-type';
import { Parameters } from '../parameters/parameters';

/** What a replication group is made of, its VPC apart. */
export interface ReplicationGroupOptions {
  /**
   * The engine and its version. Redis OSS to Valkey, and to a newer version, is an update in place; back is not possible.
   *
   * @default - Valkey 8.2, pinned for this major release of the library
   */
  readonly engine?: CacheEngine;

  /**
   * The type of every node. It changes in place, but not between r6gd and other types: a cache with data tiering must be made anew.
   *
   * @default CacheNodeType.T4G_MEDIUM
   */
  readonly nodeType?: CacheNodeType;

  /**
   * How data is spread over nodes. From `disabled` to `enabled` there is no direct way: AWS wants `compatible` in a deployment of its own between them,
   * see `ClusterMode.compatible()`.
   *
   * @default - ClusterMode.disabled(): one primary and one replica
   */
  readonly clusterMode?: ClusterMode;

  /**
   * Whether shards are added and removed while the cache runs. Without it a change of their number, or of their configuration, replaces the cache.
   * Change shards in a deployment of its own: it is not rolled back when something else fails.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html#cfn-attributes-updatepolicy-useonlineresharding
   * @default true
   */
  readonly onlineResharding?: boolean;

  /**
   * Whether writes survive the loss of all nodes. Valkey 9.0 and newer, in cluster mode, with Multi-AZ and a replica a shard, on the node types that AWS
   * names; not with data tiering, and not in a global datastore. Change it in a deployment of its own.
   *
   * @default - the service's: decided by engine, mode and other settings
   */
  readonly durability?: Durability;

  /**
   * What the cache is for, 1 to 255 characters.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * The id of the replication group: 1 to 40 letters, digits and single hyphens, a letter first. The service stores it in lower case.
   *
   * An id that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first, and a change
   * that needs replacement fails until the id is changed too.
   *
   * @default - CloudFormation makes one
   */
  readonly replicationGroupId?: string;

  /**
   * Which subnets of the VPC the nodes are placed in. Has no meaning together with `subnetGroup`. Changing it replaces the cache.
   *
   * @default - the private subnets, else the isolated ones; an error when there are neither
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The subnet group of the nodes. Changing it replaces the cache.
   *
   * @default - a new one of `vpcSubnets`
   */
  readonly subnetGroup?: ISubnetGroupRef;

  /**
   * The security groups of the nodes.
   *
   * @default - a new one that lets nobody in and the cache not out
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The port, 1150 to 8004 or 8006 to 65535. Changing it replaces the cache.
   *
   * @default - the engine's: 6379
   */
  readonly port?: number;

  /**
   * The IP versions in which clients reach the cache. IPv6 and dual stack need a Nitro node type, Redis OSS 6.2 or newer, and subnets with IPv6.
   * Changing it replaces the cache.
   *
   * @default - the service's: NetworkType.IPV4
   */
  readonly networkType?: NetworkType;

  /**
   * The IP version of the addresses that cluster clients learn. With TLS they learn host names, and it has no effect.
   *
   * @default - IpDiscovery.IPV6 for NetworkType.IPV6, otherwise the service's: IpDiscovery.IPV4
   */
  readonly ipDiscovery?: IpDiscovery;

  /**
   * Settings of the engine that differ from the service's defaults. Has no meaning together with `parameterGroup`.
   *
   * @default - none
   */
  readonly parameters?: Parameters;

  /**
   * The parameter group. Its family must be the engine's.
   *
   * @default - a new one with `parameters`
   */
  readonly parameterGroup?: IParameterGroupRef;

  /**
   * Whether clients must use TLS.
   *
   * @default true
   */
  readonly transitEncryption?: boolean;

  /**
   * Whether clients without TLS are still let in. A running cache gets TLS in three deployments: `transitEncryption: true` with `PREFERRED`; when all
   * clients use TLS, `REQUIRED`; then users.
   *
   * @default - the service's: TLS only, when `transitEncryption` is on
   */
  readonly transitEncryptionMode?: TransitEncryptionMode;

  /**
   * Whether disks and backups are encrypted. Changing it replaces the cache.
   *
   * @default true
   */
  readonly atRestEncryption?: boolean;

  /**
   * The key that disks, backups and the cache's own log groups are encrypted with. Changing it replaces the cache.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The users that may connect. Adding a group later is an update in place, and from then on nobody connects without logging in.
   *
   * @default - none: whoever reaches the port may do everything
   */
  readonly userGroup?: IUserGroupRef;

  /**
   * A password that all clients share. Users have rights of their own and can be added later; a token that is added later replaces the cache.
   *
   * @default - none
   */
  readonly authToken?: IAuthToken;

  /**
   * Whether a replica takes over when the primary fails.
   *
   * @default - true with a replica, false without
   */
  readonly automaticFailover?: boolean;

  /**
   * Whether the nodes of a shard are kept in different availability zones.
   *
   * @default - the same as `automaticFailover`
   */
  readonly multiAz?: boolean;

  /**
   * Whether minor versions are installed in the maintenance window when AWS offers them. No effect for Redis OSS below 6.
   *
   * @default - the service's: true
   */
  readonly autoMinorVersionUpgrade?: boolean;

  /**
   * Whether data lives on SSD beside memory. Only r6gd nodes can, and they must. Changing it replaces the cache.
   *
   * @default - true for r6gd nodes, false for all others
   */
  readonly dataTiering?: boolean;

  /**
   * What the new cache is filled with. Changing it, or leaving it out later, replaces the cache.
   *
   * Files (RDB) for a cache in cluster mode ask for `shardConfigurations` with slots. A bucket of this app gets the policy that the service needs.
   *
   * @default - the cache begins empty
   */
  readonly restoreFrom?: RestoreSource;

  /**
   * How long automatic backups are kept: 0 to 35 days, `Duration.days(0)` for no backups.
   *
   * @default Duration.days(7)
   */
  readonly backupRetention?: Duration;

  /**
   * The time of day of the automatic backup, in UTC.
   *
   * @default - 03:00 to 04:00, or another hour when that overlaps `maintenanceWindow`; none without backups
   */
  readonly backupWindow?: BackupWindow;

  /**
   * The time of the week in which AWS maintains the nodes, in UTC.
   *
   * @default - Sunday 05:00 to 06:00, or another hour when that overlaps `backupWindow`
   */
  readonly maintenanceWindow?: MaintenanceWindow;

  /**
   * The topic for what happens to the cache: failovers, snapshots, replaced nodes. One a cache, a standard topic without encryption, in the
   * account and Region of the cache. A topic of this app gets the policy that the service needs.
   *
   * @default - none
   */
  readonly notificationTopic?: ITopicRef;

  /**
   * Where the slow log goes. It holds arguments of commands, and so data.
   *
   * @default - a new log group, one month; none for an engine that cannot deliver it
   */
  readonly slowLog?: LogDelivery;

  /**
   * Where the engine log goes.
   *
   * @default - a new log group, one month; none for an engine that cannot deliver it
   */
  readonly engineLog?: LogDelivery;

  /**
   * What happens to the cache when it leaves the stack or is replaced. With `SNAPSHOT` a last snapshot is taken; it is billed until you delete it.
   * With `RETAIN` its subnet group, parameter group, security group and log groups stay as well.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What a replication group is made of. */
export interface ReplicationGroupProps extends ReplicationGroupOptions {
  /** The VPC of the cache. */
  readonly vpc: IVpc;
}
