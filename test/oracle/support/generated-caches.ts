import {
  App, aws_ec2 as ec2, aws_kms as kms, aws_sns as sns, Duration, RemovalPolicy, Stack,
} from 'aws-cdk-lib';
import * as fc from 'fast-check';
import {
  BackupWindow, CacheAuthentication, CacheCluster, CacheClusterOptions, CacheEngine, CacheNodeType, CacheProfile, CacheTopology, LogDelivery,
  LogFormat, MaintenanceWindow, MaxmemoryPolicy, Parameters, RedisVersion, ValkeyVersion, Weekday,
} from '../../../src';
import { MEMCACHED_TOPOLOGY } from '../../../src/cache/private/memcached-topology';
import { SERVERLESS_TOPOLOGY } from '../../../src/cache/private/serverless-topology';

const engines = [
  ...[ValkeyVersion.V7_2, ValkeyVersion.V8_0, ValkeyVersion.V8_1, ValkeyVersion.V8_2].map(version => CacheEngine.valkey(version)),
  ...[RedisVersion.V6_2, RedisVersion.V7_0, RedisVersion.V7_1].map(version => CacheEngine.redis(version)),
];
const nodeType = fc.constantFrom(CacheNodeType.T4G_MICRO, CacheNodeType.M6G_LARGE, CacheNodeType.R7G_LARGE, CacheNodeType.R6GD_XLARGE);

/** Props of a cache that the library takes, each of them given or left out. What needs a construct is made in the stack. */
const caches = fc.record({
  engine: fc.constantFrom(...engines),
  topology: fc.oneof(
    fc.record({ nodeType, replicas: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] }).map(options => CacheTopology.replicated(options)),
    fc.record({ nodeType }, { requiredKeys: [] }).map(options => CacheTopology.singleNode(options)),
  ),
  profile: fc.constantFrom(CacheProfile.DEVELOPMENT, CacheProfile.PRODUCTION),
  authentication: fc.constantFrom(CacheAuthentication.none(), CacheAuthentication.password()),
  description: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }).map(text => `Cache ${text}`),
  port: fc.integer({ min: 1150, max: 65535 }),
  autoMinorVersionUpgrade: fc.boolean(),
  backupRetention: fc.integer({ min: 0, max: 35 }).map(days => Duration.days(days)),
  backupWindow: fc.integer({ min: 1, max: 8 }).map(hour => BackupWindow.daily({ hour })),
  maintenanceWindow: fc.integer({ min: 12, max: 20 }).map(hour => MaintenanceWindow.weekly({ day: Weekday.SUNDAY, hour })),
  slowLog: fc.constantFrom(LogDelivery.none(), LogDelivery.cloudWatch(), LogDelivery.cloudWatch({ format: LogFormat.TEXT })),
  engineLog: fc.constantFrom(LogDelivery.none(), LogDelivery.cloudWatch()),
  removalPolicy: fc.constantFrom(RemovalPolicy.DESTROY, RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN),
  maxmemoryPolicy: fc.constantFrom(MaxmemoryPolicy.ALLKEYS_LRU, MaxmemoryPolicy.VOLATILE_TTL),
  encrypted: fc.boolean(),
  notified: fc.boolean(),
  watched: fc.boolean(),
}, { requiredKeys: [] });

/** The other kinds of topology, with the props that have a meaning for them. */
const others = [
  // The parameters that are drawn are those of Valkey and Redis OSS.
  { name: 'Memcached', topology: CacheTopology.memcached({ nodes: 3 }), without: { ...MEMCACHED_TOPOLOGY.withoutMeaning, parameters: '' } },
  { name: 'Serverless', topology: CacheTopology.serverless(), without: SERVERLESS_TOPOLOGY.withoutMeaning },
];

/** An app with a stack for each of some caches of every kind, always the same ones. Combinations that the library refuses are left out. */
export function generatedCaches(wanted: number): App {
  const app = new App();
  add(app, 'Generated', wanted, (stack, cache) => makeCache(stack, cache));
  for (const { name, topology, without } of others) {
    add(app, name, Math.ceil(wanted / 4), (stack, cache) => makeCache(stack, cache, topology, Object.keys(without)));
  }
  return app;
}

function add(app: App, prefix: string, wanted: number, make: (stack: Stack, cache: Draw) => void): void {
  let made = 0;
  for (const [index, cache] of fc.sample(caches, { seed: 20261121, numRuns: 4 * wanted }).entries()) {
    const name = `${prefix}${index}`;
    try {
      make(new Stack(app, name), cache);
      made += 1;
    } catch (error) {
      if ((error as Error).name !== 'CacheConfigurationError') {
        throw error;
      }
      app.node.tryRemoveChild(name);
    }
    if (made === wanted) {
      return;
    }
  }
  throw new Error(`the library refuses too much: ${made} caches of ${4 * wanted}`);
}

type Draw = typeof caches extends fc.Arbitrary<infer T> ? T : never;

function makeCache(stack: Stack, draw: Draw, topology?: CacheTopology, without: string[] = []): void {
  const { maxmemoryPolicy, encrypted, notified, watched, ...options } = draw;
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-12345678',
    availabilityZones: ['a', 'b', 'c'],
    isolatedSubnetIds: ['subnet-11111111', 'subnet-22222222', 'subnet-33333333'],
  });
  const given: Partial<CacheClusterOptions> = {
    ...maxmemoryPolicy && { parameters: (options.engine?.name === 'redis' ? Parameters.redis : Parameters.valkey)({ maxmemoryPolicy }) },
    ...encrypted && { encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }) },
    ...notified && { notificationTopic: new sns.Topic(stack, 'Events') },
    ...watched && { alarmTopic: new sns.Topic(stack, 'Alarms', { enforceSSL: true }) },
  };
  const written = Object.entries({ ...options, ...given }).filter(([name]) => !without.includes(name));
  const chosen: Partial<CacheClusterOptions> = Object.fromEntries(written);
  new CacheCluster(stack, 'Cache', { vpc, ...chosen, ...topology && { topology, engine: undefined } });
}
