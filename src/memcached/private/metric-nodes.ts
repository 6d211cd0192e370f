import { Token } from 'aws-cdk-lib';
import { memcachedNode, memcachedNodes } from '../../monitoring/private/metric-dimensions';

/** What metrics know of the nodes of a Memcached cluster. */
export function metricNodesOf(clusterName: string, nodes: number | undefined) {
  return {
    nodes: nodes === undefined || Token.isUnresolved(nodes) ? undefined : memcachedNodes(clusterName, nodes),
    nodeOf: (nodeId: string) => memcachedNode(clusterName, nodeId),
  };
}
