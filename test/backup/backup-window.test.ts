import { Duration, Token } from 'aws-cdk-lib';
import { BackupWindow } from '../../src/backup/backup-window';

describe('daily', () => {
  test.each([
    [{ hour: 3 }, '03:00-04:00'],
    [{ hour: 0 }, '00:00-01:00'],
    [{ hour: 3, minute: 15 }, '03:15-04:15'],
    [{ hour: 23 }, '23:00-00:00'],
    [{ hour: 23, minute: 59 }, '23:59-00:59'],
    [{ hour: 3, duration: Duration.minutes(60) }, '03:00-04:00'],
    [{ hour: 22, duration: Duration.hours(4) }, '22:00-02:00'],
    [{ hour: 3, duration: Duration.minutes(1439) }, '03:00-02:59'],
  ])('%j is written %s', (options, text) => {
    expect(BackupWindow.daily(options).toString()).toBe(text);
  });

  test.each([[24], [-1], [1.5]])('fails on hour %s', (hour) => {
    expect(() => BackupWindow.daily({ hour })).toThrow(
      `[InvalidBackupWindow] hour ${hour} of the backup window is not a whole number from 0 to 23`);
  });

  test.each([[60], [-1]])('fails on minute %s', (minute) => {
    expect(() => BackupWindow.daily({ hour: 3, minute })).toThrow(
      `[InvalidBackupWindow] minute ${minute} of the backup window is not a whole number from 0 to 59`);
  });

  test.each([
    [Duration.minutes(59), '59 minutes is 59'], [Duration.days(1), '1 day is 1440'], [Duration.minutes(0), '0 minutes is 0'],
  ])('fails on a length out of range (%#)', (duration, said) => {
    expect(() => BackupWindow.daily({ hour: 3, duration })).toThrow(
      `[InvalidBackupWindow] backup window with duration ${said} minutes long: give it at least 60 minutes and less than a day`);
  });

  test('fails on a part of a minute', () => {
    expect(() => BackupWindow.daily({ hour: 3, duration: Duration.millis(3600001) })).toThrow('is not in whole minutes');
  });

  test('fails on tokens', () => {
    expect(() => BackupWindow.daily({ hour: Token.asNumber({ Ref: 'Hour' }) })).toThrow(
      '[InvalidBackupWindow] hour of the backup window is a token: it must be known at synthesis, or give the whole window to of()');
  });
});

describe('of', () => {
  test.each(['03:00-04:00', '23:30-00:30', '00:00-23:59', '04:00-03:00', '23:00-00:00'])('takes %s', (given) => {
    expect(BackupWindow.of(given).toString()).toBe(given);
  });

  test('a token is never judged', () => {
    const token = Token.asString({ Ref: 'Window' });
    expect(BackupWindow.of(token).toString()).toBe(token);
  });

  test.each([
    '', '03:00', '3:00-4:00', '24:00-01:00', '23:00-24:00', '03:60-05:00', '03:00-04:00 ', '03:00 - 04:00', 'sun:03:00-sun:04:00', '0300-0400',
  ])('fails on %j', (given) => {
    expect(() => BackupWindow.of(given)).toThrow(
      `[InvalidBackupWindow] backup window ${JSON.stringify(given)} is not of the form hh:mm-hh:mm, `
      + 'for example \'03:00-04:00\', hours 00 to 23 in UTC');
  });

  test.each([['03:00-03:59', 59], ['23:30-00:29', 59], ['03:00-03:00', 0]])('fails on %s, %i minutes', (given, minutes) => {
    expect(() => BackupWindow.of(given)).toThrow(
      `[InvalidBackupWindow] backup window "${given}" is ${minutes} minutes long: give it at least 60 minutes and less than a day`);
  });
});
