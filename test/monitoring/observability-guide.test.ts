// The guide says what the tables say, and a machine writes it: a row that was added or changed and is not in the guide fails here.
import { DOLLARS_PER_METRIC, guide, guideWithTables, priceOf } from '../../scripts/lib/observability';
import { CacheNodeType, ClusterMode, ReplicationGroup } from '../../src';
import { SYMPTOMS } from '../../src/monitoring/private/symptom-table';

test('its tables are what the alarms are made from (npx tsx scripts/lib/observability.ts --write)', () => {
  expect(guideWithTables(guide())).toBe(guide());
});

test.each(Object.entries(SYMPTOMS))('%s: what, why, threshold, first step', (_, { means, first, why }) => {
  const line = guide().split('\n').find((each) => each.includes(means) && each.includes(first) && each.includes(why));
  expect(line).toBeDefined();
});

test.each<[number, number, number, string]>([[1, 4, 4, '$0.40'], [6, 5, 30, '$3.00'], [60, 30, 300, '$30.00']])(
  'the recommended alarms of a replication group of %d nodes: %d alarms on %d metrics, %s a month', (nodes, alarms, metrics, dollars) => {
    expect(priceOf((stack) => ReplicationGroup.fromReplicationGroupAttributes(stack, 'Cache', {
      replicationGroupId: 'cache', nodeType: CacheNodeType.R7G_LARGE, clusterMode: ClusterMode.disabled({ replicas: nodes - 1 }),
    }))).toEqual({ alarms, metrics, dollars });
    expect(DOLLARS_PER_METRIC).toBe(0.1);
  });
