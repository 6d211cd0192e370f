// The peak memory of a process that makes and synthesizes caches once. Prints one JSON document.
// Arguments: library|hand|l1 CACHES
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { byHand } from '../subjects/by-hand';
import { WITH_L1, WITH_L2 } from '../subjects/parts';
import { build } from '../subjects/subject';

const [side, caches] = process.argv.slice(2);
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
// The library is loaded by the one side that uses it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const makers = side === 'library' ? (require('../subjects/library') as typeof import('../subjects/library')).BY_LIBRARY : byHand(side === 'l1' ? WITH_L1 : WITH_L2);
build(Number(caches), makers.default, outdir).synth();
rmSync(outdir, { recursive: true, force: true });
console.log(JSON.stringify({ side, caches: Number(caches), peakMebibytes: process.resourceUsage().maxRSS / 1024 }));
