"""Builds the pinned Valkey from Debian's own source package."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from functools import cmp_to_key
from pathlib import Path

from localaws.engines.debian import PrivateApt, require_apt, run
from localaws.engines.find import VALKEY_VARIABLE, probe
from localaws.engines.store import Say, stored_path, workplace
from localaws.engines.versions import Engine
from localaws.errors import LocalAwsError

PACKAGE = "valkey"
PINNED = "9.1.2-1"
SUITES = ("sid", "stable")
_TARGETS = ("valkey-server", "valkey-cli")
_TOOLS = {"gcc": "gcc", "make": "make", "dpkg-source": "dpkg-dev", "pkg-config": "pkgconf"}
_INSTEAD = (f"install a valkey-server with your system's package manager or set {VALKEY_VARIABLE} to a server "
            "binary")


def built_path(version: str) -> Path:
    """Where the build of one package version lives."""
    return stored_path(PACKAGE, version)


def build_engine(say: Say) -> Engine:
    """Builds the pinned engine unless it is there; safe to run several times at once."""
    server = built_path(PINNED) / "bin" / "valkey-server"
    if not server.exists():
        _require_tools()
        with workplace(PACKAGE, say) as work:
            if not server.exists():
                server = _build(work, say)
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
    require_apt("Valkey's source", _INSTEAD)
    missing = missing_tools()
    if missing:
        raise LocalAwsError(
            f"the build needs {', '.join(missing)}; install with `apt-get install {' '.join(missing)}`")


def _build(work: Path, say: Say) -> Path:
    started = time.monotonic()
    version, source = _fetch_source(work, say)
    target = built_path(version)
    if target.exists():
        say(f"{PACKAGE} {version} is built already")
        return target / "bin" / "valkey-server"
    say(f"compiling {PACKAGE} {version} with {_jobs()} jobs (about a minute) ...")
    run(["make", f"-j{_jobs()}", "BUILD_TLS=yes", "MALLOC=libc", "OPTIMIZATION=-O1", *_TARGETS],
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


def _jobs() -> int:
    return len(os.sched_getaffinity(0))


def _fetch_source(work: Path, say: Say) -> tuple[str, Path]:
    """Downloads and unpacks the source package; returns its version and folder."""
    apt = PrivateApt(work, "deb-src", SUITES, _INSTEAD)
    say("reading the source index of the Debian mirror this machine uses ...")
    apt.get("update", what="reading the source index")
    version = _choose(_offered(apt))
    if version != PINNED:
        say(f"{PACKAGE} {PINNED} is no longer offered by the mirror; taking {version} instead")
    say(f"downloading the source of {PACKAGE} {version} ...")
    apt.get("source", "--download-only", f"{PACKAGE}={version}", cwd=work, what="downloading the source")
    descriptions = list(work.glob("*.dsc"))
    if len(descriptions) != 1:
        raise LocalAwsError(f"expected one .dsc file in the download, found {len(descriptions)}")
    source = work / "source"
    run(["dpkg-source", "--extract", str(descriptions[0]), str(source)], cwd=work, log=work / "unpack.log",
        what="unpacking the source")
    return version, source


def _offered(apt: PrivateApt) -> list[str]:
    text = apt.ask("showsrc", "--only-source", PACKAGE)
    return [line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("Version:")]


def _choose(versions: list[str]) -> str:
    """The pinned version if it is offered, else the newest."""
    if PINNED in versions:
        return PINNED
    if not versions:
        raise LocalAwsError(f"the Debian mirror of this machine offers no source of {PACKAGE}; "
                            f"set {VALKEY_VARIABLE}")

    def older(one: str, other: str) -> int:
        less = subprocess.run(["dpkg", "--compare-versions", one, "lt", other], check=False).returncode == 0
        return -1 if less else 1

    return max(versions, key=cmp_to_key(older))
