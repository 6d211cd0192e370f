"""What happens to caches, for whoever in this process wants to know: notifications, alarms, tests."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ministack.services import elasticache as service

logger = logging.getLogger("localaws")


@dataclass(frozen=True)
class CacheEvent:
    """`name` is ElastiCache's own, such as `ElastiCache:FailoverComplete`; `node` the member id."""

    name: str
    account: str
    region: str
    group: str
    node: str
    message: str


Listener = Callable[[CacheEvent], None]
listeners: list[Listener] = []


def emit(event: CacheEvent) -> None:
    """Records the event for DescribeEvents and tells every listener; a listener that fails stops nobody."""
    service._record_event(event.group, "replication-group", event.message)
    for listener in list(listeners):
        try:
            listener(event)
        except Exception:
            logger.exception("a listener failed on %s", event.name)
