// Engines, versions and node types that are not offered: for replication groups and cache clusters alike. Imports nothing of CDK.
import { familyOf, engineRow, versionsOf, VERSIONS, VERSIONS_SOURCE } from '../../engine/private/engine-table';
import { isClosedFamily, isKnownFamily, nodeTypeRow, NODE_TYPE_SOURCES } from '../../node-type/private/node-type-table';
import { isAtLeast, parseVersion } from '../../private/version-number';
import { FROM_ELSEWHERE } from '../../replication-group/private/rule-words';
import { ResourceView, Rule } from '../rule';

const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const TYPES = ['AWS::ElastiCache::ReplicationGroup', CLUSTER];
const COMMON = { severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;
const NODE_TYPE = /^cache\.([a-z][a-z0-9]*)\.([a-z0-9]+)$/;

/** Engines of which the newest version runs unless another is asked for. Which one of Valkey it is AWS does not say. */
const LATEST = ['redis', 'memcached'];

function engineOf(cache: ResourceView): string | undefined {
  return cache.text('Engine')?.toLowerCase();
}

/** Names for versions that the service takes beside the numbers, and one of which nobody says whether it does. */
const ALIASES: Readonly<Record<string, readonly string[]>> = { redis: ['6.x', '7.x'] };

/** Which versions are not offered: `gone` for what is older than the newest of the table, which will not come any more. */
function versionVerdict(engine: string | undefined, version: string | undefined): 'offered' | 'gone' | 'new' | undefined {
  const row = engineRow(engine ?? '');
  if (!row || version === undefined) {
    return undefined;
  }
  const known = versionsOf(row.name);
  if (known.includes(version) || ALIASES[row.name]?.includes(version)) {
    return 'offered';
  }
  if (parseVersion(version) === undefined) {
    return 'gone';
  }
  // What has patch levels that it must not have, or is older than all there is, and a Memcached version that is cut short, have rules of their own.
  const same = known.some((each) => each.startsWith(`${version}.`) || version.startsWith(`${each}.`));
  const dead = row.name === 'redis' && isAtLeast(version, '4.0') === false;
  const patched = /^\d+\.\d+\.\d+$/.test(version) && (row.name === 'valkey' || (row.name === 'redis' && isAtLeast(version, '6.0') === true));
  return same || dead || patched ? undefined : isAtLeast(known.at(-1)!, version) || row.name === 'redis' ? 'gone' : 'new';
}

function defaultGroup(cache: ResourceView): { name: string; family: string; clusterOn: boolean } | undefined {
  const [name, family, clusterOn] = /^default\.(.+?)(\.cluster\.on)?$/.exec(cache.text('CacheParameterGroupName') ?? '') ?? [];
  return name === undefined ? undefined : { name, family, clusterOn: clusterOn !== undefined };
}

function rulesOf(resourceType: string): Rule[] {
  const common = { ...COMMON, resourceType };
  return [
    {
      ...common,
      code: 'EngineVersionGone',
      reads: ['Engine', 'EngineVersion'],
      evidence: 'documented',
      source: VERSIONS_SOURCE,
      judge: (cache) => {
        const [engine, version] = [engineOf(cache), cache.text('EngineVersion')];
        return versionVerdict(engine, version) === 'gone'
          ? `EngineVersion of ${engineRow(engine!)!.title} must be one of ${versionsOf(engine!).join(', ')}, got: ${JSON.stringify(version)}` : undefined;
      },
    },
    {
      ...common,
      code: 'EngineVersionUnknown',
      severity: 'warning',
      reads: ['Engine', 'EngineVersion'],
      evidence: 'inferred',
      source: VERSIONS_SOURCE,
      judge: (cache) => {
        const [engine, version] = [engineOf(cache), cache.text('EngineVersion')];
        return versionVerdict(engine, version) === 'new'
          ? `${engineRow(engine!)!.title} ${version} is newer than this library, which knows ${versionsOf(engine!).at(-1)}` : undefined;
      },
    },
    {
      ...common,
      code: 'DefaultParameterGroupUnfit',
      reads: ['CacheParameterGroupName', 'Engine', 'EngineVersion'],
      evidence: 'live',
      source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html',
      judge: (cache) => {
        const [engine, version, group] = [engineOf(cache), cache.text('EngineVersion'), defaultGroup(cache)];
        const offered = engine && version && versionVerdict(engine, version) === 'offered' && version !== '7.x' ? familyOf(engine, version) : undefined;
        const ofEngine = VERSIONS.filter((row) => row.engine === engine).map((row) => row.family);
        return !group ? undefined
          : offered ? group.family === offered ? undefined
            : `CacheParameterGroupName must be a group of family ${offered} for ${engineRow(engine!)!.title} ${version}, got: ${group.name}`
            : engineRow(engine ?? '') && VERSIONS.some((row) => row.family === group.family) && !ofEngine.includes(group.family)
              ? `CacheParameterGroupName must be a group for ${engineRow(engine!)!.title}, got: ${group.name}` : undefined;
      },
    },
    {
      ...common,
      code: 'FamilyNeedsVersion',
      reads: ['CacheParameterGroupName', 'Engine', 'EngineVersion', ...FROM_ELSEWHERE],
      // "Expected a parameter group of family redis7 but found one of family redis6.x": https://github.com/hashicorp/terraform-provider-aws/issues/27748
      evidence: 'live',
      source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html',
      judge: (cache) => {
        const engine = engineOf(cache);
        const own = cache.related('CacheParameterGroupName')[0]?.text('CacheParameterGroupFamily');
        const family = own ?? defaultGroup(cache)?.family;
        const families = VERSIONS.filter((row) => row.engine === engine).map((row) => row.family);
        const free = cache.isAbsent('EngineVersion') && FROM_ELSEWHERE.every((property) => cache.isAbsent(property));
        return free && LATEST.includes(engine ?? '') && family !== undefined && families.includes(family) && family !== families.at(-1)
          ? `EngineVersion must be given for a group of family ${family}: left out, the newest version runs, which needs ${families.at(-1)!}` : undefined;
      },
    },
    {
      ...common,
      code: 'NodeTypeInvalid',
      reads: ['CacheNodeType'],
      evidence: 'documented',
      source: NODE_TYPE_SOURCES.types,
      judge: (cache) => {
        const type = cache.text('CacheNodeType');
        const [form, family] = NODE_TYPE.exec(type?.toLowerCase() ?? '') ?? [];
        return type === undefined || nodeTypeRow(type) ? undefined
          : form === undefined ? `CacheNodeType must be of the form cache.FAMILY.SIZE, as cache.t4g.medium, got: ${JSON.stringify(type)}`
            : isClosedFamily(family) ? `CacheNodeType ${type} does not exist: the family ${family} has no such size` : undefined;
      },
    },
    {
      ...common,
      code: 'NodeTypeUnknown',
      severity: 'warning',
      reads: ['CacheNodeType'],
      evidence: 'inferred',
      source: NODE_TYPE_SOURCES.types,
      judge: (cache) => {
        const type = cache.text('CacheNodeType');
        const [form, family] = NODE_TYPE.exec(type?.toLowerCase() ?? '') ?? [];
        return type !== undefined && form !== undefined && !nodeTypeRow(type) && !isClosedFamily(family)
          ? `CacheNodeType ${type} is not known to this library${isKnownFamily(family) ? ', which knows other sizes of it' : ''}` : undefined;
      },
    },
    // Replication groups have a row of their own.
    ...resourceType === CLUSTER ? [{
      ...common,
      code: 'ClusterNodeTypePhasingOut',
      severity: 'warning' as const,
      reads: ['CacheNodeType'],
      evidence: 'documented' as const,
      source: NODE_TYPE_SOURCES.types,
      judge: (cache: ResourceView) => nodeTypeRow(cache.text('CacheNodeType') ?? '')?.generation === 'phasing-out'
        ? `${cache.given('CacheNodeType')} is being closed to new caches; choose a current one such as cache.t4g.medium` : undefined,
    }] : [],
  ];
}

/** Rules about engines, versions and node types. */
export const ENGINE_RULES: readonly Rule[] = [
  ...TYPES.flatMap(rulesOf),
  {
    ...COMMON,
    code: 'PrimaryClusterUnfit',
    resourceType: TYPES[0],
    reads: ['PrimaryClusterId'],
    // "Specified engine does not support replication."
    evidence: 'live',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html',
    judge: (group) => group.related('PrimaryClusterId').some((cluster) => engineOf(cluster) === 'memcached')
      ? 'PrimaryClusterId must be a cluster of Redis OSS, got: a cluster of Memcached, which has no replicas' : undefined,
  },
];
