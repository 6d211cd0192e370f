// Templates before the rules. One function: everything in these tests goes through `judge`.
import * as fs from 'fs';
import * as path from 'path';
import { evaluate, ResourceView, Rule, UNKNOWN } from '../../../src/checks/rule';
import { TemplateResources } from '../cases/case';

const SRC = path.join(__dirname, '..', '..', '..', 'src');

/** Every row of every rule file. */
export const RULES: readonly Rule[] = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('-rules.ts')).sort()
  .flatMap((file) => Object.values<Rule[]>(jest.requireActual(path.join(SRC, file))).filter(Array.isArray)).flat();

const BY_TYPE = new Map([...new Set(RULES.map(({ resourceType }) => resourceType))]
  .map((type) => [type, RULES.filter(({ resourceType }) => resourceType === type)]));

export interface Template {
  readonly Resources: TemplateResources;
  readonly Outputs?: Record<string, unknown>;
}

export interface Judged {
  readonly code: string;
  readonly severity: Rule['severity'];
  readonly logicalId: string;
  readonly type: string;
  readonly message: string;
}

/** Where the templates of these tests are deployed. */
export const REGION = 'eu-west-1';

/** What the rules find in a template. */
export function judge(template: Template, rules: ReadonlyMap<string, readonly Rule[]> = BY_TYPE): Judged[] {
  const views = new Views(template);
  return Object.entries(template.Resources).flatMap(([logicalId, { Type }]) =>
    evaluate(rules.get(Type) ?? [], views.view(logicalId)!).map(({ rule, message }) => (
      { code: rule.code, severity: rule.severity, logicalId, type: Type, message })));
}

/** What rejects a template. */
export function rejections(template: Template): Judged[] {
  return judge(template).filter(({ severity }) => severity === 'error');
}

const IDS: Readonly<Record<string, string>> = { UserIds: 'UserId', UserGroupIds: 'UserGroupId', UserGroupId: 'UserGroupId' };

class Views {
  private readonly made = new Map<string, ResourceView>();
  private readonly read: Record<string, Set<string>> = {};

  public constructor(private readonly template: Template) {
    this.collectReads(template);
  }

  public view(logicalId: string): ResourceView | undefined {
    const resource = this.template.Resources[logicalId];
    if (resource !== undefined && !this.made.has(logicalId)) {
      const properties = Object.fromEntries(Object.entries(resource.Properties ?? {}).filter(([, value]) => value !== undefined));
      const relations = {};
      Object.entries(properties).forEach(([name, value]) => Object.defineProperty(relations, name, { get: () => this.targets(name, value) }));
      this.made.set(logicalId, new ResourceView(resource.Type, plain(properties) as Record<string, unknown>, {}, relations, {
        logicalId,
        region: REGION,
        attributes: {
          'DeletionPolicy': resource.DeletionPolicy,
          'UpdateReplacePolicy': resource.UpdateReplacePolicy,
          'UpdatePolicy': resource.UpdatePolicy,
          'Properties': Object.keys(properties),
          'Fn::GetAtt': [...this.read[logicalId] ?? []],
        },
        referrers: (property) => Object.keys(this.template.Resources).map((id) => this.view(id)!)
          .filter((view) => view.related(property).includes(this.view(logicalId)!)),
      }));
    }
    return this.made.get(logicalId);
  }

  private targets(property: string, value: unknown): (ResourceView | undefined)[] {
    return (Array.isArray(value) ? value : [value]).map((item) => {
      const named = typeof item === 'string' && IDS[property]
        ? Object.keys(this.template.Resources).find((id) => this.template.Resources[id].Properties?.[IDS[property]] === item) : undefined;
      const [reference] = named ? [named] : references(item);
      return reference === undefined ? undefined : this.view(reference);
    });
  }

  private collectReads(value: unknown): void {
    if (typeof value === 'object' && value !== null) {
      const attribute = (value as { 'Fn::GetAtt'?: [string, string] })['Fn::GetAtt'];
      if (Array.isArray(attribute)) {
        (this.read[attribute[0]] ??= new Set()).add(attribute[1]);
      }
      Object.values(value).forEach((inner) => this.collectReads(inner));
    }
  }
}

/** The resources that an expression refers to. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { 'Ref': ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = value as Record<string, unknown>;
  return [
    ...typeof ref === 'string' ? [ref] : [],
    ...Array.isArray(attribute) ? [String(attribute[0])] : [],
    ...typeof sub === 'string' ? [...sub.matchAll(/\$\{([A-Za-z0-9]+)[^}]*\}/g)].map(([, id]) => id) : [],
    ...Object.values(value).flatMap(references),
  ];
}

/** Intrinsic functions are not known; the rest is as it is written. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')) ? UNKNOWN
    : Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).map(([key, inner]) => [key, plain(inner)]));
}
