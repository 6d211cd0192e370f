// Rules are loaded with the first construct that they judge: to import the library takes none of them.
/* eslint-disable @typescript-eslint/no-require-imports */
import type * as Users from '../access/access-rules';
import type * as CacheUsers from '../access/cache-user-rules';
import type * as AuthTokens from '../auth/auth-token-rules';
import type { Rule } from '../checks/rule';
import type * as Topics from '../monitoring/notification-topic-rules';
import type * as SubnetGroups from '../network/subnet-group-rules';
import type * as ParameterGroups from '../parameters/parameter-group-rules';
import type * as ReplicationGroups from '../replication-group/replication-group-rules';

/** The rules about each kind of resource that a replication group is made of. */
export const RULES = {
  replicationGroup: (): readonly Rule[] => (require('../replication-group/replication-group-rules') as typeof ReplicationGroups).REPLICATION_GROUP_RULES,
  cacheUser: (): readonly Rule[] => (require('../access/cache-user-rules') as typeof CacheUsers).CACHE_USER_RULES,
  authToken: (): readonly Rule[] => (require('../auth/auth-token-rules') as typeof AuthTokens).AUTH_TOKEN_RULES,
  user: (): readonly Rule[] => (require('../access/access-rules') as typeof Users).USER_RULES,
  userGroup: (): readonly Rule[] => (require('../access/access-rules') as typeof Users).USER_GROUP_RULES,
  parameterGroup: (): readonly Rule[] => (require('../parameters/parameter-group-rules') as typeof ParameterGroups).PARAMETER_GROUP_RULES,
  subnetGroup: (): readonly Rule[] => (require('../network/subnet-group-rules') as typeof SubnetGroups).SUBNET_GROUP_RULES,
  notificationTopic: (): readonly Rule[] => (require('../monitoring/notification-topic-rules') as typeof Topics).NOTIFICATION_TOPIC_RULES,
};
