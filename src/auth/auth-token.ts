import { RemovalPolicy } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AuthTokenAttributes, AuthTokenBase, IAuthToken } from './auth-token-ref';
import { CredentialRotation } from './credential-rotation';
import { createPasswordSecret, PASSWORD_FIELD } from './private/password-secret';
import { RotationOptions } from './rotation-options';
import { ICacheCluster } from '../cache/cache-cluster-ref';
import { Inspection } from '../private/check';
import { fail } from '../private/errors';
import { refuseSnapshot } from '../private/removal';

/** How a token is kept. */
export interface AuthTokenProps {
  /**
   * The key that the secret is encrypted with. Its policy must let IAM policies of the account grant its use, as CDK's default policy does.
   *
   * @default - the key of Secrets Manager, which AWS manages
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * What happens to the secret when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** A replication group with its VPC, as a token knows it. */
interface Owner {
  readonly cache: ICacheCluster & { readonly replicationGroupId: string };
  readonly vpc: IVpc;
}

const IS_AUTH_TOKEN = Symbol.for('cdk-elasticache.AuthToken');

/**
 * An AUTH token: one password that all clients of a replication group share, generated into Secrets Manager and never part of a template.
 *
 * AWS recommends users with rights of their own instead, which are the default of `CacheCluster`. Giving a token to a cache that exists without
 * one replaces the cache.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
 *
 * @example
 * const authToken = new AuthToken(this, 'Token');
 * new ReplicationGroup(this, 'Orders', { vpc, authToken });
 */
export class AuthToken extends AuthTokenBase {
  /**
   * A token in a secret that exists already.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param attributes where the token is kept
   */
  public static fromAuthTokenAttributes(scope: Construct, id: string, attributes: AuthTokenAttributes): IAuthToken {
    class Imported extends AuthTokenBase {
      public readonly secret = attributes.secret;
      public readonly secretField = attributes.secretField;
    }
    return new Imported(scope, id);
  }

  /**
   * Whether something is an `AuthToken` that was made here.
   *
   * @param x anything
   */
  public static isAuthToken(x: any): x is AuthToken {
    return x !== null && typeof x === 'object' && IS_AUTH_TOKEN in x;
  }

  /** The secret with the field `password`. */
  public readonly secret: ISecret;
  public readonly secretField?: string = PASSWORD_FIELD;

  private readonly owners: Owner[] = [];
  private rotation?: CredentialRotation;

  public constructor(scope: Construct, id: string, props: AuthTokenProps = {}) {
    const inspection = new Inspection(scope, id);
    refuseSnapshot(inspection, props.removalPolicy, 'a secret');
    inspection.finish();

    super(scope, id);
    Object.defineProperty(this, IS_AUTH_TOKEN, { value: true });
    this.secret = createPasswordSecret(this, { ...props, description: 'AUTH token of a cache', fields: {} });
  }

  /**
   * Replaces the token by a new one, again and again. The token before the current one stays valid until the next rotation begins, so clients that
   * read the secret again, at an interval or when the cache refuses them, see no error.
   *
   * @param options when, and from where; `cache` has no meaning here, the token knows its cache
   */
  public addRotation(options: RotationOptions = {}): CredentialRotation {
    const [owner, ...others] = this.owners;
    if (!owner) {
      return fail(this, 'AuthTokenUnused', 'addRotation comes after the cache that has the token: give the token to a ReplicationGroup or CacheCluster first');
    }
    if (others.length > 0) {
      this.refuseTwo(this.owners);
    }
    const { cache, vpc } = owner;
    this.rotation = CredentialRotation._create(this, {
      ...options,
      secret: this.secret,
      secretField: PASSWORD_FIELD,
      vpc: options.vpc ?? vpc,
      // A `CacheCluster` and the group behind it are one cache; any other would tell nothing about the token.
      cache,
      of: { kind: 'authToken', replicationGroupId: cache.replicationGroupId, resource: cache },
    });
    return this.rotation;
  }

  /** @internal */
  public _givenTo(cache: Owner['cache'], vpc: IVpc): void {
    this.owners.push({ cache, vpc });
    if (this.rotation) {
      this.refuseTwo(this.owners);
    }
  }

  private refuseTwo(owners: Owner[]): never {
    return fail(this, 'AuthTokenOfTwoCaches',
      `a token that is rotated belongs to one cache, got: ${owners.map(({ cache }) => cache.node.path).join(', ')}; make an AuthToken for each`);
  }
}

/** Tells a token of this app which cache has it. */
export function giveToken(token: IAuthToken | undefined, cache: Owner['cache'], vpc: IVpc): void {
  if (AuthToken.isAuthToken(token)) {
    token._givenTo(cache, vpc);
  }
}
