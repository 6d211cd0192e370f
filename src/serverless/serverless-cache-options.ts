import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ConnectionType } from './connection-type';
import { UsageLimits } from './usage-limits';
import { BackupWindow } from '../backup/backup-window';
import { RestoreSource } from '../backup/restore-source';
import { CacheEngine } from '../engine/cache-engine';
import { NetworkType } from '../network/network-type';

/** What a serverless cache is made of, its VPC apart. */
export interface ServerlessCacheOptions {
  /**
   * The engine and its version, of which a serverless cache takes the major version: `8` of `8.2`. The service chooses the minor version and keeps it
   * up to date; a minor version that was written is warned about. Redis OSS to Valkey, and to a newer major version, is an update in place; back is
   * not possible.
   *
   * @default - Valkey 8, pinned for this major release of the library
   */
  readonly engine?: CacheEngine;

  /**
   * Between what storage and processing units scale.
   *
   * @default - no limits but the service's
   */
  readonly limits?: UsageLimits;

  /**
   * The name of the cache: 1 to 40 letters, digits and single hyphens, a letter first. The service stores it in lower case.
   *
   * A name that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first, and a change
   * that needs replacement fails until the name is changed too.
   *
   * @default - made from the path of the construct, the names of its stacks, whether it is Memcached, and what replaces the cache when it changes:
   * subnets, key, network type and what it is restored from
   */
  readonly serverlessCacheName?: string;

  /**
   * What the cache is for, at most 255 characters, neither `<` nor `>`.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * Which subnets of the VPC the cache is reached in, two or three in different availability zones. Changing them replaces the cache.
   *
   * @default - one private subnet a zone, else one isolated subnet a zone, in the first three zones of the VPC at most; an error when there are neither
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the cache.
   *
   * @default - a new one that lets nobody in and the cache not out
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The users that may connect. Valkey and Redis OSS only.
   *
   * @default - none: whoever reaches the port may do everything. With a public endpoint the system's own group, `UserGroup.fromSystemIamUserGroup()`
   */
  readonly userGroup?: IUserGroupRef;

  /**
   * The key that data and backups are encrypted with. Changing it replaces the cache.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * How long automatic backups are kept: 0 to 35 days, `Duration.days(0)` for no backups.
   *
   * @default Duration.days(7)
   */
  readonly backupRetention?: Duration;

  /**
   * The time of day of the automatic backup, in UTC. A serverless cache takes a time and no window: it is the start of the window.
   *
   * @default - 03:00; none without backups
   */
  readonly backupWindow?: BackupWindow;

  /**
   * What the new cache is filled with. Changing it replaces the cache.
   *
   * @default - the cache begins empty
   */
  readonly restoreFrom?: RestoreSource;

  /**
   * From where the cache is reached. `ConnectionType.PUBLIC` is over the internet: Valkey 9 or later, users with IAM alone, and no `vpc`,
   * `vpcSubnets` and `securityGroups`.
   *
   * @default ConnectionType.VPC
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html
   */
  readonly connectionType?: ConnectionType;

  /**
   * The IP versions in which clients reach the cache. Changing it replaces the cache.
   *
   * @default - the service's: IPv4
   */
  readonly networkType?: NetworkType;

  /**
   * What happens to the cache when it leaves the stack or is replaced. With `SNAPSHOT` a last snapshot is taken; it is billed until you delete it.
   * Its name belongs to this deployment of the stack, so that the next one can take its own: `<cache>-<hash>-<part of the stack's id>`.
   * With `RETAIN` its security group stays as well.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What a serverless cache is made of. It needs a VPC unless its endpoint is public. */
export interface ServerlessCacheProps extends ServerlessCacheOptions {
  /**
   * The VPC of the cache.
   *
   * @default - none, which only a cache with `connectionType: ConnectionType.PUBLIC` can do without
   */
  readonly vpc?: IVpc;
}
