// Templates of authors who had not seen the rules: one mistake each that AWS refuses, and others that deploy. What was found of them when they were new
// is in the guide; they are kept so that nothing of it is lost.
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { judge, Template } from './support/judge';

interface Unseen {
  readonly broken: readonly { readonly name: string; readonly why: string; readonly codes: readonly string[]; readonly template: Template }[];
  readonly valid: readonly { readonly name: string; readonly template: Template }[];
}

const FOLDER = join(__dirname, 'unseen');
const SETS = readdirSync(FOLDER).map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Unseen] as const);
const BROKEN = SETS.flatMap(([set, { broken }]) => broken.map((each) => [`${set}: ${each.name}`, each] as const));
const VALID = SETS.flatMap(([set, { valid }]) => valid.map((each) => [`${set}: ${each.name}`, each] as const));

/** What is warned of and not rejected, and why. */
const WARNED: Readonly<Record<string, string>> = {
  'api: serverless-same-az': 'AWS names two or three zones as customary, and no refusal of one',
  'language: node-group-config-count': 'no message of a refusal is known',
  'mixed: slot-gap-between-shards': 'no message of a refusal is known',
  'platform: alarm-dimension-attribute': 'CloudFormation reads some properties as attributes, and does not say which',
  'platform: sam-list-in-environment': 'what a macro makes of it is not known',
  'platform: select-third-of-two-nodes': 'how many addresses an attribute lists is not judged',
  'tickets: preferred-with-token': 'the message that is known is of a cache that had a token already',
};

const errorsOf = (template: Template) => [...new Set(judge(template).filter(({ severity }) => severity === 'error').map(({ code }) => code))].sort();

test('what is not rejected is known, and is less than one in twenty', () => {
  expect(BROKEN.filter(([, { codes }]) => codes.length === 0).map(([name]) => name).sort()).toEqual(Object.keys(WARNED));
  expect(Object.keys(WARNED).length / BROKEN.length).toBeLessThan(0.05);
});

test.each(BROKEN)('%s', (_, { template, codes }) => { expect(errorsOf(template)).toEqual(codes); });

test.each(VALID)('deploys: %s', (_, { template }) => { expect(errorsOf(template)).toEqual([]); });
