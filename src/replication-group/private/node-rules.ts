// Imports nothing of CDK.
import { API, clusterParameterOf, COMMON, engineOf, FROM_ELSEWHERE, GUIDE, isWritten, modeOf, replicaCountsOf, shardCountOf } from './rule-words';
import { ResourceView, Rule } from '../../checks/rule';
import { isAtLeast } from '../../private/version-number';

/** The most nodes of a group: AWS's, and that of versions below the one that raised it. */
const MOST_NODES = { now: 500, before: 250, raisedIn: { redis: '5.0.6' }, withoutAsking: 90 } as const;

/** How many nodes a group certainly has. */
function nodeCountOf(group: ResourceView): number | undefined {
  const counts = replicaCountsOf(group);
  const shards = shardCountOf(group) ?? 1;
  if (shards === 1 && group.isPresent('NumCacheClusters')) {
    return group.number('NumCacheClusters');
  }
  const known = counts.filter((count) => count !== undefined);
  const nodes = counts.length > 1 ? known.reduce((sum, count) => sum + count + 1, 0) : shards * ((known[0] ?? NaN) + 1);
  return known.length === counts.length && Number.isFinite(nodes) ? nodes : undefined;
}

function mostNodesOf(group: ResourceView): number {
  const isOld = engineOf(group) === 'redis' && isAtLeast(group.text('EngineVersion') ?? '', MOST_NODES.raisedIn.redis) === false;
  return isOld ? MOST_NODES.before : MOST_NODES.now;
}

/** Whether a group without `NumCacheClusters` certainly has one node and no cluster mode: the service then counts one shard without replicas. */
function isCertainlyOneNode(group: ResourceView): boolean {
  const counts = ['NumCacheClusters', 'NodeGroupConfiguration', ...FROM_ELSEWHERE].every((property) => group.isAbsent(property));
  const oneShard = group.isAbsent('NumNodeGroups') || group.number('NumNodeGroups') === 1;
  const noReplica = group.number('ReplicasPerNodeGroup') === 0 || (group.isAbsent('ReplicasPerNodeGroup') && group.isAbsent('NumNodeGroups'));
  const disabled = group.isAbsent('CacheParameterGroupName') ? group.isAbsent('NumNodeGroups') && group.isAbsent('ReplicasPerNodeGroup') : clusterParameterOf(group) === false;
  return counts && oneShard && noReplica && disabled && (group.isAbsent('ClusterMode') || modeOf(group) === 'disabled');
}

/** Rules about nodes, failover and placement of replication groups. */
export const NODE_RULES: readonly Rule[] = [
  {
    ...COMMON,
    code: 'ReplicasOutOfRange',
    reads: ['NumCacheClusters', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration'],
    evidence: 'documented',
    source: API,
    judge: (group) => {
      const isPossible = (replicas: number | undefined) => replicas === undefined || (Number.isInteger(replicas) && replicas >= 0 && replicas <= 5);
      const nodes = group.number('NumCacheClusters');
      const given = nodes !== undefined && !isPossible(nodes - 1) ? group.given('NumCacheClusters')
        : !isPossible(group.number('ReplicasPerNodeGroup')) ? group.given('ReplicasPerNodeGroup')
          : replicaCountsOf(group).every(isPossible) ? undefined : group.given('NodeGroupConfiguration');
      return given && `a shard must have one primary and 0 to 5 replicas, got: ${given}`;
    },
  },
  {
    ...COMMON,
    code: 'FailoverNeedsReplica',
    reads: ['AutomaticFailoverEnabled', 'NumCacheClusters'],
    evidence: 'live',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => group.isTrue('AutomaticFailoverEnabled') && group.number('NumCacheClusters') === 1
      ? `${group.name('AutomaticFailoverEnabled')} needs a replica to fail over to, got: ${group.given('NumCacheClusters')}; ` +
        `add a replica or set ${group.name('AutomaticFailoverEnabled')}: false` : undefined,
  },
  {
    ...COMMON,
    code: 'FailoverWithoutNodes',
    reads: [
      'AutomaticFailoverEnabled', 'NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'ClusterMode', 'CacheParameterGroupName',
      ...FROM_ELSEWHERE,
    ],
    evidence: 'documented',
    source: API,
    judge: (group) => group.isTrue('AutomaticFailoverEnabled') && isCertainlyOneNode(group)
      ? `${group.name('AutomaticFailoverEnabled')} needs a replica to fail over to, got: ` +
        `${group.isAbsent('ReplicasPerNodeGroup') ? `no ${group.name('NumCacheClusters')}, which is 1 then` : group.given('ReplicasPerNodeGroup')}; ` +
        `add a replica or set ${group.name('AutomaticFailoverEnabled')}: false` : undefined,
  },
  {
    ...COMMON,
    code: 'MultiAzNeedsFailover',
    reads: ['MultiAZEnabled', 'AutomaticFailoverEnabled'],
    evidence: 'plan-time',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => group.isTrue('MultiAZEnabled') && group.isNotTrue('AutomaticFailoverEnabled')
      ? `${group.name('MultiAZEnabled')} needs ${group.name('AutomaticFailoverEnabled')}: true, got: ${group.given('AutomaticFailoverEnabled')}` : undefined,
  },
  {
    ...COMMON,
    code: 'MultiAzInOneZone',
    severity: 'warning',
    reads: ['MultiAZEnabled', 'CacheSubnetGroupName'],
    evidence: 'inferred',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => {
      const zones = group.related('CacheSubnetGroupName')[0]?.allRelated('SubnetIds')?.map((subnet) => subnet.text('AvailabilityZone'));
      const one = zones && (zones.length === 1 || (zones.length > 1 && zones[0] !== undefined && new Set(zones).size === 1));
      return one && group.isTrue('MultiAZEnabled')
        ? `${group.name('MultiAZEnabled')} is on, but all subnets are in one availability zone: a failure of the zone takes the cache down; ` +
          'choose subnets in two zones or more' : undefined;
    },
  },
  {
    ...COMMON,
    code: 'ZonesMatchNodes',
    reads: ['PreferredCacheClusterAZs', 'NumCacheClusters'],
    evidence: 'live',
    source: API,
    judge: (group) => {
      const [zones, nodes] = [group.count('PreferredCacheClusterAZs'), group.number('NumCacheClusters')];
      return zones !== undefined && nodes !== undefined && zones !== nodes
        ? `${group.name('PreferredCacheClusterAZs')} must name one zone a node, the primary's first: ${nodes} for ${group.given('NumCacheClusters')}, got: ${zones}`
        : undefined;
    },
  },
  {
    ...COMMON,
    code: 'FailoverMustBeSaid',
    reads: ['NumCacheClusters', 'AutomaticFailoverEnabled'],
    evidence: 'live',
    source: `${GUIDE}/AutoFailover.html`,
    judge: (group) => group.number('NumCacheClusters') === 1 && group.isAbsent('AutomaticFailoverEnabled')
      ? `${group.name('AutomaticFailoverEnabled')} must be false for one node, got: ${group.given('AutomaticFailoverEnabled')}; ` +
        'left out, CloudFormation turns it on and the deployment fails' : undefined,
  },
  {
    ...COMMON,
    code: 'CacheClustersNeedOneShard',
    // "PreferredCacheClusterAZs can only be specified for one node group.": https://github.com/hashicorp/terraform-provider-aws/issues/14425
    reads: ['NumCacheClusters', 'PreferredCacheClusterAZs', 'NumNodeGroups'],
    evidence: 'live',
    source: API,
    judge: (group) => (group.number('NumNodeGroups') ?? 1) <= 1 ? undefined : [
      ...isWritten(group, 'NumCacheClusters')
        ? [`${group.name('NumCacheClusters')} is for one shard, got: ${group.given('NumNodeGroups')}; say ReplicasPerNodeGroup instead`] : [],
      ...group.isFilled('PreferredCacheClusterAZs')
        ? [`${group.name('PreferredCacheClusterAZs')} is for one shard, got: ${group.given('NumNodeGroups')}; say the zones in NodeGroupConfiguration`] : [],
    ],
  },
  {
    ...COMMON,
    code: 'NodeCountTwice',
    severity: 'warning',
    reads: ['NumCacheClusters', 'ReplicasPerNodeGroup'],
    evidence: 'plan-time',
    source: API,
    judge: (group) => isWritten(group, 'NumCacheClusters') && isWritten(group, 'ReplicasPerNodeGroup')
      ? `${group.name('NumCacheClusters')} and ${group.name('ReplicasPerNodeGroup')} both say how many nodes there are; leave one out` : undefined,
  },
  {
    ...COMMON,
    code: 'NodesNotSaid',
    severity: 'warning',
    reads: ['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'PrimaryClusterId', 'GlobalReplicationGroupId'],
    evidence: 'inferred',
    source: API,
    judge: (group) => ['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'PrimaryClusterId', 'GlobalReplicationGroupId']
      .every((property) => group.isAbsent(property))
      ? `nothing says how many nodes there are; give ${group.name('NumCacheClusters')}, or ${group.name('NumNodeGroups')} and ${group.name('ReplicasPerNodeGroup')}` : undefined,
  },
  {
    ...COMMON,
    code: 'PrimaryClusterDecides',
    severity: 'warning',
    reads: ['PrimaryClusterId', 'NumNodeGroups', 'ReplicasPerNodeGroup'],
    evidence: 'documented',
    source: API,
    judge: (group) => group.isPresent('PrimaryClusterId') && (isWritten(group, 'NumNodeGroups') || isWritten(group, 'ReplicasPerNodeGroup'))
      ? `${group.name('PrimaryClusterId')} names a running cluster, which has one shard already; leave out ${group.name('NumNodeGroups')} and ${group.name('ReplicasPerNodeGroup')}`
      : undefined,
  },
  {
    ...COMMON,
    code: 'PlacementTwice',
    reads: ['NodeGroupConfiguration', 'PreferredCacheClusterAZs'],
    evidence: 'plan-time',
    source: API,
    judge: (group) => isWritten(group, 'NodeGroupConfiguration') && isWritten(group, 'PreferredCacheClusterAZs')
      && group.isFilled('NodeGroupConfiguration') && group.isFilled('PreferredCacheClusterAZs')
      ? `${group.name('PreferredCacheClusterAZs')} cannot be given beside ${group.name('NodeGroupConfiguration')}, which places the nodes; leave it out` : undefined,
  },
  {
    ...COMMON,
    code: 'TooManyNodes',
    reads: ['NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'Engine', 'EngineVersion', 'NumCacheClusters'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html',
    judge: (group) => {
      const [nodes, most] = [nodeCountOf(group) ?? 0, mostNodesOf(group)];
      // So many shards have a rule of their own.
      return nodes > most && (shardCountOf(group) ?? 1) <= MOST_NODES.now ? `a cache must have at most ${most} nodes in all shards, got: ${nodes}; take fewer shards or replicas, or a larger node type` : undefined;
    },
  },
  {
    ...COMMON,
    code: 'NodesBeyondQuota',
    severity: 'warning',
    reads: ['NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'NumCacheClusters', 'Engine', 'EngineVersion'],
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html',
    judge: (group) => {
      const nodes = nodeCountOf(group) ?? 0;
      return nodes > MOST_NODES.withoutAsking && nodes <= mostNodesOf(group)
        ? `a cache may have ${MOST_NODES.withoutAsking} nodes until the quota "nodes per cluster per instance type" is raised, got: ${nodes}; ask AWS for more before the deployment`
        : undefined;
    },
  },
];
