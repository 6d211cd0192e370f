"""CloudFormation over ElastiCache with engines: all-or-nothing resources, and types we cannot stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import elasticache as service
from ministack.services.cloudformation import provisioners, stacks

from localaws.emulator import serverless, settling
from localaws.emulator.elasticache import Reconciler

_ELASTICACHE = "AWS::ElastiCache::"

# MiniStack would need containers for these and records them without; a deployment must not pretend.
NOT_AVAILABLE = (
    "AWS::DocDB::DBCluster", "AWS::DocDB::DBInstance", "AWS::ECS::Service", "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup", "AWS::OpenSearchService::Domain", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance",
)


def _whole(reconciler: Reconciler, handler: Callable[..., Any]) -> Callable[..., Any]:
    """A resource is several API calls; when a later one fails, the earlier ones are taken back."""


    def whole(*arguments: Any, **named: Any) -> Any:
        with settling.together():
            return settling.patiently(lambda: reconciler.transaction(lambda: handler(*arguments, **named)))

    return whole


def _patient(handler: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *arguments, **named: settling.patiently(lambda: handler(*arguments, **named))


def _refuse_resharding(update: Callable[..., Any]) -> Callable[..., Any]:
    """Changing the number of shards keeps the data on AWS; here it would be lost without a word."""

    def checked(physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any, **named: Any) -> Any:
        if int(old.get("NumNodeGroups") or 1) != int(new.get("NumNodeGroups") or 1):
            raise ValueError(f"AWS::ElastiCache::ReplicationGroup {physical_id}: changing NumNodeGroups of a running "
                             "group is not modelled by the local AWS; destroy the stack and deploy it again")
        return update(physical_id, old, new, *rest, **named)

    return checked


def _final_snapshot(physical_id: str, _properties: dict[str, Any]) -> None:
    """DeletionPolicy Snapshot: a describable record, without data."""
    name = provisioners._snapshot_id(physical_id)
    service._create_snapshot({"SnapshotName": name, "ReplicationGroupId": physical_id})


def install(reconciler: Reconciler) -> None:
    handlers = provisioners._RESOURCE_HANDLERS
    for resource_type in NOT_AVAILABLE:
        handlers.pop(resource_type, None)
    serverless.register()
    group = handlers["AWS::ElastiCache::ReplicationGroup"]
    group["update"] = _refuse_resharding(group["update"])
    group["snapshot"] = _final_snapshot
    for resource_type, operations in handlers.items():
        if resource_type.startswith(_ELASTICACHE):
            for operation in ("create", "update"):
                operations[operation] = _whole(reconciler, operations[operation])
            operations["delete"] = _patient(operations["delete"])
    _leave_the_event_loop()


def _leave_the_event_loop() -> None:
    """Whatever waits for an engine runs on a thread of its own, so that the gateway keeps answering."""
    original = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = (
        lambda resource_type: resource_type.startswith(_ELASTICACHE) or original(resource_type))
