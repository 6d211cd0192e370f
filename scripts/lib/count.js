// count.js REPORT: reads a jest JSON report or a JUnit XML one.
// Prints `passed failed skipped` on the first line, then a line for each test that failed.
const { readFileSync } = require('fs');

const report = readFileSync(process.argv[2], 'utf8');
const { passed, failed, skipped, failures } = process.argv[2].endsWith('.json') ? jest(JSON.parse(report)) : junit(report);
console.log([`${passed} ${failed} ${skipped}`, ...failures].join('\n'));

function jest(result) {
  const suites = result.testResults.filter(suite => suite.status === 'failed');
  // A file that cannot be loaded has no tests; it counts as one that failed.
  const broken = suites.filter(suite => suite.assertionResults.length === 0);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
    failures: [
      ...broken.map(suite => `${suite.name}: ${suite.message.split('\n').find(line => line.trim() && !/●/.test(line)) ?? 'did not load'}`),
      ...suites.flatMap(suite => suite.assertionResults.filter(test => test.status === 'failed').map(test => test.fullName)),
    ],
  };
}

function junit(xml) {
  const sum = name => [...xml.matchAll(/<testsuite\s[^>]*>/g)]
    .reduce((total, [suite]) => total + Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? 0), 0);
  const failed = sum('failures') + sum('errors');
  const failures = [...xml.matchAll(/<testcase\s([^>]*[^/])>\s*<(?:failure|error)/g)]
    .map(([, attributes]) => `${/classname="([^"]*)"/.exec(attributes)?.[1]} ${/\sname="([^"]*)"/.exec(attributes)?.[1]}`);
  return { passed: sum('tests') - failed - sum('skipped'), failed, skipped: sum('skipped'), failures };
}
