"""CloudFormation stacks with engines, functions and what surrounds a cache."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from localaws.nodes.resp import RespError

FUNCTION = """
const tls = require('tls');
const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
exports.handler = async () => {
  const answer = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: process.env.SECRET }));
  const { username, password } = JSON.parse(answer.SecretString);
  return await new Promise((resolve, reject) => {
    const socket = tls.connect({ host: process.env.HOST, port: +process.env.PORT });
    let text = '';
    socket.on('error', reject).on('data', data => {
      text += data;
      if (text.split('\\r\\n').length > 2) { socket.end(); resolve(text); }
    });
    socket.write(`AUTH ${username} ${password}\\r\\nSET app:fn 1\\r\\n`);
  });
};
"""


def cache_stack(policy="allkeys-lru", replicas=1, version="8.0", **more):
    """The resources of a cache with one password user."""
    return {
        "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"GenerateSecretString": {
            "SecretStringTemplate": '{"username":"app"}', "GenerateStringKey": "password",
            "PasswordLength": 40, "ExcludePunctuation": True}}},
        "User": {"Type": "AWS::ElastiCache::User", "Properties": {
            "Engine": "valkey", "UserId": "cfn-app", "UserName": "app", "AccessString": "on ~app:* +@all",
            "AuthenticationMode": {"Type": "password", "Passwords": [
                {"Fn::Sub": "{{resolve:secretsmanager:${Secret}:SecretString:password}}"}]}}},
        "Users": {"Type": "AWS::ElastiCache::UserGroup", "DependsOn": "User", "Properties": {
            "Engine": "valkey", "UserGroupId": "cfn-users", "UserIds": ["cfn-app"]}},
        "Parameters": {"Type": "AWS::ElastiCache::ParameterGroup", "Properties": {
            "CacheParameterGroupFamily": "valkey8", "Description": "test",
            "Properties": {"maxmemory-policy": policy}}},
        "Group": {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {
            "ReplicationGroupId": "cfn-group", "ReplicationGroupDescription": "test", "Engine": "valkey",
            "EngineVersion": version, "NumCacheClusters": 1 + replicas, "TransitEncryptionEnabled": True,
            "UserGroupIds": [{"Ref": "Users"}], "CacheParameterGroupName": {"Ref": "Parameters"}}},
        **more,
    }


OUTPUTS = {
    "Secret": {"Ref": "Secret"},
    "Host": {"Fn::GetAtt": ["Group", "PrimaryEndPoint.Address"]},
    "Port": {"Fn::GetAtt": ["Group", "PrimaryEndPoint.Port"]},
    "Reader": {"Fn::GetAtt": ["Group", "ReaderEndPoint.Address"]},
    "ReaderPort": {"Fn::GetAtt": ["Group", "ReaderEndPoint.Port"]},
}


def credentials(instance, stack):
    secret = instance.client("secretsmanager").get_secret_value(SecretId=stack["Values"]["Secret"])
    return json.loads(secret["SecretString"])


def endpoint(stack):
    return {"Address": stack["Values"]["Host"], "Port": stack["Values"]["Port"]}


def policy(instance):
    return instance.admin("cfn-group-001", "INFO", "memory").split("maxmemory_policy:")[1].split()[0]


def test_a_stack_lives_and_leaves_nothing(instance, deploy):
    stack = deploy("life", cache_stack(), OUTPUTS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    assert stack["Values"]["Secret"].startswith("arn:aws:secretsmanager:")
    password = credentials(instance, stack)["password"]
    assert re.fullmatch("[A-Za-z0-9]{40}", password)
    pids = {member: row["pid"] for member, row in instance.nodes("cfn-group").items()}
    assert list(pids) == ["cfn-group-001", "cfn-group-002"]
    with instance.login(endpoint(stack), "app", password) as app:
        app.call("SET", "app:k", "v")

    # a changed parameter: the same processes
    assert deploy("life", cache_stack("allkeys-lfu"), OUTPUTS)["StackStatus"] == "UPDATE_COMPLETE"
    assert policy(instance) == "allkeys-lfu"
    # a parameter the engine refuses: its words, and the old value stays
    failed = deploy("life", cache_stack("nonsense"), OUTPUTS)
    assert failed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "must be one of the following" in failed["Reasons"]
    assert policy(instance) == "allkeys-lfu"
    # an update whose last resource fails takes the earlier ones back
    failed = deploy("life", cache_stack("allkeys-random", version="99.0"), OUTPUTS)
    assert failed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and "engine --build" in failed["Reasons"]
    assert policy(instance) == "allkeys-lfu"
    # replicas go in place
    assert deploy("life", cache_stack("allkeys-lfu", replicas=0), OUTPUTS)["StackStatus"] == "UPDATE_COMPLETE"
    assert {m: r["pid"] for m, r in instance.nodes("cfn-group").items()} == {"cfn-group-001": pids["cfn-group-001"]}
    with instance.login(endpoint(stack), "app", password) as app:
        assert app.call("GET", "app:k") == "v"
    assert_nowhere(instance, password)


def assert_nowhere(instance, password):
    """No file of the instance and no command line holds the password."""
    files = [path for path in instance.folder.path.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(files) > 5
    assert [path for path in files if password.encode() in path.read_bytes()] == []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert password.encode() not in process.read_bytes()
        except OSError:
            continue


def test_a_failed_creation_leaves_no_engine(instance, deploy):
    broken = {"Type": "AWS::EC2::SecurityGroupIngress", "DependsOn": "Group",
              "Properties": {"GroupId": "sg-none", "IpProtocol": "tcp", "CidrIp": "10.0.0.0/8"}}
    stack = deploy("broken", cache_stack(Rule=broken))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and "sg-none does not exist" in stack["Reasons"]
    assert instance.nodes("cfn-group") == {}
    assert list(instance.folder.nodes.iterdir()) == []
    # nothing is in the way of the next attempt
    assert deploy("broken-again", cache_stack())["StackStatus"] == "CREATE_COMPLETE"


def test_a_bad_parameter_fails_the_creation(instance, deploy):
    stack = deploy("bad", cache_stack("nonsense"))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and "must be one of the following" in stack["Reasons"]
    assert instance.nodes("cfn-group") == {}


def test_access_rules_follow_the_template(instance, deploy):
    stack = deploy("rules", cache_stack(replicas=0), OUTPUTS)
    password = credentials(instance, stack)["password"]
    changed = cache_stack(replicas=0)
    changed["User"]["Properties"]["AccessString"] = "on ~app:* +@read"
    assert deploy("rules", changed, OUTPUTS)["StackStatus"] == "UPDATE_COMPLETE"
    with instance.login(endpoint(stack), "app", password) as app, pytest.raises(RespError, match="NOPERM"):
        app.call("SET", "app:k", "v")


@pytest.mark.parametrize("resource_type", [
    "AWS::RDS::DBCluster", "AWS::EC2::FlowLog",
])
def test_types_that_are_not_available_fail_by_name(instance, deploy, resource_type):
    with pytest.raises(ClientError, match=f"Unrecognized resource types: .{resource_type}"):
        instance.client("cloudformation").create_stack(
            StackName="unknown", TemplateBody=json.dumps({"Resources": {"X": {"Type": resource_type}}}))


def test_a_deleted_group_leaves_its_final_snapshot(instance, deploy):
    stack = cache_stack(replicas=0)
    stack["Group"]["DeletionPolicy"] = "Snapshot"
    deploy("snapshot", stack)
    formation = instance.client("cloudformation")
    formation.delete_stack(StackName="snapshot")
    formation.get_waiter("stack_delete_complete").wait(StackName="snapshot", WaiterConfig={"Delay": 1})
    snapshots = instance.client("elasticache").describe_snapshots()["Snapshots"]
    assert "cfn-group" in [snapshot.get("ReplicationGroupId") for snapshot in snapshots]


def test_a_function_reaches_the_cache_over_tls(instance, deploy):
    stack = deploy("function", cache_stack(replicas=0), OUTPUTS)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("index.js", FUNCTION)
    functions = instance.client("lambda")
    functions.create_function(
        FunctionName="reach", Runtime="nodejs22.x", Handler="index.handler", Code={"ZipFile": archive.getvalue()},
        Role="arn:aws:iam::000000000000:role/any", Timeout=10, Environment={"Variables": {
            "HOST": stack["Values"]["Host"], "PORT": stack["Values"]["Port"],
            "SECRET": stack["Values"]["Secret"]}})
    answer = functions.invoke(FunctionName="reach", Payload=b"{}")
    assert json.loads(answer["Payload"].read()) == "+OK\r\n+OK\r\n"
    functions.delete_function(FunctionName="reach")


def test_the_network_around_a_cache(instance, deploy):
    network = {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"}},
        "Address": {"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc"}},
        "Nat": {"Type": "AWS::EC2::NatGateway", "Properties": {
            "SubnetId": {"Ref": "Subnet"}, "AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}}},
        "Server": {"Type": "AWS::EC2::SecurityGroup", "Properties": {
            "GroupDescription": "cache", "VpcId": {"Ref": "Vpc"}}},
        "Client": {"Type": "AWS::EC2::SecurityGroup", "Properties": {
            "GroupDescription": "client", "VpcId": {"Ref": "Vpc"},
            "SecurityGroupEgress": [{"IpProtocol": "icmp", "CidrIp": "255.255.255.255/32"}]}},
        "In": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
            "GroupId": {"Fn::GetAtt": ["Server", "GroupId"]}, "IpProtocol": "tcp", "FromPort": 6379, "ToPort": 6379,
            "SourceSecurityGroupId": {"Fn::GetAtt": ["Client", "GroupId"]}}},
        "Out": {"Type": "AWS::EC2::SecurityGroupEgress", "Properties": {
            "GroupId": {"Fn::GetAtt": ["Client", "GroupId"]}, "IpProtocol": "tcp", "FromPort": 6379, "ToPort": 6379,
            "DestinationSecurityGroupId": {"Fn::GetAtt": ["Server", "GroupId"]}}},
        "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"SecretString": "s"}},
        "Policy": {"Type": "AWS::SecretsManager::ResourcePolicy", "Properties": {
            "SecretId": {"Ref": "Secret"}, "ResourcePolicy": {"Version": "2012-10-17", "Statement": []}}},
    }
    stack = deploy("network", network, {"Server": {"Fn::GetAtt": ["Server", "GroupId"]}, "Nat": {"Ref": "Nat"},
                                        "Secret": {"Ref": "Secret"}})
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]
    compute = instance.client("ec2")

    def rules():
        group = compute.describe_security_groups(GroupIds=[stack["Values"]["Server"]])["SecurityGroups"][0]
        return [rule["FromPort"] for rule in group["IpPermissions"]]

    assert rules() == [6379]
    gateway = compute.describe_nat_gateways(NatGatewayIds=[stack["Values"]["Nat"]])["NatGateways"][0]
    assert gateway["State"] == "available"
    policy_text = instance.client("secretsmanager").get_resource_policy(SecretId=stack["Values"]["Secret"])
    assert json.loads(policy_text["ResourcePolicy"])["Statement"] == []
    del network["In"]
    network["Nat"]["Properties"]["Tags"] = [{"Key": "a", "Value": "b"}]
    assert deploy("network", network, {"Nat": {"Ref": "Nat"}})["Values"]["Nat"] == stack["Values"]["Nat"]
    assert rules() == []
