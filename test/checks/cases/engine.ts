import { caseOf, Cases, TemplateResources } from './case';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const COMMON = { ReplicationGroupDescription: 'Cache', NumCacheClusters: 2, AutomaticFailoverEnabled: true, TransitEncryptionEnabled: true, CacheSubnetGroupName: 'subnets' };
const VALKEY = { ...COMMON, Engine: 'valkey', EngineVersion: '8.2', CacheNodeType: 'cache.t4g.micro' };
const REDIS = { ...COMMON, Engine: 'redis', EngineVersion: '7.1', CacheNodeType: 'cache.t4g.micro' };

const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const NODE = { NumCacheNodes: 1, CacheNodeType: 'cache.t4g.micro', CacheSubnetGroupName: 'subnets', Engine: 'memcached', EngineVersion: '1.6.22' };

/** A replication group of a cluster of the same template. */
function replicaOf(Properties: object): TemplateResources {
  return {
    Primary: { Type: CLUSTER, Properties: { NumCacheNodes: 1, CacheNodeType: 'cache.r7g.large', CacheSubnetGroupName: 'subnets', ...Properties } },
    Thing: { Type: TYPE, Properties: { ReplicationGroupDescription: 'Cache', PrimaryClusterId: { Ref: 'Primary' } } },
  };
}

export const ENGINE_CASES: Cases = {
  'EngineVersionGone': caseOf(TYPE, REDIS, { EngineVersion: '7.2' }, { EngineVersion: '7.1' }),
  'EngineVersionUnknown': caseOf(TYPE, VALKEY, { EngineVersion: '9.9' }, { EngineVersion: '9.1' }),
  'DefaultParameterGroupUnfit': caseOf(TYPE, REDIS, { CacheParameterGroupName: 'default.redis6.x' }, { CacheParameterGroupName: 'default.redis7' }),
  'FamilyNeedsVersion': caseOf(TYPE, { ...COMMON, Engine: 'redis', CacheNodeType: 'cache.t4g.micro' },
    { CacheParameterGroupName: 'default.redis6.x' }, { CacheParameterGroupName: 'default.redis6.x', EngineVersion: '6.2' }),
  'FamilyNeedsVersion:CacheCluster': caseOf(CLUSTER, { ...NODE, EngineVersion: undefined, CacheNodeType: 'cache.m5.large' },
    { CacheParameterGroupName: 'default.memcached1.5' }, { CacheParameterGroupName: 'default.memcached1.5', EngineVersion: '1.5.16' }),
  'NodeTypeInvalid': caseOf(TYPE, VALKEY, { CacheNodeType: 't4g.micro' }, { CacheNodeType: 'cache.t4g.micro' }),
  'NodeTypeUnknown': caseOf(TYPE, VALKEY, { CacheNodeType: 'cache.m99g.large' }, { CacheNodeType: 'cache.m8g.large' }),
  'EngineVersionGone:CacheCluster': caseOf(CLUSTER, NODE, { EngineVersion: '1.6.20' }, { EngineVersion: '1.6.22' }),
  'EngineVersionUnknown:CacheCluster': caseOf(CLUSTER, NODE, { EngineVersion: '1.7.1' }, { EngineVersion: '1.6.22' }),
  'DefaultParameterGroupUnfit:CacheCluster': caseOf(CLUSTER, NODE,
    { CacheParameterGroupName: 'default.memcached1.5' }, { CacheParameterGroupName: 'default.memcached1.6' }),
  'NodeTypeInvalid:CacheCluster': caseOf(CLUSTER, NODE, { CacheNodeType: 'cache.t4g.large' }, { CacheNodeType: 'cache.t4g.medium' }),
  'NodeTypeUnknown:CacheCluster': caseOf(CLUSTER, NODE, { CacheNodeType: 'cache.m8g.99xlarge' }, { CacheNodeType: 'cache.m8g.large' }),
  'PrimaryClusterUnfit': {
    bad: replicaOf({ Engine: 'memcached', EngineVersion: '1.6.22' }), good: replicaOf({ Engine: 'redis', EngineVersion: '7.1' }),
  },
  'ClusterNodeTypePhasingOut': caseOf(CLUSTER, NODE, { CacheNodeType: 'cache.t2.micro' }, { CacheNodeType: 'cache.t3.micro' }),
};
