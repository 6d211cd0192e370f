"""A small client of the engines' wire protocol (RESP2), so that no password ever stands on a command line."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from types import TracebackType
from typing import Any

from localaws.errors import EngineError

Reply = str | int | None | list[Any]  # elements of a list are replies


class RespError(EngineError):
    """The engine answered with an error; the text is the engine's own."""


class Connection:
    """One connection to one engine; use it as a context manager."""

    def __init__(self, host: str, port: int, ca_file: Path | None = None, timeout: float = 10) -> None:
        raw = socket.create_connection((host, port), timeout=timeout)
        try:
            self._socket = _trusting(ca_file).wrap_socket(raw, server_hostname=host) if ca_file else raw
        except BaseException:
            raw.close()
            raise
        self._reader = self._socket.makefile("rb")

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._reader.close()
        self._socket.close()

    def call(self, *words: str) -> Reply:
        """Sends one command and returns its reply; an error reply is raised as RespError."""
        encoded = [word.encode() for word in words]
        request = b"*%d\r\n" % len(encoded) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in encoded)
        self._socket.sendall(request)
        return self._read()

    def login(self, user: str, password: str) -> None:
        self.call("AUTH", user, password)

    def _read(self) -> Reply:
        line = self._reader.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the engine closed the connection")
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest.decode(errors="replace")
        if kind == b"-":
            raise RespError(rest.decode(errors="replace"))
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return self._read_bulk(int(rest))
        if kind == b"*":
            return None if int(rest) < 0 else [self._read() for _ in range(int(rest))]
        raise ConnectionError(f"not a reply of an engine: {line[:40]!r}")

    def _read_bulk(self, size: int) -> str | None:
        if size < 0:
            return None
        data = self._reader.read(size + 2)
        if len(data) != size + 2:
            raise ConnectionError("the engine closed the connection")
        return data[:-2].decode(errors="replace")


def _trusting(ca_file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(ca_file))


def render(reply: Reply, indent: str = "") -> str:
    """A reply as text for people, one line per element."""
    if isinstance(reply, list):
        if not reply:
            return "(empty)"
        width = len(str(len(reply)))
        lines = []
        for number, item in enumerate(reply, 1):
            head = f"{number:>{width}}) "
            lines.append(head + render(item, indent + " " * len(head)))
        return ("\n" + indent).join(lines)
    return "(nil)" if reply is None else str(reply)
