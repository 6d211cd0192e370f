"""Asks every node once a minute how it is, and says what its cache publishes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from localaws.cloudwatch.host import Process, host_metrics, look_at
from localaws.cloudwatch.info import Info, engine_metrics, families_of, parse_info
from localaws.cloudwatch.serverless import serverless_metrics
from localaws.cloudwatch.stats import memcached_metrics, parse_stats
from localaws.cloudwatch.units import BY_ROLE, HOST, NAMESPACE, NEVER_EXCEEDED, OF_GROUP, unit_of
from localaws.errors import EngineError
from localaws.nodes.fleet import Fleet
from localaws.nodes.memcached import MemcachedNode
from localaws.nodes.node import Node
from localaws.nodes.resp import Connection
from localaws.nodes.topology import NodeKey

logger = logging.getLogger("localaws")
_ANSWER_SECONDS = 2.0
_HANGING_SECONDS = 0.2  # for a node that did not answer the last time: the others shall not wait for it
_AT_ONCE = 16
_SERVERLESS = "serverless/"
_ONLY_NODE = "0001"
_MEMCACHED_MEMORY = 64 << 20  # the engine's own default

AnyNode = Node | MemcachedNode


@dataclass(frozen=True)
class Datum:
    """One value of one metric in one minute."""

    account: str
    region: str
    name: str
    value: float
    dimensions: tuple[tuple[str, str], ...]

    @property
    def unit(self) -> str:
        return unit_of(self.name)

    @property
    def namespace(self) -> str:
        return NAMESPACE


@dataclass(frozen=True)
class Sample:
    """What is known of a node at one moment. A part that did not answer is None."""

    pid: int
    at: float
    process: Process | None = None
    info: Info | None = None
    stats: dict[str, float] | None = None


class Publisher:
    """Keeps the last sample of every node, because most metrics are what grew since."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="metrics")
        self._last: dict[NodeKey, Sample] = {}
        self._roles: dict[NodeKey, bool] = {}
        self._connections: dict[NodeKey, tuple[int, Connection]] = {}
        self._families: dict[str, dict[str, frozenset[str]]] = {}

    def collect(self) -> list[Datum]:
        """The metrics of the minute that ends now, of all caches."""
        nodes: list[AnyNode] = [*self._fleet.all_nodes(), *self._fleet.memcached.all_nodes()]
        asked: dict[NodeKey, Future[Sample]] = {node.key: self._pool.submit(self._look, node) for node in nodes}
        wait(asked.values(), timeout=2 * _ANSWER_SECONDS)
        samples = {key: future.result() for key, future in asked.items()
                   if future.done() and future.exception() is None}
        data = list(self._published(nodes, samples))
        for key in self._last.keys() - asked.keys():
            self._last.pop(key)
            self._roles.pop(key, None)
            self._drop(key)
        self._last.update(samples)
        return data

    # -- asking ----------------------------------------------------------------------------------------------

    def _look(self, node: AnyNode) -> Sample:
        sample = Sample(node.pid, time.monotonic(), look_at(node.pid))
        if not node.alive:
            return replace(sample, process=None)
        try:
            if isinstance(node, MemcachedNode):
                return replace(sample, stats=parse_stats(node.ask("stats", self._patience(node))))
            return replace(sample, info=self._ask(node))
        except (OSError, EngineError, ValueError):
            self._drop(node.key)
            return sample  # the process hangs or just begins: its host still answers

    def _patience(self, node: AnyNode) -> float:
        last = self._last.get(node.key)
        silent = last is not None and last.pid == node.pid and last.info is None and last.stats is None
        return _HANGING_SECONDS if silent else _ANSWER_SECONDS

    def _ask(self, node: Node) -> Info:
        """Over a connection that is kept: a new one a minute would be seen in the metrics."""
        pid, connection = self._connections.get(node.key, (0, None))
        if connection is None or pid != node.pid:
            self._drop(node.key)
            connection = node.connect(self._patience(node))
            self._connections[node.key] = (node.pid, connection)
        if node.engine.label not in self._families:
            self._families[node.engine.label] = families_of(connection.call("COMMAND"))
        return parse_info(str(connection.call("INFO", "everything")))

    def _drop(self, key: NodeKey) -> None:
        _, connection = self._connections.pop(key, (0, None))
        if connection is not None:
            try:
                connection.close()
            except OSError:
                logger.debug("closing a connection", exc_info=True)

    # -- what it means ---------------------------------------------------------------------------------------

    def _published(self, nodes: list[AnyNode], samples: dict[NodeKey, Sample]) -> Iterator[Datum]:
        caches: dict[tuple[str, str, str], list[AnyNode]] = {}
        for node in nodes:
            caches.setdefault(node.cluster_key if isinstance(node, MemcachedNode) else node.group_key, []).append(node)
        for (account, region, name), members in caches.items():
            def datum(metric: str, value: float, account: str = account, region: str = region,
                      **dimensions: str) -> Datum:
                return Datum(account, region, metric, value, tuple(sorted(dimensions.items())))

            if name.startswith(_SERVERLESS):
                yield from self._serverless(name.removeprefix(_SERVERLESS), members, samples, datum)
                continue
            for node in members:
                sample = samples.get(node.key)
                if sample is None:
                    continue
                if isinstance(node, MemcachedNode):
                    for metric, value in self._of_memcached(node, sample).items():
                        yield datum(metric, value, CacheClusterId=name.lower(), CacheNodeId=node.node_id)
                else:
                    yield from self._of_member(node, sample, members, samples, name, datum)

    def _of_member(self, node: Node, sample: Sample, members: list[AnyNode], samples: dict[NodeKey, Sample], name: str,
                   datum: Callable[..., Datum]) -> Iterator[Datum]:
        metrics = self._of_node(node, sample)
        metrics.pop("TotalCmdsCount", None)
        metrics |= self._replication(node, sample, members, samples)
        role = "Primary" if self._roles.get(node.key) else "Replica"
        for metric, value in metrics.items():
            host = {"CacheNodeId": _ONLY_NODE} if metric in HOST else {}
            yield datum(metric, value, CacheClusterId=node.member.lower(), **host)
            if metric in BY_ROLE:
                yield datum(metric, value, ReplicationGroupId=name.lower(), Role=role)
            if metric in OF_GROUP:
                yield datum(metric, value, ReplicationGroupId=name.lower())

    def _serverless(self, name: str, members: list[AnyNode], samples: dict[NodeKey, Sample],
                    datum: Callable[..., Datum]) -> Iterator[Datum]:
        processes = [self._of_memcached(node, samples[node.key]) if isinstance(node, MemcachedNode)
                     else self._of_node(node, samples[node.key]) for node in members if node.key in samples]
        if any("CurrConnections" in each for each in processes):
            for metric, value in serverless_metrics(processes, isinstance(members[0], MemcachedNode)).items():
                yield datum(metric, value, clusterId=name.lower())

    def _of_node(self, node: Node, sample: Sample) -> dict[str, float]:
        before = self._before(node, sample)
        if sample.info is None:
            return self._of_host(sample, before, 0)
        self._roles[node.key] = sample.info.is_primary
        metrics = self._of_host(sample, before, int(sample.info.number("maxmemory")))
        last = before.info if before and before.info else Info({})
        seconds = sample.at - before.at if before and before.info else 0.0
        return {**metrics, **engine_metrics(sample.info, last, seconds, self._families.get(node.engine.label, {}))}

    def _of_memcached(self, node: MemcachedNode, sample: Sample) -> dict[str, float]:
        before = self._before(node, sample)
        metrics = self._of_host(sample, before, _MEMCACHED_MEMORY)
        if sample.stats is None:
            return metrics
        last = before.stats if before and before.stats else {}
        seconds = sample.at - before.at if before and before.stats else 0.0
        return {**metrics, **memcached_metrics(sample.stats, last, seconds)}

    def _of_host(self, sample: Sample, before: Sample | None, memory: int) -> dict[str, float]:
        metrics = dict.fromkeys(NEVER_EXCEEDED, 0.0)
        if sample.process is None:
            return metrics
        return metrics | host_metrics(sample.process, before.process if before else None, memory)

    def _before(self, node: AnyNode, sample: Sample) -> Sample | None:
        """The sample before, of the same process: counters begin anew with a new one."""
        last = self._last.get(node.key)
        return last if last is not None and last.pid == sample.pid else None

    def _replication(self, node: Node, sample: Sample, members: list[AnyNode],
                     samples: dict[NodeKey, Sample]) -> dict[str, float]:
        """How a replica follows its primary. A dead one follows nobody; a hanging one is what its primary says."""
        if self._roles.get(node.key, True) and (sample.info is None or sample.info.is_primary):
            return {}
        if sample.process is None:
            return {"MasterLinkHealthStatus": 0.0}
        others = [samples[other.key].info for other in members if other.key in samples and other.key != node.key]
        seen = [lag for info in others if info is not None and info.is_primary
                and (lag := info.lag_of(node.host, node.port)) is not None]
        if sample.info is None:
            return {"ReplicationLag": seen[0], "MasterLinkHealthStatus": 1.0} if seen else {}
        if sample.info.fields.get("master_link_status") != "up":
            down = max(0.0, sample.info.number("master_link_down_since_seconds"))
            return {"MasterLinkHealthStatus": 0.0, "ReplicationLag": down}
        hosts = {host for other in members if isinstance(other, Node) for host in (other.host, *other.also)}
        lag = seen[0] if seen else max(0.0, sample.info.number("master_last_io_seconds_ago"))
        foreign = sample.info.fields.get("master_host") not in hosts
        return {"GlobalDatastoreReplicationLag" if foreign else "ReplicationLag": lag, "MasterLinkHealthStatus": 1.0}
