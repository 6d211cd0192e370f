// The index of the examples names each of them.
import * as fs from 'fs';
import * as path from 'path';

const EXAMPLES = path.join(__dirname, '..', '..', 'examples');
const index = fs.readFileSync(path.join(EXAMPLES, 'README.md'), 'utf8');

test.each(fs.readdirSync(EXAMPLES, { withFileTypes: true }).filter((each) => each.isDirectory()).map(({ name }) => name))('examples/%s is in the index', (name) => {
  expect(index).toMatch(new RegExp(`^\\| \\[${name}\\]\\(${name}/`, 'm'));
});

test.each(['python/app.py', 'java/src/main/java/Quickstart.java', 'go/main.go', 'client.py'])('the quickstart has %s', (file) => {
  expect(index).toContain(`quickstart/${file}`);
  expect(fs.existsSync(path.join(EXAMPLES, 'quickstart', file))).toBe(true);
});
