"""All nodes of one instance, and the reconciliation that makes them what the templates say."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Collection
from pathlib import Path

from localaws.errors import EngineError
from localaws.nodes.cluster import forget, shape_cluster, take_over
from localaws.nodes.endpoints import EndpointBook
from localaws.nodes.memcached import MemcachedFleet
from localaws.nodes.node import Node, Workshop
from localaws.nodes.slots import Ranges, ranges_of, slots_in
from localaws.nodes.topology import GroupKey, GroupPlan, NodeKey

NODES_FILE = "nodes.json"


class Fleet:
    """The running nodes. One thread at a time changes them; `lock` is held for a whole API call."""

    def __init__(self, workshop: Workshop, listing: Path) -> None:
        self.lock = threading.RLock()
        self.endpoints = EndpointBook(workshop.addresses)
        self.snapshots = workshop.folder.parent / "snapshots"
        self._workshop = workshop
        self._listing = listing
        self._nodes: dict[NodeKey, Node] = {}
        self.memcached = MemcachedFleet(workshop)
        self.fronts = workshop.fronts

    def nodes_of(self, group: GroupKey) -> list[Node]:
        return [node for node in self._nodes.values() if node.group_key == group]

    def all_nodes(self) -> list[Node]:
        """Every node of the moment; looks without the lock."""
        return list(self._nodes.values())

    def node(self, group: GroupKey, member: str) -> Node | None:
        return next((node for node in self.nodes_of(group) if node.member == member), None)

    def groups_with_dead_nodes(self) -> set[GroupKey]:
        """Looks without the lock; whoever acts on it looks again."""
        return {node.group_key for node in list(self._nodes.values()) if not node.alive}

    def converge(self, plan: GroupPlan) -> tuple[dict[str, Node], bool]:
        """Makes the group's nodes match the plan.

        Returns them by member id, and whether a start-only parameter waits for a reboot. When an engine
        refuses, the nodes this call started are gone again and the error is raised.
        """
        for node in self.nodes_of(plan.key):
            if not node.alive:
                self._remove(node)
        if plan.seeds and not self.nodes_of(plan.key):
            self._restore(plan)
        existing = {node.member: node for node in self.nodes_of(plan.key)}
        self._check_fixed(plan, existing)
        self._make_way(plan, existing)
        fresh: set[Node] = set()
        try:
            shards = self._start_missing(plan, existing, fresh)
            leaving = [node for member, node in existing.items() if member not in plan.members]
            joining = fresh | self._convert(plan, shards, fresh)
            for shard in shards:
                for node in shard:
                    if node in fresh:
                        node.prepare()
                    node.let_in(plan)
                    node.apply(plan.users, plan.settings)
            if not plan.cluster:
                self._link(plan, shards[0], joining)
            elif joining or leaving or plan.slots:
                shape_cluster(shards, plan.shares, joining, leaving)
            for shard in shards:
                for replica in shard[1:]:
                    if replica in joining:
                        replica.wait_for(replica.replica_is_up, "reaching its primary")
        except BaseException:
            for node in fresh:
                self._remove(node)
            raise
        nodes = {node.member: node for shard in shards for node in shard}
        self._drop(plan, leaving, list(nodes.values()))
        if plan.reader_port is None:
            self.endpoints.settle(plan, shards)
        return nodes, any(node.start_settings != plan.start_settings for node in nodes.values())

    def _check_fixed(self, plan: GroupPlan, existing: dict[str, Node]) -> None:
        for node in existing.values():
            if node.port != plan.port_of(node.member) and node.member in plan.members:
                raise EngineError(f"{plan.key[2]}: the local AWS cannot change Port of a running group; give the group "
                                  "another id so that it is replaced")

    def _make_way(self, plan: GroupPlan, existing: dict[str, Node]) -> None:
        """When a group goes in or out of cluster mode its replicas start anew, at addresses of their own.

        The address of the reader endpoint may have been theirs; in cluster mode the primary must answer there.
        """
        for shard in plan.shards:
            for member in shard[1:]:
                if member in existing and existing[member].cluster != plan.cluster:
                    self._remove(existing.pop(member))

    def _restore(self, plan: GroupPlan) -> None:
        """Starts primaries from the snapshot files; what follows moves the data to where it belongs.

        In cluster mode there may be more or fewer files than shards. A node started from a file takes the slots of
        the keys in it, and nodes beyond the planned shards leave again once they are empty.
        """
        if not plan.cluster and len(plan.seeds) != 1:
            raise EngineError(f"{plan.key[2]}: {len(plan.seeds)} snapshot files need cluster mode; one shard takes one")
        primaries = [shard[0] for shard in plan.shards]
        extra = len(plan.seeds) - len(primaries)
        sources = [*primaries, *(f"{plan.key[2].rpartition('/')[2]}-restore-{number}" for number in range(extra))]
        sources = sources[:len(plan.seeds)]
        nodes: list[Node] = []
        try:
            for member, seed in zip(sources, plan.seeds, strict=True):
                node = Node(self._workshop, plan, member, plan.start_settings, seed=seed)
                self._nodes[node.key] = node
                nodes.append(node)
            for node in nodes:
                node.prepare()
                node.loaded()
            if plan.cluster:
                shape_cluster([[node] for node in nodes], _first_shares(plan, len(nodes)), set(nodes), [])
        except BaseException:
            for node in nodes:
                self._remove(node)
            raise

    def _convert(self, plan: GroupPlan, shards: list[list[Node]], fresh: set[Node]) -> set[Node]:
        """Restarts nodes for another engine or in or out of cluster mode. Returns those with ties to make anew."""
        converted: set[Node] = set()
        for shard in shards:
            for node in shard:
                if node in fresh or (node.cluster, node.engine.path) == (plan.cluster, plan.engine.path):
                    continue
                keeps_ties = node.cluster and plan.cluster
                node.restart(plan, keep_data=node is shard[0])
                if not keeps_ties:
                    converted.add(node)
        return converted

    def _link(self, plan: GroupPlan, shard: list[Node], joining: set[Node]) -> None:
        """Replicas follow the primary, and the primary of a secondary group that of the primary group."""
        source = self._upstream(plan)
        if source is not None:
            if not shard[0].follows(*source):
                shard[0].replicate(*source)
                shard[0].wait_for(shard[0].replica_is_up, "reaching the primary group")
        elif shard[0].replication.get("role") != "master":
            shard[0].promote()
        for replica in shard[1:]:
            if replica in joining or not replica.follows(shard[0].host, shard[0].port):
                replica.replicate(shard[0].host, shard[0].port)
                joining.add(replica)

    def _upstream(self, plan: GroupPlan) -> tuple[str, int] | None:
        """The primary endpoint of the group to follow: it stays when that group fails over."""
        nodes = self.nodes_of(plan.upstream) if plan.upstream else []
        host = self.endpoints.of(nodes[0].group_key).primary if nodes else None
        return (host, nodes[0].port) if host else None

    def promote(self, group: GroupKey, members: list[str]) -> str | None:
        """Makes the replica that is furthest along the primary of its shard; None when none is alive."""
        offsets: dict[str, int] = {}
        for member in members:
            node = self.node(group, member)
            if node is not None and node.alive:
                with contextlib.suppress(OSError, EngineError):
                    offsets[member] = int(node.replication.get("slave_repl_offset", 0))
        if not offsets:
            return None
        chosen = max(offsets, key=lambda member: offsets[member])
        node = self.node(group, chosen)
        assert node is not None
        if node.cluster:
            take_over(node)
        else:
            node.promote()
        return chosen

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

    def _drop(self, plan: GroupPlan, leaving: list[Node], kept: list[Node]) -> None:
        for node in leaving:
            if plan.cluster and node.cluster:
                forget(node, kept)
            self._remove(node)

    def prune(self, groups: Collection[GroupKey]) -> None:
        """Stops the nodes of groups that are no longer there."""
        for node in list(self._nodes.values()):
            if node.group_key not in groups:
                self._remove(node)
                if not self.nodes_of(node.group_key):
                    self.endpoints.drop(node.group_key)

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
            "region": node.key[1], "host": node.host, "also": sorted(node.also), "port": node.port, "pid": node.pid,
            "tls": node.tls, "engine": node.engine_name, "runs": node.engine.label,
            "engineVersion": node.engine.version,
        } for node in self._nodes.values()]
        rows += self.memcached.rows()
        draft = self._listing.with_suffix(".new")
        draft.write_text(json.dumps(rows, indent=1), encoding="utf-8")
        os.replace(draft, self._listing)


def _first_shares(plan: GroupPlan, nodes: int) -> tuple[Ranges, ...]:
    """Shares for the first nodes of a restored cluster: theirs, and the first one keeps what the rest will get."""
    shares = [slots_in(share) for share in plan.shares] + [set[int]() for _ in range(nodes - len(plan.shares))]
    for share in shares[nodes:]:
        shares[0] |= share
    return tuple(ranges_of(share) for share in shares[:nodes])
