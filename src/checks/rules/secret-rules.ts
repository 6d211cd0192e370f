// Secrets and parameters that CloudFormation puts into a template when it is deployed. Imports nothing of CDK.
import { ResourceView, Rule } from '../rule';
import { TYPES } from './private/schema-table';
import { FACTS, factsAbout, factsOf } from './private/template-facts';
import { HOLE } from '../template/world';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const USER = 'AWS::ElastiCache::User';
const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const SECRETS = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html';
const SECRET = 'AWS::SecretsManager::Secret';
const COMMON = { severity: 'error', checked: '2026-11-28', since: '0.1.0' } as const;

/** A dynamic reference to a secret of the template, and the key of its JSON that is asked for. */
const SECRET_REFERENCE = new RegExp(`^\\{\\{resolve:secretsmanager:${HOLE}(?::SecretString(?::([^:}${HOLE}]*))?(?::[^}]*)?)?\\}\\}$`);

interface Generated {
  readonly PasswordLength?: unknown;
  readonly ExcludePunctuation?: unknown;
  readonly ExcludeCharacters?: unknown;
  readonly IncludeSpace?: unknown;
  readonly SecretStringTemplate?: unknown;
  readonly GenerateStringKey?: unknown;
}

/** A secret of the template that a property takes a value of. */
interface Taken {
  readonly secret: ResourceView;
  readonly generated: Generated | undefined;
  /** The key of its JSON; `undefined` for the secret as a whole. */
  readonly key: string | undefined;
}

/** The secret that a property takes a value of, where it is one secret of the template. */
function takenBy(resource: ResourceView, property: string): Taken[] {
  const texts = factsAbout(resource, FACTS.dynamic, property);
  const [secret, ...others] = resource.related(property).filter(({ type }) => type === SECRET);
  if (!secret || others.length > 0) {
    return [];
  }
  return texts.map((text) => SECRET_REFERENCE.exec(text)).filter((found) => found !== null)
    .map(([, key]) => ({ secret, generated: secret.value('GenerateSecretString') as Generated | undefined, key: key || undefined }));
}

/** What Secrets Manager generates for a property and nothing else. */
function generatedFor(resource: ResourceView, property: string): Generated[] {
  return takenBy(resource, property).flatMap(({ generated, key }) => {
    const isAll = generated?.SecretStringTemplate === undefined && key === undefined;
    return generated && (isAll || (key !== undefined && key === generated.GenerateStringKey)) ? [generated] : [];
  });
}

const USUAL_LENGTH = 32;
const LENGTHS = { least: 16, most: 128 };

function lengthOf({ PasswordLength: length = USUAL_LENGTH }: Generated): number | undefined {
  return typeof length === 'number' || typeof length === 'string' ? Number(length) : undefined;
}

function lengthProblems(generated: readonly Generated[], property: string): string[] {
  return generated.map(lengthOf).filter((length) => length !== undefined && (length < LENGTHS.least || length > LENGTHS.most))
    .map((length) => `${property} must have ${LENGTHS.least} to ${LENGTHS.most} characters, got: a generated secret of ${length}; set PasswordLength`);
}

/** What Secrets Manager takes besides letters and digits: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const PUNCTUATION = [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'];
/** What a token may hold of it: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
const TOKEN_PUNCTUATION = [...'!&#$^<>-'];
const LETTERS_AND_DIGITS = 62;
/** A secret that fits by chance less often than this is one that does not fit. */
const LEAST_CHANCE = 0.01;

/** How likely it is that a generated secret can be a token; `undefined` where that cannot be known. */
function chanceOfToken(generated: Generated): number | undefined {
  const { ExcludePunctuation: without = false, ExcludeCharacters: excluded = '' } = generated;
  const length = lengthOf(generated);
  const flag = typeof without === 'boolean' ? without : typeof without === 'string' && /^(true|false)$/i.test(without) ? /^true$/i.test(without) : undefined;
  if (length === undefined || typeof excluded !== 'string' || flag === undefined) {
    return undefined;
  }
  const possible = flag ? [] : PUNCTUATION.filter((character) => !excluded.includes(character));
  const allowed = possible.filter((character) => TOKEN_PUNCTUATION.includes(character)).length;
  return ((LETTERS_AND_DIGITS + allowed) / (LETTERS_AND_DIGITS + possible.length)) ** length;
}

/** The keys of a JSON text that is an object; `undefined` for any other. */
function keysOf(text: unknown): string[] | undefined {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with the key that is asked for in a secret of the template. */
function keyProblem({ secret, generated, key }: Taken): string | undefined {
  if (key === undefined) {
    return undefined;
  }
  if (generated && generated.SecretStringTemplate === undefined && generated.GenerateStringKey === undefined) {
    return `the secret ${secret.logicalId} is one generated text and has no key ${key}; leave the key out, or give SecretStringTemplate and GenerateStringKey`;
  }
  const keys = generated ? keysOf(generated.SecretStringTemplate) : keysOf(secret.text('SecretString'));
  const made = generated?.GenerateStringKey;
  return keys && (generated === undefined || typeof made === 'string') && !keys.includes(key) && made !== key
    ? `the secret ${secret.logicalId} has no key ${key}; it has ${[...keys, ...typeof made === 'string' ? [made] : []].join(', ')}` : undefined;
}

/** What takes a value of a secret. */
const SECRET_PROPERTIES: Readonly<Record<string, readonly string[]>> = { [GROUP]: ['AuthToken'], [USER]: ['Passwords', 'AuthenticationMode'] };

/** Where CloudFormation offers each kind of dynamic reference. */
const SERVICES = ['ssm', 'ssm-secure', 'secretsmanager'];
/** The one property of ElastiCache that takes a secure string: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html */
const SECURE_STRINGS = { type: GROUP, property: 'AuthToken' };

/** What is wrong with the dynamic references of a resource. */
function referenceProblems(resource: ResourceView): string[] {
  return factsOf(resource, FACTS.dynamic).flatMap((fact) => {
    const property = fact.slice(0, fact.indexOf(' '));
    return [...fact.matchAll(/\{\{resolve:([^:}]*)(:[^}]*)?/g)].flatMap(([, service, rest]) => {
      if (service.includes(HOLE)) {
        return [];
      }
      const known = SERVICES.includes(service);
      const isSecure = service === 'ssm-secure' && !(resource.type === SECURE_STRINGS.type && property === SECURE_STRINGS.property);
      return !known ? [`${property}: a dynamic reference must be to one of ${SERVICES.join(', ')}, got: ${service}`]
        : rest === undefined || rest === ':' ? [`${property}: a dynamic reference to ${service} must name what it refers to, got: nothing`]
          : isSecure ? [`${property} takes no ssm-secure reference: of ElastiCache only AuthToken of a replication group does; take it from Secrets Manager`] : [];
    });
  });
}

/** Rules about secrets, and about dynamic references in general. */
export const SECRET_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'GeneratedTokenInvalid',
    resourceType: GROUP,
    reads: ['AuthToken'],
    evidence: 'live',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html',
    judge: (group) => {
      const generated = generatedFor(group, 'AuthToken');
      const isJson = takenBy(group, 'AuthToken').some((taken) => taken.key === undefined && keysOf(taken.generated?.SecretStringTemplate ?? taken.secret.text('SecretString')) !== undefined);
      return [
        ...lengthProblems(generated, 'AuthToken'),
        ...generated.filter((each) => (chanceOfToken(each) ?? 1) < LEAST_CHANCE)
          .map(() => 'AuthToken must be of letters, digits and few other characters, got: a generated secret that can hold any; set ExcludePunctuation: true'),
        ...isJson ? ['AuthToken cannot be a whole secret that is JSON, got: a reference without a key; name the key, as in :SecretString:token}}'] : [],
      ];
    },
  },
  {
    ...COMMON,
    code: 'AuthTokenPartInvalid',
    resourceType: GROUP,
    reads: ['AuthToken'],
    evidence: 'live',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html',
    judge: (group) => {
      const [token] = factsAbout(group, FACTS.patterns, 'AuthToken');
      const isOdd = (character: string) => !/[A-Za-z0-9]/.test(character) && character !== HOLE && !TOKEN_PUNCTUATION.includes(character);
      return token !== undefined && [...token].some(isOdd) ? 'AuthToken must be of letters, digits and few other characters, got: another one in a part of it' : undefined;
    },
  },
  {
    ...COMMON,
    code: 'GeneratedPasswordInvalid',
    resourceType: USER,
    reads: SECRET_PROPERTIES[USER],
    evidence: 'live',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html',
    judge: (user) => lengthProblems(SECRET_PROPERTIES[USER].flatMap((property) => generatedFor(user, property)), 'a password'),
  },
  ...Object.entries(SECRET_PROPERTIES).map(([resourceType, properties]): Rule => ({
    ...COMMON,
    code: 'SecretKeyMissing',
    resourceType,
    reads: properties,
    evidence: 'documented',
    source: SECRETS,
    judge: (resource) => properties.flatMap((property) => takenBy(resource, property)).map(keyProblem).filter((problem) => problem !== undefined),
  })),
  ...TYPES.map(({ type }): Rule => ({
    ...COMMON,
    code: 'DynamicReferenceInvalid',
    resourceType: type,
    reads: [FACTS.dynamic],
    evidence: 'documented',
    source: `${GUIDE}/dynamic-references${type === GROUP ? '' : '-ssm-secure-strings'}.html`,
    judge: referenceProblems,
  })),
];
