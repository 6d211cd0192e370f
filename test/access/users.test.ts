import { App, CfnParameter, NestedStack, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AccessString, CacheEngine, NoPasswordUser, PasswordUser, RedisVersion, User } from '../../src';
import { errorOf, expectNoBrokenTokens, newStack, parameter, propertiesOf, resourceOf, warningsOf } from '../support/cdk';

const TYPE = 'AWS::ElastiCache::User';
const SECRET = 'AWS::SecretsManager::Secret';
const LEGAL = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function plain(length: number, filler = 'S'): SecretValue {
  return SecretValue.unsafePlainText(filler.repeat(length));
}

describe('a user with a password', () => {
  test('has one that is generated in the legal character set, and is not in the template', () => {
    const stack = newStack();
    const user = new PasswordUser(stack, 'App');
    const secret = resourceOf(stack, SECRET);
    expect(secret.Properties).toEqual({
      Description: 'Password of the cache user app',
      GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password', PasswordLength: 64, ExcludePunctuation: true, IncludeSpace: false },
    });
    expect([secret.DeletionPolicy, secret.UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
    expect(propertiesOf(stack, TYPE)).toEqual({
      Engine: 'valkey',
      UserId: expect.stringMatching(LEGAL),
      UserName: 'app',
      AccessString: 'on ~* &* +@all -@admin -@dangerous +info',
      AuthenticationMode: { Type: 'password', Passwords: [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret.logicalId }, ':SecretString:password::}}']] }] },
    });
    expect(user.secret).toBe(user.node.findChild('Secret'));
    expect(user.node.defaultChild).toBe(user.node.findChild('Valkey'));
  });

  test('takes name, rights, engine, id, key and removal policy', () => {
    const stack = newStack();
    const key = new Key(stack, 'Key');
    const user = new PasswordUser(stack, 'App', {
      userName: 'Orders',
      accessString: AccessString.of('on ~orders:* +@all'),
      engine: CacheEngine.redis(RedisVersion.V6_2),
      userId: 'Orders-1',
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ Engine: 'redis', UserId: 'orders-1', UserName: 'Orders', AccessString: 'on ~orders:* +@all' });
    expect(resourceOf(stack, SECRET)).toMatchObject({ DeletionPolicy: 'Retain', Properties: { KmsKeyId: stack.resolve(key.keyArn) } });
    expect([user.userId, user.userName, user.node.defaultChild?.node.id]).toEqual(['orders-1', 'Orders', 'Redis']);
  });

  test('takes a raw and an imported key', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234';
    const stack = newStack();
    const raw = new CfnKey(stack, 'Raw', { keyPolicy: {} });
    new PasswordUser(stack, 'One', { encryptionKey: raw });
    new PasswordUser(stack, 'Two', { encryptionKey: Key.fromKeyArn(stack, 'Imported', arn) });
    const keys = Object.values(Template.fromStack(stack).findResources(SECRET)).map((secret) => secret.Properties.KmsKeyId);
    expect(keys).toEqual([{ 'Fn::GetAtt': [stack.getLogicalId(raw), 'Arn'] }, arn]);
  });

  test('is the same with props that are undefined as without them', () => {
    const [without, withUndefined] = [{}, {
      userName: undefined,
      accessString: undefined,
      passwords: undefined,
      encryptionKey: undefined,
      removalPolicy: undefined,
      engine: undefined,
      userId: undefined,
    }].map((props) => {
      const stack = newStack();
      new PasswordUser(stack, 'App', props);
      return Template.fromStack(stack).toJSON();
    });
    expect(withUndefined).toEqual(without);
  });
});

describe('passwords that are given', () => {
  test.each([16, 128])('may have %i characters', (length) => {
    const stack = newStack();
    const user = new PasswordUser(stack, 'App', { passwords: [plain(length)] });
    expect(propertiesOf(stack, TYPE).AuthenticationMode).toEqual({ Type: 'password', Passwords: ['S'.repeat(length)] });
    expect(user.secret).toBeUndefined();
    Template.fromStack(stack).resourceCountIs(SECRET, 0);
  });

  test.each([0, 1, 15, 129])('fails when one has %i characters, without showing it', (length) => {
    const { message, codes } = errorOf(() => new PasswordUser(newStack(), 'App', { passwords: [plain(length)] }));
    expect(codes).toEqual(['PasswordLengthInvalid']);
    expect(message).toContain(`password 1 must have 16 to 128 characters, got: ${length}`);
    expect(message).not.toMatch(/SS/);
  });

  test('may be two', () => {
    const stack = newStack();
    new PasswordUser(stack, 'App', { passwords: [plain(16, 'S'), plain(16, 'T')] });
    expect(propertiesOf(stack, TYPE).AuthenticationMode.Passwords).toEqual(['S'.repeat(16), 'T'.repeat(16)]);
  });

  test.each([[0, []], [3, [plain(16), plain(17), plain(18)]]])('fails when there are %i', (count, passwords) => {
    const { message, codes } = errorOf(() => new PasswordUser(newStack(), 'App', { passwords }));
    expect(codes).toEqual(['PasswordCountInvalid']);
    expect(message).toContain(`passwords must be 1 to 2 passwords, got: ${count}`);
    expect(message).not.toMatch(/SS/);
  });

  test('are not judged when they come from elsewhere', () => {
    const stack = newStack();
    const hidden = new CfnParameter(stack, 'Hidden', { noEcho: true });
    const secret = Secret.fromSecretNameV2(stack, 'Secret', 'my-secret');
    new PasswordUser(stack, 'One', { passwords: [SecretValue.secretsManager('x'), SecretValue.ssmSecure('y')] });
    new PasswordUser(stack, 'Two', { passwords: [SecretValue.cfnParameter(hidden), secret.secretValueFromJson('p')] });
    const [one, two] = Object.values(Template.fromStack(stack).findResources(TYPE)).map((user) => user.Properties.AuthenticationMode.Passwords);
    expect(one).toEqual(['{{resolve:secretsmanager:x:SecretString:::}}', '{{resolve:ssm-secure:y}}']);
    expect(two).toEqual([{ Ref: 'Hidden' }, expect.anything()]);
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('fails when an access string holds one, without showing it', () => {
    for (const word of ['>Sesame1234567890', '<Sesame1234567890', '#5e5a3e5e5a3e', '!5e5a3e5e5a3e']) {
      const { message, codes } = errorOf(() => new PasswordUser(newStack(), 'App', { accessString: AccessString.of(`on ${word} ~* +@all`) }));
      expect(codes).toEqual(['AccessStringInvalid']);
      expect(message).not.toContain(word.slice(1));
    }
  });
});

describe('a user without a password', () => {
  test('can do nothing, and is of Redis OSS', () => {
    const stack = newStack();
    const user = new NoPasswordUser(stack, 'Default');
    expect(propertiesOf(stack, TYPE)).toEqual({
      Engine: 'redis', UserId: expect.stringMatching(LEGAL), UserName: 'default', AccessString: 'off -@all', AuthenticationMode: { Type: 'no-password-required' },
    });
    expect([user.secret, user.userName]).toEqual([undefined, 'default']);
  });

  test('fails when it is of Valkey', () => {
    const { message } = errorOf(() => new NoPasswordUser(newStack(), 'Guest', { engine: CacheEngine.valkey() }));
    expect(message).toMatch(/^\[ValkeyUserNeedsPassword\] a Valkey user must have a password or use IAM, got: no password for userName: "guest"; use PasswordUser/);
  });

  test('takes name and rights', () => {
    const stack = newStack();
    new NoPasswordUser(stack, 'Guest', { userName: 'visitor', accessString: AccessString.of('on ~public:* +@read') });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ UserName: 'visitor', AccessString: 'on ~public:* +@read' });
  });
});

describe('ids', () => {
  test.each([
    ['digits first', '1234-app'], ['unicode', 'größe-ü-キャッシュ'], ['a very long id', 'VeryLong'.repeat(40)], ['Default', 'Default'], ['symbols', 'app.user_x'], ['hyphens', '--a--'],
  ])('are legal for %s', (_, id) => {
    const user = new PasswordUser(newStack(), id);
    expect(user.userId).toMatch(LEGAL);
    expect(user.userId.length).toBeLessThanOrEqual(40);
    expect(warningsOf(user)).toEqual([]);
  });

  test('differ by everything whose change replaces the user', () => {
    const make = (props: object = {}, stackName = 'One', id = 'App') => {
      const stack = new Stack(new App(), 'Stack', { stackName });
      return new PasswordUser(stack, id, props).userId;
    };
    const ids = [make(), make({ userName: 'other' }), make({ engine: CacheEngine.redis() }), make({}, 'Two'), make({}, 'One', 'Other')];
    expect(new Set(ids).size).toBe(ids.length);
    expect(make()).toBe(ids[0]);
    // What is changed in place leaves the id.
    expect(make({ accessString: AccessString.none(), passwords: [plain(16)], engine: CacheEngine.valkey() })).toBe(ids[0]);
  });

  test('differ in two nested stacks of one stack', () => {
    const stack = newStack();
    const users = ['One', 'Two'].map((id) => new PasswordUser(new NestedStack(stack, id), 'App'));
    users.forEach((user) => {
      expect(user.userId).toMatch(LEGAL);
      expect(propertiesOf(Stack.of(user), TYPE).UserId).toBe(user.userId);
    });
    expect(users[0].userId).not.toBe(users[1].userId);
  });

  test('that are given are written in lower case, as the service stores them', () => {
    const stack = newStack();
    expect(new PasswordUser(stack, 'App', { userId: 'MyUser-1' }).userId).toBe('myuser-1');
    expect(propertiesOf(stack, TYPE).UserId).toBe('myuser-1');
  });

  test.each(['default', 'DEFAULT'])('fails when one is %j, which every account has already', (userId) => {
    expect(errorOf(() => new PasswordUser(newStack(), 'App', { userId })).message).toContain('userId must not be "default"');
  });

  test('may be a token, as names may', () => {
    const stack = newStack();
    const [id, name] = [parameter(stack, 'Id'), parameter(stack, 'Name')];
    new PasswordUser(stack, 'App', { userId: id.string, userName: name.string });
    expect(propertiesOf(stack, TYPE)).toMatchObject({ UserId: id.ref, UserName: name.ref });
    expectNoBrokenTokens(Template.fromStack(stack).toJSON());
  });

  test('do not change with other tokens of the app when the name is one', () => {
    const make = (before: number) => {
      const stack = newStack();
      Array.from({ length: before }, (_, index) => parameter(stack, `Other${index}`));
      return new PasswordUser(stack, 'App', { userName: parameter(stack, 'Name').string }).userId;
    };
    expect(make(0)).toBe(make(3));
  });

  test('are two for two users in one stack', () => {
    const stack = newStack();
    const users = [new PasswordUser(stack, 'One'), new PasswordUser(stack, 'Two'), new NoPasswordUser(stack, 'Three'), new PasswordUser(new Construct(stack, 'Inner'), 'One')];
    const found = Object.values(Template.fromStack(stack).findResources(TYPE)).map((resource) => resource.Properties.UserId);
    expect(new Set(found)).toEqual(new Set(users.map((user) => user.userId)));
    expect(found).toHaveLength(4);
  });
});

describe('references and imports', () => {
  test('the ARN has a colon before the id', () => {
    const stack = newStack({ env: { account: '111122223333', region: 'eu-central-1' } });
    const user = new PasswordUser(stack, 'App', { userId: 'app-1' });
    expect(stack.resolve(user.userArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:eu-central-1:111122223333:user:app-1']] });
    expect(user.userRef).toEqual({ userName: 'app', userArn: user.userArn });
  });

  test('by id: the name is the same', () => {
    const user = User.fromUserId(newStack(), 'App', 'app-1');
    expect([user.userId, user.userName, user.secret]).toEqual(['app-1', 'app-1', undefined]);
  });

  test('by attributes', () => {
    const stack = newStack();
    const secret = Secret.fromSecretNameV2(stack, 'Secret', 'my-secret');
    const user = User.fromUserAttributes(stack, 'App', { userId: 'app-1', userName: 'app', secret });
    expect([user.userId, user.userName, user.secret, user.userRef.userName]).toEqual(['app-1', 'app', secret, 'app']);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('are told from users made here', () => {
    const stack = newStack();
    const users = [new PasswordUser(stack, 'One'), new NoPasswordUser(stack, 'Two')];
    const others = [User.fromUserId(stack, 'Imported', 'app'), undefined, null, 'text', {}, users[0].node.defaultChild];
    expect(users.map((user) => User.isUser(user))).toEqual([true, true]);
    expect(others.map((other) => User.isUser(other))).toEqual(others.map(() => false));
  });
});
