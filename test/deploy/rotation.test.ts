// Rotation while clients use the cache without a pause: nobody notices, old passwords end, and a killed function does no harm.
import { ChildProcess, spawn } from 'child_process';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CloudFormationClient, DescribeStackEventsCommand, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand, GetSecretValueCommand, InvalidRequestException, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { withClient } from './support/clients';
import { bootstrap, deployOrFail, outputsOf, removeAssemblies, removeStacks, ROOT, synthesize } from './support/local-aws';
import { filesOf, findSecrets, processes } from './support/scan';

const STACK = 'Rotation';
const secretsManager = new SecretsManagerClient();
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Four hours at least on AWS. Clients that read the secret at an interval do so more often than it is rotated. */
const BETWEEN_ROTATIONS = 400;

interface Load {
  readonly requests: number;
  readonly connections: number;
  readonly refreshes: number;
  readonly refused: number;
  readonly passwords: number;
  readonly seconds: number;
  readonly failures: string[];
}

/** A place in a step: killed before or after its nth call to a service took effect. */
interface Kill {
  readonly step: string;
  readonly call: number;
  readonly effect: 'before' | 'after';
}

const folder = mkdtempSync(join(tmpdir(), 'rotation-trap-'));
let assembly: string;
let output: string;
let outputs: Record<string, string>;
/** Every password that there was. */
const passwords: Record<string, string[]> = { User: [], Token: [] };

beforeAll(async () => {
  copyFileSync(join(ROOT, 'test', 'deploy', 'support', 'rotation-trap.js'), join(folder, 'index.js'));
  copyFileSync(join(ROOT, 'assets', 'rotation', 'index.js'), join(folder, 'rotation.js'));
  await bootstrap();
  process.env.ROTATION_TRAP = folder;
  assembly = synthesize('rotation');
  output = await deployOrFail(assembly, STACK);
  outputs = await outputsOf(STACK);
  await Promise.all(Object.keys(passwords).map(current));
});

afterAll(async () => {
  await removeStacks(STACK);
  removeAssemblies();
  rmSync(folder, { recursive: true });
});

async function current(name: string): Promise<string> {
  const { SecretString: value } = await secretsManager.send(new GetSecretValueCommand({ SecretId: outputs[`${name}Secret`] }));
  const { password } = JSON.parse(value!);
  if (!passwords[name].includes(password)) {
    passwords[name].push(password);
  }
  return password;
}

/** Rotates once and waits until the new password is the current one. */
async function rotate(name: string): Promise<void> {
  const SecretId = outputs[`${name}Secret`];
  const end = Date.now() + 30_000;
  let version: string | undefined;
  while (Date.now() < end) {
    try {
      version ??= (await secretsManager.send(new RotateSecretCommand({ SecretId }))).VersionId!;
    } catch (error) {
      // The one before is not put away yet.
      if (!(error instanceof InvalidRequestException)) {
        throw error;
      }
    }
    const { VersionIdsToStages: labels } = await secretsManager.send(new DescribeSecretCommand({ SecretId }));
    if (version && labels![version]?.includes('AWSCURRENT')) {
      await current(name);
      await wait(BETWEEN_ROTATIONS);
      return;
    }
    await wait(30);
  }
  throw new Error(`the rotation of ${name} did not end`);
}

async function rotateAndKill(name: string, kill: Kill): Promise<void> {
  const trap = join(folder, `${name}.trap`);
  writeFileSync(trap, JSON.stringify(kill));
  await rotate(name);
  expect([kill, existsSync(`${trap}.sprung`)]).toEqual([kill, true]);
  renameSync(`${trap}.sprung`, `${trap}.last`);
}

/** Which of the passwords so far log in, oldest first. */
async function valid(name: string): Promise<boolean[]> {
  const username = name === 'User' ? 'app' : undefined;
  const address = { host: outputs[`${name}Host`], port: Number(outputs[`${name}Port`]) };
  return Promise.all(passwords[name].map(async (password) => {
    try {
      return await withClient(address, { username, password }, (client) => client.get('some-key')) === null;
    } catch (error) {
      expect(String(error)).toMatch(/WRONGPASS|invalid/);
      return false;
    }
  }));
}

/** What CloudFormation, Lambda and the logs tell of a stack to whoever asks. */
async function toldOf(StackName: string): Promise<Record<string, unknown>> {
  const [formation, functions, logs] = [new CloudFormationClient(), new LambdaClient(), new CloudWatchLogsClient()];
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
  return {
    stacks: await formation.send(new DescribeStacksCommand({ StackName })),
    events: await formation.send(new DescribeStackEventsCommand({ StackName })),
    template: await formation.send(new GetTemplateCommand({ StackName })),
    functions: await functions.send(new ListFunctionsCommand({})),
    logs: await Promise.all((logGroups ?? []).map(({ logGroupName }) => logs.send(new FilterLogEventsCommand({ logGroupName })))),
  };
}

function startLoad(name: string): { child: ChildProcess; done: Promise<Load> } {
  const words = [join(ROOT, 'test', 'deploy', 'apps', 'rotation-load.ts'), outputs[`${name}Host`], outputs[`${name}Port`], outputs[`${name}Secret`], name === 'User' ? 'app' : ''];
  const child = spawn(process.execPath, ['--import', 'tsx', ...words], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout!.on('data', (part) => { text += part; });
  return { child, done: new Promise((resolve, reject) => child.on('close', () => text ? resolve(JSON.parse(text)) : reject(new Error('the load said nothing')))) };
}

async function underLoad(name: string, work: () => Promise<number>): Promise<Load> {
  const { child, done } = startLoad(name);
  await wait(2500);
  const rotations = await work();
  child.kill('SIGTERM');
  const load = await done;
  console.info(`${name}: ${rotations} rotations under load: ${load.requests} requests in ${load.seconds.toFixed(1)} s ` +
    `(${Math.round(load.requests / load.seconds)} a second), ${load.connections} connections, ${load.refused} of them only after the secret was read again, ` +
    `${load.passwords} passwords seen, ${load.failures.length} failures`);
  expect([load.failures.length, load.failures.slice(0, 5)]).toEqual([0, []]);
  expect(load.requests / load.seconds).toBeGreaterThanOrEqual(500);
  return load;
}

/** The calls that a step makes to services; beyond the last one a step is over. */
const CALLS: Record<string, Record<string, number>> = {
  User: { createSecret: 4, setSecret: 5, testSecret: 4, finishSecret: 3 },
  Token: { createSecret: 4, setSecret: 8, testSecret: 3, finishSecret: 3 },
};

function kills(name: string, effects: Kill['effect'][]): Kill[] {
  return Object.entries(CALLS[name]).flatMap(([step, calls]) => effects.map((effect, index) => ({
    step, effect, call: Math.max(0, calls - 1 - index),
  })));
}

test('a user: 20 rotations and more, some killed in each step, and no request fails', async () => {
  const load = await underLoad('User', async () => {
    for (let round = 0; round < 14; round++) {
      await rotate('User');
    }
    const places = kills('User', ['after', 'before']);
    for (const kill of places) {
      await rotateAndKill('User', kill);
    }
    return 14 + places.length;
  });
  expect(passwords.User.length).toBeGreaterThan(20);
  expect(load.passwords).toBeGreaterThan(20);
  // Clients that do not read the secret by themselves found their password ended, and went on with a new one.
  expect(load.refused).toBeGreaterThan(0);
});

test('a token: rotations, some killed in each step, and no request fails', async () => {
  await underLoad('Token', async () => {
    for (let round = 0; round < 3; round++) {
      await rotate('Token');
    }
    const places = kills('Token', ['after']);
    for (const kill of places) {
      await rotateAndKill('Token', kill);
    }
    return 3 + places.length;
  });
  expect(passwords.Token.length).toBeGreaterThanOrEqual(8);
});

test.each(['User', 'Token'])('%s: the password before the current one is still valid, all older ones have ended', async (name) => {
  const all = await valid(name);
  expect(all).toEqual(all.map((_, index) => index >= all.length - 2));
});

test('no password that there ever was is in the assembly, in what was printed, in a log of the local AWS or in a process', async () => {
  const secrets = Object.values(passwords).flat();
  expect(secrets.length).toBeGreaterThan(28);
  const told = await toldOf(STACK);
  expect(JSON.stringify(told.logs)).toContain('finishSecret');
  expect(findSecrets(secrets, Object.fromEntries(Object.entries(told).map(([place, content]) => [place, JSON.stringify(content)])))).toEqual([]);
  expect(findSecrets(secrets, { output, outputs: JSON.stringify(outputs) })).toEqual([]);
  expect(findSecrets(secrets, { ...filesOf(assembly), ...filesOf(folder), ...filesOf(process.env.LOCAL_AWS_DIR!), ...processes() })).toEqual([]);
});
