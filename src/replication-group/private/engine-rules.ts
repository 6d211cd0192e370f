// Imports nothing of CDK.
import { COMMON, engineOf, engineTitle, GUIDE, lacks, needs } from './rule-words';
import { Rule } from '../../checks/rule';
import { CAPABILITIES, engineRow, familyOf, oldestWith } from '../../engine/private/engine-table';
import { isAtLeast } from '../../private/version-number';

/** Rules about the engine and its parameter group of replication groups. */
export const ENGINE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'EngineHasNoReplicationGroups',
    reads: ['Engine', 'EngineVersion'],
    evidence: 'live',
    source: CAPABILITIES.replicationGroup.source,
    judge: (group) => engineRow(engineOf(group) ?? '') && oldestWith('replicationGroup', engineOf(group)!) === undefined
      ? `a replication group cannot run ${engineTitle(group)}; ` +
        group.advice('make a MemcachedCluster, or a CacheCluster with CacheTopology.memcached()', 'make an AWS::ElastiCache::CacheCluster') : undefined,
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
    code: 'RedisExtendedSupport',
    severity: 'warning',
    reads: ['Engine', 'EngineVersion'],
    evidence: 'documented',
    source: `${GUIDE}/extended-support-versions.html`,
    judge: (group) => engineOf(group) === 'redis' && isAtLeast(group.text('EngineVersion') ?? '', '6.0') === false
      ? `${engineTitle(group)} is in Extended Support, which costs extra; move to Valkey` : undefined,
  },
  {
    ...COMMON,
    code: 'MinorUpgradesUnsupported',
    severity: 'warning',
    reads: ['AutoMinorVersionUpgrade', 'Engine', 'EngineVersion'],
    evidence: 'documented',
    source: CAPABILITIES.autoMinorVersionUpgrade.source,
    judge: (group) => group.isTrue('AutoMinorVersionUpgrade') && lacks(group, 'autoMinorVersionUpgrade')
      ? `${group.given('AutoMinorVersionUpgrade')} has no effect: it ${needs(group, 'autoMinorVersionUpgrade')}` : undefined,
  },
];
