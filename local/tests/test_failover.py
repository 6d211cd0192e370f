"""Automatic failover: endpoints stay, a replica takes over, the dead node is replaced."""

from __future__ import annotations

import os
import signal
import time

import pytest
from botocore.exceptions import ClientError
from clients import ClusterClient, PlainClient
from conftest import eventually

from localaws.emulator import events

GROUP = "failing"


@pytest.fixture
def make(cache):
    made = []

    def create(**properties):
        cache.create_replication_group(**{
            "ReplicationGroupId": GROUP, "ReplicationGroupDescription": "test", "Engine": "valkey",
            "TransitEncryptionEnabled": True, "AutomaticFailoverEnabled": True, **properties})
        made.append(GROUP)
        return described(cache)

    yield create
    for name in made:
        cache.delete_replication_group(ReplicationGroupId=name)


def described(cache):
    return cache.describe_replication_groups(ReplicationGroupId=GROUP)["ReplicationGroups"][0]


def roles(instance):
    return {member: row["role"] for member, row in instance.nodes(GROUP).items()}


def test_a_replica_takes_over_at_the_same_endpoint(instance, cache, make):
    group = make(NumCacheClusters=3)
    ends = group["NodeGroups"][0]["PrimaryEndpoint"], group["NodeGroups"][0]["ReaderEndpoint"]
    client = PlainClient(instance, ends[0], tls=True)
    client.call("SET", "k", "v")
    with instance.connect(ends[1]) as reader:
        assert eventually(lambda: reader.call("GET", "k") == "v")
    os.kill(instance.nodes(GROUP)[f"{GROUP}-001"]["pid"], signal.SIGKILL)
    began = time.monotonic()
    assert client.call("GET", "k") == "v"
    client.call("SET", "k", "after")
    assert time.monotonic() - began < 4
    assert eventually(lambda: sorted(roles(instance).values()) == ["primary", "replica", "replica"])
    assert roles(instance)[f"{GROUP}-001"] == "replica"
    after = described(cache)["NodeGroups"][0]
    assert (after["PrimaryEndpoint"], after["ReaderEndpoint"]) == ends
    chosen = after["NodeGroupMembers"][0]["CacheClusterId"]
    assert after["NodeGroupMembers"][0]["CurrentRole"] == "primary" and chosen != f"{GROUP}-001"
    messages = [event["Message"] for event in cache.describe_events(SourceIdentifier=GROUP)["Events"]]
    assert f"Failover to replica node {chosen} completed" in messages
    with instance.connect(ends[1]) as reader:
        assert eventually(lambda: reader.call("GET", "k") == "after")
    assert [row["also"] for row in instance.nodes(GROUP).values() if row["role"] == "primary"] == [[ends[0]["Address"]]]
    # fewer replicas: the primary is not the one that goes
    cache.decrease_replica_count(ReplicationGroupId=GROUP, NewReplicaCount=1, ApplyImmediately=True)
    assert chosen in roles(instance) and client.call("GET", "k") == "after"
    client.close()


def test_failover_can_be_tested_in_a_cluster(instance, cache, make):
    group = make(NumNodeGroups=2, ReplicasPerNodeGroup=1)
    client = ClusterClient(instance, group["ConfigurationEndpoint"], tls=True)
    for number in range(50):
        client.call("SET", f"k:{number}", str(number))
    assert eventually(lambda: instance.admin(f"{GROUP}-0001-001", "DBSIZE")
                      == instance.admin(f"{GROUP}-0001-002", "DBSIZE"))
    cache.test_failover(ReplicationGroupId=GROUP, NodeGroupId="0001")
    assert eventually(lambda: roles(instance).get(f"{GROUP}-0001-001") == "replica", 20)
    assert roles(instance)[f"{GROUP}-0001-002"] == "primary"
    assert all(client.call("GET", f"k:{number}", patience=10) == str(number) for number in range(50))
    assert described(cache)["ConfigurationEndpoint"] == group["ConfigurationEndpoint"]
    with pytest.raises(ClientError, match="no shard 0009"):
        cache.test_failover(ReplicationGroupId=GROUP, NodeGroupId="0009")
    client.close()


def test_every_listener_hears_of_a_failover():
    heard = []
    event = events.CacheEvent("ElastiCache:FailoverComplete", "000000000000", "us-east-1", "g", "g-002", "completed")
    events.listeners.extend((lambda _: 1 / 0, heard.append))
    try:
        events.emit(event)
    finally:
        events.listeners.clear()
    assert heard == [event]


def test_failover_needs_to_be_enabled(cache, make):
    make(NumCacheClusters=2, AutomaticFailoverEnabled=False)
    with pytest.raises(ClientError, match="must have automatic failover enabled"):
        cache.test_failover(ReplicationGroupId=GROUP, NodeGroupId="0001")
