import { Case, Cases, TemplateResources } from './case';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const PRIMARY = {
  ReplicationGroupDescription: 'Cache',
  Engine: 'valkey',
  EngineVersion: '8.2',
  CacheNodeType: 'cache.r7g.large',
  CacheSubnetGroupName: 'subnets',
  TransitEncryptionEnabled: true,
  AutomaticFailoverEnabled: true,
  NumCacheClusters: 2,
};

/** A global datastore and its primary. */
function world(properties: Record<string, unknown>, primary: Record<string, unknown> = {}): TemplateResources {
  return {
    Primary: { Type: GROUP, Properties: { ...PRIMARY, ...primary } },
    Thing: {
      Type: 'AWS::ElastiCache::GlobalReplicationGroup',
      Properties: { Members: [{ ReplicationGroupId: { Ref: 'Primary' }, ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' }], ...properties },
    },
  };
}

const datastore = (bad: Record<string, unknown>, good: Record<string, unknown>): Case => ({ bad: world(bad), good: world(good) });
const primary = (bad: Record<string, unknown>, good: Record<string, unknown>): Case => ({ bad: world({}, bad), good: world({}, good) });
const members = (...roles: [string, string][]) => ({
  Members: roles.map(([Role, ReplicationGroupRegion], index) => ({ ReplicationGroupId: `cache-${index}`, ReplicationGroupRegion, Role })),
});
const SHARDED = { NumCacheClusters: undefined, NumNodeGroups: 2, ReplicasPerNodeGroup: 1, CacheParameterGroupName: 'default.valkey8.cluster.on' };

export const GLOBAL_CASES: Cases = {
  GlobalSuffixInvalid: datastore({ GlobalReplicationGroupIdSuffix: 'my_world' }, { GlobalReplicationGroupIdSuffix: 'my-world' }),
  GlobalNeedsOnePrimary: datastore(members(['SECONDARY', 'eu-west-1']), members(['PRIMARY', 'eu-west-1'])),
  GlobalMembersUnfit: datastore(
    members(['PRIMARY', 'eu-west-1'], ['SECONDARY', 'us-east-1'], ['SECONDARY', 'us-east-1']),
    members(['PRIMARY', 'eu-west-1']),
  ),
  GlobalFailoverNeeded: { bad: world({ AutomaticFailoverEnabled: false }, SHARDED), good: world({ AutomaticFailoverEnabled: true }, SHARDED) },
  GlobalPrimaryUnfit: primary({ CacheNodeType: 'cache.t4g.medium' }, { CacheNodeType: 'cache.r7g.large' }),
  GlobalPrimarySingleNode: primary({ NumCacheClusters: 1, AutomaticFailoverEnabled: false }, { NumCacheClusters: 2 }),
  GlobalMinorUpgrades: primary({ AutoMinorVersionUpgrade: true }, { AutoMinorVersionUpgrade: false }),
  GlobalParameterGroupAlone: datastore({ CacheParameterGroupName: 'parameters' }, { CacheParameterGroupName: 'parameters', EngineVersion: '8.2' }),
};
