// What AccessString builds, tried on a real engine: the engine takes all of it, and it means what it says.
import { execFileSync, spawn, ChildProcess } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { Redis } from 'iovalkey';
import { ROOT } from './support/local-aws';
import { AccessString } from '../../src/access/access-string';
import { accessStringProblems, CATEGORIES, MODULE_CATEGORIES } from '../../src/access/private/access-string-grammar';

let folder: string;
let engine: ChildProcess;
let admin: Redis;
let known: { readonly categories: string[]; readonly commands: string[] };

/** The engine of the local AWS. */
function binary(): string {
  const text = execFileSync(join(ROOT, 'local', 'aws'), ['engine'], { encoding: 'utf8' });
  return /\((\S+valkey-server)/.exec(text)![1];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'access-strings-'));
  const socket = join(folder, 'engine.sock');
  engine = spawn(binary(), ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder], { stdio: 'ignore' });
  admin = new Redis({ path: socket, retryStrategy: (times) => times < 100 ? 50 : null });
  const listed = await admin.call('COMMAND', 'LIST') as string[];
  // A container such as CONFIG lists its subcommands, named config|get.
  known = { categories: await admin.call('ACL', 'CAT') as string[], commands: listed.filter((name) => !/[^a-z|-]/.test(name)) };
});

afterAll(() => {
  admin?.disconnect();
  engine?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** What the engine answers to an access string. */
async function answerTo(accessString: AccessString): Promise<string> {
  return admin.call('ACL', 'SETUSER', 'probe', 'reset', ...accessString.toString().split(' ')).then(String, (error: Error) => error.message);
}

type Step = (accessString: AccessString) => AccessString;

/** Any number of calls of the builder's methods, on any of the ready-made ones. */
function built(): fc.Arbitrary<AccessString> {
  const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
  const pattern = fc.oneof(fc.constant('*'), fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/\s|\0/.test(text)), fc.constantFrom('app:*', 'a?c', '[ab]*', 'x(y)', '{tag}:*'));
  // "all" is no category of ACL CAT, and every engine takes it.
  const category = fc.constantFrom(...CATEGORIES.filter((name) => name === 'all' || known.categories.includes(name)));
  const command = fc.constantFrom(...known.commands);
  const simple = fc.oneof<fc.Arbitrary<Step>[]>(
    several(pattern).map((patterns): Step => (each) => each.keys(...patterns)),
    several(pattern).map((patterns): Step => (each) => each.readKeys(...patterns)),
    several(pattern).map((patterns): Step => (each) => each.writeKeys(...patterns)),
    several(pattern).map((patterns): Step => (each) => each.channels(...patterns)),
    several(category).map((names): Step => (each) => each.allowCategories(...names)),
    several(category).map((names): Step => (each) => each.denyCategories(...names)),
    several(command).map((names): Step => (each) => each.allowCommands(...names)),
    several(command).map((names): Step => (each) => each.denyCommands(...names)),
    several(fc.nat(15)).map((databases): Step => (each) => each.databases(...databases)),
    fc.constantFrom<Step>((each) => each.enabled(), (each) => each.disabled()),
  );
  const ready = [AccessString.readWrite(), AccessString.readOnly(), AccessString.queueWorker(), AccessString.admin(), AccessString.none()];
  const start = fc.constantFrom(...ready);
  const plain = fc.tuple(start, fc.array(simple, { maxLength: 6 })).map(([first, steps]) => steps.reduce((each, step) => step(each), first));
  return fc.tuple(plain, fc.array(plain, { maxLength: 2 })).map(([own, selectors]) => selectors.reduce((each, rights) =>
    fitsSelector(rights) ? each.selector(rights) : each, own));
}

/** What the builder refuses in a selector was found here: the engine refuses it. */
function fitsSelector(rights: AccessString): boolean {
  try {
    return AccessString.none().selector(rights) !== undefined;
  } catch {
    return false;
  }
}

test('the engine takes everything that can be built, and so do our rules', async () => {
  await fc.assert(fc.asyncProperty(built(), async (accessString) => {
    expect([accessString.toString(), await answerTo(accessString)]).toEqual([accessString.toString(), 'OK']);
    expect(accessStringProblems(accessString.toString())).toEqual({ rejected: [], doubtful: [] });
  }), { numRuns: 500 });
});

test('an access string that our rules reject is refused by the engine, but for what the service alone refuses', async () => {
  for (const text of ['on get', 'on +@everything', 'on ~a b', 'on (~a +get']) {
    const refused = (await answerTo(AccessString.of(text))).startsWith('ERR');
    expect([text, refused]).toEqual([text, true]);
  }
});

describe.each([...CATEGORIES, ...MODULE_CATEGORIES])('the category %s', (name) => {
  test('is known to the engine, or skipped here by its name', async () => {
    if (name !== 'all' && !known.categories.includes(name)) {
      console.warn(`skipped: the local engine has no category @${name}`);
      expect(MODULE_CATEGORIES).toContain(name);
      return;
    }
    expect(await answerTo(AccessString.none().allowCategories(name))).toBe('OK');
  });
});

test('the engine has no category that we do not know', () => {
  expect(known.categories.filter((name) => ![...CATEGORIES, ...MODULE_CATEGORIES].includes(name))).toEqual([]);
});

describe('means what it says', () => {
  const USERS: Record<string, AccessString> = {
    readWrite: AccessString.readWrite(),
    readOnly: AccessString.readOnly(),
    readOnlyApp: AccessString.readOnly().keys('app:*'),
    worker: AccessString.queueWorker(),
    workerJobs: AccessString.queueWorker().keys('jobs:*', 'app:*').channels('jobs:*'),
    admin: AccessString.admin(),
    fromNothing: AccessString.none().enabled().readKeys('app:*').writeKeys('counter').allowCommands('get', 'set', 'client|setname'),
    noScripts: AccessString.readWrite().denyCategories('scripting'),
    second: AccessString.admin().databases(1),
    either: AccessString.none().enabled().selector(AccessString.none().keys('app:*').allowCommands('get'))
      .selector(AccessString.none().keys('jobs:*').allowCommands('set')),
  };
  const COMMANDS = {
    'get app:x': ['readWrite', 'readOnly', 'readOnlyApp', 'worker', 'workerJobs', 'admin', 'fromNothing', 'noScripts', 'either'],
    'get other': ['readWrite', 'readOnly', 'worker', 'admin', 'noScripts'],
    'set app:x 1': ['readWrite', 'worker', 'workerJobs', 'admin', 'noScripts'],
    'set counter 1': ['readWrite', 'worker', 'admin', 'fromNothing', 'noScripts'],
    'set jobs:x 1': ['readWrite', 'worker', 'workerJobs', 'admin', 'noScripts', 'either'],
    'lpush jobs:list x': ['readWrite', 'worker', 'workerJobs', 'admin', 'noScripts'],
    'xadd jobs:stream * a b': ['readWrite', 'worker', 'workerJobs', 'admin', 'noScripts'],
    'zadd jobs:sorted 1 x': ['readWrite', 'worker', 'workerJobs', 'admin', 'noScripts'],
    'geoadd places 1 1 x': ['readWrite', 'admin', 'noScripts'],
    'publish jobs:done x': ['readWrite', 'worker', 'workerJobs', 'admin', 'noScripts', 'second'],
    'publish other x': ['readWrite', 'worker', 'admin', 'noScripts', 'second'],
    // A script could use any database.
    'eval return(1) 0': ['readWrite', 'worker', 'workerJobs', 'admin'],
    'multi': ['readWrite', 'readOnly', 'readOnlyApp', 'worker', 'workerJobs', 'admin', 'noScripts', 'second'],
    'info': ['readWrite', 'readOnly', 'readOnlyApp', 'worker', 'workerJobs', 'admin', 'noScripts', 'second'],
    'cluster info': ['readWrite', 'readOnly', 'readOnlyApp', 'worker', 'workerJobs', 'admin', 'noScripts', 'second'],
    'cluster reset': ['admin', 'second'],
    'client setname x': ['readWrite', 'readOnly', 'readOnlyApp', 'worker', 'workerJobs', 'admin', 'fromNothing', 'noScripts', 'second'],
    'keys *': ['admin'],
    'flushall': ['admin'],
    'config get maxmemory': ['admin', 'second'],
    'acl list': ['admin', 'second'],
  } as const;

  beforeAll(async () => {
    for (const [name, accessString] of Object.entries(USERS)) {
      await admin.call('ACL', 'SETUSER', name, 'reset', `>${name}-password-1`, ...accessString.toString().split(' '));
    }
    await admin.call('ACL', 'SETUSER', 'nobody', 'reset', '>nobody-password-1', ...AccessString.none().toString().split(' '));
  });

  test.each(Object.entries(COMMANDS))('%s is for %j', async (command, allowed) => {
    const able = await Promise.all(Object.keys(USERS).map(async (username) => await mayDo(username, command.split(' ')) ? [username] : []));
    expect(able.flat().sort()).toEqual([...allowed].sort());
  });

  test('a user that is off cannot log in', async () => {
    await expect(connect('nobody')).rejects.toThrow(/WRONGPASS|NOPERM/);
  });
});

async function connect(username: string): Promise<Redis> {
  const client = new Redis({ path: join(folder, 'engine.sock'), lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false });
  client.on('error', () => undefined);
  await client.connect();
  await client.call('AUTH', username, `${username}-password-1`);
  return client;
}

/** Whether the engine lets a user run a command; how the command ends is another matter. */
async function mayDo(username: string, [command, ...words]: string[]): Promise<boolean> {
  const client = await connect(username);
  try {
    return await client.call(command, ...words).then(() => true, (error: Error) => !error.message.startsWith('NOPERM'));
  } finally {
    client.disconnect();
  }
}
