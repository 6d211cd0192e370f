"""Encryption in transit of replication groups: required, preferred or off, and the ways from one to another.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html
"""

from __future__ import annotations

from typing import Any

from ministack.services import elasticache as service

from localaws.emulator.records import Record
from localaws.emulator.users import value, values
from localaws.errors import EngineError

_ENABLED, _MODE = "TransitEncryptionEnabled", "TransitEncryptionMode"
_OFF, _PREFERRED, _REQUIRED = "off", "preferred", "required"
# Clients have to be able to follow: nobody is left out from one step to the next.
_STEPS = {(_OFF, _PREFERRED), (_PREFERRED, _REQUIRED), (_REQUIRED, _PREFERRED), (_PREFERRED, _OFF)}


def check_new(query: dict[str, Any]) -> None:
    """Before CreateReplicationGroup."""
    name, mode, users = value(query, "ReplicationGroupId"), value(query, _MODE), values(query, "UserGroupIds")
    enabled = value(query, _ENABLED).lower() == "true"
    _check_mode(name, mode)
    if mode and not enabled:
        raise EngineError(f"replication group {name}: {_MODE} needs {_ENABLED}")
    if users and not enabled:
        raise EngineError(f"replication group {name}: UserGroupIds needs {_ENABLED}")
    if users and mode == _PREFERRED:
        _refuse_users(name)


def check_change(query: dict[str, Any], record: Record) -> None:
    """Before ModifyReplicationGroup."""
    name = record["ReplicationGroupId"]
    _check_mode(name, value(query, _MODE))
    current, wanted = _state(record), _wanted(query, record)
    if wanted != current:
        if record.get("UserGroupIds"):
            raise EngineError(f"replication group {name}: Modification of transit encryption is not supported for "
                              "access control enabled clusters.")
        if (current, wanted) not in _STEPS:
            raise EngineError(f"replication group {name}: encryption in transit cannot go from {current} to {wanted} "
                              f"at once; go through {_MODE} {_PREFERRED}")
    if values(query, "UserGroupIdsToAdd") and wanted != _REQUIRED:
        if wanted == _PREFERRED:
            _refuse_users(name)
        raise EngineError(f"replication group {name}: UserGroupIds needs {_ENABLED}")


def remember(query: dict[str, Any]) -> None:
    """After ModifyReplicationGroup: MiniStack keeps neither of the two."""
    record: Record = service._replication_groups[value(query, "ReplicationGroupId")]
    state = _wanted(query, record)
    members = [service._clusters[name] for name in record["MemberClusters"] if name in service._clusters]
    for entry in (record, *members):
        entry[_ENABLED] = state != _OFF
        entry[_MODE] = None if state == _OFF else state


def allows_plain_text(record: Record) -> bool:
    return _state(record) == _PREFERRED


def _state(record: Record) -> str:
    return (record.get(_MODE) or _REQUIRED) if record.get(_ENABLED) else _OFF


def _wanted(query: dict[str, Any], record: Record) -> str:
    enabled = value(query, _ENABLED).lower() or str(bool(record.get(_ENABLED))).lower()
    if enabled == "false":
        return _OFF
    return value(query, _MODE) or (record.get(_MODE) if record.get(_ENABLED) else None) or _REQUIRED


def _check_mode(name: str, mode: str) -> None:
    if mode not in ("", _PREFERRED, _REQUIRED):
        raise EngineError(f"replication group {name}: {_MODE} {mode!r} is not {_PREFERRED} or {_REQUIRED}")


def _refuse_users(name: str) -> None:
    raise EngineError(f"replication group {name}: Transit encryption preferred is not supported with redis access "
                      "control.")
