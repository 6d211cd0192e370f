"""Who hears of the events of a cache: its topic, and EventBridge for serverless caches."""

from __future__ import annotations

import functools
import json
import logging
from datetime import UTC, datetime
from typing import Any

from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region, new_uuid, request_scope
from ministack.services import elasticache as service
from ministack.services import eventbridge, sns

from localaws.emulator import changes, events
from localaws.emulator.elasticache import Reconciler
from localaws.emulator.records import Record
from localaws.emulator.snapshots import serverless_arn
from localaws.emulator.users import value

logger = logging.getLogger("localaws")
_PRINCIPAL = "elasticache.amazonaws.com"
_TOPIC, _STATUS = "_topic", "_topic_status"
# MiniStack keeps no topics of caches.
_KEPT_BY = {"_create_replication_group": "ReplicationGroupId", "_modify_replication_group": "ReplicationGroupId",
            "_create_cache_cluster": "CacheClusterId", "_modify_cache_cluster": "CacheClusterId"}


def _keep_topic(name: str) -> None:
    original = getattr(service, name)

    @functools.wraps(original)
    def keeping(query: dict[str, Any]) -> Any:
        topic, status = value(query, "NotificationTopicArn"), value(query, "NotificationTopicStatus")
        identifier = value(query, _KEPT_BY[name])
        store = service._replication_groups if _KEPT_BY[name] == "ReplicationGroupId" else service._clusters
        key = (get_account_id(), get_region(), identifier)
        _asked[key] = (topic, status)  # the call itself tells already of what it did
        try:
            response = original(query)
        finally:
            del _asked[key]
        record = store.get(identifier)
        if response[0] < 400 and record is not None:
            _note(record, topic, status)
        return response

    setattr(service, name, keeping)


# The topics and states that calls of the moment ask for.
_asked: dict[tuple[str, str, str], tuple[str, str]] = {}


def _note(record: Record, topic: str, status: str) -> None:
    if topic:
        record[_TOPIC], record[_STATUS] = topic, "active"
    if status:
        record[_STATUS] = status


def _notify(event: events.CacheEvent) -> None:
    """One JSON object with the event's name and the node, to the topic of the cache."""
    if event.kind not in (events.GROUP, events.CLUSTER):
        return
    with request_scope(event.account, event.region):
        record = _last_seen(event)
        if record is not None:
            _note(record, *_asked.get((event.account, event.region, event.group), ("", "")))
        topic = (record or {}).get(_TOPIC)
        if not record or not topic or record.get(_STATUS) != "active":
            return
        obstacle = _obstacle(topic, event.account, event.region)
        if obstacle:
            record[_STATUS] = "inactive"
            logger.warning("%s is not told of %s any more: %s", topic, event.group, obstacle)
            return
        sns.publish_internal(topic, json.dumps({event.name: event.node}), "ElastiCache Notification Message")


_seen: dict[tuple[str, str, str], Record] = {}


def _last_seen(event: events.CacheEvent) -> Record | None:
    """The record of the cache; of a deleted one as it was."""
    store = service._replication_groups if event.kind == events.GROUP else service._clusters
    key = (event.account, event.region, event.group)
    record = store.get(event.group)
    if record is not None:
        _seen[key] = record
        return record
    return _seen.get(key)


def _obstacle(topic: str, account: str, region: str) -> str:
    """Why ElastiCache cannot publish to a topic; empty when it can.

    See https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html
    """
    found = sns._topic_by_arn_any_scope(topic)
    if found is None:
        return "the topic does not exist"
    if topic.split(":")[3:5] != [region, account]:
        return "it is in another account or region than the cache"
    attributes = found.get("attributes", {})
    if attributes.get("KmsMasterKeyId"):
        return "the topic is encrypted"
    # ElastiCache publishes over TLS, whatever this process speaks with its clients.
    context = EvalContext(principal_arn="*", principal_type="Service", principal_account="", action="sns:Publish",
                          resource_arn=topic, region=region, secure_transport=True,
                          service_context={"aws:sourceowner": account})
    policy = attributes.get("Policy") or ""
    if not policy or evaluate_resource_policy(policy, context, service=_PRINCIPAL).decision != "Allow":
        return "the policy of the topic does not allow it; its condition must be on aws:SourceOwner"
    return ""


def _send(event: events.CacheEvent) -> None:
    """Of a serverless cache and its snapshots, to the default event bus."""
    if event.kind not in (events.SERVERLESS, events.SERVERLESS_SNAPSHOT):
        return
    with request_scope(event.account, event.region):
        arn = (service._arn_serverless_cache if event.kind == events.SERVERLESS else serverless_arn)(event.node)
        detail = {
            "SourceIdentifier": event.node, "SourceType": event.kind, "SourceArn": arn, "Message": event.message,
            "EventID": new_uuid(), "EventCategories": [], "Date": datetime.now(UTC).isoformat(),
        }
        eventbridge._put_events({"Entries": [{
            "Source": "aws.elasticache", "DetailType": event.name, "Detail": json.dumps(detail), "Resources": [arn],
        }]}, allow_aws_source=True)


def install(reconciler: Reconciler) -> None:
    for name in _KEPT_BY:
        _keep_topic(name)
    reconciler.transaction = changes.watch(reconciler.transaction)  # type: ignore[method-assign]
    events.install()
    events.listeners += [_notify, _send]
