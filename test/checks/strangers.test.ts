// The judge's view: templates written from public knowledge of what AWS refuses and takes, read as the command reads files.
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Template } from './strangers/bases';
import { BROKEN } from './strangers/broken';
import { VALID } from './strangers/valid';
import { check } from '../../command/check';
import { readTemplate } from '../../command/template-file';

const REGION = 'eu-west-1';

let folder: string;

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'strangers-')); });
afterAll(() => rmSync(folder, { recursive: true }));

function errors(template: string | Template): string[] {
  const yaml = typeof template === 'string';
  const path = join(folder, yaml ? 'template.yaml' : 'template.json');
  writeFileSync(path, yaml ? template : JSON.stringify(template));
  return check([{ file: readTemplate(path), region: undefined, acknowledged: () => undefined }], { region: REGION, parameters: {}, acknowledge: {} })
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, logicalId, message }) => `${rule.code} of ${logicalId}: ${message}`);
}

const code = (finding: string): string => finding.split(' ')[0];

/** What is not rejected, and why. */
const NOT_FOUND: Readonly<Record<string, string>> = {
  'a limit beside the limits': 'a property that resembles none may be newer than this library: a warning says so',
};

test('at least 95 % of what AWS refuses is found for the right reason', () => {
  const missed = BROKEN.filter(({ template, codes }) => !errors(template).some((finding) => codes.includes(code(finding))));
  expect(missed.map(({ name }) => name)).toEqual(Object.keys(NOT_FOUND));
  expect((BROKEN.length - missed.length) / BROKEN.length).toBeGreaterThanOrEqual(0.95);
});

test('every template that AWS refuses says why, where that is written, and which rules name it', () => {
  BROKEN.forEach(({ why, source, codes }) => expect([why !== '', source.startsWith('https://'), codes.length > 0]).toEqual([true, true, true]));
});

test.each(VALID.map(({ name, template }) => [name, template] as const))('deploys: %s', (_, template) => {
  expect(errors(template)).toEqual([]);
});

test('the corpus is large, and nothing is in it twice', () => {
  expect(BROKEN.length).toBeGreaterThanOrEqual(120);
  expect(VALID.length).toBeGreaterThanOrEqual(120);
  [BROKEN, VALID].forEach((all) => expect(new Set(all.map(({ name }) => name)).size).toBe(all.length));
});
