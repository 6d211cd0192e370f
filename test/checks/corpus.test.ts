// Templates that deploy, our own and others': nothing in them is rejected.
import * as fs from 'fs';
import { App } from 'aws-cdk-lib';
import { INDEPENDENT, REFUSED } from './support/independent';
import { rejections } from './support/judge';
import { PREFLIGHT } from './support/preflight';
import { exampleApp, exampleFiles } from '../oracle/support/example-app';
import { generatedCaches } from '../oracle/support/generated-caches';

function templatesOf(app: App): { name: string; region?: string; template: Parameters<typeof rejections>[0] }[] {
  const assembly = app.synth();
  return assembly.stacksRecursively.map((stack) => (
    { name: stack.stackName, region: stack.environment.region === 'unknown-region' ? undefined : stack.environment.region, template: JSON.parse(fs.readFileSync(stack.templateFullPath, 'utf8')) }));
}

test.each([
  ...exampleFiles().map(({ name, file }) => [`the example ${name}`, () => exampleApp(file)] as const),
  ['caches that the library makes', () => generatedCaches(60)] as const,
])('%s', (_, build) => {
  const templates = templatesOf(build());
  expect(templates.length).toBeGreaterThan(0);
  templates.forEach(({ name, template, region }) => expect([name, rejections(template, region)]).toEqual([name, []]));
});

test.each([...INDEPENDENT, ...PREFLIGHT].map(({ link, resources }) => [link, resources] as const))('%s', (_, Resources) => {
  expect(rejections({ Resources })).toEqual([]);
});

test.each(REFUSED.map(({ link, resources, codes }) => [link, resources, codes] as const))('rejected with a reason: %s', (_, Resources, codes) => {
  expect(rejections({ Resources }).map(({ code }) => code).sort()).toEqual([...codes].sort());
});
