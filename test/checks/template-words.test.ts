// A template is judged in the words of CloudFormation: who wrote it may never have seen a construct.
import { CASES_BY_FOLDER } from './cases';
import { judge } from './support/judge';
import * as library from '../../src';
import { kindsOf, TYPES } from '../../src/checks/rules/private/schema-table';

const WORDS_OF_CLOUDFORMATION = new Set(TYPES.flatMap((row) => [row.type.split('::')[2], ...kindsOf(row).keys()]));
/** The library's names that are not words of CloudFormation as well. */
const CLASSES = Object.keys(library).filter((name) => /^[A-Z]/.test(name) && !WORDS_OF_CLOUDFORMATION.has(name) && !['Snapshot', 'Endpoint', 'LogFormat', 'Parameters'].includes(name));
/** What only an app of TypeScript says: a call, a prop or a member. */
const CODE = /\bnew [A-Z]|\w+\(\)|\w+\.\w+\(|\b[a-z]+[A-Z]\w*|\b(engine|users|shards|replicas): \w/;

test.each(Object.entries(CASES_BY_FOLDER).flatMap(([folder, cases]) => Object.entries(cases).map(([name, { bad }]) => [`${folder}: ${name}`, bad] as const)))(
  '%s', (_, Resources) => {
    for (const { code, message: said } of judge({ Resources })) {
      const message = said.replace(/AWS::ElastiCache::\w+/g, '').replace(/"[^"]*"/g, '');
      expect([code, message, CLASSES.filter((name) => new RegExp(`\\b${name}\\b`).test(message))]).toEqual([code, message, []]);
      expect([code, message]).toEqual([code, expect.not.stringMatching(CODE)]);
    }
  });
