// Waiting for what ElastiCache is still changing.

/** Time, injected so that tests need none. */
export interface Clock {
  /** How long the function may still run, in milliseconds. */
  remaining(): number;
  sleep(milliseconds: number): Promise<void>;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;
/** What is kept back to say why we stopped, before the function is cut off. */
const RESERVE = 5000;

/** What a look at something that changes can tell. */
export interface Look {
  readonly status: string;
  readonly settled: boolean;
}

/** Looks again and again until it is settled; a call after the end of our time fails, and Secrets Manager tries the step again later. */
export async function settle(what: string, look: () => Promise<Look>, clock: Clock): Promise<void> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const { status, settled } = await look();
    if (settled) {
      return;
    }
    if (status === 'deleting') {
      throw new Error(`${what} is being deleted`);
    }
    if (clock.remaining() < pause + RESERVE) {
      throw new Error(`${what} is still ${status}; the step has to be tried again`);
    }
    await clock.sleep(pause);
  }
}

/** Makes a change as soon as nothing else is changing, and waits until it is in force. Somebody else may be faster: then it is tried again. */
export async function changeWhenSettled(
  wait: () => Promise<void>, change: () => Promise<void>, isBusy: (error: unknown) => boolean, clock: Clock,
): Promise<void> {
  for (;;) {
    await wait();
    try {
      await change();
      break;
    } catch (error) {
      if (!isBusy(error) || clock.remaining() < LONGEST_PAUSE + RESERVE) {
        throw error;
      }
      await clock.sleep(FIRST_PAUSE);
    }
  }
  await wait();
}

/** The name of an AWS error; SDKs differ in the ending. */
export function errorName(error: unknown): string {
  return String((error as { name?: unknown } | undefined)?.name ?? '').replace(/(Fault|Exception)$/, '');
}
