import { once } from '../../private/props';
import { AccessString } from '../access-string';

/** What a user may do unless told otherwise. A contract: it does not change within a major version. */
export const defaultAccess = once(() => AccessString.readWrite());
