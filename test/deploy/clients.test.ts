// The clients of the examples log in with a password and with IAM tokens, and get over a password or a token that is good no more.
import { execFile, execFileSync } from 'child_process';
import { join } from 'path';
import { ElastiCacheClient, ModifyUserCommand } from '@aws-sdk/client-elasticache';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GlideClient, ServiceType } from '@valkey/valkey-glide';
import { certificate } from './support/clients';
import { askEngine, bootstrap, credentialFieldOf, deployOrFail, outputsOf, removeAssemblies, removeStacks, ROOT, synthesize } from './support/local-aws';

type Environment = Record<string, string>;
type Client = typeof import('../../examples/clients/nodejs/secret');

const CLIENTS = join(ROOT, 'examples', 'clients');
const REGION = process.env.AWS_REGION!;

let values: Record<string, string>;
/** What grantAccess told a client without an environment of its own. */
const granted = (client: 'Password' | 'Iam' | 'Serverless'): Environment => JSON.parse(values[`${client}Environment`]);

beforeAll(async () => {
  await bootstrap();
  await deployOrFail(synthesize('clients'));
  values = await outputsOf('Clients');
});

afterAll(async () => {
  await removeStacks('Clients');
  removeAssemblies();
});

const withSecret = () => granted('Password');
const withToken = () => granted('Iam');
const withServerlessToken = () => granted('Serverless');

/** Runs a client as a program of its own, and returns what it printed, errors included. */
function run(file: string, environment: Environment): Promise<string> {
  const python = () => execFileSync(join(ROOT, 'scripts', 'lib', 'venv'), ['clients', join(CLIENTS, 'python', 'requirements.txt')], { encoding: 'utf8' }).trim();
  const command = file.endsWith('.py') ? python() : join(ROOT, 'node_modules', '.bin', 'tsx');
  return new Promise((resolve) => {
    const settings = { env: { ...process.env, ...environment }, timeout: 60000 };
    execFile(command, [join(CLIENTS, file)], settings, (_error, output, problems) => resolve(output + problems));
  });
}

/** Uses a client in this process, as if it had just been started. */
async function use(file: string, environment: Environment, work: (client: Client) => Promise<void>): Promise<void> {
  Object.assign(process.env, environment);
  jest.resetModules();
  const client = jest.requireActual<Client>(join(CLIENTS, 'nodejs', file));
  try {
    await work(client);
  } finally {
    await client.close();
    Object.keys(environment).forEach((name) => delete process.env[name]);
  }
}

describe('each client says who it is, and counts', () => {
  test.each([
    ['nodejs/secret.ts', 'a user with a password', withSecret],
    ['nodejs/iam.ts', 'a user with IAM', withToken],
    ['nodejs/glide.ts', 'a user with IAM of a serverless cache', withServerlessToken],
    ['python/secret.py', 'a user with a password', withSecret],
    ['python/iam.py', 'a user with IAM', withToken],
    ['python/iam.py', 'a user with IAM of a serverless cache', withServerlessToken],
  ])('%s as %s', async (file, _, environment) => {
    const output = await run(file, environment());
    expect(output).toMatch(new RegExp(`["']?user["']?: ["']${environment().CACHE_USERNAME}["']`));
    expect(output).toMatch(/["']?visits["']?: [1-9]/);
  });

  test('the client of the quickstart in Python, Java and Go, without any library', async () => {
    // Where a cache has a certificate of a public authority, Python trusts it by itself.
    const output = await run('../quickstart/client.py', { ...withSecret(), SSL_CERT_FILE: process.env.CACHE_CA_FILE! });
    expect(output).toMatch(/^{"visits": [1-9]\d*}$/m);
  });

  test('nodejs/iam.ts as a function, with the credentials of its role', async () => {
    const reply = await new LambdaClient().send(new InvokeCommand({ FunctionName: values.ClientName }));
    expect(JSON.parse(Buffer.from(reply.Payload!).toString())).toEqual({ user: 'reports', visits: expect.any(Number) });
  });
});

test.each([
  ['for another cache', 'nodejs/iam.ts', () => ({ ...withToken(), CACHE_IAM_NAME: 'feed' })],
  ['for another user', 'nodejs/iam.ts', () => ({ ...withToken(), CACHE_USERNAME: 'app' })],
  ['of another secret', 'nodejs/iam.ts', () => ({ ...withToken(), AWS_SECRET_ACCESS_KEY: 'guessed' })],
  ['of another Region', 'python/iam.py', () => ({ ...withToken(), AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' })],
  ['for no serverless cache', 'python/iam.py', () => ({ ...withServerlessToken(), CACHE_IAM_RESOURCE_TYPE: '' })],
])('a token %s lets nobody in', async (_, file, environment) => {
  const output = await run(file, environment());
  expect(output).toMatch(/WRONGPASS|invalid username-password pair/);
  expect(output).not.toMatch(/visits["']?: \d/);
});

test('the client with a secret reads the password again when the cache refuses it', async () => {
  await use('secret.ts', withSecret(), async ({ handler }) => {
    const { visits } = await handler();
    const password = `${await credentialFieldOf(values.SecretArn, 'password')}-next`;
    await new ElastiCacheClient().send(new ModifyUserCommand({ UserId: values.UserId, Passwords: [password] }));
    await new SecretsManagerClient().send(new PutSecretValueCommand({
      SecretId: values.SecretArn, SecretString: JSON.stringify({ username: 'app', password }),
    }));
    askEngine('orders-001', 'CLIENT', 'KILL', 'TYPE', 'normal');
    expect(await handler()).toEqual({ user: 'app', visits: visits + 1 });
  });
});

test('the client with a token makes another when the cache refuses it', async () => {
  const twentyMinutesAgo = new Date(Date.now() - 20 * 60 * 1000);
  const made: (Date | undefined)[] = [twentyMinutesAgo, undefined];
  const { connectToken } = jest.requireActual('../../examples/clients/nodejs/token');
  jest.doMock('../../examples/clients/nodejs/token', () => ({ connectToken: (options: object) => connectToken({ ...options, signingDate: made.shift() }) }));
  try {
    await use('iam.ts', withToken(), async ({ handler }) => {
      expect(await handler()).toMatchObject({ user: 'reports' });
      expect(made).toEqual([]);
    });
  } finally {
    jest.dontMock('../../examples/clients/nodejs/token');
  }
});

test('the tokens that valkey-glide makes by itself are taken too', async () => {
  const client = await GlideClient.createClient({
    addresses: [{ host: withToken().CACHE_HOST, port: Number(withToken().CACHE_PORT) }],
    useTLS: true,
    credentials: { username: 'reports', iamConfig: { clusterName: 'orders', service: ServiceType.Elasticache, region: REGION } },
    requestTimeout: 3000,
    advancedConfiguration: { tlsAdvancedConfiguration: { rootCertificates: certificate() } },
  });
  try {
    expect(await client.customCommand(['ACL', 'WHOAMI'])).toBe('reports');
  } finally {
    client.close();
  }
});
