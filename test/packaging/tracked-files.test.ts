import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');

// In pieces, so that this file does not name what it forbids.
const REGISTRIES = [
  ['registry', 'npmjs', 'org'], ['registry', 'yarnpkg', 'com'], ['pypi', 'org'], ['pythonhosted', 'org'], ['deb', 'debian', 'org'],
  ['repo1', 'maven', 'org'], ['repo', 'maven', 'apache', 'org'], ['proxy', 'golang', 'org'], ['api', 'nuget', 'org'],
].map(parts => parts.join('.'));
const FOLDERS = ['root', 'work', 'home/[a-z]+', 'Users/[A-Za-z]+'];

/** An absolute path, not the end of a relative one or of a URL. */
const MACHINE_PATH = new RegExp(`(^|[^\\w.~})*\\]-])/(${FOLDERS.join('|')})/`);

/** Everything that is committed or about to be. */
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter(file => file !== '' && fs.existsSync(path.join(ROOT, file)));

function linesWith(unwanted: (line: string) => boolean): string[] {
  return files.flatMap(file => {
    const content = fs.readFileSync(path.join(ROOT, file), 'utf8');
    return content.includes('\0') ? [] : content.split('\n')
      .flatMap((line, index) => unwanted(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : []);
  });
}

test('no file names a package registry: which one is used is the machine\'s business', () => {
  expect(linesWith(line => REGISTRIES.some(registry => line.includes(registry)))).toEqual([]);
});

test('no file names a path of one machine', () => {
  expect(linesWith(line => MACHINE_PATH.test(line))).toEqual([]);
});

test('the lock file holds no download addresses', () => {
  const packages: Record<string, { resolved?: string }> = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const addresses = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined).map(([name]) => name);
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(addresses).toEqual([]);
});

test('the patterns find what they are for', () => {
  const folder = (...parts: string[]) => ['', ...parts, ''].join('/');
  const absolute = [folder('root', '.npm'), `cd ${folder('work', 'app')}`, `"${folder('home', 'dev')}"`, `file://${folder('home', 'dev')}`];
  const others = ['$DIR', '.', '..', 's3://bucket', '${base}', 'a framework', '*'].map(before => `${before}${folder('work', 'app')}`);
  expect(absolute.filter(line => !MACHINE_PATH.test(line))).toEqual([]);
  expect(others.filter(line => MACHINE_PATH.test(line))).toEqual([]);
});
