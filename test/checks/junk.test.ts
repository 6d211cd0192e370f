// Whatever somebody writes: a rule may find something or not, and never fails.
import * as fc from 'fast-check';
import { CASES_BY_FOLDER } from './cases';
import { BROKEN } from './strangers/broken';
import { RULES_BY_TYPE } from '../../src/checks/rules';
import { evaluateTemplate } from '../../src/checks/template/evaluate-template';
import { Template } from '../../src/checks/template/template';

const TEMPLATES: readonly Record<string, unknown>[] = [
  ...Object.values(CASES_BY_FOLDER).flatMap((cases) => Object.values(cases)).map(({ bad }) => ({ Resources: bad })),
  ...BROKEN.map(({ template }) => template).filter((template) => typeof template !== 'string') as Record<string, unknown>[],
];

/** What does not belong where it is put. */
const JUNK = [
  null, '', 'x', true, 5, -1, 1e9, [], {}, [1], [[]], [null], { a: 1 }, '{{resolve:secretsmanager:x}}',
  { Ref: 'Open' }, [{ Ref: 'Open' }], { Ref: 'OpenList' }, { Ref: 'AWS::NoValue' }, { Ref: 5 }, { Ref: 'Nowhere' },
  { 'Fn::If': ['Maybe', 'a', { Ref: 'AWS::NoValue' }] }, { 'Fn::If': 'x' }, { 'Fn::GetAtt': ['Nowhere', 'Arn'] }, { 'Fn::GetAtt': 5 },
  { 'Fn::Sub': '${Open}-x' }, { 'Fn::Sub': [1] }, { 'Fn::Join': 'x' }, { 'Fn::Select': [] }, { 'Fn::FindInMap': [1] }, { 'Fn::Transform': {} },
];

/** The ways to every place in a value. */
function places(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  return [
    ...way.length > 0 ? [way] : [],
    ...typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => places(inner, [...way, key])) : [],
  ];
}

function put(template: Record<string, unknown>, way: readonly string[], junk: unknown): Template {
  const copy = JSON.parse(JSON.stringify(template)) as Record<string, any>;
  way.slice(0, -1).reduce<any>((inner, key) => inner[key], copy)[way.at(-1)!] = junk;
  return {
    ...copy,
    Parameters: { ...copy.Parameters, Open: { Type: 'String' }, OpenList: { Type: 'CommaDelimitedList' } },
    Conditions: { ...copy.Conditions, Maybe: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] } },
  };
}

const broken = fc.constantFrom(...TEMPLATES).chain((template) => fc.tuple(fc.constantFrom(...places(JSON.parse(JSON.stringify(template)))), fc.constantFrom(...JUNK))
  .map(([way, junk]) => ({ way, junk, template: put(template, way, junk) })));

test('nothing that is written makes a rule fail', () => {
  fc.assert(fc.property(broken, ({ template }) => { evaluateTemplate(RULES_BY_TYPE, template, { region: 'eu-west-1' }); }), { numRuns: 5000 });
});
