"""The metrics of a Memcached engine, from two of its answers to `stats`.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Memcached.html
"""

from __future__ import annotations

from collections.abc import Mapping

Stats = Mapping[str, float]

_GROWTH = {
    "BytesReadIntoMemcached": "bytes_read", "BytesWrittenOutFromMemcached": "bytes_written", "CasBadval": "cas_badval",
    "CasHits": "cas_hits", "CasMisses": "cas_misses", "CmdFlush": "cmd_flush", "CmdGet": "cmd_get",
    "CmdSet": "cmd_set", "CmdTouch": "cmd_touch", "DecrHits": "decr_hits", "DecrMisses": "decr_misses",
    "DeleteHits": "delete_hits", "DeleteMisses": "delete_misses", "EvictedUnfetched": "evicted_unfetched",
    "Evictions": "evictions", "ExpiredUnfetched": "expired_unfetched", "GetHits": "get_hits",
    "GetMisses": "get_misses", "IncrHits": "incr_hits", "IncrMisses": "incr_misses",
    "NewConnections": "total_connections", "NewItems": "total_items", "Reclaimed": "reclaimed",
    "SlabsMoved": "slabs_moved", "TouchHits": "touch_hits", "TouchMisses": "touch_misses",
    "NetworkBytesIn": "bytes_read", "NetworkBytesOut": "bytes_written",
}
_GAUGES = {
    "BytesUsedForCacheItems": "bytes", "BytesUsedForHash": "hash_bytes", "CurrConnections": "curr_connections",
    "CurrItems": "curr_items",
}
# `config get` and `config set` are ElastiCache's own: the engine here has neither.
_ABSENT = ("CmdConfigGet", "CmdConfigSet", "CurrConfig")


def parse_stats(text: str) -> dict[str, float]:
    """The numbers among the answers."""
    found: dict[str, float] = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) == 3 and words[0] == "STAT":
            try:
                found[words[1]] = float(words[2])
            except ValueError:
                continue
    return found


def memcached_metrics(stats: Stats, before: Stats, seconds: float) -> dict[str, float]:
    metrics = {name: max(0.0, stats.get(source, 0) - before.get(source, 0)) for name, source in _GROWTH.items()}
    metrics |= {name: stats.get(source, 0.0) for name, source in _GAUGES.items()}
    metrics |= dict.fromkeys(_ABSENT, 0.0)
    metrics["UnusedMemory"] = max(0.0, stats.get("limit_maxbytes", 0.0) - stats.get("bytes", 0.0))
    if seconds > 0:
        metrics["NetworkMaxBytesIn"] = metrics["NetworkBytesIn"] / seconds
        metrics["NetworkMaxBytesOut"] = metrics["NetworkBytesOut"] / seconds
    return metrics
