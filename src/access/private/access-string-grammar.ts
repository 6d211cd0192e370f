// What the service takes in an access string. Imports nothing of CDK: rules use it.
// Measured against the service in September 2026 by cdk-preflight: https://github.com/badmintoncryer/cdk-preflight

import { memoized } from '../../private/memo';

/** The command categories that the service knows. */
export const CATEGORIES: readonly string[] = ('all admin bitmap blocking connection dangerous fast geo hash hyperloglog keyspace list pubsub read scripting ' +
  'set sortedset slow stream string transaction write').split(' ');

/** Categories that modules bring to engines that have them. Whether the service takes their names was not measured. */
export const MODULE_CATEGORIES: readonly string[] = ['bloom', 'json', 'search'];

const KEYWORDS = new Set('on off allkeys allchannels allcommands nocommands sanitize-payload skip-sanitize-payload clearselectors'.split(' '));
/** Words that the engines know, and of which it was not measured whether the service takes them. */
const UNMEASURED = new Set('resetkeys resetchannels alldbs resetdbs'.split(' '));

const PASSWORD_RULE = /^(nopass|resetpass|[><#!].*)$/;
const RULE = /^([~&+-]|%[RW]{1,2}~|db=)/i;

/** The parts of an access string, in the order in which they are written. */
export interface AccessRules {
  /** Text that is taken as it is. */
  readonly words: readonly string[];
  readonly state?: 'on' | 'off';
  readonly keys: readonly string[];
  readonly channels: readonly string[];
  readonly databases: readonly number[];
  readonly commands: readonly string[];
  /** With their parentheses. */
  readonly selectors: readonly string[];
}

export function renderRules({ words, state, keys, channels, databases, commands, selectors }: AccessRules): string {
  return [...words, ...state ? [state] : [], ...keys, ...channels, ...databases.length > 0 ? [`db=${databases.join(',')}`] : [], ...commands, ...selectors].join(' ');
}

/** What is wrong with a pattern of keys or channels, in words that follow "must". */
export function patternProblem(pattern: string): string | undefined {
  return pattern !== '' && !/[\s\0]/.test(pattern) ? undefined : 'be a pattern without spaces, with at least one character';
}

/** What is wrong with the name of a command or of a subcommand, in words that follow "must". */
export function commandProblem(name: string): string | undefined {
  return /^[a-z][a-z0-9._-]*(\|[a-z0-9._-]+)?$/i.test(name) ? undefined : 'be a command such as get, or a subcommand such as config|get';
}

/** What is wrong with the number of a database, in words that follow "must". */
export function databaseProblem(database: number): string | undefined {
  return Number.isInteger(database) && database >= 0 ? undefined : 'be a whole number from 0';
}

export interface AccessStringProblems {
  /** What the service refuses. */
  readonly rejected: readonly string[];
  /** What is probably not meant, or not known to be taken. */
  readonly doubtful: readonly string[];
}

/** An access string that can be shown. */
export function withoutPasswords(accessString: string): string {
  return accessString.replace(/(^|[\s(])([><#!])[^\s)]+/g, '$1$2...');
}

/** What is wrong with an access string. */
export const accessStringProblems: (accessString: string) => AccessStringProblems = memoized((accessString) => {
  const words = wordsOf(accessString);
  const rejected = words.flatMap((word) => passwordProblem(word) ?? resetProblem(word) ?? categoryProblem(word) ?? unknownWord(word) ?? []);
  const doubtful = words.flatMap((word) => moduleProblem(word) ?? unmeasured(word) ?? []);
  if (words.length > 0 && !words.includes('on') && !words.includes('off')) {
    doubtful.push('neither "on" nor "off" is said, so the user is off and cannot log in');
  }
  return { rejected, doubtful };
});

/** A rule of access strings that not every engine with users knows, with the oldest version of each that does. */
interface NewerRule {
  readonly pattern: RegExp;
  readonly title: string;
  readonly oldest: { readonly valkey?: string; readonly redis?: string };
  readonly source: string;
}

const ACCESS_STRINGS = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string';
const NEWER_RULES: readonly NewerRule[] = [
  { pattern: /^\(?&/, title: 'a pattern of channels', oldest: { valkey: '7.2', redis: '6.2' }, source: ACCESS_STRINGS },
  { pattern: /^\(?%[RW]{1,2}~/i, title: 'a pattern of keys for reading or writing', oldest: { valkey: '7.2', redis: '7.0' }, source: ACCESS_STRINGS },
  { pattern: /^\(?-[^@|]+\|/, title: 'a subcommand that is denied', oldest: { valkey: '7.2', redis: '7.0' }, source: ACCESS_STRINGS },
  { pattern: /^\(/, title: 'a selector', oldest: { valkey: '7.2', redis: '7.0' }, source: ACCESS_STRINGS },
  { pattern: /^\(?db=/i, title: 'databases', oldest: { valkey: '9.1' }, source: 'https://valkey.io/topics/acl/' },
];

/** What of an access string takes a newer engine than the oldest one with users. */
export const newerRulesOf: (accessString: string) => readonly (NewerRule & { readonly word: string })[] = memoized((accessString) => {
  const words = accessString.split(/\s+/);
  return NEWER_RULES.flatMap((rule) => words.filter((word) => rule.pattern.test(word)).slice(0, 1).map((word) => ({ ...rule, word })));
});

/** The rules of an access string. Those of a selector stand in parentheses, and a pattern may have parentheses of its own. */
function wordsOf(accessString: string): string[] {
  let inSelector = false;
  return accessString.split(/\s+/).flatMap((word) => {
    const opens = !inSelector && word.startsWith('(');
    inSelector = inSelector || opens;
    const closes = inSelector && word.endsWith(')');
    inSelector = inSelector && !closes;
    const rule = word.slice(opens ? 1 : 0, closes ? -1 : undefined);
    return rule === '' ? [] : [rule];
  });
}

function categoryOf(word: string): string | undefined {
  return /^[+-]@(.+)$/.exec(word)?.[1].toLowerCase();
}

function passwordProblem(word: string): string[] | undefined {
  return PASSWORD_RULE.test(word) ? ['passwords do not belong into an access string'] : undefined;
}

function resetProblem(word: string): string[] | undefined {
  return word === 'reset' ? ['"reset" is not supported by ElastiCache'] : undefined;
}

function categoryProblem(word: string): string[] | undefined {
  const category = categoryOf(word);
  return category !== undefined && ![...CATEGORIES, ...MODULE_CATEGORIES].includes(category)
    ? [`the category @${category} is not one of ${CATEGORIES.join(', ')}`] : undefined;
}

function moduleProblem(word: string): string[] | undefined {
  const category = categoryOf(word);
  return category !== undefined && MODULE_CATEGORIES.includes(category)
    ? [`the category @${category} belongs to a module, and the service may not take it; allow the commands by name`] : undefined;
}

function unmeasured(word: string): string[] | undefined {
  return UNMEASURED.has(word.toLowerCase()) ? [`"${word}" is known to engines, and the service may not take it`] : undefined;
}

function unknownWord(word: string): string[] | undefined {
  const known = KEYWORDS.has(word.toLowerCase()) || UNMEASURED.has(word.toLowerCase()) || RULE.test(word);
  return known ? undefined : [`"${word}" is not a rule of an access string`];
}
