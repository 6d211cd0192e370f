import { Duration, Token } from 'aws-cdk-lib';
import { MaintenanceWindow, Weekday } from '../../src/backup/maintenance-window';
import { WEEKDAYS } from '../../src/backup/private/window-text';

test('the days of the enumeration are those of the service', () => {
  expect(Object.values(Weekday)).toEqual(WEEKDAYS);
});

describe('weekly', () => {
  test('is an hour long unless said otherwise', () => {
    expect(MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: 5 }).toString()).toBe('sun:05:00-sun:06:00');
  });

  test.each([
    [{ day: Weekday.MONDAY, hour: 0 }, 'mon:00:00-mon:01:00'],
    [{ day: Weekday.TUESDAY, hour: 5, minute: 7 }, 'tue:05:07-tue:06:07'],
    [{ day: Weekday.WEDNESDAY, hour: 23 }, 'wed:23:00-thu:00:00'],
    [{ day: Weekday.SATURDAY, hour: 23, minute: 59 }, 'sat:23:59-sun:00:59'],
    [{ day: Weekday.FRIDAY, hour: 22, duration: Duration.hours(30) }, 'fri:22:00-sun:04:00'],
    [{ day: Weekday.FRIDAY, hour: 22, duration: Duration.minutes(60) }, 'fri:22:00-fri:23:00'],
    [{ day: Weekday.SUNDAY, hour: 0, duration: Duration.minutes(7 * 24 * 60 - 1) }, 'sun:00:00-sat:23:59'],
    [{ day: Weekday.THURSDAY, hour: 1, duration: Duration.seconds(7200) }, 'thu:01:00-thu:03:00'],
  ])('%j is written %s', (options, text) => {
    expect(MaintenanceWindow.weekly(options).toString()).toBe(text);
  });

  test.each([[24], [-1], [5.5], [NaN]])('fails on hour %s', (hour) => {
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour })).toThrow(
      `[InvalidMaintenanceWindow] hour ${hour} of the maintenance window is not a whole number from 0 to 23`);
  });

  test.each([[60], [-1], [0.5]])('fails on minute %s', (minute) => {
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: 5, minute })).toThrow(
      `[InvalidMaintenanceWindow] minute ${minute} of the maintenance window is not a whole number from 0 to 59`);
  });

  test('fails when shorter than an hour', () => {
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: 5, duration: Duration.minutes(59) })).toThrow(
      '[InvalidMaintenanceWindow] maintenance window with duration 59 minutes is 59 minutes long: give it at least 60 minutes and less than a week');
  });

  test('fails when a week long', () => {
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: 5, duration: Duration.days(7) })).toThrow(
      '[InvalidMaintenanceWindow] maintenance window with duration 7 days is 10080 minutes long: give it at least 60 minutes and less than a week');
  });

  test('fails on a part of a minute', () => {
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: 5, duration: Duration.seconds(3601) })).toThrow(
      '[InvalidMaintenanceWindow] maintenance window with duration 1 hour 1 second is not in whole minutes');
  });

  test('fails on tokens, and names the way out', () => {
    const number = Token.asNumber({ Ref: 'Hour' });
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: number })).toThrow('hour of the maintenance window is a token');
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: 1, minute: number })).toThrow('minute of the maintenance window is a token');
    expect(() => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour: 1, duration: Duration.minutes(number) })).toThrow(
      'duration of the maintenance window is a token: it must be known at synthesis, or give the whole window to of()');
  });
});

describe('of', () => {
  test.each([
    ['sun:05:00-sun:06:00', 'sun:05:00-sun:06:00'],
    ['Sun:05:00-SUN:06:00', 'sun:05:00-sun:06:00'],
    ['sat:23:30-sun:00:30', 'sat:23:30-sun:00:30'],
    ['sun:06:00-sun:05:00', 'sun:06:00-sun:05:00'],
  ])('%s is taken as %s', (given, text) => {
    expect(MaintenanceWindow.of(given).toString()).toBe(text);
  });

  test('a token is never judged nor changed', () => {
    const token = Token.asString({ Ref: 'Window' });
    expect(MaintenanceWindow.of(token).toString()).toBe(token);
    expect(MaintenanceWindow.of(`SUN:05:00-${token}`).toString()).toBe(`SUN:05:00-${token}`);
  });

  test.each([
    '', 'sun:05:00', '05:00-06:00', 'sun:05:00-06:00', 'sunday:05:00-sunday:06:00', 'sum:05:00-sum:06:00', 'sun:5:00-sun:6:00',
    'sun:24:00-mon:01:00', 'sun:23:00-sun:24:00', 'sun:05:60-sun:07:00', 'sun:05:00-sun:06:00 ', 'sun:05:00 - sun:06:00', 'sun:05:00-sun:06:00\n',
    'sun:05:00-sun:06:00-sun:07:00', '7:05:00-7:06:00',
  ])('fails on %j', (given) => {
    expect(() => MaintenanceWindow.of(given)).toThrow(
      `[InvalidMaintenanceWindow] maintenance window ${JSON.stringify(given)} is not of the form ddd:hh:mm-ddd:hh:mm, `
      + 'for example \'sun:05:00-sun:06:00\', days sun, mon, tue, wed, thu, fri, sat, hours 00 to 23 in UTC');
  });

  test.each([['sun:05:00-sun:05:59', 59], ['sun:05:00-sun:05:00', 0], ['sat:23:59-sun:00:58', 59]])('fails on %s, %i minutes', (given, minutes) => {
    expect(() => MaintenanceWindow.of(given)).toThrow(
      `maintenance window "${given}" is ${minutes} minutes long: give it at least 60 minutes and less than a week`);
  });
});
