"""Loopback addresses for nodes: every node has its own 127.77.x.y, every instance its own x."""

from __future__ import annotations

import os
import socket
from collections import Counter

from localaws.errors import EngineError, LocalAwsError

_PREFIX = "127.77"
_CLAIM_HOST, _CLAIM_PORT = 254, 47700  # a UDP socket held open says "this x is taken"; the kernel frees it


class AddressPool:
    """The addresses of one instance."""

    def __init__(self) -> None:
        self._claim, self._network = self._take_network()
        self._used: Counter[str] = Counter()
        self._next = 1

    def _take_network(self) -> tuple[socket.socket, str]:
        first = os.getpid()
        for offset in range(256):
            network = f"{_PREFIX}.{(first + offset) % 256}"
            claim = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                claim.bind((f"{network}.{_CLAIM_HOST}", _CLAIM_PORT))
                return claim, network
            except OSError:
                claim.close()
        raise LocalAwsError("no free loopback network 127.77.x is left; stop some local instances")

    def allocate(self, port: int) -> str:
        """An address on which `port` is free."""
        for _ in range(_CLAIM_HOST - 1):
            host, self._next = f"{self._network}.{self._next}", self._next % (_CLAIM_HOST - 1) + 1
            if host not in self._used and _is_free(host, port):
                self._used[host] = 1
                return host
        raise EngineError(
            f"port {port} is taken on every address of {self._network}.x; a program on this machine probably "
            f"listens on 0.0.0.0:{port}: stop it or choose another Port in the template")

    def hold(self, host: str) -> None:
        """One more reason to keep an address that is in use; each needs a `release` of its own."""
        self._used[host] += 1

    def release(self, host: str) -> None:
        self._used[host] -= 1
        if self._used[host] <= 0:
            del self._used[host]

    def close(self) -> None:
        self._claim.close()


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True
