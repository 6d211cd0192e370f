import { Stack, Tokenization, Reference } from 'aws-cdk-lib';
import { IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ICacheCluster } from './cache-cluster-ref';
import { AccessContext } from './private/grant-access';
import { give, permissionsOf, userOf } from './private/permissions';
import { warnOfStranger } from './private/user-in-group';
import { IUser } from '../access/user-ref';
import { fail } from '../private/errors';
import { asText } from '../private/tokens';

/**
 * Permissions on a cache, without network and environment, which `grantAccess` gives as well.
 * Permissions are statements on the grantee alone: nothing of the cache refers to it.
 *
 * @example
 * cache.grants.actions(role, ['elasticache:DescribeReplicationGroups']);
 */
export class CacheGrants {
  /** @internal */
  public static _of(cache: ICacheCluster, context: () => AccessContext): CacheGrants {
    return new CacheGrants(cache, context);
  }

  private constructor(private readonly cache: ICacheCluster, private readonly context: () => AccessContext) {}

  /**
   * Gives what it takes to log in as a user: reading its secret for a user with a password, `elasticache:Connect` on exactly the cache and the user
   * for a user with IAM. An error for a user whose password is not in a secret of this app, and for caches without users.
   *
   * @param grantee who logs in
   * @param user as whom; by default the application user of a `CacheCluster`
   */
  public connect(grantee: IGrantable, user?: IUserRef): Grant {
    const context = this.context();
    const found = userOf(this.cache, user, context);
    const permissions = found && permissionsOf(found, context);
    if (!permissions || permissions.statements.length === 0) {
      fail(this.cache, 'NothingToGrant', found ? `connect has nothing to grant: user ${found.node.path} has no secret in this app, and does not log in with IAM`
        : 'connect has nothing to grant: the cache has no users, and whoever reaches its port may use it; use grantAccess, which opens the network');
    }
    warnOfStranger(this.cache, found!, context.userGroup);
    return give(permissions, grantee);
  }

  /**
   * Gives permissions on the cache as a resource of AWS, for example `elasticache:DescribeReplicationGroups`.
   *
   * @param grantee who may do it
   * @param actions actions that take the ARN of such a cache as their resource
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   */
  public actions(grantee: IGrantable, actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.context().identity.arn] });
  }

  /**
   * Keeps the exports that clients in other stacks import, also when no client needs them any more.
   *
   * CDK makes an export while something imports it. When the last client leaves the app, the export leaves the cache's stack in the same deployment,
   * and CloudFormation refuses: the client that is still deployed uses it. With this call what clients import of the cache stays, so its stack can be
   * deployed before its clients, whichever of them come or go. Exports of a VPC that the cache's own stack makes are not the cache's: give the VPC
   * a stack of its own. An imported cache exports nothing.
   *
   * @param users further users whose secrets clients read; the application user of a `CacheCluster` is always one
   */
  public keepExports(...users: IUserRef[]): void {
    const context = this.context();
    const all = [...context.defaultUser ? [context.defaultUser] : [], ...users];
    const secrets = all.flatMap((user) => (user as Partial<IUser>).secret ?? []);
    const endpoints = [this.cache.endpoint, ...context.readerEndpoint ? [context.readerEndpoint] : []];
    const values = [
      ...endpoints.flatMap(({ hostname, port }) => [hostname, asText(port)]),
      ...this.cache.connections.securityGroups.map(({ securityGroupId }) => securityGroupId),
      ...secrets.flatMap(({ secretArn, encryptionKey }) => [secretArn, ...encryptionKey ? [encryptionKey.keyArn] : []]),
      context.identity.arn,
      ...context.identity.name === undefined ? [] : [context.identity.name],
    ];
    const references = values.flatMap((value) => Tokenization.reverseString(value).tokens).filter(Reference.isReference);
    references.forEach((reference) => Stack.of(reference.target).exportValue(reference));
  }
}
