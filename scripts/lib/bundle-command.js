// Makes bin/cdk-elasticache.js of command/: one file with the libraries it uses, so that the package depends on nothing at run time,
// and beside it the licences of these libraries. Run in the project's root; the types were checked before.
// bundle-command.js [DIR]: elsewhere than in bin.
const { buildSync } = require('esbuild');
const { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } = require('fs');
const { join } = require('path');

const FOLDER = process.argv[2] ?? 'bin';

mkdirSync(FOLDER, { recursive: true });
const { metafile } = buildSync({
  entryPoints: ['command/main.ts'],
  outfile: join(FOLDER, 'cdk-elasticache.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  alias: { 'fs-extra': 'node:fs' }, // of which the SARIF builder only writes files, and not for us
  legalComments: 'none', // the notices hold the licences in full
  banner: { js: '#!/usr/bin/env node\n"use strict";' },
  metafile: true,
  logLevel: 'warning',
});

const packages = [...new Set(Object.keys(metafile.inputs).map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean))].sort();
const notices = packages.map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  if (!['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'].includes(license) || file === undefined) {
    throw new Error(`${name} ${version} has the licence ${license} in ${file ?? 'no file'}: look whether it may be bundled`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
});
writeFileSync(join(FOLDER, 'THIRD-PARTY-NOTICES.txt'),
  `cdk-elasticache.js contains the following libraries.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`);
chmodSync(join(FOLDER, 'cdk-elasticache.js'), 0o755); // jsii calls it from Python as it is
console.log(`${FOLDER}: ${Object.values(metafile.outputs)[0].bytes} bytes with ${packages.length} libraries`);
