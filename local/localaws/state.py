"""Where instances keep their state, who owns it, and how what a killed instance left behind is swept.

Every instance has a folder. The server process of an instance holds a lock on a file in it for as long as it
lives; the kernel drops the lock when the process ends in whatever way. A folder without that lock is a leftover.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from localaws.errors import LocalAwsError
from localaws.nodes.fleet import NODES_FILE

DIR_VARIABLE = "LOCAL_AWS_DIR"
_MARKER = "instance.lock"
_INSTANCE_FILE = "instance.json"
_SWEEP_SECONDS = 5.0


@dataclass(frozen=True)
class Running:
    """What the server process of an instance says about itself."""

    pid: int
    port: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def user_root() -> Path:
    """The private folder of this user that holds the default instance and those of `exec`."""
    root = Path(tempfile.gettempdir()) / f"cdk-elasticache-local-{os.getuid()}"
    while True:
        root.mkdir(mode=0o700, exist_ok=True)
        try:
            status = root.lstat()
            break
        except FileNotFoundError:  # another command removed it with its last instance
            continue
    if status.st_uid != os.getuid() or status.st_mode & 0o077 or root.is_symlink():
        raise LocalAwsError(f"{root} is not a private folder of yours; remove it or point TMPDIR elsewhere")
    return root


def chosen_folder(argument: str | None) -> Path:
    """--dir, else the instance we run inside of (`exec`), else the default instance."""
    given = argument or os.environ.get(DIR_VARIABLE)
    return Path(given).absolute() if given else user_root() / "default"


def private_folder() -> Path:
    """A name for an instance of its own; the folder is made under the lock of whoever starts it."""
    return user_root() / f"exec-{os.getpid()}-{secrets.token_hex(4)}"


class InstanceFolder:
    """The files of one instance."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.log = path / "aws.log"
        self.admin_password = path / "admin.password"
        self.certificate = path / "ca.crt"
        self.nodes_listing = path / NODES_FILE
        self.nodes = path / "nodes"
        self.temporary = path / "tmp"
        self.aws_config = path / "aws.config"

    def exists(self) -> bool:
        """Whether the folder is one of ours, alive or left behind."""
        return (self.path / _MARKER).exists()

    def create(self) -> None:
        """Makes the folder; refuses one that holds other files."""
        if self.path.exists() and any(self.path.iterdir()) and not self.exists():
            raise LocalAwsError(f"{self.path} holds other files; choose an empty or a new folder for --dir")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        (self.path / _MARKER).touch(mode=0o600)

    def own(self) -> IO[str]:
        """Called by the server process: takes the lock that says the instance is alive."""
        marker = open(self.path / _MARKER, "a", encoding="utf-8")  # noqa: SIM115 - held until the process ends
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LocalAwsError(f"another instance runs in {self.path}") from None
        return marker

    def announce(self, running: Running) -> None:
        draft = self.path / "instance.new"
        draft.write_text(json.dumps(asdict(running)), encoding="utf-8")
        os.replace(draft, self.path / _INSTANCE_FILE)

    def alive(self) -> bool:
        """Whether a server process holds the lock."""
        try:
            with open(self.path / _MARKER, encoding="utf-8") as marker:
                fcntl.flock(marker, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return False
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True

    def running(self) -> Running | None:
        """The server process, if it is alive and has announced itself."""
        if not self.alive():
            return None
        try:
            return Running(**json.loads((self.path / _INSTANCE_FILE).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def list_nodes(self) -> list[dict[str, object]]:
        try:
            rows: list[dict[str, object]] = json.loads(self.nodes_listing.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        return rows

    def sweep(self) -> None:
        """Ends what still runs inside the folder and removes it. Only for a folder whose lock nobody holds."""
        if not self.exists():
            return
        deadline = time.monotonic() + _SWEEP_SECONDS
        while (pids := processes_in(self.path)) and time.monotonic() < deadline:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)
        shutil.rmtree(self.path, ignore_errors=True)
        if self.path.exists():  # a process wrote while we removed
            shutil.rmtree(self.path)


def processes_in(folder: Path) -> list[int]:
    """Our processes whose working folder is inside `folder`: engines and function workers."""
    inside = []
    prefix = str(folder.resolve()) + os.sep
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if entry.stat().st_uid == os.getuid() and os.readlink(f"/proc/{entry.name}/cwd").startswith(prefix):
                inside.append(int(entry.name))
        except OSError:
            continue  # it ended, or is not ours to look at
    return inside


def sweep_leftovers() -> None:
    """Removes the private instances that `exec` could not clean up because it was killed."""
    for path in user_root().glob("exec-*"):
        folder = InstanceFolder(path)
        with changing(path, wait=False) as mine:
            if mine and folder.exists() and not folder.alive():
                folder.sweep()


@contextlib.contextmanager
def changing(path: Path, wait: bool = True) -> Iterator[bool]:
    """Held while an instance is started, stopped or swept, so that two commands never do it at once.

    Yields whether we hold it. The lock file goes away with the instance.
    """
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:24]
    lock = _lock_file(user_root() / f".{name}.lock", wait)
    if lock is None:
        yield False
        return
    with lock:
        try:
            yield True
        finally:
            if not path.exists():
                os.unlink(lock.name)
                with contextlib.suppress(OSError):  # other instances of this user are there
                    user_root().rmdir()


def _lock_file(path: Path, wait: bool) -> IO[str] | None:
    """Opens and locks a file that others may remove as soon as they hold it."""
    while True:
        try:
            lock = open(path, "w", encoding="utf-8")  # noqa: SIM115 - the caller closes it
        except FileNotFoundError:  # the folder went with the last instance just now
            user_root()
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if os.path.exists(path) and os.path.samestat(os.fstat(lock.fileno()), os.stat(path)):
                return lock
        except BlockingIOError:
            lock.close()
            return None
        except FileNotFoundError:
            pass
        lock.close()
