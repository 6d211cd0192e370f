"""Builds the pinned Valkey from Debian's own source package, without root and beside the machine's packages.

The mirror is the one the machine already uses; package lists, downloads and the build live in private
folders. apt verifies the signed index and the checksums of everything it downloads.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cmp_to_key
from pathlib import Path

from localaws.engines.find import cache_root, probe
from localaws.engines.versions import Engine
from localaws.errors import LocalAwsError

PACKAGE = "valkey"
PINNED = "9.1.2-1"
SUITES = ("sid", "stable")
_KEYRINGS = ("/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp")
_TARGETS = ("valkey-server", "valkey-cli")
_TOOLS = {"gcc": "gcc", "make": "make", "dpkg-source": "dpkg-dev", "pkg-config": "pkgconf"}

Say = Callable[[str], None]


def built_path(version: str) -> Path:
    """Where the build of one package version lives."""
    return cache_root() / "engines" / f"{PACKAGE}-{version}"


def build_engine(say: Say) -> Engine:
    """Builds the pinned engine unless it is there; safe to run several times at once."""
    server = built_path(PINNED) / "bin" / "valkey-server"
    if not server.exists():
        _require_tools()
        with _build_lock(say):
            if not server.exists():
                server = _build(say)
    return probe(str(server), "built")


def missing_tools() -> list[str]:
    """Names of the Debian packages the build needs and does not find."""
    missing = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
    if shutil.which("pkg-config") and subprocess.run(
            ["pkg-config", "--exists", "openssl"], capture_output=True, check=False).returncode:
        missing.append("libssl-dev")
    if not shutil.which("pkg-config") and not Path("/usr/include/openssl/ssl.h").exists():
        missing.append("libssl-dev")
    return missing


def _require_tools() -> None:
    if shutil.which("apt-get") is None:
        raise LocalAwsError(
            "the build takes Valkey's source from a Debian mirror and needs apt-get, which is not here; install "
            "a valkey-server with your system's package manager or set VALKEY_SERVER to a server binary")
    missing = missing_tools()
    if missing:
        raise LocalAwsError(
            f"the build needs {', '.join(missing)}; install with `apt-get install {' '.join(missing)}`")


@contextlib.contextmanager
def _build_lock(say: Say) -> Iterator[None]:
    folder = cache_root() / "engines"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".build.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another build of the engine to finish ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(say: Say) -> Path:
    started = time.monotonic()
    engines = cache_root() / "engines"
    for leftover in engines.glob(".building-*"):  # of a build that was killed: we hold the lock
        shutil.rmtree(leftover, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=engines))
    try:
        version, source = _fetch_source(work, say)
        target = built_path(version)
        if target.exists():
            say(f"{PACKAGE} {version} is built already")
            return target / "bin" / "valkey-server"
        say(f"compiling {PACKAGE} {version} with {_jobs()} jobs (about a minute) ...")
        _run(["make", f"-j{_jobs()}", "BUILD_TLS=yes", "MALLOC=libc", "OPTIMIZATION=-O1", *_TARGETS],
             cwd=source / "src", log=work / "build.log", what="the compilation")
        done = work / "done"
        (done / "bin").mkdir(parents=True)
        for name in _TARGETS:
            shutil.copy2(source / "src" / name, done / "bin" / name)
        (done / "SOURCE").write_text(f"Debian source package {PACKAGE} {version}\n", encoding="utf-8")
        probe(str(done / "bin" / "valkey-server"), "built")
        done.rename(target)
        say(f"built {target / 'bin' / 'valkey-server'} in {time.monotonic() - started:.0f} s")
        return target / "bin" / "valkey-server"
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _jobs() -> int:
    return len(os.sched_getaffinity(0))


def _fetch_source(work: Path, say: Say) -> tuple[str, Path]:
    """Downloads and unpacks the source package; returns its version and folder."""
    environment = _private_apt(work)
    say("reading the source index of the Debian mirror this machine uses ...")
    _run(["apt-get", "-q", "update"], env=environment, log=work / "apt.log", what="reading the source index")
    version = _choose(_offered(environment))
    if version != PINNED:
        say(f"{PACKAGE} {PINNED} is no longer offered by the mirror; taking {version} instead")
    say(f"downloading the source of {PACKAGE} {version} ...")
    _run(["apt-get", "-q", "source", "--download-only", f"{PACKAGE}={version}"], env=environment, cwd=work,
         log=work / "apt.log", what="downloading the source")
    descriptions = list(work.glob("*.dsc"))
    if len(descriptions) != 1:
        raise LocalAwsError(f"expected one .dsc file in the download, found {len(descriptions)}")
    source = work / "source"
    _run(["dpkg-source", "--extract", str(descriptions[0]), str(source)], cwd=work, log=work / "apt.log",
         what="unpacking the source")
    return version, source


def _private_apt(work: Path) -> dict[str, str]:
    """An environment in which apt uses only private folders and the machine's mirror and proxy settings."""
    keyring = next((path for path in _KEYRINGS if os.path.exists(path)), None)
    if keyring is None:
        raise LocalAwsError("the Debian archive keyring is missing; install the package debian-archive-keyring")
    apt = work / "apt"
    for folder in ("lists/partial", "cache/archives/partial", "parts"):
        (apt / folder).mkdir(parents=True)
    mirror = _mirror()
    (apt / "sources.list").write_text(
        "".join(f"deb-src [signed-by={keyring}] {mirror} {suite} main\n" for suite in SUITES), encoding="utf-8")
    acquire = [line for line in _output(["apt-config", "dump"]).splitlines() if line.startswith("Acquire::")]
    (apt / "apt.conf").write_text("\n".join([
        *acquire,
        f'Dir::Etc::main "{apt}/none";', f'Dir::Etc::parts "{apt}/parts";',
        f'Dir::Etc::sourcelist "{apt}/sources.list";', f'Dir::Etc::sourceparts "{apt}/parts";',
        f'Dir::State::lists "{apt}/lists";', f'Dir::Cache "{apt}/cache";',
        'APT::Sandbox::User "root";', 'APT::Get::List-Cleanup "false";', ""]), encoding="utf-8")
    return {**os.environ, "APT_CONFIG": str(apt / "apt.conf"), "LC_ALL": "C"}


def _mirror() -> str:
    """The Debian mirror of this machine, from apt's own configuration."""
    listing = _output(["apt-get", "indextargets", "--format", "$(SITE)|$(RELEASE)|$(COMPONENT)",
                       "Created-By: Packages"])
    for line in listing.splitlines():
        site, release, component = (line.split("|") + ["", ""])[:3]
        if component == "main" and "security" not in release and site.rstrip("/").endswith("/debian"):
            return site
    raise LocalAwsError(
        "apt on this machine has no Debian mirror to take the source from; install a valkey-server with your "
        "system's package manager or set VALKEY_SERVER to a server binary")


def _offered(environment: dict[str, str]) -> list[str]:
    text = _output(["apt-cache", "showsrc", "--only-source", PACKAGE], env=environment)
    return [line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("Version:")]


def _choose(versions: list[str]) -> str:
    """The pinned version if it is offered, else the newest."""
    if PINNED in versions:
        return PINNED
    if not versions:
        raise LocalAwsError(f"the Debian mirror of this machine offers no source of {PACKAGE}; set VALKEY_SERVER")

    def older(one: str, other: str) -> int:
        less = subprocess.run(["dpkg", "--compare-versions", one, "lt", other], check=False).returncode == 0
        return -1 if less else 1

    return max(versions, key=cmp_to_key(older))


def _output(command: list[str], env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise LocalAwsError(f"`{' '.join(command[:2])}` failed: {done.stderr.strip()[-400:]}")
    return done.stdout


def _run(command: list[str], *, log: Path, what: str, cwd: Path | None = None,
         env: dict[str, str] | None = None) -> None:
    with open(log, "a", encoding="utf-8") as sink:
        code = subprocess.run(command, cwd=cwd, env=env, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL,
                              check=False).returncode
    if code:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        raise LocalAwsError(f"{what} failed (exit code {code}):\n{tail}")
