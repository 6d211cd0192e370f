import { ACCESS_CASES, CACHE_USER_CASES } from './access';
import { AUTO_SCALING_CASES } from './auto-scaling';
import { CACHE_CLUSTER_CASES } from './cache-cluster';
import { Case, Cases } from './case';
import { ENGINE_CASES } from './engine';
import { GLOBAL_CASES } from './global';
import { GROUP_CASES } from './groups';
import { MEMCACHED_CASES } from './memcached';
import { NAME_CASES } from './names';
import { NEIGHBOR_ALARM_CASES, NEIGHBOR_NETWORK_CASES, NEIGHBOR_POLICY_CASES, NEIGHBOR_VALUE_CASES } from './neighbor-values';
import { NEIGHBOR_CASES } from './neighbors';
import { NETWORK_CASES } from './network';
import { NETWORK_ACCESS_CASES } from './network-access';
import { PARAMETERS_CASES } from './parameters';
import { PLACE_CASES } from './place';
import { REFERENCE_CASES } from './references';
import { AUTH_CASES, REPLICATION_GROUP_CASES } from './replication-group';
import { SCHEMA_CASES } from './schema';
import { SECRET_CASES } from './secrets';
import { IAM_CASES, SECURITY_CASES } from './security';
import { SERVERLESS_CASES } from './serverless';
import { TRAP_CASES } from './trap';
import { VALUE_CASES } from './values';
import { ZONE_CASES } from './zones';

export * from './case';

/** The cases of every rule, by the folder of the rule and its code. */
export const CASES_BY_FOLDER: Readonly<Record<string, Cases>> = {
  'replication-group': REPLICATION_GROUP_CASES,
  'memcached': MEMCACHED_CASES,
  'serverless': SERVERLESS_CASES,
  'auth': AUTH_CASES,
  'global': GLOBAL_CASES,
  'access': ACCESS_CASES,
  'cache users': CACHE_USER_CASES,
  'network': NETWORK_CASES,
  'parameters': PARAMETERS_CASES,
  'checks/schema': SCHEMA_CASES,
  'checks/engine': ENGINE_CASES,
  'checks/cache-cluster': CACHE_CLUSTER_CASES,
  'checks/groups': GROUP_CASES,
  'checks/network': NETWORK_ACCESS_CASES,
  'checks/place': PLACE_CASES,
  'checks/auto-scaling': AUTO_SCALING_CASES,
  'checks/security': SECURITY_CASES,
  'checks/iam': IAM_CASES,
  'checks/trap': TRAP_CASES,
  'checks/values': VALUE_CASES,
  'checks/secrets': SECRET_CASES,
  'checks/names': NAME_CASES,
  'checks/references': REFERENCE_CASES,
  'checks/zones': ZONE_CASES,
  'checks/neighbors': NEIGHBOR_CASES,
  'checks/neighbor values': NEIGHBOR_VALUE_CASES,
  'checks/neighbor networks': NEIGHBOR_NETWORK_CASES,
  'checks/neighbor alarms': NEIGHBOR_ALARM_CASES,
  'checks/neighbor policies': NEIGHBOR_POLICY_CASES,
};

/** The case of a row: where several types share a code, the further ones have cases of their own, named `Code:Type`. */
export function caseOfRule(folder: string, rule: { readonly code: string; readonly resourceType: string }): Case {
  const cases = CASES_BY_FOLDER[folder] ?? {};
  return cases[`${rule.code}:${rule.resourceType}`] ?? cases[`${rule.code}:${rule.resourceType.split('::')[2]}`] ?? cases[rule.code] ?? { bad: {}, good: {} };
}
