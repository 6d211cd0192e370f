import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib';

/** aws-cdk-lib calls the function under this key with every `App` that is created. */
const APP_CREATED = Symbol.for('@aws-cdk/core.App#initHook');

/**
 * The app of an `app.ts` that the CDK CLI runs: such a file creates an `App` and exports nothing.
 *
 * It is loaded, which runs it, and the app it created is taken before anything was synthesized.
 * Modules load once, so this works once for each file and test file.
 */
export function exampleApp(file: string): App {
  const created: App[] = [];
  const hooks = globalThis as unknown as Record<symbol, ((app: App) => void) | undefined>;
  hooks[APP_CREATED] = app => created.push(app);
  try {
    jest.requireActual(file);
  } finally {
    delete hooks[APP_CREATED];
  }
  if (created.length !== 1) {
    throw new Error(`${file} created ${created.length} apps, expected 1`);
  }
  return created[0];
}

/** Every example: a folder with an `app.ts`. */
export function exampleFiles(): { name: string; file: string }[] {
  const root = path.join(__dirname, '..', '..', '..', 'examples');
  return fs.readdirSync(root)
    .map(name => ({ name, file: path.join(root, name, 'app.ts') }))
    .filter(({ file }) => fs.existsSync(file));
}
