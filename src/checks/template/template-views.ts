import { attributesRead } from './attributes-read';
import { isList, typed } from './property-types';
import { RELATIONS } from './relation-table';
import { Resolver } from './resolver';
import { intrinsicOf, isObject, mapItems, mapValues, Resource, Template, walk } from './template';
import { unresolved } from './unresolved';
import { NO_VALUE, Opaque } from './world';
import { Relations, RelationsLookup, ResourceView, UNCERTAIN, UNKNOWN } from '../rule';

/** Beside the properties, what CloudFormation does with a resource. */
const ATTRIBUTES = ['DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy', 'CreationPolicy'];

/** The resources of a template in one world, as rules see them. */
export class TemplateViews {
  private readonly views = new Map<string, ResourceView | undefined>();
  private readonly names = new Map<string, ReadonlyMap<string, ResourceView>>();
  private readonly referrersBy = new Map<string, Map<string, ResourceView[]>>();
  private readonly ids: Readonly<Record<string, readonly string[]>>;

  public constructor(private readonly resolver: Resolver) {
    this.ids = idsByType(resolver.template);
  }

  /** The resources of a type that are certainly deployed. */
  public ofType(type: string): ResourceView[] {
    return (this.ids[type] ?? []).map((logicalId) => this.view(logicalId)).filter((view) => view !== undefined);
  }

  /** A view of a resource; `undefined` when it is not deployed, or what it will be is not known. */
  public view(logicalId: string): ResourceView | undefined {
    if (!this.views.has(logicalId)) {
      const resource = this.resolver.template.Resources?.[logicalId];
      const known = isObject(resource) && this.resolver.isDeployed(logicalId) && !isWrittenByMacro(resource);
      this.views.set(logicalId, known ? this.make(logicalId, resource) : undefined);
    }
    return this.views.get(logicalId);
  }

  private make(logicalId: string, resource: Resource): ResourceView | undefined {
    const type = String(resource.Type);
    const properties = this.resolver.resolve(resource.Properties ?? {});
    if (!isObject(properties) || properties instanceof Opaque) {
      return undefined;
    }
    const plain = mapValues(properties, (value, name) => plainProperty(name, typed(type, name, value)));
    // What is written, and what is read of the resource, as attributes that no template has.
    const { template } = this.resolver;
    const attributes: Record<string, unknown> = {
      'Properties': Object.keys(plain),
      'Fn::GetAtt': attributesRead(template, logicalId),
      // Only few rules ask for these.
      get 'Given'() {
        return Object.entries(properties).flatMap(([name, value]) => attributesIn(value).map((attribute) => `${name} ${attribute}`));
      },
      get 'Targets'() {
        return Object.entries(properties).flatMap(([name, value]) => targetsIn(value).map(([attribute, id]) =>
          `${name} ${attribute} ${String(template.Resources?.[id]?.Type)}`));
      },
      get 'Patterns'() {
        return Object.entries(properties).flatMap(([name, value]) => value instanceof Opaque && value.pattern !== undefined ? [`${name} ${value.pattern}`] : []);
      },
      get 'Unresolved'() {
        return unresolved(template, resource);
      },
    };
    for (const name of ATTRIBUTES) {
      const value = name in resource ? this.resolver.resolve(resource[name]) : undefined;
      attributes[name] = value === NO_VALUE ? undefined : plainValue(typed('', name, value));
    }
    return new ResourceView(type, plain, {}, this.relationsOf(logicalId, resource, properties), {
      logicalId,
      attributes,
      region: this.resolver.facts.region,
      account: this.resolver.facts.account,
      referrers: (property) => this.referrers(logicalId, property),
    });
  }

  /** Relations are looked up when a rule asks for them: they may go in circles. */
  private relationsOf(logicalId: string, resource: Resource, properties: Record<string, unknown>): RelationsLookup {
    const found = new Map<string, Relations[string]>();
    const find = (name: string): Relations[string] => name === 'DependsOn'
      ? resource.DependsOn === undefined ? undefined : [resource.DependsOn].flat().map((id) => this.view(String(id)))
      : Object.hasOwn(RELATIONS, name) && Object.hasOwn(properties, name) ? this.behind(logicalId, name, properties[name]) : undefined;
    return (name) => {
      if (!found.has(name)) {
        found.set(name, find(name));
      }
      return found.get(name);
    };
  }

  private behind(from: string, property: string, value: unknown): readonly (ResourceView | undefined)[] | undefined {
    return Array.isArray(value) ? value.map((item) => this.target(from, property, item))
      : value instanceof Opaque && isList(property) ? undefined : [this.target(from, property, value)];
  }

  /** The resource that a value of a property names. */
  private target(from: string, property: string, value: unknown): ResourceView | undefined {
    const { to, within } = RELATIONS[property];
    if (typeof value === 'string') {
      return this.named(from, value, to) ?? (within ? this.named(from, value.slice(value.search(/[^/:]*$/)), to) : undefined);
    }
    if (isObject(value) && !(value instanceof Opaque)) {
      const targets = Object.values(value).map((inner) => this.target(from, property, inner)).filter((found) => found !== undefined);
      return targets.length === 1 ? targets[0] : undefined;
    }
    const references = value instanceof Opaque && (value.exact || within) ? value.references : [];
    const found = references.map((id) => this.view(id)).filter((view) => view !== undefined && Object.hasOwn(to, view.type));
    return found.length === 1 ? found[0] : undefined;
  }

  /** The resource that a literal names: names are the same in any case. */
  private named(from: string, name: string, to: Readonly<Record<string, string | undefined>>): ResourceView | undefined {
    for (const [type, naming] of Object.entries(to)) {
      const found = naming === undefined ? undefined : this.byName(type, naming).get(name.toLowerCase());
      if (found && found.logicalId !== from) {
        return found;
      }
    }
    return undefined;
  }

  private byName(type: string, naming: string): ReadonlyMap<string, ResourceView> {
    if (!this.names.has(type)) {
      const named = this.ofType(type).flatMap((view): [string, ResourceView][] => {
        const name = view.text(naming)?.toLowerCase();
        return name === undefined ? [] : [[name, view]];
      });
      this.names.set(type, new Map(named.reverse())); // of several, the first
    }
    return this.names.get(type)!;
  }

  private referrers(logicalId: string, property: string): readonly ResourceView[] {
    if (!this.referrersBy.has(property)) {
      this.referrersBy.set(property, this.indexReferrers(property));
    }
    return this.referrersBy.get(property)!.get(logicalId) ?? [];
  }

  private indexReferrers(property: string): Map<string, ResourceView[]> {
    const index = new Map<string, ResourceView[]>();
    const from = Object.keys(this.resolver.template.Resources ?? {}).filter((id) => property in this.propertiesOf(id));
    for (const view of from.map((id) => this.view(id)).filter((each) => each !== undefined)) {
      new Set(view.related(property).map((target) => target.logicalId!)).forEach((target) => index.set(target, [...index.get(target) ?? [], view]));
    }
    return index;
  }

  private propertiesOf(logicalId: string): object {
    const properties = this.resolver.template.Resources?.[logicalId]?.Properties;
    return isObject(properties) ? properties : {};
  }
}

const IDS_BY_TYPE = new WeakMap<Template, Record<string, string[]>>();

/** The logical ids of a template by type: the same in all worlds. */
function idsByType(template: Template): Record<string, string[]> {
  return IDS_BY_TYPE.get(template) ?? indexTypes(template);
}

function indexTypes(template: Template): Record<string, string[]> {
  const { Resources = {} } = template;
  const ids: Record<string, string[]> = {};
  for (const [id, resource] of Object.entries(Resources)) {
    if (isObject(resource) && typeof resource.Type === 'string') {
      (ids[resource.Type] ??= []).push(id);
    }
  }
  IDS_BY_TYPE.set(template, ids);
  return ids;
}

/** The attributes that a value or a part of it is, and nothing beside. */
function attributesIn(value: unknown): string[] {
  return value instanceof Opaque ? (value.attribute === undefined ? [] : [value.attribute])
    : typeof value === 'object' && value !== null ? Object.values(value).flatMap(attributesIn) : [];
}

/** The same with the logical id of the resource. */
function targetsIn(value: unknown): [attribute: string, logicalId: string][] {
  return value instanceof Opaque ? (value.exact && value.attribute !== undefined ? [[value.attribute, value.references[0]]] : [])
    : typeof value === 'object' && value !== null ? Object.values(value).flatMap(targetsIn) : [];
}

/** Whether a macro or a loop writes properties that are not to be seen. */
function isWrittenByMacro(resource: Resource): boolean {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  return Object.keys(resource).concat(Object.keys(properties)).some((key) => key === 'Fn::Transform' || key.startsWith('Fn::ForEach'));
}

function plainProperty(name: string, value: unknown): unknown {
  return value instanceof Opaque && (value.mayBeAbsent || isList(name)) ? UNCERTAIN : plainValue(value);
}

function plainValue(value: unknown): unknown {
  if (value instanceof Opaque) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return mapItems(value, plainValue);
  }
  return isObject(value) ? mapValues(value, plainValue) : value;
}

/** The names that expressions refer to. */
export function namesIn(expression: unknown): { readonly variables: Set<string>; readonly conditions: Set<string> } {
  const [variables, conditions] = [new Set<string>(), new Set<string>()];
  walk(expression, (object) => {
    const [name, argument] = intrinsicOf(object) ?? [];
    if (name === 'Ref' && typeof argument === 'string') {
      variables.add(argument);
    } else if (name === 'Fn::Sub') {
      const text = Array.isArray(argument) ? argument[0] : argument;
      (typeof text === 'string' ? text.match(/(?<=\$\{)[^!}.][^}.]*(?=\})/g) ?? [] : []).forEach((found) => variables.add(found.trim()));
    } else if (name === 'Fn::If' && Array.isArray(argument)) {
      conditions.add(String(argument[0]));
    }
  });
  return { variables, conditions };
}
