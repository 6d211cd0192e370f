import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ISubnetGroupRef, IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { IGlobalDatastore } from './global-datastore-ref';
import { BackupWindow } from '../backup/backup-window';
import { MaintenanceWindow } from '../backup/maintenance-window';
import { LogDelivery } from '../logging/log-delivery';

/**
 * What a secondary is made of. Engine, node type, shards, parameters, TLS and encryption at rest are those of the global datastore: AWS refuses
 * a secondary that says them.
 */
export interface SecondaryReplicationGroupProps {
  /** The VPC of the cache, in the Region of its stack. */
  readonly vpc: IVpc;

  /**
   * The global datastore. One that is made in a stack of another Region needs `crossRegionReferences: true` on both stacks; or import it with
   * `GlobalDatastore.fromGlobalDatastoreAttributes`.
   */
  readonly globalDatastore: IGlobalDatastore;

  /**
   * How many replicas follow the primary of each shard, 0 to 5. With none AWS refuses it when the primary fails over automatically.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * What the cache is for, 1 to 255 characters.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * The id of the replication group: 1 to 40 letters, digits and single hyphens, a letter first. The service stores it in lower case.
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
   * @default 6379
   */
  readonly port?: number;

  /**
   * The key that disks and backups are encrypted with in this Region. Changing it replaces the cache.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The users that may connect, of this Region.
   *
   * @default - none: whoever reaches the port may do everything
   */
  readonly userGroup?: IUserGroupRef;

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
   * The topic for what happens to the cache, in its account and Region: a standard topic without encryption.
   *
   * @default - none
   */
  readonly notificationTopic?: ITopicRef;

  /**
   * Where the slow log goes. It holds arguments of commands, and so data.
   *
   * @default - a new log group, one month; none for an engine that cannot deliver it, or that is not known
   */
  readonly slowLog?: LogDelivery;

  /**
   * Where the engine log goes.
   *
   * @default - a new log group, one month; none for an engine that cannot deliver it, or that is not known
   */
  readonly engineLog?: LogDelivery;

  /**
   * What happens to the cache when it leaves the stack or is replaced.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}
