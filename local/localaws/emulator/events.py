"""What happens to caches, for whoever in this process wants to know: notifications, alarms, tests."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from ministack.services import elasticache as service

logger = logging.getLogger("localaws")

GROUP, CLUSTER, SERVERLESS = "replication-group", "cache-cluster", "serverless-cache"
SERVERLESS_SNAPSHOT = "serverless-cache-snapshot"


@dataclass(frozen=True)
class CacheEvent:
    """`name` is ElastiCache's own, such as `ElastiCache:FailoverComplete`, or the type of an event for EventBridge.

    `group` is the replication group, the cluster of Memcached or the serverless cache, `node` the member id or what
    else the event is about, `kind` what DescribeEvents calls the type of the source.
    """

    name: str
    account: str
    region: str
    group: str
    node: str
    message: str
    kind: str = GROUP


Listener = Callable[[CacheEvent], None]
listeners: list[Listener] = []


def emit(event: CacheEvent) -> None:
    """Records the event for DescribeEvents and tells every listener; a listener that fails stops nobody."""
    service._record_event(event.group, event.kind, event.message)
    for listener in list(listeners):
        try:
            listener(event)
        except Exception:
            logger.exception("a listener failed on %s", event.name)


_original_record = service._record_event


def _record_event(source: str, kind: str, message: str) -> None:
    """MiniStack writes down seconds, which clients of the protocol do not read as a time."""
    _original_record(source, kind, message)
    service._events_list()[-1]["Date"] = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def install() -> None:
    service._record_event = _record_event
