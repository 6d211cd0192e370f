"""What moves an endpoint, or slots, when clients come through a front."""

from __future__ import annotations

import os
import signal

import pytest
from clients import ClusterClient, PlainClient
from conftest import eventually

GROUP = "fronted"


@pytest.fixture
def make(cache):
    made = []

    def create(**properties):
        cache.create_replication_group(**{
            "ReplicationGroupId": GROUP, "ReplicationGroupDescription": "test", "Engine": "valkey",
            "TransitEncryptionEnabled": True, "TransitEncryptionMode": "preferred", "AutomaticFailoverEnabled": True,
            **properties})
        made.append(GROUP)
        return cache.describe_replication_groups(ReplicationGroupId=GROUP)["ReplicationGroups"][0]

    yield create
    for name in made:
        cache.delete_replication_group(ReplicationGroupId=name)


def both_kinds(instance, endpoint, key):
    for tls in (True, False):
        client = PlainClient(instance, endpoint, tls=tls)
        assert client.call("GET", key) == "v"
        client.close()


def test_a_failover(instance, make):
    endpoint = make(NumCacheClusters=2)["NodeGroups"][0]["PrimaryEndpoint"]
    with instance.connect(endpoint) as client:
        client.call("SET", "k", "v")
    assert eventually(lambda: instance.admin(f"{GROUP}-002", "GET", "k").strip() == "v")
    os.kill(instance.nodes(GROUP)[f"{GROUP}-001"]["pid"], signal.SIGKILL)
    both_kinds(instance, endpoint, "k")
    assert eventually(lambda: [row["role"] for row in instance.nodes(GROUP).values()] == ["primary", "replica"])


def test_a_change_of_the_cluster_mode(instance, cache, make):
    group = make(NumCacheClusters=2)
    endpoint = group["NodeGroups"][0]["PrimaryEndpoint"]
    with instance.connect(endpoint) as client:
        client.call("SET", "k", "v")
    for mode in ("compatible", "disabled"):
        cache.modify_replication_group(ReplicationGroupId=GROUP, ClusterMode=mode, ApplyImmediately=True)
        for name in ("PrimaryEndpoint", "ReaderEndpoint"):
            both_kinds(instance, group["NodeGroups"][0][name], "k")


def test_resharding(instance, cache, make):
    group = make(NumNodeGroups=2, ReplicasPerNodeGroup=0)
    client = ClusterClient(instance, group["ConfigurationEndpoint"], tls=True)
    for number in range(50):
        client.call("SET", f"k:{number}", str(number))
    cache.modify_replication_group_shard_configuration(
        ReplicationGroupId=GROUP, NodeGroupCount=3, ApplyImmediately=True)
    cache.modify_replication_group_shard_configuration(
        ReplicationGroupId=GROUP, NodeGroupCount=1, NodeGroupsToRetain=["0003"], ApplyImmediately=True)
    assert list(instance.nodes(GROUP)) == [f"{GROUP}-0003-001"]
    assert all(client.call("GET", f"k:{number}") == str(number) for number in range(50))
    client.close()
