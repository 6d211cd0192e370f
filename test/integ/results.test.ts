import { assertionsIn, resultsOf } from './support/results';

const ASKED = ['Test.AssertionResultsOne', 'Test.AssertionResultsTwo'];
const good = '{"status":"success"}';

test('the assertions are the outputs of that name', () => {
  const templates = { Test: { Outputs: { AssertionResultsOne: {}, AssertionResultsTwo: {}, ExportsOutput: {} } }, Empty: {} };
  expect(assertionsIn(templates)).toEqual(ASKED);
});

test('all succeeded', () => {
  expect(resultsOf(ASKED, { Test: { AssertionResultsOne: good, AssertionResultsTwo: good } })).toEqual({ passed: ASKED, failed: [] });
});

test('one that failed fails, with what it found', () => {
  const bad = '{"status":"fail","message":"Expected 9 but received 2"}';
  const { passed, failed } = resultsOf(ASKED, { Test: { AssertionResultsOne: good, AssertionResultsTwo: bad } });
  expect(passed).toEqual([ASKED[0]]);
  expect(failed).toEqual([{ name: ASKED[1], reason: bad }]);
});

test.each([[{}], [{ Test: {} }], [{ Test: { AssertionResultsOne: 'true' } }], [{ Test: { AssertionResultsOne: 'no JSON' } }]])('%j is no success', (outputs) => {
  expect(resultsOf(ASKED, outputs as Record<string, Record<string, string>>).failed).toHaveLength(2);
});

test('an app that asserts nothing fails', () => {
  expect(resultsOf([], {}).failed).toHaveLength(1);
});
