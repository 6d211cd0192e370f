// The AWS SDK that the runtime of the function brings, behind the few calls that a rotation makes.
/* eslint-disable import/no-extraneous-dependencies -- the bundle leaves the SDK out, the runtime of the function brings it */
import {
  DescribeReplicationGroupsCommand, DescribeUsersCommand, ElastiCacheClient, ModifyReplicationGroupCommand, ModifyUserCommand,
} from '@aws-sdk/client-elasticache';
import {
  DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient, UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
/* eslint-enable import/no-extraneous-dependencies */
import { AuthTokenService, AuthTokenStrategy } from './auth-token-target';
import { SecretVersions } from './rotate';
import { errorName } from './settle';
import { UserService } from './user-target';

const secretsManager = new SecretsManagerClient({});
const elastiCache = new ElastiCacheClient({});

/** One secret in Secrets Manager. */
export function secretVersions(secretId: string): SecretVersions {
  return {
    async labels() {
      const secret = await secretsManager.send(new DescribeSecretCommand({ SecretId: secretId }));
      return secret.RotationEnabled === false ? undefined : secret.VersionIdsToStages ?? {};
    },
    async read(label, versionId) {
      try {
        const value = await secretsManager.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: label, VersionId: versionId }));
        return value.SecretString;
      } catch (error) {
        if (errorName(error) === 'ResourceNotFound') {
          return undefined;
        }
        throw error;
      }
    },
    async add(versionId, value) {
      try {
        await secretsManager.send(new PutSecretValueCommand({
          SecretId: secretId, ClientRequestToken: versionId, SecretString: value, VersionStages: ['AWSPENDING'],
        }));
      } catch (error) {
        // Two calls of the step at once: the other one wrote the value of this version, and a version never changes.
        if (errorName(error) !== 'ResourceExists') {
          throw error;
        }
      }
    },
    async promote(versionId, insteadOf) {
      await secretsManager.send(new UpdateSecretVersionStageCommand({
        SecretId: secretId, VersionStage: 'AWSCURRENT', MoveToVersionId: versionId, RemoveFromVersionId: insteadOf,
      }));
    },
  };
}

/** One user in ElastiCache. */
export function userService(userId: string): UserService {
  return {
    async describe() {
      const { Users: users } = await elastiCache.send(new DescribeUsersCommand({ UserId: userId }));
      return { status: users?.[0]?.Status ?? 'unknown', passwords: users?.[0]?.Authentication?.PasswordCount ?? 0 };
    },
    async setPasswords(passwords) {
      await elastiCache.send(new ModifyUserCommand({ UserId: userId, AuthenticationMode: { Type: 'password', Passwords: [...passwords] } }));
    },
  };
}

/** The token of one replication group in ElastiCache. */
export function authTokenService(replicationGroupId: string): AuthTokenService {
  return {
    async describe() {
      const { ReplicationGroups: groups } = await elastiCache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: replicationGroupId }));
      return { status: groups?.[0]?.Status ?? 'unknown', tokenChanges: groups?.[0]?.PendingModifiedValues?.AuthTokenStatus !== undefined };
    },
    async changeToken(token: string, strategy: AuthTokenStrategy) {
      await elastiCache.send(new ModifyReplicationGroupCommand({
        ReplicationGroupId: replicationGroupId, AuthToken: token, AuthTokenUpdateStrategy: strategy, ApplyImmediately: true,
      }));
    },
  };
}
