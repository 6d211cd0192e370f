// The examples in README, docs and API may use every public name without importing it: their fixture imports them all.
// Exits 1 when that list is not what was compiled last; with --write, brings it up to date. Run in the project's root.
const { readFileSync, writeFileSync } = require('fs');

const file = 'rosetta/default.ts-fixture';
const list = /import \{\n[^}]*\} from 'cdk-elasticache';/;

const names = Object.values(JSON.parse(readFileSync('.jsii', 'utf8')).types)
  .filter(type => !type.namespace)
  .map(type => type.name)
  .sort();
const wanted = `import {\n${names.map(name => `  ${name},\n`).join('')}} from 'cdk-elasticache';`;

const before = readFileSync(file, 'utf8');
const after = before.replace(list, wanted);
if (!list.test(before)) {
  throw new Error(`${file} imports nothing from cdk-elasticache`);
}
if (process.argv.includes('--write')) {
  writeFileSync(file, after);
} else if (before !== after) {
  const listed = new Set(before.match(list)[0].match(/\w+(?=,)/g));
  console.log(`${file} does not list the public names; run \`node scripts/lib/fixture.js --write\``);
  console.log(`  missing: ${names.filter(name => !listed.has(name)).join(' ') || 'none'}`);
  console.log(`  unknown: ${[...listed].filter(name => !names.includes(name)).join(' ') || 'none'}`);
  process.exit(1);
}
