// The demo, inside the local AWS: deploys the quickstart, uses the cache as applications do, shows what it refuses, changes it, tears it down.
// Started by scripts/demo.
import { join } from 'path';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Address, refusal, withClient, withGlide, withPlainClient } from '../../test/deploy/support/clients';
import {
  askEngine, cdkOrFail, Credentials, credentialsOf, endpointsOf, engineNodes, outputsOf, resourcesOf, ROOT, settingOf, stackExists,
} from '../../test/deploy/support/local-aws';

const APP = join(ROOT, 'examples', 'quickstart');
const STACK = 'Quickstart';
const ENVIRONMENT = `aws://${process.env.CDK_DEFAULT_ACCOUNT}/${process.env.CDK_DEFAULT_REGION}`;

/** The cache that was deployed, as an application sees it. */
interface Cache {
  readonly id: string;
  readonly primary: Address;
  readonly reader: Address;
  readonly credentials: Credentials;
}

async function main(): Promise<void> {
  await step('Bootstrap the account, as once on AWS', () => cdkOrFail(APP, 'bootstrap', ENVIRONMENT));
  await step(`Deploy ${STACK}: ${join('examples', 'quickstart', 'app.ts')}`, () => deploy());
  const cache = await findCache();
  await showResources();
  showEngines(cache);
  await useCache(cache);
  await invokeClient();
  await showRefusals(cache);
  await showAlarms();
  await changeParameter(cache);
  await step('Tear everything down', () => cdkOrFail(APP, 'destroy', '--app', 'cdk.out', '--force'));
  verify('no stack is left', !await stackExists(STACK));
  verify('no engine is left', engineNodes().length === 0);
}

function deploy(...context: string[]): Promise<string> {
  return cdkOrFail(APP, 'deploy', '--require-approval', 'never', ...context.flatMap((each) => ['--context', each]));
}

async function findCache(): Promise<Cache> {
  const resources = await resourcesOf(STACK);
  const [id] = resources.get('AWS::ElastiCache::ReplicationGroup')!;
  return { id, ...await endpointsOf(id), credentials: await credentialsOf(resources.get('AWS::SecretsManager::Secret')![0]) };
}

async function showResources(): Promise<void> {
  const resources = await resourcesOf(STACK);
  const interesting = [...resources].filter(([type]) => /ElastiCache|Secret|Alarm|Logs|Lambda::Function|Topic$/.test(type));
  say('What the stack holds, the VPC and roles apart:');
  interesting.forEach(([type, ids]) => say(`  ${String(ids.length).padStart(2)} ${type}`));
}

function showEngines(cache: Cache): void {
  heading('The engines behind the cache');
  for (const node of engineNodes()) {
    say(`${node.member}: ${node.role}, ${node.runs}, ${node.host}:${node.port}, TLS ${node.tls ? 'on' : 'off'}, process ${node.pid}`);
  }
  const info = String(askEngine(`${cache.id}-001`, 'INFO', 'server'));
  say(`INFO server: ${info.split(/\r?\n/).filter((line) => /^(redis_version|valkey_version|valkey_release|server_name|os|tcp_port):/.test(line)).join(', ')}`);
  say('ACL LIST, passwords are hashes (local-admin is the local AWS itself and does not exist on AWS):');
  (askEngine(`${cache.id}-001`, 'ACL', 'LIST') as string[]).forEach((line) => say(`  ${line.replace(/#[0-9a-f]{56}/g, '#...')}`));
}

async function useCache({ primary, reader, credentials }: Cache): Promise<void> {
  heading(`Clients at ${primary.host}:${primary.port} over TLS, with the generated password`);
  await withClient(primary, credentials, async (client) => {
    say(`iovalkey      PING -> ${await client.ping()}, SET -> ${await client.set('greeting', 'hello')}, GET -> ${await client.get('greeting')}`);
    say(`              logged in as ${await client.acl('WHOAMI')}`);
  });
  await withGlide(primary, credentials, async (client) => {
    say(`valkey-glide  PING -> ${await client.ping()}, SET -> ${await client.set('answer', '42')}, GET -> ${await client.get('answer')}`);
  });
  await withClient(reader, credentials, async (client) => {
    say(`iovalkey      GET from the replica ${reader.host} -> ${await client.get('greeting')}`);
  });
}

async function invokeClient(): Promise<void> {
  const { ClientName: name } = await outputsOf(STACK);
  const reply = await new LambdaClient().send(new InvokeCommand({ FunctionName: name }));
  const text = Buffer.from(reply.Payload ?? []).toString();
  verify(`the function, which only grantAccess told where the cache is, answers ${text}`, reply.FunctionError === undefined && /"visits":\s*\d+/.test(text));
}

async function showRefusals({ primary, reader, credentials }: Cache): Promise<void> {
  heading('What the cache refuses');
  const { username } = credentials;
  const attempts: [string, Promise<string>][] = [
    ['the default user', refusal(withClient(primary, {}, (client) => client.ping()))],
    ['a wrong password', refusal(withClient(primary, { username, password: 'not-the-password' }, (client) => client.ping()))],
    ['plain text', refusal(withPlainClient(primary, credentials, (client) => client.ping()))],
    ['FLUSHALL, beyond the user\'s rights', refusal(withClient(primary, credentials, (client) => client.flushall()))],
    ['a write to the replica', refusal(withClient(reader, credentials, (client) => client.set('greeting', 'bye')))],
  ];
  for (const [what, answer] of attempts) {
    say(`${what}: ${await answer}`);
  }
}

async function showAlarms(): Promise<void> {
  heading('Alarms, one a symptom over all nodes');
  const { MetricAlarms: alarms } = await new CloudWatchClient().send(new DescribeAlarmsCommand({}));
  for (const alarm of alarms ?? []) {
    const nodes = (alarm.Metrics ?? []).flatMap((metric) => metric.MetricStat?.Metric?.Dimensions ?? []).filter(({ Name: name }) => name === 'CacheClusterId');
    say(`${alarm.AlarmName}: beyond ${alarm.Threshold} for ${alarm.EvaluationPeriods} minutes, on ${nodes.map(({ Value: value }) => value).join(', ')}`);
  }
}

async function changeParameter(cache: Cache): Promise<void> {
  const [member, name, value] = [`${cache.id}-001`, 'maxmemory-policy', 'allkeys-lru'];
  const [before, pid] = [settingOf(member, name), engineNodes().find((node) => node.member === member)?.pid];
  await step(`Deploy again with ${name} ${value}`, () => deploy(`maxmemoryPolicy=${value}`));
  const [after, pidAfter] = [settingOf(member, name), engineNodes().find((node) => node.member === member)?.pid];
  verify(`${name} went from ${before} to ${after} in the running engine, process ${pid}`, after === value && before !== value && pid === pidAfter);
  await withClient(cache.primary, cache.credentials, async (client) => {
    verify(`the data is still there: GET greeting -> ${await client.get('greeting')}`, await client.get('greeting') === 'hello');
  });
}

async function step<T>(what: string, run: () => Promise<T>): Promise<T> {
  heading(what);
  const start = Date.now();
  const beat = setInterval(() => say(`  ... ${Math.round((Date.now() - start) / 1000)} s`), 5000);
  try {
    return await run();
  } finally {
    clearInterval(beat);
    say(`  ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
}

function heading(text: string): void {
  say(`\n== ${text}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function verify(what: string, holds: boolean): void {
  if (!holds) {
    throw new Error(`expected, and not so: ${what}`);
  }
  say(what);
}

main().catch((error: Error) => {
  process.stderr.write(`\nThe demo failed: ${error.message}\n`);
  process.exitCode = 1;
});
