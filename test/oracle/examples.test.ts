import { Accepted, ACCEPTED, explanation } from './accepted';
import { SUBJECTS } from './subjects';
import { JudgedAssembly, synthesize } from './support/assembly';
import { Finding, JUDGES } from './support/judges';

const occurred = new Set<Accepted>();

describe.each(SUBJECTS)('$name', ({ build, judges }) => {
  let assembly: JudgedAssembly;
  beforeAll(() => {
    assembly = synthesize(build);
  });

  test.each(judges)('%s has nothing to say that is not explained', judge => {
    const unexplained = JUDGES[judge](assembly).filter(finding => !explained(finding));
    expect(unexplained).toEqual([]);
  });
});

// Runs last: it needs the findings of all subjects.
test.each(ACCEPTED)('the accepted finding $rule ($resource) still occurs', accepted => {
  expect(occurred).toContain(accepted);
});

function explained(finding: Finding): boolean {
  const accepted = explanation(finding);
  if (accepted) {
    occurred.add(accepted);
  }
  return accepted !== undefined;
}
