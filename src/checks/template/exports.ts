import { DeploymentFacts, Resolver } from './resolver';
import { isObject, Template } from './template';
import { TemplateIndex } from './template-index';
import { TemplateViews } from './template-views';
import { Opaque, World } from './world';

/** A template that is deployed with others, and where. */
export interface Deployed {
  readonly template: Template;
  readonly facts: DeploymentFacts;
}

/** What is certain in a template whatever is chosen. */
const ANYTHING: World = { label: '', pinned: new Map(), comparisons: new Map(), others: 'anything', certain: true };

/**
 * Follows `Fn::ImportValue` to the templates that are deployed together. An export that is there by a condition, or twice, is not followed.
 *
 * @param load reads the templates, when the first import asks for it
 * @returns finds what is exported to a stack; `undefined` when that is not known
 */
export function exportsOf(load: () => readonly Deployed[]): (name: string, to: DeploymentFacts) => unknown {
  let known: Map<string, (() => unknown)[]> | undefined;
  const exported = (name: string, to: DeploymentFacts): unknown => {
    known ??= index(load(), exported);
    const found = known.get(keyOf(name, to)) ?? [];
    return found.length === 1 ? found[0]() : undefined;
  };
  return exported;
}

/** Exports are known by their names within a region of an account. */
function keyOf(name: string, { region, account }: DeploymentFacts): string {
  return JSON.stringify([account, region, name]);
}

function index(all: readonly Deployed[], exported: DeploymentFacts['exported']): Map<string, (() => unknown)[]> {
  const known = new Map<string, (() => unknown)[]>();
  for (const { template, facts } of all) {
    const resolver = new Resolver(template, ANYTHING, { ...facts, exported });
    const views = new TemplateViews(new TemplateIndex(template), resolver, new Set());
    for (const output of Object.values(isObject(template.Outputs) ? template.Outputs : {})) {
      const name = isObject(output) && isObject(output.Export) ? resolver.resolve(output.Export.Name) : undefined;
      if (isObject(output) && typeof name === 'string') {
        const key = keyOf(name, facts);
        known.set(key, [...known.get(key) ?? [], () => output.Condition === undefined ? valueOf(output.Value, resolver, views) : undefined]);
      }
    }
  }
  return known;
}

/** A value as another template sees it: the names of resources mean something here alone. */
function valueOf(expression: unknown, resolver: Resolver, views: TemplateViews): unknown {
  const value = resolver.resolve(expression);
  const [id] = value instanceof Opaque && value.exact ? value.references : [];
  return !(value instanceof Opaque) ? value
    : id === undefined ? undefined : new Opaque([], true, false, [], value.attribute, () => views.view(id));
}
