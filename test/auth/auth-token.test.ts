import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AuthToken, CacheAuthentication, CacheCluster, CacheTopology } from '../../src';
import { errorOf, newGroup, newStack, newVpc, propertiesOf, resourceOf } from '../support/cdk';

const SECRET = 'AWS::SecretsManager::Secret';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';

test('a token is generated, with legal characters, and only a reference to it is in the template', () => {
  const stack = newStack();
  const token = new AuthToken(stack, 'Token');
  newGroup(stack, { authToken: token });
  const secret = resourceOf(stack, SECRET);
  expect(secret.Properties).toEqual({
    Description: 'AUTH token of a cache',
    GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'password', PasswordLength: 64, ExcludePunctuation: true, IncludeSpace: false },
  });
  expect(secret.DeletionPolicy).toBe('Delete');
  expect(propertiesOf(stack, GROUP)).toMatchObject({
    AuthToken: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret.logicalId }, ':SecretString:password::}}']] }, TransitEncryptionEnabled: true,
  });
  expect([AuthToken.isAuthToken(token), AuthToken.isAuthToken(undefined), AuthToken.isAuthToken(stack)]).toEqual([true, false, false]);
});

test('its secret takes a key, a raw key, and a removal policy', () => {
  const stack = newStack();
  const [key, raw] = [new Key(stack, 'Key'), new CfnKey(stack, 'Raw', { keyPolicy: {} })];
  new AuthToken(stack, 'One', { encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN });
  new AuthToken(stack, 'Two', { encryptionKey: raw });
  const secrets = Object.values(Template.fromStack(stack).findResources(SECRET));
  expect(secrets.map((secret) => secret.Properties.KmsKeyId)).toEqual([key.keyArn, raw.attrArn].map((arn) => stack.resolve(arn)));
  expect(secrets.map((secret) => secret.DeletionPolicy)).toEqual(['Retain', 'Delete']);
  expect(errorOf(() => new AuthToken(stack, 'Three', { removalPolicy: RemovalPolicy.SNAPSHOT })).codes).toEqual(['SnapshotNotOffered']);
});

test.each<[string | undefined, string]>([['token', ':SecretString:token::}}'], [undefined, ':SecretString:::}}']])('a token in a secret of one\'s own, field %p', (secretField, end) => {
  const stack = newStack();
  const secret = Secret.fromSecretCompleteArn(stack, 'Secret', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:token-abcdef');
  const token = AuthToken.fromAuthTokenAttributes(stack, 'Token', { secret, secretField });
  newGroup(stack, { authToken: token });
  expect(propertiesOf(stack, GROUP).AuthToken).toBe(`{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:111122223333:secret:token-abcdef${end}`);
  expect(AuthToken.isAuthToken(token)).toBe(false);
});

test('a secret known by a token alone', () => {
  const stack = newStack();
  const arn = new CfnParameter(stack, 'Arn').valueAsString;
  newGroup(stack, { authToken: AuthToken.fromAuthTokenAttributes(stack, 'Token', { secret: Secret.fromSecretCompleteArn(stack, 'Secret', arn), secretField: 'token' }) });
  expect(propertiesOf(stack, GROUP).AuthToken).toEqual({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Arn' }, ':SecretString:token::}}']] });
});

describe('a CacheCluster with a token', () => {
  function make() {
    const stack = new Stack(new App(), 'Stack');
    const vpc = newVpc(stack);
    const token = new AuthToken(stack, 'Token');
    const cache = new CacheCluster(stack, 'Cache', { vpc, authentication: CacheAuthentication.authToken(token) });
    return { stack, vpc, token, cache };
  }

  test('has no users', () => {
    const { stack, cache } = make();
    Template.fromStack(stack).resourceCountIs('AWS::ElastiCache::User', 0);
    Template.fromStack(stack).resourceCountIs('AWS::ElastiCache::UserGroup', 0);
    expect(cache.applicationUser).toBeUndefined();
    expect(propertiesOf(stack, GROUP)).toHaveProperty('AuthToken');
  });

  test('lets a client read the token', () => {
    const { stack, vpc, token, cache } = make();
    const fn = new Function(stack, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
    const access = cache.grantAccess(fn);
    expect(access.secret).toBe(token.secret);
    expect(Object.keys(access.environment)).toEqual(['CACHE_HOST', 'CACHE_PORT', 'CACHE_TLS', 'CACHE_READER_HOST', 'CACHE_SECRET_ARN']);
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toContain('secretsmanager:GetSecretValue');
  });

  test('the group behind it lets a client read the token as well', () => {
    const { stack, vpc, token, cache } = make();
    const fn = new Function(stack, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
    expect(cache.replicationGroup!.grantAccess(fn).secret).toBe(token.secret);
  });

  test.each(['serverless', 'memcached'])('is not possible for %s', (kind) => {
    const stack = newStack();
    const topology = kind === 'serverless' ? CacheTopology.serverless() : CacheTopology.memcached();
    const make2 = () => new CacheCluster(stack, 'Cache', { vpc: newVpc(stack), topology, authentication: CacheAuthentication.authToken(new AuthToken(stack, 'Token')) });
    expect(errorOf(make2).codes).toEqual([kind === 'serverless' ? 'AuthTokenNotOffered' : 'PropNotForTopology']);
  });

  test('twice in one stack', () => {
    const { stack, vpc } = make();
    new CacheCluster(stack, 'Other', { vpc, authentication: CacheAuthentication.authToken(new AuthToken(stack, 'OtherToken')) });
    Template.fromStack(stack).resourceCountIs(SECRET, 2);
  });
});
