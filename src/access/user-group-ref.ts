import { ArnFormat, IResource, Resource, Stack } from 'aws-cdk-lib';
import { IUserGroupRef, UserGroupReference } from 'aws-cdk-lib/aws-elasticache';

/** A user group: the users that may connect to the caches it is attached to. */
export interface IUserGroup extends IResource, IUserGroupRef {
  /**
   * The id of the user group in the account and Region.
   *
   * @attribute
   */
  readonly userGroupId: string;
}

/**
 * What owned and imported user groups share.
 *
 * @internal
 */
export abstract class UserGroupBase extends Resource implements IUserGroup {
  public abstract readonly userGroupId: string;

  /**
   * The ARN of the user group.
   *
   * @attribute
   */
  public get userGroupArn(): string {
    return Stack.of(this).formatArn({
      service: 'elasticache', resource: 'usergroup', resourceName: this.userGroupId, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The reference that other constructs take. */
  public get userGroupRef(): UserGroupReference {
    // Most ask for the id alone, and an ARN is a long text to make.
    const arn = () => this.userGroupArn;
    return { userGroupId: this.userGroupId, get userGroupArn() { return arn(); } };
  }
}
