import { Spots, WholeFact, WHOLE_FACTS } from './facts';
import { formProblem, functionProblem, indexProblem } from './functions';
import { isMacroKey, Names } from './names';
import { keep } from '../../../private/memo';
import { isObject, isScalar, Template } from '../template';

/** The names in the texts of `Fn::Sub`, with their attributes. */
const VARIABLE = /(?<=\$\{)[^!}][^}]*(?=\})/g;
/** What a nested stack has beside its outputs, as its schema says. */
const OF_STACKS = ['StackId', 'CreationTime', 'StackStatus', 'StackStatusReason', 'RootId', 'ParentId', 'ChangeSetId', 'LastUpdateTime'];
const STACK = 'AWS::CloudFormation::Stack';

/** Conditions that have to hold, or not, for something to count. */
export type Guard = readonly [condition: string, holds: boolean];

/** What is read of a resource that a condition may leave out. */
export interface Chance {
  readonly place: readonly string[];
  readonly label: string;
  readonly guards: readonly Guard[];
  readonly target: string;
  readonly condition: string;
}

/** What is looked up in a mapping in any case. */
export interface Lookup {
  readonly place: readonly string[];
  readonly label: string;
  readonly condition: string | undefined;
  readonly arguments: readonly unknown[];
}

/** What is selected of a list in any case, by an index that is not written out. */
export type Selection = Omit<Lookup, 'label'>;

/** Goes once over the values of a template, and takes down what they refer to and which functions they call. */
export class TemplateWalk {
  public readonly spots = new Spots();
  /** The resources that each resource waits for in every case. */
  public readonly needs = new Map<string, Set<string>>();
  public readonly conditionNeeds = new Map<string, Set<string>>();
  public readonly chances: Chance[] = [];
  public readonly lookups: Lookup[] = [];
  public readonly selections: Selection[] = [];
  public readonly names: Names;

  private section = '';
  private name = '';
  private inside: readonly string[] = [];
  private label = '';
  private condition: string | undefined;
  private waiting: Set<string> | undefined;
  private guards: readonly Guard[] = [];
  /** What may not depend on a resource, while its argument is looked at. */
  private independent: WholeFact | undefined;

  public constructor(template: Template) {
    this.names = new Names(template);
    this.each('Conditions', template.Conditions, (name, value) => this.inCondition(name, value));
    this.each('Resources', template.Resources, (id, value) => this.inResource(id, value));
    this.each('Outputs', template.Outputs, (name, value) => this.inOutput(name, value));
  }

  private each(section: string, entries: unknown, look: (name: string, value: Record<string, unknown>) => void): void {
    this.section = section;
    for (const [name, value] of Object.entries(isObject(entries) && !('Fn::Transform' in entries) ? entries : {})) {
      if (isObject(value) && !Object.keys(value).some(isMacroKey) && !isMacroKey(name)) {
        this.name = name;
        this.waiting = undefined;
        this.condition = undefined;
        look(name, value);
      }
    }
  }

  private inCondition(name: string, value: Record<string, unknown>): void {
    this.enter([], name);
    this.waiting = keep(this.conditionNeeds, name, () => new Set());
    this.visit(value);
  }

  private inResource(id: string, resource: Record<string, unknown>): void {
    this.condition = typeof resource.Condition === 'string' ? resource.Condition : undefined;
    // SAM takes its own resources apart.
    this.waiting = resource.Condition === undefined && !this.names.typeOf(id).startsWith('AWS::Serverless::') ? keep(this.needs, id, () => new Set()) : undefined;
    if (resource.DependsOn !== undefined) {
      this.enter(['DependsOn'], 'DependsOn');
      [resource.DependsOn].flat().forEach((name) => typeof name === 'string' && this.waitFor(name));
    }
    this.conditioned();
    const { Properties } = resource;
    for (const property in isObject(Properties) ? Properties : {}) {
      const value = (Properties as Record<string, unknown>)[property];
      if (isMacroKey(property) || property.startsWith('Fn::') || property === 'Ref') {
        this.enter(['Properties'], 'Properties');
        this.visit(Properties);
        break;
      }
      if (typeof value === 'object') {
        this.enter(['Properties', property], property);
        this.visit(value);
      }
    }
    this.waiting = undefined;
    for (const policy of ['UpdatePolicy', 'CreationPolicy']) {
      if (policy in resource) {
        this.enter([policy], policy);
        this.visit(resource[policy]);
      }
    }
  }

  private inOutput(_: string, output: Record<string, unknown>): void {
    this.condition = typeof output.Condition === 'string' ? output.Condition : undefined;
    this.conditioned();
    this.enter(['Value'], 'Value');
    this.visit(output.Value);
    this.enter(['Export'], 'Export');
    this.independent = WHOLE_FACTS.exportName;
    this.visit(isObject(output.Export) ? output.Export.Name : undefined);
    this.independent = undefined;
  }

  /** The condition that a resource or an output has. */
  private conditioned(): void {
    if (this.condition !== undefined && !this.names.mayBeCondition(this.condition)) {
      this.enter(['Condition'], 'Condition');
      this.missing(`condition ${this.condition}`);
    }
  }

  private enter(inside: readonly string[], label: string): void {
    this.inside = inside;
    this.label = label;
    this.guards = [];
  }

  private get place(): readonly string[] {
    return [this.section, this.name, ...this.inside];
  }

  private say(fact: WholeFact, text: string): void {
    this.spots.say(this.place, fact, text);
  }

  private missing(what: string): void {
    this.say(WHOLE_FACTS.unresolved, `${this.label} ${what}`);
  }

  private visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    if (Array.isArray(value)) {
      value.forEach((item) => this.visit(item));
      return;
    }
    const object = value as Record<string, unknown>;
    let called: string | undefined;
    let keys = 0;
    for (const key in object) {
      keys++;
      if (key === 'Ref' || key.startsWith('Fn::')) {
        if (isMacroKey(key)) {
          return; // and what stands beside it
        }
        called = key;
      }
    }
    if (called !== undefined && keys === 1) {
      this.call(called, object[called]);
      return;
    }
    called !== undefined && !this.names.isTransformed && this.say(WHOLE_FACTS.beside, `${this.label} ${called}`);
    if (this.section === 'Conditions' && typeof object.Condition === 'string') {
      this.decideBy(object.Condition);
    }
    for (const key in object) {
      this.visit(object[key]);
    }
  }

  private call(name: string, argument: unknown): void {
    if (!this.names.isTransformed) {
      this.judge(name, argument);
    }
    switch (name) {
      case 'Ref': return typeof argument === 'string' ? this.refer(argument) : this.visit(argument);
      case 'Fn::GetAtt': return this.getAttribute(argument);
      case 'Fn::Sub': return this.substitute(argument);
      case 'Fn::If': return this.choose(argument);
      case 'Fn::FindInMap': return this.lookUp(argument);
      case 'Fn::ImportValue': {
        const before = this.independent;
        this.independent = WHOLE_FACTS.malformed;
        this.visit(argument);
        this.independent = before;
        return;
      }
      default: return this.visit(argument);
    }
  }

  private judge(name: string, argument: unknown): void {
    const problem = formProblem(name, argument);
    const other = functionProblem(name);
    if (problem !== undefined) {
      this.say(WHOLE_FACTS.malformed, problem);
    } else if (other !== undefined) {
      other === 'unknown' ? this.say(WHOLE_FACTS.unknown, name) : this.say(WHOLE_FACTS.misspelt, `${name} ${other.meant}`);
    } else if (name === 'Fn::Select' && this.guards.length === 0) {
      const beyond = indexProblem(argument);
      beyond && this.say(WHOLE_FACTS.malformed, beyond);
      if (Array.isArray(argument) && argument.length === 2 && argument.some(isObject)) {
        this.selections.push({ place: this.place, condition: this.condition, arguments: argument });
      }
    }
  }

  /** What `Ref` or a text names: a resource, a parameter or a pseudo parameter. */
  private refer(name: string): void {
    if (this.names.isResource(name)) {
      this.need(name);
    } else if (!this.names.mayBeReferred(name)) {
      const right = this.names.spelling(name);
      this.missing(right === undefined ? name : `${name} instead of ${right}`);
    }
  }

  private read(id: string, attribute: string): void {
    if (!this.names.isResource(id)) {
      // Names that a parameter has are not those of resources.
      this.names.mayBeResource(id) || this.missing(this.names.isParameter(id) ? `the resource ${id}` : id);
      return;
    }
    this.need(id);
    if (this.names.typeOf(id) === STACK && attribute !== '' && !attribute.startsWith('Outputs.') && !OF_STACKS.includes(attribute)) {
      this.say(WHOLE_FACTS.nested, `${id}.${attribute} must be ${id}.Outputs.NAME: a nested stack has its outputs`);
    }
  }

  private need(id: string): void {
    if (this.section === 'Conditions') {
      this.say(WHOLE_FACTS.conditionReads, id);
      return;
    }
    if (this.independent !== undefined) {
      this.say(this.independent, `${this.independent === WHOLE_FACTS.malformed ? 'Fn::ImportValue' : 'Export'} must not depend on a resource, got: ${id}`);
    }
    this.guards.length === 0 && this.waiting?.add(id);
    const condition = this.names.conditionOf(id);
    if (condition !== undefined && condition !== this.condition && !this.guards.some(([name, holds]) => holds && name === condition)) {
      this.chances.push({ place: this.place, label: this.label, guards: this.allGuards(), target: id, condition });
    }
  }

  private allGuards(): readonly Guard[] {
    return this.condition === undefined ? this.guards : [[this.condition, true], ...this.guards];
  }

  private waitFor(id: string): void {
    if (!this.names.mayBeResource(id)) {
      this.missing(this.names.isParameter(id) ? `the resource ${id}` : id);
    } else if (this.names.isResource(id)) {
      this.waiting?.add(id);
    }
  }

  private decideBy(name: string): void {
    if (!this.names.mayBeCondition(name)) {
      this.missing(`condition ${name}`);
    }
    this.section === 'Conditions' && this.waiting?.add(name);
  }

  private getAttribute(argument: unknown): void {
    const [id, ...path] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
    if (typeof id !== 'string') {
      this.visit(argument);
      return;
    }
    this.visit(path);
    this.read(id, path.every((part) => typeof part === 'string') ? path.join('.') : '');
  }

  private substitute(argument: unknown): void {
    const [text, own] = Array.isArray(argument) ? argument as unknown[] : [argument];
    this.visit(own);
    for (const variable of typeof text === 'string' && text.includes('${') ? text.match(VARIABLE) ?? [] : []) {
      const name = variable.trim();
      const [id, ...path] = name.startsWith('AWS::') ? [name] : name.split('.');
      if (isObject(own) && Object.hasOwn(own, name)) {
        continue;
      }
      path.length === 0 ? this.refer(id) : this.read(id, path.join('.'));
    }
  }

  private choose(argument: unknown): void {
    const [name, yes, no] = Array.isArray(argument) ? argument as unknown[] : [];
    if (typeof name !== 'string') {
      this.visit(argument);
      return;
    }
    this.names.mayBeCondition(name) || this.missing(`condition ${name}`);
    const { guards } = this;
    this.guards = [...guards, [name, true]];
    this.visit(yes);
    this.guards = [...guards, [name, false]];
    this.visit(no);
    this.guards = guards;
  }

  private lookUp(argument: unknown): void {
    const parts: readonly unknown[] = Array.isArray(argument) ? argument : [];
    this.visit(parts);
    const [map] = parts;
    if (typeof map === 'string' && !this.names.mayBeMapping(map)) {
      this.missing(`mapping ${map}`);
    } else if (this.guards.length === 0 && parts.length === 3 && parts.every((part) => isScalar(part) || isObject(part))) {
      this.lookups.push({ place: this.place, label: this.label, condition: this.condition, arguments: parts });
    }
  }
}
