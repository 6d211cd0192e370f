// What the rules of replication groups share. Imports nothing of CDK.
import { ResourceView } from '../../checks/rule';
import { Capability, engineRow, oldestWith, supports } from '../../engine/private/engine-table';
import { CLUSTER_PARAMETER } from '../../parameters/private/cluster-parameter';

export const TYPE = 'AWS::ElastiCache::ReplicationGroup';
export const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html';
export const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
export const COMMON = { resourceType: TYPE, severity: 'error', checked: '2026-11-21', since: '0.1.0' } as const;

/** What brings engine, version and nodes along from elsewhere. */
export const FROM_ELSEWHERE = ['PrimaryClusterId', 'GlobalReplicationGroupId', 'SnapshotName', 'SnapshotArns'] as const;

/** The name of the engine, as CloudFormation compares it. */
export function engineOf(group: ResourceView): string | undefined {
  return group.text('Engine')?.toLowerCase();
}

/** The engine as people say it, for messages: `Redis OSS 6.0`. */
export function engineTitle(group: ResourceView): string {
  return `${engineRow(engineOf(group) ?? '')?.title ?? group.text('Engine')} ${group.text('EngineVersion') ?? ''}`.trim();
}

/** Whether the engine certainly lacks a capability. */
export function lacks(group: ResourceView, capability: Capability): boolean {
  return supports(capability, engineOf(group), group.text('EngineVersion')) === false;
}

/** What the engine would have to be for a capability, in words that follow the name of a prop. */
export function needs(group: ResourceView, capability: Capability): string {
  const engine = engineOf(group)!;
  const oldest = oldestWith(capability, engine);
  return oldest ? `needs ${engineRow(engine)!.title} ${oldest} or newer, got: ${engineTitle(group)}` : `is not offered by ${engineRow(engine)!.title}`;
}

/** Whether a property is written with a value that is known: what a condition may leave out is not judged. */
export function isWritten(group: ResourceView, property: string): boolean {
  return group.value(property) !== undefined;
}

/** The shards that are configured one by one; `undefined` when there are none, or not all are known. */
export function shardsOf(group: ResourceView): readonly ResourceView[] | undefined {
  const entries = group.list('NodeGroupConfiguration');
  return entries?.map((entry) => new ResourceView('NodeGroupConfiguration', entry as Readonly<Record<string, unknown>>));
}

/** How many shards there are; `undefined` when that is not said, or not known. */
export function shardCountOf(group: ResourceView): number | undefined {
  return shardsOf(group)?.length ?? group.number('NumNodeGroups');
}

/** How many replicas each shard of a group with shards has, one number where all have the same; `undefined` for what is not known. */
export function replicaCountsOf(group: ResourceView): readonly (number | undefined)[] {
  const everywhere = group.number('ReplicasPerNodeGroup');
  return shardsOf(group)?.map((shard) => shard.isAbsent('ReplicaCount') ? everywhere : shard.number('ReplicaCount')) ?? [everywhere];
}

/** The cluster mode that is written. */
export function modeOf(group: ResourceView): string | undefined {
  return group.text('ClusterMode')?.toLowerCase();
}

/** Whether the parameter group makes the engine run as a cluster; `undefined` when that is not known. */
export function clusterParameterOf(group: ResourceView): boolean | undefined {
  const { prefix, suffix } = CLUSTER_PARAMETER.defaultGroups;
  const name = group.text('CacheParameterGroupName');
  const made = group.related('CacheParameterGroupName')[0];
  if (!made) {
    return name?.startsWith(prefix) ? name.endsWith(suffix) : undefined;
  }
  const settings = made.value('Properties') as Readonly<Record<string, unknown>> | undefined;
  if (settings === undefined) {
    return made.isAbsent('Properties') ? false : undefined;
  }
  const value = settings[CLUSTER_PARAMETER.name];
  return value === undefined || typeof value === 'string' ? value === CLUSTER_PARAMETER.on : undefined;
}

/** Whether a group is certainly in cluster mode `enabled`. */
export function isSharded(group: ResourceView): boolean {
  return modeOf(group) === 'enabled' || (shardCountOf(group) ?? 1) > 1 || (group.isAbsent('ClusterMode') && clusterParameterOf(group) === true);
}
