import { SecretValue } from 'aws-cdk-lib';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';

/** The AUTH token of a replication group: one password that all clients share. */
export interface IAuthToken extends IConstruct {
  /** The secret that holds the token. */
  readonly secret: ISecret;

  /**
   * The field of the secret that is the token.
   *
   * @default - the secret is not JSON, all of it is the token
   */
  readonly secretField?: string;
}

/** Where the token of this or another app is kept. */
export interface AuthTokenAttributes {
  /** The secret that holds the token: 16 to 128 letters, digits, and `! & # $ ^ < > -`. */
  readonly secret: ISecret;

  /**
   * The field of the secret that is the token.
   *
   * @default - the secret is not JSON, all of it is the token
   */
  readonly secretField?: string;
}

/**
 * What owned and imported tokens share.
 *
 * @internal
 */
export abstract class AuthTokenBase extends Construct implements IAuthToken {
  public abstract readonly secret: ISecret;
  public abstract readonly secretField?: string;
}

/** The reference to a token that a template holds; the token itself is never part of one. */
export function authTokenReference(token: IAuthToken): string {
  const value = token.secretField === undefined ? token.secret.secretValue : token.secret.secretValueFromJson(token.secretField);
  return (value satisfies SecretValue).unsafeUnwrap();
}
