import { Case, caseOf, Cases } from './case';
import { LEAST } from './schema';

const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const NODE = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets' };
const SERVERLESS = { ServerlessCacheName: 'cache', Engine: 'valkey', SubnetIds: ['subnet-1', 'subnet-2'] };

/** A cache that is kept when it goes, and kept or not when it is replaced. */
function kept(Type: string, Properties: Record<string, unknown>): Case {
  const of = (policies: object) => ({ Thing: { Type, DeletionPolicy: 'Snapshot', ...policies, Properties } });
  return { bad: of({}), good: of({ UpdateReplacePolicy: 'Snapshot' }) };
}

export const TRAP_CASES: Cases = {
  'FixedName:SubnetGroup': caseOf('AWS::ElastiCache::SubnetGroup', { Description: 'Subnets', SubnetIds: ['subnet-1'] }, { CacheSubnetGroupName: 'subnets' }, {}),
  'FixedName': caseOf(CLUSTER, { ...NODE, Engine: 'memcached' }, { ClusterName: 'cache' }, {}),
  'ClusterLostWithStack': {
    bad: { Thing: { Type: CLUSTER, Properties: { ...NODE, Engine: 'redis' } } },
    good: { Thing: { Type: CLUSTER, DeletionPolicy: 'Snapshot', Properties: { ...NODE, Engine: 'redis' } } },
  },
  'ReplacementLosesData:ReplicationGroup': kept('AWS::ElastiCache::ReplicationGroup', LEAST.ReplicationGroup),
  'ReplacementLosesData:CacheCluster': kept(CLUSTER, { ...NODE, Engine: 'redis' }),
  'MemcachedSnapshotPolicy': {
    bad: { Thing: { Type: CLUSTER, DeletionPolicy: 'Snapshot', Properties: { ...NODE, Engine: 'memcached' } } },
    good: { Thing: { Type: CLUSTER, DeletionPolicy: 'Delete', Properties: { ...NODE, Engine: 'memcached' } } },
  },
  'ServerlessLostWithStack': caseOf('AWS::ElastiCache::ServerlessCache', { ...SERVERLESS, MajorEngineVersion: '8' }, {}, { FinalSnapshotName: 'last' }),
  'ServerlessVersionOpen': caseOf('AWS::ElastiCache::ServerlessCache', { ...SERVERLESS, FinalSnapshotName: 'last' }, {}, { MajorEngineVersion: '8' }),
};
