import { stringify } from 'yaml';
import { Rule } from '../../src/checks/rule';
import { RULES, RULES_BY_FOLDER } from '../../src/checks/rules';
import { CaseTemplate, templatesOfRule } from '../../test/checks/cases';

const EVIDENCE: Readonly<Record<Rule['evidence'], string>> = {
  'live': 'the service was seen to refuse it',
  'documented': 'AWS documents it',
  'schema': 'the CloudFormation schema says so',
  'plan-time': 'other tools refuse it before a deployment',
  'inferred': 'follows from other facts',
};

const INTRODUCTION = `# Rules

Made from the rules by \`scripts/docs\`. Do not edit.

Every rule judges what is made with this library, when it is made, and every other template through [the plugin and the command](checks.md).
An \`error\` is something that AWS refuses or that loses data. A \`warning\` is allowed, and probably not what is wanted.
To acknowledge a rule, use the id \`cdk-elasticache::<Code>\`. Codes are permanent.
What each code says, and what to change, is in [troubleshooting](troubleshooting.md).
`;

/** A rule with the folder of its cases. */
interface Entry {
  readonly folder: string;
  readonly rule: Rule;
}

/** All rules by their codes. */
export const ENTRIES: readonly Entry[] = Object.entries(RULES_BY_FOLDER).flatMap(([folder, rules]) => rules.map((rule) => ({ folder, rule })))
  .sort((one, other) => one.rule.code < other.rule.code ? -1 : 1);
const TYPES = [...new Set(RULES.map(({ resourceType }) => resourceType))];

function entriesOf(type: string): readonly Entry[] {
  return ENTRIES.filter(({ rule }) => rule.resourceType === type);
}

/** The page of a type, in docs/: those of ElastiCache have one each, other services one. One page of all is more than GitHub renders for certain. */
function pageOf(type: string): string {
  const [vendor, service = vendor, short] = type.split('::');
  const hasOwnPage = service === 'ElastiCache' && entriesOf(type).length > 1;
  return `rules/${(vendor === 'Template' ? vendor : hasOwnPage ? `${service}-${short}` : service).toLowerCase()}.md`;
}

/** Where a rule is, from a page in docs/. */
export function linkTo(rule: Rule): string {
  return `${pageOf(rule.resourceType)}#${anchorOf(rule)}`;
}

/** The pages of rules, by their paths in docs/. */
export function rulesPages(): Readonly<Record<string, string>> {
  const pages = [...new Set(TYPES.map(pageOf))].map((page) => [page, rulesPage(TYPES.filter((type) => pageOf(type) === page))]);
  return { 'rules.md': [INTRODUCTION, index()].join('\n'), ...Object.fromEntries(pages) as Record<string, string> };
}

/** All types, with their pages. */
function index(): string {
  const count = (type: string, severity: string) => entriesOf(type).filter(({ rule }) => rule.severity === severity).length;
  return ['| Resource | Errors | Warnings |', '|---|---|---|', ...TYPES.map((type) =>
    `| [\`${type}\`](${pageOf(type)}#${type.toLowerCase().replaceAll(':', '')}) | ${count(type, 'error')} | ${count(type, 'warning')} |`), ''].join('\n');
}

/** What a page of several types is about. */
const SUBJECTS: Readonly<Record<string, string>> = { ElastiCache: 'types that ElastiCache no longer has, or never had', Template: 'the template as a whole' };

function rulesPage(types: readonly string[]): string {
  const [vendor, service = vendor] = types[0].split('::');
  const subject = types.length === 1 ? types[0] : SUBJECTS[service] ?? service;
  return [`# Rules of ${subject}\n\nMade by \`scripts/docs\`. Do not edit. [All rules](../rules.md)\n`, ...types.map((type) => {
    const own = entriesOf(type);
    return [`## ${type}\n`, table(own.map(({ rule }) => rule)), ...own.map(({ folder, rule }) => section(folder, rule))].join('\n');
  })].join('\n');
}

function table(rules: readonly Rule[]): string {
  return ['| Code | Severity | Reads |', '|---|---|---|', ...rules.map((rule) =>
    `| [${rule.code}](#${anchorOf(rule)}) | ${rule.severity} | ${code(rule.reads)} |`), ''].join('\n');
}

/** Rules of several types may share a code. */
function titleOf({ code: name, resourceType }: Rule): string {
  return `${name} of ${resourceType.split('::').at(-1)}`;
}

function anchorOf(rule: Rule): string {
  return titleOf(rule).toLowerCase().replaceAll(' ', '-');
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function section(folder: string, rule: Rule): string {
  const { bad, good } = templatesOfRule(folder, rule);
  return `### ${titleOf(rule)}

\`${rule.severity}\`, reads ${code(rule.reads)}. Evidence: ${EVIDENCE[rule.evidence]}, read on ${rule.checked} ([source](${rule.source})). Since ${rule.since}.

Found:

${example(bad)}
Passes:

${example(good)}`;
}

function example(template: CaseTemplate): string {
  return `\`\`\`yaml\n${stringify(template, { lineWidth: 120, aliasDuplicateObjects: false })}\`\`\`\n`;
}
