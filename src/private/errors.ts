import { IConstruct } from 'constructs';

/** The prefix that rule ids, warnings and acknowledgements share: `cdk-elasticache::<Code>`. */
export const ID_PREFIX = 'cdk-elasticache';

/** One thing that is wrong with a construct or a value. */
export interface Problem {
  /** Permanent PascalCase code. */
  readonly code: string;
  /** What is wrong, in the user's words: the prop, the value given, what is allowed, what to change. */
  readonly message: string;
  /** Whether acknowledging the id before the construct is made lets it through. */
  readonly acknowledgeable: boolean;
}

/** The id under which a code is reported as a warning or finding, and acknowledged. */
export function idOf(code: string): string {
  return `${ID_PREFIX}::${code}`;
}

/**
 * An error about the configuration of a cache. Its `code` is stable; its text is written for the person who wrote the app.
 */
class CacheConfigurationError extends Error {
  public readonly codes: string[];

  public constructor(path: string | undefined, problems: Problem[]) {
    super(describe(path, problems));
    this.name = 'CacheConfigurationError';
    this.codes = problems.map((problem) => problem.code);
  }
}

function describe(path: string | undefined, problems: Problem[]): string {
  const place = path ? ` at ${path}` : '';
  const lines = problems.map((problem) => `[${problem.code}] ${problem.message}`);
  const ways = problems.filter((problem) => problem.acknowledgeable).map((problem) => idOf(problem.code));
  const wayOut = ways.length === 0 ? [] : [
    `if a rule is wrong or out of date for you, acknowledge it on a scope before this construct is made, and it no longer stops you: ${
      `Validations.of(scope).acknowledge({ id: '${ways[0]}', reason: '...' })`}`,
  ];
  if (lines.length === 1) {
    return [`${lines[0]}${place}`, ...wayOut].join('\n');
  }
  return [`${lines.length} problems${place}:`, ...lines.map((line) => `  ${line}`), ...wayOut].join('\n');
}

/**
 * Ends construction with one error.
 *
 * @param scope the construct, or a path, that the error is about; `undefined` for a value that stands alone
 * @param code permanent PascalCase code
 * @param message lower-case, no full stop: the prop, the value given, what is allowed, what to change
 */
export function fail(scope: IConstruct | string | undefined, code: string, message: string): never {
  throw new CacheConfigurationError(pathOf(scope), [{ code, message, acknowledgeable: false }]);
}

/** Ends construction with all problems in one error. */
export function failAll(scope: IConstruct | string, problems: Problem[]): never {
  throw new CacheConfigurationError(pathOf(scope), problems);
}

function pathOf(scope: IConstruct | string | undefined): string | undefined {
  return typeof scope === 'string' || scope === undefined ? scope : scope.node.path;
}

/** The path a construct will have, before it is made. */
export function futurePath(scope: IConstruct, id: string): string {
  return scope.node.path ? `${scope.node.path}/${id}` : id;
}
