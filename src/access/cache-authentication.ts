import { IUserGroupRef } from 'aws-cdk-lib/aws-elasticache';
import { AccessString } from './access-string';

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
}

/**
 * How clients of a cache log in.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
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
   * The users of a group. `grantAccess` then asks as which of them the client logs in.
   *
   * @param userGroup our own group, a raw `CfnUserGroup`, or an imported one
   */
  public static userGroup(userGroup: IUserGroupRef): CacheAuthentication {
    return new CacheAuthentication('userGroup', undefined, userGroup);
  }

  /** No log-in: whoever the security group lets in may do everything. */
  public static none(): CacheAuthentication {
    return new CacheAuthentication('none');
  }

  /** The kind of authentication: `password`, `userGroup` or `none`. */
  public readonly kind: string;

  /** @internal */
  public readonly _password: PasswordAuthenticationOptions;
  /** @internal */
  public readonly _userGroup?: IUserGroupRef;

  private constructor(kind: string, password: PasswordAuthenticationOptions = {}, userGroup?: IUserGroupRef) {
    this.kind = kind;
    this._password = password;
    this._userGroup = userGroup;
  }
}
