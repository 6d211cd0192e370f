import * as fc from 'fast-check';
import { PasswordUser, UserGroup } from '../../src';
import { accessStringProblems } from '../../src/access/private/access-string-grammar';
import { familyOf, supports } from '../../src/engine/private/engine-table';
import { identifierProblem } from '../../src/private/identifiers';
import { isAtLeast, parseVersion } from '../../src/private/version-number';
import { newStack } from '../support/cdk';

// Everything that constructs takes as an id: no path separator, no token, no name that every object has.
const CONSTRUCT_ID = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), fc.string({ minLength: 1, maxLength: 200 }), fc.constantFrom('Default', 'Resource', '0', '-'))
  .filter((id) => !id.includes('${') && !id.includes('/') && id.trim() !== '' && !(id in {}));
const VERSION = fc.array(fc.nat(30), { minLength: 1, maxLength: 3 });

test('generated ids are legal wherever the construct is, and no two are the same', () => {
  fc.assert(fc.property(fc.uniqueArray(CONSTRUCT_ID, { minLength: 1, maxLength: 6 }), (ids) => {
    const stack = newStack();
    const made = ids.flatMap((id, index) => [new PasswordUser(stack, id, { userName: 'app' }).userId, new UserGroup(stack, `Group${index}`).userGroupId]);
    for (const id of made) {
      expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(id).not.toContain('--');
      expect(identifierProblem(id, 40)).toBeUndefined();
    }
    expect(new Set(made).size).toBe(made.length);
  }), { numRuns: 100 });
});

test('versions are ordered as their numbers are', () => {
  fc.assert(fc.property(VERSION, VERSION, (left, right) => {
    const [a, b] = [left.join('.'), right.join('.')];
    const padded = (numbers: number[]) => [0, 1, 2].map((index) => numbers[index] ?? 0);
    const difference = padded(left).map((number, index) => number - padded(right)[index]).find((each) => each !== 0) ?? 0;
    expect(isAtLeast(a, b)).toBe(difference >= 0);
    expect(isAtLeast(a, b) || isAtLeast(b, a)).toBe(true);
    expect(parseVersion(a)).toEqual(left);
  }));
});

test('no version takes a capability away again', () => {
  fc.assert(fc.property(fc.constantFrom('valkey', 'redis', 'memcached'), VERSION, VERSION, (engine, left, right) => {
    const [older, newer] = isAtLeast(left.join('.'), right.join('.')) ? [right, left] : [left, right];
    expect(supports('slowLog', engine, older.join('.')) && !supports('slowLog', engine, newer.join('.'))).not.toBe(true);
    expect(familyOf(engine, older.join('.'))).toMatch(new RegExp(`^${engine}\\d`));
  }));
});

test('no text makes the grammar of access strings fail, and blanks do not matter', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('on', 'off', '~*', '+@all', 'nopass', 'reset', '>x', '(+get', '~a)')), { maxLength: 8 }), (words) => {
    const once = accessStringProblems(words.join(' '));
    expect(accessStringProblems(` ${words.join('  ')}\n`)).toEqual(once);
    [...once.rejected, ...once.doubtful].forEach((problem) => expect(problem).not.toMatch(/\.$/));
  }));
});
