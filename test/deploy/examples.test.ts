// Each example is deployed, used by its own client, changed by a second deployment of its running cache, and destroyed.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { bootstrap, deployOrFail, destroy, EngineNode, engineNodes, outputsOf, removeAssemblies, settingOf, stackExists, synthesizeFile } from './support/local-aws';

/** What the CDK CLI would have looked up and written to cdk.context.json. */
const ZONES = {
  [`availability-zones:account=${process.env.CDK_DEFAULT_ACCOUNT}:region=${process.env.CDK_DEFAULT_REGION}`]: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
};

interface Example {
  readonly name: string;
  readonly stack: string;
  /** How the members of its cache are called. */
  readonly members: RegExp;
  /** What its client answers at the first call. */
  readonly answer: unknown;
  readonly nodes: number;
  /** The context of the second deployment, and what its client answers then. */
  readonly change: Record<string, string>;
  readonly answerAfter: unknown;
  readonly nodesAfter: number;
}

const EXAMPLES: Example[] = [
  {
    name: 'quickstart',
    stack: 'Quickstart',
    members: /^quickstart-/,
    answer: { visits: 1 },
    nodes: 2,
    change: { maxmemoryPolicy: 'allkeys-lru' },
    answerAfter: { visits: 2 },
    nodesAfter: 2,
  },
  {
    name: 'sharded',
    stack: 'Sessions',
    members: /^sessions-/,
    answer: { shards: 2, sessions: 50 },
    nodes: 4,
    change: { shards: '3' },
    answerAfter: { shards: 3, sessions: 50 },
    nodesAfter: 6,
  },
  {
    name: 'single-node',
    stack: 'Development',
    members: /^development-/,
    answer: { visits: 1 },
    nodes: 1,
    change: { replicas: '1' },
    answerAfter: { visits: 2 },
    nodesAfter: 2,
  },
  {
    name: 'memcached',
    stack: 'Pages',
    members: /^pages-/,
    answer: { nodes: 3, page: 'hello' },
    nodes: 3,
    change: { nodes: '2' },
    answerAfter: { nodes: 2, page: 'hello' },
    nodesAfter: 2,
  },
  {
    name: 'serverless',
    stack: 'Serverless',
    members: /serverless-cache-/,
    answer: { visits: 1, read: '1' },
    nodes: 2,
    change: { gigabytes: '20' },
    answerAfter: { visits: 2, read: '2' },
    nodesAfter: 2,
  },
];

const assemblies = new Map<string, string>();
const answers = new Map<string, unknown>();
const running = new Map<string, EngineNode[]>();

async function deployAll(contextOf: (example: Example) => Record<string, string>): Promise<void> {
  EXAMPLES.forEach((example) => assemblies.set(example.name, synthesizeFile(`examples/${example.name}/app.ts`, { ...ZONES, ...contextOf(example) })));
  await Promise.all(EXAMPLES.map(({ name }) => deployOrFail(assemblies.get(name)!)));
  for (const { name, stack, members } of EXAMPLES) {
    answers.set(name, await invoke((await outputsOf(stack)).ClientName));
    running.set(name, engineNodes().filter(({ member }) => members.test(member)));
  }
}

async function invoke(functionName: string): Promise<unknown> {
  const reply = await new LambdaClient().send(new InvokeCommand({ FunctionName: functionName }));
  return JSON.parse(Buffer.from(reply.Payload ?? []).toString());
}

beforeAll(async () => {
  await bootstrap();
  await deployAll(() => ({}));
});

afterAll(() => removeAssemblies());

test.each(EXAMPLES)('$name: its client uses the cache', ({ name, answer, nodes }) => {
  expect(answers.get(name)).toEqual(answer);
  expect(running.get(name)).toHaveLength(nodes);
});

describe('a second deployment', () => {
  const before = new Map<string, EngineNode[]>();

  beforeAll(async () => {
    running.forEach((nodes, name) => before.set(name, nodes));
    await deployAll(({ change }) => change);
  });

  test.each(EXAMPLES)('$name: reaches the running cache, and its client goes on', ({ name, answerAfter, nodesAfter }) => {
    expect(answers.get(name)).toEqual(answerAfter);
    const pids = before.get(name)!.map(({ pid }) => pid);
    const pidsAfter = running.get(name)!.map(({ pid }) => pid);
    expect(pidsAfter).toHaveLength(nodesAfter);
    // What still runs was not started anew; what is new came beside it.
    expect(pids.filter((pid) => pidsAfter.includes(pid))).toHaveLength(Math.min(pids.length, nodesAfter));
  });

  test('quickstart: the engine has the new setting', () => {
    expect(settingOf(running.get('quickstart')![0].member, 'maxmemory-policy')).toBe('allkeys-lru');
  });
});

test('destroying leaves no stack and no engine', async () => {
  await Promise.all(EXAMPLES.map(({ name }) => destroy(assemblies.get(name)!)));
  expect(await Promise.all(EXAMPLES.map(({ stack }) => stackExists(stack)))).toEqual(EXAMPLES.map(() => false));
  expect(engineNodes().filter(({ member }) => EXAMPLES.some(({ members }) => members.test(member)))).toEqual([]);
});
