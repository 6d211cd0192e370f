"""ElastiCache's API over real engines.

CloudFormation and the SDKs reach the same functions of MiniStack, looked up when they are called. Each is
replaced by one that runs MiniStack's own, makes the engines match, and takes everything back when an engine or
a rule of ElastiCache refuses.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from ministack.services import elasticache as service

from localaws.emulator import (
    actions,
    changes,
    clusters,
    failover,
    groups,
    records,
    resharding,
    serverless,
    settling,
    snapshots,
    users,
)
from localaws.errors import EngineError
from localaws.nodes.fleet import Fleet

logger = logging.getLogger("localaws")

Query = dict[str, Any]
Response = tuple[int, dict[str, str], bytes]
Step = Callable[[Query], None]

_GROUP_ACTIONS = {
    "_create_replication_group": "CreateReplicationGroup",
    "_decrease_replica_count": "DecreaseReplicaCount",
    "_increase_replica_count": "IncreaseReplicaCount",
    "_modify_replication_group": "ModifyReplicationGroup",
}
_CLUSTER_ACTIONS = {"_create_cache_cluster": "CreateCacheCluster", "_modify_cache_cluster": "ModifyCacheCluster"}
_SERVERLESS_ACTIONS = {
    "_create_serverless_cache": "CreateServerlessCache",
    "_modify_serverless_cache": "ModifyServerlessCache",
}
_ACTIONS_THAT_REACH_ENGINES = {
    "CreateCacheParameterGroup", "CreateUser", "CreateUserGroup", "DeleteCacheParameterGroup", "DeleteUser",
    "DeleteUserGroup", "ModifyCacheParameterGroup", "ModifyUser", "ModifyUserGroup", "ResetCacheParameterGroup",
}


class Reconciler:
    """Keeps the engines and MiniStack's records in step."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self.library = snapshots.Library(fleet)

    def transaction(self, work: Callable[[], Any]) -> Any:
        """Runs `work`; when it raises, the records and the engines are as they were."""
        with self._fleet.lock:
            saved = records.save()
            try:
                return work()
            except BaseException:
                records.restore(saved)
                self._settle()
                raise
            finally:
                snapshots.forget_downloads()

    def converge(self) -> None:
        """Makes the engines match the records of the current account and region."""
        self._fleet.prune({*service._replication_groups._data,
                           *(serverless.key(*cache) for cache in service._serverless_caches._data)})
        for record in service._replication_groups.values():
            groups.place_members(record)
            failover.repair(self._fleet, record)
            plan = groups.plan(record)
            nodes, waits = self._fleet.converge(plan)
            groups.forget_seeds(record)
            groups.publish(record, nodes, waits, self._fleet.endpoints.of(plan.key))
        for record in service._serverless_caches.values():
            serverless.converge(self._fleet, record)
        self._fleet.memcached.prune(clusters.all_keys() | serverless.all_keys())
        for record in clusters.own_clusters():
            clusters.publish(record, self._fleet.memcached.converge(clusters.plan(record)))
        self._fleet.publish()

    def settle(self) -> None:
        """Repairs what died, in the current account and region."""
        with self._fleet.lock:
            self.converge()

    def _settle(self) -> None:
        """Back to the last accepted state; a failure here must not hide the reason we came back."""
        try:
            self.converge()
        except Exception:
            logger.exception("could not bring the engines back to their last accepted state")

    def forget_everything(self) -> None:
        with self._fleet.lock:
            self._fleet.prune(())
            self._fleet.memcached.prune(())
            records.global_groups._data.clear()
            self._fleet.publish()

    def reboot(self, query: Query) -> None:
        """After RebootCacheCluster: all nodes start anew, empty."""
        for record in clusters.own_clusters():
            if record["CacheClusterId"] == users.value(query, "CacheClusterId"):
                self._fleet.memcached.end(clusters.plan(record).key)
                record[changes.REBOOTS] = record.get(changes.REBOOTS, 0) + 1

    def extend(self, name: str, before: Step | None = None, after: Step | None = None,
               translate: Callable[[Query], Query] | None = None) -> None:
        """Replaces one function of MiniStack's ElastiCache."""
        original = getattr(service, name)

        @functools.wraps(original)
        def extended(query: Query) -> Response:
            def work() -> Response:
                if before:
                    before(query)
                response: Response = original(translate(query) if translate else query)
                if response[0] >= 400:
                    return response
                if after:
                    after(query)
                self.converge()
                return self._render(name, query) or response

            try:
                return self.transaction(work)  # type: ignore[no-any-return]
            except EngineError as problem:
                return service._error(problem.code, escape(str(problem)), 400)  # type: ignore[no-any-return]

        setattr(service, name, extended)

    def _render(self, name: str, query: Query) -> Response | None:
        """The answer again, now with the real endpoints."""
        if name in _SERVERLESS_ACTIONS:
            cache = service._serverless_caches[users.value(query, "ServerlessCacheName").lower()]
            action = _SERVERLESS_ACTIONS[name]
            body = (f"<{action}Result><ServerlessCache>{service._serverless_cache_xml(cache)}</ServerlessCache>"
                    f"</{action}Result>")
            return service._xml(200, f"{action}Response", body)  # type: ignore[no-any-return]
        if name in _CLUSTER_ACTIONS:
            record = service._clusters[users.value(query, "CacheClusterId")]
            action = _CLUSTER_ACTIONS[name]
            response: Response = service._xml_cluster_response(f"{action}Response", f"{action}Result", record)
            return response
        action = _GROUP_ACTIONS.get(name, "")
        if not action:
            return None
        record = service._replication_groups[users.value(query, "ReplicationGroupId")]
        body = f"<{action}Result><ReplicationGroup>{service._rg_xml(record)}</ReplicationGroup></{action}Result>"
        return service._xml(200, f"{action}Response", body)  # type: ignore[no-any-return]


def install(fleet: Fleet) -> Reconciler:
    """Replaces MiniStack's ElastiCache functions."""
    reconciler = Reconciler(fleet)
    library = reconciler.library
    service._get_docker = lambda: None
    service._DOCKER_BACKED_ACTIONS.update(_ACTIONS_THAT_REACH_ENGINES)
    reconciler.extend("_create_replication_group", _all(settling.replication_group_free, groups.check_shape),
                      groups.adopt, groups.with_shards_it_allows)
    reconciler.extend("_modify_replication_group",
                      _all(settling.replication_group_free, groups.check_change, groups.check_token_change),
                      _all(groups.remember_change, settling.replication_group_changes))
    reconciler.extend("_create_cache_cluster", clusters.check_shape, clusters.adopt)
    reconciler.extend("_modify_cache_cluster", clusters.check_change)
    reconciler.extend("_delete_cache_cluster", clusters.check_own)
    reconciler.extend("_reboot_cache_cluster", clusters.check_own, reconciler.reboot)
    reconciler.extend("_create_serverless_cache", serverless.check_shape, serverless.adopt,
                      serverless.without_snapshots)
    reconciler.extend("_modify_serverless_cache", serverless.check_change)
    reconciler.extend("_delete_serverless_cache", library.take_final, translate=serverless.without_final_snapshot)
    reconciler.extend("_delete_replication_group", _all(settling.replication_group_free, library.before_delete))
    reconciler.extend("_create_snapshot", library.check, library.take)
    reconciler.extend("_delete_snapshot", after=library.remove)
    reconciler.extend("_create_user", users.check_new_user, users.remember_credentials)
    reconciler.extend("_modify_user", _all(settling.user_free, users.check_user),
                      _all(users.remember_credentials, settling.user_changes))
    reconciler.extend("_delete_user", settling.user_free, users.leave_groups)
    reconciler.extend("_create_user_group", after=users.check_group)
    reconciler.extend("_modify_user_group", settling.user_group_free,
                      _all(users.check_group, settling.user_group_changes))
    reconciler.extend("_delete_user_group", _all(settling.user_group_free, users.check_group_unused))
    reconciler.extend("_reset_cache_parameter_group", after=_forget_reset_parameters)
    for name in ("_decrease_replica_count", "_increase_replica_count"):
        reconciler.extend(name, settling.replication_group_free, settling.replication_group_changes)
    for name in ("_create_param_group", "_delete_param_group", "_modify_cache_parameter_group"):
        reconciler.extend(name)
    settling.install()
    _stop_engines_on_reset(reconciler)
    _describe_more()
    _add_actions(reconciler, fleet, library)
    failover.watch(fleet, reconciler.settle)
    return reconciler


def _all(*steps: Step) -> Step:
    def run(query: Query) -> None:
        for step in steps:
            step(query)

    return run


def _describe_more() -> None:
    original = service._rg_xml
    service._rg_xml = lambda record: groups.describe(record, original(record))
    snapshot = service._snapshot_xml
    service._snapshot_xml = lambda record: snapshot(snapshots.with_times(record))


def _add_actions(reconciler: Reconciler, fleet: Fleet, library: snapshots.Library) -> None:
    def described(record: records.Record) -> str:
        return f"<ReplicationGroup>{service._rg_xml(record)}</ReplicationGroup>"

    def reshard(query: Query) -> str:
        record: records.Record = reconciler.transaction(lambda: resharding.modify(query, reconciler.converge))
        return described(record)

    def test_failover(query: Query) -> str:
        with fleet.lock:
            return described(failover.test_failover(fleet, query))

    actions.register("ModifyReplicationGroupShardConfiguration", reshard)
    actions.register("TestFailover", test_failover)
    for name, action in library.actions().items():
        actions.register(name, lambda query, action=action: reconciler.transaction(lambda: action(query)))
    actions.install()


def _forget_reset_parameters(query: Query) -> None:
    """MiniStack keeps a reset value when it knows no default for the name."""
    stored = service._param_group_params[users.value(query, "CacheParameterGroupName")]
    position = 1
    while name := users.value(query, f"ParameterNameValues.ParameterNameValue.{position}.ParameterName"):
        if stored.get(name, {}).get("Source") == "user":
            del stored[name]
        position += 1


def _stop_engines_on_reset(reconciler: Reconciler) -> None:
    original = service.reset

    def reset() -> None:
        original()
        reconciler.forget_everything()

    service.reset = reset
