import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserGroup, IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { SYSTEM_IAM } from './private/system-access';
import { User } from './user';
import { IUserGroup, UserGroupBase } from './user-group-ref';
import { userIdOf } from './user-ref';
import { evaluate } from '../checks/rule';
import { CacheEngine } from '../engine/cache-engine';
import { Inspection, isAcknowledged } from '../private/check';
import { userView, viewOf } from '../private/construct-view';
import { waitFor } from '../private/dependencies';
import { generatedId } from '../private/names';
import { refuseSnapshot } from '../private/removal';
import { RULES } from '../private/rule-tables';
import { lowerCase } from '../private/tokens';

/** What is known of a user group that this app does not own. */
export interface UserGroupAttributes {
  /** The id of the user group. */
  readonly userGroupId: string;

  /**
   * The engine of the group. With it, a cache that cannot take the group is refused.
   *
   * @default - not known
   */
  readonly engine?: CacheEngine;
}

/** What a user group is made of. */
export interface UserGroupProps {
  /**
   * The engine of the group. A Valkey cache takes groups of both engines, a Redis OSS cache only groups of Redis OSS. The version has no meaning here.
   *
   * @default CacheEngine.valkey()
   */
  readonly engine?: CacheEngine;

  /**
   * The users that may connect. A group of Redis OSS must include one named `default`.
   *
   * @default - none; add them with `addUser`
   */
  readonly users?: IUserRef[];

  /**
   * The id of the group in the account and Region: lower-case letters, digits and single hyphens, a letter first, at most 40 characters.
   *
   * An id that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first.
   *
   * @default - made from the path of the construct, the names of its stacks and the engine
   */
  readonly userGroupId?: string;

  /**
   * What happens to the group when it leaves the stack. A group in use by a cache cannot be deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

const IS_USER_GROUP = Symbol.for('cdk-elasticache.UserGroup');

/**
 * The users that may connect to the caches the group is attached to.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 * @resource AWS::ElastiCache::UserGroup
 *
 * @example
 * const reader = new PasswordUser(this, 'Reader', { accessString: AccessString.readOnly() });
 * const userGroup = new UserGroup(this, 'Users', { users: [reader] });
 * new ReplicationGroup(this, 'Orders', { vpc, userGroup });
 */
export class UserGroup extends UserGroupBase {
  /**
   * A user group that this app does not own.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param userGroupId the id of the user group
   */
  public static fromUserGroupId(scope: Construct, id: string, userGroupId: string): IUserGroup {
    return UserGroup.fromUserGroupAttributes(scope, id, { userGroupId });
  }

  /**
   * A user group that this app does not own.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @param attributes what is known of the user group
   */
  public static fromUserGroupAttributes(scope: Construct, id: string, attributes: UserGroupAttributes): IUserGroup {
    class Imported extends UserGroupBase {
      public readonly userGroupId = attributes.userGroupId;
      public readonly _engineName = attributes.engine?.name;
    }
    return new Imported(scope, id);
  }

  /**
   * The group that AWS makes and keeps in every account for caches with a public endpoint. Its one user is `User.fromSystemIamUser()`.
   *
   * @param scope where the construct belongs
   * @param id the construct's id
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html
   */
  public static fromSystemIamUserGroup(scope: Construct, id: string): IUserGroup {
    class System extends UserGroupBase {
      public readonly userGroupId = SYSTEM_IAM.userGroupId;
      public readonly _users = [User.fromSystemIamUser(this, 'User')];
      public readonly _engineName = SYSTEM_IAM.engine;
    }
    return new System(scope, id);
  }

  /**
   * Whether something is a `UserGroup` that was made here.
   *
   * @param x anything
   */
  public static isUserGroup(x: any): x is UserGroup {
    return x !== null && typeof x === 'object' && IS_USER_GROUP in x;
  }

  public readonly userGroupId: string;
  /** The engine of the group. */
  public readonly engine: CacheEngine;

  /** @internal */
  public readonly _users: IUserRef[] = [];
  private readonly resource: CfnUserGroup;

  public constructor(scope: Construct, id: string, props: UserGroupProps = {}) {
    const inspection = new Inspection(scope, id);
    refuseSnapshot(inspection, props.removalPolicy, 'a user group');
    inspection.finish();

    super(scope, id);
    Object.defineProperty(this, IS_USER_GROUP, { value: true });

    this.engine = props.engine ?? CacheEngine.valkey();
    // The engine is part of the logical id: a group of another engine is another resource, made before the old one goes.
    this.resource = new CfnUserGroup(this, this.engine.name[0].toUpperCase() + this.engine.name.slice(1), {
      engine: this.engine.name,
      userGroupId: props.userGroupId === undefined ? generatedId(this, this.engine.name) : lowerCase(props.userGroupId),
      userIds: [],
    });
    this.resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.node.defaultChild = this.resource;
    this.userGroupId = this.resource.userGroupId;
    this.addUser(...props.users ?? []);
    this.node.addValidation({ validate: () => this.problems() });
  }

  /**
   * Lets users connect to the caches of the group. The order of calls has no meaning.
   *
   * A construct of another library that has no `userRef` is brought in with `User.fromUserAttributes`, and waited for with
   * `userGroup.node.addDependency(theirUser)`: an imported user says nothing of the resource that makes it.
   *
   * @param users our own users, raw `CfnUser`s, or imported ones
   */
  public addUser(...users: IUserRef[]): void {
    this._users.push(...users);
    this.resource.userIds = this.userIds();
    // The ids are literal, so that CloudFormation sees no reference: the order is said explicitly.
    users.forEach((user) => waitFor(this.resource, user));
  }

  private userIds(): string[] {
    return this._users.map(userIdOf);
  }

  private problems(): string[] {
    const group = viewOf(CfnUserGroup.CFN_RESOURCE_TYPE_NAME,
      { engine: this.engine.name, userGroupId: this.userGroupId, userIds: this.userIds() },
      { UserIds: 'users', UserGroupId: 'userGroupId' }, { UserIds: this._users.map(userView) });
    return evaluate(RULES.userGroup(), group)
      .filter(({ rule }) => !isAcknowledged(this, rule.code))
      .map(({ rule, message }) => `[${rule.code}] ${message} (${rule.source})`);
  }
}
