// Zones of nodes, and of the subnets that they are in. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';
import { texts } from './private/template-facts';

const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference';

/** How each kind of cache says where its nodes are. */
interface ZoneRow {
  readonly type: string;
  readonly action: string;
  readonly reads: readonly string[];
  readonly zones: (cache: ResourceView) => readonly unknown[];
}

function zonesOfShards(group: ResourceView): unknown[] {
  return (group.list('NodeGroupConfiguration') ?? []).flatMap((shard) => typeof shard === 'object' && shard !== null ? Object.entries(shard) : [])
    .filter(([name]) => name === 'PrimaryAvailabilityZone' || name === 'ReplicaAvailabilityZones').flatMap(([, value]: [string, unknown]) => value);
}

const ROWS: readonly ZoneRow[] = [
  {
    type: 'ReplicationGroup',
    action: 'CreateReplicationGroup',
    reads: ['PreferredCacheClusterAZs', 'NodeGroupConfiguration', 'CacheSubnetGroupName'],
    zones: (group) => [...group.list('PreferredCacheClusterAZs') ?? [], ...zonesOfShards(group)],
  },
  {
    type: 'CacheCluster',
    action: 'CreateCacheCluster',
    reads: ['PreferredAvailabilityZone', 'PreferredAvailabilityZones', 'CacheSubnetGroupName'],
    // Several zones is a word of the API, not a zone.
    zones: (cluster) => [cluster.value('PreferredAvailabilityZone'), ...cluster.list('PreferredAvailabilityZones') ?? []].filter((zone) => zone !== 'Multiple'),
  },
];

/** The zones of the subnets of a cache; `undefined` unless all of them are known. */
function zonesOfSubnets(cache: ResourceView): string[] | undefined {
  const zones = cache.related('CacheSubnetGroupName')[0]?.allRelated('SubnetIds')?.map((subnet) => subnet.text('AvailabilityZone'));
  return zones && zones.length > 0 && zones.every((zone) => zone !== undefined) ? zones as string[] : undefined;
}

/** Rules about zones in which the cache has no subnet. */
export const ZONE_RULES: readonly Rule[] = ROWS.map(({ type, action, reads, zones }): Rule => ({
  code: 'ZonesOutsideSubnets',
  severity: 'error',
  resourceType: `AWS::ElastiCache::${type}`,
  reads,
  evidence: 'documented',
  source: `${API}/API_${action}.html`,
  checked: '2026-11-21',
  since: '0.1.0',
  judge: (cache) => {
    const known = zonesOfSubnets(cache);
    const outside = known && [...new Set(texts(zones(cache)).filter((zone) => !known.includes(zone)))];
    return outside && outside.length > 0
      ? `${reads.slice(0, 2).filter((property) => cache.isPresent(property)).join(' and ')} must name zones of the subnets of CacheSubnetGroupName, ` +
        `${[...new Set(known)].join(', ')}, got: ${outside.join(', ')}` : undefined;
  },
}));
