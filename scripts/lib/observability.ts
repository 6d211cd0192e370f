// The tables of docs/observability.md, made from the tables that the alarms are made from.
// Prints nothing and exits 1 when the guide is not what they say; with --write, brings it up to date: npx tsx scripts/lib/observability.ts --write
import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheAlarms, CacheNodeType, ClusterMode, ICacheCluster, MemcachedCluster, ReplicationGroup, ServerlessCache, UsageLimits } from '../../src';
import { ASKED_EVENTS, EVENTS, NAMELESS } from '../../src/monitoring/private/event-table';
import { CacheKind, KIND_TITLES, MetricRow, METRICS } from '../../src/monitoring/private/metric-catalog';
import { ASKED_SYMPTOMS, FAILED_ROTATION, FAILED_SNAPSHOT, kindsWith, RECOMMENDED_SYMPTOMS, Symptom, symptomFor, symptomRow, SymptomRow } from '../../src/monitoring/private/symptom-table';

const GUIDE = path.join(__dirname, '..', '..', 'docs', 'observability.md');

/** What alarms cost a month in us-east-1. See https://aws.amazon.com/cloudwatch/pricing/ */
export const DOLLARS = {
  /** A metric alarm, for each metric that it watches. */
  metric: 0.10,
  /** A composite alarm. */
  composite: 0.50,
};

/** A node type whose thresholds stand in the guide: the default of the library. */
const NODE_TYPE = CacheNodeType.T4G_MEDIUM;

const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

/** The variants of a symptom, one a kind of cache that has it, without repetition. */
function variants(symptom: Symptom): { row: SymptomRow; kinds: CacheKind[] }[] {
  const found = new Map<Symptom, CacheKind[]>();
  kindsWith(symptom).forEach((kind) => found.set(symptomFor(symptom, kind), [...found.get(symptomFor(symptom, kind)) ?? [], kind]));
  return [...found].map(([variant, kinds]) => ({ row: symptomRow(variant), kinds }));
}

function recommended(symptom: Symptom): string {
  const kinds = kindsWith(symptom).filter((kind) => RECOMMENDED_SYMPTOMS[kind].includes(symptomFor(symptom, kind)));
  return kinds.length === 0 ? 'no' : kinds.map((kind) => KIND_TITLES[kind]).join(', ');
}

function lasting({ minutes }: SymptomRow): string {
  return minutes >= 1440 ? 'a day' : minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** Every alarm: what, why, threshold, first step. */
function alarmTable(): string {
  const rows = ASKED_SYMPTOMS.flatMap((symptom) => variants(symptom).map(({ row, kinds }) => {
    const unit = row.expression ? '' : ` (${(METRICS[row.metrics[0]] as MetricRow).unit})`;
    const metrics = row.metrics.map((metric) => `\`${METRICS[metric].name}\``).join(', ');
    return [
      `\`add${symptom[0].toUpperCase()}${symptom.slice(1)}\``, `${metrics}${unit}`, kinds.map((kind) => KIND_TITLES[kind]).join(', '),
      row.means, `${row.below ? 'below' : 'above'} ${row.why}; for ${lasting(row)}`, row.first, `[source](${row.source})`,
    ];
  }));
  const failures = [
    { method: 'addFailedSnapshot', kinds: (Object.keys(KIND_TITLES) as CacheKind[]).filter((kind) => typeof ASKED_EVENTS.onSnapshotFailed[kind] !== 'string'), row: FAILED_SNAPSHOT },
    { method: 'addFailedRotation', kinds: ['replicationGroup', 'serverless'] as CacheKind[], row: FAILED_ROTATION },
  ].map(({ method, kinds, row }) => [
    `\`${method}\``, row.watches, kinds.map((kind) => KIND_TITLES[kind]).join(', '), row.means, `above ${row.why}; for 1 minute`, row.first, `[source](${row.source})`,
  ]);
  return table(['Alarm', 'Watches', 'Kinds of cache', 'What it means', 'Goes off', 'First step', 'From'], [...rows, ...failures]);
}

function recommendedTable(): string {
  return table(['Alarm', 'Recommended for'], ASKED_SYMPTOMS.filter((symptom) => recommended(symptom) !== 'no').map((symptom) => [`\`${symptom}\``, recommended(symptom)]));
}

/** The recommended alarms of a cache, and what they cost a month. */
export interface Price {
  /** Those of CloudFormation, on metrics and over others. */
  readonly alarms: number;
  /** Those that tell somebody. */
  readonly telling: number;
  readonly metrics: number;
  readonly dollars: string;
}

/** How many alarms and metrics the recommended alarms of a cache are. */
export function priceOf(make: (stack: Stack) => ICacheCluster): Price {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new CacheAlarms(stack, 'Alarms', { cache: make(stack), topic: Topic.fromTopicArn(stack, 'Topic', stack.formatArn({ service: 'sns', resource: 'ops' })) })
    .addRecommended();
  const resources = Object.values(app.synth().getStackByName('Stack').template.Resources as Record<string, any>);
  const metricAlarms = resources.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  const composites = resources.filter(({ Type }) => Type === 'AWS::CloudWatch::CompositeAlarm');
  const metrics = metricAlarms.reduce((sum, { Properties }) => sum + (Properties.Metrics?.filter((each: any) => each.MetricStat).length ?? 1), 0);
  return {
    alarms: metricAlarms.length + composites.length,
    telling: [...metricAlarms, ...composites].filter(({ Properties }) => Properties.AlarmActions).length,
    metrics,
    dollars: `$${(metrics * DOLLARS.metric + composites.length * DOLLARS.composite).toFixed(2)}`,
  };
}

/** Replication groups of the sizes in the guide: what has more nodes than a shard can have, has shards. */
export function groupOf(nodes: number): (stack: Stack) => ICacheCluster {
  return (stack) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
    replicationGroupId: 'cache',
    nodeType: NODE_TYPE,
    clusterMode: nodes <= 6 ? ClusterMode.disabled({ replicas: nodes - 1 }) : ClusterMode.enabled({ shards: nodes / 6, replicasPerShard: 5 }),
  });
}

function costTable(): string {
  const memcached = (nodes: number) => (stack: Stack) => MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Cache', { clusterName: 'cache', nodes });
  const serverless = (stack: Stack) => ServerlessCache.fromServerlessCacheAttributes(stack, 'Cache', {
    serverlessCacheName: 'cache', limits: UsageLimits.of({ maxEcpuPerSecond: 5000 }),
  });
  const row = (title: string, make: (stack: Stack) => ICacheCluster) => {
    const { alarms, telling, metrics, dollars } = priceOf(make);
    return [title, `${telling}`, `${alarms}`, `${metrics}`, dollars];
  };
  return table(['Cache', 'Alarms that tell somebody', 'Alarms in the template', 'Metrics that they watch', 'A month'], [
    row('Replication group, 1 node', groupOf(1)),
    row('Replication group, 6 nodes', groupOf(6)),
    row('Replication group, 60 nodes in ten shards', groupOf(60)),
    ...[1, 6, 60].map((nodes) => row(`Memcached, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`, memcached(nodes))),
    row('Serverless cache with a maximum of processing units', serverless),
  ]);
}

/** What people ask for by kind of cache, and what is behind it. */
function askedTable(): string {
  const cell = (names: readonly string[] | string) => typeof names === 'string' ? `an error: ${names}` : names.map((name) => `\`${name}\``).join(', ');
  const kinds = Object.keys(KIND_TITLES) as CacheKind[];
  return table(['Method', ...kinds.map((kind) => KIND_TITLES[kind])],
    Object.entries(ASKED_EVENTS).map(([asked, byKind]) => [`\`${asked}\``, ...kinds.map((kind) => cell(byKind[kind]))]));
}

/** Every event that has a name. */
function eventTable(): string {
  return table(['Event', 'What happened', 'Kinds of cache', 'From'], EVENTS.map(({ name, means, kinds, source }) =>
    [`\`${name}\``, means, kinds.map((kind) => KIND_TITLES[kind]).join(', '), `[source](${source})`]));
}

const TABLES: Readonly<Record<string, () => string>> = {
  alarms: alarmTable,
  recommended: recommendedTable,
  cost: costTable,
  asked: askedTable,
  events: eventTable,
  nameless: () => NAMELESS.map((each) => `- ${each}`).join('\n'),
};

/** The guide with its tables as they must be. */
export function guideWithTables(text: string): string {
  return Object.entries(TABLES).reduce((before, [name, make]) => {
    const between = new RegExp(`(<!-- ${name}: made by scripts/lib/observability\\.ts -->\\n)[^]*?(\\n<!-- /${name} -->)`);
    if (!between.test(before)) {
      throw new Error(`docs/observability.md has no place for the table ${name}`);
    }
    return before.replace(between, (_, start, end) => `${start}\n${make()}\n${end}`);
  }, text);
}

/** The guide as it is. */
export function guide(): string {
  return fs.readFileSync(GUIDE, 'utf8');
}

if (require.main === module) {
  const wanted = guideWithTables(guide());
  if (process.argv.includes('--write')) {
    fs.writeFileSync(GUIDE, wanted);
  } else if (wanted !== guide()) {
    process.exitCode = 1;
  }
}
