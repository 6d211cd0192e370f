// Compares what a template asks of a replication group with what its engines say. Pure, so that each difference can be shown to be found.
import { Address } from './clients';

/** A user of the template. */
export interface ExpectedUser {
  readonly id: string;
  readonly name: string;
  readonly accessString: string;
  /** SHA-256 of each password, in hexadecimal; none for a user that logs in without. */
  readonly passwordHashes: string[];
}

/** What the template asks of a replication group. */
export interface ExpectedGroup {
  readonly nodes: number;
  readonly port: number;
  readonly tls: boolean;
  /** The users of its user groups; absent without a user group. */
  readonly users?: ExpectedUser[];
  /** The ids of the template's other users. */
  readonly strangers: string[];
  /** What its parameter group sets, without what is the service's own and no setting of an engine. */
  readonly parameters: Record<string, string>;
}

/** A user as the engine knows it. */
export interface ActualUser {
  readonly flags: string[];
  readonly passwordHashes: string[];
  readonly keys: string[];
  readonly channels: string[];
  readonly commands: string[];
}

/** One engine. */
export interface ActualNode extends Address {
  readonly member: string;
  readonly role: string;
  /** Other addresses it answers at. */
  readonly also: string[];
  /** Whether a replica is in step with its primary. */
  readonly linked: boolean;
  /** What the engine reads under the key that was written on the primary. */
  readonly reads: string | null;
  /** Whether a TLS handshake succeeds. */
  readonly tls: boolean;
  /** Whether the engine answers without TLS. */
  readonly plainText: boolean;
  /** The engine's answer to a client that does not log in. */
  readonly anonymous: string;
  /** By id of each user of the template: as whom the engine knows who logs in with the user's password, else the text of its refusal. */
  readonly logins: Record<string, string>;
  readonly users: Record<string, ActualUser>;
  readonly settings: Record<string, string>;
}

/** All engines of a replication group, and the endpoints that the service tells. */
export interface ActualGroup {
  readonly nodes: ActualNode[];
  readonly primary: Address;
  readonly reader: Address;
  /** The value that was written on the primary. */
  readonly written: string;
}

/** The local AWS's own administrator, which AWS does not have. */
const ADMINISTRATOR = 'local-admin';

/** Commands that ElastiCache offers nobody. Engines show them as denials that no access string holds. */
const OFFERED_TO_NOBODY = new RegExp(`^-(${[
  'acl\\|(deluser|getuser|list|load|save|setuser)', 'bgrewriteaof', 'bgsave', 'cluster\\|[a-z-]+', 'config', 'debug', 'migrate', 'module', 'psync',
  'replicaof', 'save', 'shutdown', 'slaveof', 'sync',
].join('|')})$`);

const SYNONYMS: Record<string, string> = { allkeys: '~*', allchannels: '&*', allcommands: '+@all', nocommands: '-@all' };

/** What differs, a line each; empty when the engines are what the template asks for. */
export function differences(expected: ExpectedGroup, actual: ActualGroup): string[] {
  return [...shape(expected, actual), ...actual.nodes.flatMap((node) => ofNode(expected, node).map((each) => `${node.member}: ${each}`))];
}

function shape(expected: ExpectedGroup, { nodes, primary, reader, written }: ActualGroup): string[] {
  const [primaries, replicas] = [nodes.filter(({ role }) => role === 'master'), nodes.filter(({ role }) => role === 'slave')];
  const readers = replicas.length > 0 ? replicas : primaries;
  return [
    ...differs('number of nodes', expected.nodes, nodes.length),
    ...differs('number of primaries', 1, primaries.length),
    ...differs('number of replicas', expected.nodes - 1, replicas.length),
    ...replicas.filter(({ linked }) => !linked).map(({ member }) => `${member}: the replica is not linked to its primary`),
    ...nodes.filter(({ reads }) => reads !== written).map(({ member, reads }) => `${member}: reads ${show(reads)}, the primary was given ${show(written)}`),
    ...(primaries.some((node) => at(node, primary)) ? [] : [`the primary endpoint ${primary.host}:${primary.port} does not lead to the primary`]),
    ...(readers.some((node) => at(node, reader)) ? [] : [`the reader endpoint ${reader.host}:${reader.port} does not lead to a reader`]),
  ];
}

function at(node: ActualNode, address: Address): boolean {
  return [node.host, ...node.also].includes(address.host) && node.port === address.port;
}

function ofNode(expected: ExpectedGroup, node: ActualNode): string[] {
  return [
    ...differs('port', expected.port, node.port),
    ...differs('TLS', expected.tls, node.tls),
    ...differs('answers without TLS', !expected.tls, node.plainText),
    ...(expected.users ? closed(expected.users, node) : open(node)),
    ...strangers(expected, node),
    ...Object.entries(expected.parameters).flatMap(([name, value]) => differs(`parameter ${name}`, setting(name, value), setting(name, node.settings[name]))),
  ];
}

/** A cache with a user group: its users are all there is. */
function closed(users: ExpectedUser[], node: ActualNode): string[] {
  const { default: everybody } = node.users;
  const isOff = users.some(({ name }) => name === 'default') || (everybody.flags.includes('off') && !everybody.commands.some((word) => word[0] === '+'));
  return [
    ...(node.anonymous.startsWith('NOAUTH') ? [] : [`who does not log in is answered ${show(node.anonymous)}`]),
    ...(isOff ? [] : [`the user default can do something: ${[...everybody.flags, ...everybody.commands].join(' ')}`]),
    ...users.flatMap((user) => node.users[user.name] ? ofUser(user, node) : [`user ${user.name} does not exist`]),
  ];
}

/** A cache without a user group: whoever reaches it may do everything. */
function open(node: ActualNode): string[] {
  return differs('answer to who does not log in', 'PONG', node.anonymous);
}

function strangers({ users, strangers: ids }: ExpectedGroup, node: ActualNode): string[] {
  const known = ['default', ADMINISTRATOR, ...(users ?? []).map(({ name }) => name)];
  return [
    ...Object.keys(node.users).filter((name) => !known.includes(name)).map((name) => `user ${name} is not in the user group`),
    ...ids.flatMap((id) => refused(node.logins[id]).map((each) => `user ${id}, who is not in the user group: ${each}`)),
  ];
}

function ofUser(user: ExpectedUser, node: ActualNode): string[] {
  const [actual, rule] = [node.users[user.name], parse(user.accessString)];
  const login = node.logins[user.id];
  // What the engine allows to a new user when the access string says nothing of channels.
  const channels = rule.channels ?? (node.settings['acl-pubsub-default'] === 'allchannels' ? ['&*'] : []);
  return [
    ...differs('enabled', rule.enabled, actual.flags.includes('on')),
    ...differs('needs no password', user.passwordHashes.length === 0, actual.flags.includes('nopass')),
    ...differs('hashes of passwords', sorted(user.passwordHashes), sorted(actual.passwordHashes)),
    ...differs('keys', sorted(rule.keys), sorted(actual.keys)),
    ...differs('channels', sorted(channels), sorted(actual.channels)),
    ...commands(rule.commands, actual.commands),
    ...(user.passwordHashes.length === 0 ? [] : rule.enabled ? differs('logs in as', user.name, login) : refused(login)),
  ].map((each) => `user ${user.name}: ${each}`);
}

function refused(login: string | undefined): string[] {
  return login?.startsWith('WRONGPASS') ? [] : [`should not be able to log in, and is answered ${show(login)}`];
}

/** The engine has every word of the access string in its order, and beyond them only takes away what nobody is offered. */
function commands(expected: string[], actual: string[]): string[] {
  const additional = [...actual];
  let from = 0;
  const missing = expected.filter((word) => {
    const position = additional.indexOf(word, from);
    if (position >= 0) {
      additional.splice(position, 1);
      from = position;
    }
    return position < 0;
  });
  // Where an access string begins with nothing, the engine says so.
  const beginning = expected.includes('-@all') ? [] : ['-@all'];
  const unexpected = additional.filter((word, index) => !OFFERED_TO_NOBODY.test(word) && !(index === 0 && beginning.includes(word)));
  return [
    ...missing.map((word) => `the engine's rule lacks ${word}: ${actual.join(' ')}`),
    ...unexpected.map((word) => `the engine's rule has ${word}, which the access string has not`),
  ];
}

function parse(accessString: string): { enabled: boolean; keys: string[]; channels?: string[]; commands: string[] } {
  if (/[(%]/.test(accessString)) {
    throw new Error(`selectors and key permissions are not compared yet: ${accessString}`);
  }
  const words = accessString.split(/\s+/).filter((word) => word).map((word) => SYNONYMS[word.toLowerCase()] ?? word);
  const saysChannels = words.some((word) => word[0] === '&' || word === 'resetchannels');
  return {
    enabled: words.lastIndexOf('on') > words.lastIndexOf('off'),
    keys: words.slice(words.lastIndexOf('resetkeys') + 1).filter((word) => word[0] === '~'),
    channels: saysChannels ? words.slice(words.lastIndexOf('resetchannels') + 1).filter((word) => word[0] === '&') : undefined,
    commands: words.filter((word) => /^[+-]/.test(word)),
  };
}

/** A setting in the form in which it can be compared: engines return the letters of this one in an order of their own. */
function setting(name: string, value: string | undefined): string | undefined {
  return name === 'notify-keyspace-events' && value !== undefined ? sorted([...value]).join('') : value;
}

function differs<T>(what: string, expected: T, actual: T): string[] {
  return show(expected) === show(actual) ? [] : [`${what}: expected ${show(expected)}, got ${show(actual)}`];
}

function sorted(values: string[]): string[] {
  return [...values].sort();
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
