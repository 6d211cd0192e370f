"""Clients that go on while a cache changes: they follow redirections and connect again, as real ones do."""

from __future__ import annotations

import threading
import time
from typing import Any

from conftest import Instance

from localaws.nodes.resp import Connection, Reply, RespError


class ClusterClient:
    """Follows MOVED and ASK, and goes back to the configuration endpoint when a node is gone."""

    def __init__(self, instance: Instance, endpoint: dict[str, Any], tls: bool) -> None:
        self._instance, self._endpoint, self._tls = instance, endpoint, tls
        self._connections: dict[tuple[str, int], Connection] = {}

    def call(self, *words: str, patience: float = 5) -> Reply:
        deadline = time.monotonic() + patience
        where, asking = (str(self._endpoint["Address"]), int(self._endpoint["Port"])), False
        while True:
            try:
                connection = self._connection(where)
                if asking:
                    connection.call("ASKING")
                return connection.call(*words)
            except RespError as problem:
                kind, *rest = str(problem).split(" ")
                if kind not in ("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "LOADING"):
                    raise
                if kind in ("MOVED", "ASK"):
                    host, _, port = rest[1].rpartition(":")
                    where, asking = (host, int(port)), kind == "ASK"
            except OSError:
                self._connections.pop(where, None)
                where, asking = (str(self._endpoint["Address"]), int(self._endpoint["Port"])), False
            assert time.monotonic() < deadline, f"{words[0]} did not succeed within {patience} s"
            time.sleep(0.005)

    def _connection(self, where: tuple[str, int]) -> Connection:
        if where not in self._connections:
            self._connections[where] = self._instance.connect({"Address": where[0], "Port": where[1]}, self._tls)
        return self._connections[where]

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()


class PlainClient:
    """One endpoint; connects again when the connection is lost."""

    def __init__(self, instance: Instance, endpoint: dict[str, Any], tls: bool) -> None:
        self._instance, self._endpoint, self._tls = instance, endpoint, tls
        self._connection: Connection | None = None

    def call(self, *words: str, patience: float = 10) -> Reply:
        deadline = time.monotonic() + patience
        while True:
            try:
                self._connection = self._connection or self._instance.connect(self._endpoint, self._tls)
                return self._connection.call(*words)
            except RespError as problem:
                if not str(problem).startswith(("CLUSTERDOWN", "LOADING", "NOAUTH", "READONLY")):
                    raise
                self._connection = None if str(problem).startswith("NOAUTH") else self._connection
            except OSError:
                self._connection = None
            assert time.monotonic() < deadline, f"{words[0]} did not succeed within {patience} s"
            time.sleep(0.005)

    def close(self) -> None:
        if self._connection:
            self._connection.close()


class Traffic:
    """Writes counters all the time, and knows what was acknowledged. Use it as a context manager."""

    def __init__(self, client: ClusterClient | PlainClient, keys: int = 50) -> None:
        self._client, self._keys = client, keys
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.rounds, self.problem = 0, ""
        self.acknowledged: dict[str, str] = {}

    def _run(self) -> None:
        try:
            while not self._over.is_set():
                for number in range(self._keys):
                    key, content = f"traffic:{number}", str(self.rounds)
                    self._client.call("SET", key, content)
                    self.acknowledged[key] = content
                    assert self._client.call("GET", key) == content
                self.rounds += 1
        except BaseException as problem:
            self.problem = repr(problem)

    def __enter__(self) -> Traffic:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        assert not self.problem, self.problem
        assert self.rounds > 1
