import { excessOf, hitRateOf, Ids, primariesOf, totalOf, usageOf } from '../../src/monitoring/private/metric-expressions';

/** CloudWatch's functions over one data point each; a metric without a value is `undefined`, and functions over lists pass over it. */
const FUNCTIONS = {
  MAX: (values: (number | undefined)[]) => Math.max(...values.filter((value) => value !== undefined)),
  MIN: (values: (number | undefined)[]) => Math.min(...values.filter((value) => value !== undefined)),
  SUM: (values: (number | undefined)[]) => values.filter((value) => value !== undefined).reduce((sum, value) => sum + value, 0),
  FILL: (value: number | undefined, other: number) => value ?? other,
};

/** The value of an expression over the values of each node. */
function valueOf(expressionOf: (ids: Ids) => string, nodes: (number | undefined)[][]): number {
  let count = 0;
  const values: Record<string, number | undefined> = {};
  const ids = nodes.map((node) => node.map((value) => {
    values[`m${++count}`] = value;
    return `m${count}`;
  }));
  const names = [...Object.keys(FUNCTIONS), ...Object.keys(values)];
  return new Function(...names, `return ${expressionOf(ids)}`)(...Object.values(FUNCTIONS), ...Object.values(values));
}

test.each<[string, (ids: Ids) => string, (number | undefined)[][], number]>([
  ['hits of one node', hitRateOf, [[3, 1]], 75],
  ['hits of two nodes, by how much each is read', hitRateOf, [[90, 10], [0, 100]], 45],
  ['no hit', hitRateOf, [[0, 5]], 0],
  ['a total', totalOf, [[1, 2], [3, 4]], 10],
  ['a total of one', totalOf, [[7]], 7],
  ['more swap than free memory', excessOf, [[300, 100]], 200],
  ['less swap than free memory', excessOf, [[0, 100]], -100],
  ['the worst node counts', excessOf, [[0, 100], [300, 100]], 200],
  ['usage of one node', usageOf, [[25, 75]], 25],
  ['usage of the fullest node', usageOf, [[25, 75], [80, 20]], 80],
  ['one primary', primariesOf, [[1, 0]], 1],
  ['a primary that is gone', primariesOf, [[undefined, 0]], 0],
  ['one of two shards has none', primariesOf, [[1, 0], [0, 0]], 0],
  ['a shard that is gone', primariesOf, [[1, 0], [undefined, undefined]], 0],
  ['every shard has one, on whatever node', primariesOf, [[1, 0], [0, 1]], 1],
])('%s', (_, expressionOf, nodes, expected) => expect(valueOf(expressionOf, nodes)).toBe(expected));

test('nobody reads: no value, so that no alarm goes off', () => expect(valueOf(hitRateOf, [[0, 0]])).toBeNaN());
