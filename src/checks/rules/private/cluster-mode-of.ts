// Imports nothing of CDK.
import { ResourceView } from '../../rule';

/**
 * The cluster mode of a replication group in a template.
 *
 * @returns `undefined` when it follows from what is not known
 */
export function clusterModeOf(group: ResourceView): 'enabled' | 'disabled' | 'compatible' | undefined {
  const written = group.text('ClusterMode')?.toLowerCase();
  if (written === 'enabled' || written === 'disabled' || written === 'compatible') {
    return written;
  }
  if (group.isPresent('ClusterMode') || group.isPresent('GlobalReplicationGroupId') || group.isPresent('PrimaryClusterId')) {
    return undefined;
  }
  if (group.isPresent('CacheParameterGroupName')) {
    return byParameterGroup(group);
  }
  // The service picks the default group that fits the number of shards.
  return (group.number('NumNodeGroups') ?? 0) > 1 ? 'enabled'
    : group.isAbsent('NumNodeGroups') && group.isAbsent('ReplicasPerNodeGroup') && group.isAbsent('NodeGroupConfiguration') && group.isPresent('NumCacheClusters')
      ? 'disabled' : undefined;
}

function byParameterGroup(group: ResourceView): 'enabled' | 'disabled' | undefined {
  const name = group.text('CacheParameterGroupName');
  const made = group.related('CacheParameterGroupName')[0];
  if (made) {
    const settings = made.value('Properties');
    const enabled = typeof settings === 'object' && settings !== null ? (settings as Record<string, unknown>)['cluster-enabled'] : undefined;
    return enabled === 'yes' ? 'enabled' : (made.isAbsent('Properties') || enabled === undefined || enabled === 'no') && isKnown(made) ? 'disabled' : undefined;
  }
  return name === undefined || !name.startsWith('default.') ? undefined : name.endsWith('.cluster.on') ? 'enabled' : 'disabled';
}

function isKnown(parameterGroup: ResourceView): boolean {
  return parameterGroup.isAbsent('Properties') || parameterGroup.value('Properties') !== undefined;
}
