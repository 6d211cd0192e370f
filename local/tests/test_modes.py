"""Groups that change while they run: cluster mode, replicas, engine."""

from __future__ import annotations

import pytest
from clients import ClusterClient, PlainClient, Traffic

from localaws.nodes.resp import RespError

GROUP = "mode"
ENDS = {f"{end}{part}": {"Fn::GetAtt": ["Group", f"{end}EndPoint.{part}"]}
        for end in ("Primary", "Reader") for part in ("Address", "Port")}
CLUSTER_ENDS = {f"Configuration{part}": {"Fn::GetAtt": ["Group", f"ConfigurationEndPoint.{part}"]}
                for part in ("Address", "Port")}


def group(mode=None, replicas=1, **properties):
    size = {"NumNodeGroups": 1, "ReplicasPerNodeGroup": replicas} if mode == "enabled" else {
        "NumCacheClusters": 1 + replicas}
    return {"Group": {"Type": "AWS::ElastiCache::ReplicationGroup", "UpdatePolicy": {"UseOnlineResharding": True},
                      "Properties": {
                          "ReplicationGroupId": GROUP, "ReplicationGroupDescription": "test", "Engine": "valkey",
                          "AutomaticFailoverEnabled": replicas > 0, "TransitEncryptionEnabled": True,
                          **size, **({"ClusterMode": mode} if mode else {}), **properties}}}


def end(stack, name):
    return {part: stack["Values"][f"{name}{part}"] for part in ("Address", "Port")}


def test_a_group_becomes_a_cluster_with_its_data_and_endpoints(instance, deploy):
    stack = deploy("modes", group(), ENDS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    primary, reader = end(stack, "Primary"), end(stack, "Reader")
    with instance.connect(primary) as client:
        client.call("MSET", *(word for number in range(100) for word in (f"kept:{number}", str(number))))
    with Traffic(PlainClient(instance, primary, tls=True), keys=20) as traffic:
        both = deploy("modes", group("compatible"), {**ENDS, **CLUSTER_ENDS})
        assert both["StackStatus"] == "UPDATE_COMPLETE", both["Reasons"]
    assert both["Values"].items() >= stack["Values"].items()
    # clients of both kinds, at every endpoint
    cluster = ClusterClient(instance, end(both, "Configuration"), tls=True)
    assert all(cluster.call("GET", f"kept:{number}") == str(number) for number in range(100))
    for place in (primary, reader):
        with instance.connect(place) as plain:
            assert all(plain.call("GET", key) == content for key, content in traffic.acknowledged.items())
    with instance.connect(primary) as plain:
        assert len(plain.call("CLUSTER", "SHARDS")) == 1
    # back, and forward again
    back = deploy("modes", group("disabled"), ENDS)
    assert back["StackStatus"] == "UPDATE_COMPLETE", back["Reasons"]
    with instance.connect(reader) as plain:
        with pytest.raises(RespError, match="cluster support disabled"):
            plain.call("CLUSTER", "INFO")
        assert plain.call("GET", "kept:99") == "99"
    assert deploy("modes", group("compatible"), CLUSTER_ENDS)["StackStatus"] == "UPDATE_COMPLETE"
    pids = {row["pid"] for row in instance.nodes(GROUP).values()}
    enabled = deploy("modes", group("enabled"), CLUSTER_ENDS)
    assert enabled["StackStatus"] == "UPDATE_COMPLETE", enabled["Reasons"]
    assert {row["pid"] for row in instance.nodes(GROUP).values()} == pids
    # shards only now, and no way back
    sharded = deploy("modes", group("enabled", NumNodeGroups=2), CLUSTER_ENDS)
    assert sharded["StackStatus"] == "UPDATE_COMPLETE", sharded["Reasons"]
    assert f"{GROUP}-0002-002" in instance.nodes(GROUP)
    assert all(cluster.call("GET", f"kept:{number}") == str(number) for number in range(100))
    gone = deploy("modes", group("compatible", NumNodeGroups=2, ReplicasPerNodeGroup=1), CLUSTER_ENDS)
    assert gone["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    cluster.close()


@pytest.mark.parametrize(("before", "after", "reason"), [
    ({}, {"mode": "enabled"}, "cannot go from disabled to enabled; go through compatible"),
    ({}, {"mode": "compatible", "CacheNodeType": "cache.m7g.large"}, "only change of an update; CacheNodeType"),
    ({"replicas": 0}, {"mode": "compatible", "replicas": 0}, "needs AutomaticFailoverEnabled and at least one replica"),
])
def test_ways_that_do_not_exist(instance, deploy, before, after, reason):
    deploy("way", group(**before))
    failed = deploy("way", group(**after))
    assert failed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and reason in failed["Reasons"]


def test_keys_outside_the_first_database_are_in_the_way(instance, deploy):
    stack = deploy("other-database", group(), ENDS)
    with instance.connect(end(stack, "Primary")) as client:
        client.call("SELECT", "3")
        client.call("SET", "k", "v")
    failed = deploy("other-database", group("compatible"), ENDS)
    assert failed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and "database 0" in failed["Reasons"]
    with instance.connect(end(stack, "Primary")) as client:
        client.call("SELECT", "3")
        assert client.call("GET", "k") == "v"


def test_a_group_created_compatible_answers_both_kinds_of_client(instance, deploy):
    stack = deploy("both", group("compatible"), {**ENDS, **CLUSTER_ENDS})
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    with instance.connect(end(stack, "Primary")) as plain, instance.connect(end(stack, "Configuration")) as cluster:
        plain.call("SET", "k", "v")
        assert cluster.call("GET", "k") == "v" and "cluster_state:ok" in cluster.call("CLUSTER", "INFO")


def test_the_reader_endpoint_stays_when_replicas_go_and_come(instance, deploy):
    stack = deploy("replicas", group(replicas=2), ENDS)
    with instance.connect(end(stack, "Primary")) as client:
        client.call("SET", "k", "v")
    for replicas in (0, 1):
        assert deploy("replicas", group(replicas=replicas), ENDS)["StackStatus"] == "UPDATE_COMPLETE"
        for name in ("Primary", "Reader"):
            with instance.connect(end(stack, name)) as client:
                assert client.call("GET", "k") == "v"


def test_redis_becomes_valkey_in_place(instance, deploy):
    stack = deploy("engine", group(Engine="redis", EngineVersion="7.1"), ENDS)
    with instance.connect(end(stack, "Primary")) as client:
        client.call("SET", "k", "v")
    changed = deploy("engine", group(EngineVersion="8.0", CacheParameterGroupName="default.valkey8"), ENDS)
    assert changed["StackStatus"] == "UPDATE_COMPLETE", changed["Reasons"]
    assert changed["Values"] == stack["Values"]
    assert {row["engine"] for row in instance.nodes(GROUP).values()} == {"valkey"}
    with instance.connect(end(stack, "Primary")) as client:
        assert client.call("GET", "k") == "v"
