"""Replication groups: which shapes run here, and the way from MiniStack's record to a plan and back."""

from __future__ import annotations

import copy
import itertools
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import elasticache as service

from localaws.emulator import global_datastore, modes, snapshots, transit
from localaws.emulator.records import Record
from localaws.emulator.shards import asked_for, reshape
from localaws.emulator.users import PASSWORD_LENGTH, access_users, value
from localaws.engines.find import find_engine
from localaws.engines.versions import check_serves
from localaws.errors import EngineError, LocalAwsError
from localaws.nodes.endpoints import Endpoints
from localaws.nodes.node import Node
from localaws.nodes.parameters import engine_settings, start_settings
from localaws.nodes.slots import parse_slots
from localaws.nodes.topology import GroupKey, GroupPlan

_DEFAULT_PORT = 6379
_MOST_REPLICAS = 5
_PORT, _PLACED, _DURABILITY, _SEEDS = "_port", "_placed", "_durability", "_seeds"
_UPSTREAM = "_upstream"
_FIRST_SHARD = "0001"
_OLDEST_DURABLE = 9

# A group with one of these would deploy without what it asks for.
_NOT_MODELLED = {
    "OutpostMode": "Outposts",
    "PreferredOutpostArn": "Outposts",
}
_DURABILITIES = {"": "disabled", "default": "disabled", "disabled": "disabled", "async": "async", "sync": "sync"}
# The nearest an engine has: a file that every write goes to, forced to disk each time or each second.
_DURABLE = {
    "async": {"appendonly": "yes", "appendfsync": "everysec"},
    "sync": {"appendonly": "yes", "appendfsync": "always"},
}


def check_shape(query: dict[str, Any]) -> None:
    """Before CreateReplicationGroup: refuses what would not run as asked."""
    name = value(query, "ReplicationGroupId")
    for property_name, what in _NOT_MODELLED.items():
        if value(query, property_name):
            raise EngineError(f"replication group {name}: {what} is not modelled by the local AWS")
    if value(query, "Engine") not in ("", "redis", "valkey"):
        raise EngineError(f"replication group {name}: Engine {value(query, 'Engine')!r} is not redis or valkey")
    modes.check_new(query)
    global_datastore.check_shape(query)
    if value(query, "NetworkType") not in ("", "ipv4"):
        raise EngineError(f"replication group {name}: NetworkType {value(query, 'NetworkType')} is not modelled by "
                          "the local AWS, nodes have IPv4 addresses")
    transit.check_new(query)
    check_token(query)
    _check_size(query, name)
    _check_durability(query, name)


def check_token(query: dict[str, Any]) -> None:
    """The length of an AUTH token; never quotes it."""
    token = value(query, "AuthToken")
    if token and len(token) not in PASSWORD_LENGTH:
        raise EngineError(f"the AuthToken of replication group {value(query, 'ReplicationGroupId')} is not 16 to 128 "
                          "characters long")


def check_token_change(query: dict[str, Any]) -> None:
    """Before ModifyReplicationGroup: only a token that was rotated can be set."""
    record = service._replication_groups.get(value(query, "ReplicationGroupId"))
    if record is None or value(query, "AuthTokenUpdateStrategy") != "SET":
        return
    if len(record.get("_auth_tokens") or []) < 2 and not record.get("_auth_optional"):
        raise EngineError(f"replication group {record['ReplicationGroupId']}: AuthTokenUpdateStrategy SET is allowed "
                          "only after ROTATE")


def _check_size(query: dict[str, Any], name: str) -> None:
    try:
        shards = asked_for(query)
    except EngineError as problem:
        raise EngineError(f"replication group {name}: {problem}") from None
    for shard in shards:
        if not 0 <= shard.replicas <= _MOST_REPLICAS:
            raise EngineError(f"replication group {name}: {shard.replicas} replicas; 0 to {_MOST_REPLICAS} are allowed")
    failover = value(query, "AutomaticFailoverEnabled").lower() == "true"
    if failover and len(shards) == 1 and shards[0].replicas == 0 and not _asks_for_cluster(query):
        raise EngineError(f"replication group {name}: AutomaticFailoverEnabled needs at least one replica")
    if len(shards) > 1 and not failover:
        raise EngineError(f"replication group {name}: several shards need AutomaticFailoverEnabled")
    if len(shards) > 1 and value(query, "ClusterMode") in ("disabled", "compatible"):
        raise EngineError(f"replication group {name}: ClusterMode {value(query, 'ClusterMode')} has one shard, not "
                          f"{len(shards)}")
    if value(query, "MultiAZEnabled").lower() == "true" and not failover:
        raise EngineError(f"replication group {name}: MultiAZEnabled needs AutomaticFailoverEnabled")


def _check_durability(query: dict[str, Any], name: str) -> None:
    wanted = value(query, "Durability")
    if wanted not in _DURABILITIES:
        raise EngineError(f"replication group {name}: Durability {wanted!r} is not one of default, async, sync, "
                          "disabled")
    if _DURABILITIES[wanted] == "disabled":
        return
    if value(query, "Engine") != "valkey" or (version := value(query, "EngineVersion")) and int(
            version.split(".")[0]) < _OLDEST_DURABLE:
        raise EngineError(f"replication group {name}: Durability {wanted} needs Valkey {_OLDEST_DURABLE}.0 or newer")
    if not _asks_for_cluster(query):
        raise EngineError(f"replication group {name}: Durability {wanted} needs cluster mode")


def _asks_for_cluster(query: dict[str, Any]) -> bool:
    return (value(query, "ClusterMode") == "enabled" or len(asked_for(query)) > 1
            or _is_cluster_group(value(query, "CacheParameterGroupName")))


def _is_cluster_group(parameter_group: str) -> bool:
    return (parameter_group.endswith(".cluster.on")
            or own_parameters(parameter_group).get("cluster-enabled") == "yes")


def check_change(query: dict[str, Any]) -> None:
    """Before ModifyReplicationGroup: refuses a change that MiniStack would drop."""
    record = service._replication_groups.get(value(query, "ReplicationGroupId"))
    if record is None:
        return
    check_token(query)
    modes.check_change(query, record)
    _check_engine(query, record)
    wanted = value(query, "Durability")
    if wanted and _DURABILITIES.get(wanted, wanted) != record[_DURABILITY]:
        raise EngineError(f"replication group {record['ReplicationGroupId']}: the local AWS cannot change Durability "
                          f"of a running group from {record[_DURABILITY]} to {wanted}")
    transit.check_change(query, record)


def _check_engine(query: dict[str, Any], record: Record) -> None:
    wanted = value(query, "Engine")
    if wanted and wanted != record["Engine"] and (record["Engine"], wanted) != ("redis", "valkey"):
        raise EngineError(f"replication group {record['ReplicationGroupId']}: the local AWS cannot change Engine of a "
                          f"running group from {record['Engine']} to {wanted}")


def remember_change(query: dict[str, Any]) -> None:
    """After ModifyReplicationGroup: what MiniStack does not keep."""
    modes.remember(query)
    transit.remember(query)
    record: Record = service._replication_groups[value(query, "ReplicationGroupId")]
    record["Engine"] = value(query, "Engine") or record["Engine"]
    for name in record["MemberClusters"]:
        service._clusters[name]["Engine"] = record["Engine"]


def with_shards_it_allows(query: dict[str, Any]) -> dict[str, Any]:
    """MiniStack refuses two shards and does not read NodeGroupConfiguration; `adopt` makes the real ones."""
    shards = len(asked_for(query))
    query = global_datastore.inherit(query)
    extra = {"NumNodeGroups": "3" if shards > 1 else "1"}
    if shards > 1 and not value(query, "ClusterMode"):
        extra["ClusterMode"] = "enabled"
    return {**query, **extra}


def adopt(query: dict[str, Any]) -> None:
    """After CreateReplicationGroup: what MiniStack does not keep."""
    record: Record = service._replication_groups[value(query, "ReplicationGroupId")]
    record[_PORT] = int(value(query, "Port") or _DEFAULT_PORT)
    record[_DURABILITY] = _DURABILITIES[value(query, "Durability")]
    shards = asked_for(query)
    record["NodeGroups"] = []
    reshape(record, shards)
    if record["ClusterMode"] == "disabled" and _asks_for_cluster(query):
        record["ClusterMode"] = "enabled"
    record["_ids_of_shards"] = is_cluster(record)
    record[_SEEDS] = snapshots.seeds(query)
    record[_UPSTREAM] = global_datastore.upstream(query)


def forget_seeds(record: Record) -> None:
    """The group has its data now."""
    record[_SEEDS] = ()


def place_members(record: Record) -> None:
    """Gives members their ElastiCache ids, which they keep, and keeps one cluster record per member."""
    identifier = record["ReplicationGroupId"]
    old = [service._clusters[name] for name in record["MemberClusters"] if name in service._clusters]
    template = old[0]
    wanted: list[str] = []
    for group in record["NodeGroups"]:
        in_shard = record["_ids_of_shards"] or group["NodeGroupId"] != _FIRST_SHARD
        prefix = f"{identifier}-{group['NodeGroupId']}" if in_shard else identifier
        taken = {member["CacheClusterId"] for member in group["NodeGroupMembers"] if member.get(_PLACED)}
        free = (name for number in itertools.count(1) if (name := f"{prefix}-{number:03d}") not in taken)
        for member in group["NodeGroupMembers"]:
            if not member.get(_PLACED):
                member["CacheClusterId"], member[_PLACED] = next(free), True
            wanted.append(member["CacheClusterId"])
    kept = {name: service._clusters[name] for name in wanted if name in service._clusters}
    for cluster in old:
        service._clusters.pop(cluster["CacheClusterId"], None)
        if cluster["CacheClusterId"] not in wanted:
            service._tags.pop(cluster["CacheClusterArn"], None)
    for name in wanted:
        arn = service._arn_cluster(name)
        cluster = kept.get(name) or copy.deepcopy(template)
        cluster.update(CacheClusterId=name, CacheClusterArn=arn)
        service._clusters[name] = cluster
        service._tags.setdefault(arn, list(service._tags.get(record["ARN"], [])))
    record["MemberClusters"] = wanted


def is_cluster(record: Record) -> bool:
    """Whether the engines are nodes of a cluster."""
    return bool(record["ClusterMode"] != "disabled")


def plan(record: Record) -> GroupPlan:
    """What should run for a group; raises when no engine here can serve it."""
    try:
        engine = find_engine(record["Engine"])
        check_serves(engine, record["Engine"], record.get("EngineVersion", ""))
    except LocalAwsError as problem:
        raise EngineError(str(problem)) from None
    except EngineError as problem:
        raise EngineError(f"replication group {record['ReplicationGroupId']}: {problem}") from None
    parameters, cluster = own_parameters(record["CacheParameterGroupName"]), is_cluster(record)
    return GroupPlan(
        key=key(record), engine_name=record["Engine"], engine=engine, port=record[_PORT],
        tls=bool(record["TransitEncryptionEnabled"]), plain_too=transit.allows_plain_text(record), cluster=cluster,
        shards=tuple(tuple(member["CacheClusterId"] for member in group["NodeGroupMembers"])
                     for group in record["NodeGroups"]),
        slots=tuple(parse_slots(group["Slots"]) for group in record["NodeGroups"]) if cluster else (),
        compatible=record["ClusterMode"] == "compatible", seeds=record[_SEEDS],
        upstream=record[_UPSTREAM],
        users=access_users(record),
        settings={**engine_settings(parameters), **_DURABLE.get(record[_DURABILITY], {})},
        start_settings=start_settings(parameters, cluster))


def key(record: Record) -> GroupKey:
    return get_account_id(), get_region(), record["ReplicationGroupId"]


def own_parameters(name: str) -> dict[str, str]:
    """The values a parameter group sets itself."""
    stored = service._param_group_params.get(name) or {}
    return {parameter: str(entry["Value"]) for parameter, entry in stored.items() if entry.get("Source") == "user"}


def publish(record: Record, nodes: dict[str, Node], waits_for_reboot: bool, endpoints: Endpoints) -> None:
    """Writes the real endpoints into MiniStack's records."""
    status = "pending-reboot" if waits_for_reboot else "in-sync"
    for group in record["NodeGroups"]:
        members = group["NodeGroupMembers"]
        addresses = [nodes[member["CacheClusterId"]].address for member in members]
        group["PrimaryEndpoint"], group["ReaderEndpoint"] = addresses[0], addresses[-1]
        for position, (member, address) in enumerate(zip(members, addresses, strict=True)):
            member["ReadEndpoint"] = address
            member["CurrentRole"] = "primary" if position == 0 else "replica"
            cluster = service._clusters[member["CacheClusterId"]]
            cluster["_endpoint"] = cluster["CacheNodes"][0]["Endpoint"] = address
            cluster["EngineVersion"] = record["EngineVersion"]
            cluster["CacheParameterGroup"] = {"CacheParameterGroupName": record["CacheParameterGroupName"],
                                              "ParameterApplyStatus": status}
    port, first = record[_PORT], record["NodeGroups"][0]
    if record["ClusterMode"] != "enabled":
        first["PrimaryEndpoint"] = {"Address": endpoints.primary, "Port": port}
        first["ReaderEndpoint"] = {"Address": endpoints.reader, "Port": port}
    record["ClusterEnabled"] = is_cluster(record)
    record["ConfigurationEndpoint"] = ({"Address": endpoints.configuration, "Port": port}
                                       if record["ClusterEnabled"] else None)


def describe(record: Record, original: str) -> str:
    """MiniStack's description of a group, and what it leaves out."""
    for group in record["NodeGroups"] if is_cluster(record) else []:
        head = f"<NodeGroupId>{group['NodeGroupId']}</NodeGroupId>"
        original = original.replace(head, f"{head}<Slots>{group.get('Slots', '')}</Slots>")
    durability = record.get(_DURABILITY, "disabled")
    return f"{original}<Durability>{durability}</Durability><EffectiveDurability>{durability}</EffectiveDurability>"


def effective_durability(record: Record) -> str:
    return str(record[_DURABILITY])
