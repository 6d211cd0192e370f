// Bundles the function that rotates passwords into `assets/rotation`, which the npm package holds: nothing is bundled or fetched when an app is synthesized.
// The AWS SDK is left out, the runtime of the function brings it.
'use strict';
const path = require('path');
const { buildSync } = require('esbuild');

const ROOT = path.join(__dirname, '..', '..');

buildSync({
  absWorkingDir: ROOT,
  entryPoints: ['src/auth/rotation/index.ts'],
  outfile: 'assets/rotation/index.js',
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['@aws-sdk/*'],
  logLevel: 'warning',
});
