"""What a serverless cache publishes: one value for the whole, under the dimension `clusterId`. Data but for one sum.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events.memcached.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from localaws.cloudwatch.info import FAMILIES

_ALL = {"BytesUsedForCache", "CurrConnections", "CurrItems", "Evictions", "NetworkBytesIn", "NetworkBytesOut",
        "NewConnections", "SuccessfulReadRequestLatency", "SuccessfulWriteRequestLatency", "TotalCmdsCount"}
_RESP = {"AuthenticationFailures", "CacheHitRate", "CacheHits", "CacheMisses", "CommandAuthorizationFailures",
         "CurrVolatileItems", "IamAuthenticationExpirations", "IamAuthenticationThrottling",
         "KeyAuthorizationFailures",
         *(f"{family}Cmds" for family in FAMILIES if family != "ClusterBased")}
_MEMCACHED = {"CasBadval", "CasHits", "CasMisses", "CmdFlush", "CmdGet", "CmdSet", "CmdTouch", "DecrHits",
              "DecrMisses", "DeleteHits", "DeleteMisses", "GetHits", "GetMisses", "IncrHits", "IncrMisses",
              "Reclaimed", "TouchHits", "TouchMisses"}
# Of the data, which the reader holds as well, and of what is a share or a time: those of the first process.
_NOT_ADDED = {"BytesUsedForCache", "CacheHitRate", "CurrItems", "CurrVolatileItems", "SuccessfulReadRequestLatency",
              "SuccessfulWriteRequestLatency"}
_UNIT_BYTES = 1024  # of one processing unit


def serverless_metrics(processes: Sequence[Mapping[str, float]], memcached: bool) -> dict[str, float]:
    """Of the metrics of its processes, the first of which is the primary."""
    wanted = _ALL | (_MEMCACHED if memcached else _RESP)
    metrics: dict[str, float] = {}
    for each in processes:
        for name, value in each.items():
            if name in wanted:
                first = name not in metrics
                metrics[name] = value if first else metrics[name] + (0 if name in _NOT_ADDED else value)
    if memcached:
        metrics["BytesUsedForCache"] = processes[0].get("BytesUsedForCacheItems", 0.0)
        metrics["TotalCmdsCount"] = sum(metrics.get(name, 0.0) for name in ("CmdGet", "CmdSet", "CmdTouch", "CmdFlush"))
    else:
        metrics |= {f"{name}ECPUs": value for name, value in metrics.items() if name.endswith("Cmds") and name in _RESP}
    kilobytes = (metrics.get("NetworkBytesIn", 0.0) + metrics.get("NetworkBytesOut", 0.0)) / _UNIT_BYTES
    # One unit a kilobyte, and at least one a command; of a family one a command. Dearer commands are not known here.
    metrics["ElastiCacheProcessingUnits"] = max(kilobytes, metrics.get("TotalCmdsCount", 0.0))
    metrics["ThrottledCmds"] = 0.0  # nothing here is throttled
    return metrics
