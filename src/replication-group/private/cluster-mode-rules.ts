// Imports nothing of CDK.
import { API, clusterParameterOf, COMMON, GUIDE, isSharded, lacks, modeOf, needs, shardCountOf } from './rule-words';
import { ResourceView, Rule } from '../../checks/rule';
import { CAPABILITIES } from '../../engine/private/engine-table';
import { CLUSTER_PARAMETER } from '../../parameters/private/cluster-parameter';

const MODE = `${GUIDE}/modify-cluster-mode.html`;

/** What must be in the parameter group, in words that end a message. */
const PARAMETER = `a group with ${CLUSTER_PARAMETER.name}: ${CLUSTER_PARAMETER.on}`;

function isOneShard(group: ResourceView): boolean {
  return (shardCountOf(group) ?? 1) <= 1;
}

/** Rules about the cluster mode of replication groups. */
export const CLUSTER_MODE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ShardsNeedClusterParameter',
    reads: ['NumNodeGroups', 'NodeGroupConfiguration', 'CacheParameterGroupName'],
    evidence: 'live',
    source: CLUSTER_PARAMETER.source,
    judge: (group) => !isOneShard(group) && clusterParameterOf(group) === false
      ? `${group.name('CacheParameterGroupName')} must be ${PARAMETER} for ${shardCountOf(group)} shards, got: a group without; make another group with it` : undefined,
  },
  {
    ...COMMON,
    code: 'ClusterParameterMissing',
    severity: 'warning',
    reads: ['ClusterMode', 'CacheParameterGroupName', 'NumNodeGroups', 'NodeGroupConfiguration'],
    evidence: 'documented',
    source: MODE,
    judge: (group) => ['enabled', 'compatible'].includes(modeOf(group) ?? '') && isOneShard(group) && clusterParameterOf(group) === false
      ? `${group.name('CacheParameterGroupName')} should be ${PARAMETER} in cluster mode ${modeOf(group)}, got: a group without; make another group with it` : undefined,
  },
  {
    ...COMMON,
    code: 'DisabledModeHasOneShard',
    reads: ['ClusterMode', 'NumNodeGroups'],
    evidence: 'documented',
    source: API,
    judge: (group) => modeOf(group) === 'disabled' && (group.number('NumNodeGroups') ?? 1) > 1
      ? `${group.name('NumNodeGroups')} must be 1 or left out for ${group.given('ClusterMode')}, got: ${group.number('NumNodeGroups')}` : undefined,
  },
  {
    ...COMMON,
    code: 'ClusterModeContradicts',
    severity: 'warning',
    reads: ['ClusterMode', 'NumNodeGroups', 'CacheParameterGroupName'],
    evidence: 'inferred',
    source: MODE,
    judge: (group) => modeOf(group) === 'disabled' && (group.number('NumNodeGroups') ?? 1) <= 1 && clusterParameterOf(group) === true
      ? `${group.given('ClusterMode')} contradicts ${group.name('CacheParameterGroupName')}, which has ${CLUSTER_PARAMETER.name}: ${CLUSTER_PARAMETER.on}`
      : undefined,
  },
  {
    ...COMMON,
    code: 'ClusterModeNeedsFailover',
    reads: ['AutomaticFailoverEnabled', 'ClusterMode', 'NumNodeGroups', 'CacheParameterGroupName', 'NodeGroupConfiguration'],
    evidence: 'live',
    source: API,
    judge: (group) => group.value('AutomaticFailoverEnabled') === false && isSharded(group)
      ? `${group.name('AutomaticFailoverEnabled')} must be true in cluster mode, got: ${group.given('AutomaticFailoverEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'ClusterModeUnsupported',
    severity: 'warning',
    reads: ['ClusterMode', 'Engine', 'EngineVersion'],
    evidence: 'documented',
    source: CAPABILITIES.clusterModeCompatible.source,
    judge: (group) => modeOf(group) === 'compatible' && lacks(group, 'clusterModeCompatible')
      ? `${group.given('ClusterMode')} ${needs(group, 'clusterModeCompatible')}; upgrade in a deployment before this one` : undefined,
  },
  {
    ...COMMON,
    code: 'CompatibleModeNeedsReplica',
    severity: 'warning',
    reads: ['ClusterMode', 'AutomaticFailoverEnabled', 'NumCacheClusters'],
    evidence: 'documented',
    source: MODE,
    judge: (group) => modeOf(group) === 'compatible' && (group.value('AutomaticFailoverEnabled') === false || group.number('NumCacheClusters') === 1)
      ? `${group.given('ClusterMode')} needs a replica and ${group.name('AutomaticFailoverEnabled')}: true, ` +
        `got: ${group.number('NumCacheClusters') === 1 ? group.given('NumCacheClusters') : group.given('AutomaticFailoverEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'CompatibleModeTemporary',
    severity: 'warning',
    reads: ['ClusterMode'],
    evidence: 'documented',
    source: MODE,
    judge: (group) => modeOf(group) === 'compatible'
      ? `${group.given('ClusterMode')} is a step on the way to cluster mode: change nothing else in the deployment that brings it, and nothing while it lasts; ` +
        'keep all keys in database 0, move every client to the configuration endpoint, then go on to cluster mode enabled with one shard' : undefined,
  },
];
