// What Construct Hub asks of a package, as the table in docs/versioning.md says it.
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

test('public on npm, with its repository', () => {
  expect(manifest.publishConfig?.access).toBe('public');
  expect(manifest.private).toBeUndefined();
  expect(manifest.repository.url).toMatch(/^https:/);
});

test('built with jsii, and the assembly is in the package', () => {
  expect(manifest.files).toContain('.jsii');
  expect(fs.existsSync(path.join(ROOT, '.jsii'))).toBe(true);
});

test('an open licence', () => expect(manifest.license).toBe('Apache-2.0'));

test('keywords that it knows', () => expect(manifest.keywords).toEqual(expect.arrayContaining(['awscdk', 'aws-cdk', 'cdk'])));

test('four languages beside TypeScript', () => expect(Object.keys(manifest.jsii.targets).sort()).toEqual(['dotnet', 'go', 'java', 'python']));
