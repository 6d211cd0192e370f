// What became of the assertions of an app. `cdk deploy` succeeds whatever they say: their results are outputs of a stack.

/** One assertion that did not come out well. */
export interface Failure {
  readonly name: string;
  readonly reason: string;
}

/** How the assertions of one app came out. */
export interface Results {
  readonly passed: readonly string[];
  readonly failed: readonly Failure[];
}

const RESULT = /^AssertionResults/;

/** The assertions in the templates of an app, by stack and output. */
export function assertionsIn(templates: Readonly<Record<string, { readonly Outputs?: object }>>): string[] {
  return Object.entries(templates).flatMap(([stack, { Outputs: outputs = {} }]) =>
    Object.keys(outputs).filter((name) => RESULT.test(name)).map((name) => `${stack}.${name}`));
}

/** Compares what was asked with the outputs that `cdk deploy --outputs-file` wrote. An assertion without a result has failed; so has an app without any. */
export function resultsOf(asked: readonly string[], outputs: Readonly<Record<string, Readonly<Record<string, string>>>>): Results {
  const passed: string[] = [];
  const failed: Failure[] = asked.length === 0 ? [{ name: 'assertions', reason: 'the app asserts nothing' }] : [];
  for (const name of asked) {
    const [stack, output] = name.split('.');
    const reason = reasonOf(outputs[stack]?.[output]);
    reason === undefined ? passed.push(name) : failed.push({ name, reason });
  }
  return { passed, failed };
}

function reasonOf(text: string | undefined): string | undefined {
  if (text === undefined) {
    return 'it has no result';
  }
  try {
    const result = JSON.parse(text);
    return result.status === 'success' ? undefined : text;
  } catch {
    return `its result is not understood: ${text}`;
  }
}
