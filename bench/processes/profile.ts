// Whose code the processor is in while caches are made and synthesized, by the library and by hand. Prints one JSON document.
// Arguments: SUBJECT CACHES REPETITIONS
import { mkdtempSync, rmSync } from 'fs';
import { Profiler, Session } from 'inspector';
import { tmpdir } from 'os';
import { join } from 'path';
import { byHand } from '../subjects/by-hand';
import { BY_LIBRARY } from '../subjects/library';
import { WITH_L2 } from '../subjects/parts';
import { build, MakeCache } from '../subjects/subject';

const [subject, cachesText, repetitionsText] = process.argv.slice(2);
const [caches, repetitions] = [Number(cachesText), Number(repetitionsText)];
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
const SAMPLE = 200; // microseconds

/** Whose code it is; `undefined` for what belongs to whoever called it: Node.js, and what is native. */
function ownerOf({ functionName, url }: { functionName: string; url: string }): string | undefined {
  if (functionName === '(garbage collector)') {
    return 'collection of garbage';
  }
  if (/cdk-elasticache\/lib|\/lib\/modules\.js$/.test(url)) {
    return 'cdk-elasticache';
  }
  return /\/node_modules\/(@aws-cdk|aws-cdk-lib|constructs)\//.test(url) ? 'aws-cdk-lib and constructs' : undefined;
}

/** Milliseconds by owner. */
function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Record<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const ownerFrom = (id: number | undefined): string => id === undefined ? 'the rest' : ownerOf(byId.get(id)!.callFrame) ?? ownerFrom(parents.get(id));
  const shares: Record<string, number> = {};
  samples.forEach((id, index) => {
    const owner = byId.get(id)!.callFrame.functionName === '(idle)' ? 'the rest' : ownerFrom(id);
    shares[owner] = (shares[owner] ?? 0) + timeDeltas[index] / 1000;
  });
  return shares;
}

const session = new Session();
session.connect();
const post = <T>(method: string, parameters?: object) => new Promise<T>((resolve, reject) =>
  session.post(method, parameters, (error: Error | null, result: unknown) => error ? reject(error) : resolve(result as T)));

async function profile(make: MakeCache): Promise<Record<string, number>> {
  const act = () => build(caches, make, outdir).synth();
  act();
  act();
  await post('Profiler.start');
  Array.from({ length: repetitions }, act);
  const { profile: found } = await post<{ profile: Profiler.Profile }>('Profiler.stop');
  return Object.fromEntries(Object.entries(sharesOf(found)).map(([owner, milliseconds]) => [owner, milliseconds / repetitions / caches]));
}

async function main(): Promise<void> {
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: SAMPLE });
  const library = await profile(BY_LIBRARY[subject]);
  const hand = await profile(byHand(WITH_L2)[subject]);
  rmSync(outdir, { recursive: true, force: true });
  console.log(JSON.stringify({ subject, library, hand }));
}

void main();
