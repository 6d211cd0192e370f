"""What the values of a parameter group mean for an engine."""

from __future__ import annotations

import os
from collections.abc import Mapping

from localaws.errors import EngineError

MEMORY_VARIABLE = "LOCAL_AWS_MAXMEMORY"
# Of every node, whatever its type: machines that run tests have not the memory of the node types.
_MEMORY = "64mb"

# Values every ElastiCache family, or the type of a node, starts from and the engines do not.
FAMILY_DEFAULTS = {
    "acl-pubsub-default": "allchannels",
    "latency-tracking": "no",
    "maxmemory": os.environ.get(MEMORY_VARIABLE) or _MEMORY,
    "maxmemory-policy": "volatile-lru",
    "maxmemory-samples": "3",
}

# Given when the engine starts; a change waits for a reboot, as on AWS.
START_ONLY = frozenset({"cluster-databases", "databases"})

# ElastiCache's own names: no option of the engine, so there is nothing to apply. README.md lists them.
NOT_ENGINE_OPTIONS = frozenset({
    "close-on-replica-write",
    "cluster-enabled",  # decides the shape of the group, see replication groups
    "cluster-preferred-endpoint-type",
    "replica-allow-chaining",
    "reserved-memory",
    "reserved-memory-percent",
    "search-default-timeout-ms",
    "search-enable-partial-results",
    "search-fanout-target-mode",
})

# Options the engine knows but can only honour when it was compiled with another memory allocator.
NOT_APPLICABLE = frozenset({"activedefrag"})

_BUFFER_PREFIX = "client-output-buffer-limit-"
_BUFFER_PARTS = ("hard-limit", "soft-limit", "soft-seconds")
_BUFFER_DEFAULTS = {
    "normal": ("0", "0", "0"),
    "pubsub": ("33554432", "8388608", "60"),
    "replica": ("268435456", "67108864", "60"),
}


def engine_settings(values: Mapping[str, str]) -> dict[str, str]:
    """Options to set on a running engine for a parameter group's own values."""
    settings: dict[str, str] = {}
    buffers: dict[str, list[str]] = {}
    for name, value in values.items():
        if name in NOT_ENGINE_OPTIONS or name in NOT_APPLICABLE or name in START_ONLY:
            continue
        if name == "rename-commands":
            if value.strip():
                raise EngineError("parameter rename-commands is not modelled by the local AWS; leave it out of "
                                  "the parameter group that is deployed locally")
        elif name.startswith(_BUFFER_PREFIX):
            _buffer_part(name, value, buffers)
        else:
            settings[name] = value
    if buffers:
        settings["client-output-buffer-limit"] = " ".join(
            f"{kind} {' '.join(parts)}" for kind, parts in sorted(buffers.items()))
    return settings


def start_settings(values: Mapping[str, str], cluster: bool) -> dict[str, str]:
    """Options that can only be given when the engine starts."""
    skipped = "databases" if cluster else "cluster-databases"
    return {name: value for name, value in values.items() if name in START_ONLY and name != skipped}


def _buffer_part(name: str, value: str, buffers: dict[str, list[str]]) -> None:
    kind, _, part = name[len(_BUFFER_PREFIX):].partition("-")
    if kind not in _BUFFER_DEFAULTS or part not in _BUFFER_PARTS:
        raise EngineError(f"there is no parameter {name}")
    buffers.setdefault(kind, list(_BUFFER_DEFAULTS[kind]))[_BUFFER_PARTS.index(part)] = value
