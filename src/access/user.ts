import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { SYSTEM_IAM } from './private/system-access';
import { IUser, UserAuthentication, UserBase } from './user-ref';

/** What is known of a user that this app does not own. */
export interface UserAttributes {
  /** The id of the user. */
  readonly userId: string;

  /**
   * The name with which the user logs in.
   *
   * @default - the same as the id, as it is for every IAM user
   */
  readonly userName?: string;

  /**
   * A secret with the fields `username` and `password`, read by clients that are granted access as this user.
   *
   * @default - this app knows of no password
   */
  readonly secret?: ISecret;

  /**
   * How the user proves who it is. `UserAuthentication.IAM` makes `grantAccess` give the permission to connect as the user.
   *
   * @default - with a password when `secret` is given, else not known
   */
  readonly authentication?: UserAuthentication;
}

const IS_USER = Symbol.for('cdk-elasticache.User');

/**
 * A user of Valkey or Redis OSS caches. Make one with `PasswordUser`, `IamUser` or `NoPasswordUser`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 * @resource AWS::ElastiCache::User
 *
 * @example
 * const user = User.fromUserAttributes(this, 'Worker', { userId: 'worker', userName: 'worker' });
 * new ReplicationGroup(this, 'Jobs', { vpc, userGroup: new UserGroup(this, 'Users', { users: [user] }) });
 */
export abstract class User extends UserBase {
  /**
   * A user that this app does not own.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param userId the id of the user
   */
  public static fromUserId(scope: Construct, id: string, userId: string): IUser {
    return User.fromUserAttributes(scope, id, { userId });
  }

  /**
   * A user that this app does not own.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param attributes what is known of the user
   */
  public static fromUserAttributes(scope: Construct, id: string, attributes: UserAttributes): IUser {
    class Imported extends UserBase {
      public readonly userId = attributes.userId;
      public readonly userName = attributes.userName ?? attributes.userId;
      public readonly secret = attributes.secret;
      public readonly authentication = attributes.authentication ?? (attributes.secret && UserAuthentication.PASSWORD);
    }
    return new Imported(scope, id);
  }

  /**
   * The user of the group `UserGroup.fromSystemIamUserGroup()`: AWS makes and keeps it in every account, and it logs in with IAM.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html
   */
  public static fromSystemIamUser(scope: Construct, id: string): IUser {
    return User.fromUserAttributes(scope, id, { userId: SYSTEM_IAM.userId, authentication: UserAuthentication.IAM });
  }

  /**
   * Whether something is a `User` that was made here.
   *
   * @param x anything
   */
  public static isUser(x: any): x is User {
    return x !== null && typeof x === 'object' && IS_USER in x;
  }

  protected constructor(scope: Construct, id: string) {
    super(scope, id);
    Object.defineProperty(this, IS_USER, { value: true });
  }
}
