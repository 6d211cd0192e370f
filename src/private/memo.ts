// Imports nothing of CDK: rules use it.

/** A map, or one that lets go of its keys. */
interface Keeper<Key, Value> {
  has(key: Key): boolean;
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

/** What is known under a key; it is found once. */
export function keep<Key, Value>(known: Keeper<Key, Value>, key: Key, find: () => Value): Value {
  const value = known.get(key);
  if (value !== undefined || known.has(key)) {
    return value as Value;
  }
  const found = find();
  known.set(key, found);
  return found;
}

/** A reading of texts of which an app has few: each is read once. */
export function memoized<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => keep(known, text, () => read(text));
}

/**
 * What was decided of the props of a construct before it is made, by one that is made of it and has judged it already: the construct need not
 * decide it again.
 */
export class Decisions<Props extends object, Decision> {
  private readonly made = new WeakMap<Props, Decision>();

  /** Remembers a decision with the very props that the construct will be made with. */
  public remember(props: Props, decision: Decision): Props {
    this.made.set(props, decision);
    return props;
  }

  /** What was decided, unless the part has to judge for itself. */
  public of(props: Props, { isJudged }: { readonly isJudged: boolean }): Decision | undefined {
    return isJudged ? this.made.get(props) : undefined;
  }
}
