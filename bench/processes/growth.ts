// How the time grows with the number of caches: 1 is in proportion. Prints one JSON document.
// Arguments: FEW MANY REPETITIONS
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import { median, spread, Time, timeOf } from '../statistics';
import { byHand } from '../subjects/by-hand';
import { BY_LIBRARY } from '../subjects/library';
import { WITH_L2 } from '../subjects/parts';
import { build, MakeCache, templatesOf } from '../subjects/subject';
import { readNames } from '../subjects/typed-names';

const [few, many, repetitions] = process.argv.slice(2).map(Number);
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));
const [library, hand] = [BY_LIBRARY.default, byHand(WITH_L2).default];

const timeWith = (caches: number, make: MakeCache) => timeOf(() => build(caches, make, outdir).synth());
const ours = templatesOf(build(many, library, outdir));
readNames(ours);
if (!isDeepStrictEqual(ours, templatesOf(build(many, hand, outdir)))) {
  throw new Error('the templates of the library and by hand differ, so their times cannot be compared');
}
timeWith(few, library);
timeWith(few, hand);
const rounds = Array.from({ length: repetitions }, (_, index) => {
  const order = index % 2 === 0 ? [library, hand] : [hand, library];
  const times = new Map(order.map((make) => [make, { few: [few, few, few].map((caches) => timeWith(caches, make)), many: timeWith(many, make) }]));
  return { library: times.get(library)!, hand: times.get(hand)! };
});
// The exponent is of processor time: the moments of few and many lie apart, and another program in one of them would bend it.
const exponent = (times: { few: Time[]; many: Time }) =>
  Math.log(times.many.processor / median(times.few.map(({ processor }) => processor))) / Math.log(many / few);
console.log(JSON.stringify({
  few,
  many,
  exponent: { library: spread(rounds.map((round) => exponent(round.library))), hand: spread(rounds.map((round) => exponent(round.hand))) },
  libraryMilliseconds: median(rounds.map((round) => round.library.many.elapsed)),
  otherMilliseconds: median(rounds.map((round) => round.hand.many.elapsed)),
  ratio: spread(rounds.map((round) => round.library.many.elapsed / round.hand.many.elapsed)),
  processorRatio: spread(rounds.map((round) => round.library.many.processor / round.hand.many.processor)),
}));
