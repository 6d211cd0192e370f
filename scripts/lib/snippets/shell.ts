// Commands of our pages: programs of this repository exist and know the options, others are run the same way by a script or test of ours.
import { execFileSync, spawnSync } from 'child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A command that is not ours begins like this; `proof` is a file of ours that runs it, and the words there. */
interface Known {
  readonly command: RegExp;
  readonly proof: readonly [file: string, words: string];
}

const KNOWN: readonly Known[] = [
  { command: /^npm ci$/, proof: ['scripts/lib/checks.sh', 'npm ci'] },
  { command: /^npm install cdk-elasticache aws-cdk-lib constructs$/, proof: ['scripts/lib/polyglot/projects.sh', 'npm install'] },
  { command: /^npx projen$/, proof: ['scripts/lib/checks.sh', 'npx projen'] },
  { command: /^npx cdk synth$/, proof: ['scripts/newcomer', 'README.md'] },
  { command: /^npx cdk bootstrap$/, proof: ['scripts/lib/demo.ts', 'bootstrap'] },
  { command: /^npx cdk deploy( --require-approval never)?$/, proof: ['scripts/lib/demo.ts', 'deploy'] },
  { command: /^npx cdk destroy( --force)?$/, proof: ['scripts/lib/demo.ts', 'destroy'] },
  { command: /^python3 -m venv \.venv$/, proof: ['scripts/newcomer', 'README.md'] },
  { command: /^\. \.venv\/bin\/activate$/, proof: ['scripts/newcomer', 'README.md'] },
  { command: /^pip install dist\/python\/\*\.whl$/, proof: ['scripts/newcomer', 'README.md'] },
  { command: /^pip install -r requirements\.txt$/, proof: ['scripts/lib/polyglot/projects.sh', '--requirement requirements.txt'] },
  { command: /^go mod tidy$/, proof: ['scripts/lib/polyglot/projects.sh', 'go mod tidy'] },
  { command: /^eval "\$\(local\/aws env\)"$/, proof: ['local/tests/test_lifecycle.py', 'command("env"'] },
  { command: /^aws lambda invoke --function-name "\$CLIENT_NAME" \/dev\/stdout$/, proof: ['scripts/lib/demo.ts', 'InvokeCommand'] },
];

/** Bash itself says which commands it would run; none is run. */
const LISTING = `set -T; shopt -s extdebug
trap '[[ $BASH_COMMAND == "source "* ]] || { printf "%s\\0" "$BASH_COMMAND" >&3; false; }' DEBUG
source "$1"`;

export function commandsOf(code: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
  try {
    const [file, list] = [join(folder, 'snippet.sh'), join(folder, 'commands')];
    writeFileSync(file, code);
    execFileSync('bash', ['-n', file], { encoding: 'utf8', stdio: 'pipe' });
    execFileSync('bash', ['-c', `exec 3>"$2"; ${LISTING}`, 'bash', file, list], { stdio: 'pipe' });
    return readFileSync(list, 'utf8').split('\0').filter((command) => command !== '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is wrong with a command, or nothing. */
export function problemOf(command: string): string | undefined {
  const known = KNOWN.find((each) => each.command.test(command));
  if (known !== undefined) {
    const [file, words] = known.proof;
    return existsSync(file) && readFileSync(file, 'utf8').includes(words) ? undefined : `${file} no longer runs it: "${words}"`;
  }
  // Redirections say where output goes, not what runs.
  const words = command.replace(/\s*[<>]+\s*\S+/g, '').split(/\s+/);
  const inside = /^local\/aws exec -- (?:bash -c '(.*)'|(.*))$/.exec(command);
  if (inside !== null) {
    return commandsOf(inside[1] ?? inside[2]).map(problemOf).find((problem) => problem !== undefined);
  }
  return ours(words);
}

function ours([program, ...words]: string[]): string | undefined {
  if (program === 'cd') {
    return existsSync(words[0]) ? undefined : `there is no folder ${words[0]}`;
  }
  if (program === 'npx' && words[0] === 'projen') {
    const { tasks } = JSON.parse(readFileSync('.projen/tasks.json', 'utf8'));
    return words[1] in tasks ? undefined : `there is no task ${words[1]}`;
  }
  if (program === 'npx' && words[0] === 'tsx') {
    return options(readIfThere(words[1]), words.slice(2), words[1]);
  }
  if (program === 'npx' && words[0] === 'cdk-elasticache') {
    return options(help('node', ['bin/cdk-elasticache.js', words[1]]), words.slice(2), `cdk-elasticache ${words[1]}`);
  }
  if (/^(scripts|local|bench)\/[\w-]+$/.test(program)) {
    return repositoryProgram(program, words);
  }
  return 'nobody knows whether it works: run it in a script or test, and add it to scripts/lib/snippets/shell.ts';
}

function repositoryProgram(program: string, words: string[]): string | undefined {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    return `there is no program ${program}`;
  }
  const subcommand = program === 'local/aws' && words.length > 0 ? [words[0]] : [];
  return options(help(program, subcommand), words.slice(subcommand.length), [program, ...subcommand].join(' '));
}

const helps = new Map<string, string | undefined>();
function help(program: string, words: string[]): string | undefined {
  const key = [program, ...words].join(' ');
  if (!helps.has(key)) {
    const { status, stdout } = spawnSync(program, [...words, '--help'], { encoding: 'utf8' });
    helps.set(key, status === 0 ? stdout : undefined);
  }
  return helps.get(key);
}

const readIfThere = (file: string) => existsSync(file) ? readFileSync(file, 'utf8') : undefined;

/** Every option that is written is one that `text` tells of. */
function options(text: string | undefined, words: string[], program: string): string | undefined {
  if (text === undefined) {
    return `${program} does not say what it does`;
  }
  const end = words.indexOf('--');
  const unknown = words.slice(0, end < 0 ? undefined : end).filter((word) => word.startsWith('--')).find((word) => !text.includes(word));
  return unknown === undefined ? undefined : `${program} has no option ${unknown}`;
}
