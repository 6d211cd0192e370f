// The AUTH token of a replication group.
import { RotationTarget } from './rotate';
import { changeWhenSettled, Clock, errorName, settle } from './settle';
import { LogIn } from './user-target';

/** `ROTATE` adds a token and keeps the newest before it; `SET` leaves one alone. */
export type AuthTokenStrategy = 'ROTATE' | 'SET';

/** ElastiCache, as far as it is about the token of one replication group. */
export interface AuthTokenService {
  describe(): Promise<{ readonly status: string; readonly tokenChanges: boolean }>;
  changeToken(token: string, strategy: AuthTokenStrategy): Promise<void>;
}

/** Refusals of `SET` for a token that was never rotated: there is nothing to end then. */
const NOTHING_TO_END = ['InvalidParameterCombination', 'InvalidParameterValue'];

/**
 * A group keeps its two newest tokens, and does not tell which. A second `ROTATE` with the same token would leave it there twice and end the
 * current one, so we try whether the cache knows the pending token already. Otherwise `SET` first leaves only the current token: the newest
 * one may be that of a rotation that was given up, and `ROTATE` would keep that instead of the current one.
 */
export class AuthTokenTarget implements RotationTarget {
  public constructor(private readonly service: AuthTokenService, private readonly clock: Clock, private readonly logIn: LogIn) {}

  public async accept({ current, pending }: { readonly current: string; readonly pending: string }): Promise<void> {
    await this.wait();
    if (pending === current || await this.logIn(pending)) {
      return;
    }
    try {
      await this.change(current, 'SET');
    } catch (error) {
      if (!NOTHING_TO_END.includes(errorName(error))) {
        throw error;
      }
    }
    await this.change(pending, 'ROTATE');
  }

  public async verify(token: string): Promise<void> {
    await this.wait();
    if (!await this.logIn(token)) {
      throw new Error('the cache refuses the pending token');
    }
  }

  private change(token: string, strategy: AuthTokenStrategy): Promise<void> {
    return changeWhenSettled(() => this.wait(), () => this.service.changeToken(token, strategy),
      (error) => errorName(error) === 'InvalidReplicationGroupState', this.clock);
  }

  private wait(): Promise<void> {
    return settle('the replication group', async () => {
      const { status, tokenChanges } = await this.service.describe();
      return { status: tokenChanges ? 'changing its token' : status, settled: status === 'available' && !tokenChanges };
    }, this.clock);
  }
}
