// The quickstart of Python, Java and Go, whose function is in Python. scripts/polyglot proves that all of them make this very template.
import { DeleteSnapshotCommand, ElastiCacheClient, paginateDescribeSnapshots } from '@aws-sdk/client-elasticache';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { bootstrap, deployOrFail, destroy, outputsOf, removeAssemblies, synthesizeFile } from './support/local-aws';

const STACK = 'Quickstart';
let assembly: string;

/** CloudFormation makes up another name for each stack. The local one makes the same for a stack of the same name, which the last snapshot of an earlier one has. */
async function removeSnapshots(): Promise<void> {
  const client = new ElastiCacheClient();
  for await (const { Snapshots = [] } of paginateDescribeSnapshots({ client }, {})) {
    const names = Snapshots.map(({ SnapshotName }) => SnapshotName).filter((name) => name?.startsWith(STACK.toLowerCase()));
    await Promise.all(names.map((SnapshotName) => client.send(new DeleteSnapshotCommand({ SnapshotName }))));
  }
}

beforeAll(async () => {
  await bootstrap();
  await removeSnapshots();
  assembly = synthesizeFile('test/polyglot/typescript/app.ts');
  await deployOrFail(assembly, STACK);
});

afterAll(async () => {
  await destroy(assembly, STACK);
  await removeSnapshots();
  removeAssemblies();
});

test('the quickstart of the other languages: its function in Python logs in with the password and counts', async () => {
  const { ClientName } = await outputsOf(STACK);
  const answer = async () => {
    const { Payload = [] } = await new LambdaClient().send(new InvokeCommand({ FunctionName: ClientName }));
    return JSON.parse(Buffer.from(Payload).toString());
  };
  expect(await answer()).toEqual({ visits: 1 });
  expect(await answer()).toEqual({ visits: 2 });
});
