// What rules about the resources beside caches share. Imports nothing of CDK.
import { FACTS, factsAbout } from './template-facts';
import { ResourceView } from '../../rule';
import { isObject, isScalar } from '../../template/template';
import { HOLE } from '../../template/world';

/** When the pages of other services were last read. */
export const COMMON = { severity: 'error', evidence: 'documented', checked: '2026-11-28', since: '0.1.0' } as const;
export const PAGES = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** A number, also one that is written as a text. */
export function amountOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

/** A scalar as the text that CloudFormation makes of it. */
export function textOf(value: unknown): string | undefined {
  return isScalar(value) ? String(value) : undefined;
}

/** The parts of a text that are known: all of it, or what stands between the parts that are not. */
export function partsOf(resource: ResourceView, property: string): readonly string[] {
  const text = textOf(resource.value(property));
  if (text !== undefined || resource.isAbsent(property)) {
    return text === undefined ? [] : [text];
  }
  return factsAbout(resource, FACTS.patterns, property).flatMap((pattern) => pattern.split(HOLE));
}

/** An object inside of a property. */
export type Inner = Readonly<Record<string, unknown>>;

/** The objects of a list that are known, also beside others that are not. */
export function objectsOf(resource: ResourceView, property: string): readonly Inner[] {
  const value = resource.value(property);
  return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
}

/** Whether a flag is certainly true. */
export function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
