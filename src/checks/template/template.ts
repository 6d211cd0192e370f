/** A CloudFormation template as it is written: everything may be missing or of another shape than it should be. */
export interface Template {
  readonly Transform?: unknown;
  readonly Parameters?: Readonly<Record<string, Parameter>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Parameter {
  readonly Type?: string;
  readonly Default?: unknown;
  readonly AllowedValues?: readonly unknown[];
  readonly NoEcho?: unknown;
}

export interface Resource {
  readonly Type?: unknown;
  readonly Condition?: unknown;
  readonly Properties?: unknown;
  readonly DependsOn?: unknown;
  readonly Metadata?: unknown;
  readonly [attribute: string]: unknown;
}

/** Macros that leave resources of other services as they are written. Any other may rewrite everything. */
const HARMLESS_TRANSFORMS = [
  'AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions', 'AWS::SecretsManager-2020-07-23', 'AWS::SecretsManager-2024-09-16', 'AWS::CodeDeployBlueGreen',
];

/** Whether the resources are what is deployed, and no macro writes them anew. */
export function isAsWritten(template: Template): boolean {
  return [template.Transform ?? []].flat().every((name) => typeof name === 'string' && HARMLESS_TRANSFORMS.includes(name));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** The name and the argument of an intrinsic function; `undefined` for any other value. */
export function intrinsicOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  let name: string | undefined;
  for (const key in value) {
    if (name !== undefined) {
      return undefined;
    }
    name = key;
  }
  return name !== undefined && (name === 'Ref' || name.startsWith('Fn::')) ? [name, value[name]] : undefined;
}

/** Whether a value is written out: it refers to nothing, and nothing of it is known later. */
export function isWrittenOut(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? !value.includes('{{resolve:') : value !== null;
  }
  if (Array.isArray(value)) {
    return value.every(isWrittenOut);
  }
  for (const key in value) {
    if (key === 'Ref' || key.startsWith('Fn::') || !isWrittenOut((value as Record<string, unknown>)[key])) {
      return false;
    }
  }
  return true;
}

/** An object with other values, or the same one when they stay as they are: most of a template does, and is not copied. */
export function mapValues(object: Record<string, unknown>, change: (value: unknown, key: string) => unknown): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const key in object) {
    const value = change(object[key], key);
    if (value !== object[key]) {
      copy ??= { ...object };
      copy[key] = value;
    }
  }
  return copy ?? object;
}

/** The items of a list, each changed, or the same list when they stay as they are. */
export function mapItems(list: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const changed = change(list[index]);
    if (changed !== list[index]) {
      copy ??= [...list];
      copy[index] = changed;
    }
  }
  return copy ?? list;
}

/** Calls back for every object inside a value, outermost first. */
export function walk(value: unknown, visit: (object: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) {
    value.forEach((inner) => walk(inner, visit));
  } else if (isObject(value)) {
    visit(value);
    for (const key in value) {
      walk(value[key], visit);
    }
  }
}
