import { isObject, Template } from '../template';

/** The pseudo parameters: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
const PSEUDO = [
  'AWS::AccountId', 'AWS::NotificationARNs', 'AWS::NoValue', 'AWS::Partition', 'AWS::Region', 'AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix',
];
const SPELLINGS = new Map(PSEUDO.map((name) => [name.toLowerCase(), name]));

/** Sections that are there until a template is packaged: what they stand for is written then. */
const UNPACKAGED = ['Modules', 'Constants', 'Packages', 'Rain'];

/** Whether a key stands for something that a macro or a loop writes. */
export function isMacroKey(key: string): boolean {
  return key === 'Fn::Transform' || key.startsWith('Fn::ForEach');
}

function section(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** The names that a template has, and those that a macro, a loop or a module may write. */
export class Names {
  public readonly resources: Readonly<Record<string, unknown>>;
  public readonly parameters: Readonly<Record<string, unknown>>;
  public readonly conditions: Readonly<Record<string, unknown>>;
  public readonly mappings: Readonly<Record<string, unknown>>;
  /** Whether a macro has its way with the template. */
  public readonly isTransformed: boolean;
  private readonly isOpen: boolean;
  private readonly hasOpenConditions: boolean;
  private readonly hasOpenMappings: boolean;
  private readonly ids: readonly string[];
  private readonly hasModules: boolean;

  public constructor(template: Template) {
    this.resources = section(template.Resources);
    this.parameters = section(template.Parameters);
    this.conditions = section(template.Conditions);
    this.mappings = section(template.Mappings);
    this.ids = Object.keys(this.resources);
    const isWritten = ['Fn::Transform', ...UNPACKAGED].some((name) => name in template);
    this.isTransformed = 'Transform' in template || isWritten;
    this.isOpen = isWritten || [this.ids, Object.keys(this.parameters)].some((names) => names.some(isMacroKey));
    this.hasOpenConditions = this.isOpen || Object.keys(this.conditions).some(isMacroKey);
    this.hasOpenMappings = this.isOpen || this.isTransformed || Object.keys(this.mappings).some(isMacroKey);
    this.hasModules = this.ids.some((id) => this.typeOf(id).endsWith('::MODULE'));
  }

  /** The type of a resource; empty where there is none of that name. */
  public typeOf(id: string): string {
    const resource = Object.hasOwn(this.resources, id) ? this.resources[id] : undefined;
    return isObject(resource) && typeof resource.Type === 'string' ? resource.Type : '';
  }

  /** The condition of a resource. */
  public conditionOf(id: string): string | undefined {
    const resource = this.resources[id];
    return isObject(resource) && typeof resource.Condition === 'string' ? resource.Condition : undefined;
  }

  public isResource(name: string): boolean {
    return Object.hasOwn(this.resources, name);
  }

  public isParameter(name: string): boolean {
    return Object.hasOwn(this.parameters, name);
  }

  /** Whether there is, or may be, a resource of that name. SAM and modules name what they make after what it is for. */
  public mayBeResource(name: string): boolean {
    return this.isResource(name) || this.isOpen
      || ((this.isTransformed || this.hasModules) && (name.startsWith('Serverless') || this.ids.some((id) => name.startsWith(id))));
  }

  /** Whether `Ref` finds that name. A pseudo parameter in another spelling is none; one that is not known here may be new. */
  public mayBeReferred(name: string): boolean {
    return this.isParameter(name) || this.mayBeResource(name) || (name.startsWith('AWS::') && this.spelling(name) === undefined);
  }

  /** The pseudo parameter that was meant by another spelling. */
  public spelling(name: string): string | undefined {
    const right = SPELLINGS.get(name.toLowerCase());
    return right === name ? undefined : right;
  }

  public mayBeCondition(name: string): boolean {
    return Object.hasOwn(this.conditions, name) || this.hasOpenConditions;
  }

  public mayBeMapping(name: string): boolean {
    return Object.hasOwn(this.mappings, name) || this.hasOpenMappings;
  }
}
