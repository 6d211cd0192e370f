import { ACCESS_CASES, CACHE_USER_CASES } from './access';
import { Cases } from './case';
import { MEMCACHED_CASES } from './memcached';
import { NETWORK_CASES } from './network';
import { PARAMETERS_CASES } from './parameters';
import { REPLICATION_GROUP_CASES } from './replication-group';
import { SERVERLESS_CASES } from './serverless';

export * from './case';

/** The cases of every rule, by the folder of the rule and its code. */
export const CASES_BY_FOLDER: Readonly<Record<string, Cases>> = {
  'replication-group': REPLICATION_GROUP_CASES,
  'memcached': MEMCACHED_CASES,
  'serverless': SERVERLESS_CASES,
  'access': ACCESS_CASES,
  'cache users': CACHE_USER_CASES,
  'network': NETWORK_CASES,
  'parameters': PARAMETERS_CASES,
};
