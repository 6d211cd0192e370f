import { CacheEngine } from '../engine/cache-engine';

/** What every user has. */
export interface UserOptions {
  /**
   * The engine of the user. A user of Redis OSS may be in a group of Valkey, not the other way round. The version has no meaning here.
   *
   * @default - Valkey; for a `NoPasswordUser` Redis OSS, because Valkey takes none
   */
  readonly engine?: CacheEngine;

  /**
   * The id of the user in the account and Region: lower-case letters, digits and single hyphens, a letter first, at most 40 characters.
   *
   * An id that is fixed here exists once per account and Region: a second copy of the stack cannot be deployed beside the first.
   *
   * @default - made from the path of the construct, the names of its stacks, the engine and the user's name
   */
  readonly userId?: string;
}
