// A client in another stack leaves the app: its stack and the cache's are deployed and destroyed in any order. On the way, what a further user may do.
import { join } from 'path';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { refusal, withClient } from './support/clients';
import {
  bootstrap, credentialsOf, deploy, deployOrFail, endpointsOf, physicalIdsOf, readAssembly, removeAssemblies, removeStacks, stackStatus,
  synthesizeFile,
} from './support/local-aws';

const [NET, CACHES, CLIENTS] = ['LeavingNet', 'LeavingCaches', 'LeavingClients'];
const app = (context: Record<string, boolean>) => synthesizeFile(join('test', 'deploy', 'apps', 'leaving.ts'), context);

let ids: Record<string, string>;
/** The exports of the cache that the client uses. */
let imported: string[];

beforeAll(async () => {
  await bootstrap();
  const assembly = app({ client: true });
  await deployOrFail(assembly, CLIENTS);
  imported = [...new Set([...JSON.stringify(readAssembly(assembly, CLIENTS)).matchAll(/"Fn::ImportValue":"(LeavingCaches:ExportsOutput[^"]*Cache[^"]+)"/g)].map(([, name]) => name))];
  ids = await physicalIdsOf(CACHES);
});

afterAll(async () => {
  await removeStacks(CLIENTS, CACHES, NET);
  removeAssemblies();
});

const idOf = (name: string) => ids[Object.keys(ids).find((logicalId) => new RegExp(`^${name}[0-9A-F]{8}$`).test(logicalId))!];

test('a further user logs in with its own password, and may do what its access string says', async () => {
  const { primary } = await endpointsOf(idOf('CacheReplicationGroup'));
  const [own, reader] = await Promise.all(['CacheAppUserSecret', 'CacheUsersReaderSecret'].map((name) => credentialsOf(idOf(name))));
  expect(reader.username).toBe('reader');
  await withClient(primary, own, (client) => client.mset('app:x', '1', 'other', '2'));
  await withClient(primary, reader, async (client) => {
    expect(await client.get('app:x')).toBe('1');
    expect(await refusal(client.get('other'))).toContain('NOPERM');
    expect(await refusal(client.set('app:x', '2'))).toContain('NOPERM');
  });
  expect(await refusal(withClient(primary, { ...reader, password: own.password }, (client) => client.get('app:x')))).toContain('WRONGPASS');
});

/** Exports that a deployed stack imports and the cache's stack would have no more. */
function missingExports(assembly: string): string[] {
  const { Outputs: outputs = {} } = readAssembly<{ Outputs?: Record<string, { Export?: { Name: string } }> }>(assembly, CACHES);
  const kept = Object.values(outputs).map((output) => output.Export?.Name);
  return imported.filter((name) => !kept.includes(name));
}

test('the client imports what it was told of', () => expect(imported).toHaveLength(4));

test('without the client in the app, the cache\'s stack keeps what the deployed client imports, and is deployed while it is there', async () => {
  const assembly = app({ keep: true });
  expect(missingExports(assembly)).toEqual([]);
  await deployOrFail(assembly, CACHES);
  expect(await stackStatus(CLIENTS)).toBe('CREATE_COMPLETE');
});

test('without exports that stay it would take them all from the client, and is refused', async () => {
  const assembly = app({});
  expect(missingExports(assembly)).toEqual(imported);
  const { ok, output } = await deploy(assembly, CACHES);
  expect(ok).toBe(false);
  expect(output).toContain(`cannot be deleted as it is in use by ${CLIENTS}`);
  expect(await stackStatus(CACHES)).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('the cache\'s stack is not deleted under a client', async () => {
  await expect(new CloudFormationClient().send(new DeleteStackCommand({ StackName: CACHES }))).rejects.toThrow(`is imported by stack ${CLIENTS}`);
});

test('when the client is gone, nothing need stay', async () => {
  await removeStacks(CLIENTS);
  await deployOrFail(app({}), CACHES);
  expect(await stackStatus(CACHES)).toMatch(/_COMPLETE$/);
});
