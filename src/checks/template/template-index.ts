import { attributesRead } from './attributes-read';
import { intrinsicOf, isObject, isWrittenOut, Resource, Template, walk } from './template';
import { keep } from '../../private/memo';

/** What a template says of its resources in all worlds alike. It is made for one judgement, and looks up what is asked for once. */
export class TemplateIndex {
  private readonly byType = new Map<string, string[]>();
  private byProperty?: ReadonlyMap<string, readonly string[]>;
  private readonly expressionsById = new Map<string, Resource | undefined>();
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

  /** A resource without those of its properties that are written out: whatever refers to something is in the rest, and most have little of it. */
  public expressions(logicalId: string): Resource | undefined {
    return keep(this.expressionsById, logicalId, () => {
      const resource = this.template.Resources?.[logicalId];
      const written = resource?.Properties;
      if (!isObject(resource) || !isObject(written)) {
        return resource;
      }
      const Properties: Record<string, unknown> = {};
      for (const name in written) {
        if (name === 'Ref' || name.startsWith('Fn::') || !isWrittenOut(written[name])) {
          Properties[name] = written[name];
        }
      }
      return { ...resource, Properties };
    });
  }

  /** The attributes of a resource that the template reads, once each. */
  public attributesRead(logicalId: string): readonly string[] {
    this.attributes ??= attributesRead(this.template, (id) => this.expressions(id));
    const read = this.attributes.get(logicalId);
    return read ? [...read] : [];
  }

  /** Whether a resource may be another one, or not there, in another world. */
  public varies(logicalId: string, variables: ReadonlySet<string>): boolean {
    return keep(this.varying, logicalId, () => {
      const resource = this.expressions(logicalId);
      if (isWrittenOut(resource)) {
        return resource?.Condition !== undefined;
      }
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
