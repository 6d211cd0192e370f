"""How clients get into a node: at the engine's own port, or through a front that took that port over.

An engine has one port for TLS and another for plain text, and cannot check an IAM token. Where a cache needs
either, the engine moves to a private port while it runs, and a front stands at the address that clients see.
Replicas and the nodes of a cluster find each other at that address too.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from localaws.front.desk import Certificate, FrontDesk
from localaws.front.relay import Front, Site, Terms
from localaws.nodes.access import AccessUser, password_hash
from localaws.nodes.topology import GroupPlan

_FURTHER = 31000  # from the public port to the private one, away from the cluster's port, which is 10000 further
_BUS = 10000
_PORTS = 65536

# Sends one command to the engine as its administrator.
Call = Callable[..., object]


class Entrance:
    """The way into one node."""

    def __init__(self, desk: FrontDesk, host: str, port: int, cluster: bool) -> None:
        self._desk = desk
        self._host, self._port, self._cluster = host, port, cluster
        self._front: Front | None = None
        self._also: dict[str, Front | None] = {}  # further addresses, each with a front when the node has one
        self._moved = False
        # Nobody else knows it: not the client, not the template.
        self._password = secrets.token_hex(32)

    @property
    def moved(self) -> bool:
        """Whether the engine is behind a front: it speaks plain text there."""
        return self._moved

    @property
    def engine_port(self) -> int:
        """Where the engine itself listens."""
        return self._private_port if self._moved else self._port

    @property
    def _private_port(self) -> int:
        return self._port + _FURTHER if self._port + _FURTHER < _PORTS else self._port - _FURTHER

    def user_of_engine(self, user: AccessUser) -> AccessUser:
        """An IAM user has a password at the engine that only the front knows."""
        return replace(user, password_hashes=(password_hash(self._password),)) if user.iam else user

    def arrange(self, plan: GroupPlan, call: Call, certificate: Certificate | None) -> None:
        """Makes the way in what the plan asks for. A front that stands stays, for it can do without a reason."""
        if self._front is None and not plan.needs_front:
            return
        terms = Terms(plan.identity, frozenset(user.name for user in plan.users if user.iam), plan.tls,
                      plan.plain_too or not plan.tls)
        if not self._moved:
            self._move(call)
        if self._front is None:
            site = Site(self._host, self._port, self.engine_port, self._password)
            self._front = self._desk.open(site, terms, certificate)
            for kind in ("normal", "pubsub"):  # who came to the engine itself comes again, to the front
                call("CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")
        else:
            self._desk.change(self._front, terms, certificate)
        self._stand_at_all(terms, certificate)

    def stand_also(self, hosts: frozenset[str], certificate: Certificate | None) -> None:
        """The engine answers at these addresses too, which the certificate names; behind a front, fronts do."""
        for host in self._also.keys() - hosts:
            front = self._also.pop(host)
            if front is not None:
                self._desk.close(front)
        self._also = {host: self._also.get(host) for host in hosts}
        if self._front is not None:
            self._stand_at_all(self._front.terms, certificate)

    def _stand_at_all(self, terms: Terms, certificate: Certificate | None) -> None:
        for host, front in self._also.items():
            if front is None:
                site = Site(host, self._port, self.engine_port, self._password)
                self._also[host] = self._desk.open(site, terms, certificate)
            else:
                self._desk.change(front, terms, certificate)

    def _move(self, call: Call) -> None:
        port = str(self._port)
        settings = {"tls-port": "0", "port": str(self._private_port), "replica-announce-port": port}
        if self._cluster:
            settings |= {"cluster-announce-port": port, "cluster-announce-tls-port": port,
                         "cluster-announce-bus-port": str(self._port + _BUS)}
        call("CONFIG", "SET", *(word for pair in settings.items() for word in pair))
        self._moved = True

    def close(self) -> None:
        for front in (self._front, *self._also.values()):
            if front is not None:
                self._desk.close(front)
        self._front, self._also = None, dict.fromkeys(self._also)

