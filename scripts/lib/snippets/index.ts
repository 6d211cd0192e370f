// Judges all code on our pages, each kind by something that knows it, and says how many of each there are. Run in the project's root.
// TypeScript is compiled by jsii-rosetta, in scripts/lib/translate.
import { existsSync, readFileSync } from 'fs';
import { problemOfData } from './data';
import { pages, Snippet, snippets } from './pages';
import { commandsOf, problemOf } from './shell';

/** Every page of these is read by jsii-rosetta: scripts/lib/documented-package.js. */
const COMPILED = /^(README\.md|docs\/.+\.md)$/;
/** Made of cases that the unit tests judge with the rules themselves, one by one. */
const JUDGED_BY_RULES = /^docs\/rules\/.+\.md$/;
/** What a program prints is compared by a test. */
const COMPARED: Readonly<Record<string, string>> = { 'README.md': 'test/contract/readme.test.ts' };

const BLOCKS: Readonly<Record<string, (snippet: Snippet) => string | undefined>> = {
  ts: ({ page }) => COMPILED.test(page) ? undefined : 'nothing compiles the TypeScript of this page',
  shell: ({ code }) => {
    const wrong = commandsOf(code).map((command) => ({ command, problem: problemOf(command) })).find(({ problem }) => problem !== undefined);
    return wrong && `${wrong.command}: ${wrong.problem}`;
  },
  yaml: ({ page, code }) => problemOfData(code, JUDGED_BY_RULES.test(page)),
  json: ({ page, code }) => problemOfData(code, JUDGED_BY_RULES.test(page)),
  text: ({ page, code }) => {
    const test = COMPARED[page];
    return test === undefined || !code.includes('Error: ') ? missingPath(code) : existsSync(test) ? undefined : `${test} is not there`;
  },
};

/** What begins like a path in a picture of folders is one. */
function missingPath(code: string): string | undefined {
  const paths = [...code.matchAll(/^((?:[\w.-]+\/)+)[^\s<]*/gm)].map(([, path]) => path);
  const missing = paths.find((path) => !existsSync(path) && !existsSync(`src/${path}`));
  return missing === undefined || missing.startsWith('x/') ? undefined : `there is no ${missing}`;
}

interface Named { readonly name: string }
interface Type extends Named { readonly properties?: Named[]; readonly methods?: Named[]; readonly members?: Named[] }
const types = Object.fromEntries(Object.values<Type>(JSON.parse(readFileSync('.jsii', 'utf8')).types).map((type) => [type.name, type]));

/** Code in a line: members of public types are there, and so are programs of the repository. */
function problemOfLine(code: string): string | undefined {
  for (const [, type, member] of code.matchAll(/\b([A-Z]\w+)\.([A-Za-z]\w*)/g)) {
    const { properties = [], methods = [], members = [] } = types[type] ?? { name: type };
    if (type in types && ![...properties, ...methods, ...members].some(({ name }) => name === member)) {
      return `${type} has no ${member}`;
    }
  }
  return /^scripts\/[\w-]+( |$)/.test(code) ? problemOf(code) : undefined;
}

const counts: Record<string, number> = {};
let problems = 0;
for (const snippet of pages().flatMap(snippets)) {
  const { page, line, language, code } = snippet;
  const judge = language === undefined ? () => problemOfLine(code) : BLOCKS[language];
  counts[language ?? 'in a line'] = (counts[language ?? 'in a line'] ?? 0) + 1;
  const problem = judge === undefined ? `nothing judges code of the kind "${language}"` : judge(snippet);
  if (problem !== undefined) {
    problems++;
    console.log(`${page}:${line}: ${problem}`);
  }
}
console.log(Object.entries(counts).map(([kind, count]) => `${count} ${kind}`).join(', '));
process.exitCode = problems > 0 ? 1 : 0;
