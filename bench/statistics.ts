/** Half of the values are below it. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/** A median with what it rests on. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly lowest: number;
  readonly highest: number;
  readonly count: number;
}

export function spread(values: readonly number[]): Spread {
  return {
    median: median(values),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
    lowest: Math.min(...values),
    highest: Math.max(...values),
    count: values.length,
  };
}

/** What something took, in milliseconds. */
export interface Time {
  readonly elapsed: number;
  /** Of the processor: other programs on the machine disturb it less. */
  readonly processor: number;
}

/** Times something, on a heap that holds no garbage of what was timed before. */
export function timeOf(act: () => void): Time {
  (global as { gc?: () => void }).gc?.();
  const [begun, used] = [performance.now(), process.cpuUsage()];
  act();
  const { user, system } = process.cpuUsage(used);
  return { elapsed: performance.now() - begun, processor: (user + system) / 1000 };
}

/** Times two things as pairs whose order alternates: the second of a pair finds a warmer machine. */
export function pairs<T>(repetitions: number, one: () => T, other: () => T): { readonly one: T; readonly other: T }[] {
  return Array.from({ length: repetitions }, (_, index) => {
    if (index % 2 === 0) {
      const first = one();
      return { one: first, other: other() };
    }
    const first = other();
    return { one: one(), other: first };
  });
}
