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

const COMMON = { severity: 'error', evidence: 'documented', checked: '2026-11-28', since: '0.1.0' } as const;

/** Rules about zones in which the cache has no subnet. */
const SUBNET_RULES: readonly Rule[] = ROWS.map(({ type, action, reads, zones }): Rule => ({
  ...COMMON,
  code: 'ZonesOutsideSubnets',
  resourceType: `AWS::ElastiCache::${type}`,
  reads,
  source: `${API}/API_${action}.html`,
  judge: (cache) => {
    const known = zonesOfSubnets(cache);
    const outside = known && [...new Set(texts(zones(cache)).filter((zone) => !known.includes(zone)))];
    return outside && outside.length > 0
      ? `${reads.slice(0, 2).filter((property) => cache.isPresent(property)).join(' and ')} must name zones of the subnets of CacheSubnetGroupName, ` +
        `${[...new Set(known)].join(', ')}, got: ${outside.join(', ')}` : undefined;
  },
}));

/** A zone, or a local zone: the name of a Region, and what tells the zone apart. */
const ZONE = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)(?:[a-z]|-[a-z0-9-]+)$/;

/** Rules about zones of other Regions, where it is known which one the stack is deployed to. */
const REGION_RULES: readonly Rule[] = ROWS.map(({ type, reads: [one, other], zones }): Rule => ({
  ...COMMON,
  code: 'ZonesOfOtherRegion',
  // The template may be right, and the Region that was said wrong.
  severity: 'warning',
  resourceType: `AWS::ElastiCache::${type}`,
  reads: [one, other],
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html',
  judge: (resource) => {
    const { region } = resource;
    const outside = region === undefined ? [] : [...new Set(texts(zones(resource)).filter((zone) => (ZONE.exec(zone)?.[1] ?? region) !== region))];
    return outside.length > 0
      ? `${[one, other].filter((property) => resource.isPresent(property)).join(' and ')} must name zones of ${region}, where the stack is deployed, got: ${outside.join(', ')}` : undefined;
  },
}));

/** Rules about zones. */
export const ZONE_RULES: readonly Rule[] = [...SUBNET_RULES, ...REGION_RULES];
