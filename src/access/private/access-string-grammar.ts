// What the service takes in an access string. Imports nothing of CDK: rules use it.
// Measured against the service in September 2026 by cdk-preflight: https://github.com/badmintoncryer/cdk-preflight

/** The command categories that the service knows. Modules may bring more: an unknown one only makes a warning. */
const CATEGORIES = new Set(('all admin bitmap blocking connection dangerous fast geo hash hyperloglog keyspace list pubsub read scripting set sortedset ' +
  'slow stream string transaction write').split(' '));
const KEYWORDS = new Set(('on off allkeys allchannels allcommands nocommands resetkeys resetchannels sanitize-payload skip-sanitize-payload ' +
  'clearselectors').split(' '));

export interface AccessStringProblems {
  /** What the service refuses. */
  readonly rejected: string[];
  /** What is probably not meant, or not known to be taken. */
  readonly doubtful: string[];
}

const PASSWORD_RULE = /^(nopass|resetpass|[><#!].*)$/;

/** An access string that can be shown. */
export function withoutPasswords(accessString: string): string {
  return accessString.replace(/(^|[\s(])([><#!])[^\s)]+/g, '$1$2...');
}

/** What is wrong with an access string. */
export function accessStringProblems(accessString: string): AccessStringProblems {
  // A selector is a list of rules in parentheses.
  const words = accessString.split(/[\s()]+/).filter((word) => word !== '');
  const rejected = words.flatMap((word) => passwordProblem(word) ?? resetProblem(word) ?? []);
  const doubtful = words.flatMap((word) => categoryProblem(word) ?? unknownWord(word) ?? []);
  if (words.length > 0 && !words.includes('on') && !words.includes('off')) {
    doubtful.push('neither "on" nor "off" is said, so the user is off and cannot log in');
  }
  return { rejected, doubtful };
}

function passwordProblem(word: string): string[] | undefined {
  return PASSWORD_RULE.test(word) ? ['passwords do not belong into an access string'] : undefined;
}

function resetProblem(word: string): string[] | undefined {
  return word === 'reset' ? ['"reset" is not supported by ElastiCache'] : undefined;
}

function categoryProblem(word: string): string[] | undefined {
  const category = /^[+-]@(.+)$/.exec(word)?.[1];
  return category && !CATEGORIES.has(category.toLowerCase()) ? [`the category @${category} is not one that this library knows`] : undefined;
}

function unknownWord(word: string): string[] | undefined {
  const known = KEYWORDS.has(word) || /^[~&+\-%]/.test(word) || /^db=/.test(word) || passwordProblem(word) || word === 'reset';
  return known ? undefined : [`"${word}" is not a rule that this library knows`];
}
