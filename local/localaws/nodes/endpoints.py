"""The addresses a group's clients were given. They stay when the node behind them changes, as a name on AWS does."""

from __future__ import annotations

from dataclasses import dataclass

from localaws.nodes.addresses import AddressPool
from localaws.nodes.node import Node
from localaws.nodes.topology import GroupKey, GroupPlan

Address = dict[str, str | int]


@dataclass
class Endpoints:
    """The hosts of one group's endpoints; None until the group first needs one."""

    primary: str | None = None
    reader: str | None = None
    configuration: str | None = None

    @property
    def hosts(self) -> set[str]:
        return {host for host in (self.primary, self.reader, self.configuration) if host}


class EndpointBook:
    """Gives every endpoint an address once, and makes the right node answer there."""

    def __init__(self, pool: AddressPool) -> None:
        self._pool = pool
        self._given: dict[GroupKey, Endpoints] = {}

    def of(self, group: GroupKey) -> Endpoints:
        return self._given[group]

    def settle(self, plan: GroupPlan, shards: list[list[Node]]) -> None:
        """Called when the group's nodes are as planned and those that left have released their addresses."""
        known = self._given.setdefault(plan.key, Endpoints())
        before = known.hosts
        primary, last = shards[0][0], shards[0][-1]
        # A replica in cluster mode sends a client that does not speak to clusters away: only the primary answers all.
        reader = primary if plan.cluster else last
        if plan.cluster:
            known.configuration = known.configuration or primary.host
        if not plan.cluster or plan.compatible:
            known.primary = known.primary or primary.host
            if known.reader is None or (known.reader == known.primary and reader is not primary):
                known.reader = reader.host
        self._hold(before, known.hosts)
        own = {node.host for shard in shards for node in shard}
        wanted: dict[Node, set[str]] = {node: set() for shard in shards for node in shard}
        for host, node in ((known.reader, reader), (known.primary, primary), (known.configuration, primary)):
            if host and host not in own and not any(host in hosts for hosts in wanted.values()):
                wanted[node].add(host)
        for node, hosts in wanted.items():  # first let go, then take
            node.listen_also(node.also & hosts)
        for node, hosts in wanted.items():
            node.listen_also(frozenset(hosts))

    def drop(self, group: GroupKey) -> None:
        self._hold(self._given.pop(group, Endpoints()).hosts, set())

    def _hold(self, before: set[str], after: set[str]) -> None:
        for host in after - before:
            self._pool.hold(host)
        for host in before - after:
            self._pool.release(host)
