import { Duration, Token } from 'aws-cdk-lib';
import { checkText, lengthOf, startOf, WindowKind } from './private/window-check';
import { formatBackupWindow, MINUTES_PER_DAY, parseBackupWindow } from './private/window-text';

const KIND: WindowKind = {
  code: 'InvalidBackupWindow',
  name: 'backup window',
  form: 'hh:mm-hh:mm, for example \'03:00-04:00\'',
  cycle: MINUTES_PER_DAY,
  cycleName: 'a day',
  parse: parseBackupWindow,
};

/** When a daily window starts and how long it is. */
export interface DailyWindowOptions {
  /** The hour at which it starts, 0 to 23, in UTC. */
  readonly hour: number;

  /**
   * The minute at which it starts, 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;

  /**
   * How long it is: whole minutes, at least 60. A backup window is shorter than a day, a maintenance window shorter than a week.
   *
   * @default Duration.minutes(60)
   */
  readonly duration?: Duration;
}

/**
 * The time of day, in UTC, in which ElastiCache begins the daily backup of a node-based cache.
 *
 * It is at least 60 minutes long, may cross midnight, and must not overlap the cache's maintenance window.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, backupWindow: BackupWindow.daily({ hour: 3, duration: Duration.hours(2) }) });
 */
export class BackupWindow {
  /**
   * A window by start and length.
   *
   * @param options start and length
   * @throws InvalidBackupWindow when hour or minute are out of range or not known at synthesis, or the length is below 60 minutes,
   * a day or more, or not in whole minutes
   */
  public static daily(options: DailyWindowOptions): BackupWindow {
    const start = startOf(KIND, options.hour, options.minute ?? 0);
    return new BackupWindow(formatBackupWindow({ start, length: lengthOf(KIND, options.duration) }));
  }

  /**
   * A window as ElastiCache spells it, for example `03:00-04:00`.
   *
   * A token is taken as it is and never judged.
   *
   * @param window start and end, `hh:mm-hh:mm` in UTC, or a token
   * @throws InvalidBackupWindow when it is not of that form or shorter than 60 minutes
   */
  public static of(window: string): BackupWindow {
    if (!Token.isUnresolved(window)) {
      checkText(KIND, window);
    }
    return new BackupWindow(window);
  }

  private readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** The window as ElastiCache spells it, for example `03:00-04:00`. */
  public toString(): string {
    return this.text;
  }
}
