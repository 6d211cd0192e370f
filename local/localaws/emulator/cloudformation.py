"""CloudFormation over ElastiCache with engines: all-or-nothing resources, and types we cannot stand for."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ministack.services import elasticache as service
from ministack.services.cloudformation import changesets, handlers, provisioners, stacks

from localaws.emulator import exports, global_datastore, groups, resharding, serverless, settling
from localaws.emulator.elasticache import Reconciler

_ELASTICACHE = "AWS::ElastiCache::"
_GROUP = "AWS::ElastiCache::ReplicationGroup"

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


# The resources of the template that is being deployed, and the logical id of the one being updated.
_template: ContextVar[dict[str, Any] | None] = ContextVar("local_aws_template", default=None)
_resource: ContextVar[str] = ContextVar("local_aws_resource", default="")
_SHAPE = ("NodeGroupConfiguration", "NumNodeGroups")
_FIXED = ("AtRestEncryptionEnabled", "CacheSubnetGroupName", "DataTieringEnabled", "GlobalReplicationGroupId",
          "KmsKeyId", "NetworkType", "Port", "PreferredCacheClusterAZs", "SnapshotArns", "SnapshotName")


def _reshards_online() -> bool:
    """Whether the resource's UpdatePolicy asks for it; in a nested stack, whose template is not seen, it does."""
    resource = (_template.get() or {}).get(_resource.get())
    if not resource or resource.get("Type") != _GROUP:
        return True
    policy = resource.get("UpdatePolicy") or {}
    return str(policy.get("UseOnlineResharding", "false")).lower() == "true"


def _shape_changes(old: dict[str, Any], new: dict[str, Any]) -> bool:
    shards = [int(properties.get("NumNodeGroups") or len(properties.get("NodeGroupConfiguration") or ()) or 1)
              for properties in (old, new)]
    return shards[0] != shards[1] or old.get("NodeGroupConfiguration") != new.get("NodeGroupConfiguration")


def _group_is_replaced(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """What replaces a replication group; MiniStack's own answer does not know the update policy."""
    return (any(old.get(name) != new.get(name) for name in _FIXED)
            or (not old.get("AuthToken") and bool(new.get("AuthToken")))
            or (_shape_changes(old, new) and not _reshards_online()))


def _follow_template() -> None:
    """Lets the handlers see the template and the resource they work for."""
    deploy, update = stacks._deploy_stack_async, stacks._update_resource

    async def deploying(name: str, identifier: str, template: dict[str, Any], *rest: Any, **named: Any) -> Any:
        _template.set(template.get("Resources", {}))
        return await deploy(name, identifier, template, *rest, **named)

    def updating(resource_type: str, physical_id: str, old: Any, new: Any, stack: str, logical_id: str | None = None,
                 *rest: Any) -> Any:
        token = _resource.set(logical_id or "")
        try:
            return update(resource_type, physical_id, old, new, stack, logical_id, *rest)
        finally:
            _resource.reset(token)

    for module in (changesets, handlers, stacks):
        module._deploy_stack_async = deploying
    for module in (provisioners, stacks):
        module._update_resource = updating
    provisioners._ec_rg_requires_replacement = _group_is_replaced


def _reshaping(reconciler: Reconciler, update: Callable[..., Any]) -> Callable[..., Any]:
    """MiniStack's update changes everything but the shards; those change after it, with the data in them."""

    def updated(physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any, **named: Any) -> Any:
        if old.get("ClusterMode") != new.get("ClusterMode") == "compatible":
            _check_alone(physical_id, old, new)
        if _shape_changes(old, new) and not _group_is_replaced(old, new):
            unshaped = {name: content for name, content in new.items() if name not in _SHAPE}
            kept = {name: old[name] for name in _SHAPE if name in old}
            update(physical_id, old, {**unshaped, **kept}, *rest, **named)
            resharding.reshard(physical_id, provisioners._ec_query(new), reconciler.converge)
        else:
            physical_id, _ = update(physical_id, old, new, *rest, **named)
        return physical_id, _group_attributes(physical_id)

    return updated


def _check_alone(physical_id: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    others = sorted(changed - {"CacheParameterGroupName", "ClusterMode", "Tags"})
    if others:
        raise ValueError(f"AWS::ElastiCache::ReplicationGroup {physical_id}: ClusterMode compatible must be the only "
                         f"change of an update; {', '.join(others)} changed as well")


def _group_attributes(physical_id: str) -> dict[str, Any]:
    """MiniStack's attributes; a compatible group has the endpoints of both modes."""
    record = service._replication_groups[physical_id]
    attributes: dict[str, Any] = _attributes_of_mode(physical_id)
    if record["ClusterMode"] == "compatible":
        configuration, record["ConfigurationEndpoint"] = record["ConfigurationEndpoint"], None
        attributes |= _attributes_of_mode(physical_id)
        record["ConfigurationEndpoint"] = configuration
    return {**attributes, "EffectiveDurability": groups.effective_durability(record)}


_attributes_of_mode = provisioners._ec_rg_attrs


def install(reconciler: Reconciler) -> None:
    types = provisioners._RESOURCE_HANDLERS
    for resource_type in NOT_AVAILABLE:
        types.pop(resource_type, None)
    serverless.register()
    global_datastore.register(reconciler.converge)
    group = types[_GROUP]
    create = group["create"]
    group["create"] = lambda *given: _described(create(*given))
    group["update"] = _reshaping(reconciler, group["update"])
    group["snapshot"] = lambda physical_id, _properties: reconciler.transaction(
        lambda: reconciler.library.take_of_group(provisioners._snapshot_id(physical_id), physical_id))
    provisioners._EC_RG_MODIFIABLE += ("Durability",)  # left out there, a change would be dropped without a word
    _follow_template()
    exports.install()
    for resource_type, operations in types.items():
        if resource_type.startswith(_ELASTICACHE):
            for operation in ("create", "update", "delete"):
                operations[operation] = _whole(reconciler, operations[operation])
    _leave_the_event_loop()


def _described(created: tuple[str, Any]) -> tuple[str, dict[str, Any]]:
    return created[0], _group_attributes(created[0])


def _leave_the_event_loop() -> None:
    """Whatever waits for an engine runs on a thread of its own, so that the gateway keeps answering."""
    original = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = (
        lambda resource_type: resource_type.startswith(_ELASTICACHE) or original(resource_type))
