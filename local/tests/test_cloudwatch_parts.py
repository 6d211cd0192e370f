"""The clock, the windows of a query, and what INFO and stats come to."""

from __future__ import annotations

import time

import pytest

from localaws.cloudwatch.clock import Clock, seconds_per_minute
from localaws.cloudwatch.info import Info, engine_metrics, families_of, parse_info
from localaws.cloudwatch.query import results_of, times_between, times_until
from localaws.cloudwatch.serverless import serverless_metrics
from localaws.cloudwatch.stats import memcached_metrics, parse_stats
from localaws.cloudwatch.units import unit_of
from localaws.errors import LocalAwsError


def test_a_fast_clock_leaves_no_minute_out():
    clock = Clock(0.05)
    time.sleep(0.2)  # as if the machine was busy for four minutes
    assert clock.now() < clock.minute + 60
    assert [clock.turn() for _ in range(3)] == [clock.minute - 180, clock.minute - 120, clock.minute - 60]
    assert clock.minute <= clock.now() < clock.minute + 60 and clock.wait() <= 3 * 0.05


def test_a_clock_in_real_time_does_not_drift_from_it():
    clock = Clock()
    clock.minute -= 600
    clock.turn()
    assert abs(clock.minute - time.time()) < 121


@pytest.mark.parametrize("given", ["0", "-1", "61", "fast"])
def test_a_minute_takes_a_sensible_time(given):
    with pytest.raises(LocalAwsError, match="LOCAL_AWS_SECONDS_PER_MINUTE"):
        seconds_per_minute({"LOCAL_AWS_SECONDS_PER_MINUTE": given})
    assert seconds_per_minute({}) == 60 and seconds_per_minute({"LOCAL_AWS_SECONDS_PER_MINUTE": "0.5"}) == 0.5


def test_a_long_period_slides_with_the_minutes():
    """At the end of minute 5 minutes 1 to 5 count, at the end of minute 6 minutes 2 to 6."""
    assert times_until(300, 300, 1) == [0] and times_until(360, 300, 2) == [-240, 60]
    assert times_between(90, 400, 60) == [60, 120, 180, 240, 300, 360]


def test_dimensions_statistic_and_unit_reach_the_store():
    asked = []

    def fetch(*given):
        asked.append(given)
        return {0: 7.0}

    entry = {"Id": "m1", "Label": "Seven", "MetricStat": {"Period": 60, "Stat": "p99", "Unit": "Count", "Metric": {
        "Namespace": "Own", "MetricName": "Things", "Dimensions": [{"Name": "One", "Value": "1"}]}}}
    hidden = {**entry, "Id": "m2", "ReturnData": False}
    found = results_of([entry, hidden], lambda _period: [0], fetch)
    assert asked[0] == ("Own", "Things", {"One": "1"}, "p99", "Count", 60, [0])
    assert list(found) == ["m1"] and found["m1"][0].values == {0: 7.0} and found["m1"][0].label == "Seven"


INFO = """# Server
role:master
maxmemory:1000
used_memory:800
mem_not_counted_for_evict:100
connected_clients:5
evicted_keys:{evicted}
keyspace_hits:{hits}
keyspace_misses:{misses}
acl_access_denied_auth:{denied}
used_cpu_sys_main_thread:{cpu}
used_cpu_user_main_thread:0
master_repl_offset:{offset}
slave0:ip=127.77.0.2,port=6379,state=online,offset=5,lag=3
# Commandstats
cmdstat_get:calls={hits},usec={usec},usec_per_call=1.00
cmdstat_client|list:calls=4,usec=8
# Keyspace
db0:keys=4,expires=1,avg_ttl=900
db3:keys=2,expires=2,avg_ttl=10
"""


def info(**changes):
    nothing = dict.fromkeys(("evicted", "hits", "misses", "denied", "cpu", "offset", "usec"), 0)
    return parse_info(INFO.format(**{**nothing, **changes}))


GET = {"get": frozenset({"GetType", "StringBased"})}


def test_what_grew_is_what_counts():
    before = info(evicted=10, hits=100, misses=50, denied=1, cpu=1.0, offset=1000, usec=1000)
    metrics = engine_metrics(info(evicted=15, hits=106, misses=52, denied=3, cpu=1.5, offset=1500, usec=1600),
                             before, 2.0, GET)
    assert {name: metrics[name] for name in (
        "Evictions", "CacheHits", "CacheMisses", "CacheHitRate", "AuthenticationFailures", "EngineCPUUtilization",
        "ReplicationBytes", "GetTypeCmds", "GetTypeCmdsLatency", "StringBasedCmds", "SuccessfulReadRequestLatency",
        "CurrItems", "CurrVolatileItems", "DatabaseMemoryUsagePercentage", "IsMaster",
        "DatabaseMemoryUsageCountedForEvictPercentage", "DB0AverageTTL", "CurrConnections")} == {
        "Evictions": 5, "CacheHits": 6, "CacheMisses": 2, "CacheHitRate": 75, "AuthenticationFailures": 2,
        "EngineCPUUtilization": 25, "ReplicationBytes": 500, "GetTypeCmds": 6, "GetTypeCmdsLatency": 100,
        "StringBasedCmds": 6, "SuccessfulReadRequestLatency": 100, "CurrItems": 6, "CurrVolatileItems": 3,
        "DatabaseMemoryUsagePercentage": 80, "IsMaster": 1, "DatabaseMemoryUsageCountedForEvictPercentage": 70,
        "DB0AverageTTL": 900, "CurrConnections": 5}


def test_nothing_that_happened_has_no_rate_and_no_latency():
    same = info(hits=5, usec=10)
    metrics = engine_metrics(same, same, 1.0, GET)
    assert metrics["GetTypeCmds"] == 0 and not {"CacheHitRate", "GetTypeCmdsLatency"} & metrics.keys()
    assert "EngineCPUUtilization" not in engine_metrics(same, Info({}), 0.0, GET), "there is nothing to compare with"


def test_a_primary_tells_how_far_its_replicas_are():
    assert info().lag_of("127.77.0.2", 6379) == 3 and info().lag_of("127.77.0.9", 6379) is None


def test_families_of_commands():
    def command(name, keys, categories, inner=()):
        return [name, 1, [], keys, keys, 1, categories, [], [], list(inner)]

    found = families_of([
        command("get", 1, ["@read", "@string", "@fast"]), command("ping", 0, ["@connection"]),
        command("cluster", 0, [], [command("cluster|info", 0, ["@slow"])]), command("hset", 1, ["@write", "@hash"])])
    assert found == {"get": {"GetType", "StringBased"}, "ping": {"NonKeyType"}, "cluster": {"ClusterBased"},
                     "cluster|info": {"ClusterBased"}, "hset": {"SetType", "HashBased"}}


def test_memcached():
    before = parse_stats("STAT get_hits 3\r\nSTAT bytes 100\r\nSTAT limit_maxbytes 1000\r\nSTAT version 1.6.18\r\nEND")
    metrics = memcached_metrics({**before, "get_hits": 10.0, "bytes": 400.0}, before, 1.0)
    assert (metrics["GetHits"], metrics["BytesUsedForCacheItems"], metrics["UnusedMemory"]) == (7, 400, 600)


def test_a_serverless_cache_adds_up_its_processes_but_not_its_data():
    one = {"BytesUsedForCache": 10.0, "TotalCmdsCount": 3.0, "NetworkBytesIn": 2048.0, "IsMaster": 1.0,
           "GetTypeCmds": 2.0}
    metrics = serverless_metrics([one, one], memcached=False)
    assert metrics == {"BytesUsedForCache": 10, "TotalCmdsCount": 6, "NetworkBytesIn": 4096, "GetTypeCmds": 4,
                       "GetTypeCmdsECPUs": 4, "ElastiCacheProcessingUnits": 6, "ThrottledCmds": 0}


@pytest.mark.parametrize(("name", "unit"), [
    ("Evictions", "Count"), ("FreeableMemory", "Bytes"), ("ReplicationLag", "Seconds"),
    ("HashBasedCmdsLatency", "Microseconds"), ("CacheHitRate", "Percent"), ("MasterLinkHealthStatus", "Count"),
])
def test_units(name, unit):
    assert unit_of(name) == unit
