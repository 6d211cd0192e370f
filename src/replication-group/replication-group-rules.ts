import { windowsOverlap } from '../backup/private/window-text';
import { ResourceView, Rule } from '../checks/rule';
import { Capability, CAPABILITIES, engineRow, familyOf, oldestWith, supports } from '../engine/private/engine-table';
import { nodeTypeRow } from '../node-type/private/node-type-table';
import { identifierProblem } from '../private/identifiers';
import { isAtLeast } from '../private/version-number';

const TYPE = 'AWS::ElastiCache::ReplicationGroup';
const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html';
const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const COMMON = { resourceType: TYPE, severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** The name of the engine, as CloudFormation compares it. */
export function engineOf(group: ResourceView): string | undefined {
  return group.text('Engine')?.toLowerCase();
}

/** The engine as people say it, for messages: `Redis OSS 6.0`. */
export function engineTitle(group: ResourceView): string {
  return `${engineRow(engineOf(group) ?? '')?.title ?? group.text('Engine')} ${group.text('EngineVersion') ?? ''}`.trim();
}

/** Whether the engine certainly lacks a capability. */
export function lacks(group: ResourceView, capability: Capability): boolean {
  return supports(capability, engineOf(group), group.text('EngineVersion')) === false;
}

/** What the engine would have to be for a capability, in words that follow the name of a prop. */
export function needs(group: ResourceView, capability: Capability): string {
  const engine = engineOf(group)!;
  const oldest = oldestWith(capability, engine);
  return oldest ? `needs ${engineRow(engine)!.title} ${oldest} or newer, got: ${engineTitle(group)}` : `is not offered by ${engineRow(engine)!.title}`;
}

/** The log deliveries of a type: `slow-log` or `engine-log`. */
function deliveries(group: ResourceView, logType: string): unknown[] {
  return (group.list('LogDeliveryConfigurations') ?? []).filter((entry) => (entry as { LogType?: unknown }).LogType === logType);
}

/** Rules about replication groups. */
export const REPLICATION_GROUP_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'EngineHasNoReplicationGroups',
    reads: ['Engine'],
    evidence: 'live',
    source: CAPABILITIES.replicationGroup.source,
    judge: (group) => engineRow(engineOf(group) ?? '') && oldestWith('replicationGroup', engineOf(group)!) === undefined
      ? `a replication group cannot run ${engineTitle(group)}; make a MemcachedCluster, or a CacheCluster with CacheTopology.memcached()` : undefined,
  },
  {
    ...COMMON,
    code: 'ReplicationGroupIdInvalid',
    reads: ['ReplicationGroupId'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const id = group.text('ReplicationGroupId');
      const problem = id === undefined ? undefined : identifierProblem(id, 40);
      return problem && `${group.name('ReplicationGroupId')} must ${problem}, got: ${JSON.stringify(id)}`;
    },
  },
  {
    ...COMMON,
    code: 'ReplicasOutOfRange',
    reads: ['NumCacheClusters'],
    evidence: 'documented',
    source: API,
    judge: (group) => {
      const nodes = group.number('NumCacheClusters');
      return nodes === undefined || (Number.isInteger(nodes) && nodes >= 1 && nodes <= 6) ? undefined
        : `a shard must have one primary and 0 to 5 replicas, got: ${group.given('NumCacheClusters')}`;
    },
  },
  {
    ...COMMON,
    code: 'FailoverNeedsReplica',
    reads: ['AutomaticFailoverEnabled', 'NumCacheClusters'],
    evidence: 'live',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => group.isTrue('AutomaticFailoverEnabled') && group.number('NumCacheClusters') === 1
      ? `${group.name('AutomaticFailoverEnabled')} needs a replica to fail over to, got: ${group.given('NumCacheClusters')}; ` +
        `add a replica or set ${group.name('AutomaticFailoverEnabled')}: false` : undefined,
  },
  {
    ...COMMON,
    code: 'MultiAzNeedsFailover',
    reads: ['MultiAZEnabled', 'AutomaticFailoverEnabled'],
    evidence: 'plan-time',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => group.isTrue('MultiAZEnabled') && group.isNotTrue('AutomaticFailoverEnabled')
      ? `${group.name('MultiAZEnabled')} needs ${group.name('AutomaticFailoverEnabled')}: true, got: ${group.given('AutomaticFailoverEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'MultiAzInOneZone',
    severity: 'warning',
    reads: ['MultiAZEnabled', 'CacheSubnetGroupName'],
    evidence: 'inferred',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => {
      const zones = group.related('CacheSubnetGroupName')[0]?.allRelated('SubnetIds')?.map((subnet) => subnet.text('AvailabilityZone'));
      const one = zones && (zones.length === 1 || (zones.length > 1 && zones[0] !== undefined && new Set(zones).size === 1));
      return one && group.isTrue('MultiAZEnabled')
        ? `${group.name('MultiAZEnabled')} is on, but all subnets are in one availability zone: a failure of the zone takes the cache down; ` +
          'choose subnets in two zones or more' : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ZonesMatchNodes',
    reads: ['PreferredCacheClusterAZs', 'NumCacheClusters'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const [zones, nodes] = [group.list('PreferredCacheClusterAZs'), group.number('NumCacheClusters')];
      return zones && nodes !== undefined && zones.length !== nodes
        ? `${group.name('PreferredCacheClusterAZs')} must name one zone a node, the primary's first: ${nodes} for ${group.given('NumCacheClusters')}, got: ${zones.length}`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'UserGroupNeedsTls',
    reads: ['UserGroupIds', 'TransitEncryptionEnabled'],
    evidence: 'live',
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (group) => group.isFilled('UserGroupIds') && group.isNotTrue('TransitEncryptionEnabled')
      ? `${group.name('UserGroupIds')} needs ${group.name('TransitEncryptionEnabled')}: true, got: ${group.given('TransitEncryptionEnabled')}; ` +
        'users log in over TLS only' : undefined,
  },
  {
    ...COMMON,
    code: 'UserGroupUnsupported',
    reads: ['UserGroupIds', 'Engine', 'EngineVersion'],
    evidence: 'documented',
    source: CAPABILITIES.userGroups.source,
    judge: (group) => group.isFilled('UserGroupIds') && lacks(group, 'userGroups')
      ? `${group.name('UserGroupIds')} ${needs(group, 'userGroups')}` : undefined,
  },
  {
    ...COMMON,
    code: 'UserGroupEngineUnfit',
    reads: ['UserGroupIds', 'Engine'],
    evidence: 'documented',
    source: `${GUIDE}/Clusters.RBAC.html`,
    judge: (group) => engineOf(group) === 'redis' && group.related('UserGroupIds').some((userGroup) => userGroup.text('Engine')?.toLowerCase() === 'valkey')
      ? `a Redis OSS cache takes only user groups of Redis OSS, got for ${group.name('UserGroupIds')}: a group of Valkey; make the group with engine: CacheEngine.redis()`
      : undefined,
  },
  {
    ...COMMON,
    code: 'KeyNeedsAtRestEncryption',
    reads: ['KmsKeyId', 'AtRestEncryptionEnabled'],
    evidence: 'live',
    source: `${GUIDE}/at-rest-encryption.html`,
    judge: (group) => group.isPresent('KmsKeyId') && group.value('AtRestEncryptionEnabled') === false
      ? `${group.name('KmsKeyId')} needs ${group.name('AtRestEncryptionEnabled')}: true, got: ${group.given('AtRestEncryptionEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'ParameterGroupFamilyMismatch',
    reads: ['CacheParameterGroupName', 'Engine', 'EngineVersion'],
    evidence: 'live',
    source: `${GUIDE}/ParameterGroups.html`,
    judge: (group) => {
      const [engine, version] = [engineOf(group), group.text('EngineVersion')];
      const expected = engine && version ? familyOf(engine, version) : undefined;
      const actual = group.related('CacheParameterGroupName')[0]?.text('CacheParameterGroupFamily');
      return expected && actual && actual !== expected
        ? `${group.name('CacheParameterGroupName')} must be of family ${expected} for ${engineTitle(group)}, got: ${actual}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'EngineVersionNotCreatable',
    reads: ['Engine', 'EngineVersion'],
    evidence: 'plan-time',
    source: `${GUIDE}/engine-versions.html`,
    judge: (group) => {
      const [engine, version] = [engineOf(group), group.text('EngineVersion')];
      const patched = version !== undefined && /^\d+\.\d+\.\d+$/.test(version) && (engine === 'valkey' || (engine === 'redis' && isAtLeast(version, '6.0')));
      const dead = version !== undefined && engine === 'redis' && isAtLeast(version, '4.0') === false;
      return patched ? `engine version must be major and minor, as ${version.replace(/\.\d+$/, '')}, got: ${version}`
        : dead ? `Redis OSS ${version} can no longer be created; the oldest is 4.0.10, the successor is Valkey` : undefined;
    },
  },
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
      if (!row?.creatable || !engine) {
        return undefined;
      }
      const field = ({ redis: 'minRedis', memcached: 'minMemcached' } as const)[engine];
      const minimum = field && !row.unsure.includes(field) ? row[field] : undefined;
      return !row.engines?.includes(engine)
        ? `${group.given('CacheNodeType')} does not run ${engineRow(engine)?.title ?? engine}; it runs ${row.engines?.join(', ')}`
        : minimum && version && isAtLeast(version.replace(/\.x$/, '.2'), minimum) === false
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
  ...(['slow-log', 'engine-log'] as const).map((logType): Rule => ({
    ...COMMON,
    code: logType === 'slow-log' ? 'SlowLogUnsupported' : 'EngineLogUnsupported',
    reads: ['LogDeliveryConfigurations', 'Engine', 'EngineVersion'],
    evidence: 'live',
    source: `${GUIDE}/Log_Delivery.html`,
    judge: (group) => {
      const capability = logType === 'slow-log' ? 'slowLog' : 'engineLog';
      return deliveries(group, logType).length > 0 && lacks(group, capability)
        ? `delivery of the ${logType} ${needs(group, capability)}; leave it out or pass LogDelivery.none()` : undefined;
    },
  })),
  {
    ...COMMON,
    code: 'PortOutOfRange',
    reads: ['Port'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const port = group.number('Port');
      return port === undefined || (Number.isInteger(port) && port >= 1150 && port <= 65535 && port !== 8005) ? undefined
        : `${group.name('Port')} must be 1150 to 8004 or 8006 to 65535, got: ${port}`;
    },
  },
  {
    ...COMMON,
    code: 'BackupRetentionOutOfRange',
    reads: ['SnapshotRetentionLimit'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const days = group.number('SnapshotRetentionLimit');
      return days === undefined || (Number.isInteger(days) && days >= 0 && days <= 35) ? undefined
        : `${group.name('SnapshotRetentionLimit')} must be 0 to 35 whole days, 0 for no backups, got: ${days}`;
    },
  },
  {
    ...COMMON,
    code: 'WindowsOverlap',
    reads: ['SnapshotWindow', 'PreferredMaintenanceWindow'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const [backup, maintenance] = [group.text('SnapshotWindow'), group.text('PreferredMaintenanceWindow')];
      const found = backup && maintenance ? windowsOverlap(backup, maintenance) : undefined;
      return found?.overlap && found.sure
        ? `${group.name('SnapshotWindow')} and ${group.name('PreferredMaintenanceWindow')} must not overlap, got: ${backup} and ${maintenance}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'WindowsMayOverlap',
    severity: 'warning',
    reads: ['SnapshotWindow', 'PreferredMaintenanceWindow'],
    evidence: 'inferred',
    source: API,
    judge: (group) => {
      const [backup, maintenance] = [group.text('SnapshotWindow'), group.text('PreferredMaintenanceWindow')];
      const found = backup && maintenance ? windowsOverlap(backup, maintenance) : undefined;
      return found?.overlap && !found.sure
        ? `${group.name('SnapshotWindow')} and ${group.name('PreferredMaintenanceWindow')} may overlap at midnight, got: ${backup} and ${maintenance}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'BackupWindowWithoutBackups',
    severity: 'warning',
    reads: ['SnapshotWindow', 'SnapshotRetentionLimit'],
    evidence: 'documented',
    source: API,
    judge: (group) => group.isPresent('SnapshotWindow') && group.number('SnapshotRetentionLimit') === 0
      ? `${group.name('SnapshotWindow')} has no effect while ${group.given('SnapshotRetentionLimit')}` : undefined,
  },
  {
    ...COMMON,
    code: 'NotificationTopicEncrypted',
    reads: ['NotificationTopicArn'],
    evidence: 'documented',
    source: `${GUIDE}/ElastiCacheSNS.html`,
    judge: (group) => group.related('NotificationTopicArn')[0]?.isPresent('KmsMasterKeyId')
      ? `${group.name('NotificationTopicArn')} must be a topic without encryption: ElastiCache cannot publish to an encrypted one and detaches it; ` +
        'remove the topic\'s key or use another topic' : undefined,
  },
  {
    ...COMMON,
    code: 'DescriptionInvalid',
    reads: ['ReplicationGroupDescription'],
    evidence: 'documented',
    source: API,
    judge: (group) => {
      const description = group.text('ReplicationGroupDescription');
      return description === undefined || (description.length >= 1 && description.length <= 255) ? undefined
        : `${group.name('ReplicationGroupDescription')} must have 1 to 255 characters, got: ${description.length}`;
    },
  },
  {
    ...COMMON,
    code: 'RedisExtendedSupport',
    severity: 'warning',
    reads: ['Engine', 'EngineVersion'],
    evidence: 'documented',
    source: `${GUIDE}/extended-support-versions.html`,
    judge: (group) => engineOf(group) === 'redis' && isAtLeast(group.text('EngineVersion') ?? '', '6.0') === false
      ? `${engineTitle(group)} is in Extended Support, which costs extra; move to Valkey` : undefined,
  },
];
