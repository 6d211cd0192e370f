"""Snapshots with their data: manual, final, from S3, into groups of any shape and into serverless caches."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError
from clients import ClusterClient
from conftest import eventually, status

OUTPUTS = {"Address": {"Fn::GetAtt": ["Group", "PrimaryEndPoint.Address"]},
           "Port": {"Fn::GetAtt": ["Group", "PrimaryEndPoint.Port"]}}
CLUSTER_OUTPUTS = {"Address": {"Fn::GetAtt": ["Group", "ConfigurationEndPoint.Address"]},
                   "Port": {"Fn::GetAtt": ["Group", "ConfigurationEndPoint.Port"]}}
SERVERLESS_OUTPUTS = {"Address": {"Fn::GetAtt": ["Cache", "Endpoint.Address"]},
                      "Port": {"Fn::GetAtt": ["Cache", "Endpoint.Port"]}}
BUCKET = "snapshot-files"


def group(identifier="kept", **properties):
    return {"Group": {"Type": "AWS::ElastiCache::ReplicationGroup", "UpdatePolicy": {"UseOnlineResharding": True},
                      "Properties": {
                          "ReplicationGroupId": identifier, "ReplicationGroupDescription": "test", "Engine": "valkey",
                          "TransitEncryptionEnabled": True, **properties}}}


def sharded(shards, identifier="kept", **properties):
    return group(identifier, NumNodeGroups=shards, ReplicasPerNodeGroup=0, AutomaticFailoverEnabled=True, **properties)


def serverless(name="kept", **properties):
    return {"Cache": {"Type": "AWS::ElastiCache::ServerlessCache", "Properties": {
        "ServerlessCacheName": name, "Engine": "valkey", "MajorEngineVersion": "8", **properties}}}


@pytest.fixture
def destroy(instance):
    def run(name):
        formation = instance.client("cloudformation")
        formation.delete_stack(StackName=name)
        assert eventually(lambda: has_ended(formation, name), 30)
    return run


def has_ended(formation, name):
    try:
        stack = status(formation, name)
    except ClientError:
        return True
    assert stack["StackStatus"] != "DELETE_FAILED", stack["Reasons"]
    return stack["StackStatus"] == "DELETE_COMPLETE"


@pytest.fixture(autouse=True)
def no_snapshot_stays(instance, cache):
    yield
    for snapshot in cache.describe_snapshots()["Snapshots"]:
        cache.delete_snapshot(SnapshotName=snapshot["SnapshotName"])
    assert not list((instance.folder.path / "snapshots").glob("**/*.rdb"))


def fill(instance, stack, keys=60):
    client = ClusterClient(instance, stack["Values"], tls=True)
    for number in range(keys):
        client.call("SET", f"k:{number}", str(number))
    client.close()


def check(instance, stack, keys=60):
    client = ClusterClient(instance, stack["Values"], tls=True)
    assert all(client.call("GET", f"k:{number}") == str(number) for number in range(keys))
    client.close()


def test_a_manual_snapshot_starts_groups_of_other_shapes(instance, deploy, cache):
    source = deploy("source", sharded(2), CLUSTER_OUTPUTS)
    fill(instance, source)
    snapshot = cache.create_snapshot(ReplicationGroupId="kept", SnapshotName="by-hand")["Snapshot"]
    assert snapshot["Engine"] == "valkey"
    with pytest.raises(ClientError, match="already exists"):
        cache.create_snapshot(ReplicationGroupId="kept", SnapshotName="by-hand")
    # more shards, one shard, a serverless cache
    wider = deploy("wider", sharded(3, "wider", SnapshotName="by-hand"), CLUSTER_OUTPUTS)
    assert wider["StackStatus"] == "CREATE_COMPLETE", wider["Reasons"]
    check(instance, wider)
    assert int(instance.admin("wider-0003-001", "DBSIZE")) > 5
    single = deploy("single", sharded(1, "single", ClusterMode="enabled", SnapshotName="by-hand"), CLUSTER_OUTPUTS)
    assert single["StackStatus"] == "CREATE_COMPLETE", single["Reasons"]
    check(instance, single)
    assert list(instance.nodes("single")) == ["single-0001-001"]
    arn = "arn:aws:elasticache:us-east-1:000000000000:snapshot:by-hand"
    away = deploy("away", serverless("away", SnapshotArnsToRestore=[arn]), SERVERLESS_OUTPUTS)
    assert away["StackStatus"] == "CREATE_COMPLETE", away["Reasons"]
    check(instance, away)
    # two files do not fit a group without cluster mode
    failed = deploy("flat", group("flat", SnapshotName="by-hand"))
    assert failed["StackStatus"] == "ROLLBACK_COMPLETE" and "need cluster mode" in failed["Reasons"]
    assert instance.nodes("flat") == {}


def test_a_final_snapshot_brings_the_group_back(instance, deploy, cache, destroy):
    resources = group(NumCacheClusters=2, AutomaticFailoverEnabled=True)
    resources["Group"]["DeletionPolicy"] = "Snapshot"
    stack = deploy("final", resources, OUTPUTS)
    fill(instance, stack)
    destroy("final")
    assert instance.nodes("kept") == {}
    name = cache.describe_snapshots(ReplicationGroupId="kept")["Snapshots"][0]["SnapshotName"]
    again = deploy("again", group(NumCacheClusters=2, SnapshotName=name), OUTPUTS)
    assert again["StackStatus"] == "CREATE_COMPLETE", again["Reasons"]
    check(instance, again)
    assert instance.admin("kept-002", "DBSIZE") == instance.admin("kept-001", "DBSIZE")
    wide = deploy("again-wide", sharded(2, "wide", SnapshotName=name), CLUSTER_OUTPUTS)
    assert wide["StackStatus"] == "CREATE_COMPLETE", wide["Reasons"]
    check(instance, wide)


def test_serverless_snapshots(instance, deploy, cache, destroy):
    stack = deploy("sls-final", {**serverless(FinalSnapshotName="sls-last"), "Snapshot": {
        "Type": "AWS::ElastiCache::ServerlessCacheSnapshot", "DependsOn": "Cache", "Properties": {
            "ServerlessCacheName": "kept", "ServerlessCacheSnapshotName": "sls-first"}}},
        {**SERVERLESS_OUTPUTS, "Arn": {"Fn::GetAtt": ["Snapshot", "ARN"]}})
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    assert stack["Values"]["Arn"].endswith(":serverlesscachesnapshot:sls-first")
    fill(instance, stack)
    destroy("sls-final")
    snapshots = cache.describe_serverless_cache_snapshots()["ServerlessCacheSnapshots"]
    assert [snapshot["ServerlessCacheSnapshotName"] for snapshot in snapshots] == ["sls-last"]
    again = deploy("sls-again", serverless(SnapshotArnsToRestore=[snapshots[0]["ARN"]]), SERVERLESS_OUTPUTS)
    assert again["StackStatus"] == "CREATE_COMPLETE", again["Reasons"]
    check(instance, again)


@pytest.fixture
def bucket(instance, deploy, cache):
    """A bucket with a file of one cache and the two files of a cluster; ElastiCache may read it."""
    storage = instance.client("s3")
    storage.create_bucket(Bucket=BUCKET)
    for number, resources in enumerate((group(), sharded(2))):
        outputs = CLUSTER_OUTPUTS if number else OUTPUTS
        fill(instance, deploy(f"files-{number}", resources, outputs))
        cache.create_snapshot(ReplicationGroupId="kept", SnapshotName=f"files-{number}")
        deploy(f"files-{number}", {"Nothing": {"Type": "AWS::CloudFormation::WaitConditionHandle"}})
        for path in (instance.folder.path / "snapshots").glob(f"*-files-{number}/*.rdb"):
            storage.put_object(Bucket=BUCKET, Key=f"{number}/{path.name}", Body=path.read_bytes())
        cache.delete_snapshot(SnapshotName=f"files-{number}")

    def allow(actions=("s3:GetObject", "s3:ListBucket", "s3:GetBucketAcl")):
        storage.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "us-east-1.elasticache-snapshot.amazonaws.com"},
            "Action": list(actions), "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]}]}))

    yield allow
    for item in storage.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        storage.delete_object(Bucket=BUCKET, Key=item["Key"])
    storage.delete_bucket(Bucket=BUCKET)


def arn(key):
    return f"arn:aws:s3:::{BUCKET}/{key}"


def test_files_in_s3_start_caches(instance, deploy, bucket):
    one = group("from-file", SnapshotArns=[arn("0/0001.rdb")])
    refused = deploy("closed", one, OUTPUTS)
    assert refused["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "s3:GetObject to the service principal us-east-1.elasticache-snapshot" in refused["Reasons"]
    bucket(("s3:GetObject", "s3:ListBucket"))
    assert "s3:GetBucketAcl" in deploy("half-open", one, OUTPUTS)["Reasons"]
    bucket()
    stack = deploy("from-file", one, OUTPUTS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    check(instance, stack)
    shards = [{"NodeGroupId": "0001", "Slots": "0-3000"}, {"NodeGroupId": "0002", "Slots": "3001-9000"},
              {"NodeGroupId": "0003", "Slots": "9001-16383"}]
    wide = deploy("from-files", group("from-files", AutomaticFailoverEnabled=True, NodeGroupConfiguration=shards,
                                      SnapshotArns=[arn("1/0001.rdb"), arn("1/0002.rdb")]), CLUSTER_OUTPUTS)
    assert wide["StackStatus"] == "CREATE_COMPLETE", wide["Reasons"]
    check(instance, wide)
    away = deploy("sls-file", serverless("sls-file", SnapshotArnsToRestore=[arn("0/0001.rdb")]), SERVERLESS_OUTPUTS)
    assert away["StackStatus"] == "CREATE_COMPLETE", away["Reasons"]
    check(instance, away)
    missing = deploy("missing", group("missing", SnapshotArns=[arn("none.rdb")]))
    assert "there is no object none.rdb" in missing["Reasons"]
    instance.client("s3").put_object(Bucket=BUCKET, Key="text.rdb", Body=b"no dump")
    assert "is not an RDB file" in deploy("text", group("text", SnapshotArns=[arn("text.rdb")]))["Reasons"]
    instance.client("s3").put_object(Bucket=BUCKET, Key="broken.rdb", Body=b"REDIS0011broken")
    broken = deploy("broken-file", group("broken-file", SnapshotArns=[arn("broken.rdb")]))
    assert broken["StackStatus"] == "ROLLBACK_COMPLETE" and "did not start" in broken["Reasons"]
    assert instance.nodes("broken-file") == {}
