// Licences and install scripts of everything in package-lock.json: node scripts/lib/licences.js, in the project's root.
// The published package depends on nothing; this is about what people who build it install, and what may be bundled into the command.
const { readFileSync } = require('fs');

const PERMISSIVE = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Python-2.0']);

/** Other licences, each package by name. A row that nothing needs any more fails. */
const BY_NAME = {
  '@cloud-copilot/iam-simulate': ['AGPL-3.0-or-later', 'a judge of the tests, run and never shipped or linked to'],
  '@cloud-copilot/iam-policy': ['AGPL-3.0-or-later', 'a part of iam-simulate'],
  '@cloud-copilot/iam-utils': ['AGPL-3.0-or-later', 'a part of iam-simulate'],
  'caniuse-lite': ['CC-BY-4.0', 'data of the test coverage'],
  'spdx-exceptions': ['CC-BY-3.0', 'data of projen'],
};

/** Packages that run something when they are installed. npm 11 asks before it does; the tests work without. */
const INSTALL_SCRIPTS = {
  '@parcel/watcher': 'compiles itself where no compiled one exists',
  'esbuild': 'links its compiled program',
  'protobufjs': 'prints a warning about versions',
  'unrs-resolver': 'fetches its compiled program where npm did not',
};

/** An expression with OR is good when one side is. */
function permissive(licence) {
  return licence.replace(/[()]/g, '').split(' OR ').some((each) => PERMISSIVE.has(each));
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const named = new Set();
const problems = [];
const counts = {};
for (const [path, { name, license, dev, devOptional, peer, hasInstallScript }] of Object.entries(packages)) {
  if (path === '') {
    continue;
  }
  const called = name ?? path.replace(/^.*node_modules\//, '');
  const licence = String(license ?? 'none');
  counts[licence] = (counts[licence] ?? 0) + 1;
  if (!permissive(licence)) {
    named.add(called);
    if (BY_NAME[called]?.[0] !== licence) {
      problems.push(`${called} has the licence ${licence}: use another package, or add a row with the reason to scripts/lib/licences.js`);
    }
    if (!dev) {
      problems.push(`${called}, ${licence}, is no development dependency`);
    }
  }
  if (hasInstallScript && !INSTALL_SCRIPTS[called]) {
    problems.push(`${called} runs a script when it is installed: look at it, and add it to scripts/lib/licences.js`);
  }
  if (!dev && !devOptional && !peer) {
    problems.push(`${called} would be installed with the library, which depends on nothing`);
  }
}
Object.keys(BY_NAME).filter((name) => !named.has(name)).forEach((name) => problems.push(`scripts/lib/licences.js names ${name}, which is not installed`));

console.log(Object.entries(counts).sort(([, one], [, other]) => other - one).map(([licence, count]) => `${count} ${licence}`).join(', '));
console.log([...problems, `${Object.keys(packages).length - 1} packages, ${problems.length} problems`].join('\n'));
process.exitCode = problems.length > 0 ? 1 : 0;
