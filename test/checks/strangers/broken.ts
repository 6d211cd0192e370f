import { BROKEN_ACCESS } from './broken-access';
import { BROKEN_CLUSTERS } from './broken-clusters';
import { BROKEN_PARTS } from './broken-references';
import { BROKEN_REPLICATION_GROUPS } from './broken-replication-groups';
import { BROKEN_TEMPLATES } from './broken-templates';

export const BROKEN = [...BROKEN_REPLICATION_GROUPS, ...BROKEN_CLUSTERS, ...BROKEN_ACCESS, ...BROKEN_PARTS, ...BROKEN_TEMPLATES];
