import { Rule } from './rule';
import { TEMPLATE_RULES } from './rules/index';
import { USER_GROUP_RULES, USER_RULES } from '../access/access-rules';
import { CACHE_USER_RULES } from '../access/cache-user-rules';
import { USER_DECLARATION_RULES } from '../access/user-rules';
import { AUTH_TOKEN_RULES } from '../auth/auth-token-rules';
import { GLOBAL_DATASTORE_RULES } from '../global/global-datastore-rules';
import { MEMCACHED_RULES } from '../memcached/memcached-rules';
import { SUBNET_GROUP_RULES } from '../network/subnet-group-rules';
import { PARAMETER_GROUP_RULES } from '../parameters/parameter-group-rules';
import { REPLICATION_GROUP_RULES } from '../replication-group/replication-group-rules';
import { PUBLIC_ENDPOINT_RULES } from '../serverless/public-endpoint-rules';
import { SERVERLESS_RULES } from '../serverless/serverless-rules';

/** All rules, by the folder that knows them. */
export const RULES_BY_FOLDER: Readonly<Record<string, readonly Rule[]>> = {
  'replication-group': REPLICATION_GROUP_RULES,
  'memcached': MEMCACHED_RULES,
  'serverless': [...SERVERLESS_RULES, ...PUBLIC_ENDPOINT_RULES],
  'auth': AUTH_TOKEN_RULES,
  'global': GLOBAL_DATASTORE_RULES,
  'access': [...USER_RULES, ...USER_DECLARATION_RULES, ...USER_GROUP_RULES],
  'cache users': CACHE_USER_RULES,
  'network': SUBNET_GROUP_RULES,
  'parameters': PARAMETER_GROUP_RULES,
  ...TEMPLATE_RULES,
};

/** All rules. */
export const RULES: readonly Rule[] = Object.values(RULES_BY_FOLDER).flat();

/** All rules, by the type of resource they judge. */
export const RULES_BY_TYPE: ReadonlyMap<string, readonly Rule[]> = new Map(
  [...new Set(RULES.map(({ resourceType }) => resourceType))].map((type) => [type, RULES.filter(({ resourceType }) => resourceType === type)]),
);
