import { attributesRead } from './attributes-read';
import { intrinsicOf, isObject, Template, walk } from './template';
import { keep } from '../../private/memo';

/** What a template says of its resources in all worlds alike. It is made for one judgement, and looks up what is asked for once. */
export class TemplateIndex {
  private readonly byType = new Map<string, string[]>();
  private byProperty?: ReadonlyMap<string, readonly string[]>;
  private readonly varying = new Map<string, boolean>();
  private attributes?: ReadonlyMap<string, ReadonlySet<string>>;

  public constructor(public readonly template: Template) {
    for (const [id, resource] of Object.entries(isObject(template.Resources) ? template.Resources : {})) {
      if (isObject(resource) && typeof resource.Type === 'string') {
        add(this.byType, resource.Type, id);
      }
    }
  }

  /** The types of the resources. */
  public get types(): string[] {
    return [...this.byType.keys()];
  }

  /** The logical ids of a type. */
  public idsOf(type: string): readonly string[] {
    return this.byType.get(type) ?? [];
  }

  /** The logical ids of the resources on which a property is written. */
  public idsWith(property: string): readonly string[] {
    this.byProperty ??= this.indexProperties();
    return this.byProperty.get(property) ?? [];
  }

  private indexProperties(): Map<string, string[]> {
    const index = new Map<string, string[]>();
    for (const [id, resource] of Object.entries(this.template.Resources!)) {
      const properties = isObject(resource) ? resource.Properties : undefined;
      for (const name in isObject(properties) ? properties : {}) {
        add(index, name, id);
      }
    }
    return index;
  }

  /** The attributes of a resource that the template reads, once each. */
  public attributesRead(logicalId: string): string[] {
    this.attributes ??= attributesRead(this.template);
    return [...this.attributes.get(logicalId) ?? []];
  }

  /** Whether a resource may be another one, or not there, in another world. */
  public varies(logicalId: string, variables: ReadonlySet<string>): boolean {
    return keep(this.varying, logicalId, () => {
      const resource = this.template.Resources?.[logicalId];
      const names = namesIn(resource);
      return names.conditions.size > 0 || resource?.Condition !== undefined || [...names.variables].some((name) => variables.has(name));
    });
  }
}

/** Adds an item to the list of a key. */
export function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) {
    list.push(item);
  } else {
    lists.set(key, [item]);
  }
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
