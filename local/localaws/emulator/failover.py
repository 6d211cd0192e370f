"""Automatic failover: a replica takes over from a primary that died, and the dead node is replaced."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import elasticache as service

from localaws.emulator import events, groups
from localaws.emulator.records import Record
from localaws.emulator.users import value
from localaws.errors import EngineError
from localaws.nodes.fleet import Fleet

logger = logging.getLogger("localaws")
_LOOK_SECONDS = 0.25
_PAUSE_AFTER_FAILURE = 2.0


def repair(fleet: Fleet, record: Record) -> None:
    """Promotes a replica in every shard whose primary is dead, in the engines and in MiniStack's record."""
    if record["AutomaticFailover"] != "enabled":
        return
    group = groups.key(record)
    for shard in record["NodeGroups"]:
        members = shard["NodeGroupMembers"]
        dead = fleet.node(group, members[0].get("CacheClusterId", ""))
        if dead is None or dead.alive:
            continue
        chosen = fleet.promote(group, [member["CacheClusterId"] for member in members[1:]])
        if chosen is None:  # no replica is left: the primary is replaced, empty
            continue
        members.sort(key=lambda member: member["CacheClusterId"] != chosen)
        events.emit(events.CacheEvent(
            "ElastiCache:FailoverComplete", get_account_id(), get_region(), record["ReplicationGroupId"], chosen,
            f"Failover to replica node {chosen} completed"))


def watch(fleet: Fleet, settle: Callable[[], None]) -> None:
    """Looks after the nodes of groups with automatic failover for as long as the process lives."""

    def look() -> None:
        while True:
            time.sleep(_LOOK_SECONDS)
            for account, region, name in fleet.groups_with_dead_nodes():
                try:
                    with fleet.lock, request_scope(account, region):
                        record = service._replication_groups.get(name)
                        if record is not None and record["AutomaticFailover"] == "enabled":
                            dead = [node.member for node in fleet.nodes_of((account, region, name)) if not node.alive]
                            settle()
                            for member in dead:
                                events.emit(events.CacheEvent(
                                    "ElastiCache:CacheNodeReplaceComplete", account, region, name, member,
                                    f"Finished recovery for cache nodes {member}"))
                except Exception:
                    logger.exception("could not replace a dead node of %s", name)
                    time.sleep(_PAUSE_AFTER_FAILURE)

    threading.Thread(target=look, name="failover", daemon=True).start()


def test_failover(fleet: Fleet, query: dict[str, Any]) -> Record:
    """TestFailover: ends the primary of a shard; what follows is the real thing."""
    name, shard_id = value(query, "ReplicationGroupId"), value(query, "NodeGroupId")
    record: Record | None = service._replication_groups.get(name)
    if record is None:
        raise EngineError(f"replication group {name} does not exist")
    if record["AutomaticFailover"] != "enabled":
        raise EngineError(f"replication group {name} must have automatic failover enabled for TestFailover")
    for shard in record["NodeGroups"]:
        if shard["NodeGroupId"] == shard_id:
            node = fleet.node(groups.key(record), shard["NodeGroupMembers"][0]["CacheClusterId"])
            if node is not None and node.alive:
                os.kill(node.pid, signal.SIGKILL)
            return record
    raise EngineError(f"replication group {name} has no shard {shard_id}")
