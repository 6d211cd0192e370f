import { stringify } from 'yaml';
import { Rule } from '../../src/checks/rule';
import { RULES_BY_FOLDER } from '../../src/checks/rules';
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
`;

/** The text of docs/rules.md. */
export function rulesPage(): string {
  const types = [...new Set(Object.values(RULES_BY_FOLDER).flat().map(({ resourceType }) => resourceType))];
  const entries = Object.entries(RULES_BY_FOLDER).flatMap(([folder, rules]) => rules.map((rule) => ({ folder, rule })));
  return [INTRODUCTION, ...types.map((type) => {
    const own = entries.filter(({ rule }) => rule.resourceType === type).sort((one, other) => one.rule.code < other.rule.code ? -1 : 1);
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
