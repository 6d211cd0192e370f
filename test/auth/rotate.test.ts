// The rotation cut off anywhere. The services are models with the rules of the real ones; a call is cut off before or after it took effect.
import * as fc from 'fast-check';
import { AuthTokenService, AuthTokenTarget } from '../../src/auth/rotation/auth-token-target';
import { newPassword } from '../../src/auth/rotation/password';
import { PasswordPlace, rotate, Rotation, SecretVersions } from '../../src/auth/rotation/rotate';
import { Clock } from '../../src/auth/rotation/settle';
import { UserService, UserTarget } from '../../src/auth/rotation/user-target';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
const FIRST = 'first-password-of-the-secret';

/** The function was killed. */
class Killed extends Error {}

/** Counts the calls to services and ends the function at one of them. */
class Fate {
  public calls = 0;
  public killAt?: { call: number; effect: 'before' | 'after' };
  /** What must hold at any moment. */
  public invariant: () => void = () => undefined;

  public guard<T extends object>(service: T): T {
    return new Proxy(service, {
      get: (target, name: string) => async (...given: unknown[]) => {
        const here = this.killAt?.call === this.calls++ ? this.killAt.effect : undefined;
        if (here === 'before') {
          throw new Killed();
        }
        const call = (target as Record<string, (...all: unknown[]) => Promise<unknown>>)[name](...given);
        if (here === 'after') {
          await call.catch(() => undefined);
          this.invariant();
          throw new Killed();
        }
        const result = await call;
        this.invariant();
        return result;
      },
    });
  }
}

/** Secrets Manager's side: versions with labels, as RotateSecret begins them. */
class Secret implements SecretVersions {
  public readonly values = new Map<string, string>();
  public current = 'v0';
  public previous?: string;
  public pending?: string;

  public constructor(public readonly place: PasswordPlace = { field: 'password' }) {
    this.values.set('v0', place.field ? JSON.stringify({ username: 'app', password: FIRST }) : FIRST);
  }

  public async labels(): Promise<Record<string, string[]>> {
    const all: [string, string | undefined][] = [['AWSCURRENT', this.current], ['AWSPREVIOUS', this.previous], ['AWSPENDING', this.pending]];
    return all.reduce<Record<string, string[]>>((labels, [label, id]) => id ? { ...labels, [id]: [...labels[id] ?? [], label] } : labels, {});
  }

  public async read(label: string, versionId?: string): Promise<string | undefined> {
    const labels = await this.labels();
    const id = Object.keys(labels).find((each) => labels[each].includes(label));
    return id && (!versionId || id === versionId) ? this.values.get(id) : undefined;
  }

  public async add(versionId: string, value: string): Promise<void> {
    if (!this.values.has(versionId)) {
      this.values.set(versionId, value);
    }
  }

  public async promote(versionId: string, insteadOf: string | undefined): Promise<void> {
    expect(insteadOf).toBe(this.current);
    [this.previous, this.current] = [this.current, versionId];
  }

  public password(id: string | undefined = this.current): string {
    const value = this.values.get(id!)!;
    return this.place.field ? JSON.parse(value).password : value;
  }
}

/** Something that is `modifying` for some looks after each change, and refuses changes meanwhile. */
class Settling {
  public left = 0;
  public slowness = 2;

  public look(settled: string): string {
    return this.left-- > 0 ? 'modifying' : settled;
  }

  public change(code: string): void {
    if (this.left > 0) {
      throw Object.assign(new Error('busy'), { name: code });
    }
    this.left = this.slowness;
  }
}

class User extends Settling implements UserService {
  public passwords: readonly string[] = [FIRST];

  public async describe() {
    return { status: this.look('active'), passwords: this.passwords.length };
  }

  public async setPasswords(passwords: readonly string[]) {
    this.change('InvalidUserStateFault');
    expect(passwords.length).toBeLessThanOrEqual(2);
    expect(new Set(passwords).size).toBe(passwords.length);
    this.passwords = passwords;
  }
}

class Group extends Settling implements AuthTokenService {
  public passwords: readonly string[] = [FIRST];

  public async describe() {
    const status = this.look('available');
    return { status, tokenChanges: status !== 'available' };
  }

  public async changeToken(token: string, strategy: 'ROTATE' | 'SET') {
    if (strategy === 'SET' && this.passwords.length < 2) {
      throw Object.assign(new Error('SET is allowed only after ROTATE'), { name: 'InvalidParameterValueException' });
    }
    this.change('InvalidReplicationGroupState');
    // As the service does it: the newest token stays beside the new one, also when the two are the same.
    this.passwords = strategy === 'SET' ? [token] : [...this.passwords.slice(-1), token];
  }
}

/** A secret, what it opens, and a function that can be killed. */
class World {
  public readonly fate = new Fate();
  public readonly target: User | Group;
  private versions = 0;
  private passwords = 0;

  public constructor(public readonly kind: string, public readonly secret = new Secret()) {
    this.target = kind === 'user' ? new User() : new Group();
    this.fate.invariant = () => expect(this.target.passwords).toContain(this.secret.password());
  }

  /** As RotateSecret does: a version is labelled, and has no value yet. */
  public begin(): string {
    this.secret.pending = `v${++this.versions}`;
    return this.secret.pending;
  }

  public async step(name: string, version: string): Promise<void> {
    const clock: Clock = { remaining: () => 900_000, sleep: async () => undefined };
    const logIn = async (password: string) => this.target.passwords.includes(password);
    const target = this.target instanceof User ? new UserTarget(this.fate.guard(this.target), clock, logIn)
      : new AuthTokenTarget(this.fate.guard(this.target), clock, this.fate.guard({ logIn }).logIn);
    const rotation: Rotation = { secret: this.fate.guard(this.secret), target, place: this.secret.place, newPassword: () => `new-password-${++this.passwords}-of-16` };
    await rotate({ Step: name, SecretId: 'secret', ClientRequestToken: version }, rotation);
  }

  /** All steps, until the first that is killed. */
  public async run(version: string): Promise<boolean> {
    try {
      for (const name of STEPS) {
        await this.step(name, version);
      }
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) {
        throw error;
      }
      return false;
    } finally {
      this.fate.killAt = undefined;
    }
  }

  /** The current password and the one before are valid, and no other. */
  public expectDone(version: string, before: string): void {
    expect(this.secret.current).toBe(version);
    expect(this.secret.password()).not.toBe(before);
    expect([...this.target.passwords].sort()).toEqual([before, this.secret.password()].sort());
  }
}

describe.each(['user', 'authToken'])('the password of a %s', (kind) => {
  test('rotates: the one before stays valid, older ones end', async () => {
    const world = new World(kind);
    for (let round = 0; round < 5; round++) {
      const before = world.secret.password();
      const version = world.begin();
      expect(await world.run(version)).toBe(true);
      world.expectDone(version, before);
    }
  });

  test('the other fields of the secret stay', async () => {
    const world = new World(kind);
    await world.run(world.begin());
    expect(JSON.parse(world.secret.values.get(world.secret.current)!)).toEqual({ username: 'app', password: world.secret.password() });
  });

  test('a secret that is the password alone rotates as well', async () => {
    const world = new World(kind, new Secret({}));
    const version = world.begin();
    expect(await world.run(version)).toBe(true);
    world.expectDone(version, FIRST);
  });

  test('killed before or after any call to a service, and tried again, it ends as if nothing had happened', async () => {
    const calls = async (prepare: (world: World) => Promise<unknown>) => {
      const world = new World(kind);
      await prepare(world);
      world.fate.calls = 0;
      await world.run(world.begin());
      return world.fate.calls;
    };
    let tried = 0;
    for (const rounds of [0, 2]) {
      const prepare = async (world: World) => {
        for (let round = 0; round < rounds; round++) {
          await world.run(world.begin());
        }
      };
      for (let call = await calls(prepare); call-- > 0;) {
        for (const effect of ['before', 'after'] as const) {
          const world = new World(kind);
          await prepare(world);
          const before = world.secret.password();
          const version = world.begin();
          Object.assign(world.fate, { calls: 0, killAt: { call, effect } });
          expect(await world.run(version)).toBe(false);
          expect(world.target.passwords).toContain(world.secret.password());
          expect(await world.run(version)).toBe(true);
          world.expectDone(version, before);
          tried++;
        }
      }
    }
    expect(tried).toBeGreaterThan(50);
  });

  test('killed at any calls, given up for another rotation or tried again, the current password always logs in', async () => {
    const attempt = fc.record({ call: fc.nat(30), effect: fc.constantFrom('before' as const, 'after' as const), giveUp: fc.boolean(), slowness: fc.nat(4) });
    await fc.assert(fc.asyncProperty(fc.array(attempt, { maxLength: 12 }), async (attempts) => {
      const world = new World(kind);
      let version = world.begin();
      for (const { call, effect, giveUp, slowness } of attempts) {
        world.target.slowness = slowness;
        Object.assign(world.fate, { calls: 0, killAt: { call, effect } });
        const done = await world.run(version);
        world.fate.invariant();
        version = done || giveUp ? world.begin() : version;
      }
      // The last attempt may have been killed when all was done but the answer.
      const before = world.secret.password(world.secret.current === version ? world.secret.previous : world.secret.current);
      expect(await world.run(version)).toBe(true);
      world.expectDone(version, before);
    }), { numRuns: 300 });
  });

  test('each step can be called again after it was done', async () => {
    const world = new World(kind);
    const version = world.begin();
    for (const name of STEPS) {
      await world.step(name, version);
      await world.step(name, version);
    }
    world.expectDone(version, FIRST);
    for (const name of STEPS) {
      await world.step(name, version);
    }
    world.expectDone(version, FIRST);
  });

  test('a change by somebody else is waited for', async () => {
    const world = new World(kind);
    world.target.left = 5;
    const version = world.begin();
    expect(await world.run(version)).toBe(true);
    world.expectDone(version, FIRST);
  });

  test('testSecret refuses a password that is not in force', async () => {
    const world = new World(kind);
    const version = world.begin();
    await world.step('createSecret', version);
    await expect(world.step('testSecret', version)).rejects.toThrow('the cache refuses the pending');
  });

  test('testSecret without a pending value tries the current one, as it is called when a schedule is made', async () => {
    const world = new World(kind);
    await expect(world.step('testSecret', world.begin())).resolves.toBeUndefined();
  });
});

describe('what is no rotation', () => {
  const world = () => new World('user');

  test('a version that another rotation took the place of', async () => {
    const here = world();
    const version = here.begin();
    await here.step('createSecret', version);
    here.begin();
    await expect(here.step('setSecret', version)).rejects.toThrow(`version ${version} of secret is not part of a rotation`);
  });

  test('a version with another label', async () => {
    const here = world();
    await here.run(here.begin());
    await expect(here.step('setSecret', 'v0')).rejects.toThrow('not the pending one');
  });

  test.each(['deleteSecret', 'constructor', ''])('step %p', async (name) => {
    const here = world();
    await expect(here.step(name, here.begin())).rejects.toThrow('unknown step');
  });

  test('setSecret before createSecret', async () => {
    const here = world();
    await expect(here.step('setSecret', here.begin())).rejects.toThrow('createSecret has to come first');
    expect(here.target.passwords).toEqual([FIRST]);
  });
});

test.each(['not json at all, secret-text', '"secret-text"', '{"other":"secret-text"}', '{"password":12}'])('an error about a secret never shows it: %p', async (value) => {
  const world = new World('user');
  world.fate.invariant = () => undefined;
  world.secret.values.set('v0', value);
  const version = world.begin();
  const error: Error = await world.step('testSecret', version).then(() => new Error('there was none'), (each) => each);
  expect(error.message).toMatch(/^the secret (is not JSON|has no text in its field password)/);
  expect(error.message).not.toContain('secret-text');
});

test('what does not settle in time is an error that says so, before the function is cut off', async () => {
  let now = 0;
  const clock: Clock = { remaining: () => 60_000 - now, sleep: async (milliseconds) => { now += milliseconds; } };
  const user = new User();
  user.left = 1000;
  await expect(new UserTarget(user, clock).verify(FIRST)).rejects.toThrow('the user is still modifying');
  expect(now).toBeLessThan(60_000);
});

test('what is being deleted is not waited for', async () => {
  const clock: Clock = { remaining: () => 60_000, sleep: async () => { throw new Error('slept'); } };
  const service: UserService = { describe: async () => ({ status: 'deleting', passwords: 1 }), setPasswords: async () => undefined };
  await expect(new UserTarget(service, clock).verify(FIRST)).rejects.toThrow('the user is being deleted');
});

test('a refusal that is not about the state is not tried again', async () => {
  const clock: Clock = { remaining: () => 60_000, sleep: async () => undefined };
  const changeToken = jest.fn(async () => { throw Object.assign(new Error('not yours'), { name: 'AccessDeniedException' }); });
  const service: AuthTokenService = { describe: async () => ({ status: 'available', tokenChanges: false }), changeToken };
  await expect(new AuthTokenTarget(service, clock, async () => false).accept({ current: 'a', pending: 'b' })).rejects.toThrow('not yours');
  expect(changeToken).toHaveBeenCalledTimes(1);
});

test('a token that the cache knows already is not rotated once more: that takes minutes, and could end the current one', async () => {
  const clock: Clock = { remaining: () => 60_000, sleep: async () => undefined };
  const changeToken = jest.fn(async () => undefined);
  const service: AuthTokenService = { describe: async () => ({ status: 'available', tokenChanges: false }), changeToken };
  await new AuthTokenTarget(service, clock, async () => true).accept({ current: 'a', pending: 'b' });
  expect(changeToken).not.toHaveBeenCalled();
});

test('a new password is legal for users and tokens, and no other', () => {
  const passwords = Array.from({ length: 200 }, newPassword);
  passwords.forEach((password) => expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9]{64}$/));
  expect(new Set(passwords).size).toBe(passwords.length);
});
