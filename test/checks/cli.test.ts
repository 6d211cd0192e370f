// The command as it is published: one file, called in a folder that has nothing else.
import { execFileSync, spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { stringify } from 'yaml';
import { Template } from '../../src/checks/template/template';
import { exampleApp, exampleFiles } from '../oracle/support/example-app';
import { acknowledge } from '../support/cdk';

const ROOT = join(__dirname, '../..');
const GROUP = { Type: 'AWS::ElastiCache::ReplicationGroup' };
/** What nothing is to be said about. */
const REST = {
  Engine: 'valkey',
  EngineVersion: '9.0',
  CacheNodeType: 'cache.t4g.micro',
  NumCacheClusters: 2,
  AutomaticFailoverEnabled: true,
  TransitEncryptionEnabled: true,
  CacheSubnetGroupName: 'subnets',
  UserGroupIds: ['users'],
};
const groupOf = (first: object) => ({ Resources: { Cache: { ...GROUP, Properties: { ReplicationGroupDescription: 'Cache', ...first, ...REST } } } });
const BAD = groupOf({ Port: 80 });
const GOOD = groupOf({ Port: 6379 });
const DOUBTFUL = groupOf({ SnapshotWindow: '03:00-04:00', SnapshotRetentionLimit: 0 });

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'command-')));
  mkdirSync(join(folder, 'package'));
  execFileSync(process.execPath, ['scripts/lib/bundle-command.js', join(folder, 'package/bin')], { cwd: ROOT, stdio: 'ignore' });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package/package.json'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function command(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'package/bin/cdk-elasticache.js'), ...words], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function file(name: string, content: unknown): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  return name;
}

function json(...words: string[]): { code: string; severity: string; template: string; line?: number; acknowledged?: string; when?: string }[] {
  return JSON.parse(command('check', ...words, '--format', 'json').stdout).findings;
}

describe('exit codes and human output', () => {
  test('0 when nothing is wrong', () => {
    expect(command('check', file('good.json', GOOD))).toEqual({ status: 0, stderr: '', stdout: '0 errors, 0 warnings, 0 acknowledged in 1 template\n' });
  });

  test('0 with warnings', () => {
    const { status, stdout } = command('check', file('doubtful.json', DOUBTFUL));
    expect([status, stdout]).toEqual([0, expect.stringContaining('0 errors, 1 warning, 0 acknowledged')]);
  });

  test('1 with errors; says where, what and why', () => {
    const { status, stdout } = command('check', file('bad.json', BAD), file('good.json', GOOD));
    expect(status).toBe(1);
    expect(stdout).toContain('bad.json:7  Cache (AWS::ElastiCache::ReplicationGroup)\n  error PortOutOfRange: Port must be 1150 to 8004 or 8006 to 65535, got: 80\n    https://docs.aws');
    expect(stdout).toContain('1 error, 0 warnings, 0 acknowledged in 2 templates');
  });

  test.each<[string, string[], RegExp]>([
    ['no path', ['check'], /missing required argument 'paths'/],
    ['an unknown option', ['check', 'x', '--nope'], /unknown option '--nope'/],
    ['an unknown format', ['check', 'x', '-f', 'xml'], /Allowed choices are text, json, sarif/],
    ['an unknown command', ['chek'], /unknown command 'chek'/],
    ['a parameter without value', ['check', 'x', '-p', 'Name'], /form Name=text/],
    ['an acknowledgement without reason', ['check', 'x', '-a', 'PortOutOfRange='], /needs a reason/],
    ['an acknowledgement of no rule', ['check', 'x', '-a', 'Nope=y'], /no rule Nope/],
    ['a file that does not exist', ['check', 'nowhere.json'], /nowhere.json does not exist/],
    ['a folder that CDK did not make', ['check', 'package'], /no manifest.json/],
  ])('2 for %s, without a stack trace', (_, words, message) => {
    const { status, stdout, stderr } = command(...words);
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each([['broken.json', '{', /is not JSON/], ['broken.yaml', 'a: [', /is not YAML/], ['list.json', '[]', /no CloudFormation template/], ['text.yaml', 'hello', /no CloudFormation template/]])(
    '2 for %s', (name, content, message) => {
      expect(command('check', file(name, content))).toMatchObject({ status: 2, stderr: expect.stringMatching(message) });
    });

  test('tells its version and its options', () => {
    expect(command('--version').stdout.trim()).toBe(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);
    expect(command('check', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--acknowledge <Code=reason>') });
  });
});

describe('YAML', () => {
  test('has short functions, texts that look like numbers, and lines', () => {
    const path = file('template.yaml', [
      'Parameters:', '  Env: { Type: String, Default: dev }', 'Conditions:', '  Prod: !Equals [!Ref Env, prod]', 'Resources:', '  Cache:',
      '    Type: AWS::ElastiCache::ReplicationGroup', '    Properties:', '      Engine: valkey', '      EngineVersion: 9.0', '      ReplicationGroupDescription: !Sub "${Env}"',
      '      Port: !If', '        - Prod', '        - 80', '        - !Ref AWS::NoValue', '      TransitEncryptionEnabled: "true"',
      '      CacheParameterGroupName: !Ref Parameters', '      CacheNodeType: cache.t4g.micro', '      NumCacheClusters: 2', '      CacheSubnetGroupName: subnets',
      '      UserGroupIds: [users]', '  Parameters:', '    Type: AWS::ElastiCache::ParameterGroup', '    Properties: { CacheParameterGroupFamily: valkey8, Description: Parameters }',
    ].join('\n'));
    expect(json(path)).toEqual([
      expect.objectContaining({ code: 'ParameterGroupFamilyMismatch', severity: 'error', line: 17 }),
      expect.objectContaining({ code: 'PortOutOfRange', severity: 'error', line: 12, when: 'Env = "prod"' }),
    ]);
    expect(json(path, '--parameter', 'Env=dev').map(({ code }) => code)).toEqual(['ParameterGroupFamilyMismatch']);
  });

  test('says the same as JSON', () => {
    for (const template of [GOOD, BAD, DOUBTFUL]) {
      expect(json(file('same.yaml', stringify(template))).map(({ code }) => code)).toEqual(json(file('same.json', template)).map(({ code }) => code));
    }
  });
});

test('the region decides where the template asks for it', () => {
  const { Resources } = groupOf({ Port: { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'port'] } });
  const path = file('region.json', { Mappings: { Regions: { 'eu-west-1': { port: 80 }, 'us-east-1': { port: 6379 } } }, Resources });
  expect([[], ['-r', 'us-east-1'], ['-r', 'eu-west-1']].map((words) => json(path, ...words).length)).toEqual([0, 0, 1]);
});

describe('what is acknowledged', () => {
  const metadata = { 'cdk-elasticache': { acknowledge: { PortOutOfRange: 'in the template' } } };
  const inResource: Template = { Resources: { Cache: { ...BAD.Resources.Cache, Metadata: metadata } } };

  test.each<[string, object, string[], string]>([
    ['by an option', BAD, ['-a', 'PortOutOfRange=for a reason'], 'for a reason'],
    ['by its whole id', BAD, ['-a', 'cdk-elasticache::PortOutOfRange=for a reason'], 'for a reason'],
    ['in the resource', inResource, [], 'in the template'],
    ['in the template', { ...BAD, Metadata: metadata }, [], 'in the template'],
  ])('%s is shown and fails nothing', (_, template, words, reason) => {
    const path = file('acknowledged.json', template);
    expect(json(path, ...words)).toEqual([expect.objectContaining({ code: 'PortOutOfRange', severity: 'error', acknowledged: reason })]);
    const { status, stdout } = command('check', path, ...words);
    expect([status, stdout]).toEqual([0, expect.stringContaining('acknowledged PortOutOfRange')]);
    expect(stdout).toContain(`because: ${reason}`);
  });
});

test('a folder that CDK made is read with its nested stacks, its stages, its regions and what was acknowledged', () => {
  const outdir = join(folder, 'cdk.out');
  const app = new App({ outdir });
  const bad = (scope: Stack) => new CfnReplicationGroup(scope, 'Cache', {
    replicationGroupDescription: 'Cache',
    engine: 'valkey',
    port: 80,
    cacheNodeType: 'cache.t4g.micro',
    numCacheClusters: 2,
    userGroupIds: ['users'],
    transitEncryptionEnabled: true,
    cacheSubnetGroupName: 'subnets',
  });
  const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
  bad(stack);
  bad(new NestedStack(stack, 'Nested'));
  bad(new Stack(new Stage(app, 'Prod'), 'Stack'));
  const accepted = new Stack(app, 'Accepted');
  bad(accepted);
  acknowledge(accepted, 'PortOutOfRange');
  app.synth();
  const templates = readdirSync(outdir, { recursive: true }).map(String).filter((name) => name.endsWith('.template.json'));
  expect(templates).toHaveLength(4);
  const found = json('cdk.out');
  expect(found.map(({ template }) => template).sort()).toEqual(templates.map((name) => join('cdk.out', name)).sort());
  expect(found.filter(({ acknowledged }) => acknowledged !== undefined)).toEqual([expect.objectContaining({ acknowledged: 'a test', template: 'cdk.out/Accepted.template.json' })]);
});

test.each(exampleFiles().map(({ name, file: path }) => [name, path] as const))('nothing is wrong with the example %s', (_, path) => {
  const { directory } = exampleApp(path).synth();
  expect(command('check', directory)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^0 errors, |\n0 errors, /) });
});

test('SARIF names the rule, the file and the line', () => {
  const { status, stdout } = command('check', file('folder/bad.json', BAD), '--format', 'sarif', '-a', 'PortOutOfRange=known');
  const log = JSON.parse(stdout);
  expect([status, log.version]).toEqual([0, '2.1.0']);
  expect(log.runs[0].tool.driver).toMatchObject({ name: 'cdk-elasticache', rules: [{ id: 'PortOutOfRange', shortDescription: { text: 'Port out of range' } }] });
  expect(log.runs[0].results).toEqual([expect.objectContaining({
    ruleId: 'PortOutOfRange',
    level: 'error',
    suppressions: [{ kind: 'external', justification: 'known' }],
    locations: [{ physicalLocation: { artifactLocation: expect.objectContaining({ uri: 'folder/bad.json' }), region: expect.objectContaining({ startLine: 7 }) } }],
  })]);
});

test('starts in 300 ms, or where the machine is busy in a few times what Node takes by itself', () => {
  const path = file('bad.json', BAD);
  const timed = (act: () => unknown) => {
    const begun = performance.now();
    act();
    return performance.now() - begun;
  };
  // In turn, for a machine is not equally busy all the time.
  const rounds = Array.from({ length: 8 }, () => [timed(() => spawnSync(process.execPath, ['-e', '0'])), timed(() => command('check', path))]);
  const [bare, checked] = [0, 1].map((at) => Math.min(...rounds.map((round) => round[at])));
  expect(checked).toBeLessThan(Math.max(300, 6 * bare));
});

test('the libraries inside are named with their licences', () => {
  const notices = readFileSync(join(folder, 'package/bin/THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect(notices.match(/^[\w-]+ \d+\.\d+\.\d+ \((MIT|ISC)\)$/gm)!.map((line) => line.split(' ')[0])).toEqual(['commander', 'node-sarif-builder', 'yaml']);
  expect(readFileSync(join(folder, 'package/bin/cdk-elasticache.js'), 'utf8')).not.toMatch(/require\("(aws-cdk-lib|constructs)/);
});
