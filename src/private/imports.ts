import { IConstruct } from 'constructs';
import { fail } from './errors';

/**
 * An attribute of an imported resource that something needs now.
 *
 * @param imported the import
 * @param what what was imported, in words
 * @param method the method that takes its attributes
 * @param name the attribute
 * @param value its value, where it was given
 */
export function requiredAttribute<T>(imported: IConstruct, what: string, method: string, name: string, value: T | undefined): T {
  return value ?? fail(imported, 'ImportLacksAttribute', `${name} of the imported ${what} is not known: pass it to ${method}`);
}
