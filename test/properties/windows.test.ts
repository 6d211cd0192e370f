import { Duration } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BackupWindow } from '../../src/backup/backup-window';
import { MaintenanceWindow, Weekday } from '../../src/backup/maintenance-window';
import {
  formatBackupWindow, formatMaintenanceWindow, MINUTES_PER_DAY, MINUTES_PER_WEEK, parseBackupWindow, parseMaintenanceWindow, Span, windowsOverlap,
} from '../../src/backup/private/window-text';

const DAILY = fc.record({ start: fc.nat(MINUTES_PER_DAY - 1), length: fc.integer({ min: 60, max: MINUTES_PER_DAY - 1 }) });
// Short windows meet in fewer places, and are what people write.
const WEEKLY = fc.record({
  start: fc.nat(MINUTES_PER_WEEK - 1),
  length: fc.oneof(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 60, max: MINUTES_PER_WEEK - 1 })),
});
const TOO_SHORT = fc.record({ start: fc.nat(MINUTES_PER_DAY - 1), length: fc.nat(59) });

/** The minutes of a week that a window takes, one by one. */
function minutesOf(window: Span): Set<number> {
  return new Set(Array.from({ length: window.length }, (_, i) => (window.start + i) % MINUTES_PER_WEEK));
}

function meetMinuteByMinute(daily: Span, weekly: Span): boolean {
  const maintenance = minutesOf(weekly);
  return [0, 1, 2, 3, 4, 5, 6].some((day) =>
    [...minutesOf({ start: day * MINUTES_PER_DAY + daily.start, length: daily.length })].some((minute) => maintenance.has(minute)));
}

test('a daily window reads back as it was written', () => {
  fc.assert(fc.property(DAILY, (window) => {
    const text = formatBackupWindow(window);
    expect(parseBackupWindow(text)).toEqual(window);
    expect(BackupWindow.of(text).toString()).toBe(text);
    expect(BackupWindow.daily({
      hour: Math.floor(window.start / 60), minute: window.start % 60, duration: Duration.minutes(window.length),
    }).toString()).toBe(text);
  }));
});

test('a weekly window reads back as it was written, whatever the case of its days', () => {
  fc.assert(fc.property(WEEKLY, (window) => {
    const text = formatMaintenanceWindow(window);
    const ofDay = window.start % MINUTES_PER_DAY;
    expect(parseMaintenanceWindow(text)).toEqual(window);
    expect(MaintenanceWindow.of(text.toUpperCase()).toString()).toBe(text);
    expect(MaintenanceWindow.weekly({
      day: Object.values(Weekday)[Math.floor(window.start / MINUTES_PER_DAY)],
      hour: Math.floor(ofDay / 60),
      minute: ofDay % 60,
      duration: Duration.minutes(window.length),
    }).toString()).toBe(text);
  }));
});

test('a window below 60 minutes is refused', () => {
  fc.assert(fc.property(TOO_SHORT, (window) => {
    expect(() => BackupWindow.of(formatBackupWindow(window))).toThrow('InvalidBackupWindow');
    expect(() => MaintenanceWindow.of(formatMaintenanceWindow(window))).toThrow('InvalidMaintenanceWindow');
  }));
});

test('overlap agrees with counting the minutes of the week', () => {
  fc.assert(fc.property(DAILY, WEEKLY, (daily, weekly) => {
    expect(windowsOverlap(formatBackupWindow(daily), formatMaintenanceWindow(weekly))?.overlap).toBe(meetMinuteByMinute(daily, weekly));
  }), { numRuns: 300 });
});

test('windows that only touch do not overlap', () => {
  fc.assert(fc.property(fc.nat(MINUTES_PER_WEEK - 1), (start) => {
    const maintenance = formatMaintenanceWindow({ start, length: 60 });
    const before = formatBackupWindow({ start: (start - 60 + MINUTES_PER_DAY) % MINUTES_PER_DAY, length: 60 });
    const after = formatBackupWindow({ start: (start + 60) % MINUTES_PER_DAY, length: 60 });
    expect(windowsOverlap(before, maintenance)?.overlap).toBe(false);
    expect(windowsOverlap(after, maintenance)?.overlap).toBe(false);
    expect(windowsOverlap(formatBackupWindow({ start: (start + 59) % MINUTES_PER_DAY, length: 60 }), maintenance)?.overlap).toBe(true);
  }));
});

test('no text makes the reading fail, and what cannot be read is not judged', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (backup, maintenance) => {
    const readable = parseBackupWindow(backup) !== undefined && parseMaintenanceWindow(maintenance) !== undefined;
    expect(windowsOverlap(backup, maintenance) !== undefined).toBe(readable);
  }));
});
