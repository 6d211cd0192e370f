// Makes one file of the compiled library, lib/modules.js: to find and read some ninety files takes Node.js longer than to run them. In it each module
// still waits until it is first used, and lib/index.js asks for it when one of its names is, as aws-cdk-lib's own index does. The names are written
// one by one, so that `import { CacheCluster } from` of an ES module, which looks for them in the text, finds them; the types (*.d.ts) stay as they are.
// Run in the project's root after compilation; it changes nothing when it is run again.
const { buildSync } = require('esbuild');
const { existsSync, readFileSync, writeFileSync } = require('fs');
const { join, resolve } = require('path');

const FOLDER = process.argv[2] ?? 'lib';
const INDEX = join(FOLDER, 'index.js');
const EXPORT_STAR = /^__exportStar\(require\("(\.\/[^"]+)"\), exports\);$/gm;

const compiled = readFileSync(INDEX, 'utf8');
const modules = [...compiled.matchAll(EXPORT_STAR)].map(([, module]) => module);
if (modules.length === 0) {
  if (!compiled.includes('lazily("')) {
    throw new Error(`${INDEX} exports nothing that could be loaded later: was it compiled?`);
  }
  process.exit(0);
}

const owners = new Map();
for (const module of modules) {
  const file = resolve(FOLDER, `${module}.js`);
  if (!existsSync(file)) {
    throw new Error(`${INDEX} names ${module}, which is not there`);
  }
  for (const name of Object.keys(require(file))) {
    if (owners.has(name)) {
      throw new Error(`${name} is exported by ${owners.get(name)} and by ${module}`);
    }
    owners.set(name, module);
  }
}

buildSync({
  stdin: {
    contents: `module.exports = {\n${modules.map((module) => `  "${module}": () => require("${module}"),`).join('\n')}\n};\n`,
    resolveDir: resolve(FOLDER),
  },
  outfile: join(FOLDER, 'modules.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['aws-cdk-lib', 'constructs'],
  logLevel: 'warning',
});

const names = [...owners.keys()];
writeFileSync(INDEX, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
${[...names].reverse().map((name) => `exports.${name} = `).join('')}void 0;
function lazily(name, load) {
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => {
        const value = load()[name];
        Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });
        return value;
    } });
}
${names.map((name) => `lazily("${name}", () => require("./modules")["${owners.get(name)}"]());`).join('\n')}
`);
