"""Finds the engine binary to use: an explicit path, else the newest of the user cache and PATH."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

from localaws.engines.versions import Engine, parse_banner, parse_version
from localaws.errors import LocalAwsError

VALKEY_VARIABLE = "VALKEY_SERVER"
REDIS_VARIABLE = "REDIS_SERVER"
MEMCACHED_VARIABLE = "MEMCACHED_SERVER"


def cache_root() -> Path:
    """The folder of this product in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "cdk-elasticache"


def built_engines() -> list[Path]:
    """Server binaries that `local/aws engine --build` made."""
    return sorted((cache_root() / "engines").glob("valkey-*/bin/valkey-server"))


@functools.lru_cache(maxsize=32)
def _ask(path: str, _changed: int) -> tuple[str, str]:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=False)
    return parse_banner(done.stdout)


def probe(path: str, origin: str) -> Engine:
    """Asks a binary what it is; asked once as long as the file does not change."""
    try:
        product, version = _ask(path, os.stat(path).st_mtime_ns)
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        raise LocalAwsError(f"{path} ({origin}) cannot be used as an engine: {problem}") from None
    return Engine(product, version, path, origin)


def _explicit(variable: str) -> Engine | None:
    value = os.environ.get(variable)
    if not value:
        return None
    path = shutil.which(value)
    if path is None:
        raise LocalAwsError(f"{variable}={value} is not an executable file; correct it or unset it")
    return probe(path, variable)


def _newest(candidates: list[tuple[str, str]], product: str) -> Engine | None:
    found = []
    for path, origin in candidates:
        try:
            engine = probe(path, origin)
        except LocalAwsError:
            continue  # a half-removed or foreign binary in PATH is no reason to stop
        if engine.product == product:
            found.append(engine)
    return max(found, key=lambda engine: parse_version(engine.version), default=None)


def find_valkey() -> Engine | None:
    """VALKEY_SERVER if set, else the newest of the built ones and `valkey-server` on PATH."""
    explicit = _explicit(VALKEY_VARIABLE)
    if explicit and explicit.product != "valkey":
        raise LocalAwsError(f"{VALKEY_VARIABLE}={explicit.path} is {explicit.label}; name a Valkey server")
    if explicit:
        return explicit
    candidates = [(str(path), "built") for path in built_engines()]
    on_path = shutil.which("valkey-server")
    if on_path:
        candidates.append((on_path, "PATH"))
    return _newest(candidates, "valkey")


def find_redis() -> Engine | None:
    """REDIS_SERVER if set, else `redis-server` on PATH."""
    explicit = _explicit(REDIS_VARIABLE)
    if explicit:
        return explicit
    on_path = shutil.which("redis-server")
    return _newest([(on_path, "PATH")], "redis") if on_path else None


def find_memcached() -> Engine:
    """MEMCACHED_SERVER if set, else `memcached` on PATH."""
    on_path = shutil.which("memcached")
    engine = _explicit(MEMCACHED_VARIABLE) or (_newest([(on_path, "PATH")], "memcached") if on_path else None)
    if engine is None:
        raise LocalAwsError(f"no engine for memcached on this machine: install the package memcached, or set "
                            f"{MEMCACHED_VARIABLE} to a server binary")
    if engine.product != "memcached":
        raise LocalAwsError(f"{MEMCACHED_VARIABLE}={engine.path} is {engine.label}; name a memcached")
    return engine


def find_engine(name: str) -> Engine:
    """The engine for a template's `Engine`. Valkey stands in for Redis OSS when there is no redis-server."""
    if name == "memcached":
        return find_memcached()
    if name not in ("valkey", "redis"):
        raise LocalAwsError(f"engine {name!r} is not available locally; valkey, redis and memcached are")
    engine = (find_redis() if name == "redis" else None) or find_valkey()
    if engine is None:
        raise LocalAwsError(
            f"no engine for {name} on this machine: run `local/aws engine --build`, install a package that "
            f"provides valkey-server, or set {VALKEY_VARIABLE} to a server binary")
    return engine
