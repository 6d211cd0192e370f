"""All fronts of an instance. They run in a thread of their own, which starts with the first of them."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from localaws.errors import EngineError
from localaws.front.relay import Front, Site, Terms
from localaws.front.token import KeyLookup, KnownKey

_SECONDS = 10.0
_Answer = TypeVar("_Answer")

Certificate = tuple[Path, Path]


class FrontDesk:
    """Opens, changes and closes fronts for the threads that take care of the nodes."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._keys: KeyLookup = _no_keys

    def ask_for_keys(self, keys: KeyLookup) -> None:
        """Who knows the access keys that tokens are signed with."""
        self._keys = keys

    def open(self, site: Site, terms: Terms, certificate: Certificate | None) -> Front:
        """A front that takes clients from now on."""
        front = Front(site, terms, _context(certificate), lambda *key: self._keys(*key), _listen(site.host, site.port))
        self._do(front.start)
        return front

    def change(self, front: Front, terms: Terms, certificate: Certificate | None) -> None:
        if terms != front.terms:
            context = front.context or _context(certificate)
            self._do(lambda: front.change(terms, context))

    def close(self, front: Front) -> None:
        self._do(front.close)

    def _do(self, work: Callable[[], _Answer]) -> _Answer:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="fronts", daemon=True).start()

        async def run() -> _Answer:
            return work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(_SECONDS)


def _no_keys(_access_key: str, _account: str, _session_token: str) -> KnownKey | None:
    return None


def _context(certificate: Certificate | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


def _listen(host: str, port: int) -> socket.socket:
    """The engine has just left this address; it closes its port right after it said so."""
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            listener = socket.create_server((host, port), backlog=511)
            listener.setblocking(False)
            return listener
        except OSError as problem:
            if time.monotonic() > deadline:
                raise EngineError(f"the front cannot listen at {host}:{port}: {problem.strerror}") from None
            time.sleep(0.01)
