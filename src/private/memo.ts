/** A reading of texts of which an app has few: each is read once. */
export function memoized<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) {
      return found as T;
    }
    const result = read(text);
    known.set(text, result);
    return result;
  };
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

  public of(props: Props): Decision | undefined {
    return this.made.get(props);
  }
}
