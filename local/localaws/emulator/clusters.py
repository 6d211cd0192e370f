"""Cache clusters of Memcached: what runs here, and the way from MiniStack's record to a plan and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import elasticache as service

from localaws.emulator.groups import own_parameters
from localaws.emulator.records import Record
from localaws.emulator.users import value, values
from localaws.engines.find import find_engine
from localaws.engines.versions import check_serves, parse_version
from localaws.errors import EngineError, LocalAwsError
from localaws.nodes.memcached import MemcachedNode, MemcachedPlan, engine_options
from localaws.nodes.topology import GroupKey

_DEFAULT_PORT = 11211
_MEMCACHED = "_memcached_port"
_OLDEST_WITH_TLS = (1, 6, 12)
_NO_SNAPSHOTS = ("SnapshotArns.member.1", "SnapshotName", "SnapshotRetentionLimit", "SnapshotWindow")


def check_shape(query: dict[str, Any]) -> None:
    """Before CreateCacheCluster: refuses what ElastiCache refuses, and what would not run as asked."""
    name, engine = value(query, "CacheClusterId"), value(query, "Engine").lower()
    if engine == "valkey":
        raise EngineError("This API doesn't support Valkey engine. Please use CreateReplicationGroup API for Valkey "
                          "cluster creation.")
    if engine != "memcached":
        raise EngineError(f"cache cluster {name}: the local AWS runs cache clusters of memcached only, got engine "
                          f"{engine or 'redis'}; use a replication group")
    if value(query, "NetworkType") not in ("", "ipv4"):
        raise EngineError(f"cache cluster {name}: NetworkType {value(query, 'NetworkType')} is not modelled by the "
                          "local AWS, nodes have IPv4 addresses")
    if value(query, "PreferredOutpostArn") or value(query, "OutpostMode"):
        raise EngineError(f"cache cluster {name}: Outposts are not modelled by the local AWS")
    for property_name in _NO_SNAPSHOTS:
        if value(query, property_name):
            raise EngineError(f"Engine does not support snapshotting. {property_name.partition('.')[0]} should not be "
                              "specified.")
    _check_placement(query, int(value(query, "NumCacheNodes") or 1))
    if value(query, "TransitEncryptionEnabled").lower() == "true" and not _has_tls(value(query, "EngineVersion")):
        raise EngineError(f"Encryption features are not supported for engine version {value(query, 'EngineVersion')}. "
                          "Please use engine version 1.6.12")


def _check_placement(query: dict[str, Any], nodes: int) -> None:
    zones = values(query, "PreferredAvailabilityZones")
    if value(query, "AZMode") == "cross-az" and nodes < 2:
        raise EngineError("Must specify at least two cache nodes in order to specify AZ Mode of 'cross-az'.")
    if zones and len(zones) != nodes:
        raise EngineError("Must specify the same number of preferred availability zones as requested number of nodes")


def _has_tls(version: str) -> bool:
    try:
        return not version or parse_version(version) >= _OLDEST_WITH_TLS
    except ValueError:
        return True


def check_change(query: dict[str, Any]) -> None:
    """Before ModifyCacheCluster: refuses a change that ElastiCache refuses or MiniStack would drop."""
    name = value(query, "CacheClusterId")
    record = service._clusters.get(name)
    if record is None:
        return
    if _MEMCACHED not in record:
        raise EngineError(f"cache cluster {name} belongs to a replication group; modify the group")
    wanted = value(query, "TransitEncryptionEnabled").lower()
    if wanted and (wanted == "true") != bool(record["TransitEncryptionEnabled"]):
        raise EngineError(f"cache cluster {name}: TransitEncryptionEnabled of Memcached can only be set at creation")
    node_type = value(query, "CacheNodeType")
    if node_type and node_type != record["CacheNodeType"]:
        raise EngineError(f"cache cluster {name}: CacheNodeType of Memcached cannot be changed from "
                          f"{record['CacheNodeType']} to {node_type}; give the resource another logical id")


def check_own(query: dict[str, Any]) -> None:
    """Before DeleteCacheCluster and RebootCacheCluster."""
    name = value(query, "CacheClusterId")
    record = service._clusters.get(name)
    if record is not None and _MEMCACHED not in record:
        raise EngineError(f"cache cluster {name} belongs to a replication group; the local AWS changes whole groups")


def adopt(query: dict[str, Any]) -> None:
    """After CreateCacheCluster: what MiniStack does not keep."""
    record: Record = service._clusters[value(query, "CacheClusterId")]
    record[_MEMCACHED] = int(value(query, "Port") or _DEFAULT_PORT)


def own_clusters() -> Iterator[Record]:
    """The clusters of Memcached of the current account and region."""
    return (record for record in list(service._clusters.values()) if _MEMCACHED in record)


def all_keys() -> set[GroupKey]:
    """The clusters of Memcached of every account and region."""
    return {key for key, record in service._clusters._data.items() if _MEMCACHED in record}


def plan(record: Record) -> MemcachedPlan:
    """What should run for a cluster; raises when no engine here can serve it."""
    try:
        engine = find_engine("memcached")
        check_serves(engine, "memcached", record.get("EngineVersion", ""))
    except LocalAwsError as problem:
        raise EngineError(str(problem)) from None
    return MemcachedPlan(
        key=(get_account_id(), get_region(), record["CacheClusterId"]), engine=engine, port=record[_MEMCACHED],
        tls=bool(record["TransitEncryptionEnabled"]),
        node_ids=tuple(node["CacheNodeId"] for node in record["CacheNodes"]),
        options=engine_options(own_parameters(record["CacheParameterGroup"]["CacheParameterGroupName"])))


def publish(record: Record, nodes: list[MemcachedNode]) -> None:
    """Writes the real endpoints into MiniStack's record. The configuration endpoint is the first node."""
    for entry, node in zip(record["CacheNodes"], nodes, strict=True):
        entry["Endpoint"] = node.address
    record["_endpoint"] = nodes[0].address
