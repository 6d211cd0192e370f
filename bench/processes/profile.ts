// Whose code the processor is in while caches are made and synthesized, by the library and by hand. Prints one JSON document.
// Arguments: SUBJECT CACHES REPETITIONS
import { mkdtempSync, rmSync } from 'fs';
import { Profiler, Session } from 'inspector';
import { tmpdir } from 'os';
import { join } from 'path';
import { pairs } from '../statistics';
import { byHand } from '../subjects/by-hand';
import { BY_LIBRARY } from '../subjects/library';
import { WITH_L2 } from '../subjects/parts';
import { build } from '../subjects/subject';

const [subject, cachesText, repetitionsText] = process.argv.slice(2);
const [caches, repetitions] = [Number(cachesText), Number(repetitionsText)];
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
const SAMPLE = 200; // microseconds
const GARBAGE = 'collection of garbage';

/** Whose code it is; `undefined` for what belongs to whoever called it: Node.js, and what is native. */
function ownerOf({ functionName, url }: { functionName: string; url: string }): string | undefined {
  if (functionName === '(garbage collector)') {
    return GARBAGE;
  }
  if (/cdk-elasticache\/lib|\/lib\/modules\.js$/.test(url)) {
    return 'cdk-elasticache';
  }
  return /\/node_modules\/(@aws-cdk|aws-cdk-lib|constructs)\//.test(url) ? 'aws-cdk-lib and constructs' : undefined;
}

/** Milliseconds by side and owner. Each side acts in a function of its name. */
function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Record<string, Record<string, number>> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const ownerFrom = (id: number | undefined): string => id === undefined ? 'the rest' : ownerOf(byId.get(id)!.callFrame) ?? ownerFrom(parents.get(id));
  const sideFrom = (id: number | undefined): string | undefined => id === undefined ? undefined
    : Object.keys(SIDES).find((side) => byId.get(id)!.callFrame.functionName === side) ?? sideFrom(parents.get(id));
  const shares: Record<string, Record<string, number>> = {};
  let side: string | undefined;
  samples.forEach((id, index) => {
    // Who collects garbage has no caller: it is that of whoever was running.
    side = sideFrom(id) ?? (ownerOf(byId.get(id)!.callFrame) === GARBAGE ? side : undefined);
    if (side) {
      const [own, owner] = [shares[side] ??= {}, ownerFrom(id)];
      own[owner] = (own[owner] ?? 0) + timeDeltas[index] / 1000 / repetitions / caches;
    }
  });
  return shares;
}

const ofHand = byHand(WITH_L2)[subject];
const SIDES = {
  library: () => build(caches, BY_LIBRARY[subject], outdir).synth(),
  hand: () => build(caches, ofHand, outdir).synth(),
};

/** Both sides in turn: what one warms up, the other finds warm as well. */
function act(times: number): void {
  pairs(times, SIDES.library, SIDES.hand);
}

const session = new Session();
session.connect();
const post = <T>(method: string, parameters?: object) => new Promise<T>((resolve, reject) =>
  session.post(method, parameters, (error: Error | null, result: unknown) => error ? reject(error) : resolve(result as T)));

async function main(): Promise<void> {
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: SAMPLE });
  act(3);
  await post('Profiler.start');
  act(repetitions);
  const { profile } = await post<{ profile: Profiler.Profile }>('Profiler.stop');
  rmSync(outdir, { recursive: true, force: true });
  console.log(JSON.stringify({ subject, ...sharesOf(profile) }));
}

void main();
