// What the other languages need of the API, before any package is built. scripts/polyglot then uses the packages.
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');

interface Member {
  readonly name: string;
  readonly static?: boolean;
}

interface Type {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
}

const TYPES: readonly Type[] = Object.values(JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8')).types);
const statics = ({ properties = [] }: Type) => properties.filter((property) => property.static).length;

/**
 * Java sets all constants of a class in one method, whose code is shorter than 65,536 bytes:
 * https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.7.3
 * The code that jsii writes for a constant is 18 bytes, 21 where the class has many: `javap -c` of the packed jar.
 */
const CODE_LIMIT = 65_536;
const CODE_OF_CONSTANT = 21;

test.each(TYPES.filter((type) => statics(type) > 0).map((type) => [type.name, statics(type)]))('%s fits into a class of Java: %d constants', (_, count) => {
  expect(Number(count) * CODE_OF_CONSTANT).toBeLessThan(CODE_LIMIT);
});

test('the largest class is the one that is known to be large', () => {
  const [largest] = [...TYPES].sort((one, other) => statics(other) - statics(one));
  expect(largest.name).toBe('CacheNodeType');
  expect(statics(largest)).toBeGreaterThan(50);
});

/** Python and Java write R7_G_LARGE for R7G_LARGE: two names that differ in underscores and case only would be one there. */
test('no type has two members with one name in another language', () => {
  const twice = TYPES.flatMap(({ name: type, properties = [], methods = [] }) => {
    const names = [...properties, ...methods].map(({ name }) => name.replace(/_/g, '').toLowerCase());
    return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${type}.${name}`);
  });
  expect(twice).toEqual([]);
});

test('the command is a program: from Python jsii calls the file as it is', () => {
  expect(() => fs.accessSync(path.join(ROOT, 'bin', 'cdk-elasticache.js'), fs.constants.X_OK)).not.toThrow();
});
