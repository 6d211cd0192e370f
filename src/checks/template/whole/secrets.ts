import { Spots, WHOLE_FACTS } from './facts';
import { Names } from './names';
import { intrinsicOf, isObject, walk } from '../template';
import { TemplateIndex } from '../template-index';

const SHORTEST = 8;
/** What is resolved to a secret when the stack is deployed. */
const SECRET_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

interface SecretPlace {
  readonly type: string;
  readonly what: string;
  readonly of: (properties: Record<string, unknown>) => readonly unknown[];
}

/** Where caches have their secrets. */
const PLACES: readonly SecretPlace[] = [
  { type: 'AWS::ElastiCache::ReplicationGroup', what: 'the AuthToken', of: ({ AuthToken }) => [AuthToken] },
  {
    type: 'AWS::ElastiCache::User',
    what: 'a password',
    of: ({ Passwords, AuthenticationMode }) => [Passwords, isObject(AuthenticationMode) ? AuthenticationMode.Passwords : undefined].flat(),
  },
];

/** What is said of outputs that show the secret of a cache. CloudFormation masks parameters, and nothing in outputs. */
export function lookForSecrets(index: TemplateIndex, names: Names, spots: Spots): void {
  const { template } = index;
  if (!isObject(template.Outputs)) {
    return;
  }
  const secrets = secretsOf(index, names);
  for (const [name, output] of Object.entries(template.Outputs)) {
    const value = isObject(output) ? output.Value : undefined;
    const say = (what: string) => spots.say(['Outputs', name, 'Value'], WHOLE_FACTS.secrets, what);
    partsOf(value, (parameter) => secrets.parameters.has(parameter) && say(secrets.parameters.get(parameter)!), (text) => {
      [...secrets.texts].filter(([secret]) => text.includes(secret)).forEach(([, what]) => say(what));
      SECRET_REFERENCE.test(text) && say('a secret of Secrets Manager or Systems Manager');
    });
    SECRET_REFERENCE.test(joined(value)) && say('a secret of Secrets Manager or Systems Manager');
  }
}

/** The parameters and the texts that are secrets, with what they are. */
function secretsOf(index: TemplateIndex, names: Names): { readonly parameters: Map<string, string>; readonly texts: Map<string, string> } {
  const [parameters, texts] = [new Map<string, string>(), new Map<string, string>()];
  for (const { type, what, of } of PLACES) {
    for (const id of index.idsOf(type)) {
      const properties = index.template.Resources![id].Properties;
      for (const value of isObject(properties) ? of(properties) : []) {
        // What is made of a reference to a secret, as its name, is none.
        if (value !== undefined && !JSON.stringify(value).includes('{{resolve:')) {
          const secret = `${what} of ${id}`;
          wholesOf(value, (name) => parameters.set(name, secret), (text) => text.length >= SHORTEST && texts.set(text, secret));
          partsOf(value, (name) => isHidden(names, name) && parameters.set(name, secret), () => undefined);
        }
      }
    }
  }
  return { parameters, texts };
}

/** Whether a parameter is meant to be a secret. */
function isHidden({ parameters }: Names, name: string): boolean {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return isObject(parameter) && String(parameter.NoEcho).toLowerCase() === 'true';
}

/** The parameters and the texts that a value is, in some case. */
function wholesOf(value: unknown, onName: (name: string) => void, onText: (text: string) => void): void {
  const [called, argument] = intrinsicOf(value) ?? [];
  if (typeof value === 'string') {
    onText(value);
  } else if (called === 'Ref' && typeof argument === 'string') {
    onName(argument);
  } else if (called === 'Fn::If' && Array.isArray(argument)) {
    argument.slice(1).forEach((branch) => wholesOf(branch, onName, onText));
  } else if (called === 'Fn::Sub' && typeof argument === 'string') {
    const name = /^\$\{([A-Za-z0-9]+)\}$/.exec(argument)?.[1];
    name === undefined ? argument.includes('${') || onText(argument) : onName(name);
  }
}

/** The parameters and the texts that are parts of what a value shows. */
function partsOf(value: unknown, onName: (name: string) => void, onText: (text: string) => void): void {
  if (typeof value === 'string') {
    onText(value);
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item) => partsOf(item, onName, onText));
    return;
  }
  const [called, argument] = intrinsicOf(value) ?? [];
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [];
  switch (called) {
    case 'Ref': return typeof argument === 'string' ? onName(argument) : undefined;
    case 'Fn::If': return partsOf(list.slice(1), onName, onText);
    case 'Fn::Join': case 'Fn::Select': case 'Fn::Split': return partsOf(list[1], onName, onText);
    case 'Fn::Base64': return partsOf(argument, onName, onText);
    case 'Fn::Sub': {
      const [text, own] = Array.isArray(argument) ? list : [argument];
      const isOwn = (name: string) => isObject(own) && Object.hasOwn(own, name);
      for (const [, name] of String(text).matchAll(/\$\{([A-Za-z0-9]+)\}/g)) {
        isOwn(name) ? partsOf((own as Record<string, unknown>)[name], onName, onText) : onName(name);
      }
      onText(String(text));
      return;
    }
    default: return undefined;
  }
}

/** The texts of a value one after the other: a reference to a secret may be put together. */
function joined(value: unknown): string {
  const texts: string[] = [];
  walk([value], (object) => {
    const [called, argument] = intrinsicOf(object) ?? [];
    if (called === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
      texts.push(argument[1].filter((each) => typeof each === 'string').join(''));
    }
  });
  return texts.join(' ');
}

