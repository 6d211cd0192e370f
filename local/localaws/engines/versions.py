"""Engine versions: what a binary is, what a template asks for, and whether one serves the other."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from localaws.errors import EngineError, LocalAwsError

ACCEPT_VARIABLE = "LOCAL_AWS_ACCEPT_ENGINE"
Version = tuple[int, ...]

_NEWER = {"memcached": "set MEMCACHED_SERVER to a newer memcached", "redis": "set REDIS_SERVER to a newer redis-server"}
BUILD_HINT = "run `local/aws engine --build` to build a newer one"

# ElastiCache has "Redis OSS 7.1", which the Redis project never released: it is 7.0 to a client.
_REDIS_EQUIVALENT: dict[Version, Version] = {(7, 1): (7, 0)}
# The last Redis OSS release whose behaviour Valkey carries on; its INFO reports redis_version:7.2.4.
_REDIS_SERVED_BY_VALKEY = (7, 2)


_TITLES = {"memcached": "Memcached", "redis": "Redis OSS", "valkey": "Valkey"}


@dataclass(frozen=True)
class Engine:
    """One engine binary: its product (`valkey`, `redis` or `memcached`), version, path, and where it was found."""

    product: str
    version: str
    path: str
    origin: str

    @property
    def label(self) -> str:
        return f"{_TITLES[self.product]} {self.version}"


def parse_version(text: str) -> Version:
    """`8.0` -> (8, 0); `6.x` -> (6,). Raises ValueError for anything else."""
    parts = text.strip().split(".")
    if len(parts) > 1 and parts[-1] == "x":
        parts.pop()
    if not parts or not all(part.isdigit() for part in parts):
        raise ValueError(f"not a version: {text!r}")
    return tuple(int(part) for part in parts)


def parse_banner(banner: str) -> tuple[str, str]:
    """Product and version from `valkey-server --version` or `memcached --version`."""
    memcached = re.match(r"memcached (\d+(?:\.\d+)+)", banner)
    if memcached:
        return "memcached", memcached.group(1)
    match = re.search(r"^(Valkey|Redis) server v=(\d+(?:\.\d+)+)", banner, re.MULTILINE)
    if not match:
        raise ValueError(f"neither a Valkey, Redis nor Memcached server: {banner.strip()[:120]!r}")
    return match.group(1).lower(), match.group(2)


def accepted_version() -> Version | None:
    """The version named by LOCAL_AWS_ACCEPT_ENGINE, which then serves every template."""
    text = os.environ.get(ACCEPT_VARIABLE, "")
    if not text:
        return None
    try:
        return parse_version(text)
    except ValueError:
        raise LocalAwsError(f"{ACCEPT_VARIABLE} must be a version such as 8.0, not {text!r}") from None


def check_serves(engine: Engine, wanted_engine: str, wanted_version: str) -> None:
    """Raises EngineError unless `engine` can stand for `wanted_engine` at `wanted_version`."""
    if not wanted_version:
        return
    try:
        wanted = parse_version(wanted_version)
    except ValueError:
        raise EngineError(f"EngineVersion {wanted_version!r} is not a version; write it like 8.0") from None
    have = parse_version(engine.version)
    if wanted_engine == "memcached":
        wanted = wanted[:2]  # the releases of 1.6 differ in repairs, and distributions lag behind ElastiCache
    stands_in = wanted_engine == "redis" and engine.product == "valkey"
    if wanted_engine == "redis":
        wanted = _REDIS_EQUIVALENT.get(wanted[:2], wanted)
    served = _REDIS_SERVED_BY_VALKEY if stands_in else have
    if served[: len(wanted)] >= wanted:
        return
    accepted = accepted_version()
    if accepted is not None and have[: len(accepted)] >= accepted:
        return
    if stands_in:
        raise EngineError(
            f"the template asks for redis {wanted_version}; {engine.label} can stand in for Redis OSS up to "
            "7.2 only. Set REDIS_SERVER to a newer redis-server or change EngineVersion")
    hint = BUILD_HINT if wanted_engine == "valkey" else _NEWER[wanted_engine]
    raise EngineError(
        f"the template asks for {wanted_engine} {wanted_version}, the engine here is {engine.version} "
        f"({engine.path}); {hint}, or set {ACCEPT_VARIABLE} to the version you accept")
