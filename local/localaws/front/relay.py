"""One front: takes the clients of a node in, over TLS or not, and carries their bytes to the engine and back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import socket
import ssl
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from localaws.front.requests import RequestReader
from localaws.front.token import CacheIdentity, KeyLookup, TokenRefused, verify

logger = logging.getLogger("localaws")

_PATIENCE = 10.0  # seconds for the first byte of a client, and for the handshake
_TLS_HANDSHAKE = b"\x16"  # a request in the engines' protocol never begins so
_PAUSE = 0.1


@dataclass(frozen=True)
class Terms:
    """Whom a front lets in, and how they have to come."""

    cache: CacheIdentity
    iam_users: frozenset[str] = frozenset()
    tls: bool = True
    plain: bool = False


@dataclass(frozen=True)
class Site:
    """Where a front stands and what is behind it. `password` is that of all IAM users on the engine."""

    host: str
    port: int
    engine_port: int
    password: str


class Front:
    """Everything here but `terms` belongs to the loop of the fronts."""

    def __init__(self, site: Site, terms: Terms, context: ssl.SSLContext | None, keys: KeyLookup,
                 listener: socket.socket) -> None:
        self._site = site
        self.terms = terms
        self.context = context
        self._keys = keys
        self._listener = listener
        self._clients: set[_Client] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._run(self._accept())

    def change(self, terms: Terms, context: ssl.SSLContext | None) -> None:
        """New terms; clients who came in a way that is no longer open have to leave."""
        self.terms, self.context = terms, context
        for client in list(self._clients):
            if not (terms.tls if client.encrypted else terms.plain):
                client.leave()

    def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        for client in list(self._clients):
            client.leave()
        self._listener.close()

    def substitute(self, user: bytes, password: bytes) -> bytes | None:
        """What an IAM user logs in with at the engine: with a good token the right password, else a wrong one.

        So the engine itself answers, in its own words and in the order of the requests.
        """
        name = user.decode(errors="replace")
        if name not in self.terms.iam_users:
            return None
        try:
            verify(password.decode("ascii", errors="replace"), name, self.terms.cache, self._keys)
        except TokenRefused as reason:
            logger.warning("cache %s: a token of user %s is refused: %s", self.terms.cache.name, name, reason)
            return secrets.token_hex(16).encode()
        return self._site.password.encode()

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(self._listener)
            except OSError as problem:  # too many open files, for one
                logger.warning("cache %s: a client cannot be taken: %s", self.terms.cache.name, problem)
                await asyncio.sleep(_PAUSE)
                continue
            self._run(self._welcome(connection))

    async def _welcome(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            encrypted = self.terms.tls
            if self.terms.tls and self.terms.plain:
                encrypted = await _first_byte(connection) == _TLS_HANDSHAKE
            client = _Client(self, encrypted)
            _, engine = await loop.create_connection(lambda: client.engine, self._site.host, self._site.engine_port)
            try:
                await loop.connect_accepted_socket(
                    lambda: client, connection, ssl=self.context if encrypted else None,
                    ssl_handshake_timeout=_PATIENCE if encrypted else None)
            except BaseException:
                engine.abort()
                raise
        except BaseException as problem:
            connection.close()
            if not isinstance(problem, OSError):  # they went away, or came in a way that is not open
                raise

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def joined(self, client: _Client) -> None:
        self._clients.add(client)

    def left(self, client: _Client) -> None:
        self._clients.discard(client)


async def _first_byte(connection: socket.socket) -> bytes:
    """Looks at the first byte and leaves it where it is."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Future[None] = loop.create_future()
    loop.add_reader(connection, lambda: arrived.done() or arrived.set_result(None))
    try:
        await asyncio.wait_for(arrived, _PATIENCE)
    finally:
        loop.remove_reader(connection)
    return connection.recv(1, socket.MSG_PEEK)


class _End(asyncio.Protocol):
    """One end of a connection that is carried on; it slows the other end down when it cannot keep up."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.other: Callable[[], _End | None] = lambda: None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def _partner(self) -> asyncio.Transport | None:
        other = self.other()
        return other.transport if other else None

    def pause_writing(self) -> None:
        partner = self._partner()
        if partner and not partner.is_closing():
            partner.pause_reading()

    def resume_writing(self) -> None:
        partner = self._partner()
        if partner and not partner.is_closing():
            partner.resume_reading()

    def connection_lost(self, _problem: Exception | None) -> None:
        partner = self._partner()
        if partner:
            partner.close()


class _Client(_End):
    def __init__(self, front: Front, encrypted: bool) -> None:
        super().__init__()
        self.encrypted = encrypted
        self._front = front
        self._requests = RequestReader(front.substitute)
        self.engine = _Engine()
        self.engine.other = lambda: self
        self.other = lambda: self.engine

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._front.joined(self)
        if self.engine.transport is None or self.engine.transport.is_closing():
            transport.close()

    def data_received(self, data: bytes) -> None:
        if self.engine.transport:
            self.engine.transport.write(self._requests.feed(data))

    def eof_received(self) -> bool:
        """Whoever stops sending still gets its answers, where the transport can be half closed: not over TLS.

        An engine that stops sending has hung up, and then so do we.
        """
        if self.encrypted or not self.engine.transport:
            return False
        self.engine.transport.write_eof()
        return True

    def connection_lost(self, problem: Exception | None) -> None:
        self._front.left(self)
        super().connection_lost(problem)

    def leave(self) -> None:
        for transport in (self.transport, self.engine.transport):
            if transport:
                with contextlib.suppress(RuntimeError):
                    transport.abort()


class _Engine(_End):
    def data_received(self, data: bytes) -> None:
        partner = self._partner()
        if partner:
            partner.write(data)
