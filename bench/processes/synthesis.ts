// Construction and synthesis of caches by the library against the same template made in another way. Prints one JSON document.
// Arguments: SUBJECT hand|l1|peer CACHES REPETITIONS
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import { median, pairs, spread, timeOf } from '../statistics';
import { byHand } from '../subjects/by-hand';
import { BY_LIBRARY } from '../subjects/library';
import { WITH_L1, WITH_L2 } from '../subjects/parts';
import { PEERS } from '../subjects/peers';
import { build, MakeCache, templatesOf } from '../subjects/subject';
import { readNames } from '../subjects/typed-names';

const [subject, against, cachesText, repetitionsText] = process.argv.slice(2);
const [caches, repetitions] = [Number(cachesText), Number(repetitionsText)];
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

/** The two ways to the template. */
function ways(): { library: MakeCache; other: MakeCache } {
  const peer = PEERS.find((each) => each.peer === subject);
  return peer ? { library: peer.library, other: peer.theirs } : { library: BY_LIBRARY[subject], other: byHand(against === 'l1' ? WITH_L1 : WITH_L2)[subject] };
}

// Another library places nothing in isolated subnets unasked.
const appWith = (make: MakeCache) => build(caches, make, outdir, against === 'peer' ? 1 : 0);

const { library, other } = ways();
const ours = templatesOf(appWith(library));
readNames(ours);
const theirs = templatesOf(appWith(other));
if (against !== 'peer' && !isDeepStrictEqual(ours, theirs)) {
  throw new Error(`${subject}: the templates of the library and by hand differ, so their times cannot be compared`);
}
const sizes = (templates: any[]) => ({
  resources: templates.flatMap(({ Resources }) => Object.keys(Resources)).length, templateBytes: JSON.stringify(templates).length,
});
const time = (make: MakeCache) => timeOf(() => appWith(make).synth());
time(library);
time(other);
const times = pairs(repetitions, () => time(library), () => time(other));
console.log(JSON.stringify({
  subject,
  against,
  caches,
  validation: process.env.CDK_VALIDATION !== 'false',
  libraryMilliseconds: median(times.map(({ one }) => one.elapsed)),
  otherMilliseconds: median(times.map((each) => each.other.elapsed)),
  ratio: spread(times.map((each) => each.one.elapsed / each.other.elapsed)),
  processorRatio: spread(times.map((each) => each.one.processor / each.other.processor)),
  library: sizes(ours),
  other: sizes(theirs),
}));
