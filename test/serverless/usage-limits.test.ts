import { Size, Token } from 'aws-cdk-lib';
import { UsageLimits, UsageLimitsOptions } from '../../src';
import { errorOf } from '../support/cdk';

const gib = (count: number) => Size.gibibytes(count);

test.each<[string, UsageLimitsOptions]>([
  ['nothing', {}],
  ['the smallest', { minStorage: gib(1), maxStorage: gib(1), minEcpuPerSecond: 1000, maxEcpuPerSecond: 1000 }],
  ['the largest', { minStorage: gib(5000), maxStorage: gib(5000), minEcpuPerSecond: 15_000_000, maxEcpuPerSecond: 15_000_000 }],
  ['no limit', { minStorage: gib(0), maxStorage: gib(0), minEcpuPerSecond: 0, maxEcpuPerSecond: 0 }],
  ['a minimum without a maximum', { minStorage: gib(10), maxStorage: gib(0), minEcpuPerSecond: 5000, maxEcpuPerSecond: 0 }],
  ['another unit', { maxStorage: Size.mebibytes(2048) }],
  ['a token beside a number', { minStorage: gib(5000), maxStorage: gib(Token.asNumber({ Ref: 'Any' })), minEcpuPerSecond: Token.asNumber({ Ref: 'Any' }), maxEcpuPerSecond: 1000 }],
])('takes %s', (_, options) => expect(() => UsageLimits.of(options)).not.toThrow());

test.each<[UsageLimitsOptions, string]>([
  [{ maxStorage: gib(5001) }, 'maxStorage must be 1 to 5000 GB in whole numbers, or 0 for no limit, got: 5001'],
  [{ minStorage: gib(5001) }, 'minStorage must be 1 to 5000 GB in whole numbers, or 0 for no limit, got: 5001'],
  [{ maxStorage: Size.mebibytes(512) }, 'maxStorage must be 1 to 5000 GB in whole numbers, or 0 for no limit, got: 0.5'],
  [{ minStorage: gib(3), maxStorage: gib(2) }, 'minStorage must not be above maxStorage, got: 3 and 2 GB'],
  [{ maxEcpuPerSecond: 999 }, 'maxEcpuPerSecond must be 1000 to 15000000 ECPU per second in whole numbers, or 0 for no limit, got: 999'],
  [{ maxEcpuPerSecond: 15_000_001 }, 'got: 15000001'],
  [{ minEcpuPerSecond: 1000.5 }, 'minEcpuPerSecond must be 1000 to 15000000 ECPU per second in whole numbers'],
  [{ maxEcpuPerSecond: NaN }, 'got: NaN'],
  [{ minEcpuPerSecond: 2000, maxEcpuPerSecond: 1000 }, 'minEcpuPerSecond must not be above maxEcpuPerSecond, got: 2000 and 1000'],
  [{ maxStorage: Size.mebibytes(Token.asNumber({ Ref: 'Any' })) }, 'a storage limit that is a token must be in gibibytes'],
])('refuses %j', (options, message) => {
  const error = errorOf(() => UsageLimits.of(options));
  expect(error.codes).toEqual(['InvalidUsageLimits']);
  expect(error.message).toContain(message);
});

test('tells both of two mistakes', () => {
  expect(errorOf(() => UsageLimits.of({ minEcpuPerSecond: 1, maxEcpuPerSecond: 2 })).message).toMatch(/minEcpuPerSecond must .*; maxEcpuPerSecond must /);
});
