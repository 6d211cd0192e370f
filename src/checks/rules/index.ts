import { AUTO_SCALING_RULES } from './auto-scaling-rules';
import { CACHE_CLUSTER_RULES } from './cache-cluster-rules';
import { ENGINE_RULES } from './engine-rules';
import { GROUP_RULES } from './group-rules';
import { NAME_RULES } from './name-rules';
import { NEIGHBOR_ALARM_RULES } from './neighbor-alarm-rules';
import { NEIGHBOR_NETWORK_RULES } from './neighbor-network-rules';
import { NEIGHBOR_POLICY_RULES } from './neighbor-policy-rules';
import { NEIGHBOR_RULES } from './neighbor-rules';
import { NEIGHBOR_VALUE_RULES } from './neighbor-value-rules';
import { NETWORK_RULES } from './network-rules';
import { PLACE_RULES } from './place-rules';
import { REFERENCE_RULES } from './reference-rules';
import { SCHEMA_RULES } from './schema-rules';
import { SECRET_RULES } from './secret-rules';
import { IAM_RULES, SECURITY_RULES } from './security-rules';
import { TRAP_RULES } from './trap-rules';
import { VALUE_RULES } from './value-rules';
import { ZONE_RULES } from './zone-rules';
import { Rule } from '../rule';

/** Rules that judge finished templates alone, by the file that holds them. */
export const TEMPLATE_RULES: Readonly<Record<string, readonly Rule[]>> = {
  'checks/schema': SCHEMA_RULES,
  'checks/engine': ENGINE_RULES,
  'checks/cache-cluster': CACHE_CLUSTER_RULES,
  'checks/groups': GROUP_RULES,
  'checks/network': NETWORK_RULES,
  'checks/place': PLACE_RULES,
  'checks/auto-scaling': AUTO_SCALING_RULES,
  'checks/security': SECURITY_RULES,
  'checks/iam': IAM_RULES,
  'checks/trap': TRAP_RULES,
  'checks/values': VALUE_RULES,
  'checks/secrets': SECRET_RULES,
  'checks/names': NAME_RULES,
  'checks/references': REFERENCE_RULES,
  'checks/zones': ZONE_RULES,
  'checks/neighbors': NEIGHBOR_RULES,
  'checks/neighbor values': NEIGHBOR_VALUE_RULES,
  'checks/neighbor networks': NEIGHBOR_NETWORK_RULES,
  'checks/neighbor alarms': NEIGHBOR_ALARM_RULES,
  'checks/neighbor policies': NEIGHBOR_POLICY_RULES,
};
