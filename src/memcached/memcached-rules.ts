import { parseMaintenanceWindow, SHORTEST_WINDOW } from '../backup/private/window-text';
import { ResourceView, Rule } from '../checks/rule';
import { CAPABILITIES } from '../engine/private/engine-table';
import { nodeTypeRow } from '../node-type/private/node-type-table';
import { identifierProblem } from '../private/identifiers';
import { engineOf, engineTitle, lacks, needs, REPLICATION_GROUP_RULES } from '../replication-group/replication-group-rules';

const TYPE = 'AWS::ElastiCache::CacheCluster';
const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html';
const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const COMMON = { resourceType: TYPE, severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** Rules about replication groups that hold here as they stand: the same fact, the same code, the same properties. */
const ALIKE = [
  'NodeTypeNotCreatable', 'NodeTypeUnfitForEngine', 'ParameterGroupFamilyMismatch', 'EngineVersionNotCreatable', 'PortOutOfRange',
  'NotificationTopicEncrypted', 'RedisExtendedSupport', 'NetworkTypeUnfitForSubnets',
];
/** The same for Redis OSS alone: that Memcached has no logs and no backups is said once, by rows of their own. */
const ALIKE_FOR_REDIS = [
  'SlowLogUnsupported', 'EngineLogUnsupported', 'BackupRetentionOutOfRange', 'WindowsOverlap', 'WindowsMayOverlap', 'BackupWindowWithoutBackups',
];

/** The quota of nodes of a cluster; it can be raised. */
const USUAL_NODES = 40;

function alike(code: string): Rule {
  return { ...REPLICATION_GROUP_RULES.find((rule) => rule.code === code)!, resourceType: TYPE };
}

function isMemcached(cluster: ResourceView): boolean {
  return engineOf(cluster) === 'memcached';
}

function isRedis(cluster: ResourceView): boolean {
  return engineOf(cluster) === 'redis';
}

/** The zones of the nodes, where all of them are known. */
function zonesOf(cluster: ResourceView): readonly string[] | undefined {
  const zones = cluster.list('PreferredAvailabilityZones');
  return zones?.every((zone) => typeof zone === 'string') ? zones as readonly string[] : undefined;
}

/** Which of some properties are written. */
function written(cluster: ResourceView, ...properties: string[]): string[] {
  return properties.filter((property) => cluster.isPresent(property)).map((property) => cluster.name(property));
}

/** Rules about cache clusters: Memcached, and in templates of others also single nodes of Redis OSS. */
export const MEMCACHED_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'CacheClusterEngineUnsupported',
    reads: ['Engine'],
    evidence: 'live',
    source: API,
    judge: (cluster) => engineOf(cluster) === 'valkey'
      ? 'a cache cluster cannot run Valkey, got: Engine valkey; make a replication group with one node instead' : undefined,
  },
  {
    ...COMMON,
    code: 'ClusterNameInvalid',
    reads: ['ClusterName'],
    evidence: 'live',
    source: API,
    judge: (cluster) => {
      const name = cluster.text('ClusterName');
      const problem = name === undefined ? undefined : identifierProblem(name, 50);
      return problem && `${cluster.name('ClusterName')} must ${problem}, got: ${JSON.stringify(name)}`;
    },
  },
  {
    ...COMMON,
    code: 'NodesOutOfRange',
    reads: ['NumCacheNodes'],
    evidence: 'documented',
    source: API,
    judge: (cluster) => {
      const nodes = cluster.number('NumCacheNodes');
      return nodes !== undefined && !(Number.isInteger(nodes) && nodes >= 1)
        ? `a cache cluster must have one node or more, got: ${cluster.given('NumCacheNodes')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'NodesBeyondQuota',
    severity: 'warning',
    reads: ['NumCacheNodes'],
    evidence: 'documented',
    source: `${GUIDE}/quota-limits.html`,
    judge: (cluster) => (cluster.number('NumCacheNodes') ?? 0) > USUAL_NODES
      ? `${cluster.given('NumCacheNodes')} may be beyond the quota of the account: AWS names ${USUAL_NODES} nodes a cluster; ask for more before the deployment`
      : undefined,
  },
  {
    ...COMMON,
    code: 'RedisClusterHasOneNode',
    reads: ['Engine', 'NumCacheNodes'],
    evidence: 'live',
    source: API,
    judge: (cluster) => isRedis(cluster) && (cluster.number('NumCacheNodes') ?? 1) > 1
      ? `a cache cluster of Redis OSS must have one node, got: ${cluster.given('NumCacheNodes')}; make a replication group for more` : undefined,
  },
  {
    ...COMMON,
    code: 'CrossZoneNeedsTwoNodes',
    reads: ['AZMode', 'NumCacheNodes', 'Engine'],
    evidence: 'live',
    source: API,
    // Other engines have no placement at all.
    judge: (cluster) => cluster.text('AZMode') === 'cross-az' && cluster.number('NumCacheNodes') === 1 && (engineOf(cluster) ?? 'memcached') === 'memcached'
      ? `${cluster.given('AZMode')} needs two nodes or more to spread, got: ${cluster.given('NumCacheNodes')}` : undefined,
  },
  {
    ...COMMON,
    code: 'PlacementNeedsMemcached',
    reads: ['Engine', 'AZMode', 'PreferredAvailabilityZones', 'EngineVersion'],
    evidence: 'documented',
    source: API,
    judge: (cluster) => {
      // A single zone is where one node is: the service takes that of Redis OSS too.
      const spread = [
        ...cluster.text('AZMode') === 'cross-az' ? [cluster.given('AZMode')] : [],
        ...(zonesOf(cluster)?.length ?? 0) > 1 ? [cluster.given('PreferredAvailabilityZones')] : [],
      ];
      return isRedis(cluster) && spread.length > 0 ? `nodes can be spread over zones for Memcached only, got: ${spread.join(' and ')} for ${engineTitle(cluster)}` : undefined;
    },
  },
  {
    ...alike('ZonesMatchNodes'),
    reads: ['PreferredAvailabilityZones', 'NumCacheNodes'],
    source: API,
    judge: (cluster) => {
      const [zones, nodes] = [cluster.count('PreferredAvailabilityZones'), cluster.number('NumCacheNodes')];
      return zones !== undefined && nodes !== undefined && zones !== nodes
        ? `${cluster.name('PreferredAvailabilityZones')} must name one zone a node: ${nodes} for ${cluster.given('NumCacheNodes')}, got: ${zones}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'PlacementContradicts',
    severity: 'warning',
    reads: ['AZMode', 'PreferredAvailabilityZone', 'PreferredAvailabilityZones'],
    evidence: 'inferred',
    source: API,
    judge: (cluster) => {
      const zones = zonesOf(cluster);
      const [mode, distinct] = [cluster.text('AZMode'), zones && new Set(zones).size];
      return [
        ...cluster.isPresent('PreferredAvailabilityZone') && cluster.isPresent('PreferredAvailabilityZones')
          ? [`${written(cluster, 'PreferredAvailabilityZone', 'PreferredAvailabilityZones').join(' and ')} both say where nodes are; give the list alone`] : [],
        ...mode === 'single-az' && distinct !== undefined && distinct > 1
          ? [`${cluster.given('AZMode')} keeps all nodes in one zone, and ${cluster.given('PreferredAvailabilityZones')}`] : [],
        ...mode === 'cross-az' && distinct === 1 && zones!.length > 1
          ? [`${cluster.given('AZMode')} spreads nodes over zones, and ${cluster.given('PreferredAvailabilityZones')}`] : [],
      ];
    },
  },
  {
    ...COMMON,
    code: 'ZonesRepeated',
    severity: 'warning',
    reads: ['PreferredAvailabilityZones'],
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-cachecluster.html',
    judge: (cluster) => {
      const zones = zonesOf(cluster);
      return zones && new Set(zones).size < zones.length
        ? `${cluster.name('PreferredAvailabilityZones')} names a zone twice, which ElastiCache takes and CloudFormation has been known to refuse, got: ${zones.join(', ')}`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'MemcachedHasNoBackups',
    reads: ['Engine', 'SnapshotRetentionLimit', 'SnapshotWindow'],
    evidence: 'live',
    source: API,
    judge: (cluster) => {
      const names = written(cluster, 'SnapshotRetentionLimit', 'SnapshotWindow');
      return isMemcached(cluster) && names.length > 0 ? `Memcached has no backups, got: ${names.join(', ')}; leave it out, also when it is 0` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'MemcachedCannotRestore',
    reads: ['Engine', 'SnapshotArns', 'SnapshotName'],
    evidence: 'live',
    source: API,
    judge: (cluster) => {
      const names = written(cluster, 'SnapshotArns', 'SnapshotName');
      return isMemcached(cluster) && names.length > 0 ? `Memcached cannot start from a snapshot, got: ${names.join(', ')}; leave it out` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'MemcachedHasNoLogs',
    reads: ['Engine', 'LogDeliveryConfigurations'],
    evidence: 'documented',
    source: `${GUIDE}/Log_Delivery.html`,
    judge: (cluster) => isMemcached(cluster) && (cluster.count('LogDeliveryConfigurations') ?? 0) > 0
      ? `Memcached has no log delivery, got: ${cluster.name('LogDeliveryConfigurations')}; leave it out` : undefined,
  },
  {
    ...COMMON,
    code: 'RedisClusterModeUnsupported',
    reads: ['Engine', 'CacheParameterGroupName'],
    evidence: 'live',
    source: API,
    judge: (cluster) => {
      const settings = cluster.related('CacheParameterGroupName')[0]?.value('Properties') as Record<string, unknown> | undefined;
      const on = settings?.['cluster-enabled'] === 'yes' || /\.cluster\.on$/.test(cluster.text('CacheParameterGroupName') ?? '');
      return isRedis(cluster) && on
        ? `a cache cluster of Redis OSS cannot have cluster mode, got: a ${cluster.name('CacheParameterGroupName')} with cluster-enabled; make a replication group`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'RedisClusterHasNoTls',
    reads: ['Engine', 'TransitEncryptionEnabled'],
    evidence: 'live',
    source: `${GUIDE}/in-transit-encryption.html`,
    judge: (cluster) => isRedis(cluster) && cluster.isTrue('TransitEncryptionEnabled')
      ? `a cache cluster of Redis OSS cannot have ${cluster.given('TransitEncryptionEnabled')}; make a replication group with one node` : undefined,
  },
  {
    ...COMMON,
    code: 'MemcachedTlsUnsupported',
    reads: ['Engine', 'EngineVersion', 'TransitEncryptionEnabled'],
    evidence: 'live',
    source: `${GUIDE}/in-transit-encryption-mc.html`,
    judge: (cluster) => isMemcached(cluster) && cluster.isTrue('TransitEncryptionEnabled') && lacks(cluster, 'transitEncryption')
      ? `${cluster.given('TransitEncryptionEnabled')} ${needs(cluster, 'transitEncryption')}` : undefined,
  },
  {
    ...COMMON,
    code: 'MemcachedTlsNodeType',
    reads: ['Engine', 'CacheNodeType', 'TransitEncryptionEnabled'],
    evidence: 'documented',
    source: `${GUIDE}/in-transit-encryption-mc.html`,
    judge: (cluster) => {
      const row = nodeTypeRow(cluster.text('CacheNodeType') ?? '');
      return isMemcached(cluster) && cluster.isTrue('TransitEncryptionEnabled') && row?.creatable && row.engines?.includes('memcached')
        && row.memcachedTls === false
        ? `${cluster.given('CacheNodeType')} cannot encrypt connections of Memcached; choose another such as cache.t4g.medium, ` +
          `or set ${cluster.name('TransitEncryptionEnabled')}: false` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'MemcachedTlsNeedsVpc',
    reads: ['Engine', 'TransitEncryptionEnabled', 'CacheSubnetGroupName'],
    evidence: 'documented',
    source: `${GUIDE}/in-transit-encryption-mc.html`,
    judge: (cluster) => isMemcached(cluster) && cluster.isTrue('TransitEncryptionEnabled') && cluster.isAbsent('CacheSubnetGroupName')
      ? `${cluster.given('TransitEncryptionEnabled')} needs a ${cluster.name('CacheSubnetGroupName')}: Memcached has TLS in a VPC only` : undefined,
  },
  {
    ...COMMON,
    code: 'NetworkTypeUnsupported',
    reads: ['Engine', 'EngineVersion', 'CacheNodeType', 'NetworkType'],
    evidence: 'documented',
    source: CAPABILITIES.ipv6.source,
    judge: (cluster) => {
      const type = cluster.text('NetworkType');
      if (type !== 'ipv6' && type !== 'dual_stack') {
        return undefined;
      }
      return [
        ...lacks(cluster, 'ipv6') ? [`${cluster.given('NetworkType')} ${needs(cluster, 'ipv6')}`] : [],
        ...nodeTypeRow(cluster.text('CacheNodeType') ?? '')?.ipv6 === false
          ? [`${cluster.given('NetworkType')} needs a Nitro node type, got: ${cluster.given('CacheNodeType')}`] : [],
      ];
    },
  },
  {
    ...COMMON,
    code: 'DataTieringNeedsReplicationGroup',
    reads: ['Engine', 'CacheNodeType'],
    evidence: 'documented',
    source: `${GUIDE}/data-tiering.html`,
    judge: (cluster) => isRedis(cluster) && nodeTypeRow(cluster.text('CacheNodeType') ?? '')?.dataTiering
      ? `${cluster.given('CacheNodeType')} can be used in replication groups only, got: a cache cluster` : undefined,
  },
  {
    ...COMMON,
    code: 'MemcachedVersionIncomplete',
    reads: ['Engine', 'EngineVersion'],
    evidence: 'plan-time',
    source: `${GUIDE}/engine-versions.html`,
    judge: (cluster) => {
      const version = cluster.text('EngineVersion');
      return isMemcached(cluster) && version !== undefined && /^\d+(\.\d+)?$/.test(version)
        ? `${cluster.name('EngineVersion')} of Memcached must be major, minor and patch level, as 1.6.22, got: ${version}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'MaintenanceWindowInvalid',
    reads: ['PreferredMaintenanceWindow'],
    evidence: 'live',
    source: API,
    judge: (cluster) => {
      const window = cluster.text('PreferredMaintenanceWindow');
      const span = window === undefined ? undefined : parseMaintenanceWindow(window);
      return window !== undefined && (span === undefined || span.length < SHORTEST_WINDOW)
        ? `${cluster.name('PreferredMaintenanceWindow')} must be of the form ddd:hh:mm-ddd:hh:mm in UTC and at least ${SHORTEST_WINDOW} minutes long, ` +
          `got: ${JSON.stringify(window)}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'CacheSecurityGroupsGone',
    reads: ['CacheSecurityGroupNames'],
    evidence: 'live',
    source: API,
    judge: (cluster) => (cluster.count('CacheSecurityGroupNames') ?? 0) > 0
      ? `${cluster.name('CacheSecurityGroupNames')} cannot be used any more; give security groups of the VPC in VpcSecurityGroupIds` : undefined,
  },
  {
    ...COMMON,
    code: 'SubnetGroupMissing',
    severity: 'warning',
    reads: ['CacheSubnetGroupName'],
    evidence: 'live',
    source: `${GUIDE}/SubnetGroups.html`,
    judge: (cluster) => cluster.isAbsent('CacheSubnetGroupName')
      ? `no ${cluster.name('CacheSubnetGroupName')}: the cache goes into the default VPC, and accounts without one refuse it` : undefined,
  },
  ...ALIKE.map((code) => alike(code)),
  ...ALIKE_FOR_REDIS.map((code): Rule => {
    const rule = alike(code);
    return { ...rule, reads: [...new Set([...rule.reads, 'Engine'])], judge: (cluster) => isMemcached(cluster) ? undefined : rule.judge(cluster) };
  }),
];
