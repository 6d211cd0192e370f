// Imports nothing of CDK.
import { COMMON, GUIDE, isWritten, replicaCountsOf } from './rule-words';
import { Rule } from '../../checks/rule';

/** What a secondary takes from the global datastore, and must not say. */
const INHERITED = [
  'NumNodeGroups', 'CacheParameterGroupName', 'Engine', 'EngineVersion', 'CacheNodeType', 'CacheSecurityGroupNames', 'TransitEncryptionEnabled',
  'TransitEncryptionMode', 'AtRestEncryptionEnabled', 'SnapshotArns', 'SnapshotName',
];

/** Rules about membership in a global datastore of replication groups. */
export const MEMBER_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'MemberInheritsProps',
    reads: ['GlobalReplicationGroupId', ...INHERITED],
    evidence: 'live',
    source: `${GUIDE}/Redis-Global-Datastores-Getting-Started.html`,
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
    source: `${GUIDE}/Redis-Global-Datastores-Getting-Started.html`,
    judge: (group) => group.isPresent('GlobalReplicationGroupId') && (group.number('NumCacheClusters') === 1 || replicaCountsOf(group).includes(0))
      ? 'a member of a global datastore needs a replica when the primary fails over automatically, got: 0 replicas; add one' : undefined,
  },
];
