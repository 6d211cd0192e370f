import { intrinsicOf, isObject, isScalar, mapItems, mapValues, Parameter, Template } from './template';
import { HOLE, NO_VALUE, Opaque, World } from './world';

/** What somebody said about a deployment. */
export interface DeploymentFacts {
  readonly region?: string;
  readonly account?: string;
  /** Values of parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What other templates of the same deployment export; `undefined` for what is not known. */
  readonly exported?: (name: string, to: DeploymentFacts) => unknown;
}

type Intrinsic = (argument: unknown, resolver: Resolver) => unknown;

/** Evaluates what a template says in one world. */
export class Resolver {
  private readonly conditions = new Map<string, boolean | undefined>();

  public constructor(public readonly template: Template, private readonly world: World, public readonly facts: DeploymentFacts) {}

  /** A value with its intrinsic functions evaluated; what is not known is {@link Opaque}, what is left out {@link NO_VALUE}. */
  public resolve(value: unknown): unknown {
    const intrinsic = intrinsicOf(value);
    if (intrinsic) {
      const [name, argument] = intrinsic;
      return Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name](argument, this) : this.unknown(argument);
    }
    if (Array.isArray(value)) {
      const resolved = mapItems(value, (inner) => this.resolve(inner));
      const items = resolved.includes(NO_VALUE) ? resolved.filter((inner) => inner !== NO_VALUE) : resolved;
      return items.some((inner) => inner instanceof Opaque && inner.mayBeAbsent) ? opaqueOf(items) : items;
    }
    if (isObject(value)) {
      return Object.keys(value).some((key) => key.startsWith('Fn::')) ? this.unknown(Object.values(value)) : this.withoutNothing(mapValues(value, (inner) => this.resolve(inner)));
    }
    return value === null ? new Opaque() : typeof value === 'string' && value.includes('{{resolve:') ? Opaque.text(value) : value;
  }

  private withoutNothing(object: Record<string, unknown>): Record<string, unknown> {
    return Object.values(object).includes(NO_VALUE) ? Object.fromEntries(Object.entries(object).filter(([, inner]) => inner !== NO_VALUE)) : object;
  }

  /** Something unknown that is made from an expression. */
  public unknown(expression: unknown): Opaque {
    return opaqueOf([this.resolve(isObject(expression) && !intrinsicOf(expression) ? Object.values(expression) : expression)]);
  }

  /** Whether a condition holds; `undefined` when that is not known. */
  public condition(name: string): boolean | undefined {
    if (!this.conditions.has(name)) {
      this.conditions.set(name, undefined); // what refers to itself is never known
      this.conditions.set(name, this.holds(this.template.Conditions?.[name]));
    }
    return this.conditions.get(name);
  }

  /** Whether a resource is deployed. */
  public isDeployed(logicalId: string): boolean | undefined {
    const resource = this.template.Resources?.[logicalId];
    return !isObject(resource) ? false : typeof resource.Condition === 'string' ? this.condition(resource.Condition) : resource.Condition === undefined || undefined;
  }

  /** Whether a comparison holds by what its sides are, before anything is assumed of it. */
  public compare(sides: unknown): boolean | undefined {
    if (!Array.isArray(sides) || sides.length !== 2) {
      return undefined;
    }
    const [left, right] = sides.map((side) => this.resolve(side));
    if (isScalar(left) && isScalar(right)) {
      return String(left) === String(right);
    }
    const different = [[left, right], [right, left]].some(([unknown, known]) =>
      unknown instanceof Opaque && isScalar(known) && unknown.differsFrom.includes(String(known)));
    return different ? false : JSON.stringify(sides[0]) === JSON.stringify(sides[1]) ? true : undefined;
  }

  /** The value of a parameter or pseudo parameter; `undefined` when there is none of that name. */
  public variable(name: string): unknown {
    const parameter = this.template.Parameters?.[name];
    const given = givenValue(name, this.facts);
    if (!parameter && !name.startsWith('AWS::')) {
      return undefined;
    }
    const value = given ?? this.world.pinned.get(name) ?? (this.world.others === 'defaults' ? parameter?.Default : undefined);
    return value instanceof Opaque ? value : parameterValue(parameter, value);
  }

  private holds(expression: unknown): boolean | undefined {
    if (!isObject(expression)) {
      return undefined;
    }
    const [[name, argument] = ['', undefined]] = Object.entries(expression);
    const parts = () => (Array.isArray(argument) ? argument : []).map((part) => this.holds(part));
    switch (name) {
      case 'Condition': return this.condition(String(argument));
      case 'Fn::Equals': return this.compare(argument) ?? this.world.comparisons.get(JSON.stringify(argument));
      case 'Fn::Not': return negate(parts()[0]);
      case 'Fn::And': return all(parts());
      case 'Fn::Or': return negate(all(parts().map(negate)));
      default: return undefined;
    }
  }
}

/** What somebody said that a parameter or pseudo parameter is. */
export function givenValue(name: string, { region, account, parameters }: DeploymentFacts): string | undefined {
  return name === 'AWS::Region' ? region : name === 'AWS::AccountId' ? account
    : region !== undefined && Object.hasOwn(OF_REGION, name) ? OF_REGION[name](region) : parameters?.[name];
}

/** What follows from the Region: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const OF_REGION: Readonly<Record<string, (region: string) => string | undefined>> = {
  // Of isolated Regions it is not published.
  'AWS::Partition': (region) => region.includes('-iso') ? undefined : region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('eusc-') ? 'aws-eusc' : 'aws',
  'AWS::URLSuffix': (region) => /-iso|^eusc-/.test(region) ? undefined : region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com',
};

function negate(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function all(truths: readonly (boolean | undefined)[]): boolean | undefined {
  return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
}

/** Whether what a parameter gives is a list. */
export function isListParameter(parameter: Parameter | undefined): boolean {
  return /^(AWS::SSM::Parameter::Value<)?(CommaDelimitedList|List<)/.test(String(parameter?.Type));
}

function isTrue(value: unknown): boolean {
  return String(value).toLowerCase() === 'true';
}

function parameterValue(parameter: Parameter | undefined, value: unknown): unknown {
  const isList = isListParameter(parameter);
  // A secret that is nothing is left to be given.
  const isLeftOpen = value === '' && isTrue(parameter?.NoEcho);
  if (!isScalar(value) || isLeftOpen || String(parameter?.Type).startsWith('AWS::SSM::Parameter::Value')) {
    // Whoever deploys gives a value. It may be nothing where the default is nothing, and a list may be empty.
    return isList || parameter?.Default === '' ? Opaque.UNCERTAIN : new Opaque();
  }
  const text = String(value);
  const plain = (part: string) => part.includes('{{resolve:') ? Opaque.text(part) : part;
  return isList ? (text === '' ? [] : text.split(',').map((item) => plain(item.trim()))) : plain(text);
}

function opaqueOf(values: unknown): Opaque {
  const references: string[] = [];
  const collect = (value: unknown): void => {
    if (value instanceof Opaque) {
      references.push(...value.references);
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(collect);
    }
  };
  collect(values);
  return new Opaque([...new Set(references)]);
}

function reference(name: string, resolver: Resolver): unknown {
  return name === 'AWS::NoValue' ? NO_VALUE : resolver.variable(name) ?? attributeOf(name, resolver, 'Ref');
}

function attributeOf(logicalId: string, { template }: Resolver, attribute?: string): Opaque {
  return template.Resources && Object.hasOwn(template.Resources, logicalId) ? new Opaque([logicalId], true, false, [], attribute) : new Opaque();
}

function texts(values: unknown): values is (string | number | boolean)[] {
  return Array.isArray(values) && values.every(isScalar);
}

/** A text with `${...}` in it. */
function substitute(argument: unknown, resolver: Resolver): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') {
    return resolver.unknown(argument);
  }
  const parts = text.split(/(\$\{[^}]*\})/).map((part) => {
    const name = /^\$\{([^!][^}]*)\}$/.exec(part)?.[1].trim();
    return name === undefined ? part.replace(/^\$\{!/, '${')
      : isObject(variables) && Object.hasOwn(variables, name) ? resolver.resolve(variables[name])
        : name.includes('.') ? attributeOf(name.split('.')[0], resolver) : reference(name, resolver);
  });
  return texts(parts) ? resolver.resolve(parts.join('')) : withPattern(opaqueOf(parts), parts, '');
}

/** Something unknown that is made of texts, with what is certain of it. */
function withPattern(opaque: Opaque, parts: readonly unknown[], separator: string): Opaque {
  const textOf = (part: unknown) => isScalar(part) ? String(part) : part instanceof Opaque ? part.pattern ?? part.dynamic ?? HOLE : HOLE;
  return Opaque.text(parts.map(textOf).join(separator), opaque.references);
}

/** Whether an expression is certainly one text, and not left out: it cannot be told of a condition. */
function isOneText(expression: unknown): boolean {
  const [name, argument] = intrinsicOf(expression) ?? [];
  return isScalar(expression) || (name === 'Ref' && argument !== 'AWS::NoValue') || name === 'Fn::Sub' || name === 'Fn::GetAtt';
}

/** A value of a mapping; with a key that is not known, what all keys agree on. */
function findInMap(argument: unknown, resolver: Resolver): unknown {
  if (!Array.isArray(argument)) {
    return new Opaque();
  }
  const [map, ...keys] = argument.slice(0, 3).map((part) => resolver.resolve(part));
  const start = isScalar(map) ? resolver.template.Mappings?.[String(map)] : undefined;
  const candidates = keys.reduce<unknown[]>((found, key) => found.flatMap((inner) =>
    !isObject(inner) ? [undefined] : isScalar(key) ? [inner[String(key)]] : Object.values(inner)), [start]);
  const [value, ...others] = candidates;
  const known = value !== undefined && others.every((other) => JSON.stringify(other) === JSON.stringify(value));
  return known ? resolver.resolve(value) : new Opaque();
}

function choose(argument: unknown, resolver: Resolver): unknown {
  if (!Array.isArray(argument) || argument.length !== 3) {
    return Opaque.UNCERTAIN;
  }
  const [condition, yes, no] = argument;
  const truth = resolver.condition(String(condition));
  if (truth !== undefined) {
    return resolver.resolve(truth ? yes : no);
  }
  const branches = [resolver.resolve(yes), resolver.resolve(no)];
  const absent = branches.some((branch) => branch === NO_VALUE || (branch instanceof Opaque && branch.mayBeAbsent));
  return JSON.stringify(yes) === JSON.stringify(no) ? branches[0] : absent ? Opaque.UNCERTAIN : new Opaque();
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Ref': (name, resolver) => typeof name === 'string' ? reference(name, resolver) : new Opaque(),
  'Fn::GetAtt': (path, resolver) => {
    const [logicalId, ...attribute] = Array.isArray(path) ? path : String(path).split('.');
    return typeof logicalId === 'string' ? attributeOf(logicalId, resolver, attribute.join('.')) : new Opaque();
  },
  'Fn::ImportValue': (name, resolver) => {
    const text = resolver.resolve(name);
    return (typeof text === 'string' ? resolver.facts.exported?.(text, resolver.facts) : undefined) ?? new Opaque();
  },
  'Fn::If': choose,
  'Fn::Sub': substitute,
  'Fn::FindInMap': findInMap,
  'Fn::Join': (argument, resolver) => {
    const [separator, values] = Array.isArray(argument) ? argument.map((part) => resolver.resolve(part)) : [];
    const written: unknown = Array.isArray(argument) ? argument[1] : undefined;
    const items = Array.isArray(written) && written.every(isOneText) ? written.map((item) => resolver.resolve(item)) : undefined;
    return typeof separator === 'string' && texts(values) ? resolver.resolve(values.join(separator))
      : typeof separator === 'string' && items ? withPattern(opaqueOf(items), items, separator) : opaqueOf([values]);
  },
  'Fn::Split': (argument, resolver) => {
    const [separator, text] = Array.isArray(argument) ? argument.map((part) => resolver.resolve(part)) : [];
    return typeof separator === 'string' && typeof text === 'string' ? text.split(separator) : opaqueOf([text]);
  },
  'Fn::Select': (argument, resolver) => {
    const [index, values] = Array.isArray(argument) ? argument.map((part) => resolver.resolve(part)) : [];
    return Array.isArray(values) && isScalar(index) ? values[Number(index)] ?? new Opaque() : opaqueOf([values]);
  },
  'Fn::Base64': (argument, resolver) => {
    const text = resolver.resolve(argument);
    return typeof text === 'string' ? Buffer.from(text).toString('base64') : opaqueOf([text]);
  },
  // What macros and imports put in place of themselves is not known, nor whether they put anything.
  'Fn::Transform': () => Opaque.UNCERTAIN,
};
