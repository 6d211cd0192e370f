"""MiniStack's ElastiCache records, and taking them back when an engine refuses."""

from __future__ import annotations

import copy
from typing import Any

from ministack.core.responses import AccountScopedDict
from ministack.services import elasticache as service

Record = dict[str, Any]
# Global datastores by id, which belong to no region: their primary group and the groups that follow it.
global_groups: Any = AccountScopedDict()

Saved = list[tuple[Any, dict[Any, Any]]]


def save() -> Saved:
    """A deep copy of every record of the service, all accounts and regions."""
    stores = (service._replication_groups, service._clusters, service._param_groups, service._param_group_params,
              service._users, service._user_groups, service._tags, service._serverless_caches, service._snapshots,
              global_groups)
    return [(store, copy.deepcopy(store._data)) for store in stores]


def restore(saved: Saved) -> None:
    for store, data in saved:
        store._data.clear()
        store._data.update(data)
