import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** How a client is given access to a cache. */
export interface GrantAccessOptions {
  /**
   * The user that the client logs in as. An error for Memcached, which knows no users.
   *
   * @default - the application user of a `CacheCluster`; an error for a cache with a user group but no application user
   */
  readonly user?: IUserRef;

  /**
   * Who gets the permission to log in as the user: to read its password, or to connect with IAM.
   *
   * @default - the client's own principal: a function's role, the task role of an ECS service
   */
  readonly grantee?: IGrantable;

  /**
   * The containers of an ECS service that get the environment variables.
   *
   * @default - the default container of the task definition
   */
  readonly containers?: ContainerDefinition[];

  /**
   * Whether the client gets the environment variables. They are always in the `CacheAccess` that is returned.
   *
   * @default true
   */
  readonly environment?: boolean;

  /**
   * What the names of the environment variables begin with. Give each cache of a client its own.
   *
   * @default 'CACHE_'
   */
  readonly environmentPrefix?: string;
}

/** What a client was given. */
export interface CacheAccess {
  /**
   * The permission to log in as the user: reading its secret for a user with a password, `elasticache:Connect` on the cache and the user for a user
   * with IAM, never both.
   *
   * @default - none: the cache has no users, or the user's password is not in a secret of this app
   */
  readonly grant?: Grant;

  /**
   * The user that the client logs in as.
   *
   * @default - none: the cache has no users
   */
  readonly user?: IUserRef;

  /**
   * The secret with the fields `username` and `password`.
   *
   * @default - none: the cache has no users, the user logs in with IAM, or its password is not in a secret of this app
   */
  readonly secret?: ISecret;

  /**
   * What a client needs to know, by environment variable. Pass it on to clients that have no environment of their own, for example as user data.
   *
   * - `CACHE_HOST`, `CACHE_PORT`, `CACHE_TLS` (`true` or `false`): where to read and write.
   * - `CACHE_READER_HOST`, and `CACHE_READER_PORT` where it is another than `CACHE_PORT`: where to read only, for caches that have such a place.
   * - `CACHE_USERNAME`: the name to log in with, for caches with users.
   * - `CACHE_SECRET_ARN`: the secret with the fields `username` and `password`, for a user with a password.
   * - `CACHE_IAM_NAME`: the name of the cache that a token is signed for, for a user with IAM; and for a serverless cache `CACHE_IAM_RESOURCE_TYPE`,
   *   the `ResourceType` of the token.
   */
  readonly environment: { [name: string]: string };
}
