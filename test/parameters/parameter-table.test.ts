import { describeAllowed, isAllowed } from '../../src/parameters/private/allowed-values';
import { FAMILIES, PARAMETER_SOURCES, PARAMETERS_CHECKED } from '../../src/parameters/private/parameter-families';
import {
  judgeParameterValue, knownParameter, parameterFamilies, parameterNames, ParameterRow,
} from '../../src/parameters/private/parameter-table';

const ROWS = parameterFamilies().flatMap((family) =>
  parameterNames(family).map((name): [string, string, ParameterRow] => [family, name, knownParameter(family, name)!]));
const MODERN = ['redis7', 'valkey7', 'valkey8', 'valkey9'];

describe('table', () => {
  test.each([
    ['redis4.0', 56], ['redis5.0', 62], ['redis6.x', 67], ['redis7', 69], ['valkey7', 69], ['valkey8', 72], ['valkey9', 73],
    ['memcached1.4', 33], ['memcached1.5', 33], ['memcached1.6', 33],
  ])('%s has %i parameters', (family, count) => {
    expect(parameterNames(family)).toHaveLength(count);
    expect(new Set(parameterNames(family)).size).toBe(count);
  });

  test('has these families and no other', () => {
    expect(parameterFamilies()).toEqual([
      'redis4.0', 'redis5.0', 'redis6.x', 'redis7', 'valkey7', 'valkey8', 'valkey9', 'memcached1.4', 'memcached1.5', 'memcached1.6',
    ]);
  });

  test.each(Object.entries(FAMILIES))('%s stands after what it is based on, and removes only what was there', (family, facts) => {
    const families = parameterFamilies();
    expect(families.indexOf(facts.basedOn ?? '')).toBeLessThan(families.indexOf(family));
    for (const [name, replacement] of Object.entries(facts.removed ?? {})) {
      expect(parameterNames(facts.basedOn ?? '')).toContain(name);
      expect(parameterNames(family)).not.toContain(name);
      expect(replacement === '' || parameterNames(family).includes(replacement)).toBe(true);
    }
  });

  test.each(Object.entries(FAMILIES))('%s lists no parameter that is the same in the family it is based on', (_, facts) => {
    for (const [name, own] of Object.entries(facts.parameters)) {
      const base = knownParameter(facts.basedOn ?? '', name);
      if (base) {
        const [allowed, value] = [own.allowed, own.default];
        expect({ allowed, value, modifiable: own.modifiable ?? 'yes' }).not.toEqual(
          { allowed: base.allowed, value: base.default, modifiable: base.modifiable });
      }
    }
  });

  test.each(ROWS)('%s %s is complete', (family, name, row) => {
    expect(row).toMatchObject({ family, name });
    expect(Object.values(PARAMETER_SOURCES)).toContain(row.source);
    expect(row.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(PARAMETERS_CHECKED).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  /** The guide prints default 0 and range 1-10000. */
  const CONTRADICTIONS = ['cluster-databases'];

  test.each(ROWS)('%s %s takes its own default', (_, name, row) => {
    if (row.default !== undefined && !CONTRADICTIONS.includes(name)) {
      expect(isAllowed(row, row.default)).toBe(true);
    }
  });

  test('the exceptions are still exceptions, and unsure', () => {
    for (const name of CONTRADICTIONS) {
      const row = knownParameter('valkey9', name)!;
      expect(isAllowed(row, row.default!)).toBe(false);
      expect(row.unsure).toBe(true);
    }
  });

  test('a later family shows its own facts', () => {
    expect(knownParameter('valkey7', 'repl-backlog-size')?.default).toBe('1048576');
    expect(knownParameter('valkey8', 'repl-backlog-size')?.default).toBe('10485760');
    expect(knownParameter('valkey9', 'repl-backlog-size')).toMatchObject({ default: '10485760', family: 'valkey9' });
  });

  test('a default that depends on the node type is not given', () => {
    expect(knownParameter('valkey8', 'maxmemory')).toMatchObject({ default: undefined, modifiable: 'no' });
  });

  test('knows when a change takes effect', () => {
    expect(knownParameter('valkey8', 'maxmemory-policy')?.change).toBe('immediate');
    expect(knownParameter('valkey8', 'databases')?.change).toBe('reboot');
    expect(knownParameter('memcached1.6', 'idle_timeout')?.change).toBe('reboot');
    expect(knownParameter('valkey9', 'cluster-databases')?.change).toBe('creation');
  });

  test('what is not there is undefined, also for names every object has', () => {
    for (const name of ['toString', 'constructor', '__proto__', '']) {
      expect(knownParameter('valkey8', name)).toBeUndefined();
      expect(knownParameter(name, 'maxmemory')).toBeUndefined();
      expect(judgeParameterValue('valkey8', name, '1').verdict).toBe('unknownName');
    }
    expect(parameterNames('redis3.2')).toEqual([]);
  });
});

describe('verdict', () => {
  test.each([
    ['maxmemory-policy', 'allkeys-lru', 'ok'], ['maxmemory-policy', 'allkeys-lur', 'wrongValue'], ['maxmemory-policy', 'ALLKEYS-LRU', 'wrongValue'],
    ['maxmemory-policy', 'allkeys-lru,noeviction', 'wrongValue'], ['maxmemory-policy', '', 'wrongValue'],
    ['timeout', '-1', 'wrongValue'], ['timeout', '0', 'ok'], ['timeout', '1', 'wrongValue'], ['timeout', '19', 'wrongValue'],
    ['timeout', '20', 'ok'], ['timeout', '2147483647', 'ok'],
    ['reserved-memory-percent', '0', 'ok'], ['reserved-memory-percent', '100', 'ok'],
    ['reserved-memory-percent', '101', 'wrongValue'], ['reserved-memory-percent', '-1', 'wrongValue'],
    ['active-defrag-cycle-min', '1', 'ok'], ['active-defrag-cycle-min', '75', 'ok'],
    ['active-defrag-cycle-min', '0', 'wrongValue'], ['active-defrag-cycle-min', '76', 'wrongValue'],
    ['client-query-buffer-limit', '1048575', 'wrongValue'], ['client-query-buffer-limit', '1048576', 'ok'],
    ['client-query-buffer-limit', '1073741824', 'ok'], ['client-query-buffer-limit', '1073741825', 'wrongValue'],
    ['client-query-buffer-limit', '1gb', 'wrongValue'],
    ['maxmemory-samples', '64', 'ok'], ['maxmemory-samples', '65', 'wrongValue'],
    ['slowlog-log-slower-than', '-1', 'ok'], ['slowlog-log-slower-than', '0', 'ok'], ['slowlog-log-slower-than', 'off', 'wrongValue'],
    ['cluster-enabled', 'yes', 'ok'], ['cluster-enabled', 'true', 'wrongValue'],
    ['cluster-preferred-endpoint-type', 'tls-dynamic', 'ok'], ['cluster-preferred-endpoint-type', 'tls', 'wrongValue'],
    ['maxmemory', '1', 'notModifiable'], ['appendonly', 'yes', 'notModifiable'], ['activerehashing', 'yes', 'notModifiable'],
    ['databases', '16', 'ok'], ['reserved-memory', '1', 'ok'],
    ['lazyfree-lazy-eviction', 'yes', 'removedInFamily'], ['hash-max-ziplist-entries', '512', 'removedInFamily'],
    ['brand-new-parameter', '1', 'unknownName'], ['chunk_size', '48', 'unknownName'],
  ])('valkey8 %s=%j is %s', (name, value, expected) => {
    expect(judgeParameterValue('valkey8', name, value).verdict).toBe(expected);
  });

  test.each([
    ['slab_automove', '2', 'ok'], ['slab_automove', '3', 'wrongValue'], ['cas_disabled', '1', 'ok'], ['cas_disabled', 'yes', 'wrongValue'],
    ['idle_timeout', '86400', 'ok'], ['idle_timeout', '86401', 'wrongValue'], ['hash_algorithm', 'murmur3', 'ok'],
    ['hash_algorithm', 'md5', 'wrongValue'], ['max_simultaneous_connections', '1', 'notModifiable'], ['modern', '1', 'removedInFamily'],
    ['maxmemory-policy', 'noeviction', 'unknownName'],
  ])('memcached1.6 %s=%j is %s', (name, value, expected) => {
    expect(judgeParameterValue('memcached1.6', name, value).verdict).toBe(expected);
  });

  test.each(['redis3.2', 'valkey10', 'Redis7', ''])('family %j is not known, and nothing is said about its parameters', (family) => {
    expect(judgeParameterValue(family, 'timeout', '5')).toEqual({ verdict: 'unknownFamily' });
  });

  test.each(ROWS.filter(([, , row]) => row.unsure))('%s %s is unsure: no value of its type is wrong', (family, name, { type }) => {
    for (const value of ['-1', '0', '999999999999']) {
      expect(judgeParameterValue(family, name, value).verdict).toBe('ok');
    }
    for (const value of ['10m', 'nonsense', '']) {
      expect(judgeParameterValue(family, name, value).verdict).toBe(type === 'integer' || type === 'float' ? 'wrongValue' : 'ok');
    }
  });

  test.each(ROWS.filter(([, , row]) => row.allowed === undefined && row.modifiable !== 'no'))(
    '%s %s has no published values: none is wrong', (family, name) => {
      expect(judgeParameterValue(family, name, 'nonsense').verdict).toBe('ok');
    });

  test.each(['', 'KEA', 'Ex', 'K$lshzxetdmn', 'anything'])('notify-keyspace-events takes the letters %j as they are', (value) => {
    expect(judgeParameterValue('redis7', 'notify-keyspace-events', value).verdict).toBe('ok');
  });

  test.each([
    ['0100', true], [' 5', true], ['5 ', true], ['+5', true], ['5.0', false], ['5e0', false], ['0x5', false], ['5mb', false], ['five', false],
    ['', false], [' ', false], ['5 6', false], ['NaN', false], ['Infinity', false],
  ])('a whole number may be written %j: %s', (value, expected) => {
    expect(isAllowed({ type: 'integer', allowed: '1-100' }, value)).toBe(expected);
  });

  test.each([['1.25', true], ['1', true], ['1024', true], ['1024.01', false], ['0.99', false], ['1.', false], ['x', false]])(
    'a decimal number may be written %j: %s', (value, expected) => {
      expect(isAllowed({ type: 'float', allowed: '1-1024' }, value)).toBe(expected);
    });

  test.each([['-5', true], ['-6', false], ['-1', true], ['0', false], ['1', true], ['9999', true]])(
    'negative numbers are told from ranges: %s %s', (value, expected) => {
      expect(isAllowed({ type: 'integer', allowed: '-5,-4,-3,-2,-1,1-' }, value)).toBe(expected);
    });

  test('words with a hyphen are no ranges', () => {
    expect(isAllowed({ type: 'string', allowed: 'ip,tls-dynamic' }, 'tls')).toBe(false);
  });
});

describe('text for messages', () => {
  test.each([
    ['integer', '0,20-', '0 or at least 20'], ['integer', '1-75', '1 to 75'], ['integer', '16384-', 'at least 16384'],
    ['integer', '0,1,2', '0, 1 or 2'],
    ['string', 'ip,tls-dynamic', 'ip or tls-dynamic'], ['integer', 'any integer', 'any integer'], ['integer', '5000', '5000'],
    ['integer', '-5,-4,1-', '-5, -4 or at least 1'],
  ] as const)('%s %s reads %j', (type, allowed, text) => {
    expect(describeAllowed({ type, allowed })).toBe(text);
  });

  test('nothing is said about what is not published', () => {
    expect(describeAllowed({ type: 'integer' })).toBeUndefined();
    expect(judgeParameterValue('redis7', 'notify-keyspace-events', 'KEA').allowed).toBeUndefined();
  });

  test('comes with the verdict', () => {
    expect(judgeParameterValue('redis7', 'timeout', '5')).toMatchObject(
      { verdict: 'wrongValue', allowed: '0 or at least 20', row: { default: '0' } });
  });
});

describe('removed parameters', () => {
  test.each(MODERN)('%s says the new name', (family) => {
    expect(judgeParameterValue(family, 'zset-max-ziplist-value', '64')).toEqual({
      verdict: 'removedInFamily', removedIn: 'redis7', replacement: 'zset-max-listpack-value', allowed: 'use zset-max-listpack-value',
    });
    expect(judgeParameterValue(family, 'min-slaves-to-write', '1').replacement).toBe('min-replicas-to-write');
  });

  test('a name without a successor offers none', () => {
    expect(judgeParameterValue('valkey8', 'lazyfree-lazy-expire', 'yes')).toEqual({
      verdict: 'removedInFamily', removedIn: 'valkey8', replacement: undefined, allowed: undefined,
    });
  });

  test('a new name that is gone as well is not offered', () => {
    expect(judgeParameterValue('valkey7', 'slave-lazy-flush', 'no').replacement).toBe('replica-lazy-flush');
    expect(judgeParameterValue('valkey8', 'slave-lazy-flush', 'no').replacement).toBeUndefined();
  });

  test.each([
    ['redis6.x', 'hash-max-ziplist-entries', '512'], ['valkey7', 'lazyfree-lazy-eviction', 'yes'], ['redis4.0', 'min-slaves-to-write', '1'],
    ['redis5.0', 'lua-replicate-commands', 'yes'], ['memcached1.4', 'modern', '1'],
  ])('%s still has %s', (family, name, value) => {
    expect(judgeParameterValue(family, name, value).verdict).toBe('ok');
  });

  test('an older family does not know a newer name', () => {
    expect(judgeParameterValue('redis6.x', 'hash-max-listpack-entries', '512').verdict).toBe('unknownName');
  });
});
