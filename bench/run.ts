// Runs the benchmarks, each in a process of its own, and writes what they found. Started by scripts/bench.
// Arguments: [--check] [--quick]; the folder with the built programs and the installed package is dist/bench.
import { execFileSync } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import { cpus, loadavg, totalmem } from 'os';
import { join } from 'path';
import { BudgetId, judge, Verdict } from './budgets';
import { writePage } from './report/page';
import { Profile, Results, Synthesis } from './report/results';
import { median, pairs, spread } from './statistics';

const ROOT = process.cwd();
const PROGRAMS = join(ROOT, 'dist', 'bench');
const quick = process.argv.includes('--quick');
const check = process.argv.includes('--check');

/** Runs one of the programs. The validator of aws-cdk-lib takes longer than everything else, on both sides alike: it is off unless asked for. */
function run<T>(program: string, args: readonly (string | number)[], options: { validation?: boolean; nodeOptions?: string[] } = {}): T {
  const env = { ...process.env, CDK_VALIDATION: options.validation ? undefined : 'false' };
  const output = execFileSync(process.execPath, [...options.nodeOptions ?? ['--expose-gc'], join(PROGRAMS, program), ...args.map(String)], {
    cwd: PROGRAMS, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28,
  });
  return JSON.parse(output.trim().split('\n').pop()!) as T;
}

function say(text: string): void {
  console.log(text);
}

function synthesis(subject: string, against: string, caches: number, repetitions: number, validation = false): Synthesis {
  const result = run<Synthesis>('processes/synthesis.js', [subject, against, caches, repetitions], { validation });
  const { ratio, processorRatio } = result;
  say(`  ${subject} against ${against}, ${caches} caches${validation ? ', validator on' : ''}: ${ratio.median.toFixed(2)} times `
    + `(quartiles ${ratio.lowerQuartile.toFixed(2)} to ${ratio.upperQuartile.toFixed(2)}; processor ${processorRatio.median.toFixed(2)})`);
  return result;
}

/** Peak memory of both sides, in processes of their own. */
function memory(caches: number, repetitions: number) {
  const peak = (side: string) => run<{ peakMebibytes: number }>('processes/memory.js', [side, caches], { nodeOptions: [] }).peakMebibytes;
  const found = pairs(repetitions, () => peak('library'), () => peak('hand'));
  const result = {
    caches,
    libraryMebibytes: median(found.map(({ one }) => one)),
    handMebibytes: median(found.map(({ other }) => other)),
    ratio: spread(found.map(({ one, other }) => one / other)),
  };
  say(`  ${caches} caches: ${result.ratio.median.toFixed(2)} times`);
  return result;
}

/** Loading in fresh processes. */
function load(repetitions: number) {
  const time = (side: string) => run<number>('load.js', [side], { nodeOptions: [] });
  const found = pairs(repetitions, () => time('library'), () => time('classes'));
  const result = {
    classesMilliseconds: median(found.map(({ other }) => other)),
    difference: spread(found.map(({ one, other }) => one - other)),
  };
  say(`  ${result.difference.median.toFixed(1)} ms beside the ${result.classesMilliseconds.toFixed(0)} ms of aws-cdk-lib`);
  return result;
}

/** The rules over templates. bench/checks.ts prints a line for each: what, and the median in milliseconds. */
function checks(): Results['checks'] {
  let output: string;
  try {
    output = execFileSync(process.execPath, [join(PROGRAMS, 'checks.js'), quick ? '15' : '200'], { encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout?: string }).stdout ?? '';
  }
  const found = [...output.matchAll(/^ *(.+): ([\d.]+) ms median of \d+, ([\d.]+) the first/gm)]
    .map(([, what, milliseconds, first]) => ({ what, milliseconds: Number(milliseconds), first: Number(first) }));
  if (found.length < 3) {
    throw new Error(`bench/checks.ts printed something else than times:\n${output}`);
  }
  found.forEach(({ what, milliseconds }) => say(`  ${what}: ${milliseconds} ms`));
  return found;
}

function packedBytes(): { packed: number; unpacked: number } {
  const [{ size, unpackedSize }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  say(`  ${(size / 1e6).toFixed(2)} MB packed`);
  return { packed: size, unpacked: unpackedSize };
}

function measure(): Results {
  const repetitions = quick ? 6 : 12;
  say('Construction and synthesis');
  const counts = quick ? [1, 10] : [1, 10, 100];
  const defaults = counts.map((caches) => synthesis('default', 'hand', caches, repetitions * 2));
  const topologies = ['sharded', 'singleNode', 'memcached', 'serverless'].map((subject) => synthesis(subject, 'hand', quick ? 10 : 20, quick ? repetitions : repetitions * 3));
  const results: Results = {
    quick,
    machine: { node: process.version, processors: cpus().length, model: cpus()[0]?.model ?? 'unknown', memoryGiB: totalmem() / 2 ** 30, load: loadavg() },
    defaults,
    topologies,
    allL1: quick ? [] : [10, 100].map((caches) => synthesis('default', 'l1', caches, 10)),
    validatorOn: quick ? undefined : synthesis('default', 'hand', 10, 10, true),
    peers: quick ? [] : ['cdk-redisdb', '@aws-cdk/aws-elasticache-alpha'].map((peer) => synthesis(peer, 'peer', 20, 10)),
    profiles: quick ? [] : (say('Profiles'), ['default', 'serverless'].map((subject) => run<Profile>('processes/profile.js', [subject, 40, 25]))),
    growth: undefined,
    memory: (say('Peak memory'), (quick ? [100] : [10, 100, 1000]).map((caches) => memory(caches, quick || caches === 1000 ? 1 : 5))),
    load: (say('Loading'), load(quick ? 7 : 21)),
    checks: (say('Checks of finished templates'), checks()),
    sizes: run('processes/sizes.js', []),
    package: (say('Package'), packedBytes()),
  };
  if (quick) {
    return results;
  }
  say('Growth from 100 to 1,000 caches');
  const growth = run<NonNullable<Results['growth']>>('processes/growth.js', [100, 1000, 8], { nodeOptions: ['--expose-gc', '--max-old-space-size=6144'] });
  say(`  exponent ${growth.exponent.library.median.toFixed(3)}, by hand ${growth.exponent.hand.median.toFixed(3)}; 1,000 caches ${growth.ratio.median.toFixed(2)} times by hand`);
  return { ...results, growth };
}

/** What the budgets are about. A short run judges processor time, which others on the machine disturb less. */
function verdicts(results: Results): Verdict[] {
  const ratio = ({ ratio: elapsed, processorRatio }: Pick<Synthesis, 'ratio' | 'processorRatio'>) => (quick ? processorRatio : elapsed).median;
  const of = (found: readonly Synthesis[], wanted: (each: Synthesis) => boolean) => found.filter(wanted).map(ratio);
  const values: [BudgetId, number[]][] = [
    ['time10', of(results.defaults, ({ caches }) => caches === 10)],
    ['time100', of(results.defaults, ({ caches }) => caches === 100)],
    ['time1000', results.growth ? [ratio(results.growth)] : []],
    ['timeSharded', of(results.topologies, ({ subject }) => subject === 'sharded')],
    ['timeSingleNode', of(results.topologies, ({ subject }) => subject === 'singleNode')],
    ['timeMemcached', of(results.topologies, ({ subject }) => subject === 'memcached')],
    ['timeServerless', of(results.topologies, ({ subject }) => subject === 'serverless')],
    ['memory100', results.memory.filter(({ caches }) => caches === 100).map((each) => each.ratio.median)],
    ['growth', results.growth ? [results.growth.exponent.library.median] : []],
    ['load', [results.load.difference.median]],
    ['checks', results.checks.filter(({ what }) => !/without ElastiCache/.test(what)).map(({ milliseconds }) => milliseconds)],
    ['noChecks', results.checks.filter(({ what }) => /without ElastiCache/.test(what)).map(({ milliseconds }) => milliseconds)],
    ['package', [results.package.packed / 1e6]],
  ];
  return values.flatMap(([id, found]) => found.map((value) => judge(id, value, quick)));
}

const results = measure();
const judged = verdicts(results);
mkdirSync(join(ROOT, 'bench', 'results'), { recursive: true });
if (quick) {
  mkdirSync(join(ROOT, 'test-reports'), { recursive: true });
  writeFileSync(join(ROOT, 'test-reports', 'bench-quick.json'), `${JSON.stringify(results, undefined, 1)}\n`);
} else {
  const { quick: _, ...measured } = results;
  for (const [name, value] of Object.entries(measured)) {
    writeFileSync(join(ROOT, 'bench', 'results', `${name}.json`), `${JSON.stringify(value, undefined, 1)}\n`);
  }
  writePage(ROOT, results, judged);
}
const missed = judged.filter(({ met }) => !met);
for (const { budget, value, limit } of missed) {
  console.error(`over budget ${budget.id}: ${budget.title}: ${value.toFixed(2)} ${budget.unit}, at most ${limit}`);
}
say(`${judged.length - missed.length} budgets met, ${missed.length} missed${quick ? ' (a short run, with wide margins)' : ''}`);
process.exitCode = check && missed.length > 0 ? 1 : 0;
