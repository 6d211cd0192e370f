"""Sharded groups: shards by hand, resharding with the data in them while clients go on."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from clients import ClusterClient, Traffic
from conftest import eventually

GROUP = "sharded"
OUTPUTS = {"Address": {"Fn::GetAtt": ["Group", "ConfigurationEndPoint.Address"]},
           "Port": {"Fn::GetAtt": ["Group", "ConfigurationEndPoint.Port"]}}


def cluster(online=True, **properties):
    group = {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {
        "ReplicationGroupId": GROUP, "ReplicationGroupDescription": "test", "Engine": "valkey",
        "AutomaticFailoverEnabled": True, "TransitEncryptionEnabled": True, "ReplicasPerNodeGroup": 0, **properties}}
    if online:
        group["UpdatePolicy"] = {"UseOnlineResharding": True}
    return {"Group": group}


def shard(identifier, slots=None, replicas=0, **more):
    return {"NodeGroupId": identifier, "ReplicaCount": replicas, **({"Slots": slots} if slots else {}), **more}


def described(instance):
    return instance.client("elasticache").describe_replication_groups(ReplicationGroupId=GROUP)["ReplicationGroups"][0]


def slot_counts(instance):
    """Slots per shard, as the engines have them."""
    counts = {}
    for group in described(instance)["NodeGroups"]:
        member = group["NodeGroupMembers"][0]["CacheClusterId"]
        own = [line for line in instance.admin(member, "CLUSTER", "NODES").splitlines() if "myself" in line][0]
        ranges = [part.partition("-") for part in own.split(" ")[8:]]
        counts[group["NodeGroupId"]] = sum(int(high or low) - int(low) + 1 for low, _, high in ranges)
    return counts


@pytest.fixture
def fill(instance):
    made = []

    def start(stack, keys=200):
        client = ClusterClient(instance, stack["Values"], tls=True)
        made.append(client)
        for number in range(keys):
            client.call("SET", f"kept:{number}", str(number))
        return client

    yield start
    for client in made:
        client.close()


def test_shards_come_and_go_with_the_data_while_clients_go_on(instance, deploy, fill):
    stack = deploy("grow", cluster(NumNodeGroups=2), OUTPUTS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    client = fill(stack)
    pids = {member: row["pid"] for member, row in instance.nodes(GROUP).items()}
    with Traffic(ClusterClient(instance, stack["Values"], tls=True)) as traffic:
        grown = deploy("grow", cluster(NumNodeGroups=3), OUTPUTS)
        assert grown["StackStatus"] == "UPDATE_COMPLETE", grown["Reasons"]
        assert sorted(slot_counts(instance).values()) == [5461, 5461, 5462]
        assert {member: row["pid"] for member, row in instance.nodes(GROUP).items()}.items() >= pids.items()
        moved = int(instance.admin(f"{GROUP}-0003-001", "DBSIZE"))
        assert moved > 20
        shrunk = deploy("grow", cluster(NumNodeGroups=1), OUTPUTS)
        assert shrunk["StackStatus"] == "UPDATE_COMPLETE", shrunk["Reasons"]
    assert list(instance.nodes(GROUP)) == [f"{GROUP}-0001-001"]
    assert stack["Values"] == shrunk["Values"]
    assert all(client.call("GET", key) == content for key, content in traffic.acknowledged.items())
    assert all(client.call("GET", f"kept:{number}") == str(number) for number in range(200))


def test_the_endpoint_outlives_the_shard_it_began_with(instance, deploy, fill):
    both = [shard("0001"), shard("0002")]
    stack = deploy("first", cluster(NodeGroupConfiguration=both), OUTPUTS)
    client = fill(stack, 50)
    after = deploy("first", cluster(NodeGroupConfiguration=both[1:]), OUTPUTS)
    assert after["StackStatus"] == "UPDATE_COMPLETE", after["Reasons"]
    assert after["Values"] == stack["Values"] and list(instance.nodes(GROUP)) == [f"{GROUP}-0002-001"]
    assert all(client.call("GET", f"kept:{number}") == str(number) for number in range(50))


def test_shards_by_hand(instance, deploy, fill):
    first = [shard("0010", "0-999,5000-5999", 1, PrimaryAvailabilityZone="us-east-1c",
                   ReplicaAvailabilityZones=["us-east-1b"]), shard("0002", "1000-4999,6000-16383")]
    stack = deploy("hand", cluster(NodeGroupConfiguration=first), OUTPUTS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    groups = described(instance)["NodeGroups"]
    assert [group["NodeGroupId"] for group in groups] == ["0010", "0002"]
    assert [group["Slots"] for group in groups] == ["0-999,5000-5999", "1000-4999,6000-16383"]
    assert [member["PreferredAvailabilityZone"] for member in groups[0]["NodeGroupMembers"]] == [
        "us-east-1c", "us-east-1b"]
    assert list(instance.nodes(GROUP)) == [f"{GROUP}-0010-001", f"{GROUP}-0010-002", f"{GROUP}-0002-001"]
    assert slot_counts(instance) == {"0010": 2000, "0002": 14384}
    client = fill(stack, 50)
    # slots and replica counts change, then the slots are left to ElastiCache, which leaves them
    second = [shard("0010", "0-7999"), shard("0002", "8000-16383", 1)]
    assert deploy("hand", cluster(NodeGroupConfiguration=second), OUTPUTS)["StackStatus"] == "UPDATE_COMPLETE"
    assert slot_counts(instance) == {"0010": 8000, "0002": 8384}
    assert sorted(instance.nodes(GROUP)) == [f"{GROUP}-0002-001", f"{GROUP}-0002-002", f"{GROUP}-0010-001"]
    third = [shard("0010"), shard("0002", None, 1)]
    assert deploy("hand", cluster(NodeGroupConfiguration=third), OUTPUTS)["StackStatus"] == "UPDATE_COMPLETE"
    assert slot_counts(instance) == {"0010": 8000, "0002": 8384}
    assert all(client.call("GET", f"kept:{number}") == str(number) for number in range(50))


def test_without_online_resharding_the_group_is_replaced(instance, deploy, fill):
    stack = deploy("offline", cluster(online=False, NumNodeGroups=2), OUTPUTS)
    fill(stack, 20)
    named = deploy("offline", cluster(online=False, NumNodeGroups=3), OUTPUTS)
    assert named["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and GROUP in named["Reasons"]
    assert len(instance.nodes(GROUP)) == 2


def test_the_shard_configuration_changes_through_the_api(instance, deploy, fill):
    client = fill(deploy("api", cluster(NumNodeGroups=2), OUTPUTS), 50)
    cache = instance.client("elasticache")
    with pytest.raises(ClientError, match="NodeGroupCount is 1"):
        cache.modify_replication_group_shard_configuration(
            ReplicationGroupId=GROUP, NodeGroupCount=1, ApplyImmediately=True)
    answer = cache.modify_replication_group_shard_configuration(
        ReplicationGroupId=GROUP, NodeGroupCount=1, NodeGroupsToRemove=["0001"], ApplyImmediately=True)
    assert [group["NodeGroupId"] for group in answer["ReplicationGroup"]["NodeGroups"]] == ["0002"]
    assert all(client.call("GET", f"kept:{number}") == str(number) for number in range(50))


def test_a_durable_group_writes_to_disk(instance, deploy):
    durable = cluster(NumNodeGroups=1, ReplicasPerNodeGroup=1, ClusterMode="enabled", EngineVersion="9.0",
                      Durability="sync")
    stack = deploy("durable", durable, {**OUTPUTS, "Durability": {"Fn::GetAtt": ["Group", "EffectiveDurability"]}})
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    assert stack["Values"]["Durability"] == "sync" and described(instance)["EffectiveDurability"] == "sync"
    assert "always" in instance.admin(f"{GROUP}-0001-001", "CONFIG", "GET", "appendfsync")
    assert eventually(lambda: "aof_enabled:1" in instance.admin(f"{GROUP}-0001-001", "INFO", "persistence"))
    durable["Group"]["Properties"]["Durability"] = "disabled"
    changed = deploy("durable", durable, OUTPUTS)
    assert changed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and "cannot change Durability" in changed["Reasons"]
