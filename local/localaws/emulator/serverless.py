"""Serverless caches: one shard in cluster mode, over TLS, with a replica as the reader on a port of its own."""

from __future__ import annotations

from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import elasticache as service
from ministack.services.cloudformation import provisioners

from localaws.emulator.records import Record
from localaws.emulator.users import access_users, value, values
from localaws.engines.find import find_engine
from localaws.engines.versions import check_serves
from localaws.errors import EngineError, LocalAwsError
from localaws.nodes.node import Node
from localaws.nodes.topology import GroupKey, GroupPlan

TYPE = "AWS::ElastiCache::ServerlessCache"
_PORT, _READER_PORT = 6379, 6380
_CREATE_ONLY = ("KmsKeyId", "NetworkType", "SnapshotArnsToRestore", "SubnetIds")
_MODIFIABLE = ("CacheUsageLimits", "DailySnapshotTime", "Description", "Engine", "MajorEngineVersion",
               "SecurityGroupIds", "SnapshotRetentionLimit", "UserGroupId")


def check_shape(query: dict[str, Any]) -> None:
    """Before CreateServerlessCache: refuses what would not run as asked."""
    name, engine = value(query, "ServerlessCacheName"), value(query, "Engine")
    if engine not in ("redis", "valkey"):
        raise EngineError(f"serverless cache {name}: Engine {engine} is not available in the local AWS; redis and "
                          "valkey are")
    if value(query, "NetworkType") not in ("", "ipv4"):
        raise EngineError(f"serverless cache {name}: NetworkType {value(query, 'NetworkType')} is not modelled by the "
                          "local AWS, nodes have IPv4 addresses")
    if values(query, "SnapshotArnsToRestore"):
        raise EngineError(f"serverless cache {name}: restoring a snapshot is not modelled by the local AWS")


def check_change(query: dict[str, Any]) -> None:
    """Before ModifyServerlessCache: the running processes must be able to go on as the new engine."""
    record = service._serverless_caches.get(value(query, "ServerlessCacheName").lower())
    wanted = value(query, "Engine")
    if record and wanted and find_engine(wanted).path != find_engine(record["Engine"]).path:
        raise EngineError(f"serverless cache {record['ServerlessCacheName']}: the local AWS cannot change Engine of a "
                          f"running cache from {record['Engine']} to {wanted}, they are different programs here")


def take_final_snapshot(query: dict[str, Any]) -> None:
    """Before DeleteServerlessCache: a describable record, without data. A name that is taken stops the deletion."""
    name = value(query, "FinalSnapshotName")
    if not name:
        return
    status, _, _ = service._create_snapshot(
        {"SnapshotName": name, "CacheClusterId": value(query, "ServerlessCacheName")})
    if status >= 400:
        raise EngineError(f"serverless cache {value(query, 'ServerlessCacheName')}: a snapshot {name} exists already")


def without_final_snapshot(query: dict[str, Any]) -> dict[str, Any]:
    """MiniStack refuses the name of a snapshot that it cannot take."""
    return {name: content for name, content in query.items() if name != "FinalSnapshotName"}


def key(account: str, region: str, name: str) -> GroupKey:
    """Apart from a replication group of the same name."""
    return account, region, f"serverless/{name}"


def plan(record: Record) -> GroupPlan:
    """What should run for a cache; raises when no engine here can serve it."""
    name = record["ServerlessCacheName"]
    try:
        engine = find_engine(record["Engine"])
        check_serves(engine, record["Engine"], record["FullEngineVersion"])
    except LocalAwsError as problem:
        raise EngineError(str(problem)) from None
    except EngineError as problem:
        raise EngineError(f"serverless cache {name}: {problem}") from None
    group = record.get("UserGroupId")
    return GroupPlan(
        key=key(get_account_id(), get_region(), name), engine_name=record["Engine"], engine=engine, port=_PORT,
        reader_port=_READER_PORT, tls=True, cluster=True, serverless=True,
        shards=((f"{name}-serverless-001", f"{name}-serverless-002"),),
        users=access_users({"UserGroupIds": [group] if group else []}))


def publish(record: Record, nodes: dict[str, Node]) -> None:
    """Writes the real endpoints into MiniStack's record."""
    primary, reader = nodes.values()
    record["Endpoint"], record["ReaderEndpoint"] = primary.address, reader.address


# -- CloudFormation ------------------------------------------------------------------------------------------


def _attributes(name: str) -> dict[str, str]:
    record = service._serverless_caches[name]
    ends = {f"{end}.{part}": str(record[end][part]) for end in ("Endpoint", "ReaderEndpoint")
            for part in ("Address", "Port")}
    return {"ARN": record["ARN"], "Status": record["Status"], "FullEngineVersion": record["FullEngineVersion"], **ends}


def _create(_logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    name = str(properties["ServerlessCacheName"]).lower()
    provisioners._ec_call(service._create_serverless_cache, provisioners._ec_query(properties), TYPE, "create")
    return name, _attributes(name)


def _update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str,
            logical_id: str | None = None) -> tuple[str, dict[str, str]]:
    name = str(new["ServerlessCacheName"]).lower()
    current = physical_id if physical_id in service._serverless_caches else None
    replaced = provisioners._rename_replacement(physical_id, old, new, stack, logical_id, name, current, _create,
                                                _delete)
    if replaced:
        return replaced  # type: ignore[no-any-return]
    changed = provisioners._ec_query(provisioners._ec_changed(old, new, _MODIFIABLE))
    if old.get("UserGroupId") and not new.get("UserGroupId"):
        changed["RemoveUserGroup"] = "true"
    if changed:
        provisioners._ec_call(service._modify_serverless_cache, {"ServerlessCacheName": name, **changed}, TYPE,
                              "update")
    provisioners._ec_sync_tags(service._arn_serverless_cache(name), old, new, TYPE)
    return name, _attributes(name)


def _delete(physical_id: str, properties: dict[str, Any]) -> None:
    if physical_id in service._serverless_caches:
        query = provisioners._ec_query({"ServerlessCacheName": physical_id,
                                        "FinalSnapshotName": properties.get("FinalSnapshotName") or ""})
        provisioners._ec_call(service._delete_serverless_cache, query, TYPE, "delete")


def _must_replace(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return any(old.get(name) != new.get(name) for name in _CREATE_ONLY)


def register() -> None:
    """MiniStack has the API and not the resource type."""
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": _create, "update": _update, "update_with_logical_id": True,
                                             "delete": _delete}
    provisioners._CUSTOM_NAME_REPLACEMENT[TYPE] = {"name": "ServerlessCacheName",
                                                   "requires_replacement": _must_replace}
