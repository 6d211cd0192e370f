// Writes docs/rules.md from the rules and their cases: npx tsx scripts/rules-page.ts
import { writeFileSync } from 'fs';
import { join } from 'path';
import { rulesPage } from './lib/rules-page';

writeFileSync(join(__dirname, '../docs/rules.md'), rulesPage());
