import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CacheTopology } from './cache-topology';
import { BackupWindow } from '../backup/backup-window';
import { MaintenanceWindow } from '../backup/maintenance-window';
import { LogDelivery } from '../logging/log-delivery';
import { AlarmThresholds } from '../monitoring/alarm-thresholds';
import { CacheNodeType } from '../node-type/cache-node-type';
import { Parameters } from '../parameters/parameters';

/**
 * Defaults that a profile gives to caches. A prop of the cache, and an option of its topology, win over them. What has no meaning for the
 * topology of a cache, such as backups of Memcached, is passed over.
 */
export interface CacheDefaults {
  /**
   * The topology of a cache that says none.
   *
   * @default - CacheTopology.replicated()
   */
  readonly topology?: CacheTopology;

  /**
   * The node type of a topology that says none.
   *
   * @default CacheNodeType.T4G_MEDIUM
   */
  readonly nodeType?: CacheNodeType;

  /**
   * Settings of the engine. Those of the cache are added, and win name by name.
   *
   * @default - none
   */
  readonly parameters?: Parameters;

  /**
   * How long automatic backups are kept.
   *
   * @default Duration.days(7)
   */
  readonly backupRetention?: Duration;

  /**
   * The time of day of the automatic backup.
   *
   * @default - see `CacheClusterOptions.backupWindow`
   */
  readonly backupWindow?: BackupWindow;

  /**
   * The time of the week in which AWS maintains the nodes.
   *
   * @default - see `CacheClusterOptions.maintenanceWindow`
   */
  readonly maintenanceWindow?: MaintenanceWindow;

  /**
   * Whether minor versions are installed in the maintenance window when AWS offers them.
   *
   * @default - the service's: true
   */
  readonly autoMinorVersionUpgrade?: boolean;

  /**
   * Where the slow log goes.
   *
   * @default - a new log group, one month
   */
  readonly slowLog?: LogDelivery;

  /**
   * Where the engine log goes.
   *
   * @default - a new log group, one month
   */
  readonly engineLog?: LogDelivery;

  /**
   * Beyond what alarms go off.
   *
   * @default - see `AlarmThresholds`
   */
  readonly alarmThresholds?: AlarmThresholds;

  /**
   * What happens to the cache when it leaves the stack.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}
