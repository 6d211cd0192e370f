// Data only: what ElastiCache tells of its caches, and how. Imports nothing of CDK.
import { CacheKind } from './metric-row';

const NOTIFICATIONS = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html';
const SERVICE_EVENTS = 'https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-elasticache.html';

/** The source of events of the service in EventBridge. */
export const EVENT_SOURCE = 'aws.elasticache';

/** The most names that a filter of a subscription holds. */
export const MOST_FILTERED_NAMES = { names: 5, source: 'https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html' } as const;

/** An event that the service has a name for. */
export interface EventRow {
  /** The key of the notification, or the detail type in EventBridge. */
  readonly name: string;
  /** What happened. */
  readonly means: string;
  readonly kinds: readonly CacheKind[];
  /** Whether it is about a snapshot, which the event names in place of the cache. */
  readonly ofSnapshot?: boolean;
  readonly source: string;
}

const NODES: readonly CacheKind[] = ['replicationGroup', 'memcached'];
const GROUP: readonly CacheKind[] = ['replicationGroup'];

function notification(name: string, means: string, kinds: readonly CacheKind[] = NODES): EventRow {
  return { name: `ElastiCache:${name}`, means, kinds, source: NOTIFICATIONS };
}

function serviceEvent(name: string, means: string, ofSnapshot?: boolean): EventRow {
  return { name, means, kinds: ['serverless'], ofSnapshot, source: SERVICE_EVENTS };
}

/** Every event by its name. Those of nodes are notifications; those of serverless caches go to EventBridge. */
export const EVENTS: readonly EventRow[] = [
  notification('FailoverComplete', 'a replica took over from its primary', GROUP),
  notification('CacheNodeReplaceStarted', 'the host of a node is degraded or gone, and the node is being replaced'),
  notification('CacheNodeReplaceComplete', 'a node was replaced'),
  notification('CacheNodesRebooted', 'nodes were restarted'),
  notification('NodeReplacementScheduled', 'a node will be replaced in a window'),
  notification('NodeReplacementRescheduled', 'the window in which a node will be replaced has moved'),
  notification('NodeReplacementCanceled', 'a node will not be replaced after all'),
  notification('ServiceUpdateAvailableForNode', 'an update of the service can be installed'),
  notification('CertificateRenewalComplete', 'the certificates of the nodes were renewed', GROUP),
  notification('SnapshotComplete', 'a backup was made', GROUP),
  notification('SnapshotFailed', 'a backup failed', GROUP),
  notification('CacheClusterScalingComplete', 'nodes have their new type'),
  notification('CacheClusterScalingFailed', 'nodes did not get their new type'),
  notification('ReplicationGroupScalingComplete', 'a replication group has its new node type', GROUP),
  notification('ReplicationGroupScalingFailed', 'a replication group did not get its new node type', GROUP),
  notification('ReplicationGroupIncreaseReplicaCountStarted', 'replicas are being added', GROUP),
  notification('ReplicationGroupIncreaseReplicaCountFinished', 'replicas were added', GROUP),
  notification('AddCacheNodeComplete', 'a node was added'),
  notification('AddCacheNodeFailed', 'a node could not be added: its subnet has no free address'),
  notification('RemoveCacheNodeComplete', 'a node was removed'),
  notification('CacheClusterParametersChanged', 'parameters were changed'),
  notification('CacheClusterSecurityGroupModified', 'security groups were changed'),
  notification('CacheClusterProvisioningComplete', 'the nodes of a new cluster are ready'),
  notification('CacheClusterProvisioningFailed', 'a cluster could not be made in its network'),
  notification('CreateReplicationGroupComplete', 'a replication group was made', GROUP),
  notification('DeleteCacheClusterComplete', 'a cluster and its nodes were deleted'),
  serviceEvent('Cache Created', 'the cache was made'),
  serviceEvent('Cache Creation Failed', 'the cache could not be made'),
  serviceEvent('Cache Updated', 'the cache was changed'),
  serviceEvent('Cache Update Failed', 'the cache could not be changed'),
  serviceEvent('Cache Deleted', 'the cache was deleted'),
  serviceEvent('Cache Limit Approaching', 'the cache is near a limit'),
  serviceEvent('Snapshot Created', 'a backup was made', true),
  serviceEvent('Snapshot Creation Failed', 'a backup failed', true),
  serviceEvent('Snapshot Copy Failed', 'a backup could not be copied', true),
  serviceEvent('Snapshot Export Failed', 'a backup could not be exported', true),
];

/** What people ask for, by method. */
export type AskedEvent = 'onFailover' | 'onSnapshotFailed' | 'onNodeReplaced' | 'onScalingComplete' | 'onMaintenance';

/** What is asked for: the names of the events by kind of cache, or why there are none. */
export const ASKED_EVENTS: Readonly<Record<AskedEvent, Readonly<Record<CacheKind, readonly string[] | string>>>> = {
  onFailover: {
    replicationGroup: ['ElastiCache:FailoverComplete'],
    memcached: 'Memcached has no replicas that could take over; onNodeReplaced tells of a node that was replaced',
    serverless: 'AWS replaces what is behind a serverless cache without an event; alarms tell when clients feel it',
  },
  onSnapshotFailed: {
    replicationGroup: ['ElastiCache:SnapshotFailed'],
    memcached: 'Memcached on nodes has no backups',
    serverless: ['Snapshot Creation Failed'],
  },
  onNodeReplaced: {
    replicationGroup: ['ElastiCache:CacheNodeReplaceComplete'],
    memcached: ['ElastiCache:CacheNodeReplaceComplete'],
    serverless: 'a serverless cache has no nodes',
  },
  onScalingComplete: {
    replicationGroup: [
      'ElastiCache:ReplicationGroupScalingComplete', 'ElastiCache:CacheClusterScalingComplete', 'ElastiCache:ReplicationGroupIncreaseReplicaCountFinished',
    ],
    memcached: ['ElastiCache:CacheClusterScalingComplete', 'ElastiCache:AddCacheNodeComplete', 'ElastiCache:RemoveCacheNodeComplete'],
    serverless: 'a serverless cache scales without an event; onEvent with eventNames "Cache Limit Approaching" tells when it nears a limit',
  },
  onMaintenance: {
    replicationGroup: [
      'ElastiCache:NodeReplacementScheduled', 'ElastiCache:NodeReplacementRescheduled', 'ElastiCache:NodeReplacementCanceled',
      'ElastiCache:ServiceUpdateAvailableForNode',
    ],
    memcached: [
      'ElastiCache:NodeReplacementScheduled', 'ElastiCache:NodeReplacementRescheduled', 'ElastiCache:NodeReplacementCanceled',
      'ElastiCache:ServiceUpdateAvailableForNode',
    ],
    serverless: 'a serverless cache has no maintenance to plan for',
  },
};

/** What people might ask for and AWS has no name for, for the guide. */
export const NAMELESS: readonly string[] = [
  'the start of a failover, and one that fails', 'a new number of shards', 'fewer replicas', 'a failover or the maintenance of a serverless cache',
  'an alarm (CloudWatch has events of its own for it)',
];


/** The events of a kind of cache. */
export function eventsOf(kind: CacheKind): EventRow[] {
  return EVENTS.filter(({ kinds }) => kinds.includes(kind));
}
