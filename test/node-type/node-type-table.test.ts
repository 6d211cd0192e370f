import { NODE_TYPE_ROWS, NODE_TYPE_SOURCES, NODE_TYPES_CHECKED, nodeTypeRow } from '../../src/node-type/private/node-type-table';

const ROWS = NODE_TYPE_ROWS.map((row) => [row.name, row] as const);
const GIB = 2 ** 30;

describe('node type table', () => {
  test('names are unique', () => {
    expect(new Set(NODE_TYPE_ROWS.map((row) => row.name)).size).toBe(NODE_TYPE_ROWS.length);
  });

  test('has the types of the sources: 94 that can be created, 18 that cannot', () => {
    expect(NODE_TYPE_ROWS.filter((row) => row.creatable)).toHaveLength(94);
    expect(NODE_TYPE_ROWS.filter((row) => !row.creatable)).toHaveLength(18);
  });

  test.each(Object.entries(NODE_TYPE_SOURCES))('source of %s is a page of AWS', (_, url) => {
    expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/AmazonElastiCache\/latest\/[\w/.#-]+$/);
    expect(NODE_TYPES_CHECKED).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  describe.each(ROWS)('%s', (name, row) => {
    test('is found by its name, which is family and size', () => {
      expect(nodeTypeRow(name)).toBe(row);
      expect(name).toBe(`cache.${row.family}.${row.size}`);
    });

    test('has positive numbers', () => {
      for (const value of [row.vcpus, row.memoryGiB, row.maxmemoryBytes, row.memcachedMiB, row.ssdGiB, row.gbps, row.burstGbps]) {
        expect(value ?? 1).toBeGreaterThan(0);
      }
      expect(Number.isInteger(row.vcpus)).toBe(true);
    });

    test('has a maxmemory that fits its memory, which is printed with two places', () => {
      expect(row.maxmemoryBytes ?? 0).toBeLessThanOrEqual((row.memoryGiB + 0.01) * GIB);
      expect(row.maxmemoryBytes ?? row.memoryGiB * GIB).toBeGreaterThanOrEqual(row.memoryGiB * GIB * 0.97);
    });

    test('bursts to more than it always has', () => {
      expect(row.burstGbps ?? Infinity).toBeGreaterThan(row.gbps ?? 0);
    });

    test('has an SSD only with data tiering, in a family named so', () => {
      expect(row.ssdGiB !== undefined).toBe(row.dataTiering);
      expect(row.family.endsWith('gd')).toBe(row.dataTiering);
    });

    test('is known in full when it can be created, and says nothing about engines when it cannot', () => {
      const facts = [row.maxmemoryBytes, row.gbps, row.graviton, row.nitro, row.ipv6, row.engines, row.minValkey,
        row.memcachedTls, row.globalDatastore, row.durability];
      expect(facts.filter((fact) => fact === undefined)).toHaveLength(row.creatable ? 0 : facts.length);
      expect(row.creatable).toBe(row.generation !== 'previous');
    });

    test('has a lowest version for exactly the engines that run on it', () => {
      const versions = { valkey: row.minValkey, redis: row.minRedis, memcached: row.minMemcached };
      expect(Object.entries(versions).filter(([, version]) => version !== undefined).map(([engine]) => engine)).toEqual(row.engines ?? []);
    });

    test('marks the facts that AWS does not print', () => {
      expect(row.unsure.includes('vcpus')).toBe(!['t4g', 't3', 't2'].includes(row.family));
      expect(row.unsure.includes('minMemcached')).toBe(row.minMemcached === '1.5.16');
      expect(row.unsure.includes('minRedis')).toBe(name === 'cache.t4g.micro');
    });
  });

  test.each([
    ['cache.r7g.large', true], ['cache.r7g.2xlarge', true], ['cache.r7g.4xlarge', false], ['cache.m4.large', false],
    ['cache.t4g.medium', false], ['cache.r8g.large', undefined], ['cache.r3.large', undefined],
  ])('automatic scaling of %s: %s', (name, expected) => {
    expect(nodeTypeRow(name)?.autoScaling).toBe(expected);
  });

  test.each([
    ['cache.r7g.large', true], ['cache.r8g.16xlarge', true], ['cache.t4g.medium', false], ['cache.r4.large', false], ['cache.m3.large', undefined],
  ])('global datastore on %s: %s', (name, expected) => {
    expect(nodeTypeRow(name)?.globalDatastore).toBe(expected);
  });

  test.each([
    ['cache.m8g.large', ['valkey', 'memcached']], ['cache.r8g.large', ['valkey', 'memcached']], ['cache.c8gn.large', ['valkey', 'memcached']],
    ['cache.r6gd.xlarge', ['valkey', 'redis']], ['cache.t2.micro', ['valkey', 'redis', 'memcached']],
  ])('engines of %s', (name, engines) => {
    expect(nodeTypeRow(name)?.engines).toEqual(engines);
  });

  test.each([['cache.r6gd.large'], ['cache.m6g.24xlarge'], ['cache.r6g.24xlarge'], ['r7g.large'], ['toString']])('does not know %s', (name) => {
    expect(nodeTypeRow(name)).toBeUndefined();
  });
});
