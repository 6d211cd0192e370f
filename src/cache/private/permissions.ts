import { IUserGroupRef, IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { authenticationOf, IUser, UserAuthentication } from '../../access/user-ref';
import { fail } from '../../private/errors';

/** What IAM knows a cache by. */
export interface CacheIdentity {
  readonly arn: string;
  /** The name that a client signs its token for; absent for caches without users. */
  readonly name?: string;
  /** What the token says beside the name, for caches that need it. */
  readonly tokenResourceType?: string;
}

/** What a cache says of its users. */
export interface UserContext {
  readonly defaultUser?: IUser;
  readonly needsUser: boolean;
  readonly userGroup?: IUserGroupRef;
  readonly hasNoUsers?: boolean;
  readonly identity: CacheIdentity;
}

/** One thing that a principal may do. */
interface Statement {
  readonly actions: string[];
  readonly resourceArns: string[];
  readonly conditions?: Record<string, Record<string, string>>;
}

/** What a principal needs to log in as a user, and no more. */
export interface Permissions {
  /** Absent where a token is all it takes. */
  readonly userName?: string;
  readonly authentication?: UserAuthentication;
  /** Where the password is; absent for a user that does not log in with one. */
  readonly secret?: ISecret;
  readonly statements: readonly Statement[];
  /** Whether the user may have a password that this app does not know of. */
  readonly unknown: boolean;
}

/** The user that a client logs in as; an error where there must be one, or can be none. */
export function userOf(cache: IConstruct, given: IUserRef | undefined, context: UserContext): IUserRef | undefined {
  const user = given ?? context.defaultUser;
  if (user && context.hasNoUsers) {
    fail(cache, 'UserNotPossible', `grantAccess cannot take options.user: the engine of the cache knows no users, got: ${user.node.path}`);
  }
  if (!user && context.needsUser) {
    fail(cache, 'UserRequired', 'grantAccess needs options.user: the cache has a user group, and this app does not know as which of its users the client logs in');
  }
  return user;
}

/** What it takes to log in follows from the user alone: a password is read, IAM is asked, and never both. */
export function permissionsOf(user: IUserRef, context: UserContext): Permissions {
  const authentication = authenticationOf(user);
  const userName = (user as Partial<IUser>).userName ?? user.userRef.userName;
  if (authentication === UserAuthentication.IAM) {
    const statements = [{ actions: ['elasticache:Connect'], resourceArns: [context.identity.arn, user.userRef.userArn] }];
    return { userName, authentication, statements, unknown: false };
  }
  const { secret } = user as Partial<IUser>;
  return {
    userName,
    authentication,
    secret,
    statements: secret ? readingOf(secret) : [],
    unknown: !secret && authentication !== UserAuthentication.NO_PASSWORD,
  };
}

/** A client without a user reads the AUTH token. */
export function permissionsOfToken(secret: ISecret): Permissions {
  return { authentication: UserAuthentication.PASSWORD, secret, statements: readingOf(secret), unknown: false };
}

/** Gives permissions by statements on the principal alone: nothing of the cache's refers to the client. */
export function give({ statements }: Permissions, grantee: IGrantable): Grant {
  return statements.map((statement) => Grant.addToPrincipal({ grantee, ...statement })).reduce((all, next) => all.combine(next));
}

/** The secret's own key is reached through its default policy, which leaves the decision to IAM. */
function readingOf(secret: ISecret): Statement[] {
  const read = { actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], resourceArns: [secret.secretArn] };
  return !secret.encryptionKey ? [read] : [read, {
    actions: ['kms:Decrypt'],
    resourceArns: [secret.encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${secret.env.region}.amazonaws.com` } },
  }];
}
