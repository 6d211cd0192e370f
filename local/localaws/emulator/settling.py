"""What was changed stays `modifying` for a while and refuses other changes, as on AWS."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from ministack.services import elasticache as service

from localaws.emulator.records import Record
from localaws.errors import EngineError

SECONDS_VARIABLE = "LOCAL_AWS_MODIFYING_SECONDS"
_DEFAULT_SECONDS = 0.3
_PATIENCE_SECONDS = 60.0
_UNTIL = "_modifying_until"
_TOKEN = "_token_status"
_TOKEN_STATUS = {"ROTATE": "ROTATING", "SET": "SETTING"}

T = TypeVar("T")


class StateError(EngineError):
    """What is to be changed is being changed already."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


# The codes of ElastiCache's errors, and how a record says that nothing is changing.
USER, USER_GROUP, REPLICATION_GROUP = "InvalidUserState", "InvalidUserGroupState", "InvalidReplicationGroupState"
_SETTLED = {USER: "active", USER_GROUP: "active", REPLICATION_GROUP: "available"}

_local = threading.local()


def seconds() -> float:
    return float(os.environ.get(SECONDS_VARIABLE, _DEFAULT_SECONDS))


def begin(record: Record) -> None:
    """Something is being changed from now on. Inside of `together` it begins when all is done."""
    collected: list[Record] | None = getattr(_local, "collected", None)
    if collected is None:
        record[_UNTIL] = time.monotonic() + seconds()
    else:
        collected.append(record)


def is_changing(record: Record) -> bool:
    return bool(time.monotonic() < record.get(_UNTIL, 0.0))


def refuse(code: str, what: str, record: Record | None) -> None:
    """Before a change."""
    if record is not None and is_changing(record):
        raise StateError(code, f"{what} is being modified; its status is not {_SETTLED[code]}")


def show() -> None:
    """Brings the status of every record of this account and region up to date, before it is described."""
    stores = ((USER, service._users), (USER_GROUP, service._user_groups),
              (REPLICATION_GROUP, service._replication_groups))
    for code, store in stores:
        for record in store.values():
            if _UNTIL in record:
                record["Status"] = "modifying" if is_changing(record) else _SETTLED[code]


@contextmanager
def together() -> Iterator[None]:
    """The changes of one CloudFormation resource are one: they do not refuse each other, and CloudFormation waits."""
    if getattr(_local, "collected", None) is not None:
        yield
        return
    collected: list[Record] = []
    _local.collected = collected
    try:
        yield
    finally:
        _local.collected = None
    for record in collected:
        begin(record)
    if collected:
        time.sleep(seconds())


def patiently(work: Callable[[], T]) -> T:
    """CloudFormation tries again while somebody else's change goes on."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return work()
        except Exception as problem:
            refused = any(f"{code}:" in str(problem) for code in _SETTLED)
            if not refused or time.monotonic() > deadline:
                raise
        time.sleep(0.05)


def describing(original: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def described(query: dict[str, Any]) -> Any:
        show()
        return original(query)

    return described


# -- what each call of the API changes ----------------------------------------------------


def user_free(query: dict[str, Any]) -> None:
    name = service._p(query, "UserId")
    refuse(USER, f"user {name}", service._users.get(name))


def user_group_free(query: dict[str, Any]) -> None:
    name = service._p(query, "UserGroupId")
    refuse(USER_GROUP, f"user group {name}", service._user_groups.get(name))


def replication_group_free(query: dict[str, Any]) -> None:
    """The group itself, and the user groups that it is to have."""
    name = service._p(query, "ReplicationGroupId")
    refuse(REPLICATION_GROUP, f"replication group {name}", service._replication_groups.get(name))
    for member in ("UserGroupIds", "UserGroupIdsToAdd"):
        for group in service._extract_configs(query, member, ("member",)):
            refuse(USER_GROUP, f"user group {group}", service._user_groups.get(group))


def user_changes(query: dict[str, Any]) -> None:
    """A user's groups change with it."""
    name = service._p(query, "UserId")
    begin(service._users[name])
    for group in service._user_groups.values():
        if name in group["UserIds"]:
            begin(group)


def user_group_changes(query: dict[str, Any]) -> None:
    begin(service._user_groups[service._p(query, "UserGroupId")])


def replication_group_changes(query: dict[str, Any]) -> None:
    record: Record = service._replication_groups[service._p(query, "ReplicationGroupId")]
    strategy = service._p(query, "AuthTokenUpdateStrategy") or "ROTATE"
    record[_TOKEN] = _TOKEN_STATUS.get(strategy) if service._p(query, "AuthToken") else None
    begin(record)


def _pending_token(original: Callable[[Record], str]) -> Callable[[Record], str]:
    """A group tells that its token is being changed."""

    def rendered(record: Record) -> str:
        status = record.get(_TOKEN) if is_changing(record) else None
        pending = f"<AuthTokenStatus>{status}</AuthTokenStatus>" if status else ""
        return f"{original(record)}<PendingModifiedValues>{pending}</PendingModifiedValues>"

    return rendered


def install() -> None:
    """Descriptions tell what is being changed."""
    for name in ("_describe_users", "_describe_user_groups", "_describe_replication_groups"):
        setattr(service, name, describing(getattr(service, name)))
    service._rg_xml = _pending_token(service._rg_xml)
