// Functions in a stack of their own, which were granted access to caches of another stack, reach them with the environment they were given.
import { readFileSync } from 'fs';
import { join } from 'path';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { credentialsOf, deployOrFail, bootstrap, endpointsOf, physicalIdsOf, removeAssemblies, removeStacks, stackStatus, synthesize } from './support/local-aws';
import { findSecrets } from './support/scan';

const [CACHES, CLIENTS] = ['AccessCaches', 'AccessClients'];
const CONTRACT = ['HOST', 'PORT', 'TLS', 'READER_HOST', 'USERNAME', 'SECRET_ARN'];

let assembly: string;
let output: string;
let ids: Record<string, string>;

beforeAll(async () => {
  await bootstrap();
  assembly = synthesize('access');
  // Only the clients are named: the caches come along because the clients' stack depends on theirs.
  output = await deployOrFail(assembly, CLIENTS);
  ids = await physicalIdsOf(CACHES);
});

afterAll(async () => {
  await removeStacks(CLIENTS, CACHES);
  removeAssemblies();
});

/** What the environment must hold for a cache whose resources have logical ids that begin so. */
async function contract(cache: string, environmentPrefix: string): Promise<Record<string, string>> {
  const { primary, reader } = await endpointsOf(idOf(`${cache}ReplicationGroup`));
  const values = [primary.host, String(primary.port), 'true', reader.host, 'app', idOf(`${cache}AppUserSecret`)];
  return Object.fromEntries(CONTRACT.map((name, index) => [environmentPrefix + name, values[index]]));
}

function idOf(name: string): string {
  return ids[Object.keys(ids).find((logicalId) => new RegExp(`^${name}[0-9A-F]{8}$`).test(logicalId))!];
}

/** The variables of a function as it is deployed, without what CDK itself and the test set. */
async function environmentOf(functionName: string): Promise<Record<string, string>> {
  const { Environment: environment } = await new LambdaClient().send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const { AWS_NODEJS_CONNECTION_REUSE_ENABLED: _, ...variables } = environment!.Variables!;
  return variables;
}

async function invoke(functionName: string): Promise<unknown> {
  const reply = await new LambdaClient().send(new InvokeCommand({ FunctionName: functionName }));
  return JSON.parse(Buffer.from(reply.Payload ?? []).toString());
}

test('the clients\' stack depends on the caches\', and not the other way round', async () => {
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  expect(artifacts[CLIENTS].dependencies).toContain(CACHES);
  expect(artifacts[CACHES].dependencies).not.toContain(CLIENTS);
  expect([await stackStatus(CACHES), await stackStatus(CLIENTS)]).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
});

test('the environment of a client is the contract, beside what it had', async () => {
  expect(await environmentOf('access-one')).toEqual({ KEEP: 'what was there before', ...await contract('Orders', 'CACHE_') });
});

test('the environment of a client of two caches is the contract twice, with a prefix each', async () => {
  expect(await environmentOf('access-both'))
    .toEqual({ KEEP: 'what was there before', ...await contract('Orders', 'ORDERS_'), ...await contract('Sessions', 'SESSIONS_') });
});

test('the two caches are two', async () => {
  const environment = await environmentOf('access-both');
  for (const name of ['HOST', 'PORT', 'READER_HOST', 'SECRET_ARN']) {
    expect(environment[`ORDERS_${name}`]).not.toBe(environment[`SESSIONS_${name}`]);
  }
  expect(environment.ORDERS_HOST).not.toBe(environment.ORDERS_READER_HOST);
});

test('a client connects with its environment alone', async () => {
  expect(await invoke('access-one')).toEqual({ CACHE_: { user: 'app', written: 'OK', read: 'CACHE_client' } });
});

test('a client of two caches connects to both', async () => {
  expect(await invoke('access-both')).toEqual({
    ORDERS_: { user: 'app', written: 'OK', read: 'ORDERS_client' },
    SESSIONS_: { user: 'app', written: 'OK', read: 'SESSIONS_client' },
  });
});

test('no password is in the functions or in what was printed', async () => {
  const credentials = await Promise.all(['Orders', 'Sessions'].map((cache) => credentialsOf(idOf(`${cache}AppUserSecret`))));
  const functions = await Promise.all(['access-one', 'access-both'].map((FunctionName) =>
    new LambdaClient().send(new GetFunctionConfigurationCommand({ FunctionName }))));
  expect(findSecrets(credentials.map(({ password }) => password), { functions: JSON.stringify(functions), output })).toEqual([]);
});
