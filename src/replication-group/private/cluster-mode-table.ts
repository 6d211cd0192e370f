// Data only: what each cluster mode means. Imports nothing of CDK.

export type ClusterModeKind = 'disabled' | 'enabled' | 'compatible';

export interface ClusterModeRow {
  readonly kind: ClusterModeKind;
  /** Whether the engine runs as a cluster, which a parameter of its parameter group turns on. */
  readonly clusterEnabled: boolean;
  /** Whether plain clients have a primary and a reader endpoint. */
  readonly primaryEndpoint: boolean;
  /** Whether cluster clients have a configuration endpoint. */
  readonly configurationEndpoint: boolean;
  /** Whether the id of a node names its shard: `<group>-0001-001`. */
  readonly namesShards: boolean;
  /** Whether a replica must be able to take over. */
  readonly needsFailover: boolean;
  /** Whether only the property makes it, whatever the parameter group says. */
  readonly onlyByProperty: boolean;
  readonly source: string;
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';

export const CLUSTER_MODES: readonly ClusterModeRow[] = [
  {
    kind: 'disabled',
    clusterEnabled: false,
    primaryEndpoint: true,
    configurationEndpoint: false,
    namesShards: false,
    needsFailover: false,
    onlyByProperty: false,
    source: `${GUIDE}/Replication.Endpoints.html`,
  },
  {
    kind: 'enabled',
    clusterEnabled: true,
    primaryEndpoint: false,
    configurationEndpoint: true,
    namesShards: true,
    needsFailover: true,
    onlyByProperty: false,
    source: `${GUIDE}/Replication.Endpoints.html`,
  },
  {
    // Plain clients go on with the endpoints they have, and DescribeReplicationGroups answers a configuration endpoint as well.
    kind: 'compatible',
    clusterEnabled: true,
    primaryEndpoint: true,
    configurationEndpoint: true,
    namesShards: true,
    needsFailover: true,
    onlyByProperty: true,
    source: `${GUIDE}/modify-cluster-mode.html`,
  },
];

export function clusterModeRow(kind: ClusterModeKind): ClusterModeRow {
  return CLUSTER_MODES.find((row) => row.kind === kind)!;
}
