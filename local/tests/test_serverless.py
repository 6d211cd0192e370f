"""Serverless caches: TLS, cluster mode, a reader on a port of its own."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from conftest import PASSWORD, eventually

from localaws.nodes.memcached import ask
from localaws.nodes.resp import RespError

GROUP = "serverless/little"


def resources(access="on ~app:* +@all", limit=10, subnets=("subnet-a", "subnet-b"), name="little", **more):
    user = {"Engine": "valkey", "UserId": "sls-app", "UserName": "app", "AccessString": access,
            "AuthenticationMode": {"Type": "password", "Passwords": [PASSWORD]}}
    cache = {"ServerlessCacheName": name, "Engine": "valkey", "MajorEngineVersion": "8", "UserGroupId": "sls-users",
             "SubnetIds": list(subnets),
             "CacheUsageLimits": {"DataStorage": {"Maximum": limit, "Unit": "GB"}}, **more}
    return {
        "User": {"Type": "AWS::ElastiCache::User", "Properties": user},
        "Users": {"Type": "AWS::ElastiCache::UserGroup", "DependsOn": "User", "Properties": {
            "Engine": "valkey", "UserGroupId": "sls-users", "UserIds": ["sls-app"]}},
        "Cache": {"Type": "AWS::ElastiCache::ServerlessCache", "DependsOn": "Users", "Properties": cache},
    }


OUTPUTS = {name.replace(".", ""): {"Fn::GetAtt": ["Cache", name]} for name in (
    "ARN", "Endpoint.Address", "Endpoint.Port", "ReaderEndpoint.Address", "ReaderEndpoint.Port")}
OUTPUTS["Ref"] = {"Ref": "Cache"}


def end(stack, name):
    return {"Address": stack["Values"][f"{name}Address"], "Port": stack["Values"][f"{name}Port"]}


def test_a_write_is_read_from_the_reader(instance, deploy):
    stack = deploy("sls", resources(), OUTPUTS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    assert stack["Values"]["Ref"] == "little"
    assert stack["Values"]["ARN"].endswith(":serverlesscache:little")
    primary, reader = end(stack, "Endpoint"), end(stack, "ReaderEndpoint")
    assert (primary["Port"], reader["Port"]) == ("6379", "6380")
    assert primary["Address"] == reader["Address"]
    with instance.login(primary, "app", PASSWORD) as writer:
        assert writer.call("SET", "app:k", "v") == "OK"
        shards = str(writer.call("CLUSTER", "SHARDS"))
        assert "6379" in shards and "6380" in shards and "16383" in shards
        with pytest.raises(RespError, match="NOPERM"):
            writer.call("SET", "other", "v")
    with instance.login(reader, "app", PASSWORD) as replica:
        with pytest.raises(RespError, match="MOVED"):
            replica.call("GET", "app:k")
        replica.call("READONLY")
        assert eventually(lambda: replica.call("GET", "app:k") == "v")
    with instance.connect(primary, tls=False) as plain, pytest.raises((ConnectionError, RespError)):
        plain.call("PING")
    assert [row["role"] for row in instance.nodes(GROUP).values()] == ["primary", "replica"]


def test_limits_and_users_change_in_place(instance, deploy):
    stack = deploy("sls-change", resources(), OUTPUTS)
    pids = [row["pid"] for row in instance.nodes(GROUP).values()]
    changed = deploy("sls-change", resources("on ~app:* +@read", limit=20, MajorEngineVersion="9"), OUTPUTS)
    assert changed["StackStatus"] == "UPDATE_COMPLETE", changed["Reasons"]
    assert [row["pid"] for row in instance.nodes(GROUP).values()] == pids
    cache = instance.client("elasticache").describe_serverless_caches(ServerlessCacheName="little")
    described = cache["ServerlessCaches"][0]
    assert described["CacheUsageLimits"]["DataStorage"]["Maximum"] == 20
    assert described["Endpoint"]["Port"] == 6379 and described["ReaderEndpoint"]["Port"] == 6380
    with instance.login(end(stack, "Endpoint"), "app", PASSWORD) as app, pytest.raises(RespError, match="NOPERM"):
        app.call("SET", "app:k", "v")
    without = resources(MajorEngineVersion="9")
    del without["Cache"]["Properties"]["UserGroupId"]
    assert deploy("sls-change", without, OUTPUTS)["StackStatus"] == "UPDATE_COMPLETE"
    with instance.connect(end(stack, "Endpoint")) as anyone:
        assert anyone.call("SET", "free", "1") == "OK"


def test_what_replaces_the_cache_needs_another_name(instance, deploy):
    deploy("sls-replace", resources(), OUTPUTS)
    same = deploy("sls-replace", resources(subnets=("subnet-c",)), OUTPUTS)
    assert same["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and "Rename little" in same["Reasons"]
    other = deploy("sls-replace", resources(subnets=("subnet-c",), name="bigger"), OUTPUTS)
    assert other["StackStatus"] == "UPDATE_COMPLETE", other["Reasons"]
    assert other["Values"]["Ref"] == "bigger"
    assert instance.nodes(GROUP) == {} and len(instance.nodes("serverless/bigger")) == 2


def test_a_deleted_cache_leaves_its_final_snapshot_and_nothing_else(instance, deploy):
    deploy("sls-final", resources(FinalSnapshotName="little-last"), OUTPUTS)
    formation = instance.client("cloudformation")
    formation.delete_stack(StackName="sls-final")
    formation.get_waiter("stack_delete_complete").wait(StackName="sls-final", WaiterConfig={"Delay": 1})
    assert instance.nodes(GROUP) == {} and list(instance.folder.nodes.iterdir()) == []
    snapshots = instance.client("elasticache").describe_snapshots()["Snapshots"]
    assert {"little-last": "little"}.items() <= {
        snapshot["SnapshotName"]: snapshot.get("CacheClusterId") for snapshot in snapshots}.items()


def test_a_replication_group_of_the_same_name_is_another_cache(instance, deploy):
    group = {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {
        "ReplicationGroupId": "little", "ReplicationGroupDescription": "test", "Engine": "valkey"}}
    stack = deploy("sls-twin", {**resources(), "Group": group}, OUTPUTS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    assert len(instance.nodes(GROUP)) == 2 and len(instance.nodes("little")) == 1


def test_a_user_group_in_use_stays(instance, deploy):
    deploy("sls-users", resources())
    with pytest.raises(ClientError, match="in use by little"):
        instance.client("elasticache").delete_user_group(UserGroupId="sls-users")


@pytest.mark.parametrize(("properties", "reason"), [
    ({"Engine": "memcached", "MajorEngineVersion": "1.6"}, "UserGroupId is for valkey and redis"),
    ({"NetworkType": "ipv6"}, "IPv4 addresses"),
    ({"SnapshotArnsToRestore": ["arn:aws:elasticache:us-east-1:000000000000:serverlesscachesnapshot:x"]},
     "x does not exist"),
    ({"MajorEngineVersion": "42"}, "42"),
])
def test_what_cannot_run_fails_by_name(instance, deploy, properties, reason):
    stack = deploy("sls-not", resources(**properties))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and reason in stack["Reasons"]
    assert instance.nodes(GROUP) == {}


def memcached(**properties):
    return {"Cache": {"Type": "AWS::ElastiCache::ServerlessCache", "Properties": {
        "ServerlessCacheName": "pages", "Engine": "memcached", "MajorEngineVersion": "1.6", **properties}}}


def test_memcached_has_two_ports_over_tls(instance, deploy):
    stack = deploy("sls-memcached", memcached(FinalSnapshotName="pages-last"), OUTPUTS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    primary, reader = end(stack, "Endpoint"), end(stack, "ReaderEndpoint")
    assert (primary["Port"], reader["Port"]) == ("11211", "11212") and primary["Address"] == reader["Address"]
    certificate = instance.folder.certificate
    assert ask(primary["Address"], 11211, certificate, "set k 0 0 1\r\nv") == "STORED"
    assert "VALUE k 0 1" in ask(reader["Address"], 11212, certificate, "get k")
    for port in (11211, 11212):
        with pytest.raises(OSError):
            assert not ask(primary["Address"], port, None, "version", timeout=1)
            raise ConnectionError("closed without an answer")
    assert [row["member"] for row in instance.nodes("serverless/pages").values()] == ["pages-serverless-001"]
    limits = {"DataStorage": {"Maximum": 3, "Unit": "GB"}}
    limited = deploy("sls-memcached", memcached(CacheUsageLimits=limits), OUTPUTS)
    assert limited["StackStatus"] == "UPDATE_COMPLETE" and limited["Values"] == stack["Values"]
    assert "VALUE k 0 1" in ask(reader["Address"], 11212, certificate, "get k")


def test_a_deleted_memcached_cache_leaves_nothing(instance, deploy):
    deploy("sls-memcached", memcached(), OUTPUTS)
    formation = instance.client("cloudformation")
    formation.delete_stack(StackName="sls-memcached")
    formation.get_waiter("stack_delete_complete").wait(StackName="sls-memcached", WaiterConfig={"Delay": 1})
    assert instance.nodes("serverless/pages") == {}
