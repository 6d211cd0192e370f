"""Cluster mode of a running group: disabled, then compatible, then enabled, and back from compatible.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
"""

from __future__ import annotations

from typing import Any

from ministack.services import elasticache as service

from localaws.emulator.records import Record
from localaws.emulator.users import value
from localaws.errors import EngineError

MODES = ("disabled", "compatible", "enabled")
_STEPS = {("disabled", "compatible"), ("compatible", "enabled"), ("compatible", "disabled")}
# The mode changes alone; a parameter group with cluster-enabled may come with it.
_ALONG = {"Action", "ApplyImmediately", "CacheParameterGroupName", "ClusterMode", "ReplicationGroupId", "Version"}


def check_new(query: dict[str, Any]) -> None:
    """Before CreateReplicationGroup."""
    mode, name = value(query, "ClusterMode"), value(query, "ReplicationGroupId")
    if mode not in ("", *MODES):
        raise EngineError(f"replication group {name}: ClusterMode {mode!r} is not one of {', '.join(MODES)}")


def check_change(query: dict[str, Any], record: Record) -> None:
    """Before ModifyReplicationGroup."""
    name, current, wanted = record["ReplicationGroupId"], record["ClusterMode"], value(query, "ClusterMode")
    if not wanted or wanted == current:
        return
    check_new(query)
    if (current, wanted) not in _STEPS:
        advice = "; go through compatible in an update of its own" if current == "disabled" else ""
        raise EngineError(f"replication group {name}: ClusterMode cannot go from {current} to {wanted}{advice}")
    others = sorted({key.partition(".")[0] for key in query if value(query, key)} - _ALONG)
    if wanted == "compatible" and others:
        raise EngineError(f"replication group {name}: ClusterMode compatible must be the only change of an update; "
                          f"{', '.join(others)} changed as well")
    if wanted == "compatible" and (record["AutomaticFailover"] != "enabled" or record["_replicas_per_node_group"] < 1):
        raise EngineError(f"replication group {name}: ClusterMode compatible needs AutomaticFailoverEnabled and at "
                          "least one replica")


def remember(query: dict[str, Any]) -> None:
    """After ModifyReplicationGroup: MiniStack does not keep the mode."""
    record: Record = service._replication_groups[value(query, "ReplicationGroupId")]
    record["ClusterMode"] = value(query, "ClusterMode") or record["ClusterMode"]
