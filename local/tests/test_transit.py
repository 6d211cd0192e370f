"""TransitEncryptionMode preferred: one address for TLS and plain text, and the way from no TLS to TLS only."""

from __future__ import annotations

import itertools
import socket

import pytest
from botocore.exceptions import ClientError
from conftest import PASSWORD, eventually

from localaws.nodes.resp import Connection, RespError

_numbers = itertools.count(1)
PREFERRED = {"TransitEncryptionEnabled": True, "TransitEncryptionMode": "preferred"}
REQUIRED = {"TransitEncryptionEnabled": True, "TransitEncryptionMode": "required"}
SHAPES = pytest.mark.parametrize("shape", [
    pytest.param({"NumCacheClusters": 2, "AutomaticFailoverEnabled": True}, id="replicated"),
    pytest.param({"NumNodeGroups": 2, "ReplicasPerNodeGroup": 1, "AutomaticFailoverEnabled": True}, id="sharded"),
])


@pytest.fixture
def make(cache):
    made = []

    def create(**properties):
        name = f"transit-{next(_numbers)}"
        cache.create_replication_group(ReplicationGroupId=name, ReplicationGroupDescription="test", Engine="valkey",
                                       **properties)
        made.append(name)
        return cache.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]

    yield create
    for name in made:
        cache.delete_replication_group(ReplicationGroupId=name)


def ends(group):
    return [member["ReadEndpoint"] for shard in group["NodeGroups"] for member in shard["NodeGroupMembers"]]


def speaks(instance, end, tls):
    certificate = instance.folder.certificate if tls else None
    try:
        # an engine waits for the rest of a handshake that it takes for a request
        with Connection(end["Address"], end["Port"], certificate, timeout=1) as client:
            return client.call("PING") == "PONG"
    except (OSError, RespError):
        return False


def ways_in(instance, group):
    """Whether plain text and TLS are answered; all nodes agree."""
    answers = {(speaks(instance, end, False), speaks(instance, end, True)) for end in ends(group)}
    assert len(answers) == 1, answers
    return dict(zip(("plain", "tls"), answers.pop(), strict=True))


def linked(instance, group):
    name = group["ReplicationGroupId"]
    infos = {member: instance.admin(member, "INFO", "replication") for member in instance.nodes(name)}
    return sum("master_link_status:up" in info for info in infos.values()) == len(group["NodeGroups"])


def write(instance, group, value, tls):
    """Through any node that takes the key; returns the end that did."""
    for end in ends(group):
        try:
            with instance.connect(end, tls=tls) as client:
                client.call("SET", "k", value)
                return end
        except RespError:
            continue
    raise AssertionError("no node takes the key")


def read(instance, end, tls):
    with instance.connect(end, tls=tls) as client:
        return client.call("GET", "k")


@SHAPES
def test_preferred_answers_both_at_the_same_address(instance, make, shape):
    group = make(**PREFERRED, **shape)
    assert ways_in(instance, group) == {"plain": True, "tls": True}
    assert read(instance, write(instance, group, "v", tls=False), tls=True) == "v"
    assert eventually(lambda: linked(instance, group))


@SHAPES
def test_from_no_tls_to_tls_only_with_everything_kept(instance, cache, make, shape):
    group = make(TransitEncryptionEnabled=False, **shape)
    name = group["ReplicationGroupId"]
    pids = [row["pid"] for row in instance.nodes(name).values()]
    assert ways_in(instance, group) == {"plain": True, "tls": False}
    end = write(instance, group, "first", tls=False)

    cache.modify_replication_group(ReplicationGroupId=name, ApplyImmediately=True, **PREFERRED)
    assert ways_in(instance, group) == {"plain": True, "tls": True}
    assert read(instance, end, tls=True) == "first"

    with instance.connect(end, tls=False) as plain, instance.connect(end) as encrypted:
        assert plain.call("PING") == encrypted.call("PING") == "PONG"
        cache.modify_replication_group(ReplicationGroupId=name, ApplyImmediately=True, TransitEncryptionMode="required")
        assert encrypted.call("PING") == "PONG"
        with pytest.raises((ConnectionError, RespError)):
            plain.call("PING")
    assert ways_in(instance, group) == {"plain": False, "tls": True}
    described = cache.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]
    assert (described["TransitEncryptionEnabled"], described["TransitEncryptionMode"]) == (True, "required")
    assert (read(instance, end, tls=True), write(instance, group, "second", tls=True)) == ("first", end)
    assert [row["pid"] for row in instance.nodes(name).values()] == pids
    for member in instance.nodes(name):  # replicas find their primary again, over TLS now
        instance.admin(member, "CLIENT", "KILL", "TYPE", "master")
        instance.admin(member, "CLIENT", "KILL", "TYPE", "replica")
    assert eventually(lambda: linked(instance, group), 15)
    if shape.get("NumNodeGroups"):
        assert all("cluster_state:ok" in instance.admin(member, "CLUSTER", "INFO") for member in instance.nodes(name))


def test_a_replica_that_comes_later_is_linked(instance, cache, make):
    group = make(TransitEncryptionEnabled=False, NumCacheClusters=1)
    name = group["ReplicationGroupId"]
    for change in (PREFERRED, REQUIRED):
        cache.modify_replication_group(ReplicationGroupId=name, **change)
    cache.increase_replica_count(ReplicationGroupId=name, NewReplicaCount=1, ApplyImmediately=True)
    grown = cache.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]
    assert ways_in(instance, grown) == {"plain": False, "tls": True} and linked(instance, grown)


def test_who_stops_sending_still_gets_the_answer(instance, make):
    with instance.connect(ends(make(**PREFERRED))[0], tls=False) as client:
        client._socket.sendall(b"PING\r\n")
        client._socket.shutdown(socket.SHUT_WR)
        assert client._read() == "PONG"
        assert client._socket.recv(1) == b""


def test_and_the_way_back(instance, cache, make):
    group = make(**REQUIRED)
    name = group["ReplicationGroupId"]
    for change, plain, tls in ((PREFERRED, True, True), ({"TransitEncryptionEnabled": False}, True, False)):
        cache.modify_replication_group(ReplicationGroupId=name, **change)
        assert ways_in(instance, group) == {"plain": plain, "tls": tls}


def test_users_come_after_the_last_step(instance, cache, make):
    cache.create_user(UserId="transit-app", UserName="app", Engine="valkey", AccessString="on ~* +@all",
                      Passwords=[PASSWORD])
    cache.create_user_group(UserGroupId="transit-users", Engine="valkey", UserIds=["transit-app"])
    group = make(**PREFERRED)
    name = group["ReplicationGroupId"]
    with pytest.raises(ClientError, match="Transit encryption preferred is not supported with redis access control"):
        cache.modify_replication_group(ReplicationGroupId=name, UserGroupIdsToAdd=["transit-users"])
    cache.modify_replication_group(ReplicationGroupId=name, TransitEncryptionMode="required")
    cache.modify_replication_group(ReplicationGroupId=name, UserGroupIdsToAdd=["transit-users"])
    instance.login(ends(group)[0], "app", PASSWORD).close()
    with pytest.raises(ClientError, match="Modification of transit encryption is not supported for access control"):
        cache.modify_replication_group(ReplicationGroupId=name, TransitEncryptionMode="preferred")
    cache.modify_replication_group(ReplicationGroupId=name, UserGroupIdsToRemove=["transit-users"])
    cache.delete_user_group(UserGroupId="transit-users")
    cache.delete_user(UserId="transit-app")


def test_three_deployments_lead_from_no_tls_to_tls_only(instance, deploy):
    for transit, plain, tls in (({"TransitEncryptionEnabled": False}, True, False), (PREFERRED, True, True),
                                (REQUIRED, False, True)):
        stack = deploy("transit", {"Cache": {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {
            "ReplicationGroupId": "transit-stack", "ReplicationGroupDescription": "test", "Engine": "valkey",
            "NumCacheClusters": 1, "AutomaticFailoverEnabled": False, **transit}}})
        assert stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE"), stack["Reasons"]
        row = instance.nodes("transit-stack")["transit-stack-001"]
        end = {"Address": row["host"], "Port": row["port"]}
        assert (speaks(instance, end, False), speaks(instance, end, True)) == (plain, tls)
        assert row["tls"] is tls


@pytest.mark.parametrize(("properties", "text"), [
    ({**PREFERRED, "UserGroupIds": ["nobodys"]}, "Transit encryption preferred is not supported with redis access"),
    ({"TransitEncryptionMode": "preferred"}, "needs TransitEncryptionEnabled"),
    ({"TransitEncryptionEnabled": True, "TransitEncryptionMode": "optional"}, "not preferred or required"),
])
def test_what_elasticache_refuses_is_refused(make, properties, text):
    with pytest.raises(ClientError, match=text):
        make(**properties)


@pytest.mark.parametrize(("before", "after", "text"), [
    ({"TransitEncryptionEnabled": False}, REQUIRED, "from off to required at once"),
    ({"TransitEncryptionEnabled": False}, {"TransitEncryptionEnabled": True}, "from off to required at once"),
    (REQUIRED, {"TransitEncryptionEnabled": False}, "from required to off at once"),
])
def test_a_step_that_leaves_clients_behind_is_refused(instance, cache, make, before, after, text):
    group = make(**before)
    was = ways_in(instance, group)
    with pytest.raises(ClientError, match=text):
        cache.modify_replication_group(ReplicationGroupId=group["ReplicationGroupId"], **after)
    assert ways_in(instance, group) == was


def test_a_refused_change_takes_the_steps_back(instance, cache, make):
    cache.create_cache_parameter_group(CacheParameterGroupName="transit-bad", CacheParameterGroupFamily="valkey8",
                                       Description="test")
    cache.modify_cache_parameter_group(CacheParameterGroupName="transit-bad", ParameterNameValues=[
        {"ParameterName": "maxmemory-policy", "ParameterValue": "nonsense"}])
    group = make(TransitEncryptionEnabled=False)
    with pytest.raises(ClientError, match="refused the parameters"):
        cache.modify_replication_group(ReplicationGroupId=group["ReplicationGroupId"], **PREFERRED,
                                       CacheParameterGroupName="transit-bad")
    assert ways_in(instance, group) == {"plain": True, "tls": False}
    cache.delete_cache_parameter_group(CacheParameterGroupName="transit-bad")
