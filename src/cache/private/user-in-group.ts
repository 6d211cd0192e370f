import { Stack } from 'aws-cdk-lib';
import { CfnUserGroup, IUserGroupRef, IUserRef } from 'aws-cdk-lib/aws-elasticache';
import { IConstruct } from 'constructs';
import { warnAtSynthesis } from './at-synthesis';
import { userIdOf } from '../../access/user-ref';

/** A user group of this library, which knows its users. */
interface Known {
  readonly _users?: readonly IUserRef[];
}

/**
 * Warns when a client logs in as a user that the cache does not know: it would be refused. Users may join the group after the call, and where an id
 * or the members of the group are known only at deployment nothing is said.
 */
export function warnOfStranger(cache: IConstruct, user: IUserRef, group: IUserGroupRef | undefined): void {
  if (!group) {
    return;
  }
  warnAtSynthesis(cache, () => {
    const members = membersOf(group);
    const id = literal(user, userIdOf(user));
    const certain = id !== undefined && members?.every((member) => member !== undefined);
    return !certain || members!.includes(id) ? undefined : {
      code: 'UserNotInGroup',
      message: `grantAccess lets a client log in as ${user.node.path}, and the user group of the cache, ${group.node.path}, does not have that user: ` +
        'add it with addUser of the group or of the cache, or choose one of its users',
    };
  });
}

/** The ids in a group, `undefined` for each that is known only at deployment; nothing for a group that this app does not make. */
function membersOf(group: IUserGroupRef): (string | undefined)[] | undefined {
  const { _users: users } = group as Known;
  if (users) {
    return users.map((user) => literal(user, userIdOf(user)));
  }
  const ids: unknown = CfnUserGroup.isCfnUserGroup(group) ? Stack.of(group).resolve(group.userIds) : undefined;
  return Array.isArray(ids) ? ids.map((id) => typeof id === 'string' ? id.toLowerCase() : undefined) : undefined;
}

/** Ids are lower-case at AWS, however they are written. */
function literal(scope: IConstruct, id: string): string | undefined {
  const resolved: unknown = Stack.of(scope).resolve(id);
  return typeof resolved === 'string' ? resolved.toLowerCase() : undefined;
}
