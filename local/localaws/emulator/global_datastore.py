"""Global datastores: a primary group, and groups of other regions that follow it and can only be read.

The engines replicate from the primary group's endpoint, so its failover is followed as well. Without cluster mode.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import elasticache as service
from ministack.services.cloudformation import provisioners

from localaws.emulator.records import Record, global_groups
from localaws.emulator.users import value
from localaws.errors import EngineError
from localaws.nodes.topology import GroupKey

TYPE = "AWS::ElastiCache::GlobalReplicationGroup"
_PREFIX = "local"  # AWS has one of five letters for each region
_UPSTREAM = "_upstream"
# A secondary group takes these from the primary group, and may not say them itself.
_INHERITED = ("AtRestEncryptionEnabled", "CacheNodeType", "CacheParameterGroupName", "Engine", "EngineVersion",
              "TransitEncryptionEnabled")
_REFUSED = (*_INHERITED, "NumNodeGroups", "SnapshotArns.member.1", "SnapshotName", "TransitEncryptionMode")


def inherit(query: dict[str, Any]) -> dict[str, Any]:
    """For CreateReplicationGroup: what the group takes from the primary group of its global datastore."""
    name = value(query, "GlobalReplicationGroupId")
    if not name:
        return query
    _, primary = _primary(name)
    taken = {field: str(primary[field]).lower() if isinstance(primary[field], bool) else str(primary[field])
             for field in _INHERITED}
    if primary["CacheParameterGroupName"] not in service._param_groups:
        del taken["CacheParameterGroupName"]  # a group of the other region's own
    return {**query, **taken}


def check_shape(query: dict[str, Any]) -> None:
    """Before CreateReplicationGroup: what a member must not say, and what does not run here."""
    name = value(query, "GlobalReplicationGroupId")
    if not name:
        return
    (_, region, _), _ = _primary(name)
    given = [field.partition(".")[0] for field in _REFUSED if value(query, field)]
    if given:
        raise EngineError("Cannot use the given parameters when creating new replication group in an existing global "
                          f"replication group. [{', '.join(given)}]")
    if region == get_region():
        raise EngineError(f"{name} has its primary group in {region}; a secondary group belongs in another region")


def upstream(query: dict[str, Any]) -> GroupKey | None:
    """After CreateReplicationGroup: the group to follow; the new group is a member from now on."""
    name = value(query, "GlobalReplicationGroupId")
    if not name:
        return None
    global_groups[name]["secondaries"].append((get_region(), value(query, "ReplicationGroupId")))
    return _primary(name)[0]


def check_delete(query: dict[str, Any]) -> None:
    """Before DeleteReplicationGroup: a primary group stays while it has followers; a secondary leaves."""
    me = (get_region(), value(query, "ReplicationGroupId"))
    for name, datastore in global_groups.items():
        if datastore["primary"] == me and datastore["secondaries"]:
            raise EngineError(f"replication group {me[1]} is the primary of the global datastore {name}, which has "
                              "secondary groups")
        if me in datastore["secondaries"]:
            datastore["secondaries"].remove(me)


def _primary(name: str) -> tuple[GroupKey, Record]:
    datastore = global_groups.get(name)
    if datastore is None:
        raise EngineError(f"global replication group {name} does not exist")
    where = (get_account_id(), *datastore["primary"])
    record = service._replication_groups.get_scoped(*where)
    if record is None:
        raise EngineError(f"the primary group of {name} does not exist")
    return where, record


# -- CloudFormation ------------------------------------------------------------------------------------------


def _create(_logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    name = f"{_PREFIX}-{properties['GlobalReplicationGroupIdSuffix']}"
    if name in global_groups:
        raise ValueError(f"{TYPE}: global replication group {name} exists already")
    primaries = [member for member in properties["Members"] if str(member.get("Role", "PRIMARY")).upper() == "PRIMARY"]
    if len(primaries) != 1 or len(properties["Members"]) != 1:
        raise ValueError(f"{TYPE}: Members must be the primary group alone; secondary groups name {name} in their "
                         "GlobalReplicationGroupId")
    where = (primaries[0].get("ReplicationGroupRegion") or get_region(), primaries[0]["ReplicationGroupId"])
    record = service._replication_groups.get_scoped(get_account_id(), *where)
    if record is None:
        raise ValueError(f"{TYPE}: replication group {where[1]} does not exist in {where[0]}")
    if record["ClusterMode"] != "disabled":
        raise ValueError(f"{TYPE}: a global datastore in cluster mode is not modelled by the local AWS")
    global_groups[name] = {"primary": where, "secondaries": []}
    return name, _attributes(name)


def _attributes(name: str) -> dict[str, str]:
    return {"GlobalReplicationGroupId": name, "Status": "available"}


def _update(physical_id: str, old: dict[str, Any], new: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    kept = ("GlobalReplicationGroupDescription", "Tags")
    changed = sorted(name for name in {*old, *new} if old.get(name) != new.get(name) and name not in kept)
    if changed:
        raise ValueError(f"{TYPE} {physical_id}: changing {', '.join(changed)} is not modelled by the local AWS")
    return physical_id, _attributes(physical_id)


def _delete(physical_id: str, converge: Callable[[], None]) -> None:
    """The secondary groups are on their own from now on."""
    datastore = global_groups.pop(physical_id, None) or {"secondaries": []}
    for region, name in datastore["secondaries"]:
        with request_scope(get_account_id(), region):
            service._replication_groups[name][_UPSTREAM] = None
            converge()


def register(converge: Callable[[], None]) -> None:
    provisioners._RESOURCE_HANDLERS[TYPE] = {
        "create": _create, "update": _update, "delete": lambda physical_id, _properties: _delete(physical_id, converge)}
