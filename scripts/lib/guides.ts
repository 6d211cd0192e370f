// guides.ts [--check]: fills the tables of docs/ that are made of the library's own data, or says which guide is out of date.
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { rulesPage } from './rules-page';
import { CAPABILITIES, Capability, CapabilityRow, EngineName, ENGINES } from '../../src/engine/private/engine-table';

const ROOT = join(__dirname, '..', '..');

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

/** What is made, of what it is now. */
const GUIDES: Readonly<Record<string, (text: string) => string>> = { 'docs/choosing.md': filled, 'docs/rules.md': rulesPage };

function main(check: boolean): void {
  for (const [guide, make] of Object.entries(GUIDES)) {
    const text = readFileSync(join(ROOT, guide), 'utf8');
    const made = make(text);
    if (made !== text) {
      console.log(`${guide}: ${check ? 'is out of date; run scripts/docs' : 'written'}`);
      check ? process.exitCode = 1 : writeFileSync(join(ROOT, guide), made);
    }
  }
}

main(process.argv.includes('--check'));
