// What of the compiled library a fresh process loads, and when.
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { pathToFileURL } from 'url';

const ROOT = path.join(__dirname, '..', '..');

/** What a default cache has no use for. */
const NOT_NEEDED = [
  'auth/credential-rotation', 'auth/auth-token', 'auth/private/rotation-plan', 'auth/private/rotation-role',
  'checks/elasticache-checks', 'checks/rules', 'checks/private/assembly-report', 'checks/template/template',
  'monitoring/cache-alarms', 'monitoring/cache-metrics', 'monitoring/private/metric-catalog', 'monitoring/private/symptom-table', 'monitoring/alarm-thresholds',
  'parameters/private/parameter-families', 'discovery/cache-dns-names', 'global/global-datastore',
  'memcached/memcached-cluster', 'memcached/memcached-rules', 'cache/private/memcached-topology',
  'serverless/serverless-cache', 'serverless/serverless-rules', 'cache/private/serverless-topology',
];
/** What is never loaded with a cache, by the folder or file it is in: also of what is still to come. */
const NEVER = /(^|\/)(scaling|rotation|dashboard|companion)/;

const DEFAULT_CACHE = `
  const { App, Stack, aws_ec2 } = require('aws-cdk-lib');
  const stack = new Stack(new App(), 'Stack');
  const cache = new library.CacheCluster(stack, 'Cache', { vpc: new aws_ec2.Vpc(stack, 'Vpc') });
`;

/** The index as it would be if the modules were not put into a few files: then Node.js tells which of them are loaded. */
const WITH_SEPARATE_FILES = `(() => {
  const file = ${JSON.stringify(path.join(ROOT, 'lib', 'index.js'))};
  const separate = Object.assign(new module.constructor(file), { filename: file });
  separate._compile(require('fs').readFileSync(file, 'utf8').replace(/require\\("\\.\\/modules[-\\w]*"\\)\\["(.+?)"\\]\\(\\)/g, 'require("./$1")'), file);
  return separate.exports;
})()`;

/** The modules of the library that are loaded after some statements, in a process of its own. */
function loadedAfter(statements: string, index: string = WITH_SEPARATE_FILES): string[] {
  const lib = path.join(ROOT, 'lib') + path.sep;
  const list = `console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(lib)}))))`;
  const output = execFileSync(process.execPath, ['-e', `const library = ${index}; ${statements}; ${list}`], { cwd: ROOT, encoding: 'utf8' });
  return (JSON.parse(output.trim().split('\n').pop()!) as string[]).map((file) => file.slice(lib.length).replace(/\.js$/, ''));
}

/** The names of the compiled index, in their order. */
const namesOf = (index: string) => [...index.matchAll(/^lazily\("(\w+)"/gm)].map(([, name]) => name);

test('importing the library loads its index alone', () => {
  expect(loadedAfter('', 'require("cdk-elasticache")')).toEqual(['index']);
});

test('the class of caches comes without rules, and without what gives clients access', () => {
  const loaded = loadedAfter('library.CacheCluster');
  expect(loaded).toContain('cache/cache-cluster');
  expect(loaded.filter((module) => /rules$|cache\/private\/grant-access|cache\/cache-grants/.test(module))).toEqual([]);
});

test('a cache loads one file beside the index', () => {
  expect(loadedAfter(DEFAULT_CACHE, 'require("cdk-elasticache")')).toEqual(['index', 'modules']);
});

test.each([
  ['metrics', 'cache.metrics', 'monitoring'],
  ['a serverless cache', 'new library.ServerlessCache(stack, "Serverless", { vpc: stack.node.findChild("Vpc"), engine: library.CacheEngine.valkey() })', 'serverless'],
  ['the rules for templates', 'new library.ElastiCacheChecks().ruleIds', 'checks'],
])('%s are in a file of their own, which a default cache does not load', (_, statement, folder) => {
  expect(loadedAfter(`${DEFAULT_CACHE}; ${statement}`, 'require("cdk-elasticache")')).toContain(`modules-${folder}`);
});

test('what is in the files can be read: it has lines and names, and no file asks twice for another package', () => {
  const files = fs.readdirSync(path.join(ROOT, 'lib')).filter((file) => /^modules.*\.js$/.test(file));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const text = fs.readFileSync(path.join(ROOT, 'lib', file), 'utf8');
    expect(text.split('\n').length).toBeGreaterThan(text.length / 100);
    const packages = [...text.matchAll(/require\("([^."][^"]*)"\)/g)].map(([, name]) => name);
    expect(packages).toEqual([...new Set(packages)]);
  }
  expect(fs.readFileSync(path.join(ROOT, 'lib', 'modules.js'), 'utf8')).toMatch(/\bCacheCluster = class\b/);
});

test('a default cache loads nothing that it does not use', () => {
  const loaded = loadedAfter(DEFAULT_CACHE);
  expect(loaded).toContain('replication-group/replication-group');
  expect(loaded.filter((module) => NOT_NEEDED.includes(module) || NEVER.test(module))).toEqual([]);
});

test('what is not needed exists, so that the test above can fail', () => {
  expect(NOT_NEEDED.filter((module) => !fs.existsSync(path.join(ROOT, 'lib', `${module}.js`)) && !fs.existsSync(path.join(ROOT, 'lib', module)))).toEqual([]);
});

test.each([
  ['metrics', 'cache.metrics', 'monitoring/cache-metrics'],
  ['alarms', 'cache.alarms', 'monitoring/cache-alarms'],
  ['rotation', 'cache.applicationUser.addRotation({ vpc: cache.replicationGroup.node.root.node.findChild("Stack").node.findChild("Vpc"), cache })', 'auth/credential-rotation'],
])('%s are loaded when they are asked for', (_, statement, module) => {
  expect(loadedAfter(`${DEFAULT_CACHE}; ${statement}`)).toContain(module);
});

test('every name can be had by require and by import of an ES module', () => {
  const names = namesOf(fs.readFileSync(path.join(ROOT, 'lib', 'index.js'), 'utf8'));
  expect(names.length).toBeGreaterThan(50);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'import-'));
  const file = path.join(folder, 'app.mjs');
  fs.writeFileSync(file, `import { ${names.join(', ')} } from ${JSON.stringify(pathToFileURL(path.join(ROOT, 'lib', 'index.js')).href)};
    console.log(JSON.stringify([${names.join(', ')}].map((value) => typeof value)));`);
  const imported = JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' })) as string[];
  fs.rmSync(folder, { recursive: true, force: true });
  const required = JSON.parse(execFileSync(process.execPath, ['-e',
    'const library = require("cdk-elasticache"); console.log(JSON.stringify(Object.keys(library).map((name) => typeof library[name])))'], { cwd: ROOT, encoding: 'utf8' })) as string[];

  expect(imported).not.toContain('undefined');
  expect(required).toEqual(imported);
});
