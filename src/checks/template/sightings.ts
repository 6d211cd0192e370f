import { World } from './world';
import { Finding, Rule } from '../rule';

/** What a rule found in a template. */
export interface TemplateFinding extends Finding {
  readonly logicalId: string;
  readonly resourceType: string;
  /** `error` only where the template is wrong by itself: what takes a combination of several choices is a warning. */
  readonly severity: Rule['severity'];
  /** What has to be chosen for it; `undefined` when the template's defaults suffice. */
  readonly when?: string;
  /** Where it is, from the section on, when it is not about a property of a resource alone. */
  readonly place?: readonly string[];
}

/** What a rule found in one world. */
export interface Sighting extends Finding {
  readonly logicalId: string;
  readonly resourceType: string;
  readonly place?: readonly string[];
  /** `undefined` for what is so in all worlds. */
  readonly world: World | undefined;
}

/** Each finding once, with the least that has to be chosen for it. */
export function distinct(sightings: readonly Sighting[], worlds: readonly World[]): TemplateFinding[] {
  const inevitable = inevitableOf(sightings, worlds);
  const found = new Map<string, TemplateFinding>();
  for (const sighting of sightings) {
    const { rule, message, logicalId, resourceType, place, world } = sighting;
    const always = !world || inevitable.has(placeOf(sighting));
    const severity = always || world.certain ? rule.severity : 'warning';
    const key = JSON.stringify([place ?? logicalId, rule.code, message]);
    const known = found.get(key);
    if (!known || (known.severity === 'warning' && severity === 'error')) {
      const optional = { ...place ? { place } : {}, ...!always && world.label ? { when: world.label } : {} };
      found.set(key, { rule, message, severity, logicalId, resourceType, ...optional });
    }
  }
  return [...found.values()];
}

/** What is found, if not always in the same words, in all worlds of a set of which one will be the case. */
function inevitableOf(sightings: readonly Sighting[], worlds: readonly World[]): Set<string> {
  const seen = new Map<string, Set<World>>();
  for (const sighting of sightings) {
    if (sighting.world?.oneOf !== undefined) {
      const place = placeOf(sighting);
      seen.set(place, (seen.get(place) ?? new Set()).add(sighting.world));
    }
  }
  const size = (of: ReadonlySet<World>) => worlds.filter(({ oneOf }) => oneOf === [...of][0].oneOf).length;
  return new Set([...seen].filter(([, within]) => within.size === size(within)).map(([place]) => place));
}

/** A rule and a resource, in a set of worlds. */
function placeOf({ logicalId, rule, world }: Sighting): string {
  return JSON.stringify([world?.oneOf, logicalId, rule.code]);
}
