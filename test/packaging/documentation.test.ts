// What the documentation of each language is made of: the assembly, before any package is built. scripts/polyglot then looks into the packages.
import * as fs from 'fs';
import * as path from 'path';

interface Docs { readonly summary?: string; readonly remarks?: string; readonly example?: string; readonly see?: string }
interface Member { readonly name: string; readonly docs?: Docs; readonly type?: { readonly primitive?: string }; readonly optional?: boolean }
interface Type {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
}

const TYPES: readonly Type[] = Object.values(JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', '.jsii'), 'utf8')).types);

test('every class has an example', () => {
  expect(TYPES.filter(({ kind, docs }) => kind === 'class' && !docs?.example).map(({ name }) => name)).toEqual([]);
});

/** In the text of a comment it stays TypeScript for Go: jsii-pacmak translates `@example` alone there. */
test('examples are where every language translates them', () => {
  const places = TYPES.flatMap((type) => [type, ...type.properties ?? [], ...type.methods ?? []].map(({ name, docs }) => ({ where: `${type.name}.${name}`, docs })));
  expect(places.filter(({ docs }) => docs?.remarks?.includes('```')).map(({ where }) => where)).toEqual([]);
});

/** A number alone says nothing: how many of what, or in which unit. */
test('every number of an option says what it counts, or its unit', () => {
  const UNIT = /how many|number|percent|a minute|a second|minutes|hour|bytes|entries|port|unit|CPUs|gigabits|connections|credits|larger|above|below|beyond|1 to|0 to/i;
  const numbers = TYPES.filter(({ datatype }) => datatype)
    .flatMap(({ name, properties = [] }) => properties.filter(({ type }) => type?.primitive === 'number').map((property) => ({ where: `${name}.${property.name}`, docs: property.docs })));
  expect(numbers.length).toBeGreaterThan(30);
  expect(numbers.filter(({ docs }) => !UNIT.test(`${docs?.summary} ${docs?.remarks}`)).map(({ where }) => where)).toEqual([]);
});
