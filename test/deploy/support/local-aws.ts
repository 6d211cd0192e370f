// What the deploy tests and the demo do with the local AWS: the CDK CLI, the stacks it made, the engines behind a cache.
// Runs inside `local/aws exec -- ...`, whose environment sends every client to loopback.
import { execFile, execFileSync, spawn, spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { CloudFormationClient, DeleteStackCommand, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeReplicationGroupsCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

export const ROOT = join(__dirname, '..', '..', '..');
const LOCAL_AWS = join(ROOT, 'local', 'aws');
const TOOLS = join(ROOT, 'node_modules', '.bin');
const BOOTSTRAP_STACK = 'CDKToolkit';

/** How the CDK CLI ended. */
export interface CdkResult {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs the CDK CLI in the folder of an app. */
export function cdk(folder: string, words: string[], onOutput: (text: string) => void = () => undefined): Promise<CdkResult> {
  const child = spawn(join(TOOLS, 'cdk'), words, { cwd: folder, env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Runs the CDK CLI and fails with all it printed when it fails. */
export async function cdkOrFail(folder: string, ...words: string[]): Promise<string> {
  const result = await cdk(folder, words);
  if (!result.ok) {
    throw new Error(`cdk ${words.join(' ')} failed:\n${result.output}`);
  }
  return result.output;
}

/** Makes what the CDK CLI needs in the account, unless another test file did. */
export async function bootstrap(): Promise<void> {
  if (!await stackExists(BOOTSTRAP_STACK)) {
    await cdkOrFail(ROOT, 'bootstrap', `aws://${process.env.CDK_DEFAULT_ACCOUNT}/${process.env.CDK_DEFAULT_REGION}`);
  }
}

const temporaryFolders: string[] = [];

/** Runs an app of `test/deploy/apps` and returns the folder of the assembly it wrote, a temporary one. */
export function synthesize(app: string): string {
  return synthesizeFile(join('test', 'deploy', 'apps', `${app}.ts`));
}

/** Runs an app with context, as `cdk synth -c name=value` does, and returns the folder of the assembly it wrote, a temporary one. */
export function synthesizeFile(file: string, context: Record<string, unknown> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-test-'));
  temporaryFolders.push(folder);
  const environment = {
    ...process.env,
    CDK_OUTDIR: folder,
    // As the CDK CLI asks for it: the construct of each resource is in the template.
    CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:enable-path-metadata': true, ...context }),
    // The validator has nothing to say of what is about to be deployed, and takes a second.
    CDK_VALIDATION: 'false',
  };
  execFileSync(join(TOOLS, 'tsx'), [join(ROOT, file)], { env: environment, stdio: ['ignore', 'inherit', 'pipe'] });
  return folder;
}

/** Removes what `synthesize` wrote. */
export function removeAssemblies(): void {
  temporaryFolders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
}

/** The template of a stack in an assembly. */
export function readAssembly<T>(assembly: string, stackName: string): T {
  return JSON.parse(readFileSync(join(assembly, `${stackName}.template.json`), 'utf8'));
}

/** Deploys stacks of an assembly, with those they depend on. */
export function deploy(assembly: string, ...stackNames: string[]): Promise<CdkResult> {
  return cdk(assembly, ['deploy', '--app', assembly, '--require-approval', 'never', ...stackNames]);
}

/** Deploys stacks of an assembly and returns what the CDK CLI printed; fails with it when it fails. */
export function deployOrFail(assembly: string, ...stackNames: string[]): Promise<string> {
  return cdkOrFail(assembly, 'deploy', '--app', assembly, '--require-approval', 'never', ...stackNames);
}

/** Destroys the stacks of an assembly. */
export function destroy(assembly: string, ...stackNames: string[]): Promise<string> {
  return cdkOrFail(assembly, 'destroy', '--app', assembly, '--force', ...stackNames);
}

/** Removes stacks one after the other, without the CDK CLI, which waits for whole seconds. */
export async function removeStacks(...stackNames: string[]): Promise<void> {
  for (const stackName of stackNames) {
    await new CloudFormationClient().send(new DeleteStackCommand({ StackName: stackName }));
    const end = Date.now() + 30000;
    while (await stackExists(stackName)) {
      if (Date.now() > end) {
        throw new Error(`the stack ${stackName} is not gone after half a minute`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The physical ids of a stack's resources by logical id. */
export async function physicalIdsOf(stackName: string): Promise<Record<string, string>> {
  const { StackResourceSummaries: summaries } = await new CloudFormationClient().send(new ListStackResourcesCommand({ StackName: stackName }));
  return Object.fromEntries((summaries ?? []).map(({ LogicalResourceId: logicalId, PhysicalResourceId: id }) => [logicalId, id]));
}

/** The physical ids of a stack's resources by type, in the order of the stack. */
export async function resourcesOf(stackName: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const { StackResourceSummaries: summaries } = await new CloudFormationClient().send(new ListStackResourcesCommand({ StackName: stackName }));
  for (const { ResourceType: type, PhysicalResourceId: id } of summaries ?? []) {
    found.set(type!, [...found.get(type!) ?? [], id!]);
  }
  return found;
}

/** The outputs of a stack. */
export async function outputsOf(stackName: string): Promise<Record<string, string>> {
  const { Stacks: stacks } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName: stackName }));
  return Object.fromEntries((stacks?.[0].Outputs ?? []).map((output) => [output.OutputKey!, output.OutputValue!]));
}

/** Whether a stack exists. */
export async function stackExists(stackName: string): Promise<boolean> {
  try {
    const { Stacks: stacks } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName: stackName }));
    return (stacks ?? []).some((stack) => stack.StackStatus !== 'DELETE_COMPLETE');
  } catch {
    return false;
  }
}

/** The status of a stack. */
export async function stackStatus(stackName: string): Promise<string> {
  const { Stacks: stacks } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName: stackName }));
  return stacks![0].StackStatus!;
}

/** User name and password as an application reads them. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The credentials in a secret. */
export async function credentialsOf(secretId: string): Promise<Credentials> {
  const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: secretId }));
  return JSON.parse(secret.SecretString!);
}

/** One field of a secret. */
export async function credentialFieldOf(secretId: string, field: string): Promise<string> {
  return (await credentialsOf(secretId) as unknown as Record<string, string>)[field];
}

/** Where clients of a replication group connect to. */
export interface Endpoints {
  readonly primary: { readonly host: string; readonly port: number };
  readonly reader: { readonly host: string; readonly port: number };
}

/** The endpoints that ElastiCache tells of a replication group. */
export async function endpointsOf(id: string): Promise<Endpoints> {
  const { ReplicationGroups: groups } = await new ElastiCacheClient().send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: id }));
  const { PrimaryEndpoint: primary, ReaderEndpoint: reader } = groups![0].NodeGroups![0];
  return { primary: { host: primary!.Address!, port: primary!.Port! }, reader: { host: reader!.Address!, port: reader!.Port! } };
}

/** One engine process, as `local/aws nodes --json` tells it. */
export interface EngineNode {
  readonly replicationGroup: string;
  readonly member: string;
  readonly role: string;
  readonly host: string;
  /** Other addresses it answers at: of endpoints whose first node is gone. */
  readonly also: string[];
  readonly port: number;
  readonly pid: number;
  readonly runs: string;
  readonly tls: boolean;
}

/** The engine processes of the instance. */
export function engineNodes(): EngineNode[] {
  return JSON.parse(localAws('nodes', '--json'));
}

/** The same, while this process goes on, for example with the load that it puts on a cache. */
export async function engineNodesMeanwhile(): Promise<EngineNode[]> {
  return JSON.parse((await promisify(execFile)(LOCAL_AWS, ['nodes', '--json'], { env: process.env })).stdout);
}

/** The reply of an engine to its local administrator. */
export function askEngine(member: string, ...words: string[]): unknown {
  return JSON.parse(localAws('cli', '--json', member, '--', ...words));
}

/** What `CONFIG GET` of an engine says of one setting. */
export function settingOf(member: string, name: string): string {
  return (askEngine(member, 'CONFIG', 'GET', name) as string[])[1];
}

function localAws(...words: string[]): string {
  const result = spawnSync(LOCAL_AWS, words, { env: process.env, encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`local/aws ${words[0]} failed: ${result.stderr}`);
  }
  return result.stdout;
}
