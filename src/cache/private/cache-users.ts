import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CacheClusterPlan, inspectCacheUser, inspectUserRotation } from './cache-cluster-plan';
import { IamUser } from '../../access/iam-user';
import { NoPasswordUser } from '../../access/no-password-user';
import { PasswordUser } from '../../access/password-user';
import { defaultAccess } from '../../access/private/default-access';
import { UserGroup } from '../../access/user-group';
import { rotationPlan } from '../../auth/private/loading';
import { Inspection } from '../../private/check';
import { fail } from '../../private/errors';
import { applyToAll, policyOfCompanions } from '../../private/removal';
import { CacheClusterProps } from '../cache-cluster-options';
import { ICacheCluster } from '../cache-cluster-ref';
import { AddIamUserOptions, AddUserOptions } from '../cache-user-options';

/** Where further users are in the tree of a cache: their ids never collide with what the cache is made of. */
const USERS = 'Users';

/** The users that a cache makes for itself. */
export class CacheUsers {
  public readonly group: UserGroup;
  public readonly passwordUser?: PasswordUser;
  public readonly iamUser?: IamUser;
  private scope?: Construct;

  public constructor(
    private readonly cache: Construct & ICacheCluster, private readonly plan: CacheClusterPlan, private readonly props: CacheClusterProps,
  ) {
    const { engine } = plan;
    const { encryptionKey } = props;
    const { userName, accessString } = plan.applicationUser;
    if (plan.authentication.kind === 'iam') {
      this.iamUser = this.keepWithCache(new IamUser(cache, 'AppIamUser', { engine, accessString }));
    } else {
      this.passwordUser = this.keepWithCache(new PasswordUser(cache, 'AppUser', { engine, userName, accessString, encryptionKey }));
    }
    this.group = this.keepWithCache(new UserGroup(cache, 'UserGroup', { engine, users: [this.passwordUser ?? this.iamUser!] }));
    if (engine.requiresDefaultUser) {
      this.group.addUser(this.keepWithCache(new NoPasswordUser(cache, 'DefaultUser', { engine, userName: 'default' })));
    }
  }

  public addUser(id: string, options: AddUserOptions): PasswordUser {
    const { engine } = this.plan;
    const { rotationInterval, ...userOptions } = options;
    const inspection = new Inspection(this.cache, `${USERS}/${id}`);
    if (rotationInterval && options.passwords) {
      rotationPlan().refuseGivenPasswords(inspection, 'rotationInterval');
    }
    inspectUserRotation(inspection, rotationInterval, this.props);
    inspection.finish();
    const encryptionKey = options.encryptionKey ?? this.props.encryptionKey;
    const user = this.keepWithCache(new PasswordUser(this.users(), id, { ...userOptions, engine, encryptionKey }));
    this.group.addUser(user);
    this.rotate(user, rotationInterval);
    return user;
  }

  public addIamUser(id: string, options: AddIamUserOptions): IamUser {
    const { engine } = this.plan;
    const inspection = new Inspection(this.cache, `${USERS}/${id}`);
    inspectCacheUser(inspection, engine, { options: { ...options, engine }, accessString: options.accessString ?? defaultAccess() }, 'iam');
    inspection.finish();
    const user = this.keepWithCache(new IamUser(this.users(), id, { ...options, engine }));
    this.group.addUser(user);
    return user;
  }

  /** Rotates the password of the application if that was asked for. Called once the cache is there: the new password is tried at it. */
  public rotateApplicationUser(): void {
    if (this.passwordUser) {
      this.rotate(this.passwordUser, this.plan.authentication._user.rotationInterval);
    }
  }

  private rotate(user: PasswordUser, automaticallyAfter: Duration | undefined): void {
    const { vpc, alarmTopic } = this.props;
    const rotation = automaticallyAfter && user.addRotation({ automaticallyAfter, cache: this.cache, vpc });
    if (rotation && alarmTopic) {
      rotation.alarmOnFailure(alarmTopic);
    }
  }

  private users(): Construct {
    return this.scope ??= new Construct(this.cache, USERS);
  }

  /** What the cache stands on stays when the cache stays: AWS does not delete what is in use. */
  private keepWithCache<T extends Construct>(construct: T): T {
    const policy: RemovalPolicy = policyOfCompanions(this.plan.removalPolicy);
    applyToAll(construct, policy);
    return construct;
  }
}

/** The users of a cache, or an error that says where they are made instead. */
export function ownUsers(cache: Construct, users: CacheUsers | undefined, plan: CacheClusterPlan, method: string): CacheUsers {
  const { kind, _userGroup } = plan.authentication;
  return users ?? fail(cache, 'UserGroupNotOwned', `${method} needs users of the cache's own, got: ${
    _userGroup ? `authentication with the user group ${_userGroup.node.path}; add the user to that group with addUser`
      : plan.engine.features.userGroups ? `authentication ${kind}; use CacheAuthentication.password() or CacheAuthentication.iam()`
        : `${plan.engine}, which knows no users`}`);
}
