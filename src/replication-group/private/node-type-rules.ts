// Imports nothing of CDK.
import { API, COMMON, engineOf, engineTitle, GUIDE, lacks, modeOf, needs, replicaCountsOf } from './rule-words';
import { ResourceView, Rule } from '../../checks/rule';
import { CAPABILITIES, engineRow } from '../../engine/private/engine-table';
import { NODE_TYPE_SOURCES, nodeTypeRow } from '../../node-type/private/node-type-table';
import { isAtLeast } from '../../private/version-number';

/** Whether writes are to be kept, as far as is known. */
function isDurable(group: ResourceView): boolean {
  return ['sync', 'async'].includes(group.text('Durability') ?? '');
}

/** Rules about node types, data tiering and durability of replication groups. */
export const NODE_TYPE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'NodeTypeNotCreatable',
    reads: ['CacheNodeType'],
    evidence: 'documented',
    source: `${GUIDE}/CacheNodes.SupportedTypes.html`,
    judge: (group) => nodeTypeRow(group.text('CacheNodeType') ?? '')?.creatable === false
      ? `${group.given('CacheNodeType')} is of a previous generation, of which no cache can be created; choose a current one such as cache.t4g.medium or cache.r7g.large`
      : undefined,
  },
  {
    ...COMMON,
    code: 'NodeTypeUnfitForEngine',
    reads: ['CacheNodeType', 'Engine', 'EngineVersion'],
    evidence: 'documented',
    source: `${GUIDE}/CacheNodes.SupportedTypes.html`,
    judge: (group) => {
      const [row, engine, version] = [nodeTypeRow(group.text('CacheNodeType') ?? ''), engineOf(group), group.text('EngineVersion')];
      // What no engine is, and what no version is any more, have rules of their own.
      if (!row?.creatable || !engine || !engineRow(engine)) {
        return undefined;
      }
      const gone = engine === 'redis' && isAtLeast(version ?? '', '4.0') === false;
      const field = ({ redis: 'minRedis', memcached: 'minMemcached' } as const)[engine];
      const minimum = field && !row.unsure.includes(field) ? row[field] : undefined;
      return !row.engines?.includes(engine)
        ? `${group.given('CacheNodeType')} does not run ${engineRow(engine)!.title}; it runs ${row.engines?.join(', ')}`
        : minimum && version && !gone && isAtLeast(version.replace(/\.x$/, '.2'), minimum) === false
          ? `${group.given('CacheNodeType')} needs ${engineRow(engine)!.title} ${minimum} or newer, got: ${engineTitle(group)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'DataTieringMustMatchNodeType',
    reads: ['CacheNodeType', 'DataTieringEnabled'],
    evidence: 'live',
    source: `${GUIDE}/data-tiering.html`,
    judge: (group) => {
      const row = nodeTypeRow(group.text('CacheNodeType') ?? '');
      if (!row) {
        return undefined;
      }
      return group.isTrue('DataTieringEnabled') && !row.dataTiering
        ? `${group.name('DataTieringEnabled')} needs an r6gd node type, got: ${group.given('CacheNodeType')}`
        : row.dataTiering && group.isNotTrue('DataTieringEnabled')
          ? `${group.given('CacheNodeType')} needs ${group.name('DataTieringEnabled')}: true, got: ${group.given('DataTieringEnabled')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'DataTieringEvictionPolicy',
    reads: ['DataTieringEnabled', 'CacheParameterGroupName'],
    evidence: 'documented',
    source: `${GUIDE}/data-tiering.html`,
    judge: (group) => {
      const settings = group.related('CacheParameterGroupName')[0]?.value('Properties') as Record<string, unknown> | undefined;
      const policy = settings?.['maxmemory-policy'];
      return group.isTrue('DataTieringEnabled') && typeof policy === 'string' && ['volatile-random', 'allkeys-random', 'volatile-ttl'].includes(policy)
        ? `maxmemory-policy must be noeviction or an lru or lfu policy with data tiering, got: ${policy}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'NodeTypeMissing',
    // What is made from something takes its node type.
    reads: ['CacheNodeType', 'GlobalReplicationGroupId', 'PrimaryClusterId', 'SnapshotName'],
    evidence: 'plan-time',
    source: API,
    judge: (group) => ['CacheNodeType', 'GlobalReplicationGroupId', 'PrimaryClusterId', 'SnapshotName'].every((property) => group.isAbsent(property))
      ? `${group.name('CacheNodeType')} must be given, for example cache.t4g.medium, got: none` : undefined,
  },
  {
    ...COMMON,
    code: 'NodeTypePhasingOut',
    severity: 'warning',
    reads: ['CacheNodeType'],
    evidence: 'documented',
    source: NODE_TYPE_SOURCES.types,
    judge: (group) => nodeTypeRow(group.text('CacheNodeType') ?? '')?.generation === 'phasing-out'
      ? `${group.given('CacheNodeType')} is being closed to new caches; choose a current one such as cache.t4g.medium` : undefined,
  },
  {
    ...COMMON,
    code: 'DurabilityUnsupported',
    reads: [
      'Durability', 'Engine', 'EngineVersion', 'ClusterMode', 'MultiAZEnabled', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'DataTieringEnabled',
      'GlobalReplicationGroupId', 'CacheNodeType',
    ],
    evidence: 'documented',
    source: NODE_TYPE_SOURCES.durability,
    judge: (group) => {
      if (!isDurable(group)) {
        return undefined;
      }
      const nodeType = nodeTypeRow(group.text('CacheNodeType') ?? '');
      const reasons: [boolean, string][] = [
        [lacks(group, 'durability'), lacks(group, 'durability') ? needs(group, 'durability') : ''],
        [modeOf(group) === 'disabled' || modeOf(group) === 'compatible', `needs cluster mode enabled, got: ${group.given('ClusterMode')}`],
        [group.value('MultiAZEnabled') === false, `needs ${group.name('MultiAZEnabled')}: true, got: ${group.given('MultiAZEnabled')}`],
        [replicaCountsOf(group).includes(0), 'needs a replica in every shard, got: a shard with 0 replicas'],
        [group.isTrue('DataTieringEnabled'), `cannot be combined with data tiering, got: ${group.given('DataTieringEnabled')}`],
        [group.isPresent('GlobalReplicationGroupId'), 'is not offered in a global datastore'],
        [nodeType?.durability === false && !nodeType.dataTiering, `is not offered on every node type, got: ${group.given('CacheNodeType')}; choose for example cache.r7g.large`],
      ];
      return reasons.filter(([applies]) => applies).map(([, reason]) => `${group.name('Durability')} ${reason}`);
    },
  },
  {
    ...COMMON,
    code: 'DurabilityWithoutTls',
    severity: 'warning',
    reads: ['Durability', 'TransitEncryptionEnabled'],
    evidence: 'inferred',
    source: CAPABILITIES.durability.source,
    judge: (group) => isDurable(group) && group.value('TransitEncryptionEnabled') === false
      ? `${group.name('Durability')} may need ${group.name('TransitEncryptionEnabled')}: true, got: ${group.given('TransitEncryptionEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'DurabilityEncryptsAtRest',
    severity: 'warning',
    reads: ['Durability', 'AtRestEncryptionEnabled'],
    evidence: 'documented',
    source: CAPABILITIES.durability.source,
    judge: (group) => isDurable(group) && group.value('AtRestEncryptionEnabled') === false
      ? `${group.name('Durability')} turns encryption at rest on, got: ${group.given('AtRestEncryptionEnabled')}; leave it out` : undefined,
  },
];
