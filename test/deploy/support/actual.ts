// What the engines of a replication group are, asked at the engines themselves.
import { connect as connectPlain } from 'net';
import { connect as connectTls } from 'tls';
import { Redis } from 'iovalkey';
import { Address, certificate, withAdministrator, withClient, withPlainClient } from './clients';
import { ActualGroup, ActualNode, ActualUser } from './differences';
import { Login } from './expected';
import { endpointsOf, EngineNode } from './local-aws';

const MILLISECONDS_TO_ANSWER = 3000;

/** Asks every engine of a replication group, and lets everybody in `logins` try to log in at each. */
export async function inspectGroup(replicationGroupId: string, running: EngineNode[], logins: Login[]): Promise<ActualGroup> {
  const { primary, reader } = await endpointsOf(replicationGroupId);
  const nodes = running.filter(({ replicationGroup }) => replicationGroup === replicationGroupId);
  const probe = { key: 'app:probe', value: `written-${process.hrtime.bigint()}` };
  await write(nodes, primary, probe);
  return { nodes: await Promise.all(nodes.map((node) => inspectNode(node, logins, probe.key))), primary, reader, written: probe.value };
}

async function write(nodes: EngineNode[], primary: Address, { key, value }: { key: string; value: string }): Promise<void> {
  const node = nodes.find(({ host, also }) => [host, ...also].includes(primary.host));
  if (!node) {
    return; // nothing runs where the endpoint leads to: the comparison says so
  }
  await withAdministrator(node, async (client) => {
    await client.set(key, value);
    await client.wait(nodes.length - 1, MILLISECONDS_TO_ANSWER);
  });
}

async function inspectNode(node: EngineNode, logins: Login[], key: string): Promise<ActualNode> {
  const { member, host, also, port } = node;
  const attempts = await Promise.all(logins.map(async ({ id, ...login }) => [id, await answer(node, login, (client) => client.acl('WHOAMI'))]));
  return withAdministrator(node, async (client) => {
    const replication = await client.info('replication');
    const names = await client.call('ACL', 'USERS') as string[];
    return {
      member,
      host,
      also,
      port,
      role: /^role:(\w+)/m.exec(replication)?.[1] ?? 'none',
      linked: /^master_link_status:up/m.test(replication),
      reads: await client.get(key),
      tls: await speaksTls(node),
      plainText: await speaksPlainText(node),
      anonymous: await answer(node, {}, (anybody) => anybody.ping()),
      logins: Object.fromEntries(attempts),
      users: Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readUser(client, name)]))),
      settings: pairs(await client.config('GET', '*') as string[]),
    };
  });
}

/** What an engine answers to a client, refusals included. */
async function answer(node: EngineNode, login: { username?: string; password?: string }, ask: (client: Redis) => Promise<unknown>): Promise<string> {
  try {
    return String(await (node.tls ? withClient : withPlainClient)(node, login, ask));
  } catch (error) {
    return (error as Error).message;
  }
}

async function readUser(client: Redis, name: string): Promise<ActualUser> {
  const { flags, passwords, keys, channels, commands } = pairs<string | string[]>(await client.call('ACL', 'GETUSER', name) as string[]);
  const words = (text: string | string[]): string[] => Array.isArray(text) ? text : text.split(' ').filter((word) => word);
  return { flags: words(flags), passwordHashes: words(passwords), keys: words(keys), channels: words(channels), commands: words(commands) };
}

function pairs<T = string>(flat: T[]): Record<string, T> {
  return Object.fromEntries(flat.flatMap((name, index) => index % 2 === 0 ? [[name, flat[index + 1]]] : []));
}

/** Whether a handshake succeeds with a certificate that is good for the address. */
function speaksTls({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTls({ host, port, ca: certificate(), timeout: MILLISECONDS_TO_ANSWER });
    const end = (spoken: boolean) => {
      socket.destroy();
      resolve(spoken);
    };
    socket.on('secureConnect', () => end(socket.authorized)).on('error', () => end(false)).on('close', () => end(false)).on('timeout', () => end(false));
  });
}

/** Whether an engine answers a command that is not encrypted. What comes back from a TLS port is no reply but an alert, or nothing. */
function speaksPlainText({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectPlain({ host, port, timeout: MILLISECONDS_TO_ANSWER }, () => socket.write('PING\r\n'));
    const end = (spoken: boolean) => {
      socket.destroy();
      resolve(spoken);
    };
    socket.on('data', (data) => end(/^[+-]/.test(data.toString()))).on('error', () => end(false)).on('close', () => end(false)).on('timeout', () => end(false));
  });
}
