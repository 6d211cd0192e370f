import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnParameter, Size, Stack, Token } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { CacheNodeType } from '../../src/node-type/cache-node-type';
import { NODE_TYPE_ROWS } from '../../src/node-type/private/node-type-table';

const SOURCE = readFileSync(join(__dirname, '../../src/node-type/cache-node-type.ts'), 'utf8');
const CONSTANTS = Object.entries(CacheNodeType).filter((entry): entry is [string, CacheNodeType] => entry[1] instanceof CacheNodeType);
const CREATABLE = NODE_TYPE_ROWS.filter((row) => row.creatable);

function constantName(name: string): string {
  return name.replace('cache.', '').replace('.', '_').toUpperCase();
}

describe('constants', () => {
  test.each(CREATABLE.map((row) => [row.name, row] as const))('%s has a constant, described with the numbers of the table', (name, row) => {
    const constant = constantName(name);
    expect(new Map(CONSTANTS).get(constant)?.name).toBe(name);
    expect(SOURCE).toContain(
      `/** \`${name}\`: ${row.vcpus} vCPU${row.vcpus === 1 ? '' : 's'}, ${row.memoryGiB} GiB. */\n  public static readonly ${constant} = `);
  });

  test.each(CONSTANTS)('%s is a type that can be created', (constant, nodeType) => {
    expect(nodeType.features.creatable).toBe(true);
    expect(constantName(nodeType.name)).toBe(constant);
  });
});

describe('of', () => {
  test.each(NODE_TYPE_ROWS.map((row) => [row.name, row] as const))('%s carries the facts of the table', (name, row) => {
    const nodeType = CacheNodeType.of(name);
    expect(nodeType.toString()).toBe(name);
    expect(nodeType.features).toMatchObject({
      family: row.family, size: row.size, vcpus: row.vcpus, burstable: row.burstable, dataTiering: row.dataTiering, creatable: row.creatable,
    });
    expect(nodeType.features.memory?.toGibibytes()).toBe(row.memoryGiB);
    expect(nodeType.features.maxmemoryBytes).toBe(row.maxmemoryBytes);
    expect(nodeType.features.engines).toEqual(row.engines);
  });

  test('a data tiering type has everything that can be said', () => {
    expect(CacheNodeType.R6GD_XLARGE.features).toEqual({
      family: 'r6gd',
      size: 'xlarge',
      dataTiering: true,
      creatable: true,
      vcpus: 4,
      memory: Size.gibibytes(26.32),
      maxmemoryBytes: 28261849702,
      ssd: Size.gibibytes(99.33),
      networkGbps: 1.25,
      networkBurstGbps: 10,
      burstable: false,
      graviton: true,
      engines: ['valkey', 'redis'],
      minimumValkeyVersion: '7.2',
      minimumRedisVersion: '6.2',
      minimumMemcachedVersion: undefined,
      ipv6: true,
      autoScaling: true,
      globalDatastore: true,
      durability: false,
      memcachedTransitEncryption: false,
    });
  });

  test('a type newer than the library has family and size, and nothing that is guessed', () => {
    expect(CacheNodeType.of('cache.r9g.48xlarge').features).toEqual({ family: 'r9g', size: '48xlarge', dataTiering: false });
    expect(CacheNodeType.of('cache.r7g.48xlarge').features).toEqual({ family: 'r7g', size: '48xlarge', dataTiering: false });
  });

  test('a new family that ends in gd has data tiering', () => {
    expect(CacheNodeType.of('cache.r9gd.large').features).toEqual({ family: 'r9gd', size: 'large', dataTiering: true });
  });

  test.each(['cache.u-6tb1.metal', 'cache.m7i-flex.large', 'cache.x2.metal-24xl'])('takes the form of %s', (name) => {
    expect(CacheNodeType.of(name).name).toBe(name);
  });

  test('a token is never judged', () => {
    const token = Token.asString({ Ref: 'NodeType' });
    const nodeType = CacheNodeType.of(token);
    expect(nodeType.name).toBe(token);
    expect(nodeType.features).toEqual({ dataTiering: false });
  });

  test('a name that holds a token is never judged', () => {
    const parameter = new CfnParameter(new Stack(), 'Size');
    const nodeType = CacheNodeType.of(`cache.r6gd.${parameter.valueAsString}`);
    expect(nodeType.features).toEqual({ dataTiering: false });
  });

  test.each(['', 'cache', 'cache.', 'cache.r7g', 'cache.r7g.', 'cache..large', 'cache.r7g.large.extra', 'db.r7g.large', 'cache.7.large',
    'cache.r7g,large', 'cache.r7g.large\n', 'large'])('fails on %j', (name) => {
    expect(() => CacheNodeType.of(name)).toThrow(
      `[InvalidNodeType] node type ${JSON.stringify(name)} is not of the form cache.<family>.<size>, for example 'cache.r7g.large'`);
  });

  test.each([
    ['r7g.large', 'cache.r7g.large'], ['cache.R7G.Large', 'cache.r7g.large'], [' cache.r7g.large', 'cache.r7g.large'],
    ['T4G.micro', 'cache.t4g.micro'],
  ])('fails on %j and offers %s', (name, meant) => {
    expect(() => CacheNodeType.of(name)).toThrow(`; did you mean '${meant}'?`);
  });

  test('offers nothing when nothing is near', () => {
    expect(() => CacheNodeType.of('large')).toThrow(/'cache\.r7g\.large'$/);
  });

  test('features are the same object each time, and the table cannot be changed through them', () => {
    const { features } = CacheNodeType.of('cache.r7g.large');
    features.engines?.push('changed');
    expect(CacheNodeType.of('cache.r7g.large').features.engines).toEqual(['valkey', 'redis', 'memcached']);
    const nodeType = CacheNodeType.of('cache.r7g.large');
    expect(nodeType.features).toBe(nodeType.features);
  });
});

describe('fromInstanceType', () => {
  test('puts cache. in front', () => {
    expect(CacheNodeType.fromInstanceType(InstanceType.of(InstanceClass.R7G, InstanceSize.XLARGE2)).name).toBe('cache.r7g.2xlarge');
    expect(CacheNodeType.fromInstanceType(new InstanceType('t4g.micro')).features.vcpus).toBe(2);
  });

  test('passes a token on', () => {
    const token = Token.asString({ Ref: 'InstanceType' });
    expect(CacheNodeType.fromInstanceType(new InstanceType(token)).name).toBe(`cache.${token}`);
  });

  test('fails on what is no instance type', () => {
    expect(() => CacheNodeType.fromInstanceType(new InstanceType('r7g'))).toThrow('[InvalidNodeType] node type "cache.r7g"');
  });
});
