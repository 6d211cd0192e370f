// Nothing that is secret may be seen: not in templates, errors, warnings, or the files beside the templates.
import * as fs from 'fs';
import * as path from 'path';
import { App, Duration, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccessString, AuthToken, CacheAuthentication, CacheEngine, NoPasswordUser, PasswordUser, UserGroup } from '../../src';
import { USER_RULES } from '../../src/access/access-rules';
import { USER_DECLARATION_RULES } from '../../src/access/user-rules';
import { evaluate, ResourceView } from '../../src/checks/rule';
import { cacheIn, errorOf, Resource, Resources, stackOf, TYPE } from '../cache/fixtures';

/** A password that is long enough, and found by a search. */
const PLANTED = 'hunter2-planted-plain-value';

/** Every file of a synthesized app, by name. */
function filesOf(app: App): Record<string, string> {
  const { directory } = app.synth();
  const names = fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => fs.statSync(path.join(directory, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(directory, name), 'utf8')]));
}

/** Every place in a value where a text stands, as a path. */
function placesOf(value: unknown, text: string, at: string[] = []): string[] {
  if (typeof value === 'string') {
    return value.includes(text) ? [at.join('/')] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [...key.includes(text) ? [[...at, key].join('/')] : [], ...placesOf(inner, text, [...at, key])]) : [];
}

/** The passwords of the users in a template. */
const passwordsOf = (resources: Resources) => Object.values<Resource>(resources.ofType(TYPE.user))
  .flatMap(({ Properties }) => Properties.AuthenticationMode.Passwords ?? []);

describe('a generated password', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const cache = cacheIn(stack, { alarmTopic: new Topic(stack, 'Ops') });
  const fn = new Function(stack, 'Fn', {
    vpc: stack.node.findChild('Vpc') as any, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'),
  });
  cache.grantAccess(fn);
  const files = filesOf(app);
  const resources = new Resources(JSON.parse(files['Stack.template.json']));

  test('is a dynamic reference, resolved by CloudFormation alone', () => {
    expect(JSON.stringify(passwordsOf(resources))).toMatch(/^\[\{"Fn::Join":\["",\["\{\{resolve:secretsmanager:",\{"Ref":"[^"]+"\},":SecretString:password::\}\}"\]\]\}\]$/);
  });

  test('is referred to in the user and nowhere else', () => {
    expect(placesOf(resources.all, '{{resolve:').map((place) => place.replace(/\/Fn::Join.*/, ''))).toEqual([
      expect.stringMatching(/^CacheAppUserValkey[0-9A-F]{8}\/Properties\/AuthenticationMode\/Passwords\/0$/),
    ]);
  });

  test('is not part of the function\'s environment', () => {
    expect(JSON.stringify(resources.props('AWS::Lambda::Function').Environment)).not.toMatch(/resolve:|password/i);
  });

  test('is not a literal that the secret begins with', () => {
    expect(resources.props(TYPE.secret)).not.toHaveProperty('SecretString');
    expect(resources.props(TYPE.secret).GenerateSecretString.SecretStringTemplate).toBe('{"username":"app"}');
  });

  test('is no output of the stack', () => expect(JSON.stringify(resources.template.Outputs ?? {})).not.toMatch(/resolve:|[Ss]ecret/));

  test('is not in CDK\'s NoEcho-less parameters', () => expect(Object.keys(resources.template.Parameters)).toEqual(['BootstrapVersion']));
});

describe('a plain password, which CDK calls unsafe', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const user = new PasswordUser(stack, 'Plain', { passwords: [SecretValue.unsafePlainText(PLANTED)] });
  cacheIn(stack, { authentication: CacheAuthentication.userGroup(new UserGroup(stack, 'Users', { users: [user] })), alarmTopic: new Topic(stack, 'Ops') });
  const files = filesOf(app);

  test('is in the template as the user\'s password, as it was asked for, and nowhere else', () => {
    const template = JSON.parse(files['Stack.template.json']);
    expect(placesOf(template, PLANTED)).toEqual([expect.stringMatching(/^Resources\/PlainValkey[0-9A-F]{8}\/Properties\/AuthenticationMode\/Passwords\/0$/)]);
  });

  test('is in the tree of constructs only where CDK copies the properties of the L1', () => {
    const places = placesOf(JSON.parse(files['tree.json']), PLANTED);
    places.forEach((place) => expect(place).toMatch(/Plain\/children\/Valkey\/attributes\/aws:cdk:cloudformation:props\/authenticationMode\/[Pp]asswords\/0$/));
  });

  test('is in no other file: manifest, metadata, assets', () => {
    const found = Object.entries(files).filter(([, text]) => text.includes(PLANTED)).map(([name]) => name);
    expect(found.filter((name) => name !== 'Stack.template.json' && name !== 'tree.json')).toEqual([]);
  });

  test('is no part of an id', () => expect(user.userId).not.toContain('hunter2'));

  test('makes no secret', () => expect(user.secret).toBeUndefined());
});

describe('two passwords, which a user has while it changes', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const [first, second] = ['first', 'second'].map((name) => new Secret(stack, name));
  const cache = cacheIn(stack, { authentication: CacheAuthentication.iam() });
  const user = cache.addUser('Two', { passwords: [first.secretValueFromJson('password'), second.secretValueFromJson('password')] });
  const fn = new Function(stack, 'Fn', {
    vpc: stack.node.findChild('Vpc') as any, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'),
  });
  cache.grantAccess(fn, { user });
  const files = filesOf(app);
  const resources = new Resources(JSON.parse(files['Stack.template.json']));

  test('are both dynamic references, in the user and nowhere else', () => {
    expect(passwordsOf(resources)).toHaveLength(2);
    const places = placesOf(resources.all, '{{resolve:').map((place) => place.replace(/\/Fn::Join.*/, ''));
    expect(places).toEqual([0, 1].map((index) => expect.stringMatching(new RegExp(`^CacheUsersTwoValkey[0-9A-F]{8}/Properties/AuthenticationMode/Passwords/${index}$`))));
  });

  test('are no parameters, outputs, or variables of a client', () => {
    expect(Object.keys(resources.template.Parameters)).toEqual(['BootstrapVersion']);
    expect(JSON.stringify([resources.template.Outputs ?? {}, resources.props('AWS::Lambda::Function')])).not.toMatch(/resolve:|[Pp]assword/);
  });

  test('of which one is too short are told by their number', () => {
    const passwords = [PLANTED, 'hunter2'].map((each) => SecretValue.unsafePlainText(each));
    const error = errorOf(() => cacheIn(stackOf()).addUser('Short', { passwords }));
    expect(error.codes).toEqual(['PasswordLengthInvalid']);
    expect(error.message).toContain('password 2 must have 16 to 128 characters, got: 7');
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain('hunter2');
  });

  test('beside IAM in a raw user are told by the rule, without them', () => {
    const view = new ResourceView('AWS::ElastiCache::User', { AuthenticationMode: { Type: 'iam', Passwords: [PLANTED, `${PLANTED}2`] }, Passwords: [PLANTED] });
    const findings = evaluate([...USER_RULES, ...USER_DECLARATION_RULES], view);
    expect(findings.map(({ rule }) => rule.code)).toContain('PasswordsContradict');
    expect(JSON.stringify(findings.map(({ message }) => message))).not.toContain(PLANTED);
  });
});

describe.each<[string, (stack: Stack) => unknown]>([
  ['an AUTH token', (stack) => cacheIn(stack, { authentication: CacheAuthentication.authToken(new AuthToken(stack, 'Token')) })],
  ['an AUTH token that is rotated', (stack) => {
    const token = new AuthToken(stack, 'Token');
    cacheIn(stack, { authentication: CacheAuthentication.authToken(token) });
    token.addRotation();
  }],
  ['a password that is rotated', (stack) => cacheIn(stack, { authentication: CacheAuthentication.password({ rotationInterval: Duration.days(30) }) })],
])('%s', (name, make) => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  make(stack);
  const files = filesOf(app);
  const resources = new Resources(JSON.parse(files['Stack.template.json']));

  test('is referred to where it is set and nowhere else', () => {
    const property = name.startsWith('an AUTH') ? /^CacheReplicationGroup\w+\/Properties\/AuthToken$/ : /^CacheAppUserValkey\w+\/Properties\/AuthenticationMode\/Passwords\/0$/;
    expect(placesOf(resources.all, '{{resolve:').map((place) => place.replace(/\/Fn::Join.*/, ''))).toEqual([expect.stringMatching(property)]);
  });

  test('is no variable, output or parameter, and what is generated begins with no literal', () => {
    const functions = Object.values(resources.ofType('AWS::Lambda::Function')).map(({ Properties }) => Properties.Environment);
    expect(JSON.stringify([functions, resources.template.Outputs ?? {}])).not.toContain('resolve:');
    expect(Object.keys(resources.template.Parameters)).toEqual(['BootstrapVersion']);
    expect(resources.props(TYPE.secret)).not.toHaveProperty('SecretString');
    expect(Object.entries(files).filter(([, text]) => text.includes('{{resolve:')).map(([file]) => file).sort()).toEqual(['Stack.template.json', 'tree.json']);
  });
});

describe('a user with IAM', () => {
  test('has no secret, no password, and never logs in without one', () => {
    const stack = stackOf();
    cacheIn(stack, { authentication: CacheAuthentication.iam(), engine: CacheEngine.redis() });
    const resources = Resources.of(stack);
    expect(resources.ids(TYPE.secret)).toEqual([]);
    expect(resources.text).not.toMatch(/resolve:secretsmanager|Passwords/);
    const able = Object.values<Resource>(resources.ofType(TYPE.user)).filter(({ Properties }) => Properties.AccessString !== 'off -@all');
    expect(able.map(({ Properties }) => Properties.AuthenticationMode)).toEqual([{ Type: 'iam' }]);
  });
});

describe('errors and warnings about a password do not show it', () => {
  const short = 'hunter2';

  test('that is too short', () => {
    const error = errorOf(() => new PasswordUser(stackOf(), 'User', { passwords: [SecretValue.unsafePlainText(short)] }));
    expect(error.codes).toEqual(['PasswordLengthInvalid']);
    expect(error.message).toContain('got: 7');
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(short);
  });

  test('that is one of too many', () => {
    const passwords = [PLANTED, `${PLANTED}2`, `${PLANTED}3`].map((each) => SecretValue.unsafePlainText(each));
    const error = errorOf(() => new PasswordUser(stackOf(), 'User', { passwords }));
    expect(error.codes).toEqual(['PasswordCountInvalid']);
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(PLANTED);
  });

  test('whose rule was acknowledged', () => {
    const stack = stackOf();
    Validations.of(stack).acknowledge({ id: 'cdk-elasticache::PasswordLengthInvalid', reason: 'a test' });
    new PasswordUser(stack, 'User', { passwords: [SecretValue.unsafePlainText(short)] });
    expect(JSON.stringify(stack.node.findAll().map(({ node }) => node.metadata))).not.toContain(short);
  });

  test.each(['>', '<', '#', '!'])('that stands in an access string after %s', (sign) => {
    const error = errorOf(() => new PasswordUser(stackOf(), 'User', { accessString: AccessString.of(`on ${sign}${PLANTED} ~* +@all`) }));
    expect(error.codes).toEqual(['AccessStringInvalid']);
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(PLANTED);
  });

  test('that stands in an access string beside something doubtful', () => {
    const stack = stackOf();
    Validations.of(stack).acknowledge({ id: 'cdk-elasticache::AccessStringInvalid', reason: 'a test' });
    const user = new PasswordUser(stack, 'User', { accessString: AccessString.of(`on >${PLANTED} +@bloom`) });
    expect(JSON.stringify(user.node.metadata)).toContain('AccessStringDoubtful');
    expect(JSON.stringify(user.node.metadata)).not.toContain(PLANTED);
  });

  test('that stands in the access string of a cache', () => {
    const authentication = CacheAuthentication.password({ accessString: AccessString.of(`on >${PLANTED}`) });
    expect(errorOf(() => cacheIn(stackOf(), { authentication })).message).not.toContain(PLANTED);
  });
});

describe('what is open', () => {
  test('no rule lets an address range in, whoever is granted access', () => {
    const stack = stackOf();
    const cache = cacheIn(stack);
    const vpc = stack.node.findChild('Vpc') as any;
    ['One', 'Two'].forEach((id) => cache.grantAccess(new Function(stack, id, { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') })));
    const resources = Resources.of(stack);
    const ingress = [
      ...Object.values(resources.ofType(TYPE.ingress)).map(({ Properties }) => Properties),
      ...Object.values(resources.ofType(TYPE.securityGroup)).flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? []),
    ];
    expect(ingress).toHaveLength(2);
    ingress.forEach((rule) => expect(Object.keys(rule)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^Cidr/)])));
  });

  test('no policy of a client holds a wildcard', () => {
    const stack = stackOf();
    const cache = cacheIn(stack);
    cache.grantAccess(new Function(stack, 'Fn', {
      vpc: stack.node.findChild('Vpc') as any, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x'),
    }));
    expect(JSON.stringify(Resources.of(stack).ofType(TYPE.policy))).not.toMatch(/"[^"]*\*[^"]*"/);
  });

  test.each([['Valkey', CacheEngine.valkey()], ['Redis OSS', CacheEngine.redis()]])('every user of a default cache of %s that may do anything has a password', (_, engine) => {
    const stack = stackOf();
    cacheIn(stack, { engine });
    const users = Object.values(Resources.of(stack).ofType(TYPE.user)).map(({ Properties }) => Properties);
    users.filter(({ AccessString: text }) => text !== 'off -@all').forEach(({ AuthenticationMode }) => expect(AuthenticationMode.Type).toBe('password'));
  });

  test('a user without a password cannot be made for Valkey', () => {
    expect(errorOf(() => new NoPasswordUser(stackOf(), 'User', { engine: CacheEngine.valkey() })).codes).toEqual(['ValkeyUserNeedsPassword']);
  });
});
