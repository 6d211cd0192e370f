/** Who waits for whom. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Finds what waits for itself. What goes round together is one circle.
 *
 * @param prefers whether a circle is better told from that name on
 * @returns of each circle the names on the way, the first again at the end
 */
export function circlesIn(needs: Needs, prefers: (name: string) => boolean): string[][] {
  return groupsIn(needs).map((group) => {
    const start = [...needs.keys()].find((name) => group.has(name) && prefers(name)) ?? [...needs.keys()].find((name) => group.has(name))!;
    return wayRound(start, needs, group);
  });
}

/** The groups of which everything waits for everything, after Tarjan. */
function groupsIn(needs: Needs): ReadonlySet<string>[] {
  const found: ReadonlySet<string>[] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open = new Set<string>();
  const look = (name: string): void => {
    order.set(name, order.size);
    let low = order.get(name)!;
    open.add(name);
    for (const next of needs.get(name) ?? []) {
      if (!needs.has(next)) {
        continue;
      }
      if (!order.has(next)) {
        look(next);
        low = Math.min(low, lowest.get(next)!);
      } else if (open.has(next)) {
        low = Math.min(low, order.get(next)!);
      }
    }
    lowest.set(name, low);
    if (low === order.get(name)) {
      const names = [...open];
      const group = names.slice(names.indexOf(name));
      group.forEach((each) => open.delete(each));
      if (group.length > 1 || needs.get(name)!.has(name)) {
        found.push(new Set(group));
      }
    }
  };
  for (const name of needs.keys()) {
    order.has(name) || look(name);
  }
  return found;
}

/** The shortest way from a name to itself. */
function wayRound(start: string, needs: Needs, group: ReadonlySet<string>): string[] {
  const from = new Map<string, string>();
  const open = [start];
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    for (const next of needs.get(name)!) {
      if (next === start) {
        const way = [name, start];
        while (way[0] !== start) {
          way.unshift(from.get(way[0])!);
        }
        return way;
      }
      if (group.has(next) && !from.has(next)) {
        from.set(next, name);
        open.push(next);
      }
    }
  }
  return [];
}
