import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IParameterGroupRef, ISubnetGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ITopic, ITopicRef } from 'aws-cdk-lib/aws-sns';
import { CacheProfile } from './cache-profile';
import { CacheTopology } from './cache-topology';
import { CacheAuthentication } from '../access/cache-authentication';
import { BackupWindow } from '../backup/backup-window';
import { MaintenanceWindow } from '../backup/maintenance-window';
import { CacheEngine } from '../engine/cache-engine';
import { LogDelivery } from '../logging/log-delivery';
import { AlarmThresholds } from '../monitoring/alarm-thresholds';
import { Parameters } from '../parameters/parameters';

/** What a cache is made of, its VPC apart. */
export interface CacheClusterOptions {
  /**
   * The engine and its version. Redis OSS to Valkey, and to a newer version, is an update in place; back is not possible.
   *
   * @default - Valkey 8.2, pinned for this major release of the library
   */
  readonly engine?: CacheEngine;

  /**
   * The shape of the cache: nodes, their type, how data is spread.
   *
   * @default - the profile's, else CacheTopology.replicated(): a primary and a replica in two zones
   */
  readonly topology?: CacheTopology;

  /**
   * Defaults for a stage or a workload.
   *
   * @default - the library's defaults, as each prop tells them
   */
  readonly profile?: CacheProfile;

  /**
   * The name of the cache: 1 to 40 letters, digits and single hyphens, a letter first. The service stores it in lower case.
   *
   * A name that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first, and a change
   * that needs replacement fails until the name is changed too.
   *
   * @default - CloudFormation makes one
   */
  readonly cacheName?: string;

  /**
   * What the cache is for, 1 to 255 characters.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * How clients log in.
   *
   * @default - CacheAuthentication.password(): one user for the application, with a generated password in Secrets Manager
   */
  readonly authentication?: CacheAuthentication;

  /**
   * The key that disks, backups, the password's secret and the cache's own log groups are encrypted with. Changing it replaces the cache.
   *
   * @default - keys that AWS owns and manages
   */
  readonly encryptionKey?: IKeyRef;

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
   * Settings of the engine that differ from the service's defaults, added to those of the profile. Has no meaning together with `parameterGroup`.
   *
   * @default - those of the profile
   */
  readonly parameters?: Parameters;

  /**
   * The parameter group. Its family must be the engine's.
   *
   * @default - a new one with `parameters`
   */
  readonly parameterGroup?: IParameterGroupRef;

  /**
   * Whether minor versions are installed in the maintenance window when AWS offers them. No effect for Redis OSS below 6.
   *
   * @default - the service's: true
   */
  readonly autoMinorVersionUpgrade?: boolean;

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
   * Who hears of alarms. With a topic the recommended alarms are made: CPU, memory, evictions, connections, and replication lag when there is a
   * replica; for a serverless cache throttled commands, evictions, and storage and processing units where they have a maximum.
   *
   * @default - no alarms
   */
  readonly alarmTopic?: ITopic;

  /**
   * Beyond what the alarms go off.
   *
   * @default - the profile's, else see `AlarmThresholds`
   */
  readonly alarmThresholds?: AlarmThresholds;

  /**
   * What happens to the cache when it leaves the stack or is replaced. With `SNAPSHOT` a last snapshot is taken; it is billed until you delete it.
   * With `RETAIN` everything that the cache stands on stays as well: security group, subnet group, parameter group, users, secret, log groups.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What a cache is made of. */
export interface CacheClusterProps extends CacheClusterOptions {
  /** The VPC of the cache. */
  readonly vpc: IVpc;
}
