import { parseBackupWindow, parseMaintenanceWindow, windowsOverlap } from '../../src/backup/private/window-text';

describe('reading', () => {
  test.each([
    ['03:00-04:00', { start: 180, length: 60 }], ['23:30-00:30', { start: 1410, length: 60 }], ['03:00-03:00', { start: 180, length: 0 }],
    ['24:00-01:00', undefined], ['03:00', undefined],
  ])('backup window %s', (text, expected) => {
    expect(parseBackupWindow(text)).toEqual(expected);
  });

  test.each([
    ['sun:00:00-sun:01:00', { start: 0, length: 60 }], ['sat:23:30-sun:00:30', { start: 10050, length: 60 }],
    ['mon:01:00-SUN:01:00', { start: 1500, length: 8640 }], ['foo:01:00-sun:01:00', undefined],
  ])('maintenance window %s', (text, expected) => {
    expect(parseMaintenanceWindow(text)).toEqual(expected);
  });
});

describe('overlap', () => {
  test.each([
    ['05:00-06:00', 'sun:05:30-sun:06:30', true],
    ['05:00-06:00', 'sun:05:59-sun:06:59', true],
    ['05:00-06:00', 'sun:06:00-sun:07:00', false],
    ['05:00-06:00', 'sun:04:00-sun:05:00', false],
    ['05:00-06:00', 'sun:04:00-sun:05:01', true],
    ['05:00-09:00', 'wed:06:00-wed:07:00', true],
    ['06:00-07:00', 'wed:05:00-wed:09:00', true],
  ])('%s and %s: %s, for sure', (backup, maintenance, overlap) => {
    expect(windowsOverlap(backup, maintenance)).toEqual({ overlap, sure: true });
  });

  test.each([
    ['23:30-00:30', 'sun:00:00-sun:01:00', true],
    ['23:30-00:30', 'sun:00:30-sun:01:30', false],
    ['00:00-01:00', 'sat:23:30-sun:00:30', true],
    ['01:00-02:00', 'sat:23:30-sun:00:30', false],
    ['05:00-06:00', 'mon:22:00-wed:02:00', true],
    ['05:00-06:00', 'sun:06:00-sun:05:00', true],
    ['23:00-00:00', 'sun:22:00-sun:23:00', false],
  ])('%s and %s: %s, but one reaches midnight', (backup, maintenance, overlap) => {
    expect(windowsOverlap(backup, maintenance)).toEqual({ overlap, sure: false });
  });

  test.each([['5-6', 'sun:05:00-sun:06:00'], ['05:00-06:00', 'sunday'], ['', '']])('%j and %j cannot be judged', (backup, maintenance) => {
    expect(windowsOverlap(backup, maintenance)).toBeUndefined();
  });
});
