// Takes the source maps out of the compiled modules, which the compiler writes into them with the sources: they are two thirds of the package, and every
// process that loads a module reads them. The compiled text is as readable as its source. Run in the project's root after compilation.
const { readdirSync, readFileSync, writeFileSync } = require('fs');
const { join } = require('path');

const FOLDER = process.argv[2] ?? 'lib';
const MAP = /^\/\/# sourceMappingURL=data:.*\n?/m;

for (const entry of readdirSync(FOLDER, { recursive: true })) {
  const file = join(FOLDER, entry);
  const text = file.endsWith('.js') ? readFileSync(file, 'utf8') : '';
  if (MAP.test(text)) {
    writeFileSync(file, text.replace(MAP, ''));
  }
}
