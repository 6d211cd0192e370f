// Puts the compiled library into a few files: to find and read some two hundred takes Node.js longer than to run them. What a default cache loads is
// in lib/modules.js. The rest is in files beside it, so that nobody reads what only rules for templates, alarms or other topologies need. In a file each
// module still waits until it is first used, and lib/index.js asks for it when one of its names is, as aws-cdk-lib's own index does. The names are
// written one by one, so that `import { CacheCluster } from` of an ES module, which looks for them in the text, finds them; the types (*.d.ts) stay.
// Run in the project's root after compilation; it changes nothing when it is run again.
const { build } = require('esbuild');
const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('fs');
const { dirname, join, relative, resolve } = require('path');
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

const FOLDER = resolve(process.argv[2] ?? 'lib');
const INDEX = join(FOLDER, 'index.js');
const WITHOUT_COMMENTS = { removeComments: true, target: ScriptTarget.ES2022, module: ModuleKind.CommonJS };
const EXPORT_STAR = /^__exportStar\(require\("\.\/([^"]+)"\), exports\);$/gm;
const REQUIRE = /\brequire\((["'])(\.\.?\/[^"']+)\1\)/g;

/** The file of what a default cache loads, and the folders of which the rest is in a file of its own. */
const FIRST = 'modules';
const LARGE = ['checks', 'memcached', 'monitoring', 'serverless'];

/** Other packages and files, as the modules of a file see them. */
const ONCE = 'once';

/** The module that a file is, or that a module requires by a name. */
const moduleOf = (file) => relative(FOLDER, file).replace(/\.js$/, '');
const requiredBy = (module, name) => moduleOf(resolve(FOLDER, dirname(module), name));

/** The modules that a cache of which nothing is said loads: one is made, and this process asked. */
function modulesOfDefaultCache() {
  const { App, Stack, aws_ec2 } = require('aws-cdk-lib');
  const { CacheCluster } = require(join(FOLDER, 'cache', 'cache-cluster'));
  const stack = new Stack(new App(), 'Stack');
  new CacheCluster(stack, 'Cache', { vpc: new aws_ec2.Vpc(stack, 'Vpc') });
  return Object.keys(require.cache).filter((file) => file.startsWith(join(FOLDER, '/'))).map(moduleOf);
}

/** The module that exports each name. */
function ownersOfNames(exporting) {
  const owners = new Map();
  for (const module of exporting) {
    for (const name of Object.keys(require(join(FOLDER, module)))) {
      if (owners.has(name)) {
        throw new Error(`${name} is exported by ${owners.get(name)} and by ${module}`);
      }
      owners.set(name, module);
    }
  }
  return owners;
}

/** The texts of some modules and of all that they require, without comments. */
function textsOf(modules) {
  const texts = new Map();
  const open = [...modules];
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    if (!texts.has(module)) {
      const file = join(FOLDER, `${module}.js`);
      if (!existsSync(file)) {
        throw new Error(`${module} is required, and not there`);
      }
      const { outputText } = transpileModule(readFileSync(file, 'utf8'), { compilerOptions: WITHOUT_COMMENTS });
      texts.set(module, outputText);
      open.push(...[...outputText.matchAll(REQUIRE)].map(([, , name]) => requiredBy(module, name)));
    }
  }
  return texts;
}

/** Puts some of the modules into a file. What they require of another file they ask that one for. */
async function writeFile(name, modules, texts, fileOf) {
  const asking = (module) => texts.get(module).replace(REQUIRE, (same, quote, path) => {
    const other = requiredBy(module, path);
    return fileOf(other) === name ? same : `require("./${fileOf(other)}")["${other}"]()`;
  });
  await build({
    stdin: { contents: `module.exports = {\n${modules.map((module) => `"${module}": () => require("./${module}"),`).join('\n')}\n};\n`, resolveDir: FOLDER },
    outfile: join(FOLDER, `${name}.js`),
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    plugins: [{
      name: 'modules',
      setup: ({ onResolve, onLoad }) => {
        // Node.js looks anew for what another one has loaded, each time that it is required: a file does so once for all its modules.
        onResolve({ filter: /^[^.]|^\.\/modules(-\w+)?$/ }, ({ path, namespace }) =>
          namespace === ONCE ? { path, external: true } : { path, namespace: ONCE });
        onLoad({ filter: /./, namespace: ONCE }, ({ path }) => ({ contents: `module.exports = require("${path}");` }));
        onLoad({ filter: /\.js$/ }, ({ path }) => texts.has(moduleOf(path)) ? { contents: asking(moduleOf(path)), loader: 'js' } : undefined);
      },
    }],
  });
}

async function main() {
  const compiled = readFileSync(INDEX, 'utf8');
  const exporting = [...compiled.matchAll(EXPORT_STAR)].map(([, module]) => module);
  if (exporting.length === 0) {
    if (!compiled.includes('lazily("')) {
      throw new Error(`${INDEX} exports nothing that could be loaded later: was it compiled?`);
    }
    return;
  }
  const first = new Set(modulesOfDefaultCache());
  const owners = ownersOfNames(exporting);
  const texts = textsOf(exporting);
  const fileOf = (module) => {
    const [folder] = module.split('/');
    return first.has(module) ? FIRST : `${FIRST}-${LARGE.includes(folder) ? folder : 'others'}`;
  };
  readdirSync(FOLDER).filter((file) => /^modules(-\w+)?\.js$/.test(file)).forEach((file) => rmSync(join(FOLDER, file)));
  for (const file of new Set([...texts.keys()].map(fileOf))) {
    await writeFile(file, [...texts.keys()].filter((module) => fileOf(module) === file).sort(), texts, fileOf);
  }
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
${names.map((name) => `lazily("${name}", () => require("./${fileOf(owners.get(name))}")["${owners.get(name)}"]());`).join('\n')}
`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
