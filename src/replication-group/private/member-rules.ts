// Imports nothing of CDK.
import { COMMON, GUIDE, isWritten, replicaCountsOf } from './rule-words';
import { Rule } from '../../checks/rule';

/** What a secondary takes from the global datastore, and must not say. */
const INHERITED = [
  'NumNodeGroups', 'CacheParameterGroupName', 'Engine', 'EngineVersion', 'CacheNodeType', 'CacheSecurityGroupNames', 'TransitEncryptionEnabled',
  'TransitEncryptionMode', 'AtRestEncryptionEnabled', 'SnapshotArns', 'SnapshotName',
];

const LIMITS = `${GUIDE}/Redis-Global-Datastores-Getting-Started.html`;

/** Rules about membership in a global datastore of replication groups. */
export const MEMBER_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'MemberInheritsProps',
    reads: ['GlobalReplicationGroupId', ...INHERITED],
    evidence: 'live',
    source: LIMITS,
    judge: (group) => {
      const written = group.isPresent('GlobalReplicationGroupId') ? INHERITED.filter((property) => isWritten(group, property)) : [];
      return written.length > 0 ? `a member of a global datastore takes these from it, leave them out: ${written.map((property) => group.name(property)).join(', ')}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'MemberNeedsReplica',
    severity: 'warning',
    reads: ['GlobalReplicationGroupId', 'NumCacheClusters', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration'],
    evidence: 'documented',
    source: LIMITS,
    judge: (group) => group.isPresent('GlobalReplicationGroupId') && (group.number('NumCacheClusters') === 1 || replicaCountsOf(group).includes(0))
      ? 'a member of a global datastore needs a replica when the primary fails over automatically, got: 0 replicas; add one' : undefined,
  },
  {
    ...COMMON,
    code: 'MemberNetworkUnfit',
    reads: ['GlobalReplicationGroupId', 'NetworkType'],
    evidence: 'documented',
    source: LIMITS,
    judge: (group) => group.isPresent('GlobalReplicationGroupId') && ['ipv6', 'dual_stack'].includes(group.text('NetworkType') ?? '')
      ? `a member of a global datastore must have network type ipv4, got: ${group.given('NetworkType')}` : undefined,
  },
  {
    ...COMMON,
    code: 'MemberMinorUpgrades',
    severity: 'warning',
    reads: ['GlobalReplicationGroupId', 'AutoMinorVersionUpgrade'],
    evidence: 'documented',
    source: LIMITS,
    judge: (group) => group.isPresent('GlobalReplicationGroupId') && group.isTrue('AutoMinorVersionUpgrade')
      ? `${group.name('AutoMinorVersionUpgrade')} is turned off by AWS for members of a global datastore, got: ${group.given('AutoMinorVersionUpgrade')}; leave it out` : undefined,
  },
];
