import { readFileSync } from 'fs';
import { join } from 'path';
import { rulesPage } from '../../scripts/lib/rules-page';
import { RULES } from '../../src/checks/rules';

const page = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');

test('docs/rules.md is what the rules are: `scripts/docs` writes it', () => expect(page).toBe(rulesPage()));

test('every rule is on the page, and every link on it leads somewhere', () => {
  for (const { code, resourceType } of RULES) {
    expect(page).toContain(`### ${code} of ${resourceType.split('::').at(-1)}\n`);
  }
  const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title.toLowerCase().replaceAll(' ', '-'));
  expect([...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor).filter((anchor) => !anchors.includes(anchor))).toEqual([]);
});

test('a rule with one code for one type is listed once', () => {
  const keys = RULES.map(({ code, resourceType }) => `${code} ${resourceType}`);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
