// The API against the guidelines of the AWS CDK, by awslint: node scripts/lib/awslint.js, in the project's root, after compiling.
// The linter is called as a library: its command does not run with the colours that npm installs beside it, and knows no reasons.
const { ALL_RULES_LINTER, DiagnosticLevel } = require('awslint/lib');
const { createRequire } = require('module');
const exclusions = require('./awslint-exclusions');

// The same copy that awslint was made with.
const { TypeSystem } = createRequire(require.resolve('awslint/lib'))('jsii-reflect');

function matcher(pattern) {
  return new RegExp(`^${pattern.split('*').map(part => part.replace(/[.[\]]/g, '\\$&')).join('.*')}$`);
}

async function main() {
  const types = new TypeSystem();
  await types.load(process.cwd(), { validate: false, supportedFeatures: ['intersection-types', 'class-covariant-overrides'] });
  types.lock();
  const rows = exclusions.map(row => ({ ...row, matches: matcher(row.pattern), used: 0 }));
  const diagnostics = ALL_RULES_LINTER.eval(types.roots[0], {});
  const objections = diagnostics.filter(({ level }) => level === DiagnosticLevel.Error || level === DiagnosticLevel.Warning);
  const open = objections.filter(({ rule, scope }) => {
    const row = rows.find(({ matches }) => matches.test(`${rule.code}:${scope}`));
    return !(row && ++row.used);
  });
  open.forEach(({ rule, scope, message }) => console.log(`${rule.code}:${scope} ${message}`));
  const unused = rows.filter(({ used }) => used === 0);
  unused.forEach(({ pattern }) => console.log(`nothing is excluded by ${pattern}: remove it from scripts/lib/awslint-exclusions.js`));
  console.log(`${diagnostics.length} judgements, ${objections.length} objections, ${open.length} of them without a reason not to follow`);
  process.exitCode = open.length + unused.length > 0 || diagnostics.length === 0 ? 1 : 0;
}

main();
