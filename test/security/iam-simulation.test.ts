// What IAM would answer to a client: the permissions of `grantAccess`, asked in a simulator. The local AWS lets everybody do everything.
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { placesOf, Templates, templatesOf } from './support/templates';
import {
  AuthToken, CacheAuthentication, CacheTopology, Endpoint, IamUser, ICacheCluster, IUser, PasswordUser, ReplicationGroup, ServerlessCache, User,
  UserAuthentication, UserGroup,
} from '../../src';
import { cacheIn, importedVpc } from '../cache/fixtures';

const [account, region] = ['111122223333', 'eu-west-3'];
const SECRET = (id: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${id}-AbCdEf`;
const KEY = (id: string) => `arn:aws:kms:${region}:${account}:key/${id.toLowerCase()}`;
const arn = (resource: string, name: string) => `arn:aws:elasticache:${region}:${account}:${resource}:${name}`;

/** A value as CloudFormation would fill it in: what is made gets its own name where it has one, else its logical id. */
function fill(templates: Templates, value: any): any {
  if (Array.isArray(value)) {
    return value.map((each) => fill(templates, each));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (value['Fn::Join']) {
    return fill(templates, value['Fn::Join'][1]).join(value['Fn::Join'][0]);
  }
  const id: string | undefined = value.Ref ?? value['Fn::GetAtt']?.[0];
  const { Type, Properties = {} } = placesOf(templates, ...allTypes(templates)).find((place) => place.id === id)?.resource ?? { Type: '' };
  const attributes: Record<string, string> = {
    'AWS::Partition': 'aws',
    'AWS::ElastiCache::ReplicationGroup': Properties.ReplicationGroupId,
    'AWS::ElastiCache::ServerlessCache': arn('serverlesscache', Properties.ServerlessCacheName),
    'AWS::SecretsManager::Secret': SECRET(id ?? ''),
    'AWS::KMS::Key': KEY(id ?? ''),
  };
  if (id === undefined) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(templates, inner)]));
  }
  return attributes[id] ?? attributes[Type] ?? id;
}

function allTypes(templates: Templates): string[] {
  return Object.values(templates).flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
}

interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string>;
}

/** The policies of the one client of an app, and what they answer. */
function client(grant: (stack: Stack, vpc: IVpc, fn: Function) => unknown) {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account, region } });
  const vpc = importedVpc(stack);
  grant(stack, vpc, new Function(stack, 'Fn', { vpc, runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') }));
  const templates = templatesOf(app);
  const identityPolicies = placesOf(templates, 'AWS::IAM::Policy').map(({ id, resource }) => ({ name: id, policy: fill(templates, resource.Properties!.PolicyDocument) }));
  return {
    secrets: placesOf(templates, 'AWS::SecretsManager::Secret').map(({ id }) => SECRET(id)),
    keys: placesOf(templates, 'AWS::KMS::Key').map(({ id }) => KEY(id)),
    async ask({ action, resource, context = {} }: Question): Promise<string> {
      // A key asks its own policy first, which leaves the decision to IAM.
      const key = placesOf(templates, 'AWS::KMS::Key').find(({ id }) => KEY(id) === resource);
      const result = await runSimulation({
        identityPolicies,
        resourcePolicy: key && fill(templates, key.resource.Properties!.KeyPolicy),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        request: { action, principal: `arn:aws:iam::${account}:role/client`, resource: { resource, accountId: account }, contextVariables: context },
      }, {});
      if (result.resultType === 'error') {
        throw new Error(JSON.stringify(result.errors));
      }
      return result.overallResult;
    },
  };
}

const connect = (resource: string): Question => ({ action: 'elasticache:Connect', resource });

const CASES: [string, string, (stack: Stack, vpc: IVpc) => { cache: ICacheCluster; user: IUser }][] = [
  ['a cache whose application user logs in with IAM', 'replicationgroup:feed', (stack, vpc) => {
    const cache = cacheIn(stack, { vpc, cacheName: 'feed', authentication: CacheAuthentication.iam() });
    return { cache, user: cache.applicationIamUser! };
  }],
  ['a further user of a cache', 'replicationgroup:feed', (stack, vpc) => {
    const cache = cacheIn(stack, { vpc, cacheName: 'feed' });
    cache.addIamUser('Other', { userId: 'other' });
    return { cache, user: cache.addIamUser('People', { userId: 'people' }) };
  }],
  ['a serverless cache', 'serverlesscache:feed', (stack, vpc) => {
    const cache = cacheIn(stack, { vpc, cacheName: 'feed', topology: CacheTopology.serverless() });
    return { cache, user: cache.addIamUser('People', { userId: 'people' }) };
  }],
  ['a replication group', 'replicationgroup:feed', (stack, vpc) => {
    const user = new IamUser(stack, 'People', { userId: 'people' });
    return { user, cache: new ReplicationGroup(stack, 'Group', { vpc, replicationGroupId: 'feed', userGroup: new UserGroup(stack, 'Users', { users: [user] }) }) };
  }],
  ['an imported cache and an imported user', 'serverlesscache:feed', (stack) => ({
    user: User.fromUserAttributes(stack, 'People', { userId: 'people', authentication: UserAuthentication.IAM }),
    cache: ServerlessCache.fromServerlessCacheAttributes(stack, 'Feed', {
      serverlessCacheName: 'feed', endpoint: new Endpoint('h', 6379), readerEndpoint: new Endpoint('h', 6380), securityGroups: [],
    }),
  })],
];

describe.each(CASES)('with IAM, %s', (_, cacheName, make) => {
  let userId = '';
  const made = client((stack, vpc, fn) => {
    const { cache, user } = make(stack, vpc);
    userId = user.userId;
    return cache.grants.connect(fn, user);
  });

  test('the client may connect to this cache, as this user', async () => {
    expect(await made.ask(connect(arn(...cacheName.split(':') as [string, string])))).toBe('Allowed');
    expect(await made.ask(connect(arn('user', userId)))).toBe('Allowed');
  });

  test.each([
    connect(arn('replicationgroup', 'feed-2')), connect(arn('replicationgroup', 'other')), connect(arn('serverlesscache', 'feed-2')),
    connect(arn('user', 'default')), connect(arn('user', 'other')), connect(arn('user', 'people-2')),
    connect(arn(cacheName.startsWith('serverless') ? 'replicationgroup' : 'serverlesscache', 'feed')),
    connect(arn(...cacheName.split(':') as [string, string]).replace(region, 'us-east-1')),
    connect(arn(...cacheName.split(':') as [string, string]).replace(account, '999999999999')),
    { action: 'elasticache:ModifyUser', resource: arn('user', 'people') },
    { action: 'elasticache:DeleteServerlessCache', resource: arn('serverlesscache', 'feed') },
    { action: 'secretsmanager:GetSecretValue', resource: SECRET('CacheAppUserSecret') },
  ])('and nothing else: %j', async (question) => {
    expect(await made.ask(question)).toBe('ImplicitlyDenied');
  });
});

describe('with an AUTH token', () => {
  const made = client((stack, vpc, fn) => {
    const token = new AuthToken(stack, 'Token');
    new PasswordUser(stack, 'Other');
    return cacheIn(stack, { vpc, cacheName: 'feed', authentication: CacheAuthentication.authToken(token) }).grantAccess(fn);
  });
  const [own, other] = [made.secrets.find((secret) => secret.includes('Token'))!, made.secrets.find((secret) => !secret.includes('Token'))!];

  test.each<[string, Question, string]>([
    ['the token is read', { action: 'secretsmanager:GetSecretValue', resource: own }, 'Allowed'],
    ['no other secret is', { action: 'secretsmanager:GetSecretValue', resource: other }, 'ImplicitlyDenied'],
    ['the token is not changed', { action: 'secretsmanager:PutSecretValue', resource: own }, 'ImplicitlyDenied'],
    ['nor is the cache', { action: 'elasticache:ModifyReplicationGroup', resource: arn('replicationgroup', 'feed') }, 'ImplicitlyDenied'],
    ['nobody connects with IAM', connect(arn('replicationgroup', 'feed')), 'ImplicitlyDenied'],
  ])('%s', async (_, question, answer) => expect(await made.ask(question)).toBe(answer));
});

describe('with actions alone', () => {
  const made = client((stack, vpc, fn) => cacheIn(stack, { vpc, cacheName: 'feed' }).grants.actions(fn, ['elasticache:DescribeReplicationGroups']));

  test.each<[Question, string]>([
    [{ action: 'elasticache:DescribeReplicationGroups', resource: arn('replicationgroup', 'feed') }, 'Allowed'],
    [{ action: 'elasticache:DescribeReplicationGroups', resource: arn('replicationgroup', 'other') }, 'ImplicitlyDenied'],
    [{ action: 'elasticache:ModifyReplicationGroup', resource: arn('replicationgroup', 'feed') }, 'ImplicitlyDenied'],
    [connect(arn('replicationgroup', 'feed')), 'ImplicitlyDenied'],
  ])('%j: %s', async (question, answer) => expect(await made.ask(question)).toBe(answer));
});

describe.each<[string, (stack: Stack, vpc: IVpc) => unknown, [string, string, string], [string, string]]>([
  ['a user', (stack, vpc) => {
    const cache = cacheIn(stack, { vpc, cacheName: 'feed' });
    cache.addUser('Own', { userId: 'own', rotationInterval: Duration.days(30) });
    cache.addUser('Other', { userId: 'other' });
  }, ['elasticache:ModifyUser', arn('user', 'own'), arn('user', 'other')], ['Own', 'Other']],
  ['a token', (stack, vpc) => {
    const token = new AuthToken(stack, 'Own');
    cacheIn(stack, { vpc, cacheName: 'feed', authentication: CacheAuthentication.authToken(token) });
    token.addRotation();
    cacheIn(stack, { vpc, cacheName: 'other' }, 'Other');
  }, ['elasticache:ModifyReplicationGroup', arn('replicationgroup', 'feed'), arn('replicationgroup', 'other')], ['Own', 'Other']],
])('the function that rotates the password of %s', (_, make, [modify, own, other], [ownSecret, otherSecret]) => {
  const made = client((stack, vpc) => make(stack, vpc));
  const secretOf = (name: string) => made.secrets.find((secret) => secret.includes(name))!;

  test.each<[string, () => Question, string]>([
    ['changes it', () => ({ action: modify, resource: own }), 'Allowed'],
    ['changes no other', () => ({ action: modify, resource: other }), 'ImplicitlyDenied'],
    ['deletes nothing', () => ({ action: modify.replace('Modify', 'Delete'), resource: own }), 'ImplicitlyDenied'],
    ['writes its secret', () => ({ action: 'secretsmanager:PutSecretValue', resource: secretOf(ownSecret) }), 'Allowed'],
    ['reads no other secret', () => ({ action: 'secretsmanager:GetSecretValue', resource: secretOf(otherSecret) }), 'ImplicitlyDenied'],
    ['deletes no secret', () => ({ action: 'secretsmanager:DeleteSecret', resource: secretOf(ownSecret) }), 'ImplicitlyDenied'],
    ['does not connect with IAM', () => connect(arn('replicationgroup', 'feed')), 'ImplicitlyDenied'],
  ])('%s', async (__, question, answer) => expect(await made.ask(question())).toBe(answer));
});

describe('with a password', () => {
  const made = client((stack, vpc, fn) => {
    const key = new Key(stack, 'Key');
    new Key(stack, 'OtherKey');
    const cache = cacheIn(stack, { vpc, cacheName: 'feed', encryptionKey: key });
    cache.addUser('Other');
    return cache.grantAccess(fn);
  });
  const [own, other] = [made.secrets.find((secret) => secret.includes('AppUser'))!, made.secrets.find((secret) => !secret.includes('AppUser'))!];
  const through = (service: string) => ({ 'kms:ViaService': `${service}.${region}.amazonaws.com` });

  test.each<[string, Question, string]>([
    ['its own secret is read', { action: 'secretsmanager:GetSecretValue', resource: own }, 'Allowed'],
    ['another user\'s is not', { action: 'secretsmanager:GetSecretValue', resource: other }, 'ImplicitlyDenied'],
    ['its own secret is not changed', { action: 'secretsmanager:PutSecretValue', resource: own }, 'ImplicitlyDenied'],
    ['the key opens what comes through Secrets Manager', { action: 'kms:Decrypt', resource: made.keys[0], context: through('secretsmanager') }, 'Allowed'],
    ['and nothing that comes another way', { action: 'kms:Decrypt', resource: made.keys[0], context: through('s3') }, 'ImplicitlyDenied'],
    ['no other key', { action: 'kms:Decrypt', resource: made.keys[1], context: through('secretsmanager') }, 'ImplicitlyDenied'],
    ['nobody connects with IAM', connect(arn('replicationgroup', 'feed')), 'ImplicitlyDenied'],
  ])('%s', async (_, question, answer) => {
    expect(await made.ask(question)).toBe(answer);
  });
});
