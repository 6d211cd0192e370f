// sbom.js FILE|--check: completes what `npm sbom` says, which comes on standard input. npm sees no dependencies, for the package has none;
// what is inside the bundled command is read from its notices, and the two libraries that the application brings are named as such.
const { mkdirSync, readFileSync, writeFileSync } = require('fs');
const { dirname } = require('path');

const NOTICES = 'bin/THIRD-PARTY-NOTICES.txt';

const bill = JSON.parse(readFileSync(0, 'utf8'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

function component(name, version, licence, scope, description) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    'bom-ref': `${name}@${version}`, 'type': 'library', name, version, scope, description, purl,
    'licenses': [{ license: { id: licence } }],
  };
}

const bundled = [...readFileSync(NOTICES, 'utf8').matchAll(/^(\S+) (\d\S+) \(([^)]+)\)$/gm)]
  .map(([, name, version, licence]) => component(name, version, licence, 'required', 'bundled into bin/cdk-elasticache.js'));
const peers = Object.entries(manifest.peerDependencies)
  .map(([name, range]) => component(name, range.replace('^', ''), 'Apache-2.0', 'excluded', 'brought by the application, in this version or newer'));
const parts = [...bundled, ...peers];

bill.metadata.component.name = manifest.name;
bill.components = parts;
bill.dependencies = [{ ref: bill.metadata.component['bom-ref'], dependsOn: parts.map((part) => part['bom-ref']) }, ...parts.map((part) => ({ ref: part['bom-ref'], dependsOn: [] }))];

if (bundled.length === 0) {
  console.error(`${NOTICES} names no library: run \`npx projen pre-compile\``);
  process.exitCode = 1;
} else if (process.argv[2] !== '--check') {
  mkdirSync(dirname(process.argv[2]), { recursive: true });
  writeFileSync(process.argv[2], `${JSON.stringify(bill, null, 2)}\n`);
}
console.log(`${bundled.length} libraries in the package, ${peers.length} beside it: ${parts.map((part) => part['bom-ref']).join(', ')}`);
