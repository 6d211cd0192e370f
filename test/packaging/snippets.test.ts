// The judges of the code on our pages notice what is wrong: scripts/docs asks them about every page.
import { problemOfData } from '../../scripts/lib/snippets/data';
import { commandsOf, problemOf } from '../../scripts/lib/snippets/shell';

test('bash itself says what would run, and runs nothing', () => {
  expect(commandsOf('cd docs && touch made-by-a-snippet # a comment\necho "a b" | cat > made-too\n')).toEqual([
    'cd docs', 'touch made-by-a-snippet', 'echo "a b"', 'cat > made-too',
  ]);
});

test('what bash cannot read is an error', () => expect(() => commandsOf('if true; then\n')).toThrow(/syntax error/));

test.each([
  ['scripts/polyglot --clean-caches', undefined],
  ['scripts/polyglot --dirty-caches', 'scripts/polyglot has no option --dirty-caches'],
  ['scripts/nothing', 'there is no program scripts/nothing'],
  ['npx projen compile', undefined],
  ['npx projen decompile', 'there is no task decompile'],
  ['cd examples/quickstart', undefined],
  ['cd examples/nowhere', 'there is no folder examples/nowhere'],
  ['local/aws exec -- bash -c \'npx cdk bootstrap && cd examples/nowhere\'', 'there is no folder examples/nowhere'],
  ['npm install something-else', 'nobody knows whether it works: run it in a script or test, and add it to scripts/lib/snippets/shell.ts'],
])('%s: %s', (command, problem) => expect(problemOf(command)).toBe(problem));

test.each([
  ['a: [1, 2', /flow sequence|expected/i],
  ['Resources: none\n', /ends with 2/],
])('%j is no good', (code, problem) => expect(problemOfData(code, false)).toMatch(problem));

test('a template is understood', () => {
  expect(problemOfData('Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties: { SubnetIds: !Ref Subnets }\n', false)).toBeUndefined();
});
