// guides.ts [--check]: fills the tables of docs/ that are made of the library's own data, or says which guide is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { rulesPages } from './rules-pages';
import { CAPABILITIES, Capability, CapabilityRow, EngineName, ENGINES } from '../../src/engine/private/engine-table';

const DOCS = join(__dirname, '..', '..', 'docs');

/** What each capability is called in a guide. */
const TITLES: Readonly<Record<Capability, string>> = {
  replicationGroup: 'replicas, failover, backups of nodes',
  atRestEncryption: 'encryption at rest of nodes',
  transitEncryption: 'TLS',
  transitEncryptionMode: 'TLS beside plain connections, for a migration',
  authToken: 'AUTH, one password for all',
  userGroups: 'users with passwords and access strings',
  iamAuthentication: 'users that log in with IAM',
  slowLog: 'slow log',
  engineLog: 'engine log',
  dataTiering: 'data tiering, on r6gd nodes',
  autoScaling: 'automatic scaling of shards and replicas',
  clusterModeCompatible: 'from one shard to shards without a new cache',
  ipv6: 'IPv6 and dual stack',
  globalDatastore: 'global datastore',
  autoMinorVersionUpgrade: 'minor versions installed by AWS',
  durability: 'durability of writes',
};

/** The generated part of each guide, by the name between its markers. */
const PARTS: Readonly<Record<string, () => string>> = { capabilities };

function capabilities(): string {
  const engines = ENGINES.map(({ name }) => name);
  const rows = Object.entries<CapabilityRow>(CAPABILITIES).map(([name, row]) =>
    [`[${TITLES[name as Capability]}](${row.source})`, ...engines.map((engine) => since(row, engine))]);
  return table([['', ...ENGINES.map(({ title }) => title)], ...rows]);
}

function since(row: CapabilityRow, engine: EngineName): string {
  return row[engine] === undefined ? 'no' : `${row[engine]}`;
}

function table([head, ...rows]: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function filled(text: string): string {
  return Object.entries(PARTS).reduce((filling, [name, make]) =>
    filling.replace(new RegExp(`(<!-- ${name}: [^>]* -->\n)[\\s\\S]*?(<!-- /${name} -->)`), (_, open, close) => `${open}\n${make()}\n\n${close}`), text);
}

const CHOOSING = 'choosing.md';
/** Holds nothing but what is made here. */
const MADE = 'rules';

/** What is made, by its path in docs/; `undefined` for what should not be there. */
function guides(): Readonly<Record<string, string | undefined>> {
  const gone = readdirSync(join(DOCS, MADE)).map((file) => [`${MADE}/${file}`, undefined]);
  return { [CHOOSING]: filled(readFileSync(join(DOCS, CHOOSING), 'utf8')), ...Object.fromEntries(gone), ...rulesPages() };
}

function main(check: boolean): void {
  mkdirSync(join(DOCS, MADE), { recursive: true });
  for (const [guide, made] of Object.entries(guides())) {
    const path = join(DOCS, guide);
    if (made !== (existsSync(path) ? readFileSync(path, 'utf8') : undefined)) {
      console.log(`docs/${guide}: ${check ? 'is out of date; run scripts/docs' : made === undefined ? 'removed' : 'written'}`);
      check ? process.exitCode = 1 : made === undefined ? rmSync(path) : writeFileSync(path, made);
    }
  }
}

main(process.argv.includes('--check'));
