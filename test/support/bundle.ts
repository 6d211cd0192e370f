import { execFileSync } from 'child_process';
import { join } from 'path';

/** Before all tests: the function that rotates passwords is bundled from its source as it is now, as a build does. */
export default function bundle(): void {
  execFileSync(process.execPath, [join(__dirname, '..', '..', 'scripts', 'lib', 'bundle-rotation.js')], { stdio: ['ignore', 'inherit', 'inherit'] });
}
