// The tables and the plots of docs/performance.md, between its marks. The text around them is written by hand.
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { plotMemory, plotTimes } from './plots';
import { Profile, Results, Synthesis } from './results';
import { Verdict } from '../budgets';

const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) => [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
const times = (value: number) => `${value.toFixed(2)}×`;
const count = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

const SHOWN = { times, ms: (value: number) => `${value.toFixed(1)} ms`, exponent: (value: number) => value.toFixed(3), MB: (value: number) => `${value.toFixed(2)} MB` };

function timeRow(title: string, { libraryMilliseconds, otherMilliseconds, ratio }: Pick<Synthesis, 'libraryMilliseconds' | 'otherMilliseconds' | 'ratio'>): (string | number)[] {
  return [
    title, `${count(libraryMilliseconds)} ms`, `${count(otherMilliseconds)} ms`, `**${times(ratio.median)}**`, `${times(ratio.lowerQuartile)} to ${times(ratio.upperQuartile)}`, ratio.count,
  ];
}

const TIME_HEAD = ['', 'library', 'other', 'ratio, median', 'middle half', 'pairs'];

function budgetTable(verdicts: readonly Verdict[]): string {
  return table(['Budget', 'At most', 'Measured', ''], verdicts.map(({ budget, limit, value, met }) =>
    [budget.title, SHOWN[budget.unit](limit), SHOWN[budget.unit](value), met ? 'met' : '**missed**']));
}

function timeTable(results: Results): string {
  const { growth, validatorOn } = results;
  return table(TIME_HEAD, [
    ...results.defaults.map((each) => timeRow(`${each.caches} default`, each)),
    ...growth ? [timeRow(`${count(growth.many)} default`, growth)] : [],
    ...results.topologies.map((each) => timeRow(`${each.caches} ${each.subject}`, each)),
    ...validatorOn ? [timeRow(`${validatorOn.caches} default, CDK's validator on`, validatorOn)] : [],
    ...results.allL1.map((each) => timeRow(`${each.caches} default, against L1s alone`, each)),
  ]);
}

function peerTable(results: Results): string {
  return table(['', 'ratio, median', 'middle half', 'resources here', 'resources there', 'bytes here', 'bytes there'], results.peers.map(({ subject, ratio, library, other }) =>
    [`\`${subject}\``, times(ratio.median), `${times(ratio.lowerQuartile)} to ${times(ratio.upperQuartile)}`, library.resources, other.resources,
      count(library.templateBytes), count(other.templateBytes)]));
}

function profileTable({ profiles }: Results): string {
  const rowsOf = ({ subject, library, hand }: Profile) => [...new Set([...Object.keys(library), ...Object.keys(hand)])]
    .map((owner) => [subject, owner, library[owner] ?? 0, hand[owner] ?? 0] as const)
    .sort((one, other) => other[2] - one[2])
    .map(([kind, owner, one, other]) => [kind, owner, one.toFixed(2), other.toFixed(2), (one - other).toFixed(2)]);
  return table(['', 'whose code', 'library, ms a cache', 'by hand, ms a cache', 'difference'], profiles.flatMap(rowsOf));
}

function memoryTable(results: Results): string {
  return table(['Caches', 'library', 'by hand', 'ratio, median'], results.memory.map(({ caches, libraryMebibytes, handMebibytes, ratio }) =>
    [count(caches), `${count(libraryMebibytes)} MiB`, `${count(handMebibytes)} MiB`, times(ratio.median)]));
}

function sizeTable(results: Results): string {
  return table(['Topology', 'resources', 'bytes of template', 'alarms, with a topic'], results.sizes.map(({ topology, resources, templateBytes, alarmsWithTopic }) =>
    [topology, resources, count(templateBytes), alarmsWithTopic]));
}

function checkTable(results: Results): string {
  return table(['', 'the first time', 'median'], results.checks.map(({ what, first, milliseconds }) => [what, SHOWN.ms(first), SHOWN.ms(milliseconds)]));
}

function machineText({ machine }: Results): string {
  return `Measured with Node ${machine.node} on ${machine.processors} processors (${machine.model.trim()}), ${machine.memoryGiB.toFixed(0)} GiB of memory; `
    + `the load of the last minute was ${machine.load[0].toFixed(1)}.`;
}

/** Writes the parts of the page that are made of results, and its pictures. */
export function writePage(root: string, results: Results, verdicts: readonly Verdict[]): void {
  const page = join(root, 'docs', 'performance.md');
  const parts: Record<string, string> = {
    machine: machineText(results),
    budgets: budgetTable(verdicts),
    times: timeTable(results),
    profiles: profileTable(results),
    peers: peerTable(results),
    memory: memoryTable(results),
    checks: checkTable(results),
    sizes: sizeTable(results),
  };
  const text = Object.entries(parts).reduce((soFar, [name, part]) => {
    const marks = new RegExp(`(<!-- ${name}: written by scripts/bench -->\n\n)[\\s\\S]*?(\n\n<!-- /${name} -->)`);
    if (!marks.test(soFar)) {
      throw new Error(`docs/performance.md has no place for ${name}`);
    }
    return soFar.replace(marks, (_, begin: string, end: string) => `${begin}${part}${end}`);
  }, readFileSync(page, 'utf8'));
  writeFileSync(page, text);
  mkdirSync(join(root, 'docs', 'images'), { recursive: true });
  writeFileSync(join(root, 'docs', 'images', 'performance-times.svg'), plotTimes(results));
  writeFileSync(join(root, 'docs', 'images', 'performance-memory.svg'), plotMemory(results));
}
