"""Online resharding: another number of shards, or other slots and replicas, of a group that goes on running."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from ministack.services import elasticache as service

from localaws.emulator.records import Record
from localaws.emulator.shards import Shard, asked_for, reshape
from localaws.emulator.users import value
from localaws.errors import EngineError


def reshard(name: str, query: dict[str, Any], converge: Callable[[], None]) -> Record:
    """Makes the shards of a running group those of the template."""
    record: Record = service._replication_groups[name]
    wanted = asked_for(query, [group["NodeGroupId"] for group in record["NodeGroups"]])
    _apply(record, wanted, converge)
    return record


def modify(query: dict[str, Any], converge: Callable[[], None]) -> Record:
    """ModifyReplicationGroupShardConfiguration."""
    name = value(query, "ReplicationGroupId")
    record: Record | None = service._replication_groups.get(name)
    if record is None:
        raise EngineError(f"replication group {name} does not exist")
    ids = [group["NodeGroupId"] for group in record["NodeGroups"]]
    count = int(value(query, "NodeGroupCount") or 0)
    removed, retained = _names(query, "NodeGroupsToRemove"), _names(query, "NodeGroupsToRetain")
    unknown = sorted({*removed, *retained} - set(ids))
    if unknown:
        raise EngineError(f"replication group {name} has no shard {', '.join(unknown)}")
    stay = [identifier for identifier in ids if identifier not in removed and (not retained or identifier in retained)]
    if count < len(ids) and len(stay) != count:
        raise EngineError(f"NodeGroupCount is {count} and NodeGroupsToRemove or NodeGroupsToRetain leave {len(stay)}")
    new = (f"{number:04d}" for number in itertools.count(1) if f"{number:04d}" not in ids)
    stay += itertools.islice(new, max(0, count - len(stay)))
    replicas = {group["NodeGroupId"]: len(group["NodeGroupMembers"]) - 1 for group in record["NodeGroups"]}
    default = max(replicas.values())
    _apply(record, [Shard(identifier, replicas.get(identifier, default)) for identifier in stay], converge)
    return record


def _names(query: dict[str, Any], field: str) -> list[str]:
    return [value(query, name) for name in sorted(query) if name.startswith(f"{field}.")]


def _apply(record: Record, wanted: list[Shard], converge: Callable[[], None]) -> None:
    name = record["ReplicationGroupId"]
    if record["ClusterMode"] != "enabled":
        if len(wanted) != 1:
            raise EngineError(f"replication group {name}: ClusterMode {record['ClusterMode']} has one shard; enable "
                              "cluster mode first")
    elif any(not shard.slots for shard in wanted) and any(shard.slots for shard in wanted):
        raise EngineError(f"replication group {name}: give Slots to every shard or to none")
    reshape(record, wanted)
    record["_replicas_per_node_group"] = max(shard.replicas for shard in wanted)
    converge()
