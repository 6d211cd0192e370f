// Expressions of CloudWatch's metric math over several metrics of each node. Imports nothing of CDK.
// See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html

/** The ids of the metrics of each node, or of each shard. */
export type Ids = readonly (readonly string[])[];

const list = (ids: readonly string[]) => `[${ids.join(', ')}]`;

/** Of hits and misses: the share of hits, in percent. Nothing while nobody reads: a division by zero has no value. */
export function hitRateOf(nodes: Ids): string {
  const [hits, misses] = [nodes.map(([hit]) => hit), nodes.map(([, miss]) => miss)];
  return `100 * SUM(${list(hits)}) / (SUM(${list(hits)}) + SUM(${list(misses)}))`;
}

/** All that is counted together. */
export function totalOf(nodes: Ids): string {
  return `SUM(${list(nodes.flat())})`;
}

/** Of two metrics of each node: by how much the first is beyond the second, on the node where it is most. */
export function excessOf(nodes: Ids): string {
  return nodes.length === 1 ? `${nodes[0][0]} - ${nodes[0][1]}` : `MAX(${list(nodes.map(([one, other]) => `${one} - ${other}`))})`;
}

/** Of used and unused on each node: the share in use, in percent, on the node that uses most. */
export function usageOf(nodes: Ids): string {
  const shares = nodes.map(([used, unused]) => `100 * ${used} / (${used} + ${unused})`);
  return shares.length === 1 ? shares[0] : `MAX(${list(shares)})`;
}

/** Of whether each node of each shard is a primary: the fewest primaries of any shard. A node that is gone says nothing, which counts as no. */
export function primariesOf(shards: Ids): string {
  const counts = shards.map((nodes) => nodes.map((id) => `FILL(${id}, 0)`).join(' + '));
  return counts.length === 1 ? counts[0] : `MIN(${list(counts)})`;
}
