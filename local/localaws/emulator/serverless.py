"""Serverless caches: one shard in cluster mode, over TLS, with a replica as the reader on a port of its own."""

from __future__ import annotations

from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import elasticache as service
from ministack.services.cloudformation import provisioners

from localaws.emulator import actions, snapshots
from localaws.emulator.records import Record
from localaws.emulator.users import access_users, value
from localaws.engines.find import find_engine
from localaws.engines.versions import Engine, check_serves
from localaws.errors import EngineError, LocalAwsError
from localaws.nodes.fleet import Fleet
from localaws.nodes.memcached import MemcachedPlan
from localaws.nodes.topology import GroupKey, GroupPlan

TYPE = "AWS::ElastiCache::ServerlessCache"
SNAPSHOT_TYPE = "AWS::ElastiCache::ServerlessCacheSnapshot"
_PORT, _READER_PORT = 6379, 6380
_MEMCACHED, _MEMCACHED_PORT, _MEMCACHED_READER_PORT = "memcached", 11211, 11212
_MEMCACHED_VERSIONS = {"1.6": "1.6"}
_SEEDS = "_seeds"
_CREATE_ONLY = ("KmsKeyId", "NetworkType", "SnapshotArnsToRestore", "SubnetIds")
_MODIFIABLE = ("CacheUsageLimits", "DailySnapshotTime", "Description", "Engine", "MajorEngineVersion",
               "SecurityGroupIds", "SnapshotRetentionLimit", "UserGroupId")


def check_shape(query: dict[str, Any]) -> None:
    """Before CreateServerlessCache: refuses what would not run as asked."""
    name, engine = value(query, "ServerlessCacheName"), value(query, "Engine")
    if engine not in ("memcached", "redis", "valkey"):
        raise EngineError(f"serverless cache {name}: Engine {engine} is not memcached, redis or valkey")
    if value(query, "NetworkType") not in ("", "ipv4"):
        raise EngineError(f"serverless cache {name}: NetworkType {value(query, 'NetworkType')} is not modelled by the "
                          "local AWS, nodes have IPv4 addresses")
    if engine == "memcached":
        if value(query, "UserGroupId"):
            raise EngineError(f"serverless cache {name}: UserGroupId is for valkey and redis, not for memcached")
        if snapshots.serverless_seeds(query):
            raise EngineError(f"serverless cache {name}: restoring a snapshot of memcached is not modelled by the "
                              "local AWS, its engine has no file of its data")


def adopt(query: dict[str, Any]) -> None:
    """After CreateServerlessCache: what MiniStack does not keep."""
    record: Record = service._serverless_caches[value(query, "ServerlessCacheName").lower()]
    record[_SEEDS] = snapshots.serverless_seeds(query)


def without_snapshots(query: dict[str, Any]) -> dict[str, Any]:
    """MiniStack has no snapshots to restore."""
    return {name: content for name, content in query.items() if not name.startswith("SnapshotArnsToRestore")}


def check_change(query: dict[str, Any]) -> None:
    """Before ModifyServerlessCache: the running processes must be able to go on as the new engine."""
    record = service._serverless_caches.get(value(query, "ServerlessCacheName").lower())
    wanted = value(query, "Engine")
    if record and wanted and find_engine(wanted).path != find_engine(record["Engine"]).path:
        raise EngineError(f"serverless cache {record['ServerlessCacheName']}: the local AWS cannot change Engine of a "
                          f"running cache from {record['Engine']} to {wanted}, they are different programs here")


def without_final_snapshot(query: dict[str, Any]) -> dict[str, Any]:
    """MiniStack refuses the name of a snapshot that it cannot take."""
    return {name: content for name, content in query.items() if name != "FinalSnapshotName"}


def key(account: str, region: str, name: str) -> GroupKey:
    """Apart from a replication group of the same name."""
    return account, region, f"serverless/{name}"


def all_keys() -> set[GroupKey]:
    """The caches of Memcached of every account and region."""
    return {key(*where) for where, record in service._serverless_caches._data.items() if record["Engine"] == _MEMCACHED}


def converge(fleet: Fleet, record: Record) -> None:
    """Makes the processes of a cache match its record, and writes the real endpoints into it."""
    if record["Engine"] == _MEMCACHED:
        node = fleet.memcached.converge(_memcached_plan(record))[0]
        assert node.reader_port is not None
        record["Endpoint"] = node.address
        record["ReaderEndpoint"] = {**node.address, "Port": node.reader_port}
        return
    nodes, _ = fleet.converge(plan(record))
    record[_SEEDS] = ()
    primary, reader = nodes.values()
    record["Endpoint"], record["ReaderEndpoint"] = primary.address, reader.address


def _engine(record: Record) -> Engine:
    try:
        engine = find_engine(record["Engine"])
        check_serves(engine, record["Engine"], record["FullEngineVersion"])
    except LocalAwsError as problem:
        raise EngineError(str(problem)) from None
    except EngineError as problem:
        raise EngineError(f"serverless cache {record['ServerlessCacheName']}: {problem}") from None
    return engine


def _memcached_plan(record: Record) -> MemcachedPlan:
    name = record["ServerlessCacheName"]
    return MemcachedPlan(key=key(get_account_id(), get_region(), name), engine=_engine(record), port=_MEMCACHED_PORT,
                         reader_port=_MEMCACHED_READER_PORT, tls=True, node_ids=("serverless-001",), options=())


def plan(record: Record) -> GroupPlan:
    """What should run for a cache of Valkey or Redis OSS; raises when no engine here can serve it."""
    name = record["ServerlessCacheName"]
    group = record.get("UserGroupId")
    return GroupPlan(
        key=key(get_account_id(), get_region(), name), engine_name=record["Engine"], engine=_engine(record), port=_PORT,
        reader_port=_READER_PORT, tls=True, cluster=True, serverless=True, seeds=record[_SEEDS],
        shards=((f"{name}-serverless-001", f"{name}-serverless-002"),),
        users=access_users({"UserGroupIds": [group] if group else []}))


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


def _snapshot_create(_logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    name = str(properties["ServerlessCacheSnapshotName"])
    query = provisioners._ec_query(properties)
    provisioners._ec_call(lambda given: actions.run("CreateServerlessCacheSnapshot", given), query, SNAPSHOT_TYPE,
                          "create")
    if service._snapshots[name]["SnapshotStatus"] == snapshots.FAILED:
        raise ValueError(f"{SNAPSHOT_TYPE} {name}: the snapshot failed")
    return name, {"ARN": snapshots.serverless_arn(name), "Status": "available"}


def _snapshot_update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str,
                     logical_id: str) -> tuple[str, dict[str, str]]:
    if {**old, "Tags": None} == {**new, "Tags": None}:
        return physical_id, {"ARN": snapshots.serverless_arn(physical_id), "Status": "available"}
    if old["ServerlessCacheSnapshotName"] == new["ServerlessCacheSnapshotName"]:
        raise ValueError(f"CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                         f"Rename {physical_id} and update the stack again.")
    return _snapshot_create(logical_id, new, stack)


def _snapshot_delete(physical_id: str, _properties: dict[str, Any]) -> None:
    if physical_id in service._snapshots:
        actions.run("DeleteServerlessCacheSnapshot", {"ServerlessCacheSnapshotName": physical_id})


def _must_replace(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return any(old.get(name) != new.get(name) for name in _CREATE_ONLY)


def register() -> None:
    """MiniStack has the API and not the resource types, and knows no serverless Memcached."""
    service._SERVERLESS_ENGINE_VERSIONS.setdefault(_MEMCACHED, _MEMCACHED_VERSIONS)
    service._SERVERLESS_DEFAULT_MAJOR.setdefault(_MEMCACHED, next(iter(_MEMCACHED_VERSIONS)))
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": _create, "update": _update, "update_with_logical_id": True,
                                             "delete": _delete}
    provisioners._CUSTOM_NAME_REPLACEMENT[TYPE] = {"name": "ServerlessCacheName",
                                                   "requires_replacement": _must_replace}
    provisioners._RESOURCE_HANDLERS[SNAPSHOT_TYPE] = {"create": _snapshot_create, "update": _snapshot_update,
                                                      "update_with_logical_id": True, "delete": _snapshot_delete}
