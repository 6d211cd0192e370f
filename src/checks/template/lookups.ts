/** Something that was found out, and whether it may be otherwise in another world. */
export interface Known<Value> {
  readonly value: Value;
  readonly varies: boolean;
}

/** Keeps what was looked up in one world, and knows which of it is the same in all. */
export class Lookups {
  private varies = false;

  /** Says that what is being looked up takes something that is not the same in all worlds. */
  public vary(): void {
    this.varies = true;
  }

  /** Finds something out, and whether it took anything that varies. */
  public observe<Value>(find: () => Value): Known<Value> {
    const outer = this.varies;
    this.varies = false;
    const known = { value: find(), varies: this.varies };
    this.varies = outer || known.varies;
    return known;
  }

  /** What is known under a key; it is found once. */
  public recall<Key, Value>(known: Map<Key, Known<Value>>, key: Key, find: () => Value): Value {
    let entry = known.get(key);
    if (!entry) {
      known.set(key, entry = this.observe(find));
    }
    this.varies ||= entry.varies;
    return entry.value;
  }
}
