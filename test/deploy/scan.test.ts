// The search for secrets can find: a planted one is found in each kind of place.
import { spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { filesOf, findSecrets, processes } from './support/scan';

const SECRET = 'PlantedSecretOfThisTest0123456789';

test.each([
  ['as it is', SECRET],
  ['in JSON', JSON.stringify({ password: SECRET })],
  ['among bytes that are no text', Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(SECRET), Buffer.from([0])])],
  ...['', 'a', 'ab', 'abc', 'user:'].map((before): [string, string] => [`in base64 after ${JSON.stringify(before)}`, Buffer.from(`${before}${SECRET}!`).toString('base64')]),
])('a secret is found %s', (_, text) => {
  expect(findSecrets(['another-secret-of-this-test', SECRET], { clean: 'nothing', planted: text })).toEqual(['planted']);
});

test('what is not there is not found', () => {
  expect(findSecrets([SECRET], { part: SECRET.slice(1), case: SECRET.toLowerCase(), empty: '' })).toEqual([]);
});

test('a search for nothing is an error, and so is one for a short text', () => {
  expect(() => findSecrets([], { text: '' })).toThrow('needs secrets');
  expect(() => findSecrets(['hello'], { text: '' })).toThrow('long ones');
});

describe('in a folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scan-test-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('files in folders of it and hidden ones are searched, links are not followed', () => {
    mkdirSync(join(folder, 'deep', 'deeper'), { recursive: true });
    const planted = [join(folder, 'deep', 'deeper', 'template.json'), join(folder, '.hidden')];
    planted.forEach((name) => writeFileSync(name, `password ${SECRET}`));
    writeFileSync(join(folder, 'clean'), 'nothing');
    symlinkSync('/', join(folder, 'link'));
    expect(findSecrets([SECRET], filesOf(folder)).sort()).toEqual(planted.sort());
  });
});

describe('in a process', () => {
  test.each([
    ['cmdline', [SECRET], {}],
    ['environ', [], { PLANTED: SECRET }],
  ])('%s', async (file, words, environment) => {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("ready"); setInterval(() => {}, 1000)', ...words], { env: { ...process.env, ...environment } });
    try {
      await new Promise((resolve) => child.stdout.once('data', resolve));
      expect(findSecrets([SECRET], processes())).toEqual([`/proc/${child.pid}/${file}`]);
    } finally {
      child.kill();
    }
  });
});
