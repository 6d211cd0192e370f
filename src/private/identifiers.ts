// Imports nothing of CDK: rules use it.

/** The grammar of every ElastiCache name. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/;

/** What is wrong with a name, in words that follow "must"; `undefined` when it is fine. */
export function identifierProblem(name: string, maximumLength: number): string | undefined {
  return IDENTIFIER.test(name) && name.length <= maximumLength ? undefined
    : `have 1 to ${maximumLength} letters, digits and single hyphens, begin with a letter and not end with a hyphen`;
}
