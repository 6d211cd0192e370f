// Imports nothing of CDK.
import { differences, evaluate, Finding, ResourceView, Rule } from './rule';

/** A resource that rules had nothing to say of, with what each of them asked it for. */
interface Silence {
  readonly resource: ResourceView;
  /** By the place of the rule in its table. */
  readonly asked: ReadonlySet<string>[];
}

/** The last silence of each table of rules. */
const silences = new WeakMap<readonly Rule[], Silence>();

/**
 * Runs the rules of a table over a resource that may be much like the one before it, as the caches of an app are. A rule that had nothing to say and
 * would read the same again has nothing to say again: it is not run.
 */
export function evaluateAlike(rules: readonly Rule[], resource: ResourceView): Finding[] {
  const last = silences.get(rules);
  const changed = last && differences(resource, last.resource);
  if (changed?.length === 0) {
    return [];
  }
  const asked = changed ? last!.asked : [];
  const findings: Finding[] = [];
  const heard: [number, ReadonlySet<string>][] = [];
  for (let place = 0; place < rules.length; place++) {
    const before = asked[place];
    if (!before || changed!.some((name) => before.has(name))) {
      const { value, asked: now } = resource.listen(() => evaluate([rules[place]], resource));
      heard.push([place, now]);
      findings.push(...value);
    }
  }
  if (findings.length === 0) {
    heard.forEach(([place, now]) => { asked[place] = now; });
    silences.set(rules, { resource, asked });
  }
  return findings;
}
