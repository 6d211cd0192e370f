import { execFileSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { Node, Parser } from 'commonmark';

/** Code on a page of ours. */
export interface Snippet {
  readonly page: string;
  readonly line: number;
  /** What the fence says it is, the first word of it; `undefined` for code in a line. */
  readonly language?: string;
  readonly code: string;
}

/** Written by tools: the API from docstrings, whose examples are compiled there, and the changelog. */
const GENERATED = ['API.md', 'CHANGELOG.md'];

export function pages(): string[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' })
    .split('\0').filter((file) => file !== '' && existsSync(file) && !GENERATED.includes(file));
}

export function snippets(page: string): Snippet[] {
  const walker = new Parser().parse(readFileSync(page, 'utf8')).walker();
  const found: Snippet[] = [];
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { node } = event;
    if (node.type === 'code_block') {
      found.push({ page, line: lineOf(node), language: node.info?.split(/\s/)[0] ?? '', code: node.literal ?? '' });
    } else if (node.type === 'code') {
      found.push({ page, line: lineOf(node), code: node.literal ?? '' });
    }
  }
  return found;
}

/** Code in a line has no position of its own; its paragraph has. */
function lineOf(node: Node): number {
  return node.sourcepos?.[0][0] ?? (node.parent === null ? 1 : lineOf(node.parent));
}
