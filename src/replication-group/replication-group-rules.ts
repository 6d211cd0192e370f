import { ACCESS_RULES } from './private/access-rules';
import { BACKUP_RULES } from './private/backup-rules';
import { CLUSTER_MODE_RULES } from './private/cluster-mode-rules';
import { ENGINE_RULES } from './private/engine-rules';
import { MEMBER_RULES } from './private/member-rules';
import { NODE_RULES } from './private/node-rules';
import { NODE_TYPE_RULES } from './private/node-type-rules';
import { SERVICE_RULES } from './private/service-rules';
import { SHARD_RULES } from './private/shard-rules';
import { Rule } from '../checks/rule';

export { engineOf, engineTitle, lacks, needs } from './private/rule-words';

/** Rules about replication groups, by subject. */
export const REPLICATION_GROUP_RULES: readonly Rule[] = [
  ...ENGINE_RULES,
  ...NODE_TYPE_RULES,
  ...NODE_RULES,
  ...CLUSTER_MODE_RULES,
  ...SHARD_RULES,
  ...ACCESS_RULES,
  ...SERVICE_RULES,
  ...BACKUP_RULES,
  ...MEMBER_RULES,
];
