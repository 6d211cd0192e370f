// index.ts [--check]: draws what each topology creates into docs/images, or says which picture is not what the templates are.
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { draw } from './draw';
import { picture } from './graph';
import { subjects } from './subjects';

const FOLDER = join(__dirname, '..', '..', '..', 'docs', 'images');

async function main(check: boolean): Promise<void> {
  const stale: string[] = [];
  for (const { name, title, template } of subjects()) {
    const file = join(FOLDER, `topology-${name}.svg`);
    const svg = await draw(title, picture(template));
    if (existsSync(file) && readFileSync(file, 'utf8') === svg) {
      continue;
    }
    stale.push(file);
    if (!check) {
      writeFileSync(file, svg);
    }
  }
  const said = check ? 'is not what the template is; run scripts/docs' : 'drawn';
  stale.forEach((file) => console.log(`docs/images/${file.slice(FOLDER.length + 1)}: ${said}`));
  process.exitCode = check && stale.length > 0 ? 1 : 0;
}

void main(process.argv.includes('--check'));
