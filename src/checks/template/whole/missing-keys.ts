import { isMacroKey } from './names';
import { Resolver } from '../resolver';
import { isObject, isScalar } from '../template';

/** Whether a part of a mapping is written out, and not by a macro. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Object.keys(value).some((key) => key.startsWith('Fn::') || isMacroKey(key));
}

/** The key that a mapping does not have where it is looked up; `undefined` where that is not known. */
export function missingKey(parts: readonly unknown[], resolver: Resolver): string | undefined {
  const [map, first, second] = parts.map((part) => resolver.resolve(part));
  const { Mappings = {} } = resolver.template;
  const entries = isScalar(map) && Object.hasOwn(Mappings, String(map)) ? Mappings[String(map)] : undefined;
  if (!isPlain(entries) || !isScalar(first)) {
    return undefined;
  }
  const inner = entries[String(first)];
  const missing = inner === undefined ? first : isPlain(inner) && isScalar(second) && inner[String(second)] === undefined ? second : undefined;
  return missing === undefined ? undefined : `key ${String(missing)} in mapping ${String(map)}`;
}
