// Broken caches: a valid one, and one thing wrong with it.
import * as fc from 'fast-check';
import { cacheClusters, name, replicationGroups, serverlessCaches } from './valid-templates';
import { Rule } from '../../../src/checks/rule';
import { RULES_BY_FOLDER } from '../../../src/checks/rules';
import { caseOfRule, isAboutWhole, TemplateResources } from '../cases';

/** One way to break a valid cache, named by the rule that has to say so. */
export interface Mutation {
  readonly code: string;
  readonly type: string;
  /** The cache before and after. */
  readonly draws: fc.Arbitrary<{ readonly valid: TemplateResources; readonly broken: TemplateResources }>;
}

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';
const DRAWN: Readonly<Record<string, fc.Arbitrary<TemplateResources>>> = {
  [GROUP]: replicationGroups, [CLUSTER]: cacheClusters, [SERVERLESS]: serverlessCaches,
};
/** What hardly any rule reads. */
const NEUTRAL = [
  'Tags', 'AutoMinorVersionUpgrade', 'Description', 'NotificationTopicArn', 'ReplicationGroupId', 'SecurityGroupIds', 'VpcSecurityGroupIds',
];

/** The properties of a drawn resource that have nothing to do with a rule, and those of its case over them. */
function laidOver(drawn: TemplateResources, side: TemplateResources, both: readonly TemplateResources[], rule: Rule): TemplateResources {
  const written = (id: string) => both.flatMap((each) => Object.keys(each[id]?.Properties ?? {}));
  const neutral = (id: string, type: string) => {
    const known = drawn.Thing.Type === type ? drawn.Thing.Properties ?? {} : {};
    const taken = [...rule.reads, ...written(id)];
    return Object.fromEntries(NEUTRAL.filter((property) => property in known && !taken.includes(property))
      .map((property) => [property, known[property]]));
  };
  const { Thing: _, ...surroundings } = drawn;
  return {
    ...Object.fromEntries(Object.entries(surroundings).map(([id, resource]) => [`Drawn${id}`, renamed(resource)])),
    ...Object.fromEntries(Object.entries(side).map(([id, resource]) =>
      [id, { ...resource, Properties: { ...renamed(neutral(id, resource.Type)), ...resource.Properties } }])),
  };
}

/** References to drawn resources follow their new names. */
function renamed<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, inner) => key === 'Ref' ? `Drawn${inner}`
    : key === 'Fn::GetAtt' && Array.isArray(inner) ? [`Drawn${inner[0]}`, inner[1]]
      : key === 'DependsOn' ? [inner].flat().map((id) => `Drawn${id}`) : inner);
}

/** The rows about types of resources. */
const ROWS = Object.entries(RULES_BY_FOLDER)
  .flatMap(([folder, rules]) => rules.filter((rule) => !isAboutWhole(rule)).map((rule) => ({ folder, rule })));

/** A mutation for every row: the drawn cache with the good side of the row's case, and with the bad one. */
const OF_CASES: Mutation[] = ROWS.map(({ folder, rule }): Mutation => {
  const { bad, good } = caseOfRule(folder, rule);
  return {
    code: rule.code,
    type: rule.resourceType,
    draws: (DRAWN[rule.resourceType] ?? replicationGroups).map((drawn) => (
      { valid: laidOver(drawn, good, [bad, good], rule), broken: laidOver(drawn, bad, [bad, good], rule) })),
  };
});

type Change = (properties: Record<string, unknown>) => fc.Arbitrary<Record<string, unknown>> | undefined;

/** A drawn cache, and the same with some properties changed; what the change has no meaning for is not drawn. */
function changed(type: string, code: string, change: Change): Mutation {
  return {
    code,
    type,
    draws: DRAWN[type].filter((valid) => change(valid.Thing.Properties!) !== undefined)
      .chain((valid) => change(valid.Thing.Properties!)!.map((changes) => (
        { valid, broken: { ...valid, Thing: { ...valid.Thing, Properties: { ...valid.Thing.Properties, ...changes } } } }))),
  };
}

const badPort = fc.oneof(fc.integer({ min: 1, max: 1149 }), fc.constant(8005), fc.integer({ min: 65536, max: 99999 }));
const badName = fc.tuple(name, fc.constantFrom('_', '--', '-', '.', ' ', '/')).map(([text, wrong]) => `a${text.slice(0, 20)}${wrong}${wrong === '-' ? '' : 'x'}`);
const badDays = fc.oneof(fc.integer({ min: 36, max: 400 }), fc.integer({ min: -9, max: -1 }));
const badWindow = fc.oneof(fc.constantFrom('sunday', 'sun:05:00', 'sun:05:00-sun:05:30', 'xxx:05:00-xxx:07:00', 'sun:25:00-sun:26:00'), name);
const isEngine = (engine: string, change: Change): Change => (properties) => properties.Engine === engine ? change(properties) : undefined;

/** Values of every kind, over whole valid caches as they were drawn. */
const OF_VALUES: Mutation[] = [
  ...[GROUP, CLUSTER].map((type) => changed(type, 'PortOutOfRange', () => badPort.map((Port) => ({ Port })))),
  changed(GROUP, 'ReplicationGroupIdInvalid', () => badName.map((ReplicationGroupId) => ({ ReplicationGroupId }))),
  changed(CLUSTER, 'ClusterNameInvalid', () => badName.map((ClusterName) => ({ ClusterName }))),
  changed(SERVERLESS, 'ServerlessCacheNameInvalid', () => badName.map((ServerlessCacheName) => ({ ServerlessCacheName }))),
  changed(SERVERLESS, 'FinalSnapshotNameInvalid', () => badName.map((FinalSnapshotName) => ({ FinalSnapshotName }))),
  changed(GROUP, 'BackupRetentionOutOfRange', () => badDays.map((SnapshotRetentionLimit) => ({ SnapshotRetentionLimit }))),
  changed(CLUSTER, 'BackupRetentionOutOfRange', isEngine('redis', () => badDays.map((SnapshotRetentionLimit) => ({ SnapshotRetentionLimit })))),
  changed(SERVERLESS, 'ServerlessRetentionOutOfRange', () => badDays.map((SnapshotRetentionLimit) => ({ SnapshotRetentionLimit }))),
  changed(CLUSTER, 'MaintenanceWindowInvalid', () => badWindow.map((PreferredMaintenanceWindow) => ({ PreferredMaintenanceWindow }))),
  changed(CLUSTER, 'CacheClusterEngineUnsupported', () => fc.constant({ Engine: 'valkey' })),
  changed(CLUSTER, 'RedisClusterHasOneNode', isEngine('redis', () => fc.integer({ min: 2, max: 9 }).map((NumCacheNodes) => ({ NumCacheNodes })))),
  changed(CLUSTER, 'RedisClusterHasNoTls', isEngine('redis', () => fc.constant({ TransitEncryptionEnabled: true }))),
  changed(CLUSTER, 'MemcachedHasNoBackups', isEngine('memcached', () => fc.integer({ min: 0, max: 35 }).map((SnapshotRetentionLimit) => ({ SnapshotRetentionLimit })))),
  changed(CLUSTER, 'MemcachedCannotRestore', isEngine('memcached', () => name.map((SnapshotName) => ({ SnapshotName })))),
  changed(GROUP, 'EngineHasNoReplicationGroups', () => fc.constant({ Engine: 'memcached', EngineVersion: '1.6.22' })),
  changed(GROUP, 'UserGroupNeedsTls', (properties) => properties.UserGroupIds ? fc.constantFrom('false', false).map((off) => ({ TransitEncryptionEnabled: off })) : undefined),
  changed(GROUP, 'MultiAzNeedsFailover', (properties) => properties.MultiAZEnabled ? fc.constant({ AutomaticFailoverEnabled: false }) : undefined),
  ...[GROUP, CLUSTER].map((type) => changed(type, 'NodeTypeInvalid', () => fc.constantFrom('t4g.micro', 'db.t3.micro', 'cache.t4g', 'cache.t4g.large', 'large')
    .map((CacheNodeType) => ({ CacheNodeType })))),
  ...[GROUP, CLUSTER].map((type) => changed(type, 'NodeTypeNotCreatable', () => fc.constantFrom('cache.m3.medium', 'cache.t1.micro', 'cache.r3.large')
    .map((CacheNodeType) => ({ CacheNodeType })))),
  ...[GROUP, CLUSTER].map((type) => changed(type, 'EngineVersionGone', isEngine('redis', () => fc.constantFrom('7.2', '6.1', '5.0.5', '8.0', 'latest')
    .map((EngineVersion) => ({ EngineVersion }))))),
  ...[GROUP, CLUSTER, SERVERLESS].map((type) => changed(type, 'PropertyTypeWrong', () => fc.oneof(fc.integer(), fc.boolean(), fc.constant({ a: 'b' }))
    .map((Tags) => ({ Tags })))),
  changed(SERVERLESS, 'StorageLimitInvalid', () => fc.integer({ min: 5001, max: 99999 }).map((Maximum) => ({ CacheUsageLimits: { DataStorage: { Maximum, Unit: 'GB' } } }))),
  changed(SERVERLESS, 'EcpuLimitInvalid', () => fc.integer({ min: 1, max: 999 }).map((Minimum) => ({ CacheUsageLimits: { ECPUPerSecond: { Minimum } } }))),
];

export const MUTATIONS: readonly Mutation[] = [...OF_CASES, ...OF_VALUES];
