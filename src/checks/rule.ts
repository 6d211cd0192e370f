// Rules are data: this file and every `*-rules.ts` import nothing of CDK, so that the same rows judge a construct's
// properties while it is made and the resources of a finished template.

/** A value that exists but is not known at synthesis. Rules never judge it. */
export const UNKNOWN = Symbol('unknown at synthesis');

/** What may be there or not: nobody can say before the deployment. Neither present nor absent, and never judged. */
export const UNCERTAIN = Symbol('unknown whether it is written');

/** What AWS's refusal rests on. */
export type Evidence =
  /** The message was seen from the real service. */
  | 'live'
  /** AWS's text says so. */
  | 'documented'
  /** The CloudFormation registry schema says so. */
  | 'schema'
  /** Other tools refuse it at plan time. */
  | 'plan-time'
  /** Follows from other facts; never rejects. */
  | 'inferred';

/** One rule about one type of CloudFormation resource. */
export interface Rule {
  /** Permanent PascalCase code. */
  readonly code: string;
  /** `error`: the deployment would fail or lose data. `warning`: allowed, but probably not what is wanted. */
  readonly severity: 'error' | 'warning';
  /** The CloudFormation type the rule judges. */
  readonly resourceType: string;
  /** The properties it reads. */
  readonly reads: readonly string[];
  readonly evidence: Evidence;
  /** Where the fact is written. */
  readonly source: string;
  /** When the source was last read. */
  readonly checked: string;
  /** The first version of this library with the rule. */
  readonly since: string;
  /**
   * Judges a resource.
   *
   * @returns what is wrong, one text a problem, lower-case and without a full stop; nothing when the resource passes or cannot be judged
   */
  readonly judge: (resource: ResourceView) => string | string[] | undefined;
}

/** How a property is called by the person who wrote it. */
export interface Wording {
  /** The name of the prop, for example `automaticFailover` for `AutomaticFailoverEnabled`. */
  readonly name: string;
  /** The value as it was written, where it differs from the property's. */
  readonly show?: (value: unknown) => string;
}

/** The names of a construct's props by CloudFormation property. */
export type Wordings = Readonly<Record<string, Wording | string>>;

/** The resources behind a property that refers to some, one `undefined` for each that cannot be known; `undefined` where none can. */
export type Relations = Readonly<Record<string, readonly (ResourceView | undefined)[] | undefined>>;

/** Looks up {@link Relations} when a rule asks for them. */
export type RelationsLookup = (property: string) => Relations[string];

const NONE: readonly ResourceView[] = [];

/** What surrounds the properties of a resource. All of it is known in a finished template alone. */
export interface Surroundings {
  /** What stands beside the properties: `DeletionPolicy`, `UpdatePolicy`, ... */
  readonly attribute?: (name: string) => unknown;
  /** The resources that refer to this one by a property of theirs. */
  readonly referrers?: (property: string) => readonly ResourceView[];
  readonly logicalId?: string;
  /** The region the resource is deployed to, where that is known. */
  readonly region?: string;
  /** The account the resource is deployed to, where that is known. */
  readonly account?: string;
}

/** What a rule sees of a resource: plain CloudFormation properties, the words for them, and the resources they refer to. */
export class ResourceView {
  /** The properties that were asked for, while somebody listens. */
  private asked?: Set<string>;

  public constructor(
    public readonly type: string,
    private readonly properties: Readonly<Record<string, unknown>>,
    private readonly wordings: Wordings = {},
    private readonly relations: Relations | RelationsLookup = {},
    private readonly surroundings: Surroundings = {},
  ) {}

  /** The properties that an act asks this resource for, and those behind which it looks for others. */
  public listen<Value>(act: () => Value): { readonly value: Value; readonly asked: ReadonlySet<string> } {
    const before = this.asked;
    const asked = this.asked = new Set<string>();
    try {
      return { value: act(), asked };
    } finally {
      this.asked = before;
    }
  }

  /** The name in the template; `undefined` while a construct is made. */
  public get logicalId(): string | undefined {
    return this.surroundings.logicalId;
  }

  /** The region the resource is deployed to, where that is known. */
  public get region(): string | undefined {
    return this.surroundings.region;
  }

  /** The account the resource is deployed to, where that is known. */
  public get account(): string | undefined {
    return this.surroundings.account;
  }

  /** Whether this is a resource of a finished template: only then are attributes and referrers complete. */
  public get inTemplate(): boolean {
    return this.surroundings.attribute !== undefined;
  }

  /** What stands beside the properties in a finished template, such as `DeletionPolicy`; `undefined` when it is absent or not known. */
  public attribute(name: string): unknown {
    const value = this.surroundings.attribute?.(name);
    return typeof value === 'symbol' ? undefined : value;
  }

  /** The resources of a finished template that refer to this one by a property of theirs. */
  public referrers(property: string): readonly ResourceView[] {
    return this.surroundings.referrers?.(property) ?? [];
  }

  /** The value of a property; `undefined` when it is absent or not known. */
  public value(property: string): unknown {
    this.asked?.add(property);
    const value = this.properties[property];
    return isUnknown(value) ? undefined : value;
  }

  public text(property: string): string | undefined {
    const value = this.value(property);
    return typeof value === 'string' ? value : undefined;
  }

  public number(property: string): number | undefined {
    const value = this.value(property);
    return typeof value === 'number' ? value : undefined;
  }

  public list(property: string): readonly unknown[] | undefined {
    const value = this.value(property);
    return Array.isArray(value) && !value.some(isUnknown) ? value : undefined;
  }

  /** How many items a list has, whatever they are; `undefined` when there is no list, or it is not known how long it will be. */
  public count(property: string): number | undefined {
    const value = this.value(property);
    return Array.isArray(value) ? value.length : undefined;
  }

  /** Whether the property is certainly `true`. */
  public isTrue(property: string): boolean {
    return this.value(property) === true;
  }

  /** Whether the property is certainly not `true`: `false`, or left out. */
  public isNotTrue(property: string): boolean {
    return this.isAbsent(property) || this.value(property) === false;
  }

  /** Whether the property is certainly left out. */
  public isAbsent(property: string): boolean {
    this.asked?.add(property);
    return this.properties[property] === undefined;
  }

  /** Whether the property is certainly written, known or not. */
  public isPresent(property: string): boolean {
    return !this.isAbsent(property) && this.properties[property] !== UNCERTAIN;
  }

  /** Whether the property certainly holds something: it is written, and not as an empty list. */
  public isFilled(property: string): boolean {
    return this.isPresent(property) && this.count(property) !== 0;
  }

  /** Those of the resources a property refers to that are known. */
  public related(property: string): readonly ResourceView[] {
    const all = this.behind(property) ?? NONE;
    return isComplete(all) ? all : all.filter((each) => each !== undefined);
  }

  /** All resources a property refers to; `undefined` unless every one of them is known. */
  public allRelated(property: string): readonly ResourceView[] | undefined {
    const all = this.behind(property);
    return all && isComplete(all) ? all : undefined;
  }

  private behind(property: string): Relations[string] {
    this.asked?.add(property);
    return typeof this.relations === 'function' ? this.relations(property) : this.relations[property];
  }

  /** @internal */
  public get _contents(): { readonly properties: Readonly<Record<string, unknown>>; readonly relations: Relations } | undefined {
    return typeof this.relations === 'function' ? undefined : { properties: this.properties, relations: this.relations };
  }

  /** Advice in the words of whoever wrote the resource: what to do with constructs, and what to write in a template. */
  public advice(forConstructs: string, forTemplates: string): string {
    return this.inTemplate ? forTemplates : forConstructs;
  }

  /** The property's name in the user's words. */
  public name(property: string): string {
    const wording = this.wordings[property];
    return wording === undefined ? property : typeof wording === 'string' ? wording : wording.name;
  }

  /** The property and the value given, in the user's words: `replicas: 0`. */
  public given(property: string): string {
    this.asked?.add(property);
    const wording = this.wordings[property];
    const value = this.properties[property];
    const show = typeof wording === 'object' ? wording.show : undefined;
    if (value === undefined) {
      return `no ${this.name(property)}`;
    }
    return `${this.name(property)}: ${show ? show(value) : showValue(value)}`;
  }
}

/**
 * The names under which two resources of a type differ, in their properties or in the resources behind these.
 *
 * @returns `undefined` where that cannot be told: in a finished template, where relations are looked up when they are asked for
 */
export function differences(one: ResourceView, other: ResourceView): string[] | undefined {
  if (one.type !== other.type || one.inTemplate || other.inTemplate) {
    return undefined;
  }
  const [mine, theirs] = [one._contents, other._contents];
  return mine && theirs && [...differing(mine.properties, theirs.properties), ...differing(mine.relations, theirs.relations)];
}

function differing(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(one).filter((name) => !isSame(one[name], other[name]));
  for (const name in other) {
    if (!(name in one) && other[name] !== undefined) {
      names.push(name);
    }
  }
  return names;
}

/** Whether two plain values are the same, or two views show the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (one instanceof ResourceView) {
    return other instanceof ResourceView && differences(one, other)?.length === 0;
  }
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  return !Array.isArray(other) && differing(one as Record<string, unknown>, other as Record<string, unknown>).length === 0;
}

function isComplete(resources: readonly (ResourceView | undefined)[]): resources is readonly ResourceView[] {
  return !resources.includes(undefined);
}

function isUnknown(value: unknown): boolean {
  return value === UNKNOWN || value === UNCERTAIN;
}

function showValue(value: unknown): string {
  return isUnknown(value) ? 'a token' : JSON.stringify(value, (_, inner) => isUnknown(inner) ? 'a token' : inner);
}

/** What a rule found. */
export interface Finding {
  readonly rule: Rule;
  readonly message: string;
}

/** Runs the rows that judge a resource's type over it. */
export function evaluate(rules: readonly Rule[], resource: ResourceView): Finding[] {
  const found: Finding[] = [];
  for (const rule of rules) {
    const said = rule.resourceType === resource.type ? rule.judge(resource) : undefined;
    if (typeof said === 'string') {
      found.push({ rule, message: said });
    } else if (said !== undefined) {
      for (const message of said) {
        found.push({ rule, message });
      }
    }
  }
  return found;
}
