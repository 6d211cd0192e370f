// troubleshooting.ts [--check]: writes the table of codes in docs/troubleshooting.md, from the rules, their cases and the source.
import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ENTRIES, linkTo } from './rules-pages';
import { Rule } from '../../src/checks/rule';
import { evaluateTemplate } from '../../src/checks/template/evaluate-template';
import { Template } from '../../src/checks/template/template';
import { templatesOfRule } from '../../test/checks/cases';
import { WRITTEN } from '../../test/support/written-codes';

const PAGE = join(__dirname, '..', '..', 'docs', 'troubleshooting.md');
const SRC = join(__dirname, '..', '..', 'src');
const SOURCE = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(SRC, file), 'utf8')).join('\n');
const PART = /(<!-- codes: [^>]* -->\n)[\s\S]*?(<!-- \/codes -->)/;

interface Entry {
  readonly code: string;
  readonly kind: string;
  /** What is said: it tells what is wrong and what to change. */
  readonly messages: readonly string[];
  readonly more: string;
}

/** What the messages of these codes are made of is no sentence in the source. */
const WORDS: Readonly<Record<string, string>> = {
  AlarmUnfit: 'an alarm was asked for that this cache cannot have: a metric that it does not publish, or a threshold out of range; the message names both',
};

/** What a rule says of the template that breaks it. */
function messagesOf(folder: string, rule: Rule): string[] {
  const findings = evaluateTemplate(new Map([[rule.resourceType, [rule]]]), templatesOfRule(folder, rule).bad as Template);
  return findings.map(({ message }) => message).slice(0, 1);
}

function ruleEntries(): Entry[] {
  return [...new Set(ENTRIES.map(({ rule }) => rule.code))].map((code) => {
    const rows = ENTRIES.filter(({ rule }) => rule.code === code);
    const sources = [...new Set(rows.map(({ rule }) => rule.source))].map((source, index, all) => `[source${all.length > 1 ? ` ${index + 1}` : ''}](${source})`);
    const links = rows.map(({ rule }) => `[${rule.resourceType.split('::').at(-1)!}](${linkTo(rule)})`);
    const messages = rows.flatMap(({ folder, rule }) => messagesOf(folder, rule));
    const said = messages.length > 0 ? messages : WRITTEN.filter((each) => each.code === code).flatMap(({ says }) => says);
    return { code, kind: rows[0].rule.severity, messages: [...new Set(said)].slice(0, 2), more: [...new Set(links), ...sources].join(', ') };
  });
}

/** When a code is thrown, as docstrings tell it. */
function thrown(code: string): string[] {
  return [...SOURCE.matchAll(new RegExp(`@throws ${code} ([\\s\\S]*?)(?=\\n *\\* *@|\\n *\\*/)`, 'g'))].map(([, text]) => text.replace(/\n *\* */g, ' '));
}

/** What is no rule: a mistake in code that the template would not show. */
function otherEntries(known: ReadonlySet<string>): Entry[] {
  const others = WRITTEN.filter(({ code }) => !known.has(code));
  return [...new Set(others.map(({ code }) => code))].map((code) => {
    const own = others.filter((each) => each.code === code);
    const messages = own.flatMap(({ message }) => message ?? []).filter((message) => message !== '…');
    const said = [[WORDS[code] ?? []].flat(), messages, own.flatMap(({ says }) => says), thrown(code)].find((texts) => texts.length > 0) ?? [];
    return { code, kind: own.every(({ by }) => by === 'warn') ? 'warning' : 'error', messages: [...new Set(said)].slice(0, 3), more: '' };
  });
}

/** Text in a cell of a table; what looks like a tag or a bar is no markup. */
function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/</g, '&lt;').replace(/\n/g, ' ').replace(/\*/g, '\\*').replace(/_/g, '\\_');
}

function table(): string {
  const rules = ruleEntries();
  const entries = [...rules, ...otherEntries(new Set(rules.map(({ code }) => code)))].sort((one, other) => one.code < other.code ? -1 : 1);
  const silent = entries.filter(({ messages }) => messages.length === 0);
  if (silent.length > 0) {
    throw new Error(`nothing is said for ${silent.map(({ code }) => code).join(', ')}`);
  }
  return ['| Code | What it says, and what to change | |', '|---|---|---|', ...entries.map(({ code, kind, messages, more }) =>
    `| <a id="${code}"></a>\`${code}\`<br>${kind} | ${messages.map(cell).join('<br>')} | ${more} |`)].join('\n');
}

function main(check: boolean): void {
  const text = readFileSync(PAGE, 'utf8');
  const written = text.replace(PART, (_, open, close) => `${open}\n${table()}\n\n${close}`);
  if (written !== text) {
    console.log(`docs/troubleshooting.md: ${check ? 'is out of date; run scripts/docs' : 'written'}`);
    check ? process.exitCode = 1 : writeFileSync(PAGE, written);
  }
}

main(process.argv.includes('--check'));
