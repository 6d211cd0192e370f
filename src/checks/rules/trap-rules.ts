// What deploys today and hurts at a later update. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';

const COMMON = { severity: 'warning', evidence: 'documented', checked: '2026-11-21', since: '0.1.0' } as const;
const PAGES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const KEEPS = ['Snapshot', 'Retain', 'RetainExceptOnCreate'];

/** Whether the data of a resource certainly stays when it is removed. */
function isKept(resource: ResourceView): boolean {
  const policy = resource.attribute('DeletionPolicy');
  return typeof policy === 'string' && KEEPS.includes(policy);
}

/** Names that collide when the resource is replaced, with the page that says what replaces it. */
const FIXED: readonly { readonly type: string; readonly property: string; readonly page: string }[] = [
  { type: 'CacheCluster', property: 'ClusterName', page: 'aws-resource-elasticache-cachecluster.html' },
  { type: 'SubnetGroup', property: 'CacheSubnetGroupName', page: 'aws-resource-elasticache-subnetgroup.html' },
];

/** Rules about later updates. */
export const TRAP_RULES: readonly Rule[] = [
  ...FIXED.map(({ type, property, page }): Rule => ({
    ...COMMON,
    code: 'FixedName',
    resourceType: `AWS::ElastiCache::${type}`,
    reads: [property],
    source: `${PAGES}/${page}`,
    judge: (resource) => resource.text(property) !== undefined && resource.inTemplate
      ? `${resource.given(property)} is a fixed name: an update that replaces the resource fails, because the name is taken; leave it out` : undefined,
  })),
  {
    ...COMMON,
    code: 'ClusterLostWithStack',
    resourceType: 'AWS::ElastiCache::CacheCluster',
    reads: ['Engine', 'DeletionPolicy'],
    source: `${PAGES}/aws-attribute-deletionpolicy.html`,
    judge: (cluster) => cluster.text('Engine')?.toLowerCase() === 'redis' && cluster.inTemplate && !isKept(cluster)
      ? 'the data is lost when the cluster is removed; set DeletionPolicy and UpdateReplacePolicy to Snapshot' : undefined,
  },
  ...['ReplicationGroup', 'CacheCluster'].map((short): Rule => ({
    ...COMMON,
    code: 'ReplacementLosesData',
    resourceType: `AWS::ElastiCache::${short}`,
    reads: ['DeletionPolicy', 'UpdateReplacePolicy'],
    source: `${PAGES}/aws-attribute-updatereplacepolicy.html`,
    judge: (cache) => isKept(cache) && cache.attribute('UpdateReplacePolicy') === undefined
      && cache.text('Engine')?.toLowerCase() !== 'memcached'
      ? `DeletionPolicy keeps the data when the cache is removed, and nothing does when an update replaces it; set UpdateReplacePolicy to ${String(cache.attribute('DeletionPolicy'))} as well`
      : undefined,
  })),
  {
    ...COMMON,
    code: 'MemcachedSnapshotPolicy',
    evidence: 'inferred',
    resourceType: 'AWS::ElastiCache::CacheCluster',
    reads: ['Engine', 'DeletionPolicy', 'UpdateReplacePolicy'],
    source: `${PAGES}/aws-attribute-deletionpolicy.html`,
    judge: (cluster) => cluster.text('Engine')?.toLowerCase() !== 'memcached' ? undefined
      : ['DeletionPolicy', 'UpdateReplacePolicy'].filter((policy) => cluster.attribute(policy) === 'Snapshot')
        .map((policy) => `${policy} is Snapshot, and Memcached has no snapshots: the cluster may not be removable; use Delete`),
  },
  {
    ...COMMON,
    code: 'ServerlessLostWithStack',
    resourceType: 'AWS::ElastiCache::ServerlessCache',
    reads: ['FinalSnapshotName', 'DeletionPolicy'],
    source: `${PAGES}/aws-resource-elasticache-serverlesscache.html`,
    judge: (cache) => cache.isAbsent('FinalSnapshotName') && cache.inTemplate && !isKept(cache)
      ? 'the data is lost when the cache is removed, and DeletionPolicy cannot be Snapshot here; set FinalSnapshotName' : undefined,
  },
  {
    ...COMMON,
    code: 'ServerlessVersionOpen',
    evidence: 'inferred',
    resourceType: 'AWS::ElastiCache::ServerlessCache',
    reads: ['MajorEngineVersion'],
    source: `${PAGES}/aws-resource-elasticache-serverlesscache.html`,
    judge: (cache) => cache.isAbsent('MajorEngineVersion')
      ? 'the service chooses the engine version, and an update that sets it later together with limits has failed and could not be rolled back; set MajorEngineVersion' : undefined,
  },
];
