// The names in docs/migrating.md exist: ours in the compiled API, the old ones in the packages that are installed here.
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const read = (...parts: string[]) => fs.readFileSync(path.join(ROOT, ...parts), 'utf8');

interface Type {
  readonly name: string;
  readonly properties?: { readonly name: string }[];
  readonly methods?: { readonly name: string }[];
}

const TYPES: readonly Type[] = Object.values(JSON.parse(read('.jsii')).types);
const OURS = new Set(TYPES.flatMap(({ name, properties = [], methods = [] }) => [name, ...[...properties, ...methods].map((member) => member.name)]));

/** The names in the cells of a section's table, by column. */
function columns(section: string): string[][] {
  const text = read('docs', 'migrating.md').split(/^## /m).find((each) => each.startsWith(section))!;
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('|---')).slice(1).map((line) => line.split('|').slice(1, -1));
  return rows[0].map((_, column) => rows.flatMap((row) => [...row[column].matchAll(/`([A-Za-z_]+)`/g)].map(([, name]) => name)));
}

test.each([['From the L1s', 1], ['From cdk-redisdb', 1], ['From elasticache-alpha', 1], ['From open-constructs', 1], ['From Terraform', 2]])('%s: our names', (section, column) => {
  const names = columns(section)[column];
  expect(names.length).toBeGreaterThan(4);
  expect(names.filter((name) => !OURS.has(name))).toEqual([]);
});

test.each([
  ['From the L1s', 'aws-cdk-lib/aws-elasticache/lib/elasticache.generated.d.ts'],
  ['From cdk-redisdb', 'cdk-redisdb/lib/index.d.ts'],
  ['From elasticache-alpha', '@aws-cdk/aws-elasticache-alpha/lib'],
])('%s: the old names', (section, place) => {
  const target = path.join(ROOT, 'node_modules', place);
  const files = fs.statSync(target).isDirectory() ? fs.readdirSync(target).filter((file) => file.endsWith('.d.ts')).map((file) => path.join(target, file)) : [target];
  const declared = new Set(files.flatMap((file) => fs.readFileSync(file, 'utf8').match(/\w+/g) ?? []));
  expect(columns(section)[0].filter((name) => !declared.has(name))).toEqual([]);
});
