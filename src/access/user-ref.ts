import { ArnFormat, Fn, IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import { CfnUser, IUserRef, UserReference } from 'aws-cdk-lib/aws-elasticache';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { userView } from '../private/construct-view';

/**
 * How a user proves who it is.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_AuthenticationMode.html
 */
export enum UserAuthentication {
  /** With one of its passwords. */
  PASSWORD = 'password',
  /** Not at all. Redis OSS only. */
  NO_PASSWORD = 'no-password-required',
  /** With a token of 15 minutes that is signed with the credentials of an IAM identity. */
  IAM = 'iam',
}

/** A user of Valkey or Redis OSS caches. */
export interface IUser extends IResource, IUserRef {
  /**
   * The id of the user in the account and Region.
   *
   * @attribute
   */
  readonly userId: string;

  /**
   * The name with which the user logs in.
   *
   * @attribute
   */
  readonly userName: string;

  /** The secret with the fields `username` and `password`, for a user whose password this app knows of. */
  readonly secret?: ISecret;

  /** How the user proves who it is; absent when this app does not know. */
  readonly authentication?: UserAuthentication;
}

/**
 * What owned and imported users share.
 *
 * @internal
 */
export abstract class UserBase extends Resource implements IUser {
  public abstract readonly userId: string;
  public abstract readonly userName: string;
  public abstract readonly secret?: ISecret;
  public abstract readonly authentication?: UserAuthentication;

  /**
   * The ARN of the user.
   *
   * @attribute
   */
  public get userArn(): string {
    return Stack.of(this).formatArn({ service: 'elasticache', resource: 'user', resourceName: this.userId, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }

  /** The reference that other constructs take. */
  public get userRef(): UserReference {
    return { userName: this.userName, userArn: this.userArn };
  }
}

/**
 * The id behind a reference to a user: literal where it is written in this app, so that `UserIds` never holds a `Ref`.
 */
export function userIdOf(user: IUserRef): string {
  const { userId } = user as Partial<IUser>;
  if (typeof userId === 'string') {
    return userId;
  }
  if (CfnUser.isCfnUser(user)) {
    return user.userId;
  }
  // A reference knows no id: it is the last part of the ARN, arn:<partition>:elasticache:<region>:<account>:user:<id>.
  const arn = user.userRef.userArn;
  return Token.isUnresolved(arn) ? Fn.select(6, Fn.split(':', arn)) : arn.split(':')[6];
}

/** How a user behind a reference proves who it is; `undefined` when this app does not know. */
export function authenticationOf(user: IUserRef): UserAuthentication | undefined {
  const mode = userView(user)?.value('AuthenticationMode') as { Type?: UserAuthentication } | undefined;
  return (user as Partial<IUser>).authentication ?? mode?.Type;
}
