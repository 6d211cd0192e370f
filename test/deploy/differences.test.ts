// The comparison of engines with a template can fail: each tampered answer of an engine is a difference, and the untampered ones are none.
import { ActualGroup, ActualNode, ActualUser, differences, ExpectedGroup } from './support/differences';

const HASH = 'a'.repeat(64);

const expected: ExpectedGroup = {
  nodes: 3,
  port: 6379,
  tls: true,
  users: [
    { id: 'app-1', name: 'app', accessString: 'on ~* &* +@all -@admin -@dangerous +info', passwordHashes: [HASH] },
    { id: 'narrow-1', name: 'narrow', accessString: 'on ~app:* resetchannels &news:* -@all +@read +get', passwordHashes: [HASH] },
  ],
  strangers: ['stranger-1'],
  parameters: { 'maxmemory-policy': 'allkeys-lfu', 'notify-keyspace-events': 'Ex' },
};

const app: ActualUser = {
  flags: ['on', 'sanitize-payload'],
  passwordHashes: [HASH],
  keys: ['~*'],
  channels: ['&*'],
  commands: ['+@all', '-@admin', '-@dangerous', '+info', '-acl|setuser', '-config', '-cluster|failover'],
};
const narrow: ActualUser = { ...app, keys: ['~app:*'], channels: ['&news:*'], commands: ['-@all', '+@read', '+get', '-config'] };
const nobody: ActualUser = { flags: ['off'], passwordHashes: [], keys: [], channels: ['&*'], commands: ['-@all'] };
const administrator: ActualUser = { ...app, commands: ['+@all'] };

function node(index: number): ActualNode {
  return {
    member: `cache-00${index}`,
    host: `127.0.0.${index}`,
    also: [],
    port: 6379,
    role: index === 1 ? 'master' : 'slave',
    linked: index !== 1,
    reads: 'written',
    tls: true,
    plainText: false,
    anonymous: 'NOAUTH Authentication required.',
    logins: { 'app-1': 'app', 'narrow-1': 'narrow', 'stranger-1': 'WRONGPASS invalid username-password pair or user is disabled.' },
    users: { app, narrow, 'default': nobody, 'local-admin': administrator },
    settings: { 'maxmemory-policy': 'allkeys-lfu', 'notify-keyspace-events': 'xE', 'acl-pubsub-default': 'allchannels' },
  };
}

const actual: ActualGroup = {
  nodes: [node(1), node(2), node(3)], primary: { host: '127.0.0.1', port: 6379 }, reader: { host: '127.0.0.3', port: 6379 }, written: 'written',
};

/** The group with one node's answers changed. */
function withNode(index: number, change: Partial<ActualNode>): ActualGroup {
  return { ...actual, nodes: actual.nodes.map((each, position) => position === index - 1 ? { ...each, ...change } : each) };
}

/** The group with one user changed on the second node. */
function withUser(name: string, change: Partial<ActualUser>): ActualGroup {
  const { users } = actual.nodes[1];
  return withNode(2, { users: { ...users, [name]: { ...users[name], ...change } } });
}

function withLogin(id: string, answer: string): ActualGroup {
  return withNode(2, { logins: { ...actual.nodes[1].logins, [id]: answer } });
}

function withSetting(name: string, value?: string): ActualGroup {
  const { [name]: _, ...others } = actual.nodes[2].settings;
  return withNode(3, { settings: value === undefined ? others : { ...others, [name]: value } });
}

test('engines that are what the template says', () => {
  expect(differences(expected, actual)).toEqual([]);
});

test.each<[string, ActualGroup, string]>([
  ['a missing replica', { ...actual, nodes: actual.nodes.slice(0, 2), reader: actual.nodes[1] }, 'number of nodes: expected 3, got 2'],
  ['a second primary', withNode(2, { role: 'master' }), 'number of primaries: expected 1, got 2'],
  ['no primary', withNode(1, { role: 'slave' }), 'number of primaries: expected 1, got 0'],
  ['a replica that lost its primary', withNode(2, { linked: false }), 'cache-002: the replica is not linked to its primary'],
  ['a replica without the data', withNode(3, { reads: null }), 'cache-003: reads null, the primary was given "written"'],
  ['a replica with older data', withNode(3, { reads: 'before' }), 'cache-003: reads "before", the primary was given "written"'],
  ['a primary endpoint at a replica', { ...actual, primary: actual.reader }, 'the primary endpoint 127.0.0.3:6379 does not lead to the primary'],
  ['an endpoint with another port', { ...actual, primary: { host: '127.0.0.1', port: 1 } }, 'the primary endpoint 127.0.0.1:1 does not lead to the primary'],
  ['a reader endpoint at the primary', { ...actual, reader: actual.primary }, 'the reader endpoint 127.0.0.1:6379 does not lead to a reader'],
  ['another port', withNode(2, { port: 7000 }), 'cache-002: port: expected 6379, got 7000'],
  ['no TLS', withNode(2, { tls: false }), 'cache-002: TLS: expected true, got false'],
  ['plain text beside TLS', withNode(2, { plainText: true }), 'cache-002: answers without TLS: expected false, got true'],
  ['a client that need not log in', withNode(2, { anonymous: 'PONG' }), 'cache-002: who does not log in is answered "PONG"'],
  ['a default user that is on', withUser('default', { flags: ['on'] }), 'cache-002: the user default can do something: on -@all'],
  ['a default user with a right', withUser('default', { commands: ['-@all', '+get'] }), 'cache-002: the user default can do something: off -@all +get'],
  ['another password', withUser('app', { passwordHashes: ['b'.repeat(64)] }),
    `cache-002: user app: hashes of passwords: expected ["${HASH}"], got ["${'b'.repeat(64)}"]`],
  ['a second password', withUser('app', { passwordHashes: ['b'.repeat(64), HASH] }),
    `cache-002: user app: hashes of passwords: expected ["${HASH}"], got ["${HASH}","${'b'.repeat(64)}"]`],
  ['no password needed', withUser('app', { flags: ['on', 'nopass'] }), 'cache-002: user app: needs no password: expected false, got true'],
  ['a user that is off', withUser('app', { flags: ['off'] }), 'cache-002: user app: enabled: expected true, got false'],
  ['more keys', withUser('narrow', { keys: ['~app:*', '~other:*'] }), 'cache-002: user narrow: keys: expected ["~app:*"], got ["~app:*","~other:*"]'],
  ['fewer keys', withUser('app', { keys: [] }), 'cache-002: user app: keys: expected ["~*"], got []'],
  ['more channels', withUser('narrow', { channels: ['&*'] }), 'cache-002: user narrow: channels: expected ["&news:*"], got ["&*"]'],
  ['one command more', withUser('narrow', { commands: ['-@all', '+@read', '+get', '+set', '-config'] }),
    'cache-002: user narrow: the engine\'s rule has +set, which the access string has not'],
  ['all commands more', withUser('narrow', { commands: ['+@all', '-@all', '+@read', '+get'] }),
    'cache-002: user narrow: the engine\'s rule has +@all, which the access string has not'],
  ['one command less', withUser('narrow', { commands: ['-@all', '+@read'] }), 'cache-002: user narrow: the engine\'s rule lacks +get: -@all +@read'],
  ['a command taken away', withUser('narrow', { commands: ['-@all', '+@read', '+get', '-get'] }),
    'cache-002: user narrow: the engine\'s rule has -get, which the access string has not'],
  ['everything taken away at the end', withUser('narrow', { commands: ['-@all', '+@read', '+get', '-@all'] }),
    'cache-002: user narrow: the engine\'s rule has -@all, which the access string has not'],
  ['a command taken away that looks like one that nobody is offered', withUser('app', { commands: [...app.commands, '-acl|whoami'] }),
    'cache-002: user app: the engine\'s rule has -acl|whoami, which the access string has not'],
  ['another order', withUser('app', { commands: ['+@all', '+info', '-@admin', '-@dangerous'] }),
    'cache-002: user app: the engine\'s rule lacks +info: +@all +info -@admin -@dangerous'],
  ['a log-in that is refused', withLogin('app-1', 'WRONGPASS invalid'), 'cache-002: user app: logs in as: expected "app", got "WRONGPASS invalid"'],
  ['a log-in as somebody else', withLogin('app-1', 'default'), 'cache-002: user app: logs in as: expected "app", got "default"'],
  ['a log-in of a user outside the group', withLogin('stranger-1', 'stranger'),
    'cache-002: user stranger-1, who is not in the user group: should not be able to log in, and is answered "stranger"'],
  ['a log-in that nobody refused', withLogin('stranger-1', 'connect ECONNREFUSED'),
    'cache-002: user stranger-1, who is not in the user group: should not be able to log in, and is answered "connect ECONNREFUSED"'],
  ['a user that nobody asked for', withUser('intruder', app), 'cache-002: user intruder is not in the user group'],
  ['another value of a parameter', withSetting('maxmemory-policy', 'noeviction'),
    'cache-003: parameter maxmemory-policy: expected "allkeys-lfu", got "noeviction"'],
  ['a parameter that the engine has not', withSetting('maxmemory-policy'), 'cache-003: parameter maxmemory-policy: expected "allkeys-lfu", got nothing'],
  ['one letter of a parameter less', withSetting('notify-keyspace-events', 'E'), 'cache-003: parameter notify-keyspace-events: expected "Ex", got "E"'],
])('%s is found', (_, tampered, difference) => {
  expect(differences(expected, tampered)).toContain(difference);
});

test('a user that does not exist is found', () => {
  const { app: _, ...users } = actual.nodes[1].users;
  expect(differences(expected, withNode(2, { users }))).toEqual(['cache-002: user app does not exist']);
});

describe('a cache without a user group', () => {
  const open: ExpectedGroup = { ...expected, users: undefined, strangers: ['app-1', 'narrow-1', 'stranger-1'] };
  const WRONG = 'WRONGPASS invalid username-password pair or user is disabled.';
  const everybody: ActualUser = { ...app, flags: ['on', 'nopass'], passwordHashes: [], commands: ['+@all'] };
  const nodes = actual.nodes.map((each): ActualNode => ({
    ...each,
    anonymous: 'PONG',
    logins: { 'app-1': WRONG, 'narrow-1': WRONG, 'stranger-1': WRONG },
    users: { 'default': everybody, 'local-admin': administrator },
  }));

  test('answers everybody', () => {
    expect(differences(open, { ...actual, nodes })).toEqual([]);
  });

  test('and not doing so is found', () => {
    expect(differences(open, { ...actual, nodes: nodes.map((each) => ({ ...each, anonymous: 'NOAUTH' })) }))
      .toContain('cache-001: answer to who does not log in: expected "PONG", got "NOAUTH"');
  });
});

describe('access strings in other words', () => {
  const asked = (accessString: string, user: Partial<ActualUser>, setting = 'allchannels') => {
    const only: ExpectedGroup = { ...expected, nodes: 1, users: [{ id: 'app-1', name: 'app', accessString, passwordHashes: [HASH] }] };
    const first: ActualNode = { ...node(1), users: { app: { ...app, ...user }, default: nobody }, settings: { ...node(1).settings, 'acl-pubsub-default': setting } };
    return differences(only, { ...actual, nodes: [first], reader: actual.primary });
  };

  test('synonyms', () => {
    expect(asked('on allkeys allchannels allcommands', { commands: ['+@all'] })).toEqual([]);
  });

  test('an access string that only adds begins with nothing', () => {
    expect(asked('on ~* &* +@read', { commands: ['-@all', '+@read'] })).toEqual([]);
  });

  test('no word of channels leaves them to the setting of the engine', () => {
    expect(asked('on ~* +@all', { commands: ['+@all'] })).toEqual([]);
    expect(asked('on ~* +@all', { commands: ['+@all'], channels: [] }, 'resetchannels')).toEqual([]);
    expect(asked('on ~* +@all', { commands: ['+@all'] }, 'resetchannels')).toEqual(['cache-001: user app: channels: expected [], got ["&*"]']);
  });

  test('a user that is off may not log in', () => {
    expect(asked('off -@all', { flags: ['off'], keys: [], commands: ['-@all'] }))
      .toEqual(['cache-001: user app: should not be able to log in, and is answered "app"']);
  });

  test('what is not understood is an error, not equal', () => {
    expect(() => asked('on ~* +@read (~other:* +get)', {})).toThrow('selectors and key permissions are not compared yet');
    expect(() => asked('on %R~* +@read', {})).toThrow('selectors and key permissions are not compared yet');
  });
});
