"""The events that follow from a change of the records: what a caller asked for has been done.

Names and texts: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html,
https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-elasticache.html
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ministack.services import elasticache as service

from localaws.emulator import clusters, snapshots
from localaws.emulator.events import CLUSTER, GROUP, SERVERLESS, SERVERLESS_SNAPSHOT, CacheEvent, emit
from localaws.emulator.records import Record

Key = tuple[str, str, str]
# How often a cluster was rebooted, in its record.
REBOOTS = "_reboots"
# What a change of a serverless cache may change; endpoints and states come and go by themselves.
_OF_SERVERLESS = ("CacheUsageLimits", "DailySnapshotTime", "Description", "Engine", "MajorEngineVersion",
                  "SecurityGroupIds", "SnapshotRetentionLimit", "UserGroupId")


@dataclass(frozen=True)
class _Nodes:
    """A replication group or a cluster of Memcached."""

    kind: str
    shards: dict[str, tuple[str, ...]]
    node_type: str
    parameters: str
    reboots: int = 0

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(member for members in self.shards.values() for member in members)


@dataclass(frozen=True)
class Picture:
    """What there is at one moment, by account, region and name."""

    caches: dict[Key, _Nodes]
    serverless: dict[Key, Any]
    snapshots: dict[Key, Record]


def picture() -> Picture:
    caches = {key: _group(record) for key, record in service._replication_groups._data.items()}
    for key in clusters.all_keys():
        caches[key] = _cluster(service._clusters._data[key])
    return Picture(caches, {key: copy.deepcopy({name: record.get(name) for name in _OF_SERVERLESS})
                            for key, record in service._serverless_caches._data.items()},
                   dict(service._snapshots._data))


def _group(record: Record) -> _Nodes:
    shards = {shard["NodeGroupId"]: tuple(member["CacheClusterId"] for member in shard["NodeGroupMembers"]
                                          if member.get("CacheClusterId")) for shard in record["NodeGroups"]}
    group = record.get("CacheParameterGroup") or {}
    name = group.get("CacheParameterGroupName") if isinstance(group, dict) else group
    return _Nodes(GROUP, shards, str(record.get("CacheNodeType") or ""), str(name or ""))


def _cluster(record: Record) -> _Nodes:
    return _Nodes(CLUSTER, {"": tuple(node["CacheNodeId"] for node in record["CacheNodes"])},
                  str(record.get("CacheNodeType") or ""), str(record["CacheParameterGroup"]["CacheParameterGroupName"]),
                  int(record.get(REBOOTS, 0)))


def announce(before: Picture, after: Picture) -> None:
    for event in between(before, after):
        emit(event)


def between(before: Picture, after: Picture) -> Iterator[CacheEvent]:
    """The events that lead from one picture to the other."""
    for key, cache in after.caches.items():
        yield from _changed(key, before.caches[key], cache) if key in before.caches else _made(key, cache)
    for key, cache in before.caches.items():
        if key not in after.caches:
            for node in _sources(key, cache):
                yield _event("DeleteCacheClusterComplete", key, node, "Cache cluster deleted", cache.kind)
    for key, name in after.snapshots.items():
        if key not in before.snapshots:
            yield from _snapshot(key, name)
    for key in after.serverless.keys() - before.serverless.keys():
        yield CacheEvent("Cache Created", *key, key[2], f"Serverless cache {key[2]} created.", SERVERLESS)
    for key in before.serverless.keys() - after.serverless.keys():
        yield CacheEvent("Cache Deleted", *key, key[2], f"Serverless cache {key[2]} deleted.", SERVERLESS)
    for key in before.serverless.keys() & after.serverless.keys():
        if before.serverless[key] != after.serverless[key]:
            yield CacheEvent("Cache Updated", *key, key[2], f"Serverless cache {key[2]} updated.", SERVERLESS)


def _event(name: str, key: Key, node: str, message: str, kind: str) -> CacheEvent:
    return CacheEvent(f"ElastiCache:{name}", *key, node, message, kind)


def _sources(key: Key, cache: _Nodes) -> tuple[str, ...]:
    """What ElastiCache calls a cache cluster: each member of a replication group, and a whole cluster of Memcached."""
    return cache.members if cache.kind == GROUP else (key[2],)


def _made(key: Key, cache: _Nodes) -> Iterator[CacheEvent]:
    for node in _sources(key, cache):
        yield _event("CacheClusterProvisioningComplete", key, node, "Cache cluster created", cache.kind)
    if cache.kind == GROUP:
        yield _event("CreateReplicationGroupComplete", key, key[2], f"Replication group {key[2]} created", GROUP)


def _changed(key: Key, old: _Nodes, new: _Nodes) -> Iterator[CacheEvent]:
    added = [member for member in new.members if member not in old.members]
    removed = [member for member in old.members if member not in new.members]
    counts = f"Finished modifying number of nodes from {len(old.members)} to {len(new.members)}"
    if new.kind == GROUP:
        # What comes with a new shard is no replica more of any: for a new number of shards there is no name.
        replicas = [node for shard in old.shards for node in new.shards.get(shard, ()) if node in added]
        for node in replicas:
            yield _event("ReplicationGroupIncreaseReplicaCountStarted", key, node, f"Adding replica {node}", GROUP)
        for node in added:
            yield _event("CacheClusterProvisioningComplete", key, node, "Cache cluster created", GROUP)
        for node in replicas:
            yield _event("ReplicationGroupIncreaseReplicaCountFinished", key, node, f"Added replica {node}", GROUP)
        for node in removed:
            yield _event("DeleteCacheClusterComplete", key, node, "Cache cluster deleted", GROUP)
    elif added:
        yield _event("AddCacheNodeComplete", key, key[2], counts, CLUSTER)
    elif removed:
        yield _event("RemoveCacheNodeComplete", key, key[2], f"Removed cache nodes {', '.join(removed)}", CLUSTER)
    if old.parameters != new.parameters:
        for node in _sources(key, new):
            yield _event("CacheClusterParametersChanged", key, node,
                         f"Updated to use a CacheParameterGroup {new.parameters}", new.kind)
    if old.node_type != new.node_type:
        for node in _sources(key, new):
            yield _event("CacheClusterScalingComplete", key, node,
                         f"Succeeded applying modification to cache node type to {new.node_type}.", new.kind)
        if new.kind == GROUP:
            yield _event("ReplicationGroupScalingComplete", key, key[2],
                         f"Succeeded applying modification to cache node type to {new.node_type}.", GROUP)
    if old.reboots != new.reboots:
        nodes = ", ".join(new.members)
        yield _event("CacheNodesRebooted", key, key[2], f"Cache node {nodes} restarted", CLUSTER)


def _snapshot(key: Key, record: Record) -> Iterator[CacheEvent]:
    """Of a node-based cache by notification, of a serverless one by EventBridge."""
    account, region, name = key
    failed = record["SnapshotStatus"] == snapshots.FAILED
    serverless = record.get("_serverless")
    if serverless:
        title, text = ("Snapshot Creation Failed", "failed") if failed else ("Snapshot Created", "created")
        yield CacheEvent(title, account, region, serverless["ServerlessCacheName"], name, f"Snapshot {name} {text}.",
                         SERVERLESS_SNAPSHOT)
        return
    member = record.get("CacheClusterId") or ""
    group = record.get("ReplicationGroupId") or _group_of((account, region, member))
    if group:
        yield _event("SnapshotFailed" if failed else "SnapshotComplete", (account, region, group), member or group,
                     f"Snapshot {'failed' if failed else 'succeeded'} for snapshot with ID '{name}' of cache cluster "
                     f"with ID '{member or group}'", GROUP)


def _group_of(key: Key) -> str:
    return str((service._clusters._data.get(key) or {}).get("ReplicationGroupId") or "")


def watch(transaction: Callable[[Callable[[], Any]], Any]) -> Callable[[Callable[[], Any]], Any]:
    """The same transaction; the outermost one tells what it changed, once it can not be taken back any more."""
    depth = 0  # one thread at a time is in a transaction, for it holds the lock of the engines

    def watched(work: Callable[[], Any]) -> Any:
        pictures: list[Picture] = []

        def inside() -> Any:
            nonlocal depth
            depth += 1
            try:
                if depth > 1:
                    return work()
                pictures.append(picture())
                result = work()
                pictures.append(picture())
                return result
            finally:
                depth -= 1

        result = transaction(inside)
        if len(pictures) == 2:
            announce(*pictures)
        return result

    return watched
