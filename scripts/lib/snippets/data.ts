// YAML and JSON of our pages: it is well-formed, and what is a template is understood by our own command.
import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

/** What is wrong with a piece of YAML, of which JSON is a part, or nothing. `judged` pages are judged elsewhere, by the rules themselves. */
export function problemOfData(code: string, judged: boolean): string | undefined {
  // Short forms of intrinsic functions, as `!Ref`, are tags that only CloudFormation knows.
  const documents = parseAllDocuments(code, { logLevel: 'silent' });
  const error = [...documents].flatMap((document) => document.errors)[0];
  if (error !== undefined) {
    return error.message;
  }
  const [{ contents }] = [...documents];
  const isTemplate = typeof contents?.toJSON === 'function' && 'Resources' in Object(contents.toJSON());
  return isTemplate && !judged ? check(code) : undefined;
}

/** Exit code 1 is a finding, which a page may show; 2 is a file that the command cannot read. */
function check(template: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  try {
    const file = join(folder, 'template.yaml');
    writeFileSync(file, template);
    const { status, stdout, stderr } = spawnSync('node', ['bin/cdk-elasticache.js', 'check', file], { encoding: 'utf8' });
    return status === 0 || status === 1 ? undefined : `cdk-elasticache check ends with ${status}: ${stderr || stdout}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
