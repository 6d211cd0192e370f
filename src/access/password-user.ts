import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AccessString } from './access-string';
import { defaultAccess } from './private/default-access';
import { createUser, inspectUser, UserPlan } from './private/user-resource';
import { User } from './user';
import { UserOptions } from './user-options';
import { UserAuthentication } from './user-ref';
import type { CredentialRotation } from '../auth/credential-rotation';
import { credentialRotation, rotationPlan } from '../auth/private/loading';
import { createPasswordSecret, PASSWORD_FIELD } from '../auth/private/password-secret';
import { RotationOptions } from '../auth/rotation-options';
import { attach, Inspection } from '../private/check';
import { refuseSnapshot } from '../private/removal';

/** What a user with a password is made of. */
export interface PasswordUserProps extends UserOptions {
  /**
   * The name with which the user logs in.
   *
   * @default - the id of the construct, in lower case
   */
  readonly userName?: string;

  /**
   * What the user may do.
   *
   * @default AccessString.readWrite()
   */
  readonly accessString?: AccessString;

  /**
   * One or two passwords of 16 to 128 characters, from Secrets Manager or another place that keeps them out of the template.
   *
   * @default - a password of 64 letters and digits is generated into a new secret
   */
  readonly passwords?: SecretValue[];

  /**
   * The key that the new secret is encrypted with. Its policy must let IAM policies of the account grant its use, as CDK's default policy does.
   *
   * @default - the key of Secrets Manager, which AWS manages
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * What happens to the new secret when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A user that logs in with a password, by default one that is generated into Secrets Manager and never appears in a template.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 * @resource AWS::ElastiCache::User
 *
 * @example
 * const user = new PasswordUser(this, 'Reader', { accessString: AccessString.readOnly() });
 * new ReplicationGroup(this, 'Orders', { vpc, userGroup: new UserGroup(this, 'Users', { users: [user] }) }).grantAccess(fn, { user });
 */
export class PasswordUser extends User {
  public readonly userId: string;
  public readonly userName: string;
  public readonly authentication? = UserAuthentication.PASSWORD;
  /** The secret with the fields `username` and `password`; absent when the passwords were given. */
  public readonly secret?: ISecret;
  private ownRotation?: CredentialRotation;

  public constructor(scope: Construct, id: string, props: PasswordUserProps = {}) {
    const inspection = new Inspection(scope, id);
    const userName = props.userName ?? id.toLowerCase();
    const plan: UserPlan = {
      options: props, userName, accessString: props.accessString ?? defaultAccess(),
    };
    refuseSnapshot(inspection, props.removalPolicy, 'a secret');
    const passwords = props.passwords?.map((password) => password.unsafeUnwrap());
    inspectUser(inspection, plan, { Type: 'password', Passwords: passwords });
    const warnings = inspection.finish();

    super(scope, id);
    attach(this, warnings);

    this.userName = userName;
    this.secret = passwords ? undefined : createPasswordSecret(this, {
      ...props, description: `Password of the cache user ${this.userName}`, fields: { username: this.userName },
    });
    const authentication = passwords ?? [this.secret!.secretValueFromJson('password').unsafeUnwrap()];
    const resource = createUser(this, plan, { Type: 'password', Passwords: authentication });
    this.node.defaultChild = resource;
    this.userId = resource.userId;
  }

  /** The rotation of the password; absent until there is one. */
  public get rotation(): CredentialRotation | undefined {
    return this.ownRotation;
  }

  /**
   * Replaces the password by a new one, again and again. The password before the current one stays valid until the next rotation begins, so
   * clients that read the secret again, at an interval or when the cache refuses them, see no error.
   *
   * @param options when, and from where
   */
  public addRotation(options: RotationOptions = {}): CredentialRotation {
    const inspection = new Inspection(this, 'Rotation');
    if (!this.secret) {
      rotationPlan().refuseGivenPasswords(inspection, 'addRotation');
    }
    inspection.finish();
    const secret = this.secret!;
    return this.ownRotation = credentialRotation()._create(this, {
      ...options, secret, secretField: PASSWORD_FIELD, of: { kind: 'user', userId: this.userId, userName: this.userName, userArn: this.userArn, resource: this },
    });
  }
}
