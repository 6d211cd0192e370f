// print.ts PAGE WORDS: prints the one block of shell commands of PAGE that holds WORDS.
import { snippets } from './pages';

const [page, words] = process.argv.slice(2);
const found = snippets(page).filter(({ language, code }) => language === 'shell' && code.includes(words));
if (found.length !== 1) {
  throw new Error(`${page} has ${found.length} blocks of commands with "${words}"`);
}
process.stdout.write(found[0].code);
