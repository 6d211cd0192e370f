// A local AWS of a test file's own, for settings that are those of a whole instance.
import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ROOT } from './local-aws';

const LOCAL_AWS = join(ROOT, 'local', 'aws');

/** Starts an instance and sends every client of this process there; returns what ends it. */
export function startOwn(settings: Record<string, string>): () => void {
  const parent = mkdtempSync(join(tmpdir(), 'own-aws-'));
  const folder = join(parent, 'state');
  const before = { ...process.env };
  execFileSync(LOCAL_AWS, ['start', '--dir', folder], { env: { ...process.env, ...settings }, stdio: ['ignore', 'ignore', 'inherit'] });
  Object.assign(process.env, JSON.parse(execFileSync(LOCAL_AWS, ['env', '--json', '--dir', folder], { encoding: 'utf8' })));
  return () => {
    execFileSync(LOCAL_AWS, ['stop', '--dir', folder], { stdio: 'ignore' });
    Object.keys(process.env).forEach((name) => delete process.env[name]);
    Object.assign(process.env, before);
    rmSync(parent, { recursive: true, force: true });
  };
}
