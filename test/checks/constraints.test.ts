// Every constraint of the catalogue went somewhere, and every rule comes from one.
import { CONSTRAINTS, MORE } from './constraints';
import { RULES } from '../../src/checks/rules';

const ALL = { ...CONSTRAINTS, ...MORE };

test('each of the 154 constraints is accounted for', () => {
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(Object.keys(CONSTRAINTS)).toEqual([
    ...numbered('R', 65), ...numbered('C', 21), ...numbered('S', 17), ...numbered('U', 15), ...numbered('G', 9), ...numbered('GL', 13), ...numbered('A', 14),
  ]);
  expect(Object.keys(CONSTRAINTS)).toHaveLength(154);
  Object.values(ALL).forEach(({ codes, none }) => expect(codes === undefined).toBe(none !== undefined && none.length > 5));
});

test('the codes are those of rules', () => {
  const known = new Set(RULES.map(({ code }) => code));
  expect(Object.values(ALL).flatMap(({ codes = [] }) => codes).filter((code) => !known.has(code))).toEqual([]);
});

test('no rule is without a constraint', () => {
  const named = new Set(Object.values(ALL).flatMap(({ codes = [] }) => codes));
  expect([...new Set(RULES.map(({ code }) => code))].filter((code) => !named.has(code))).toEqual([]);
});
