import { IConstruct } from 'constructs';
import { fail } from './errors';

/** An attribute of something imported; an error that names it, and the way to give it, when it is not known. An empty list says nothing. */
export function importedAttribute<T>(construct: IConstruct, what: string, importer: string, name: string, value: T | undefined): T {
  const known = Array.isArray(value) && value.length === 0 ? undefined : value;
  return known ?? fail(construct, 'ImportLacksAttribute', `${name} of the imported ${what} is not known: pass it to ${importer}`);
}
