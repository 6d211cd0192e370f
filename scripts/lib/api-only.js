// api-only.js FILE: prints an assembly of jsii without what is no part of the API: texts, places in the source, fingerprints.
const { readFileSync } = require('fs');

const TEXTS = new Set(['readme', 'locationInModule', 'locationInSource', 'remarks', 'summary', 'example', 'see', 'returns', 'default', 'custom']);

const assembly = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// Names of members may be the same words: only keys of objects that are not indexed by names are left out.
function apiOf(value, key) {
  if (Array.isArray(value)) {
    return value.map((each) => apiOf(each));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const named = key === 'types' || key === 'dependencyClosure' || key === 'submodules';
  return Object.fromEntries(Object.entries(value).filter(([name]) => named || !TEXTS.has(name)).map(([name, each]) => [name, apiOf(each, name)]));
}
console.log(JSON.stringify({ ...apiOf(assembly), fingerprint: '*' }));
