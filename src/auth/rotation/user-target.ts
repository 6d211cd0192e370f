// The password of a user of a user group.
import { RotationTarget } from './rotate';
import { changeWhenSettled, Clock, errorName, settle } from './settle';

/** ElastiCache, as far as it is about one user. */
export interface UserService {
  describe(): Promise<{ readonly status: string; readonly passwords: number }>;
  /** Replaces all passwords; two can be valid. */
  setPasswords(passwords: readonly string[]): Promise<void>;
}

/** Tries a password at the cache. `false` when the cache refuses it. */
export type LogIn = (password: string) => Promise<boolean>;

/**
 * A user has one or two passwords, and a change replaces them all: the current and the pending one are written, which is the same however often
 * it is done, and ends the one before.
 */
export class UserTarget implements RotationTarget {
  public constructor(private readonly service: UserService, private readonly clock: Clock, private readonly logIn?: LogIn) {}

  public async accept({ current, pending }: { readonly current: string; readonly pending: string }): Promise<void> {
    const passwords = [...new Set([current, pending])];
    await changeWhenSettled(() => this.wait(), () => this.service.setPasswords(passwords), (error) => errorName(error) === 'InvalidUserState', this.clock);
  }

  public async verify(password: string): Promise<void> {
    await this.wait();
    const { passwords } = await this.service.describe();
    if (passwords < 1) {
      throw new Error('the user has no password');
    }
    if (this.logIn && !await this.logIn(password)) {
      throw new Error('the cache refuses the pending password');
    }
  }

  private wait(): Promise<void> {
    return settle('the user', async () => {
      const { status } = await this.service.describe();
      return { status, settled: status === 'active' };
    }, this.clock);
  }
}
