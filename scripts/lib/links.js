// Looks for links in our Markdown that lead nowhere: to files that are not there, or to headings that no page has. Run in the project's root.
// Links to other sites are not followed.
const { execFileSync } = require('child_process');
const { existsSync, readFileSync, statSync } = require('fs');
const { dirname, join, normalize } = require('path');

const pages = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' })
  .split('\0').filter(file => file && existsSync(file));

const withoutCode = text => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** As GitHub makes the anchor of a heading: a title that comes again gets a number. */
const anchors = new Map();
function anchorsOf(page) {
  if (!anchors.has(page)) {
    const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
    const seen = new Map();
    const headings = [...text.matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)].map(([, title]) => {
      const plain = title.replace(/<[^>]*>/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
      const anchor = plain.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    });
    anchors.set(page, new Set([...headings, ...[...text.matchAll(/<a [^>]*\b(?:id|name)="([^"]+)"/g)].map(([, id]) => id)]));
  }
  return anchors.get(page);
}

let links = 0;
const dead = [];
for (const page of pages) {
  const text = withoutCode(readFileSync(page, 'utf8'));
  const targets = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|<(?:a|img)\s[^>]*\b(?:href|src)="([^"]+)"/g)].map(([, link, attribute]) => link ?? attribute);
  for (const target of targets.filter(each => !/^[a-z]+:/i.test(each))) {
    links++;
    const [file, anchor] = target.split('#');
    const path = file === '' ? page : normalize(join(dirname(page), decodeURIComponent(file)));
    if (!existsSync(path) || path.startsWith('..')) {
      dead.push(`${page}: ${target}: there is no ${path}`);
    } else if (anchor && statSync(path).isFile() && path.endsWith('.md') && !anchorsOf(path).has(decodeURIComponent(anchor))) {
      dead.push(`${page}: ${target}: ${path} has no such heading`);
    }
  }
}
console.log([...dead, `${links} links in ${pages.length} pages, ${dead.length} lead nowhere`].join('\n'));
process.exitCode = dead.length > 0 || links === 0 ? 1 : 0;
