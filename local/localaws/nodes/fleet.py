"""All nodes of one instance, and the reconciliation that makes them what the templates say."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Collection
from pathlib import Path

from localaws.errors import EngineError
from localaws.nodes.cluster import forget, form_cluster
from localaws.nodes.memcached import MemcachedFleet
from localaws.nodes.node import Node, Workshop
from localaws.nodes.topology import GroupKey, GroupPlan, NodeKey

NODES_FILE = "nodes.json"


class Fleet:
    """The running nodes. One thread at a time changes them; `lock` is held for a whole API call."""

    def __init__(self, workshop: Workshop, listing: Path) -> None:
        self.lock = threading.RLock()
        self._workshop = workshop
        self._listing = listing
        self._nodes: dict[NodeKey, Node] = {}
        self.memcached = MemcachedFleet(workshop)
        self.fronts = workshop.fronts

    def nodes_of(self, group: GroupKey) -> list[Node]:
        return [node for node in self._nodes.values() if node.group_key == group]

    def converge(self, plan: GroupPlan) -> tuple[dict[str, Node], bool]:
        """Makes the group's nodes match the plan.

        Returns them by member id, and whether a start-only parameter waits for a reboot. When an engine
        refuses, the nodes this call started are gone again and the error is raised.
        """
        existing = {node.member: node for node in self.nodes_of(plan.key) if node.alive}
        for node in self.nodes_of(plan.key):
            if not node.alive:
                self._remove(node)
        self._check_fixed(plan, existing)
        fresh: set[Node] = set()
        try:
            shards = self._start_missing(plan, existing, fresh)
            for shard in shards:
                for node in shard:
                    if node in fresh:
                        node.prepare()
                        if node is not shard[0] and not plan.cluster:
                            node.replicate(shard[0])
                    node.let_in(plan)
                    node.apply(plan.users, plan.settings)
            if plan.cluster and fresh:
                form_cluster(shards, fresh)
            for shard in shards:
                for replica in shard[1:]:
                    if replica in fresh:
                        replica.wait_for(replica.replica_is_up, "reaching its primary")
        except BaseException:
            for node in fresh:
                self._remove(node)
            raise
        self._drop_surplus(plan, existing, [node for shard in shards for node in shard])
        nodes = {node.member: node for shard in shards for node in shard}
        return nodes, any(node.start_settings != plan.start_settings for node in nodes.values())

    def _check_fixed(self, plan: GroupPlan, existing: dict[str, Node]) -> None:
        for node in existing.values():
            if (node.port, node.cluster) != (plan.port_of(node.member), plan.cluster):
                raise EngineError(
                    f"{plan.key[2]}: the local AWS cannot change Port or the cluster mode of a running group; "
                    "give the group another id so that it is replaced")

    def _start_missing(self, plan: GroupPlan, existing: dict[str, Node], fresh: set[Node]) -> list[list[Node]]:
        # A node that joins later starts with what its siblings started with: a changed start-only
        # parameter waits for a reboot of the whole group.
        start_settings = next((node.start_settings for node in existing.values()), plan.start_settings)
        shards: list[list[Node]] = []
        for members in plan.shards:
            shard: list[Node] = []
            for member in members:
                node = existing.get(member)
                if node is None:
                    beside = shard[0].host if shard and plan.reader_port else None
                    node = Node(self._workshop, plan, member, start_settings, beside)
                    self._nodes[node.key] = node
                    fresh.add(node)
                node.engine_name = plan.engine_name
                shard.append(node)
            shards.append(shard)
        return shards

    def _drop_surplus(self, plan: GroupPlan, existing: dict[str, Node], kept: list[Node]) -> None:
        for member, node in existing.items():
            if member not in plan.members:
                if plan.cluster:
                    forget(node, kept)
                self._remove(node)

    def prune(self, groups: Collection[GroupKey]) -> None:
        """Stops the nodes of groups that are no longer there."""
        for node in list(self._nodes.values()):
            if node.group_key not in groups:
                self._remove(node)

    def close(self) -> None:
        self.prune(())
        self.memcached.prune(())
        self._workshop.addresses.close()

    def _remove(self, node: Node) -> None:
        node.stop()
        self._nodes.pop(node.key, None)

    def publish(self) -> None:
        """Writes the list of nodes for the commands that run outside this process."""
        rows = [{
            "replicationGroup": node.group_key[2], "member": node.member, "account": node.key[0],
            "region": node.key[1], "host": node.host, "port": node.port, "pid": node.pid, "tls": node.tls,
            "engine": node.engine_name, "runs": node.engine.label, "engineVersion": node.engine.version,
        } for node in self._nodes.values()]
        rows += self.memcached.rows()
        draft = self._listing.with_suffix(".new")
        draft.write_text(json.dumps(rows, indent=1), encoding="utf-8")
        os.replace(draft, self._listing)
