"""Nodes of Memcached: one process each, given its parameters as command-line options."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from localaws.engines.versions import Engine
from localaws.errors import EngineError
from localaws.nodes.node import Workshop
from localaws.nodes.topology import GroupKey, NodeKey

DISCOVERY_KEY = "AmazonElastiCache:cluster"
_READY_SECONDS = 15.0
_POLL_SECONDS = 0.01
_LAST_LINES = ("END", "ERROR", "OK", "RESET", "STORED", "DELETED", "NOT_FOUND", "NOT_STORED", "EXISTS", "TOUCHED")
_LAST_PREFIXES = ("CLIENT_ERROR", "SERVER_ERROR", "VERSION", "EN", "HD", "VA", "MN", "NF", "NS", "EX")

# Options of the engine by ElastiCache's name: a switch, `-o` words for on and off, or a value.
_SWITCHES = {"cas_disabled": "-C", "disable_flush_all": "-F", "error_on_memory_exhausted": "-M"}
_VALUES = {"binding_protocol": "-B", "chunk_size": "-n", "chunk_size_growth_factor": "-f", "max_item_size": "-I"}
_EXTENDED_SWITCHES = ("lru_crawler", "lru_maintainer", "maxconns_fast", "slab_reassign")
_EXTENDED_VALUES = ("hash_algorithm", "idle_timeout", "slab_automove", "watcher_logbuf_size", "worker_logbuf_size")
# ElastiCache's own, or without effect in this engine; README.md lists them.
_SKIPPED = ("inline_ascii_resp", "memcached_connections_overhead")


def engine_options(values: dict[str, str]) -> tuple[str, ...]:
    """The command-line options for a parameter group's own values."""
    options: list[str] = []
    extended: list[str] = []
    for name, value in sorted(values.items()):
        if name in _SKIPPED:
            continue
        if name in _SWITCHES:
            options += [_SWITCHES[name]] if value == "1" else []
        elif name in _VALUES:
            options += [_VALUES[name], value]
        elif name in _EXTENDED_SWITCHES:
            extended.append(name if value == "1" else f"no_{name}")
        elif name in _EXTENDED_VALUES:
            extended.append(f"{name}={value}")
        elif name == "slab_chunk_max":  # bytes in ElastiCache, kilobytes in the engine
            extended.append(f"{name}={_number(name, value) // 1024}")
        elif name in ("no_modern", "track_sizes"):
            extended += [name] if value == "1" else []
        elif name == "watch":
            options += [] if value == "1" else ["-W"]
        else:
            raise EngineError(f"there is no parameter {name} of Memcached that the local AWS knows")
    if any("," in word for word in extended):
        raise EngineError("a parameter value of Memcached must not contain a comma")
    return (*options, *(("-o", ",".join(extended)) if extended else ()))


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise EngineError(f"parameter {name} must be a number, not {value!r}") from None


@dataclass(frozen=True)
class MemcachedPlan:
    """Everything the nodes of one cluster need."""

    key: GroupKey
    engine: Engine
    port: int
    tls: bool
    node_ids: tuple[str, ...]
    options: tuple[str, ...]
    reader_port: int | None = None  # of a serverless cache: where its readers connect


def ask(host: str, port: int, certificate: Path | None, request: str, timeout: float = 5) -> str:
    """Sends one command in the text protocol, with its data block if it has one; returns the answer."""
    with socket.create_connection((host, port), timeout) as plain, contextlib.ExitStack() as stack:
        connection: socket.socket = plain
        if certificate is not None:
            context = ssl.create_default_context(cafile=str(certificate))
            connection = stack.enter_context(context.wrap_socket(plain, server_hostname=host))
        connection.sendall(request.encode() + b"\r\n")
        received = b""
        while not _is_complete(received):
            piece = connection.recv(65536)
            if not piece:
                break
            received += piece
    return received.decode(errors="replace").rstrip("\r\n")


def _is_complete(received: bytes) -> bool:
    if not received.endswith(b"\r\n"):
        return False
    last = received[:-2].rsplit(b"\r\n", 1)[-1].decode(errors="replace")
    return last in _LAST_LINES or last.split(" ")[0] in _LAST_PREFIXES or last.isdigit()


class MemcachedNode:
    """A running Memcached. Its address stays when it is restarted."""

    def __init__(self, workshop: Workshop, plan: MemcachedPlan, node_id: str) -> None:
        self._workshop = workshop
        self.cluster_key = plan.key
        self.node_id = node_id
        self.member = f"{plan.key[2].rpartition('/')[2]}-{node_id}"
        self.key: NodeKey = (*plan.key[:2], self.member)
        self.port, self.tls = plan.port, plan.tls
        self.engine = plan.engine
        self.options = plan.options
        self.reader_port = plan.reader_port
        self.host = workshop.addresses.allocate(plan.port)
        self.folder = workshop.folder / "-".join(("memcached", *self.key))
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        try:
            self._security = self._issue()
            self._process = self._launch()
        except BaseException:
            self._forget()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def address(self) -> dict[str, str | int]:
        return {"Address": self.host, "Port": self.port}

    def _issue(self) -> list[str]:
        if not self.tls:
            return []
        certificate, key = self._workshop.authority.issue(self.host, self.folder)
        return ["-Z", "-o", f"ssl_chain_cert={certificate},ssl_key={key}"]

    def _launch(self) -> subprocess.Popen[bytes]:
        user = pwd.getpwuid(os.getuid()).pw_name  # the engine wants it said when it is root
        where = self.host if self.reader_port is None else f"{self.host}:{self.port},{self.host}:{self.reader_port}"
        command = [self.engine.path, "-l", where, "-p", str(self.port), "-U", "0", "-u", user, *self._security,
                   *self.options]
        return self._workshop.spawner.spawn(command, self.folder, self.folder / "engine.log")

    def restart(self, options: tuple[str, ...]) -> None:
        """Starts anew, empty, at the same address."""
        self.end()
        self.options = options
        self._process = self._launch()

    def prepare(self) -> None:
        """Waits until the engine answers."""
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            with contextlib.suppress(OSError):
                if self.ask("version").startswith("VERSION"):
                    return
            if not self.alive:
                raise EngineError(f"{self.engine.label} for {self.member} did not start: {self._complaint()}")
            if time.monotonic() > deadline:
                raise EngineError(f"{self.engine.label} for {self.member} does not answer: {self._complaint()}")
            time.sleep(_POLL_SECONDS)

    def ask(self, request: str, timeout: float = 5) -> str:
        return ask(self.host, self.port, self._workshop.authority.certificate if self.tls else None, request, timeout)

    def announce(self, value: str) -> None:
        """Stores what clients with auto discovery read."""
        answer = self.ask(f"set {DISCOVERY_KEY} 0 0 {len(value.encode())}\r\n{value}")
        if answer != "STORED":
            raise EngineError(f"{self.engine.label} for {self.member} refused the list of nodes: {answer}")

    def stop(self) -> None:
        self.end()
        self._forget()

    def end(self) -> None:
        if self.alive:
            self._process.kill()
        self._process.wait()

    def _forget(self) -> None:
        self._workshop.addresses.release(self.host)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _complaint(self) -> str:
        try:
            text = (self.folder / "engine.log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "no log"
        return " ".join(line.strip() for line in text.splitlines()[-6:] if line.strip())[-500:] or "it said nothing"


class MemcachedFleet:
    """All nodes of Memcached of one instance. Changed under the lock of the fleet it belongs to."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._nodes: dict[NodeKey, MemcachedNode] = {}
        self._announced: dict[GroupKey, tuple[int, list[tuple[str, int]]]] = {}

    def all_nodes(self) -> list[MemcachedNode]:
        """Every node of the moment; looks without the lock."""
        return list(self._nodes.values())

    def converge(self, plan: MemcachedPlan) -> list[MemcachedNode]:
        """Makes the cluster's nodes match the plan; returns them in their order.

        When the engine refuses, the nodes this call started are gone again and the error is raised; those that
        were restarted come back with the next call.
        """
        existing = {node.node_id: node for node in self._nodes.values() if node.cluster_key == plan.key}
        fresh: list[MemcachedNode] = []
        started: list[MemcachedNode] = []
        try:
            for node_id in plan.node_ids:
                node = existing.get(node_id)
                if node is None:
                    node = MemcachedNode(self._workshop, plan, node_id)
                    self._nodes[node.key] = node
                    fresh.append(node)
                elif node.alive and node.options == plan.options:
                    continue
                else:
                    node.restart(plan.options)
                started.append(node)
            for node in started:
                node.prepare()
        except BaseException:
            for node in fresh:
                self._remove(node)
            raise
        for node_id, node in existing.items():
            if node_id not in plan.node_ids:
                self._remove(node)
        nodes = sorted((node for node in self._nodes.values() if node.cluster_key == plan.key),
                       key=lambda node: node.node_id)
        self._announce(plan.key, nodes, started)
        return nodes

    def _announce(self, key: GroupKey, nodes: list[MemcachedNode], started: list[MemcachedNode]) -> None:
        """Tells every node all of them, under a number that grows with every change."""
        addresses = [(node.host, node.port) for node in nodes]
        version, known = self._announced.get(key, (0, []))
        if addresses == known and not started:
            return
        version += 1
        self._announced[key] = (version, addresses)
        listing = " ".join(f"{host}|{host}|{port}" for host, port in addresses)
        for node in nodes:
            node.announce(f"{version}\n{listing}\n")

    def prune(self, clusters: Collection[GroupKey]) -> None:
        """Stops the nodes of clusters that are no longer there."""
        for node in list(self._nodes.values()):
            if node.cluster_key not in clusters:
                self._remove(node)
                self._announced.pop(node.cluster_key, None)

    def end(self, cluster: GroupKey) -> None:
        """Ends the processes of a cluster; the next `converge` starts them again."""
        for node in self._nodes.values():
            if node.cluster_key == cluster:
                node.end()

    def _remove(self, node: MemcachedNode) -> None:
        node.stop()
        self._nodes.pop(node.key, None)

    def rows(self) -> list[dict[str, Any]]:
        """The nodes for the commands that run outside this process."""
        return [{
            "replicationGroup": node.cluster_key[2], "member": node.member, "account": node.key[0],
            "region": node.key[1], "host": node.host, "also": [], "port": node.port, "pid": node.pid, "tls": node.tls,
            "engine": "memcached", "runs": node.engine.label, "engineVersion": node.engine.version,
        } for node in self._nodes.values()]
