"""ElastiCache's API with real engines behind it."""

from __future__ import annotations

import itertools

import pytest
from botocore.exceptions import ClientError
from conftest import PASSWORD, eventually

from localaws.nodes.resp import RespError

_numbers = itertools.count(1)


@pytest.fixture
def make(instance, cache, users, parameters):  # those two outlive the groups that use them
    """Creates replication groups that are gone after the test; returns the described group."""
    made = []

    def create(**properties):
        name = f"group-{next(_numbers)}"
        cache.create_replication_group(**{
            "ReplicationGroupId": name, "ReplicationGroupDescription": "test", "Engine": "valkey",
            "TransitEncryptionEnabled": True, **properties})
        made.append(name)
        return cache.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]

    yield create
    for name in made:
        cache.delete_replication_group(ReplicationGroupId=name)


@pytest.fixture
def users(cache):
    """Creates a user group with a user `app` and returns its id."""
    made = []

    def create(access="on ~app:* +@all", extra=(), **properties):
        number = next(_numbers)
        members = [f"app-{number}", *extra]
        cache.create_user(UserId=members[0], UserName="app", Engine="valkey", AccessString=access,
                          **(properties or {"Passwords": [PASSWORD]}))
        cache.create_user_group(UserGroupId=f"ug-{number}", Engine="valkey", UserIds=members)
        made.append((f"ug-{number}", members))
        return f"ug-{number}"

    yield create
    for group, members in made:
        cache.delete_user_group(UserGroupId=group)
        for member in members:
            cache.delete_user(UserId=member)


def primary(group):
    return group["NodeGroups"][0]["PrimaryEndpoint"]


def reader(group):
    return group["NodeGroups"][0]["ReaderEndpoint"]


def test_a_write_to_the_primary_is_read_from_the_replica(instance, make, users):
    group = make(NumCacheClusters=2, AutomaticFailoverEnabled=True, UserGroupIds=[users()], Port=6400)
    assert group["MemberClusters"] == [f"{group['ReplicationGroupId']}-001", f"{group['ReplicationGroupId']}-002"]
    assert primary(group)["Port"] == reader(group)["Port"] == 6400
    assert primary(group)["Address"] != reader(group)["Address"]
    with instance.login(primary(group), "app", PASSWORD) as writer:
        writer.call("SET", "app:k", "v")
    with instance.login(reader(group), "app", PASSWORD) as replica:
        assert eventually(lambda: replica.call("GET", "app:k") == "v")
        with pytest.raises(RespError, match="READONLY"):
            replica.call("SET", "app:k", "other")
    nodes = instance.nodes(group["ReplicationGroupId"])
    assert [row["role"] for row in nodes.values()] == ["primary", "replica"]


def test_replicas_come_and_go_in_place(instance, cache, make):
    group = make(NumCacheClusters=1)
    name = group["ReplicationGroupId"]
    first = instance.nodes(name)[f"{name}-001"]["pid"]
    assert reader(group) == primary(group)
    cache.increase_replica_count(ReplicationGroupId=name, NewReplicaCount=2, ApplyImmediately=True)
    assert list(instance.nodes(name)) == [f"{name}-001", f"{name}-002", f"{name}-003"]
    assert {row["CacheClusterId"] for row in cache.describe_cache_clusters()["CacheClusters"]} >= {f"{name}-003"}
    cache.decrease_replica_count(ReplicationGroupId=name, NewReplicaCount=1, ApplyImmediately=True)
    assert list(instance.nodes(name)) == [f"{name}-001", f"{name}-002"]
    assert instance.nodes(name)[f"{name}-001"]["pid"] == first
    with pytest.raises(ClientError, match="not found"):
        cache.describe_cache_clusters(CacheClusterId=f"{name}-003")


def test_plain_text_is_refused_where_tls_is_required(instance, make):
    group = make()
    with instance.connect(primary(group), tls=False) as plain, pytest.raises((ConnectionError, RespError)):
        plain.call("PING")
    with instance.connect(primary(group)) as encrypted:
        assert encrypted.call("PING") == "PONG"


def test_without_tls_the_port_is_plain(instance, make):
    group = make(TransitEncryptionEnabled=False)
    with instance.connect(primary(group), tls=False) as plain:
        assert plain.call("PING") == "PONG"


def test_users_can_do_what_their_access_string_says_and_nothing_restricted(instance, make, users):
    group = make(UserGroupIds=[users()])
    with instance.login(primary(group), "app", PASSWORD) as app:
        assert app.call("ACL", "WHOAMI") == "app"
        for command in (("SET", "other", "1"), ("CONFIG", "GET", "*"), ("ACL", "LIST"), ("ACL", "SETUSER", "x"),
                        ("SHUTDOWN",), ("REPLICAOF", "NO", "ONE")):
            with pytest.raises(RespError, match="NOPERM"):
                app.call(*command)
    with pytest.raises(RespError, match="WRONGPASS"):
        instance.login(primary(group), "app", "not the password")
    with instance.connect(primary(group)) as nobody, pytest.raises(RespError, match="NOAUTH"):
        nobody.call("PING")


def test_no_password_lets_an_iam_user_in(instance, cache, make, users):
    cache.create_user(UserId="svc", UserName="svc", Engine="valkey", AccessString="on ~* +@all",
                      AuthenticationMode={"Type": "iam"})
    group = make(UserGroupIds=[users(extra=["svc"])])
    assert cache.describe_users(UserId="svc")["Users"][0]["Authentication"]["Type"] == "iam"
    for password in ("", "anything-at-all"):
        with pytest.raises(RespError, match="WRONGPASS"):
            instance.login(primary(group), "svc", password)
    listing = instance.admin(f"{group['ReplicationGroupId']}-001", "ACL", "LIST")
    assert "user svc on sanitize-payload" in listing or "user svc on " in listing
    assert "user svc on nopass" not in listing and "user local-admin on" in listing


def test_a_changed_password_reaches_the_running_engine(instance, cache, make, users):
    user_group = users()
    group = make(UserGroupIds=[user_group])
    name = group["ReplicationGroupId"]
    pid = instance.nodes(name)[f"{name}-001"]["pid"]
    user = user_group.replace("ug-", "app-")
    cache.modify_user(UserId=user, Passwords=["another-long-password"], AccessString="on ~new:* +@all")
    with pytest.raises(RespError, match="WRONGPASS"):
        instance.login(primary(group), "app", PASSWORD)
    with instance.login(primary(group), "app", "another-long-password") as app:
        app.call("SET", "new:k", "v")
    assert instance.nodes(name)[f"{name}-001"]["pid"] == pid


def test_members_of_a_user_group_change_in_place(instance, cache, make, users):
    user_group = users()
    group = make(UserGroupIds=[user_group])
    cache.create_user(UserId="late", UserName="late", Engine="valkey", AccessString="on ~* +@read",
                      Passwords=[PASSWORD])
    cache.modify_user_group(UserGroupId=user_group, UserIdsToAdd=["late"])
    instance.login(primary(group), "late", PASSWORD).close()
    cache.modify_user_group(UserGroupId=user_group, UserIdsToRemove=["late"])
    with pytest.raises(RespError, match="WRONGPASS"):
        instance.login(primary(group), "late", PASSWORD)
    cache.delete_user(UserId="late")


def test_an_auth_token_is_the_password_of_the_default_user(instance, make):
    group = make(AuthToken=PASSWORD)
    with instance.connect(primary(group)) as client:
        with pytest.raises(RespError, match="NOAUTH"):
            client.call("PING")
        assert client.call("AUTH", PASSWORD) == "OK"


@pytest.mark.parametrize(("properties", "text"), [
    ({"Passwords": ["short"]}, "16 to 128"),
    ({"Passwords": ["x" * 129]}, "16 to 128"),
    ({"Passwords": ["a" * 16, "b" * 16, "c" * 16]}, "at most 2"),
    ({"AuthenticationMode": {"Type": "iam"}}, "same UserId and UserName"),
    ({}, "has no password"),
    ({"NoPasswordRequired": True, "AccessString": "on nopass +@all"}, "access string"),
    ({"NoPasswordRequired": True, "Passwords": ["a" * 16]}, "choose one way"),
    ({"UserName": "local-admin", "Passwords": ["a" * 16]}, "administrator of the local engines"),
])
def test_users_elasticache_would_refuse_are_refused(cache, properties, text):
    with pytest.raises(ClientError, match=text) as caught:
        cache.create_user(**{"UserId": "refused", "UserName": "someone", "Engine": "valkey",
                             "AccessString": "on ~* +@all", **properties})
    assert "xxxx" not in str(caught.value) and "aaaa" not in str(caught.value)
    with pytest.raises(ClientError, match="not found"):
        cache.describe_users(UserId="refused")


def test_user_groups_need_existing_users(cache):
    with pytest.raises(ClientError, match="does not exist; .*DependsOn"):
        cache.create_user_group(UserGroupId="lonely", Engine="valkey", UserIds=["nobody"])
    with pytest.raises(ClientError, match="not found"):
        cache.describe_user_groups(UserGroupId="lonely")


def test_the_engines_own_words_about_a_bad_access_rule(instance, cache, make, users):
    group = make(UserGroupIds=[users()])
    user = cache.describe_user_groups(UserGroupId=group["UserGroupIds"][0])["UserGroups"][0]["UserIds"][0]
    with pytest.raises(ClientError, match="Unknown command or category name in ACL"):
        cache.modify_user(UserId=user, AccessString="on ~* +@nonsense")
    assert cache.describe_users(UserId=user)["Users"][0]["AccessString"] == "on ~app:* +@all"
    instance.login(primary(group), "app", PASSWORD).close()


@pytest.fixture
def parameters(cache):
    name = f"params-{next(_numbers)}"
    cache.create_cache_parameter_group(CacheParameterGroupName=name, CacheParameterGroupFamily="valkey8",
                                       Description="test")

    def put(**values):
        cache.modify_cache_parameter_group(CacheParameterGroupName=name, ParameterNameValues=[
            {"ParameterName": key.replace("_", "-"), "ParameterValue": value} for key, value in values.items()])
        return name

    put.name = name
    return put


def setting(instance, group, name):
    return instance.admin(f"{group['ReplicationGroupId']}-001", "CONFIG", "GET", name).split("\n")[1][3:].strip()


def test_parameters_are_applied_changed_in_place_and_reset(instance, cache, make, parameters):
    group = make(CacheParameterGroupName=parameters(maxmemory_policy="allkeys-lru", databases="4",
                                                    reserved_memory_percent="30"))
    pid = instance.nodes(group["ReplicationGroupId"]).popitem()[1]["pid"]
    assert setting(instance, group, "maxmemory-policy") == "allkeys-lru"
    assert setting(instance, group, "databases") == "4"
    parameters(maxmemory_policy="allkeys-lfu", slowlog_max_len="7")
    assert setting(instance, group, "maxmemory-policy") == "allkeys-lfu"
    cache.reset_cache_parameter_group(CacheParameterGroupName=parameters.name, ParameterNameValues=[
        {"ParameterName": "maxmemory-policy"}, {"ParameterName": "slowlog-max-len"}])
    assert setting(instance, group, "maxmemory-policy") == "volatile-lru"
    assert setting(instance, group, "slowlog-max-len") == "128"
    assert instance.nodes(group["ReplicationGroupId"]).popitem()[1]["pid"] == pid


def test_a_refused_parameter_leaves_the_old_value(instance, make, parameters):
    group = make(CacheParameterGroupName=parameters(maxmemory_policy="allkeys-lru"))
    with pytest.raises(ClientError, match="must be one of the following"):
        parameters(maxmemory_policy="nonsense")
    with pytest.raises(ClientError, match="Unknown option.*no-such-option"):
        parameters(maxmemory_policy="allkeys-lfu", no_such_option="1")
    assert setting(instance, group, "maxmemory-policy") == "allkeys-lru"


def test_databases_waits_for_a_reboot(instance, cache, make, parameters):
    group = make(CacheParameterGroupName=parameters(databases="4"))
    parameters(databases="8")
    assert setting(instance, group, "databases") == "4"
    member = cache.describe_cache_clusters(CacheClusterId=group["MemberClusters"][0])["CacheClusters"][0]
    assert member["CacheParameterGroup"]["ParameterApplyStatus"] == "pending-reboot"


@pytest.mark.parametrize(("properties", "text"), [
    ({"EngineVersion": "99.0"}, "engine --build"),
    ({"ClusterMode": "sideways"}, "disabled, compatible, enabled"),
    ({"ClusterMode": "compatible", "NumNodeGroups": 2, "AutomaticFailoverEnabled": True}, "has one shard"),
    ({"Durability": "sync"}, "needs cluster mode"),
    ({"Durability": "eternal"}, "not one of default"),
    ({"NumCacheClusters": 7}, "0 to 5"),
    ({"AuthToken": "short"}, "16 to 128"),
    ({"UserGroupIds": ["nobodys"], "TransitEncryptionEnabled": False}, "needs TransitEncryptionEnabled"),
    ({"AutomaticFailoverEnabled": True}, "at least one replica"),
    ({"SnapshotName": "nightly"}, "snapshot nightly does not exist"),
    ({"NumNodeGroups": 3, "AutomaticFailoverEnabled": True, "NodeGroupConfiguration": [{"NodeGroupId": "1"}]},
     "describes 1 shards"),
    ({"NodeGroupConfiguration": [{"NodeGroupId": "1"}, {"NodeGroupId": "0001"}], "AutomaticFailoverEnabled": True},
     "stands in two entries"),
    ({"NodeGroupConfiguration": [{"Slots": "0-8000"}, {"Slots": "9000-16383"}], "AutomaticFailoverEnabled": True},
     "8001-8999 are given to no shard"),
    ({"NodeGroupConfiguration": [{"Slots": "0-9000"}, {"Slots": "9000-16383"}], "AutomaticFailoverEnabled": True},
     "slot 9000 is given to the shards 0001 and 0002"),
    ({"NodeGroupConfiguration": [{"ReplicaCount": 2, "ReplicaAvailabilityZones": ["us-east-1a"]}]},
     "1 ReplicaAvailabilityZones for 2 replicas"),
    ({"NodeGroupConfiguration": [{"PrimaryOutpostArn": "arn:aws:outposts:us-east-1:1:outpost/op-1"}]}, "Outposts"),
    ({"GlobalReplicationGroupId": "g"}, "g does not exist"),
    ({"NetworkType": "ipv6"}, "NetworkType ipv6"),
    ({"Engine": "dragonfly"}, "not redis or valkey"),
])
def test_shapes_that_would_not_run_as_asked_fail(instance, make, properties, text):
    with pytest.raises(ClientError, match=text):
        make(**properties)
    assert not any(row["replicationGroup"] == f"group-{next(_numbers) - 1}" for row in instance.folder.list_nodes())


def test_other_kinds_of_cache_fail(cache):
    with pytest.raises(ClientError, match="not memcached, redis or valkey"):
        cache.create_serverless_cache(ServerlessCacheName="s", Engine="dragonfly")


def test_a_running_group_keeps_its_kind(cache, make):
    name = make()["ReplicationGroupId"]
    for change in ({"Engine": "redis"}, {"ClusterMode": "enabled"}):
        with pytest.raises(ClientError, match="cannot (change|go)"):
            cache.modify_replication_group(ReplicationGroupId=name, **change)
    with pytest.raises(ClientError, match="engine --build"):
        cache.modify_replication_group(ReplicationGroupId=name, EngineVersion="99.0")
    assert cache.describe_cache_clusters(CacheClusterId=f"{name}-001")["CacheClusters"][0]["EngineVersion"] == "8.0"


def test_redis_is_served(instance, make):
    group = make(Engine="redis", EngineVersion="7.1")
    with instance.connect(primary(group)) as client:
        assert client.call("PING") == "PONG"


def test_cluster_mode(instance, cache, make):
    group = make(NumNodeGroups=2, ReplicasPerNodeGroup=1, AutomaticFailoverEnabled=True)
    name = group["ReplicationGroupId"]
    assert group["ClusterEnabled"] and group["MemberClusters"][-1] == f"{name}-0002-002"
    with instance.connect(group["ConfigurationEndpoint"]) as client:
        assert "cluster_state:ok" in client.call("CLUSTER", "INFO")
        assert len(client.call("CLUSTER", "SLOTS")) == 2
    cache.decrease_replica_count(ReplicationGroupId=name, NewReplicaCount=0, ApplyImmediately=True)
    assert sorted(instance.nodes(name)) == [f"{name}-0001-001", f"{name}-0002-001"]
