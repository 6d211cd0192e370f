// Deploys the integration apps with the CDK CLI, one after the other or `--at-once N`, checks what their assertions found, and destroys them.
// npx tsx test/integ/run.ts [NAME...] [--at-once N] [--bootstrap] [--self-test] [--report FILE]
//
// It uses the account and Region of the environment. integ-runner does not know the assemblies that today's aws-cdk-lib writes,
// and `cdk deploy` alone does not look at assertions.
import { execFileSync, spawn } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { parseArgs } from 'util';
import { assertionsIn, Results, resultsOf } from './support/results';

const ROOT = join(__dirname, '..', '..');
const TOOLS = join(ROOT, 'node_modules', '.bin');
const SELF_TEST = join(__dirname, 'support', 'wrong.ts');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'at-once': { type: 'string', default: '1' },
    'bootstrap': { type: 'boolean' },
    'self-test': { type: 'boolean' },
    'report': { type: 'string' },
  },
});

/** Runs the CDK CLI; its output is told only when it fails. */
function cdk(...words: string[]): Promise<void> {
  const child = spawn(join(TOOLS, 'cdk'), words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  [child.stdout, child.stderr].forEach((stream) => stream.setEncoding('utf8').on('data', (text: string) => { output += text; }));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => code === 0 ? resolve() : reject(new Error(`cdk ${words[0]} ended with ${code}:\n${output}`)));
  });
}

function templatesOf(assembly: string): Record<string, { Outputs?: object }> {
  const files = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(files.map((file) => [basename(file, '.template.json'), JSON.parse(readFileSync(join(assembly, file), 'utf8'))]));
}

/** Deploys one app, reads what its assertions found, and destroys it whatever that was. */
async function run(file: string): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'integ-'));
  const outputs = join(folder, 'outputs.json');
  const assembly = join(folder, 'assembly');
  try {
    execFileSync(join(TOOLS, 'tsx'), [file], { env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' }, stdio: ['ignore', 'inherit', 'inherit'] });
    try {
      await cdk('deploy', '--app', assembly, '--all', '--require-approval', 'never', '--outputs-file', outputs);
      return resultsOf(assertionsIn(templatesOf(assembly)), existsSync(outputs) ? JSON.parse(readFileSync(outputs, 'utf8')) : {});
    } finally {
      await cdk('destroy', '--app', assembly, '--all', '--force');
    }
  } catch (error) {
    return { passed: [], failed: [{ name: 'deployment', reason: String(error) }] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Check {
  readonly app: string;
  readonly name: string;
  readonly failure?: string;
}

async function checksOf(file: string): Promise<Check[]> {
  const started = Date.now();
  const app = basename(file, '.ts').replace('integ.', '');
  const { passed, failed } = await run(file);
  let checks: Check[] = [...passed.map((name) => ({ app, name })), ...failed.map(({ name, reason }) => ({ app, name, failure: reason }))];
  if (file === SELF_TEST) {
    const noticed = failed.length === 1 && failed[0].name.includes('AssertionResults');
    checks = [{ app, name: 'a wrong assertion fails the run', failure: noticed ? undefined : `it did not: ${JSON.stringify({ passed, failed })}` }];
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  checks.forEach(({ name, failure }) => console.log(`${failure === undefined ? 'ok    ' : 'FAILED'} ${app}: ${name} (${seconds} s)${failure === undefined ? '' : `\n${failure}`}`));
  return checks;
}

const escape = (text: string) => text.replace(/[\0-\x08\x0b-\x1f]/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function report(checks: readonly Check[]): string {
  const failures = checks.filter(({ failure }) => failure !== undefined).length;
  const cases = checks.map(({ app, name, failure }) =>
    `<testcase classname="${app}" name="${escape(name)}">${failure === undefined ? '' : `<failure>${escape(failure)}</failure>`}</testcase>`);
  return `<testsuite name="integ" tests="${checks.length}" failures="${failures}" errors="0" skipped="0">\n${cases.join('\n')}\n</testsuite>\n`;
}

async function main(): Promise<void> {
  const all = readdirSync(__dirname).filter((file) => /^integ\..+\.ts$/.test(file)).sort();
  const unknown = positionals.filter((name) => !all.includes(`integ.${name}.ts`));
  if (unknown.length > 0) {
    throw new Error(`no integration app is called ${unknown.join(', ')}; there are ${all.join(', ')}`);
  }
  const wanted = all.filter((file) => positionals.length === 0 || positionals.includes(file.slice('integ.'.length, -'.ts'.length)));
  const queue = [...wanted.map((file) => join(__dirname, file)), ...values['self-test'] ? [SELF_TEST] : []];
  if (values.bootstrap) {
    await cdk('bootstrap', `aws://${process.env.CDK_DEFAULT_ACCOUNT}/${process.env.CDK_DEFAULT_REGION}`);
  }
  const checks: Check[] = [];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      checks.push(...await checksOf(file));
    }
  };
  await Promise.all(Array.from({ length: Number(values['at-once']) }, worker));
  if (values.report) {
    writeFileSync(values.report, report(checks));
  }
  const failed = checks.filter(({ failure }) => failure !== undefined).length;
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

void main();
