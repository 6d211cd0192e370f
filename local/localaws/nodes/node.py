"""One cache node: an engine process with its own address, certificate, access rules and parameters."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from localaws.errors import EngineError
from localaws.front.desk import FrontDesk
from localaws.front.entrance import Entrance
from localaws.nodes.access import ADMIN_USER, AccessUser, denials, rules
from localaws.nodes.addresses import AddressPool
from localaws.nodes.certificates import CertificateAuthority
from localaws.nodes.parameters import FAMILY_DEFAULTS
from localaws.nodes.resp import Connection, Reply, RespError
from localaws.nodes.spawner import Spawner
from localaws.nodes.topology import GroupPlan, NodeKey

_READY_SECONDS = 15.0
_POLL_SECONDS = 0.01
_SNAPSHOT, _MEMBERSHIP = "dump.rdb", "nodes.conf"  # names of the engine's own


@dataclass(frozen=True)
class Workshop:
    """What every node of an instance is made with."""

    folder: Path
    authority: CertificateAuthority
    addresses: AddressPool
    spawner: Spawner
    admin_password: str
    fronts: FrontDesk


class Node:
    """A running engine. `launch` starts it; `prepare` makes it usable; `stop` ends it and removes its files."""

    def __init__(self, workshop: Workshop, plan: GroupPlan, member: str, start_settings: dict[str, str],
                 beside: str | None = None, seed: Path | None = None) -> None:
        """`beside`: the address of another node that this one shares, on a port of its own. `seed`: a snapshot file."""
        self._workshop = workshop
        self.key: NodeKey = plan.node_key(member)
        self.group_key = plan.key
        self.member = member
        self.engine = plan.engine
        self.engine_name = plan.engine_name
        self.port, self.tls, self.cluster = plan.port_of(member), plan.tls, plan.cluster
        self.start_settings = dict(start_settings)
        self._owns_host = beside is None
        self.host = beside or workshop.addresses.allocate(plan.port)
        self.also: frozenset[str] = frozenset()
        self.folder = workshop.folder / "-".join(self.key)
        self._certificates = 0
        self._cluster_id = ""
        self._certificate: tuple[Path, Path] | None = None
        self._encrypted_port = plan.tls
        self._entrance = Entrance(workshop.fronts, self.host, self.port, self.cluster)
        self._users: dict[str, AccessUser] = {}
        self._denied: tuple[str, ...] = ()
        self._boot_settings: dict[str, str] = {}
        self._settings: dict[str, str] = {}
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        try:
            if seed:
                shutil.copyfile(seed, self.folder / _SNAPSHOT)
            self._write_configuration()
            self._process = self._launch()
        except BaseException:
            self._forget()
            raise

    # -- process ---------------------------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def address(self) -> dict[str, str | int]:
        return {"Address": self.host, "Port": self.port}

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _launch(self) -> subprocess.Popen[bytes]:
        return self._workshop.spawner.spawn([self.engine.path, str(self.folder / "engine.conf")], self.folder,
                                            self.folder / "engine.log")

    def stop(self) -> None:
        """Ends the process at once: nothing of a node outlives it, so there is nothing to save."""
        self._entrance.close()
        if self.alive:
            self._process.kill()
        self._process.wait()
        self._forget()

    def restart(self, plan: GroupPlan, keep_data: bool) -> None:
        """Starts anew at the same addresses, for what an engine takes only then; nothing acknowledged is lost."""
        if keep_data:
            with self.connect() as connection:
                self._check_databases(connection, plan)
                connection.call("CLIENT", "PAUSE", str(int(_READY_SECONDS * 1000)), "WRITE")
                self._save()
        self._entrance.close()
        self._process.kill()
        self._process.wait()
        if not (self.cluster and plan.cluster):
            (self.folder / _MEMBERSHIP).unlink(missing_ok=True)
        self.engine, self.cluster, self._cluster_id = plan.engine, plan.cluster, ""
        self._users, self._settings = {}, {}
        self._encrypted_port = self.tls
        self._entrance = Entrance(self._workshop.fronts, self.host, self.port, self.cluster)
        self._write_configuration()
        self._process = self._launch()
        self._entrance.stand_also(self.also, self._certificate)
        self.prepare()
        self.loaded()

    def _check_databases(self, connection: Connection, plan: GroupPlan) -> None:
        """A node of a cluster starts with one database."""
        if plan.cluster and not self.cluster:
            lines = str(connection.call("INFO", "keyspace")).split()
            used = [line.partition(":")[0] for line in lines if "keys=" in line]
            if set(used) - {"db0"}:
                raise EngineError(f"{self.member} has keys in {', '.join(used)}; cluster mode needs all of them in "
                                  "database 0")

    def loaded(self) -> None:
        """The snapshot file it was started from is not needed any more."""
        (self.folder / _SNAPSHOT).unlink(missing_ok=True)

    def dump(self, target: Path) -> None:
        """Writes all data of the node to a snapshot file."""
        self._save()
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.move(self.folder / _SNAPSHOT, target)

    def _save(self) -> None:
        """An engine refuses while it writes for a replica that just came; any other refusal is its last word."""

        def saved() -> bool:
            try:
                return self.call("SAVE") == "OK"
            except RespError as refusal:
                if "in progress" in str(refusal):
                    raise
                raise EngineError(f"{self.engine.label} for {self.member} could not write its data: {refusal} "
                                  f"{self._complaint()}") from None

        self.wait_for(saved, "writing its data to a file")

    def listen_also(self, hosts: frozenset[str]) -> None:
        """Answers at these addresses besides its own; connections that are open stay."""
        if hosts == self.also:
            return
        changes = {"bind": " ".join((self.host, *sorted(hosts)))}
        if self.tls and not hosts <= self.also:
            self._certificates += 1
            certificate, key = self._certificate = self._workshop.authority.issue(
                self.host, self.folder, hosts, f"node-{self._certificates}")
            changes |= {"tls-cert-file": str(certificate), "tls-key-file": str(key)}
        self.call("CONFIG", "SET", *(word for pair in changes.items() for word in pair))
        self.also = hosts
        self._entrance.stand_also(hosts, self._certificate)

    def _forget(self) -> None:
        if self._owns_host:
            self._workshop.addresses.release(self.host)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_configuration(self) -> None:
        password = self._workshop.admin_password
        digest = hashlib.sha256(password.encode()).hexdigest()
        lines = [
            f"bind {' '.join((self.host, *sorted(self.also)))}", "protected-mode no", "daemonize no",
            f"dir {_quoted(str(self.folder))}",
            'save ""', "appendonly no", "shutdown-timeout 0", f"replica-announce-ip {self.host}",
            # a fresh replica is in step within milliseconds instead of a second
            "repl-diskless-sync-delay 0", "repl-diskless-load on-empty-db",
            f"user {ADMIN_USER} on #{digest} ~* &* +@all", "user default off resetpass -@all",
            f"masteruser {ADMIN_USER}", f"masterauth {password}",
            *(f"{name} {_quoted(value)}" for name, value in self.start_settings.items()),
        ]
        if self.tls:
            certificate, key = self._certificate = self._workshop.authority.issue(self.host, self.folder, self.also)
            lines += ["port 0", f"tls-port {self.port}", f"tls-cert-file {_quoted(str(certificate))}",
                      f"tls-key-file {_quoted(str(key))}", "tls-auth-clients no", "tls-replication yes",
                      f"tls-ca-cert-file {_quoted(str(self._workshop.authority.certificate))}"]
        else:
            lines.append(f"port {self.port}")
        if self.cluster:
            lines += ["cluster-enabled yes", "cluster-node-timeout 2000", f"cluster-announce-ip {self.host}",
                      "cluster-allow-replica-migration no",  # a shard's nodes are what the template says
                      f"tls-cluster {'yes' if self.tls else 'no'}"]
        path = self.folder / "engine.conf"
        path.touch(mode=0o600)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    # -- talking to it ---------------------------------------------------------------------------------------

    def connect(self, timeout: float = 10) -> Connection:
        """A connection as the local administrator."""
        encrypted = self._encrypted_port and not self._entrance.moved
        connection = Connection(self.host, self._entrance.engine_port,
                                self._workshop.authority.certificate if encrypted else None, timeout)
        try:
            connection.login(ADMIN_USER, self._workshop.admin_password)
        except BaseException:
            connection.close()
            raise
        return connection

    def call(self, *command: str) -> Reply:
        with self.connect() as connection:
            return connection.call(*command)

    def wait_for(self, condition: Callable[[], bool], what: str, seconds: float = _READY_SECONDS) -> None:
        """Polls until `condition` holds; an engine that exits or takes too long is an EngineError."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except (OSError, RespError):
                pass
            if not self.alive:
                raise EngineError(f"{self.engine.label} for {self.member} did not start: {self._complaint()}")
            if time.monotonic() > deadline:
                raise EngineError(f"{self.engine.label} for {self.member}: {what} within {seconds:.0f} s failed: "
                                  f"{self._complaint()}")
            time.sleep(_POLL_SECONDS)

    def _complaint(self) -> str:
        """The end of the engine's log, without the lines that quote its configuration file."""
        try:
            text = (self.folder / "engine.log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "no log"
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return " ".join(line for line in lines[-6:] if "masterauth" not in line)[-500:]

    def prepare(self) -> None:
        """Waits until the engine answers and learns its commands and initial settings."""
        self.wait_for(lambda: self.call("PING") == "PONG", "answering")
        with self.connect() as connection:
            listing = connection.call("COMMAND", "LIST")
            self._denied = denials({str(name).lower() for name in listing} if isinstance(listing, list) else set())
            reply = connection.call("CONFIG", "GET", "*")
            pairs = [str(item) for item in reply] if isinstance(reply, list) else []
        self._boot_settings = dict(zip(pairs[::2], pairs[1::2], strict=True))

    def replicate(self, host: str, port: int) -> None:
        """Follows a primary. The command connects at once; the same setting in the file waits a second."""
        self.call("REPLICAOF", host, str(port))

    def promote(self) -> None:
        """Follows nobody any more."""
        self.call("REPLICAOF", "NO", "ONE")

    def follows(self, host: str, port: int) -> bool:
        fields = self.replication
        return (fields.get("master_host"), fields.get("master_port")) == (host, str(port))

    @property
    def replication(self) -> dict[str, str]:
        lines = str(self.call("INFO", "replication")).split()
        return dict(line.split(":", 1) for line in lines if ":" in line)

    @property
    def cluster_id(self) -> str:
        self._cluster_id = self._cluster_id or str(self.call("CLUSTER", "MYID"))
        return self._cluster_id

    def replica_is_up(self) -> bool:
        return "master_link_status:up" in str(self.call("INFO", "replication"))

    def let_in(self, plan: GroupPlan) -> None:
        """Opens the node to clients in the way the plan asks for: TLS, plain text, IAM tokens."""
        if plan.tls != self.tls:
            self._turn_tls(plan.tls)
        self._entrance.arrange(plan, self.call, self._certificate)

    def _turn_tls(self, on: bool) -> None:
        """Nodes reach each other at the address of their clients, so their links are encrypted when those are."""
        settings = {"tls-replication": "yes" if on else "no"}
        if self.cluster:
            settings["tls-cluster"] = settings["tls-replication"]
        if on and self._certificate is None:
            certificate, key = self._certificate = self._workshop.authority.issue(self.host, self.folder, self.also)
            settings |= {"tls-cert-file": str(certificate), "tls-key-file": str(key), "tls-auth-clients": "no",
                         "tls-ca-cert-file": str(self._workshop.authority.certificate)}
        self.call("CONFIG", "SET", *(word for pair in settings.items() for word in pair))
        self.tls = on

    # -- what the template asks for --------------------------------------------------------------------------

    def apply(self, users: tuple[AccessUser, ...], settings: dict[str, str]) -> None:
        """Makes users and settings what the template says, in the running process."""
        with self.connect() as connection:
            self._apply_settings(connection, settings)
            self._apply_users(connection, {user.name: self._entrance.user_of_engine(user) for user in users})

    def _apply_settings(self, connection: Connection, settings: dict[str, str]) -> None:
        defaults = {name: value for name, value in FAMILY_DEFAULTS.items() if name in self._boot_settings}
        wanted = {**defaults, **settings}
        changes = {name: value for name, value in wanted.items() if self._settings.get(name) != value}
        for name in self._settings.keys() - wanted.keys():
            changes[name] = self._boot_settings[name]
        if changes:
            try:
                connection.call("CONFIG", "SET", *(word for pair in sorted(changes.items()) for word in pair))
            except RespError as problem:
                raise EngineError(f"{self.engine.label} refused the parameters: {problem}") from None
        self._settings = wanted

    def _apply_users(self, connection: Connection, users: dict[str, AccessUser]) -> None:
        for name, user in users.items():
            if self._users.get(name) == user:
                continue
            try:
                connection.call("ACL", "SETUSER", name, *rules(user, self._denied))
            except RespError as problem:
                raise EngineError(f"{self.engine.label} refused the user {name}: {problem}") from None
            self._users[name] = user
        gone = [name for name in self._users if name not in users]
        if gone:
            connection.call("ACL", "DELUSER", *gone)
            for name in gone:
                del self._users[name]


def _quoted(text: str) -> str:
    """A value as the engine's configuration file wants it."""
    if "\n" in text or "\r" in text:
        raise EngineError("a parameter value must not contain a line break")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
