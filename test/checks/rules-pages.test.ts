import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { linkTo, rulesPages } from '../../scripts/lib/rules-pages';
import { RULES } from '../../src/checks/rules';

const DOCS = join(__dirname, '../../docs');
const PAGES = rulesPages();

test('the pages are what the rules are: `scripts/docs` writes them', () => {
  const written = ['rules.md', ...readdirSync(join(DOCS, 'rules')).map((file) => `rules/${file}`)];
  expect(written.sort()).toEqual(Object.keys(PAGES).sort());
  for (const [page, text] of Object.entries(PAGES)) {
    expect(readFileSync(join(DOCS, page), 'utf8')).toBe(text);
  }
});

/** @see https://docs.github.com/en/rest/markdown/markdown */
test('every page is short enough to be rendered: GitHub takes Markdown of at most 400 KB', () => {
  for (const page of Object.keys(PAGES)) {
    expect([page, statSync(join(DOCS, page)).size < 400_000]).toEqual([page, true]);
  }
});

test('every rule is on one page, where links to it lead', () => {
  const titles = Object.values(PAGES).flatMap((text) => [...text.matchAll(/^### (.+)$/gm)].map(([, title]) => title));
  expect(titles).toHaveLength(RULES.length);
  for (const rule of RULES) {
    const [page, anchor] = linkTo(rule).split('#');
    expect(PAGES[page]).toContain(`\n### ${rule.code} of ${rule.resourceType.split('::').at(-1)}\n`);
    expect(anchor).toBe(`${rule.code} of ${rule.resourceType.split('::').at(-1)}`.toLowerCase().replaceAll(' ', '-'));
  }
});

test('every link within a page leads somewhere, and no two titles are the same', () => {
  for (const text of Object.values(PAGES)) {
    const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title.toLowerCase().replaceAll(':', '').replaceAll(' ', '-'));
    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
    expect([...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor).filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  }
});

test('a rule with one code for one type is listed once', () => {
  const keys = RULES.map(({ code, resourceType }) => `${code} ${resourceType}`);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
