/** Something that the person who called the command has to put right; no stack trace helps them. */
export class UsageProblem extends Error {}
