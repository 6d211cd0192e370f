import { existsSync } from 'fs';
import { dirname, join } from 'path';

/** The folder of this package, in whichever of its folders the code is that runs. */
export function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    folder = dirname(folder);
  }
  return folder;
}
