import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AccessString } from './access-string';
import { defaultAccess } from './private/default-access';
import { createUser, inspectUser, UserPlan } from './private/user-resource';
import { User } from './user';
import { UserOptions } from './user-options';
import { UserAuthentication } from './user-ref';
import { attach, Inspection } from '../private/check';

/** What a user that logs in with IAM is made of. Its name is its id. */
export interface IamUserProps extends UserOptions {
  /**
   * What the user may do.
   *
   * @default AccessString.readWrite()
   */
  readonly accessString?: AccessString;
}

/**
 * A user that logs in with IAM: instead of a password the client sends a token of 15 minutes, signed with its own credentials. Its IAM identity needs
 * the permission `elasticache:Connect` on the cache and on the user, which `grantAccess` gives. The name of such a user is its id, as the service
 * demands: clients find it in `CACHE_USERNAME`.
 *
 * Valkey 7.2 and later, Redis OSS 7.0 and later, with TLS. A connection is closed after 12 hours unless it logs in again.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 * @resource AWS::ElastiCache::User
 *
 * @example
 * const user = new IamUser(this, 'Worker', { accessString: AccessString.readOnly().keys('jobs:*') });
 * new ReplicationGroup(this, 'Jobs', { vpc, userGroup: new UserGroup(this, 'Users', { users: [user] }) }).grantAccess(fn, { user });
 */
export class IamUser extends User {
  public readonly userId: string;
  /** The name with which the user logs in: its id. */
  public readonly userName: string;
  public readonly authentication? = UserAuthentication.IAM;
  /** Absent: there is no password. */
  public readonly secret?: ISecret;

  public constructor(scope: Construct, id: string, props: IamUserProps = {}) {
    const inspection = new Inspection(scope, id);
    const plan: UserPlan = { options: props, accessString: props.accessString ?? defaultAccess() };
    inspectUser(inspection, plan, { Type: 'iam' });
    const warnings = inspection.finish();

    super(scope, id);
    attach(this, warnings);

    const resource = createUser(this, plan, { Type: 'iam' });
    this.node.defaultChild = resource;
    this.userId = resource.userId;
    this.userName = resource.userId;
  }
}
