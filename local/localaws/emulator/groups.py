"""Replication groups: which shapes run here, and the way from MiniStack's record to a plan and back."""

from __future__ import annotations

import copy
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import elasticache as service

from localaws.emulator.records import Record
from localaws.emulator.users import PASSWORD_LENGTH, access_users, value, values
from localaws.engines.find import find_engine
from localaws.engines.versions import check_serves
from localaws.errors import EngineError, LocalAwsError
from localaws.nodes.node import Node
from localaws.nodes.parameters import engine_settings, start_settings
from localaws.nodes.topology import GroupKey, GroupPlan

_DEFAULT_PORT = 6379
_MOST_REPLICAS = 5
_PORT = "_port"

# A group with one of these would deploy without what it asks for.
_NOT_MODELLED = {
    "GlobalReplicationGroupId": "global datastores",
    "NodeGroupConfiguration.member.1": "NodeGroupConfiguration",
    "SnapshotArns.member.1": "restoring a snapshot",
    "SnapshotName": "restoring a snapshot",
}
_FIXED_ONCE_RUNNING = ("ClusterMode", "Engine", "TransitEncryptionEnabled", "TransitEncryptionMode")


def check_shape(query: dict[str, Any]) -> None:
    """Before CreateReplicationGroup: refuses what would not run as asked."""
    name = value(query, "ReplicationGroupId")
    for property_name, what in _NOT_MODELLED.items():
        if value(query, property_name):
            raise EngineError(f"replication group {name}: {what} is not modelled by the local AWS")
    if value(query, "Engine") not in ("", "redis", "valkey"):
        raise EngineError(f"replication group {name}: Engine {value(query, 'Engine')!r} is not redis or valkey")
    if value(query, "TransitEncryptionMode") == "preferred":
        raise EngineError(f"replication group {name}: TransitEncryptionMode preferred is not modelled by the local "
                          "AWS, an engine has one port for TLS and another for plain text; use required")
    if value(query, "ClusterMode") == "compatible":
        raise EngineError(f"replication group {name}: ClusterMode compatible is not modelled by the local AWS")
    if value(query, "NetworkType") not in ("", "ipv4"):
        raise EngineError(f"replication group {name}: NetworkType {value(query, 'NetworkType')} is not modelled by "
                          "the local AWS, nodes have IPv4 addresses")
    if values(query, "UserGroupIds") and value(query, "TransitEncryptionEnabled").lower() != "true":
        raise EngineError(f"replication group {name}: UserGroupIds needs TransitEncryptionEnabled")
    check_token(query)
    _check_size(query, name)


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
    shards = int(value(query, "NumNodeGroups") or 1)
    replicas = int(value(query, "ReplicasPerNodeGroup") or int(value(query, "NumCacheClusters") or 1) - 1)
    if not 0 <= replicas <= _MOST_REPLICAS:
        raise EngineError(f"replication group {name}: {replicas} replicas; 0 to {_MOST_REPLICAS} are allowed")
    failover = value(query, "AutomaticFailoverEnabled").lower() == "true"
    if failover and replicas == 0 and shards == 1:
        raise EngineError(f"replication group {name}: AutomaticFailoverEnabled needs at least one replica")
    if shards > 1 and not failover:
        raise EngineError(f"replication group {name}: several shards need AutomaticFailoverEnabled")
    if value(query, "MultiAZEnabled").lower() == "true" and not failover:
        raise EngineError(f"replication group {name}: MultiAZEnabled needs AutomaticFailoverEnabled")


def check_change(query: dict[str, Any]) -> None:
    """Before ModifyReplicationGroup: refuses a change that MiniStack would drop."""
    record = service._replication_groups.get(value(query, "ReplicationGroupId"))
    if record is None:
        return
    check_token(query)
    for name in _FIXED_ONCE_RUNNING:
        wanted = value(query, name)
        current = str(record.get(name) or "")
        if wanted and wanted.lower() != current.lower():
            raise EngineError(f"replication group {record['ReplicationGroupId']}: the local AWS cannot change {name} "
                              f"of a running group from {current or 'none'} to {wanted}")


def without_shard_limit(query: dict[str, Any]) -> dict[str, Any]:
    """MiniStack refuses two shards, which ElastiCache allows; `place_members` drops the third again."""
    return {**query, "NumNodeGroups": "3"} if value(query, "NumNodeGroups") == "2" else query


def adopt(query: dict[str, Any]) -> None:
    """After CreateReplicationGroup: what MiniStack does not keep."""
    record: Record = service._replication_groups[value(query, "ReplicationGroupId")]
    record[_PORT] = int(value(query, "Port") or _DEFAULT_PORT)
    if value(query, "NumNodeGroups") == "2":
        del record["NodeGroups"][2:]
        record["_num_node_groups"] = 2


def place_members(record: Record) -> None:
    """Gives members their ElastiCache ids and keeps one cluster record per member."""
    identifier, clustered = record["ReplicationGroupId"], is_cluster(record)
    old = [service._clusters[name] for name in record["MemberClusters"] if name in service._clusters]
    template = old[0]
    wanted: list[str] = []
    for group in record["NodeGroups"]:
        prefix = f"{identifier}-{group['NodeGroupId']}" if clustered else identifier
        for position, member in enumerate(group["NodeGroupMembers"], 1):
            member["CacheClusterId"] = f"{prefix}-{position:03d}"
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
    """Cluster mode: several shards, or asked for, or a parameter group with cluster-enabled."""
    name = record["CacheParameterGroupName"]
    return (len(record["NodeGroups"]) > 1 or record.get("ClusterMode") == "enabled"
            or name.endswith(".cluster.on") or own_parameters(name).get("cluster-enabled") == "yes")


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
        tls=bool(record["TransitEncryptionEnabled"]), cluster=cluster,
        shards=tuple(tuple(member["CacheClusterId"] for member in group["NodeGroupMembers"])
                     for group in record["NodeGroups"]),
        users=access_users(record), settings=engine_settings(parameters),
        start_settings=start_settings(parameters, cluster))


def key(record: Record) -> GroupKey:
    return get_account_id(), get_region(), record["ReplicationGroupId"]


def own_parameters(name: str) -> dict[str, str]:
    """The values a parameter group sets itself."""
    stored = service._param_group_params.get(name) or {}
    return {parameter: str(entry["Value"]) for parameter, entry in stored.items() if entry.get("Source") == "user"}


def publish(record: Record, nodes: dict[str, Node], waits_for_reboot: bool) -> None:
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
    record["ClusterEnabled"] = is_cluster(record)
    record["ConfigurationEndpoint"] = record["NodeGroups"][0]["PrimaryEndpoint"] if record["ClusterEnabled"] else None
