"""Global datastores: the group of another region follows, and can only be read."""

from __future__ import annotations

import json
import os
import signal

import boto3
import pytest
from botocore.exceptions import ClientError
from clients import PlainClient
from conftest import eventually, status

from localaws.nodes.resp import RespError

OUTPUTS = {"Address": {"Fn::GetAtt": ["Group", "PrimaryEndPoint.Address"]},
           "Port": {"Fn::GetAtt": ["Group", "PrimaryEndPoint.Port"]}}


def primary(**properties):
    return {
        "Group": {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {
            "ReplicationGroupId": "world", "ReplicationGroupDescription": "test", "Engine": "valkey",
            "NumCacheClusters": 2, "AutomaticFailoverEnabled": True, "TransitEncryptionEnabled": True, **properties}},
        "Global": {"Type": "AWS::ElastiCache::GlobalReplicationGroup", "Properties": {
            "GlobalReplicationGroupIdSuffix": "world", "AutomaticFailoverEnabled": True,
            "Members": [{"ReplicationGroupId": {"Ref": "Group"}, "ReplicationGroupRegion": "us-east-1",
                         "Role": "PRIMARY"}]}},
    }


def secondary(identifier, **properties):
    return {"Group": {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {
        "ReplicationGroupId": "abroad", "ReplicationGroupDescription": "test", "NumCacheClusters": 2,
        "AutomaticFailoverEnabled": True, "GlobalReplicationGroupId": identifier, **properties}}}


@pytest.fixture
def abroad(instance):
    """Creates a stack in another region; destroyed afterwards."""
    formation = boto3.client("cloudformation", endpoint_url=instance.running.endpoint, region_name="eu-west-1",
                             aws_access_key_id="test", aws_secret_access_key="test")
    made = []

    def run(name, resources):
        outputs = {key: {"Value": content} for key, content in OUTPUTS.items()}
        formation.create_stack(StackName=name, TemplateBody=json.dumps({"Resources": resources, "Outputs": outputs}))
        made.append(name)
        assert eventually(lambda: not status(formation, name)["StackStatus"].endswith("IN_PROGRESS"), 30)
        return status(formation, name)

    yield run
    for name in made:
        formation.delete_stack(StackName=name)
        assert eventually(lambda: instance.nodes("abroad") == {}, 30)


def test_another_region_follows_also_after_a_failover(instance, deploy, abroad):
    home = deploy("world", primary(), {**OUTPUTS, "Id": {"Ref": "Global"}})
    assert home["StackStatus"] == "CREATE_COMPLETE", home["Reasons"]
    away = abroad("abroad", secondary(home["Values"]["Id"]))
    assert away["StackStatus"] == "CREATE_COMPLETE", away["Reasons"]
    with instance.connect(home["Values"]) as writer, instance.connect(away["Values"]) as reader:
        writer.call("SET", "k", "v")
        assert eventually(lambda: reader.call("GET", "k") == "v")
        with pytest.raises(RespError, match="READONLY"):
            reader.call("SET", "k", "other")
        with pytest.raises(ClientError, match="has secondary groups"):
            instance.client("elasticache").delete_replication_group(ReplicationGroupId="world")
        os.kill(instance.nodes("world")["world-001"]["pid"], signal.SIGKILL)
        assert eventually(lambda: instance.nodes("world")["world-002"]["role"] == "primary")
        again = PlainClient(instance, home["Values"], tls=True)
        again.call("SET", "k", "after")
        again.close()
        assert eventually(lambda: reader.call("GET", "k") == "after", 15)


def test_what_a_member_may_not_say(instance, deploy, abroad):
    home = deploy("world-rules", primary(), {"Id": {"Ref": "Global"}})
    failed = abroad("said", secondary(home["Values"]["Id"], Engine="valkey"))
    assert failed["StackStatus"] == "ROLLBACK_COMPLETE" and "Cannot use the given parameters" in failed["Reasons"]
    here = deploy("same-region", secondary(home["Values"]["Id"]))
    assert "belongs in another region" in here["Reasons"]


def test_cluster_mode_fails_by_name(deploy):
    stack = deploy("world-cluster", primary(ClusterMode="enabled"))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and "in cluster mode is not modelled" in stack["Reasons"]
