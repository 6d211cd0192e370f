// Every metric of the catalogue against what AWS says elsewhere: the service data that the CDK itself is generated from, the list of recommended
// alarms, and the pages of the guide, copied as they were. A name that none of them has was made up.
import * as fs from 'fs';
import * as path from 'path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { App, Stack } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ClusterMode, ICacheCluster, MemcachedCluster, NodeRole, ReplicationGroup, ServerlessCache } from '../../src';
import { ALL_METRICS, CacheKind, MetricRow } from '../../src/monitoring/private/metric-catalog';
import { RECOMMENDED_SYMPTOMS, symptomRow } from '../../src/monitoring/private/symptom-table';

interface AwsMetrics {
  readonly pages: Record<string, Record<string, string>>;
  readonly recommendedAlarms: { readonly alarms: Record<string, { dimensions: string[]; period: number; minutes: number; threshold?: number }> };
  readonly groupMetrics: { readonly dimensions: Record<string, string[]> };
}

const AWS: AwsMetrics = JSON.parse(fs.readFileSync(path.join(__dirname, 'support', 'aws-metrics.json'), 'utf8'));

/** Statistic and dimension sets by name, from the service data. */
function serviceSpec(): Map<string, { statistic: string; dimensionSets: string[] }> {
  const db = loadAwsServiceSpecSync();
  const service = db.lookup('service', 'name', 'equals', 'aws-elasticache').only();
  const found = new Map<string, { statistic: string; dimensionSets: string[] }>();
  for (const { entity: set } of db.follow('serviceHasDimensionSet', service)) {
    for (const { entity: metric } of db.incoming('usesDimensionSet', set)) {
      const known = found.get(metric.name) ?? { statistic: metric.statistic, dimensionSets: [] };
      known.dimensionSets.push(set.dimensions.map(({ name }) => name).sort().join('+'));
      found.set(metric.name, known);
    }
  }
  return found;
}

const SPEC = serviceSpec();
const PAGE_NAMES = new Set(Object.values(AWS.pages).flatMap((names) => Object.keys(names)));

/** Where AWS names a metric. */
function sourcesOf(name: string): string[] {
  return [
    ...SPEC.has(name) ? ['service data'] : [],
    ...name in AWS.recommendedAlarms.alarms ? ['recommended alarms'] : [],
    ...PAGE_NAMES.has(name) ? ['page'] : [],
  ];
}

test('the sources were read', () => {
  expect(SPEC.size).toBe(93);
  expect(PAGE_NAMES.size).toBe(152);
  expect(Object.keys(AWS.recommendedAlarms.alarms)).toHaveLength(5);
});

test('a name that was made up is found', () => {
  expect(sourcesOf('CacheHits')).toEqual(['service data', 'page']);
  expect(sourcesOf('CacheHitCount')).toEqual([]);
});

test('no name is twice in the catalogue', () => {
  const names = ALL_METRICS.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('rows by source', () => {
  const count: Record<string, number> = {};
  ALL_METRICS.forEach(({ name }) => sourcesOf(name).forEach((source) => count[source] = (count[source] ?? 0) + 1));
  const onlyOnAPage = ALL_METRICS.filter(({ name }) => sourcesOf(name).join() === 'page');
  expect({ all: ALL_METRICS.length, ...count, onlyOnAPage: onlyOnAPage.length }).toEqual({
    'all': 153, 'service data': 93, 'recommended alarms': 5, 'page': 152, 'onlyOnAPage': 60,
  });
});

describe.each(ALL_METRICS.map((row) => [row.name, row] as const))('%s', (name, row: MetricRow) => {
  test('is named by AWS', () => expect(sourcesOf(name)).not.toEqual([]));

  test('is on the page that its row names, with the unit that is printed there', () => {
    const page = AWS.pages[row.source];
    if (page === undefined) {
      // What no page of ElastiCache has is at least in the service data, and its row names another page of AWS.
      expect(sourcesOf(name)).toContain('service data');
      expect(row.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    } else {
      expect(page[name]).toBe(row.unit);
    }
  });

  test('is for serverless caches exactly when the pages on them have it', () => {
    const [valkey, memcached] = ['serverless-metrics-events-redis.html', 'serverless-metrics-events.memcached.html']
      .map((end) => name in Object.entries(AWS.pages).find(([url]) => url.endsWith(end))![1]);
    const engines = row.kinds.includes('serverless') ? row.serverlessEngines ?? row.engines ?? ['valkey', 'redis', 'memcached'] : [];
    expect({ valkey: engines.includes('valkey'), memcached: engines.includes('memcached') }).toEqual({ valkey, memcached });
  });
});

test('nothing that AWS names is left out', () => {
  const ours = new Set(ALL_METRICS.map(({ name }) => name));
  expect([...SPEC.keys(), ...PAGE_NAMES].filter((name) => !ours.has(name))).toEqual([]);
});

/** Amounts are averages in the service data; here they are added up, or the worst is taken. Each was looked at. */
const OTHER_STATISTICS = [
  'BytesReadIntoMemcached Average Sum', 'BytesUsedForCache Average Maximum', 'BytesWrittenOutFromMemcached Average Sum', 'CurrConfig Sum Average',
  'CurrConnections Sum Maximum', 'CurrItems Sum Average', 'FreeableMemory Average Minimum', 'GlobalDatastoreReplicationLag Average Maximum',
  'IsMaster Average Maximum', 'KeysTracked Sum Average', 'MasterLinkHealthStatus Average Minimum', 'NetworkBandwidthInAllowanceExceeded Average Sum',
  'NetworkBandwidthOutAllowanceExceeded Average Sum', 'NetworkBytesIn Average Sum', 'NetworkBytesOut Average Sum',
  'NetworkConntrackAllowanceExceeded Average Sum', 'NetworkLinkLocalAllowanceExceeded Average Sum', 'NetworkPacketsIn Average Sum',
  'NetworkPacketsOut Average Sum', 'NetworkPacketsPerSecondAllowanceExceeded Average Sum', 'ReplicationLag Average Maximum',
  'SaveInProgress Sum Maximum', 'SwapUsage Average Maximum', 'UnusedMemory Average Minimum',
];

test('statistics are those of the service data but for these', () => {
  const others = ALL_METRICS.filter(({ name, statistic }) => SPEC.has(name) && SPEC.get(name)!.statistic !== statistic)
    .map(({ name, statistic }) => `${name} ${SPEC.get(name)!.statistic} ${statistic}`);
  expect(others.sort()).toEqual(OTHER_STATISTICS);
});

const stack = new Stack(new App(), 'Stack');
const CACHES: Record<CacheKind, ICacheCluster> = {
  replicationGroup: ReplicationGroup.fromReplicationGroupAttributes(stack, 'Group', { replicationGroupId: 'group', clusterMode: ClusterMode.disabled() }),
  memcached: MemcachedCluster.fromMemcachedClusterAttributes(stack, 'Cluster', { clusterName: 'cluster', nodes: 2 }),
  serverless: ServerlessCache.fromServerlessCacheAttributes(stack, 'Serverless', { serverlessCacheName: 'serverless' }),
};
const singles = (metric: IMetric): Metric[] => metric instanceof MathExpression ? Object.values(metric.usingMetrics) as Metric[] : [metric as Metric];
const dimensionsOf = (metric: Metric) => Object.keys(metric.dimensions!).sort();

describe('dimensions', () => {
  const nodes = ALL_METRICS.flatMap((row) => row.kinds.filter((kind) => kind !== 'serverless').map((kind) => [row.name, kind] as const));

  test.each(nodes.filter(([name]) => SPEC.has(name) && name !== 'GlobalDatastoreReplicationLag'))('of %s for %s are a set of the service data', (name, kind) => {
    singles(CACHES[kind].metrics.metricOfAllNodes(name)).forEach((metric) => {
      expect(SPEC.get(name)!.dimensionSets).toContain(dimensionsOf(metric).join('+'));
    });
  });

  test.each(Object.entries(AWS.recommendedAlarms.alarms))('of %s are those of the recommended alarm', (name, { dimensions, period }) => {
    singles(CACHES.replicationGroup.metrics.metricOfAllNodes(name)).forEach((metric) => {
      expect(dimensionsOf(metric)).toEqual([...dimensions].sort());
      expect(metric.period.toSeconds()).toBe(period);
    });
  });

  test.each(Object.entries(AWS.groupMetrics.dimensions))('of %s for a whole group', (name, dimensions) => {
    const role = dimensions.includes('Role') ? NodeRole.PRIMARY : undefined;
    expect(dimensionsOf(CACHES.replicationGroup.metrics.metricOfGroup(name, role))).toEqual([...dimensions].sort());
  });

  // Seen in what the service publishes: https://github.com/open-constructs/aws-cdk-library/pull/68
  test('of a serverless cache are clusterId alone', () => {
    ALL_METRICS.filter(({ kinds }) => kinds.includes('serverless')).forEach(({ name }) => {
      expect(dimensionsOf(CACHES.serverless.metrics.metric(name))).toEqual(['clusterId']);
    });
  });
});

test('alarms that AWS recommends are recommended here, as long and as high as AWS says', () => {
  const rows = RECOMMENDED_SYMPTOMS.replicationGroup.map(symptomRow);
  const names = Object.fromEntries(rows.map((row) => [(CACHES.replicationGroup.metrics as any)[row.metrics[0]]().label, row]));
  Object.entries(AWS.recommendedAlarms.alarms).forEach(([name, { minutes, threshold }]) => {
    expect(names[name].minutes).toBe(minutes);
    expect(threshold ?? names[name].threshold({ vcpus: 2 })).toBe(names[name].threshold({ vcpus: 2 }));
    expect(names[name].below ?? false).toBe(false);
  });
});
