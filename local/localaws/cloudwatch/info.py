"""The metrics of a Valkey or Redis OSS engine, from two of its answers to INFO.

What each is derived from says https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from localaws.nodes.resp import Reply

# Counters of the engine, of which the growth in a minute is published.
_GROWTH = {
    "Evictions": "evicted_keys",
    "NewConnections": "total_connections_received",
    "CacheHits": "keyspace_hits",
    "CacheMisses": "keyspace_misses",
    "Reclaimed": "expired_keys",
    "ErrorCount": "total_error_replies",
    "AuthenticationFailures": "acl_access_denied_auth",
    "CommandAuthorizationFailures": "acl_access_denied_cmd",
    "KeyAuthorizationFailures": "acl_access_denied_key",
    "ChannelAuthorizationFailures": "acl_access_denied_channel",
    "ActiveDefragHits": "active_defrag_hits",
    "NetworkBytesIn": "total_net_input_bytes",
    "NetworkBytesOut": "total_net_output_bytes",
    "TotalCmdsCount": "total_commands_processed",
}
_GAUGES = {
    "BytesUsedForCache": "used_memory",
    "CurrConnections": "connected_clients",
    "KeysTracked": "tracking_total_keys",
    "MemoryFragmentationRatio": "mem_fragmentation_ratio",
    "SaveInProgress": "rdb_bgsave_in_progress",
}
# What ElastiCache does to a node and nothing here does.
_NEVER = ("IamAuthenticationExpirations", "IamAuthenticationThrottling", "TrafficManagementActive")
# Families of commands by the engine's own categories. A command is in one family by its data type, and reads or writes.
_FAMILIES = {
    "@read": "GetType", "@write": "SetType", "@geo": "GeoSpatialBased", "@hash": "HashBased",
    "@hyperloglog": "HyperLogLogBased", "@list": "ListBased", "@pubsub": "PubSubBased", "@scripting": "EvalBased",
    "@set": "SetBased", "@sortedset": "SortedSetBased", "@stream": "StreamBased", "@string": "StringBased",
    "@keyspace": "KeyBased",
}
_CLUSTER = "ClusterBased"
_NO_KEY = "NonKeyType"
FAMILIES = (*_FAMILIES.values(), _CLUSTER, _NO_KEY)


@dataclass(frozen=True)
class Info:
    """An answer to INFO. `commands` are calls and microseconds by command, `databases` the fields of each."""

    fields: Mapping[str, str]
    commands: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    databases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def number(self, name: str) -> float:
        try:
            return float(self.fields.get(name, "0"))
        except ValueError:
            return 0.0

    @property
    def is_primary(self) -> bool:
        return self.fields.get("role") == "master"

    def lag_of(self, host: str, port: int) -> float | None:
        """In seconds, of a replica of this primary: since it said last how far it is."""
        for name, text in self.fields.items():
            if name.startswith("slave") and name[5:].isdigit():
                replica = _pairs(text)
                if (replica.get("ip"), replica.get("port")) == (host, str(port)) and "lag" in replica:
                    return float(replica["lag"])
        return None


def parse_info(text: str) -> Info:
    fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line and not line.startswith("#"))
    commands: dict[str, tuple[int, float]] = {}
    for name, content in fields.items():
        if name.startswith("cmdstat_"):
            counted = _pairs(content)
            commands[name[8:]] = (int(counted["calls"]), float(counted["usec"]))
    databases = {name: _pairs(content) for name, content in fields.items()
                 if name.startswith("db") and name[2:].isdigit()}
    return Info(fields, commands, databases)


def _pairs(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(",") if "=" in part)


def families_of(reply: Reply) -> dict[str, frozenset[str]]:
    """The families of each command, from the engine's answer to COMMAND."""
    found: dict[str, frozenset[str]] = {}
    for row in reply if isinstance(reply, list) else []:
        if isinstance(row, list) and len(row) > 9:
            _add_families(found, row)
    return found


def _add_families(found: dict[str, frozenset[str]], row: list[Reply]) -> None:
    categories = {str(category) for category in row[6]} if isinstance(row[6], list) else set()
    families = {_FAMILIES[category] for category in categories if category in _FAMILIES}
    name = str(row[0]).lower()
    if name.split("|")[0] in ("cluster", "readonly", "readwrite", "asking"):
        families = {_CLUSTER}
    elif row[3] == 0 and not families:
        families = {_NO_KEY}
    found[name] = frozenset(families)
    for inner in row[9] if isinstance(row[9], list) else []:
        if isinstance(inner, list) and len(inner) > 9:
            _add_families(found, inner)


def engine_metrics(info: Info, before: Info, seconds: float,
                   families: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """The metrics of a node, but for what needs its host or other nodes. `seconds` passed since `before`."""
    grown = {name: max(0.0, info.number(source) - before.number(source)) for name, source in _GROWTH.items()}
    metrics = {**grown, **{name: info.number(source) for name, source in _GAUGES.items()}}
    metrics["CurrItems"] = sum(float(each.get("keys", 0)) for each in info.databases.values())
    metrics["CurrVolatileItems"] = sum(float(each.get("expires", 0)) for each in info.databases.values())
    metrics["IsMaster"] = float(info.is_primary)
    metrics |= dict.fromkeys(_NEVER, 0.0)
    if "db0" in info.databases:
        metrics["DB0AverageTTL"] = float(info.databases["db0"].get("avg_ttl", 0))
    looked_up = grown["CacheHits"] + grown["CacheMisses"]
    if looked_up:
        metrics["CacheHitRate"] = 100 * grown["CacheHits"] / looked_up
    if info.is_primary:
        metrics["ReplicationBytes"] = max(0.0, info.number("master_repl_offset") - before.number("master_repl_offset"))
    metrics |= _memory(info)
    if seconds > 0:
        names = ("used_cpu_sys_main_thread", "used_cpu_user_main_thread")
        used = sum(info.number(name) - before.number(name) for name in names)
        metrics["EngineCPUUtilization"] = min(100.0, max(0.0, 100 * used / seconds))
        metrics["NetworkMaxBytesIn"] = grown["NetworkBytesIn"] / seconds
        metrics["NetworkMaxBytesOut"] = grown["NetworkBytesOut"] / seconds
    return {**metrics, **_commands(info, before, families)}


def _memory(info: Info) -> dict[str, float]:
    limit = info.number("maxmemory")
    if not limit:
        return {}
    used = info.number("used_memory")
    share, counted = 100 * used / limit, 100 * (used - info.number("mem_not_counted_for_evict")) / limit
    return {
        "DatabaseMemoryUsagePercentage": share,
        "DatabaseMemoryUsageCountedForEvictPercentage": counted,
        "DatabaseCapacityUsagePercentage": share,  # the same on nodes without data tiering
        "DatabaseCapacityUsageCountedForEvictPercentage": counted,
    }


def _commands(info: Info, before: Info, families: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """How many of each family, and how long each took; no latency while there was none."""
    calls = dict.fromkeys(FAMILIES, 0.0)
    microseconds = dict.fromkeys(FAMILIES, 0.0)
    for name, (count, usec) in info.commands.items():
        old_count, old_usec = before.commands.get(name, (0, 0.0))
        for family in families.get(name, frozenset()):
            calls[family] += max(0, count - old_count)
            microseconds[family] += max(0.0, usec - old_usec)
    metrics = {f"{family}Cmds": count for family, count in calls.items()}
    latencies = {family: microseconds[family] / count for family, count in calls.items() if count}
    metrics |= {f"{family}CmdsLatency": latency for family, latency in latencies.items()}
    for family, name in (("GetType", "SuccessfulReadRequestLatency"), ("SetType", "SuccessfulWriteRequestLatency")):
        if family in latencies:
            metrics[name] = latencies[family]
    return metrics
