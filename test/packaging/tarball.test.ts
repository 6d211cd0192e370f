import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const PACKED_LIMIT = 1_000_000;

/** All that is published; anything else in the package is a mistake. */
const PUBLISHED = [
  /^lib\/(index|modules(-\w+)?)\.js$/,
  /^lib\/.+\.d\.ts$/,
  /^assets\/rotation\/index\.js$/,
  /^bin\/(cdk-elasticache\.js|THIRD-PARTY-NOTICES\.txt)$/,
  /^\.jsii$/,
  /^(package\.json|README\.md|API\.md|CHANGELOG\.md|LICENSE)$/,
];

const APPLICATION = `
  const { App, Stack, assertions, aws_ec2 } = require('aws-cdk-lib');
  const { CacheCluster } = require('cdk-elasticache');
  const stack = new Stack(new App(), 'Installed');
  const vpc = new aws_ec2.Vpc(stack, 'Vpc');
  const cache = new CacheCluster(stack, 'Cache', { vpc });
  cache.applicationUser.addRotation({ vpc, cache });
  console.log(JSON.stringify(assertions.Template.fromStack(stack)));
`;

interface Tarball {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: { readonly path: string }[];
}

const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');

describe('the npm package', () => {
  let folder: string;
  let tarball: Tarball;
  let files: string[];

  beforeAll(() => {
    if (!fs.existsSync(path.join(ROOT, '.jsii'))) {
      throw new Error('nothing to pack: run `npx projen compile` first');
    }
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'packed-'));
    const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
    });
    [tarball] = JSON.parse(output);
    files = tarball.files.map(file => file.path);
  });

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test('holds nothing but what is published', () => {
    expect(files.filter(file => !PUBLISHED.some(pattern => pattern.test(file)))).toEqual([]);
  });

  test.each(['lib/index.js', 'lib/modules.js', 'lib/modules-monitoring.js', 'lib/index.d.ts', '.jsii', 'bin/cdk-elasticache.js', 'bin/THIRD-PARTY-NOTICES.txt', 'package.json', 'README.md', 'API.md', 'CHANGELOG.md', 'LICENSE'])('holds %s', file => {
    expect(files).toContain(file);
  });

  test('holds no code whose source is gone: if it does, delete lib and compile again', () => {
    const sources = files.filter(file => /^lib\/.+\.d\.ts$/.test(file)).map(file => file.replace(/^lib\//, 'src/').replace(/\.d\.ts$/, '.ts'));
    expect(sources.filter(source => !fs.existsSync(path.join(ROOT, source)))).toEqual([]);
  });

  test('holds the function that rotates passwords as it is deployed, and not the source that needs the AWS SDK', () => {
    expect(files).toContain('assets/rotation/index.js');
    expect(files.filter(file => file.startsWith('lib/auth/rotation/'))).toEqual([]);
  });

  test('is small', () => {
    console.info(`packed ${tarball.size} bytes, unpacked ${tarball.unpackedSize}, ${files.length} files`);
    expect(tarball.size).toBeLessThan(PACKED_LIMIT);
  });

  test('works where it is installed: nothing it needs was left out', () => {
    const modules = path.join(folder, 'node_modules');
    fs.mkdirSync(modules);
    execFileSync('tar', ['-xzf', path.join(folder, tarball.filename), '-C', modules]);
    fs.renameSync(path.join(modules, 'package'), path.join(modules, 'cdk-elasticache'));
    for (const peer of ['aws-cdk-lib', 'constructs']) {
      fs.symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(modules, peer));
    }
    fs.writeFileSync(path.join(folder, 'app.js'), APPLICATION);
    const template = execFileSync('node', ['app.js'], { cwd: folder, encoding: 'utf8' });
    expect(template).toContain('AWS::ElastiCache::ReplicationGroup');
    expect(template).toContain('AWS::SecretsManager::RotationSchedule');
  }, 60_000);
});

describe('package.json', () => {
  const manifest = JSON.parse(read('package.json'));

  test('brings the command', () => expect(manifest.bin).toEqual({ 'cdk-elasticache': 'bin/cdk-elasticache.js' }));

  test.each(['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'])('has no %s script: installing runs nothing', script => {
    expect(manifest.scripts).not.toHaveProperty(script);
  });

  test('needs aws-cdk-lib and constructs, which the application brings, and nothing else', () => {
    expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
    for (const kind of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'bundleDependencies']) {
      expect(Object.keys(manifest[kind] ?? {})).toEqual([]);
    }
  });
});

test('the five languages have their permanent names', () => {
  expect(JSON.parse(read('.jsii')).targets).toEqual({
    js: { npm: 'cdk-elasticache' },
    python: { distName: 'cdk-elasticache', module: 'cdk_elasticache' },
    java: { package: 'io.github.cdkelasticache', maven: { groupId: 'io.github.cdk-elasticache', artifactId: 'cdk-elasticache' } },
    dotnet: { namespace: 'CdkElastiCache', packageId: 'CdkElastiCache' },
    go: { moduleName: 'github.com/cdk-elasticache/cdk-elasticache-go' },
  });
});
