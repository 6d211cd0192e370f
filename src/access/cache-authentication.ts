import { Duration } from 'aws-cdk-lib';
import { IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { AccessString } from './access-string';
import { IAuthToken } from '../auth/auth-token-ref';

/** How the application user of a cache is made. */
export interface PasswordAuthenticationOptions {
  /**
   * The name with which the application logs in.
   *
   * @default 'app'
   */
  readonly userName?: string;

  /**
   * What the application may do.
   *
   * @default AccessString.readWrite()
   */
  readonly accessString?: AccessString;

  /**
   * Replaces the password by a new one whenever this time has passed: 4 hours to 1000 days, whole hours. The function that does it runs in the VPC of
   * the cache, tries the new password there, and with an `alarmTopic` of the cache its failures are told there. `cache.applicationUser.addRotation()` has more to choose.
   *
   * @default - the password stays
   */
  readonly rotationInterval?: Duration;
}

/** How the application user of a cache that logs in with IAM is made. */
export interface IamAuthenticationOptions {
  /**
   * What the application may do.
   *
   * @default AccessString.readWrite()
   */
  readonly accessString?: AccessString;
}

/**
 * How clients of a cache log in.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
 *
 * @example
 * new CacheCluster(this, 'Orders', { vpc, authentication: CacheAuthentication.iam() }).grantAccess(fn);
 */
export class CacheAuthentication {
  /**
   * A user of the application's own, with a password that is generated into Secrets Manager. Nobody else can log in.
   *
   * @param options name and rights of the user
   */
  public static password(options: PasswordAuthenticationOptions = {}): CacheAuthentication {
    return new CacheAuthentication('password', options);
  }

  /**
   * A user of the application's own that logs in with IAM: no password is kept anywhere, and the client signs a token with its own credentials.
   * Valkey 7.2 and later, Redis OSS 7.0 and later.
   *
   * @param options rights of the user
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  public static iam(options: IamAuthenticationOptions = {}): CacheAuthentication {
    return new CacheAuthentication('iam', options);
  }

  /**
   * The users of a group. `grantAccess` then asks as which of them the client logs in.
   *
   * @param userGroup our own group, a raw `CfnUserGroup`, or an imported one
   */
  public static userGroup(userGroup: IUserGroupRef): CacheAuthentication {
    return new CacheAuthentication('userGroup', undefined, userGroup);
  }

  /**
   * One password that all clients share, for applications that know no user names. A cache cannot go from here to users without being replaced.
   *
   * @param authToken generated, or in a secret of your own
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
   */
  public static authToken(authToken: IAuthToken): CacheAuthentication {
    return new CacheAuthentication('authToken', undefined, undefined, authToken);
  }

  /** No log-in: whoever the security group lets in may do everything. */
  public static none(): CacheAuthentication {
    return new CacheAuthentication('none');
  }

  /** The kind of authentication: `password`, `iam`, `userGroup`, `authToken` or `none`. */
  public readonly kind: string;

  /** @internal */
  public readonly _user: PasswordAuthenticationOptions;
  /** @internal */
  public readonly _userGroup?: IUserGroupRef;

  /** @internal */
  public readonly _authToken?: IAuthToken;

  private constructor(kind: string, user: PasswordAuthenticationOptions = {}, userGroup?: IUserGroupRef, authToken?: IAuthToken) {
    this.kind = kind;
    this._user = user;
    this._userGroup = userGroup;
    this._authToken = authToken;
  }

  /**
   * Whether the cache makes its users itself.
   *
   * @internal
   */
  public get _ownsUsers(): boolean {
    return this.kind === 'password' || this.kind === 'iam';
  }
}
