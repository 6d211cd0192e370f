import { Token } from 'aws-cdk-lib';
import { DailyWindowOptions } from './backup-window';
import { checkText, lengthOf, startOf, WindowKind } from './private/window-check';
import { formatMaintenanceWindow, MINUTES_PER_DAY, MINUTES_PER_WEEK, parseMaintenanceWindow, WEEKDAYS } from './private/window-text';

const KIND: WindowKind = {
  code: 'InvalidMaintenanceWindow',
  name: 'maintenance window',
  form: `ddd:hh:mm-ddd:hh:mm, for example 'sun:05:00-sun:06:00', days ${WEEKDAYS.join(', ')}`,
  cycle: MINUTES_PER_WEEK,
  cycleName: 'a week',
  parse: parseMaintenanceWindow,
};

/** A day of the week, in UTC. */
export enum Weekday {
  /** Sunday. */
  SUNDAY = 'sun',
  /** Monday. */
  MONDAY = 'mon',
  /** Tuesday. */
  TUESDAY = 'tue',
  /** Wednesday. */
  WEDNESDAY = 'wed',
  /** Thursday. */
  THURSDAY = 'thu',
  /** Friday. */
  FRIDAY = 'fri',
  /** Saturday. */
  SATURDAY = 'sat',
}

/** When a weekly window starts and how long it is. */
export interface WeeklyWindowOptions extends DailyWindowOptions {
  /** The day on which it starts, in UTC. */
  readonly day: Weekday;
}

/**
 * The time of week, in UTC, in which ElastiCache may patch the nodes of a cache.
 *
 * It is at least 60 minutes long, may run into the next day or week, and must not overlap the cache's backup window.
 * Choose the hours with the least traffic: nodes may be replaced in it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/maintenance-window.html
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, maintenanceWindow: MaintenanceWindow.weekly({ day: Weekday.TUESDAY, hour: 2 }) });
 */
export class MaintenanceWindow {
  /**
   * A window by day, start and length.
   *
   * @param options day, start and length
   * @throws InvalidMaintenanceWindow when hour or minute are out of range or not known at synthesis, or the length is below 60 minutes,
   * a week or more, or not in whole minutes
   */
  public static weekly(options: WeeklyWindowOptions): MaintenanceWindow {
    const start = WEEKDAYS.indexOf(options.day) * MINUTES_PER_DAY + startOf(KIND, options.hour, options.minute ?? 0);
    return new MaintenanceWindow(formatMaintenanceWindow({ start, length: lengthOf(KIND, options.duration) }));
  }

  /**
   * A window as ElastiCache spells it, for example `sun:05:00-sun:06:00`. Capitals in the days do not matter.
   *
   * A token is taken as it is and never judged.
   *
   * @param window start and end, `ddd:hh:mm-ddd:hh:mm` in UTC, or a token
   * @throws InvalidMaintenanceWindow when it is not of that form or shorter than 60 minutes
   */
  public static of(window: string): MaintenanceWindow {
    if (Token.isUnresolved(window)) {
      return new MaintenanceWindow(window);
    }
    checkText(KIND, window);
    return new MaintenanceWindow(window.toLowerCase());
  }

  private readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** The window as ElastiCache spells it, days in lower case, for example `sun:05:00-sun:06:00`. */
  public toString(): string {
    return this.text;
  }
}
