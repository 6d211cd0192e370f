"""Which metric has which unit, and which are those of the host of a node. Data only.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html
"""

from __future__ import annotations

NAMESPACE = "AWS/ElastiCache"

# Published with the dimension CacheNodeId beside CacheClusterId; all others have CacheClusterId alone.
HOST = frozenset({
    "CPUUtilization", "CurrConnections", "FreeableMemory", "NetworkBandwidthInAllowanceExceeded",
    "NetworkBandwidthOutAllowanceExceeded", "NetworkBytesIn", "NetworkBytesOut", "NetworkConntrackAllowanceExceeded",
    "NetworkLinkLocalAllowanceExceeded", "NetworkMaxBytesIn", "NetworkMaxBytesOut",
    "NetworkPacketsPerSecondAllowanceExceeded", "SwapUsage",
})

# Published under the id of the replication group as well, by role or for the whole group.
BY_ROLE = frozenset({"EngineCPUUtilization"})
OF_GROUP = frozenset({
    "DatabaseCapacityUsageCountedForEvictPercentage", "DatabaseMemoryUsageCountedForEvictPercentage",
})

# Nothing here limits traffic, so none of it is ever exceeded.
NEVER_EXCEEDED = (
    "NetworkBandwidthInAllowanceExceeded", "NetworkBandwidthOutAllowanceExceeded",
    "NetworkConntrackAllowanceExceeded", "NetworkLinkLocalAllowanceExceeded",
    "NetworkPacketsPerSecondAllowanceExceeded",
)

_UNITS = {
    "Percent": ("CPUUtilization", "CacheHitRate", "DatabaseCapacityUsageCountedForEvictPercentage",
                "DatabaseCapacityUsagePercentage", "DatabaseMemoryUsageCountedForEvictPercentage",
                "DatabaseMemoryUsagePercentage", "EngineCPUUtilization"),
    "Bytes": ("BytesReadIntoMemcached", "BytesUsedForCache", "BytesUsedForCacheItems", "BytesUsedForHash",
              "BytesWrittenOutFromMemcached", "FreeableMemory", "NetworkBytesIn", "NetworkBytesOut",
              "NetworkMaxBytesIn", "NetworkMaxBytesOut", "ReplicationBytes", "SwapUsage", "UnusedMemory"),
    "Seconds": ("GlobalDatastoreReplicationLag", "ReplicationLag"),
    "Milliseconds": ("DB0AverageTTL",),
    "Microseconds": ("SuccessfulReadRequestLatency", "SuccessfulWriteRequestLatency"),
    "None": ("ActiveDefragHits", "MemoryFragmentationRatio"),
}
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names}


def unit_of(name: str) -> str:
    """As CloudWatch calls it, which knows no booleans and counts them."""
    return _UNIT_OF.get(name, "Microseconds" if name.endswith("CmdsLatency") else "Count")
