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
import { RestoreSource } from '../backup/restore-source';
import { CacheEngine } from '../engine/cache-engine';
import { LogDelivery } from '../logging/log-delivery';
import { AlarmThresholds } from '../monitoring/alarm-thresholds';
import { IpDiscovery, NetworkType } from '../network/network-type';
import { Parameters } from '../parameters/parameters';
import { Durability } from '../replication-group/durability';

/** What a cache is made of, its VPC apart. */
export interface CacheClusterOptions {
  /**
   * The engine and its version. Redis OSS to Valkey, and to a newer version, is an update in place; back is not possible.
   * It must fit the topology: `CacheTopology.memcached()` runs Memcached alone, `replicated()`, `sharded()` and `singleNode()` run Valkey and Redis OSS, and
   * `serverless()` runs all three. A serverless cache takes the major version alone; AWS chooses the minor one.
   *
   * @default - follows from the topology: Valkey 8.2, or Memcached 1.6.22; both pinned for this major release of the library
   */
  readonly engine?: CacheEngine;

  /**
   * The shape of the cache: nodes, their type, how data is spread.
   *
   * @default - the profile's if it runs the engine, else CacheTopology.replicated(): a primary and a replica in two zones. With the engine
   * Memcached CacheTopology.memcached(): two nodes
   */
  readonly topology?: CacheTopology;

  /**
   * Defaults for a stage or a workload.
   *
   * @default - the library's defaults, as each prop tells them
   */
  readonly profile?: CacheProfile;

  /**
   * The name of the cache: 1 to 40 (Memcached: 50) letters, digits and single hyphens, a letter first. The service stores it in lower case.
   *
   * A name that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first, and a change
   * that needs replacement fails until the name is changed too.
   *
   * @default - CloudFormation makes one
   */
  readonly cacheName?: string;

  /**
   * What the cache is for, 1 to 255 characters. An error for Memcached on nodes.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * How clients log in. Memcached knows no users: there anything but `CacheAuthentication.none()` is an error.
   *
   * @default - for Memcached CacheAuthentication.none(), otherwise CacheAuthentication.password(): one user for the application, with a generated password in Secrets Manager
   */
  readonly authentication?: CacheAuthentication;

  /**
   * The key that disks, backups, the password's secret and the cache's own log groups are encrypted with. Changing it replaces the cache.
   * An error for Memcached on nodes, which keeps nothing on disk.
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
   * The subnet group of the nodes. Changing it replaces the cache. An error for serverless caches, which take the subnets themselves.
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
   * The port, 1150 to 8004 or 8006 to 65535. Changing it replaces the cache. An error for serverless caches.
   *
   * @default - the engine's: 6379, Memcached 11211
   */
  readonly port?: number;

  /**
   * The IP versions in which clients reach the cache. IPv6 and dual stack need subnets with IPv6, and on nodes a Nitro node type and Redis OSS 6.2 or newer.
   * Changing it replaces the cache.
   *
   * @default - the service's: IPv4
   */
  readonly networkType?: NetworkType;

  /**
   * The IP version of the addresses that cluster clients and auto discovery learn. With TLS they learn host names, and it has no effect.
   * An error for serverless caches.
   *
   * @default - IpDiscovery.IPV6 for NetworkType.IPV6, otherwise the service's: IpDiscovery.IPV4
   */
  readonly ipDiscovery?: IpDiscovery;

  /**
   * Settings of the engine that differ from the service's defaults, added to those of the profile. Has no meaning together with `parameterGroup`.
   * An error for serverless caches.
   *
   * @default - those of the profile
   */
  readonly parameters?: Parameters;

  /**
   * The parameter group. Its family must be the engine's. An error for serverless caches.
   *
   * @default - a new one with `parameters`
   */
  readonly parameterGroup?: IParameterGroupRef;

  /**
   * Whether minor versions are installed in the maintenance window when AWS offers them. No effect for Redis OSS below 6.
   * An error for serverless caches.
   *
   * @default - the service's: true
   */
  readonly autoMinorVersionUpgrade?: boolean;

  /**
   * What the new cache is filled with. Changing it, or leaving it out later, replaces the cache. An error for Memcached on nodes.
   *
   * Files (RDB) for a sharded cache ask for `shardConfigurations` with slots. A bucket of this app gets the policy that the service needs.
   *
   * @default - the cache begins empty
   */
  readonly restoreFrom?: RestoreSource;

  /**
   * Whether writes survive the loss of all nodes. `CacheTopology.sharded()` with a replica a shard and Valkey 9.0 or newer, see
   * `ReplicationGroupOptions.durability`. An error for Memcached on nodes and for serverless caches.
   *
   * @default - the service's: decided by engine, mode and other settings
   */
  readonly durability?: Durability;

  /**
   * How long automatic backups are kept: 0 to 35 days, `Duration.days(0)` for no backups. An error for Memcached on nodes.
   *
   * @default Duration.days(7)
   */
  readonly backupRetention?: Duration;

  /**
   * The time of day of the automatic backup, in UTC. An error for Memcached on nodes.
   *
   * @default - 03:00 to 04:00, or another hour when that overlaps `maintenanceWindow`; none without backups
   */
  readonly backupWindow?: BackupWindow;

  /**
   * The time of the week in which AWS maintains the nodes, in UTC. An error for serverless caches.
   *
   * @default - Sunday 05:00 to 06:00, or another hour when that overlaps `backupWindow`
   */
  readonly maintenanceWindow?: MaintenanceWindow;

  /**
   * The topic for what happens to the cache: failovers, snapshots, replaced nodes. One a cache, a standard topic without encryption, in the
   * account and Region of the cache. A topic of this app gets the policy that the service needs.
   * An error for serverless caches.
   *
   * @default - none
   */
  readonly notificationTopic?: ITopicRef;

  /**
   * Where the slow log goes. It holds arguments of commands, and so data. An error for Memcached on nodes and for serverless caches.
   *
   * @default - a new log group, one month; none for an engine that cannot deliver it
   */
  readonly slowLog?: LogDelivery;

  /**
   * Where the engine log goes. An error for Memcached on nodes and for serverless caches.
   *
   * @default - a new log group, one month; none for an engine that cannot deliver it
   */
  readonly engineLog?: LogDelivery;

  /**
   * Who hears of alarms. With a topic the recommended alarms are made: CPU, memory, evictions, connections, and replication lag when there is a
   * replica; for Memcached on nodes CPU, evictions, connections and swap; for a serverless cache throttled commands, evictions, and storage and
   * processing units where they have a maximum.
   *
   * @default - no alarms
   */
  readonly alarmTopic?: ITopic;

  /**
   * Beyond what the alarms go off, added to those of the profile, over which they win one by one.
   *
   * @default - the profile's, else see `AlarmThresholds`
   */
  readonly alarmThresholds?: AlarmThresholds;

  /**
   * What happens to the cache when it leaves the stack or is replaced. With `SNAPSHOT` a last snapshot is taken; it is billed until you delete it.
   * With `RETAIN` everything that the cache stands on stays as well: security group, subnet group, parameter group, users, secret, log groups.
   *
   * Memcached on nodes has no snapshots: there `SNAPSHOT` is an error, and one of a profile is passed over.
   *
   * @default - RemovalPolicy.SNAPSHOT; for Memcached on nodes RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What a cache is made of. */
export interface CacheClusterProps extends CacheClusterOptions {
  /** The VPC of the cache. */
  readonly vpc: IVpc;
}
