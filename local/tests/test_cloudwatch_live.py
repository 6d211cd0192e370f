"""Metrics, alarms and events of real engines, with a minute that takes less than a second."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from conftest import PASSWORD, eventually, start

from localaws import launcher
from localaws.nodes.resp import RespError

GROUP = "metered"
EVER = {"StartTime": 0, "EndTime": "2100-01-01T00:00:00Z"}


@pytest.fixture(scope="module")
def fast():
    """An instance of its own: time is a setting of the whole instance."""
    kept = {name: os.environ.get(name) for name in ("LOCAL_AWS_SECONDS_PER_MINUTE", "LOCAL_AWS_MAXMEMORY")}
    os.environ.update(LOCAL_AWS_SECONDS_PER_MINUTE="0.5", LOCAL_AWS_MAXMEMORY="16mb")
    try:
        with tempfile.TemporaryDirectory() as parent:
            running = start(Path(parent) / "state")
            yield running
            launcher.stop(running.folder)
    finally:
        for name, content in kept.items():
            os.environ.pop(name) if content is None else os.environ.update({name: content})


@pytest.fixture(scope="module")
def topic(fast):
    """A topic, and what its subscriber has received so far."""
    arn = fast.client("sns").create_topic(Name="events")["TopicArn"]
    return arn, subscribe(fast, arn, "events")


def subscribe(fast, arn, name):
    queues = fast.client("sqs")
    url = queues.create_queue(QueueName=name)["QueueUrl"]
    queue = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    fast.client("sns").subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue)
    received = []

    def all_so_far():
        messages = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            received.append(json.loads(json.loads(message["Body"])["Message"]))
            queues.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return received

    return all_so_far


@pytest.fixture(scope="module")
def group(fast, topic):
    caches = fast.client("elasticache")
    caches.create_replication_group(
        ReplicationGroupId=GROUP, ReplicationGroupDescription="metered", Engine="valkey", NumCacheClusters=2,
        CacheNodeType="cache.t4g.small", TransitEncryptionEnabled=False, NotificationTopicArn=topic[0])
    return caches.describe_replication_groups(ReplicationGroupId=GROUP)["ReplicationGroups"][0]


def primary(fast, group):
    return fast.connect(group["NodeGroups"][0]["PrimaryEndpoint"], tls=False)


def values(fast, name, dimensions, statistic="Average"):
    result, = fast.client("cloudwatch").get_metric_data(
        MetricDataQueries=[query("m1", name, dimensions, statistic)], **EVER)["MetricDataResults"]
    return result["Values"]


def query(identifier, name, dimensions, statistic, **more):
    return {"Id": identifier, **more, "MetricStat": {"Stat": statistic, "Period": 60, "Metric": {
        "Namespace": "AWS/ElastiCache", "MetricName": name,
        "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()]}}}


def member(number):
    return {"CacheClusterId": f"{GROUP}-00{number}"}


def published(fast):
    pages = fast.client("cloudwatch").list_metrics(Namespace="AWS/ElastiCache")["Metrics"]
    return {(metric["MetricName"], tuple(sorted((each["Name"], each["Value"]) for each in metric["Dimensions"])))
            for metric in pages}


def test_every_member_publishes_its_metrics(fast, group):
    with primary(fast, group) as client:
        client.call("SET", "known", "value")
        client.call("GET", "known")
        client.call("GET", "unknown")
    assert eventually(lambda: sum(values(fast, "CacheMisses", member(1), "Sum")) == 1, 10)
    assert sum(values(fast, "CacheHits", member(1), "Sum")) == 1
    assert values(fast, "CacheHitRate", member(1)) == [50]
    assert sum(values(fast, "GetTypeCmds", member(1), "Sum")) == 2
    assert values(fast, "SuccessfulReadRequestLatency", member(1))[0] > 0
    assert values(fast, "CurrItems", member(1))[0] == 1
    assert 0 < values(fast, "DatabaseMemoryUsagePercentage", member(1))[0] < 50
    host = {**member(1), "CacheNodeId": "0001"}
    assert values(fast, "FreeableMemory", host)[0] > 1e9 and values(fast, "SwapUsage", host)
    assert eventually(lambda: values(fast, "EngineCPUUtilization", member(1)) != [], 10), "from the second minute on"
    assert values(fast, "CPUUtilization", host)
    assert (values(fast, "IsMaster", member(1))[0], values(fast, "IsMaster", member(2))[0]) == (1, 0)
    assert values(fast, "MasterLinkHealthStatus", member(2))[0] == 1
    assert values(fast, "ReplicationLag", member(2))[0] <= 2
    assert values(fast, "MasterLinkHealthStatus", member(1)) == []
    assert values(fast, "EngineCPUUtilization", {"ReplicationGroupId": GROUP, "Role": "Primary"})
    assert values(fast, "CurrConnections", member(1)) == [], "a metric of the host has the dimension CacheNodeId"


def test_each_minute_has_a_data_point(fast, group):
    count = len(values(fast, "CurrItems", member(1)))
    assert eventually(lambda: len(values(fast, "CurrItems", member(1))) >= count + 3, 10)
    result, = fast.client("cloudwatch").get_metric_data(
        MetricDataQueries=[query("m1", "CurrItems", member(1), "Sum")], **EVER)["MetricDataResults"]
    times = [at.timestamp() for at in result["Timestamps"]]
    steps = {later - earlier for later, earlier in zip(times, times[1:], strict=False)}
    assert steps == {60.0}, "newest first, none left out"


def test_memcached_and_serverless_have_names_and_dimensions_of_their_own(fast):
    caches = fast.client("elasticache")
    caches.create_cache_cluster(CacheClusterId="plain", Engine="memcached", NumCacheNodes=1,
                                CacheNodeType="cache.t4g.small")
    caches.create_serverless_cache(ServerlessCacheName="boundless", Engine="valkey")
    try:
        assert eventually(lambda: values(fast, "GetHits", {"CacheClusterId": "plain", "CacheNodeId": "0001"}) != [], 10)
        assert values(fast, "UnusedMemory", {"CacheClusterId": "plain", "CacheNodeId": "0001"})[0] > 60e6
        assert eventually(lambda: values(fast, "ThrottledCmds", {"clusterId": "boundless"}) != [], 10)
        assert values(fast, "ElastiCacheProcessingUnits", {"clusterId": "boundless"})[0] > 0
        assert {name for _, dimensions in published(fast) for name, value in dimensions if "boundless" in value} == {
            "clusterId"}
    finally:
        caches.delete_cache_cluster(CacheClusterId="plain")
        caches.delete_serverless_cache(ServerlessCacheName="boundless")


def alarm(fast, name, metrics, threshold, actions, comparison="GreaterThanThreshold", **more):
    entries = [query(f"m{number}", *metric, ReturnData=False) for number, metric in enumerate(metrics, 1)]
    entries.append({"Id": "worst", "Expression": f"MAX([{', '.join(entry['Id'] for entry in entries)}])"})
    fast.client("cloudwatch").put_metric_alarm(
        AlarmName=name, Metrics=entries, Threshold=threshold, ComparisonOperator=comparison, EvaluationPeriods=2,
        AlarmActions=[actions], OKActions=[actions], **more)


def state(fast, name, kind="MetricAlarm"):
    described = fast.client("cloudwatch").describe_alarms(AlarmNames=[name], AlarmTypes=[kind])
    return described[f"{kind}s"][0]["StateValue"]


def test_full_memory_goes_to_alarm_and_back(fast, group):
    arn = fast.client("sns").create_topic(Name="alarms")["TopicArn"]
    received = subscribe(fast, arn, "alarms")
    both = [("Evictions", member(number), "Sum") for number in (1, 2)]
    alarm(fast, "evictions", both, 10, arn)
    alarm(fast, "other", [("Evictions", {"CacheClusterId": "another-001"}, "Sum")], 10, arn)
    fast.client("cloudwatch").put_composite_alarm(AlarmName="any", AlarmRule="ALARM(evictions) OR ALARM(other)",
                                                  AlarmActions=[arn])
    assert eventually(lambda: state(fast, "evictions") == "OK", 10)
    with primary(fast, group) as client:
        deadline = time.monotonic() + 20
        number = 0
        while state(fast, "evictions") != "ALARM" and time.monotonic() < deadline:
            for _ in range(100):
                number += 1
                client.call("SET", f"filler:{number}", "x" * 5000, "EX", "1000")
        assert state(fast, "evictions") == "ALARM" and state(fast, "any", "CompositeAlarm") == "ALARM"
        client.call("FLUSHALL")
    assert state(fast, "other") == "INSUFFICIENT_DATA", "its dimensions are those of another cache"
    assert eventually(lambda: state(fast, "evictions") == "OK" and state(fast, "any", "CompositeAlarm") == "OK", 10)
    assert eventually(lambda: [(each["AlarmName"], each["NewStateValue"]) for each in received()] == [
        ("evictions", "OK"), ("evictions", "ALARM"), ("any", "ALARM"), ("evictions", "OK")], 5), received()
    assert received()[1]["NewStateReason"].startswith("Threshold Crossed: 2 out of the last 2 datapoints")
    assert len(received()[1]["Trigger"]["Metrics"]) == 3


def test_failed_logins_are_counted(fast, group):
    for _ in range(30):
        with primary(fast, group) as client, pytest.raises(RespError):
            client.login("nobody", PASSWORD)
    assert eventually(lambda: sum(values(fast, "AuthenticationFailures", member(1), "Sum")) == 30, 10)


def test_a_replica_that_hangs_lags_and_one_that_is_dead_has_no_link(fast, group, topic):
    node = fast.nodes(GROUP)[f"{GROUP}-002"]
    os.kill(node["pid"], signal.SIGSTOP)
    try:
        assert eventually(lambda: max(values(fast, "ReplicationLag", member(2), "Maximum")) >= 3, 20)
    finally:
        os.kill(node["pid"], signal.SIGCONT)
    assert eventually(lambda: values(fast, "ReplicationLag", member(2), "Maximum")[0] <= 1, 15)
    os.kill(node["pid"], signal.SIGKILL)
    assert eventually(lambda: values(fast, "MasterLinkHealthStatus", member(2))[0] == 0, 10)
    fast.client("elasticache").modify_replication_group(ReplicationGroupId=GROUP, ReplicationGroupDescription="again",
                                                        ApplyImmediately=True)
    assert eventually(lambda: values(fast, "MasterLinkHealthStatus", member(2))[0] == 1, 10)


def test_metric_math_in_metric_data(fast, group):
    entries = [query(f"m{number}", "IsMaster", member(number), "Maximum", ReturnData=False) for number in (1, 2)]
    entries.append({"Id": "primaries", "Expression": "FILL(m1, 0) + FILL(m2, 0)", "Label": "Primaries"})
    watch = fast.client("cloudwatch")
    result, = watch.get_metric_data(MetricDataQueries=entries, ScanBy="TimestampAscending", **EVER)["MetricDataResults"]
    assert result["Label"] == "Primaries" and set(result["Values"][2:]) == {1.0}
    with pytest.raises(watch.exceptions.ClientError, match="no metric and no expression"):
        watch.get_metric_data(MetricDataQueries=[{"Id": "e1", "Expression": "m7 * 2"}], **EVER)


def test_what_happens_to_a_cache_is_told_to_its_topic(fast, group, topic):
    caches = fast.client("elasticache")
    caches.create_snapshot(SnapshotName="told", ReplicationGroupId=GROUP)
    caches.increase_replica_count(ReplicationGroupId=GROUP, NewReplicaCount=2, ApplyImmediately=True)
    expected = [
        {"ElastiCache:CacheClusterProvisioningComplete": f"{GROUP}-001"},
        {"ElastiCache:CacheClusterProvisioningComplete": f"{GROUP}-002"},
        {"ElastiCache:CreateReplicationGroupComplete": GROUP},
        {"ElastiCache:SnapshotComplete": GROUP},
        {"ElastiCache:ReplicationGroupIncreaseReplicaCountStarted": f"{GROUP}-003"},
        {"ElastiCache:CacheClusterProvisioningComplete": f"{GROUP}-003"},
        {"ElastiCache:ReplicationGroupIncreaseReplicaCountFinished": f"{GROUP}-003"},
    ]
    assert eventually(lambda: topic[1]() == expected, 5), topic[1]()
    caches.decrease_replica_count(ReplicationGroupId=GROUP, NewReplicaCount=1, ApplyImmediately=True)
    assert eventually(lambda: topic[1]()[-1] == {"ElastiCache:DeleteCacheClusterComplete": f"{GROUP}-003"}, 5)


def test_a_new_node_type_is_told_of_the_group_and_of_each_node(fast, group, topic):
    before = len(topic[1]())
    fast.client("elasticache").modify_replication_group(ReplicationGroupId=GROUP, CacheNodeType="cache.m7g.large",
                                                        ApplyImmediately=True)
    expected = [
        {"ElastiCache:CacheClusterScalingComplete": f"{GROUP}-001"},
        {"ElastiCache:CacheClusterScalingComplete": f"{GROUP}-002"},
        {"ElastiCache:ReplicationGroupScalingComplete": GROUP},
    ]
    assert eventually(lambda: topic[1]()[before:] == expected, 5), topic[1]()[before:]


def test_a_backup_that_an_engine_cannot_write_fails_and_is_told(fast, group, topic):
    before = len(topic[1]())
    in_the_way = Path(fast.admin(f"{GROUP}-001", "CONFIG", "GET", "dir").split()[-1].strip('"')) / "dump.rdb"
    in_the_way.mkdir()
    caches = fast.client("elasticache")
    try:
        caches.create_snapshot(SnapshotName="doomed", ReplicationGroupId=GROUP)
    finally:
        in_the_way.rmdir()
    snapshot, = caches.describe_snapshots(SnapshotName="doomed")["Snapshots"]
    assert snapshot["SnapshotStatus"] == "failed"
    assert eventually(lambda: topic[1]()[before:] == [{"ElastiCache:SnapshotFailed": GROUP}], 5), topic[1]()[before:]
    with pytest.raises(caches.exceptions.ClientError, match="has no data"):
        caches.create_replication_group(ReplicationGroupId="heir", ReplicationGroupDescription="-",
                                        CacheNodeType="cache.t4g.small", NumCacheClusters=1, SnapshotName="doomed")
    caches.delete_snapshot(SnapshotName="doomed")
    caches.create_snapshot(SnapshotName="doomed", ReplicationGroupId=GROUP)
    assert caches.describe_snapshots(SnapshotName="doomed")["Snapshots"][0]["SnapshotStatus"] == "available"


def test_a_reboot_is_told(fast):
    topics, caches = fast.client("sns"), fast.client("elasticache")
    arn = topics.create_topic(Name="reboots")["TopicArn"]
    received = subscribe(fast, arn, "reboots")
    caches.create_cache_cluster(CacheClusterId="booted", Engine="memcached", CacheNodeType="cache.t4g.small",
                                NumCacheNodes=1, NotificationTopicArn=arn)
    caches.reboot_cache_cluster(CacheClusterId="booted", CacheNodeIdsToReboot=["0001"])
    assert eventually(lambda: {"ElastiCache:CacheNodesRebooted": "booted"} in received(), 5), received()
    caches.delete_cache_cluster(CacheClusterId="booted")


def test_a_topic_that_elasticache_cannot_use_hears_nothing(fast):
    arn = fast.client("sns").create_topic(Name="encrypted", Attributes={"KmsMasterKeyId": "alias/aws/sns"})["TopicArn"]
    received = subscribe(fast, arn, "encrypted")
    caches = fast.client("elasticache")
    caches.create_cache_cluster(CacheClusterId="silent", Engine="memcached", CacheNodeType="cache.t4g.small",
                                NumCacheNodes=1, NotificationTopicArn=arn)
    caches.delete_cache_cluster(CacheClusterId="silent")
    assert not eventually(lambda: received() != [], 1)
    assert "the topic is encrypted" in fast.folder.log.read_text(encoding="utf-8")


def test_a_topic_that_wants_tls_is_told_and_one_of_no_owner_is_not(fast):
    """A statement that denies what is not over TLS denies ElastiCache nothing."""
    topics, caches = fast.client("sns"), fast.client("elasticache")
    allow = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sns:Publish", "Resource": "*",
             "Condition": {"StringEquals": {"AWS:SourceOwner": "000000000000"}}}
    deny = {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    heard = {}
    for name, statements in (("owned", [deny, allow]), ("denied", [deny])):
        policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
        arn = topics.create_topic(Name=name, Attributes={"Policy": policy})["TopicArn"]
        heard[name] = subscribe(fast, arn, name)
        caches.create_cache_cluster(CacheClusterId=f"of-{name}", Engine="memcached", CacheNodeType="cache.t4g.small",
                                    NumCacheNodes=1, NotificationTopicArn=arn)
        caches.delete_cache_cluster(CacheClusterId=f"of-{name}")
    assert eventually(lambda: {"ElastiCache:CacheClusterProvisioningComplete": "of-owned"} in heard["owned"](), 5)
    assert heard["denied"]() == []


def test_serverless_caches_tell_event_bridge(fast):
    queues, bridge, caches = fast.client("sqs"), fast.client("events"), fast.client("elasticache")
    url = queues.create_queue(QueueName="bridge")["QueueUrl"]
    queue = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    bridge.put_rule(Name="caches", EventPattern=json.dumps({
        "source": ["aws.elasticache"], "detail-type": ["Cache Created", "Snapshot Created", "Cache Deleted"]}))
    bridge.put_targets(Rule="caches", Targets=[{"Id": "queue", "Arn": queue}])
    caches.create_serverless_cache(ServerlessCacheName="loud", Engine="valkey")
    caches.create_serverless_cache_snapshot(ServerlessCacheSnapshotName="kept", ServerlessCacheName="loud")
    caches.delete_serverless_cache(ServerlessCacheName="loud")
    received = []

    def told():
        messages = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            body = json.loads(message["Body"])
            received.append((body["detail-type"], body["detail"]["SourceIdentifier"], body["detail"]["SourceType"]))
            queues.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return len(received) >= 3

    assert eventually(told, 5), received
    assert received == [("Cache Created", "loud", "serverless-cache"),
                        ("Snapshot Created", "kept", "serverless-cache-snapshot"),
                        ("Cache Deleted", "loud", "serverless-cache")]


def test_a_failover_and_the_replacement_of_the_dead_node_are_told(fast):
    arn = fast.client("sns").create_topic(Name="failovers")["TopicArn"]
    received = subscribe(fast, arn, "failovers")
    caches = fast.client("elasticache")
    caches.create_replication_group(
        ReplicationGroupId="guarded", ReplicationGroupDescription="guarded", Engine="valkey", NumCacheClusters=2,
        CacheNodeType="cache.t4g.small", TransitEncryptionEnabled=False, AutomaticFailoverEnabled=True,
        NotificationTopicArn=arn)
    os.kill(fast.nodes("guarded")["guarded-001"]["pid"], signal.SIGKILL)
    assert eventually(lambda: received()[3:] == [
        {"ElastiCache:FailoverComplete": "guarded-002"}, {"ElastiCache:CacheNodeReplaceComplete": "guarded-001"}],
        15), received()
    assert eventually(lambda: values(fast, "IsMaster", {"CacheClusterId": "guarded-002"})[:1] == [1], 10)
    assert eventually(lambda: values(fast, "MasterLinkHealthStatus", {"CacheClusterId": "guarded-001"})[:1] == [1], 10)
    caches.delete_replication_group(ReplicationGroupId="guarded")
    assert eventually(lambda: len(received()) == 7, 5), received()
    assert {next(iter(each)) for each in received()[5:]} == {"ElastiCache:DeleteCacheClusterComplete"}


def test_metric_data_in_the_older_protocol(fast, group):
    form = {"Action": "GetMetricData", "Version": "2010-08-01", "StartTime": "1970-01-01T00:00:00Z",
            "EndTime": "2100-01-01T00:00:00Z", "MetricDataQueries.member.1.Id": "twice",
            "MetricDataQueries.member.1.Expression": "2 * m1", "MetricDataQueries.member.2.Id": "m1",
            "MetricDataQueries.member.2.ReturnData": "false",
            "MetricDataQueries.member.2.MetricStat.Stat": "Maximum",
            "MetricDataQueries.member.2.MetricStat.Period": "60",
            "MetricDataQueries.member.2.MetricStat.Metric.Namespace": "AWS/ElastiCache",
            "MetricDataQueries.member.2.MetricStat.Metric.MetricName": "IsMaster",
            "MetricDataQueries.member.2.MetricStat.Metric.Dimensions.member.1.Name": "CacheClusterId",
            "MetricDataQueries.member.2.MetricStat.Metric.Dimensions.member.1.Value": f"{GROUP}-001"}
    scope = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request"
    request = urllib.request.Request(fast.running.endpoint, urllib.parse.urlencode(form).encode(),
                                     {"Authorization": scope})
    with urllib.request.urlopen(request, timeout=10) as answer:
        text = answer.read().decode()
    assert "<Id>twice</Id>" in text and "<member>2.0</member>" in text and "<Id>m1</Id>" not in text
