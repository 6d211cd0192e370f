// documented-package.js DIR: makes DIR look like this package to jsii-rosetta, with every guide of docs/ as one more readme,
// for rosetta reads examples from readmes and API comments only. Run in the project's root, after compiling.
const { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } = require('fs');
const { join, resolve } = require('path');

const target = process.argv[2];
mkdirSync(target, { recursive: true });
for (const part of ['package.json', 'lib', 'rosetta', 'node_modules']) {
  symlinkSync(resolve(part), join(target, part));
}

const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
const guides = existsSync('docs') ? readdirSync('docs', { recursive: true }).filter(file => file.endsWith('.md')) : [];
const readmes = guides.map(file => [`${assembly.name}.docs/${file}`, { readme: { markdown: readFileSync(join('docs', file), 'utf8') } }]);
writeFileSync(join(target, '.jsii'), JSON.stringify({ ...assembly, submodules: { ...assembly.submodules, ...Object.fromEntries(readmes) } }));
console.log(`examples of README, API and ${guides.length} guides`);
