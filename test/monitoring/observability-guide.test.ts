// The guide says what the tables say, and a machine writes it: a row that was added or changed and is not in the guide fails here.
import { DOLLARS, groupOf, guide, guideWithTables, Price, priceOf } from '../../scripts/lib/observability';
import { SYMPTOMS } from '../../src/monitoring/private/symptom-table';

test('its tables are what the alarms are made from (npx tsx scripts/lib/observability.ts --write)', () => {
  expect(guideWithTables(guide())).toBe(guide());
});

test.each(Object.entries(SYMPTOMS))('%s: what, why, threshold, first step', (_, { means, first, why }) => {
  const line = guide().split('\n').find((each) => each.includes(means) && each.includes(first) && each.includes(why));
  expect(line).toBeDefined();
});

test.each<[number, Price]>([
  [1, { telling: 4, alarms: 4, metrics: 4, dollars: '$0.40' }],
  [6, { telling: 5, alarms: 5, metrics: 30, dollars: '$3.00' }],
  [60, { telling: 5, alarms: 35, metrics: 300, dollars: '$32.50' }],
])('the recommended alarms of a replication group of %i nodes: %j', (nodes, price) => {
  expect(priceOf(groupOf(nodes))).toEqual(price);
  expect(DOLLARS).toEqual({ metric: 0.1, composite: 0.5 });
});
