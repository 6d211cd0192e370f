// Arithmetic on the service's window texts. Imports nothing of CDK: rules and value objects both use it.
import { memoized } from '../../private/memo';

/** The days of the week as the service spells them, Sunday first. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The shortest window that the service takes, in minutes. */
export const SHORTEST_WINDOW = 60;

export const MINUTES_PER_DAY = 24 * 60;
export const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

/** A window on a clock that starts again after a day or a week. */
export interface Span {
  /** Minutes from midnight UTC, or from midnight on Sunday. */
  readonly start: number;
  /** Minutes; shorter than the day or the week. 0 when start and end are the same. */
  readonly length: number;
}

const CLOCK = '([01]\\d|2[0-3]):([0-5]\\d)';
const DAY = `(${WEEKDAYS.join('|')})`;
const BACKUP = new RegExp(`^${CLOCK}-${CLOCK}$`);
const MAINTENANCE = new RegExp(`^${DAY}:${CLOCK}-${DAY}:${CLOCK}$`, 'i');

/** Reads `03:00-04:00`; `undefined` when it is not of that form. The window may cross midnight. */
export const parseBackupWindow: (text: string) => Span | undefined = memoized((text) => {
  const [, ...parts] = BACKUP.exec(text) ?? [];
  if (parts.length === 0) {
    return undefined;
  }
  const [startHour, startMinute, endHour, endMinute] = parts.map(Number);
  return spanOf(startHour * 60 + startMinute, endHour * 60 + endMinute, MINUTES_PER_DAY);
});

/** Reads `sun:05:00-sun:06:00`, days in any case; `undefined` when it is not of that form. The window may run into the next week. */
export const parseMaintenanceWindow: (text: string) => Span | undefined = memoized((text) => {
  const match = MAINTENANCE.exec(text);
  if (!match) {
    return undefined;
  }
  const [, startDay, startHour, startMinute, endDay, endHour, endMinute] = match;
  return spanOf(minuteOfWeek(startDay, startHour, startMinute), minuteOfWeek(endDay, endHour, endMinute), MINUTES_PER_WEEK);
});

/** Writes `03:00-04:00`. */
export function formatBackupWindow(window: Span): string {
  return `${clock(window.start)}-${clock(window.start + window.length)}`;
}

/** Writes `sun:05:00-sun:06:00`. */
export function formatMaintenanceWindow(window: Span): string {
  return `${dayAndClock(window.start)}-${dayAndClock(window.start + window.length)}`;
}

/** Whether two windows meet. */
export interface Overlap {
  /** They have at least one minute in common. One may begin where the other ends. */
  readonly overlap: boolean;
  /**
   * The service has been seen to judge such windows this way. `false` when one of them reaches midnight: how the service computes then
   * is not known, so such an overlap is worth a warning and no more.
   */
  readonly sure: boolean;
}

/**
 * Whether a daily backup window and a weekly maintenance window meet on any day.
 *
 * @param backup `03:00-04:00`
 * @param maintenance `sun:05:00-sun:06:00`
 * @returns `undefined` when either is not of that form
 */
export function windowsOverlap(backup: string, maintenance: string): Overlap | undefined {
  const [daily, weekly] = [parseBackupWindow(backup), parseMaintenanceWindow(maintenance)];
  if (!daily || !weekly) {
    return undefined;
  }
  // Backups start in the day before the maintenance, to catch one that runs past midnight, up to the day that it ends in.
  const lastDay = Math.floor((weekly.start + weekly.length) / MINUTES_PER_DAY);
  let overlap = false;
  for (let day = Math.floor(weekly.start / MINUTES_PER_DAY) - 1; day <= lastDay; day++) {
    const start = day * MINUTES_PER_DAY + daily.start;
    overlap ||= Math.max(start, weekly.start) < Math.min(start + daily.length, weekly.start + weekly.length);
  }
  return { overlap, sure: staysInDay(daily) && staysInDay(weekly) };
}

function staysInDay(window: Span): boolean {
  return window.start % MINUTES_PER_DAY + window.length < MINUTES_PER_DAY;
}

function spanOf(start: number, end: number, cycle: number): Span {
  return { start, length: (end - start + cycle) % cycle };
}

function minuteOfWeek(day: string, hour: string, minute: string): number {
  return WEEKDAYS.indexOf(day.toLowerCase()) * MINUTES_PER_DAY + Number(hour) * 60 + Number(minute);
}

function dayAndClock(minute: number): string {
  return `${WEEKDAYS[Math.floor(minute / MINUTES_PER_DAY) % WEEKDAYS.length]}:${clock(minute)}`;
}

function clock(minute: number): string {
  const ofDay = minute % MINUTES_PER_DAY;
  return `${twoDigits(Math.floor(ofDay / 60))}:${twoDigits(ofDay % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
