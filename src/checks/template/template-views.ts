import { Known, Lookups } from './lookups';
import { dynamicTextsIn, givenIn, itemPatternsIn, parametersIn, patternsIn, placesIn, resolvedIn, targetsIn } from './property-facts';
import { isList, typed } from './property-types';
import { targetsOf } from './relation-table';
import { Resolver } from './resolver';
import { isObject, mapItems, mapValues, Resource } from './template';
import { add, TemplateIndex } from './template-index';
import { HOLE, NO_VALUE, Opaque } from './world';
import { keep } from '../../private/memo';
import { Relations, RelationsLookup, ResourceView, UNCERTAIN, UNKNOWN } from '../rule';

/** Beside the properties, what CloudFormation does with a resource. */
const ATTRIBUTES = ['DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy', 'CreationPolicy'];

/** The resources of a template in one world, as rules see them. */
export class TemplateViews {
  private readonly views = new Map<string, Known<ResourceView | undefined>>();
  private readonly names = new Map<string, Known<ReadonlyMap<string, ResourceView>>>();
  private readonly referrersBy = new Map<string, Known<ReadonlyMap<string, ResourceView[]>>>();
  private readonly lookups = new Lookups();

  /**
   * @param variables the parameters that are not the same in all worlds
   */
  public constructor(private readonly index: TemplateIndex, private readonly resolver: Resolver, private readonly variables: ReadonlySet<string>) {}

  /** The logical ids of a type. */
  public idsOf(type: string): readonly string[] {
    return this.index.idsOf(type);
  }

  /** What is found out with the views of this world, and whether it may be otherwise in another. */
  public observe<Value>(find: () => Value): Known<Value> {
    return this.lookups.observe(find);
  }

  /** A view of a resource; `undefined` when it is not deployed, or what it will be is not known. */
  public view(logicalId: string): ResourceView | undefined {
    return this.lookups.recall(this.views, logicalId, () => {
      if (this.index.varies(logicalId, this.variables)) {
        this.lookups.vary();
      }
      const resource = this.resolver.template.Resources?.[logicalId];
      return isObject(resource) && this.resolver.isDeployed(logicalId) && !isWrittenByMacro(resource) ? this.make(logicalId, resource) : undefined;
    });
  }

  /** The resources of a type that are certainly deployed. */
  private ofType(type: string): ResourceView[] {
    return this.index.idsOf(type).map((logicalId) => this.view(logicalId)).filter((view) => view !== undefined);
  }

  private make(logicalId: string, resource: Resource): ResourceView | undefined {
    const type = String(resource.Type);
    const properties = this.resolver.resolve(resource.Properties ?? {});
    if (!isObject(properties) || properties instanceof Opaque) {
      return undefined;
    }
    const plain = mapValues(properties, (value, name) => plainProperty(name, typed(type, name, value)));
    return new ResourceView(type, plain, {}, this.relationsOf(logicalId, resource, properties), {
      logicalId,
      attribute: this.attributesOf(logicalId, resource, properties, plain),
      region: this.resolver.facts.region,
      account: this.resolver.facts.account,
      referrers: (property) => this.referrers(logicalId, property),
    });
  }

  /** What stands beside the properties; and what is written, given and read of the resource, as attributes that no template has. */
  private attributesOf(
    logicalId: string, resource: Resource, properties: Record<string, unknown>, plain: Record<string, unknown>,
  ): (name: string) => unknown {
    // Most resources are written out: there is nothing to find in them.
    const written = this.index.expressions(logicalId)?.Properties;
    const resolved = resolvedIn(resource.Properties, properties);
    const typeOf = (id: string) => String(this.resolver.template.Resources?.[id]?.Type);
    const facts = new Map<string, string[]>();
    return (name) => {
      switch (name) {
        case 'Properties': return keep(facts, name, () => Object.keys(plain));
        case 'Fn::GetAtt': return this.index.attributesRead(logicalId);
        case 'Given': return keep(facts, name, () => givenIn(resolved));
        case 'Targets': return keep(facts, name, () => targetsIn(resolved, typeOf));
        case 'Patterns': return keep(facts, name, () => patternsIn(resolved));
        case 'ItemPatterns': return keep(facts, name, () => itemPatternsIn(resolved));
        case 'Dynamic': return keep(facts, name, () => dynamicTextsIn(resolved));
        case 'Types': return this.index.types;
        case 'Places': return keep(facts, name, () => placesIn(properties, typeOf));
        case 'Callers': return this.idsOf('AWS::Lambda::Permission').filter((id) => this.view(id) ?? this.resolver.isDeployed(id) !== false)
          .map((id) => this.view(id)?.text('Principal') ?? HOLE);
        case 'Parameters': return keep(facts, name, () => parametersIn(written, this.resolver.template));
      }
      const value = ATTRIBUTES.includes(name) && name in resource ? this.resolver.resolve(resource[name]) : undefined;
      return value === NO_VALUE ? undefined : plainValue(typed('', name, value));
    };
  }

  /** Relations are looked up when a rule asks for them: they may go in circles. */
  private relationsOf(logicalId: string, resource: Resource, properties: Record<string, unknown>): RelationsLookup {
    const found = new Map<string, Known<Relations[string]>>();
    const find = (name: string): Relations[string] => name === 'DependsOn'
      ? resource.DependsOn === undefined ? undefined : [resource.DependsOn].flat().map((id) => this.view(String(id)))
      : targetsOf(name) && Object.hasOwn(properties, name) ? this.behind(logicalId, name, properties[name]) : undefined;
    return (name) => this.lookups.recall(found, name, () => find(name));
  }

  private behind(from: string, property: string, value: unknown): readonly (ResourceView | undefined)[] | undefined {
    return Array.isArray(value) ? value.map((item) => this.target(from, property, item))
      : value instanceof Opaque && isList(property) ? undefined : [this.target(from, property, value)];
  }

  /** The resource that a value of a property names. */
  private target(from: string, property: string, value: unknown): ResourceView | undefined {
    const { types, within } = targetsOf(property)!;
    if (typeof value === 'string') {
      return this.named(from, value, types) ?? (within ? this.named(from, value.slice(Math.max(value.lastIndexOf('/'), value.lastIndexOf(':')) + 1), types) : undefined);
    }
    const found: ResourceView[] = [];
    const consider = (view: ResourceView | undefined) => view && types.some(([type]) => type === view.type) && found.push(view);
    if (value instanceof Opaque) {
      (value.exact || within ? value.references : []).forEach((id) => consider(this.view(id)));
      consider(value.foreign?.());
    } else if (isObject(value)) {
      for (const key in value) {
        consider(this.target(from, property, value[key]));
      }
    }
    return found.length === 1 ? found[0] : undefined;
  }

  /** The resource that a literal names: names are the same in any case. */
  private named(from: string, name: string, types: readonly (readonly [string, string | undefined])[]): ResourceView | undefined {
    for (const [type, naming] of types) {
      const found = naming === undefined ? undefined : this.byName(type, naming).get(name.toLowerCase());
      if (found && found.logicalId !== from) {
        return found;
      }
    }
    return undefined;
  }

  private byName(type: string, naming: string): ReadonlyMap<string, ResourceView> {
    return this.lookups.recall(this.names, type, () => {
      const named = this.ofType(type).flatMap((view): [string, ResourceView][] => {
        const name = view.text(naming)?.toLowerCase();
        return name === undefined ? [] : [[name, view]];
      });
      return new Map(named.reverse()); // of several, the first
    });
  }

  private referrers(logicalId: string, property: string): readonly ResourceView[] {
    return this.lookups.recall(this.referrersBy, property, () => this.indexReferrers(property)).get(logicalId) ?? [];
  }

  private indexReferrers(property: string): Map<string, ResourceView[]> {
    const index = new Map<string, ResourceView[]>();
    for (const view of this.index.idsWith(property).map((id) => this.view(id)).filter((each) => each !== undefined)) {
      // What another template has may be called the same.
      const own = view.related(property).filter((target) => target === this.view(target.logicalId!));
      new Set(own).forEach((target) => add(index, target.logicalId!, view));
    }
    return index;
  }
}

/** Whether a macro or a loop writes properties that are not to be seen. */
function isWrittenByMacro(resource: Resource): boolean {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const isMacro = (key: string) => key === 'Fn::Transform' || key.startsWith('Fn::ForEach');
  return Object.keys(resource).some(isMacro) || Object.keys(properties).some(isMacro);
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
