// Imports nothing of CDK.
import { API, COMMON, GUIDE, isSharded, isWritten, shardsOf } from './rule-words';
import { windowsOverlap } from '../../backup/private/window-text';
import { Rule } from '../../checks/rule';

const SEEDING = `${GUIDE}/backups-seeding-redis.html`;

/** Rules about backups, windows and restoring of replication groups. */
export const BACKUP_RULES: readonly Rule[] = [
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
    code: 'RestoreNeedsSlots',
    reads: ['SnapshotArns', 'ClusterMode', 'NumNodeGroups', 'NodeGroupConfiguration', 'CacheParameterGroupName'],
    evidence: 'documented',
    source: SEEDING,
    judge: (group) => group.isFilled('SnapshotArns') && isSharded(group)
      && (group.isAbsent('NodeGroupConfiguration') || shardsOf(group)?.some((shard) => shard.isAbsent('Slots')))
      ? `${group.name('SnapshotArns')} from files needs the slots of every shard in cluster mode; give ${group.name('NodeGroupConfiguration')} with slots` : undefined,
  },
  {
    ...COMMON,
    code: 'SnapshotArnInvalid',
    reads: ['SnapshotArns'],
    evidence: 'documented',
    source: API,
    judge: (group) => {
      const odd = (group.list('SnapshotArns') ?? []).filter((arn) => typeof arn === 'string' && arn.includes(','));
      return odd.length > 0 ? `${group.name('SnapshotArns')} must be files without commas in their names, got: ${JSON.stringify(odd[0])}` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'RestoreSourceTwice',
    severity: 'warning',
    reads: ['SnapshotName', 'SnapshotArns'],
    evidence: 'inferred',
    source: API,
    judge: (group) => isWritten(group, 'SnapshotArns') && group.isPresent('SnapshotName') && group.isFilled('SnapshotArns')
      ? `${group.name('SnapshotName')} and ${group.name('SnapshotArns')} both fill the cache; leave one out` : undefined,
  },
];
