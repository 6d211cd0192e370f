// Imports nothing of CDK: rules use it.
import { ResourceView } from '../../checks/rule';

/** How a user proves who they are, as its `AuthenticationMode` says; `undefined` when that is absent or not known. */
export function authenticationModeOf(user: ResourceView): string | undefined {
  const type = (user.value('AuthenticationMode') as { Type?: unknown } | undefined)?.Type;
  return typeof type === 'string' ? type : undefined;
}
