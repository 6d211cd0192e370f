import { App, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { identifierProblem } from '../../src/private/identifiers';
import { generatedId, MAXIMUM_ID_LENGTH } from '../../src/private/names';
import { newStack } from '../support/cdk';

const LEGAL = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

describe('generated ids', () => {
  test('tell what they belong to', () => {
    expect(generatedId(new Construct(new Construct(newStack(), 'OrdersCache'), 'AppUser'), 'valkey')).toMatch(/^stack-orders-cache-app-user-[0-9a-f]{10}$/);
  });

  test('are the same in every synthesis', () => {
    const make = () => generatedId(new Construct(newStack(), 'Cache'), 'valkey', 'app');
    expect(make()).toBe(make());
  });

  test.each([
    ['a long path', 'x'.repeat(300)], ['digits first', '0123456789'.repeat(4)], ['only digits', '1'], ['nothing that is legal', 'キャッシュ'], ['symbols', '__--..!!'],
    ['Default', 'Default'], ['capitals', 'ABCdefGHI'], ['hyphens at its ends', '-cache-'], ['a dot on the I', 'İstanbul'], ['emoji', '🚀cache'],
  ])('are legal for %s', (_, id) => {
    for (const scope of [newStack(), new Construct(newStack(), '9'.repeat(30))]) {
      const made = generatedId(new Construct(scope, id), 'valkey');
      expect(made).toMatch(LEGAL);
      expect(made.length).toBeLessThanOrEqual(MAXIMUM_ID_LENGTH);
    }
  });

  test('of paths that look alike in them are different', () => {
    const stack = newStack();
    const ids = ['Cache', 'cache', 'CACHE', 'ca-che', 'ca_che', '1cache', 'Default', 'default', `${'x'.repeat(40)}Cache`, `${'y'.repeat(40)}Cache`]
      .map((id) => generatedId(new Construct(stack, id), 'valkey'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('change with everything that replaces the resource', () => {
    const construct = new Construct(newStack(), 'Cache');
    const ids = [generatedId(construct), generatedId(construct, 'valkey'), generatedId(construct, 'redis'), generatedId(construct, 'valkey', 'app'),
      generatedId(construct, 'valkey', 'admin'), generatedId(construct, 'valkeyapp'), generatedId(construct, 'valkey', '', 'app')];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('change with the id and with the name of the stack', () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    const stacks = [new Stack(app, 'A'), new Stack(app, 'B'), new Stack(app, 'C', { stackName: 'C1' }), new Stack(stage, 'A')];
    const again = new Stack(new App(), 'C', { stackName: 'C2' });
    const ids = [...stacks, again].map((stack) => generatedId(new Construct(stack, 'Cache'), 'valkey'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are made in nested stacks, whose names are not known', () => {
    const make = (stackName: string) => {
      const nested = new NestedStack(new Stack(new App(), 'Stack', { stackName }), 'Nested');
      return generatedId(new Construct(nested, 'Cache'), 'valkey');
    };
    expect(make('One')).toMatch(LEGAL);
    expect(make('One')).toBe(make('One'));
    expect(make('One')).not.toBe(make('Two'));
  });

  // A token's text holds a counter that any other token of the app moves on: the id would change, and the resource be replaced.
  test('do not depend on how many tokens were made before', () => {
    const make = (tokensBefore: number) => {
      const stack = newStack();
      Array.from({ length: tokensBefore }, (_, index) => Token.asString({ Ref: `Other${index}` }));
      return generatedId(new Construct(stack, 'Cache'), 'valkey', Token.asString({ Ref: 'UserName' }));
    };
    expect(make(0)).toBe(make(5));
  });
});

describe('names that are given', () => {
  test.each(['a', 'A', 'a1', 'a-b-c', 'Cache-1', 'x'.repeat(40)])('%j is taken', (name) => {
    expect(identifierProblem(name, 40)).toBeUndefined();
  });

  test.each(['', '1', '-a', 'a-', 'a--b', 'a_b', 'a b', 'a.b', 'ä', 'a\n', 'x'.repeat(41)])('%j is not', (name) => {
    expect(identifierProblem(name, 40)).toBe('have 1 to 40 letters, digits and single hyphens, begin with a letter and not end with a hyphen');
  });
});
