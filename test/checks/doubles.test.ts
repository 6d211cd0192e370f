// One mistake is said once: no two rules reject a resource for the same property.
import { CASES_BY_FOLDER, one, TemplateResources } from './cases';
import { Judged, rejections } from './support/judge';
import { RULES } from '../../src/checks/rules';

/** Pairs of codes that may meet on one property, each with the reason. */
const BOTH = 'the engine is wrong for the resource, and the version for the engine: to put one right leaves the other';
const TOGETHER: Readonly<Record<string, string>> = {
  'CacheClusterEngineUnsupported and EngineVersionGone': BOTH,
  'CacheClusterEngineUnsupported and EngineVersionNotCreatable': BOTH,
  'EngineHasNoReplicationGroups and EngineVersionGone': BOTH,
  'GlobalCreatedWithOneMember and GlobalMembersUnfit': 'there are too many members to begin with, and these cannot be together ever',
  'GlobalCreatedWithOneMember and GlobalNeedsOnePrimary': 'there are too many members to begin with, and none of them leads',
};

const READS = new Map(RULES.map(({ code, resourceType, reads }) => [`${code} of ${resourceType}`, reads]));

/** The written properties that a rule reads; where it reads none that is written, those that its message names. */
function propertiesOf({ code, type, logicalId, message }: Judged, resources: TemplateResources): readonly string[] {
  // What is wrong with the template as a whole is of no type of resource.
  const reads = READS.get(`${code} of ${type}`) ?? [];
  const written = reads.filter((property) => resources[logicalId]?.Properties?.[property] !== undefined);
  const named = reads.filter((property) => new RegExp(`\\b${property}\\b`).test(message));
  return [written, named].find(({ length }) => length > 0) ?? reads;
}

function doublesIn(resources: TemplateResources): string[] {
  const found = rejections({ Resources: resources });
  return found.flatMap((first, index) => found.slice(index + 1)
    .filter((second) => second.logicalId === first.logicalId && second.code !== first.code)
    .filter((second) => propertiesOf(second, resources).some((property) => propertiesOf(first, resources).includes(property)))
    .map((second) => [first.code, second.code].sort().join(' and ')))
    .filter((pair) => !(pair in TOGETHER));
}

test.each(Object.entries(CASES_BY_FOLDER).flatMap(([folder, cases]) => Object.entries(cases).map(([name, { bad }]) => [`${folder}: ${name}`, bad] as const)))(
  '%s', (_, bad) => expect(doublesIn(bad)).toEqual([]));

const GROUP = { ReplicationGroupDescription: 'Cache', CacheSubnetGroupName: 'subnets', TransitEncryptionEnabled: true, NumCacheClusters: 2 };
const CLUSTER = { CacheSubnetGroupName: 'subnets', NumCacheNodes: 1 };

test.each(['valkey', 'redis', 'memcached', 'keydb'].flatMap((Engine) =>
  ['8.2', '8.2.1', '8.9', '8.3.1', '7.9.1', '7.2', '6.2.6', '6.x', '5.0.5', '3.2', '1.6', '1.6.99', '1.6.22', 'latest', ''].map((version) => [Engine, version] as const)))(
  '%s %s', (Engine, EngineVersion) => {
    const engine = { Engine, EngineVersion, CacheNodeType: 'cache.r5.large' };
    expect(doublesIn(one('AWS::ElastiCache::ReplicationGroup', { ...GROUP, ...engine }))).toEqual([]);
    expect(doublesIn(one('AWS::ElastiCache::CacheCluster', { ...CLUSTER, ...engine }))).toEqual([]);
    expect(doublesIn(one('AWS::ElastiCache::ServerlessCache', { ServerlessCacheName: 'cache', Engine, MajorEngineVersion: EngineVersion }))).toEqual([]);
    expect(doublesIn(one('AWS::ElastiCache::User', { UserId: 'app', UserName: 'app', AccessString: 'on ~* +@all', AuthenticationMode: { Type: 'iam' }, Engine }))).toEqual([]);
  });

test.each(['cache.m3.medium', 'cache.t1.micro', 'cache.t2.micro', 'cache.r6gd.xlarge', 'cache.t4g.huge', 'cache.zz9.large', 't4g.micro', ''])('node type %s', (CacheNodeType) => {
  expect(doublesIn(one('AWS::ElastiCache::ReplicationGroup', { ...GROUP, Engine: 'redis', EngineVersion: '7.1', CacheNodeType }))).toEqual([]);
  expect(doublesIn(one('AWS::ElastiCache::CacheCluster', { ...CLUSTER, Engine: 'memcached', EngineVersion: '1.6.22', CacheNodeType }))).toEqual([]);
});

test.each(['ReplicationGroup', 'CacheCluster', 'ServerlessCache', 'User', 'UserGroup', 'SubnetGroup', 'ParameterGroup', 'GlobalReplicationGroup'])(
  '%s of which nothing is written', (short) => expect(doublesIn(one(`AWS::ElastiCache::${short}`, {}))).toEqual([]));

test('a list with one thing twice', () => {
  const twice = ['one', 'one'];
  expect(doublesIn(one('AWS::ElastiCache::ReplicationGroup', {
    ...GROUP,
    Engine: 'redis',
    EngineVersion: '7.1',
    CacheNodeType: 'cache.r5.large',
    UserGroupIds: twice,
    CacheSecurityGroupNames: twice,
    SecurityGroupIds: ['sg-0123456789abcdef0', 'sg-0123456789abcdef0'],
  }))).toEqual([]);
  expect(doublesIn(one('AWS::ElastiCache::CacheCluster', { ...CLUSTER, Engine: 'redis', CacheNodeType: 'cache.r5.large', SnapshotArns: twice, CacheSecurityGroupNames: twice }))).toEqual([]);
  expect(doublesIn(one('AWS::ElastiCache::UserGroup', { UserGroupId: 'users', Engine: 'valkey', UserIds: twice }))).toEqual([]);
});
