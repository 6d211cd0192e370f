import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AccessString } from './access-string';
import { createUser, inspectUser, UserPlan } from './private/user-resource';
import { User } from './user';
import { UserOptions } from './user-options';
import { UserAuthentication } from './user-ref';
import { CacheEngine } from '../engine/cache-engine';
import { attach, Inspection } from '../private/check';

/** What a user without a password is made of. */
export interface NoPasswordUserProps extends UserOptions {
  /**
   * The name with which the user logs in.
   *
   * @default - the id of the construct, in lower case
   */
  readonly userName?: string;

  /**
   * What the user may do.
   *
   * @default AccessString.none()
   */
  readonly accessString?: AccessString;
}

/**
 * A user of Redis OSS that logs in without a password. Its use is the user named `default`, which every user group of Redis OSS must hold:
 * made with the default access string it can do nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 * @resource AWS::ElastiCache::User
 *
 * @example
 * const engine = CacheEngine.redis();
 * const nobody = new NoPasswordUser(this, 'Default', { engine, userName: 'default' });
 * const app = new PasswordUser(this, 'App', { engine });
 * new ReplicationGroup(this, 'Orders', { vpc, engine, userGroup: new UserGroup(this, 'Users', { engine, users: [nobody, app] }) });
 */
export class NoPasswordUser extends User {
  public readonly userId: string;
  public readonly userName: string;
  public readonly authentication? = UserAuthentication.NO_PASSWORD;
  public readonly secret?: ISecret;

  public constructor(scope: Construct, id: string, props: NoPasswordUserProps = {}) {
    const inspection = new Inspection(scope, id);
    const userName = props.userName ?? id.toLowerCase();
    const plan: UserPlan = {
      options: { ...props, engine: props.engine ?? CacheEngine.redis() },
      userName,
      accessString: props.accessString ?? AccessString.none(),
    };
    inspectUser(inspection, plan, { Type: 'no-password-required' });
    const warnings = inspection.finish();

    super(scope, id);
    attach(this, warnings);

    this.userName = userName;
    const resource = createUser(this, plan, { Type: 'no-password-required' });
    this.node.defaultChild = resource;
    this.userId = resource.userId;
  }
}
