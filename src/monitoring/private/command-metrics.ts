// Data only: the metrics of families of commands of Valkey and Redis OSS: how many, how long, how many processing units. Imports nothing of CDK.
import { MetricRow } from './metric-row';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const PAGE = `${GUIDE}/CacheMetrics.Redis.html`;
const SERVERLESS_PAGE = `${GUIDE}/serverless-metrics-events-redis.html`;

/** What is known of a family of commands. */
interface CommandFamilyRow {
  /** Whether serverless caches publish it; nodes always do. */
  readonly serverless: boolean;
  /** The oldest version of each engine that has the commands; an engine that is not named has none. */
  readonly nodeVersions?: Readonly<Record<string, string>>;
}

const EVERYWHERE: CommandFamilyRow = { serverless: true };
const JSON_TYPE: CommandFamilyRow = { serverless: true, nodeVersions: { valkey: '7.2', redis: '6.2' } };
const SEARCH: CommandFamilyRow = { serverless: false, nodeVersions: { valkey: '8.2' } };

/** By the beginning of the metrics' names. */
export const COMMAND_FAMILIES: Readonly<Record<string, CommandFamilyRow>> = {
  ClusterBased: { serverless: false },
  EvalBased: EVERYWHERE,
  GeoSpatialBased: EVERYWHERE,
  GetType: EVERYWHERE,
  HashBased: EVERYWHERE,
  HyperLogLogBased: EVERYWHERE,
  JsonBased: JSON_TYPE,
  JsonBasedGet: JSON_TYPE,
  JsonBasedSet: JSON_TYPE,
  KeyBased: EVERYWHERE,
  ListBased: EVERYWHERE,
  NonKeyType: EVERYWHERE,
  PubSubBased: EVERYWHERE,
  SearchBased: SEARCH,
  SearchBasedGet: SEARCH,
  SearchBasedSet: SEARCH,
  SetBased: EVERYWHERE,
  SetType: EVERYWHERE,
  SortedSetBased: EVERYWHERE,
  StreamBased: EVERYWHERE,
  StringBased: EVERYWHERE,
};

/** What is measured of a family, by the end of the metrics' names. */
export const COMMAND_MEASURES = { count: 'Cmds', latency: 'CmdsLatency', ecpus: 'CmdsECPUs' } as const;

/** The rows of a family. */
function rowsOf(family: string, { serverless, nodeVersions }: CommandFamilyRow): MetricRow[] {
  const [count, latency, ecpus] = Object.values(COMMAND_MEASURES).map((end) => `${family}${end}`);
  const common = { level: 'engine', engines: ['valkey', 'redis'], nodeVersions, source: PAGE } as const;
  const summed = { unit: 'Count', statistic: 'Sum', acrossNodes: 'SUM' } as const;
  const memcached = { SetType: 'CmdSet' }[family] ?? 'CmdGet';
  return [
    { ...common, ...summed, name: count, kinds: serverless ? ['replicationGroup', 'serverless'] : ['replicationGroup'], instead: { memcached } },
    {
      ...common,
      name: latency,
      unit: 'Microseconds',
      statistic: 'Average',
      acrossNodes: 'MAX',
      kinds: ['replicationGroup'],
      instead: { serverless: family === 'SetType' ? 'SuccessfulWriteRequestLatency' : 'SuccessfulReadRequestLatency' },
    },
    ...serverless ? [{
      ...common,
      ...summed,
      name: ecpus,
      kinds: ['serverless'] as const,
      nodeVersions: undefined,
      instead: { replicationGroup: latency },
      source: SERVERLESS_PAGE,
    }] : [],
  ];
}

export const COMMAND_METRICS: readonly MetricRow[] = Object.entries(COMMAND_FAMILIES).flatMap(([family, row]) => rowsOf(family, row));
