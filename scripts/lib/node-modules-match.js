// Exits 0 when node_modules holds what package-lock.json says, else 1 and says what differs. Run in the project's root.
const { existsSync, readFileSync } = require('fs');

const read = file => JSON.parse(readFileSync(file, 'utf8'));

function difference() {
  const wanted = read('package-lock.json').packages;
  const manifest = read('package.json');
  for (const kind of ['dependencies', 'devDependencies', 'peerDependencies']) {
    if (JSON.stringify(manifest[kind] ?? {}) !== JSON.stringify(wanted[''][kind] ?? {})) {
      return `package.json has other ${kind} than package-lock.json`;
    }
  }
  // npm's own note of what it installed.
  if (!existsSync('node_modules/.package-lock.json')) {
    return 'node_modules is not there, or was not made by npm';
  }
  const installed = read('node_modules/.package-lock.json').packages;
  for (const [path, { version, optional, inBundle }] of Object.entries(wanted)) {
    if (path === '' || (optional && !installed[path])) { // what is made for other machines is left out
      continue;
    }
    // npm counts some packages as bundled that are not, and leaves them out: their files prove nothing.
    if (installed[path]?.version !== version || (!inBundle && !existsSync(`${path}/package.json`))) {
      return `${path} is not at version ${version}`;
    }
  }
  const extra = Object.keys(installed).find(path => !wanted[path]);
  return extra && `${extra} is not in package-lock.json`;
}

const found = difference();
if (found) {
  console.log(found);
  process.exit(1);
}
