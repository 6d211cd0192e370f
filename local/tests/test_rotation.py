"""Rotation of secrets: the function's four steps, the labels of versions, what is refused during a change."""

from __future__ import annotations

import io
import json
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import PASSWORD, Instance, eventually, start

from localaws import launcher
from localaws.nodes.resp import RespError

# Each step notes itself in the secret's description; what a step is to fail on is in an environment variable.
FUNCTION = """
const { SecretsManagerClient, GetSecretValueCommand, PutSecretValueCommand, UpdateSecretVersionStageCommand,
  DescribeSecretCommand, TagResourceCommand } = require('@aws-sdk/client-secrets-manager');
const client = new SecretsManagerClient({});
const fs = require('fs');
exports.handler = async ({ Step, SecretId, ClientRequestToken }) => {
  fs.appendFileSync(process.env.STEPS, `${Step} ${ClientRequestToken}\\n`);
  if (fs.existsSync(process.env.STEPS + '.fail-' + Step)) {
    fs.unlinkSync(process.env.STEPS + '.fail-' + Step);
    throw new Error('told to fail');
  }
  if (Step === 'createSecret') {
    await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken,
      SecretString: 'new-' + ClientRequestToken, VersionStages: ['AWSPENDING'] }));
  }
  if (Step === 'finishSecret') {
    const { VersionIdsToStages: labels } = await client.send(new DescribeSecretCommand({ SecretId }));
    const current = Object.keys(labels).find((id) => labels[id].includes('AWSCURRENT'));
    await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT',
      MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current }));
  }
};
"""
STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"]
CREDENTIALS = "arn:aws:iam::000000000000:role/rotation"


@pytest.fixture(scope="module")
def instance() -> Iterator[Instance]:
    """An instance of its own, in which what was changed stays `modifying` for a while."""
    with tempfile.TemporaryDirectory() as parent:
        running = start(Path(parent) / "state", 0.3)
        yield running
        launcher.stop(running.folder)


class Rotated:
    """A secret with a function that rotates it."""

    def __init__(self, instance: Instance, folder: Any) -> None:
        self.log = folder / "steps"
        self.secrets, self.functions = instance.client("secretsmanager"), instance.client("lambda")
        self.name = f"rotated-{uuid.uuid4().hex[:8]}"
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("index.js", FUNCTION)
        self.function = self.functions.create_function(
            FunctionName=self.name, Runtime="nodejs22.x", Handler="index.handler", Role=CREDENTIALS, Timeout=30,
            Code={"ZipFile": package.getvalue()}, Environment={"Variables": {"STEPS": str(self.log)}})["FunctionArn"]
        self.arn = self.secrets.create_secret(Name=self.name, SecretString="first")["ARN"]

    def rotate(self, **options: Any) -> str:
        return str(self.secrets.rotate_secret(SecretId=self.arn, **options)["VersionId"])

    def labels(self) -> dict[str, list[str]]:
        return dict(self.secrets.describe_secret(SecretId=self.arn)["VersionIdsToStages"])

    def value(self, stage: str = "AWSCURRENT") -> str:
        return str(self.secrets.get_secret_value(SecretId=self.arn, VersionStage=stage)["SecretString"])

    def steps(self) -> list[str]:
        return [line.split()[0] for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def wait_for(self, version: str) -> None:
        assert eventually(lambda: "AWSCURRENT" in self.labels().get(version, []), 20)


@pytest.fixture
def rotated(instance: Instance, tmp_path: Any) -> Iterator[Rotated]:
    secret = Rotated(instance, tmp_path)
    yield secret
    secret.secrets.delete_secret(SecretId=secret.arn, ForceDeleteWithoutRecovery=True)
    secret.functions.delete_function(FunctionName=secret.name)


def test_a_rotation_calls_the_four_steps_and_moves_the_labels(rotated: Rotated) -> None:
    first = next(iter(rotated.labels()))
    second = rotated.rotate(RotationLambdaARN=rotated.function)
    rotated.wait_for(second)
    assert rotated.steps() == STEPS
    assert rotated.value() == f"new-{second}" and rotated.value("AWSPREVIOUS") == "first"
    assert rotated.labels()[first] == ["AWSPREVIOUS"]
    assert eventually(lambda: _rotates(rotated))
    assert first not in rotated.labels()


def _rotates(rotated: Rotated) -> bool:
    try:
        third = rotated.rotate()
    except ClientError:
        return False
    rotated.wait_for(third)
    return True


@pytest.mark.parametrize("step", STEPS)
def test_a_rotation_that_fails_begins_anew_with_the_same_version(rotated: Rotated, step: str) -> None:
    rotated.log.with_name(f"steps.fail-{step}").touch()
    version = rotated.rotate(RotationLambdaARN=rotated.function)
    rotated.wait_for(version)
    assert rotated.steps() == [*STEPS[:STEPS.index(step) + 1], *STEPS]
    assert {line.split()[1] for line in rotated.log.read_text().splitlines()} == {version}


def test_a_second_rotation_is_refused_while_one_goes_on(rotated: Rotated) -> None:
    version = rotated.rotate(RotationLambdaARN=rotated.function)
    with pytest.raises(ClientError, match="A previous rotation isn't complete"):
        rotated.rotate()
    rotated.wait_for(version)


def test_without_a_function_nothing_rotates(rotated: Rotated) -> None:
    with pytest.raises(ClientError, match="No Lambda rotation function ARN"):
        rotated.rotate()
    with pytest.raises(ClientError, match="cannot invoke"):
        rotated.rotate(RotationLambdaARN=f"{rotated.function}-not")
    assert rotated.value() == "first"


def test_the_pending_version_has_no_value_before_the_function_writes_one(rotated: Rotated) -> None:
    version = str(uuid.uuid4())
    rotated.log.with_name("steps.fail-createSecret").touch()
    rotated.rotate(RotationLambdaARN=rotated.function, ClientRequestToken=version)
    rotated.wait_for(version)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        rotated.secrets.get_secret_value(SecretId=rotated.arn, VersionId=version, VersionStage="AWSPREVIOUS")
    with pytest.raises(ClientError, match="ResourceExists"):
        rotated.secrets.put_secret_value(SecretId=rotated.arn, ClientRequestToken=version, SecretString="other")


def _schedule(rotated: Rotated, **properties: Any) -> dict[str, Any]:
    return {"Schedule": {"Type": "AWS::SecretsManager::RotationSchedule", "Properties": {
        "SecretId": rotated.arn, "RotationLambdaARN": rotated.function,
        "RotationRules": {"ScheduleExpression": "rate(30 days)"}, **properties}}}


def test_a_schedule_rotates_when_it_is_made_and_ends_with_the_stack(
        instance: Instance, rotated: Rotated, deploy: Callable[..., dict[str, Any]]) -> None:
    name = f"schedule-{uuid.uuid4().hex[:8]}"
    deploy(name, _schedule(rotated), {"Ref": {"Ref": "Schedule"}})
    assert eventually(lambda: rotated.steps() == STEPS)
    described = rotated.secrets.describe_secret(SecretId=rotated.arn)
    assert described["RotationEnabled"] and described["RotationRules"] == {"ScheduleExpression": "rate(30 days)"}
    formation = instance.client("cloudformation")
    formation.delete_stack(StackName=name)
    assert eventually(lambda: not rotated.secrets.describe_secret(SecretId=rotated.arn)["RotationEnabled"])


def test_a_schedule_that_does_not_rotate_at_once_only_tries_the_function(
        rotated: Rotated, deploy: Callable[..., dict[str, Any]]) -> None:
    deploy(f"schedule-{uuid.uuid4().hex[:8]}", _schedule(rotated, RotateImmediatelyOnUpdate=False))
    assert eventually(lambda: rotated.steps() == ["testSecret"])
    assert eventually(lambda: list(rotated.labels().values()) == [["AWSCURRENT"]]) and rotated.value() == "first"


# -- what changes refuses other changes --------------------------------------------------------


@pytest.fixture
def user(instance: Instance) -> Iterator[tuple[Any, str, str]]:
    """A user in a group."""
    service, name = instance.client("elasticache"), f"u{uuid.uuid4().hex[:8]}"
    service.create_user(UserId=name, UserName="app", Engine="valkey", AccessString="on ~* +@all", Passwords=[PASSWORD])
    service.create_user_group(UserGroupId=f"g-{name}", Engine="valkey", UserIds=[name])
    yield service, name, f"g-{name}"
    assert eventually(lambda: _deleted(service.delete_user_group, UserGroupId=f"g-{name}"))
    assert eventually(lambda: _deleted(service.delete_user, UserId=name))


def _deleted(call: Callable[..., Any], **what: str) -> bool:
    try:
        call(**what)
    except ClientError as problem:
        return "NotFound" in problem.response["Error"]["Code"]
    return True


def test_a_changed_user_and_its_groups_refuse_changes_for_a_while(user: tuple[Any, str, str]) -> None:
    service, name, group = user
    before = time.monotonic()
    service.modify_user(UserId=name, Passwords=[PASSWORD, f"{PASSWORD}-2"])
    status = [service.describe_users(UserId=name)["Users"][0]["Status"],
              service.describe_user_groups(UserGroupId=group)["UserGroups"][0]["Status"]]
    with pytest.raises(ClientError) as user_refused:
        service.modify_user(UserId=name, Passwords=[PASSWORD])
    with pytest.raises(ClientError) as group_refused:
        service.delete_user_group(UserGroupId=group)
    assert status == ["modifying", "modifying"]
    assert user_refused.value.response["Error"]["Code"] == "InvalidUserState"
    assert group_refused.value.response["Error"]["Code"] == "InvalidUserGroupState"
    assert eventually(lambda: service.describe_users(UserId=name)["Users"][0]["Status"] == "active")
    assert time.monotonic() - before > 0.25
    service.modify_user(UserId=name, Passwords=[PASSWORD])


def test_tokens_rotate_and_are_set_on_real_engines(instance: Instance) -> None:
    service, name = instance.client("elasticache"), f"t{uuid.uuid4().hex[:8]}"
    second, third = f"{PASSWORD}-2", f"{PASSWORD}-3"
    service.create_replication_group(
        ReplicationGroupId=name, ReplicationGroupDescription="tokens", Engine="valkey", CacheNodeType="cache.t4g.micro",
        NumCacheClusters=2, AutomaticFailoverEnabled=True, TransitEncryptionEnabled=True, AuthToken=PASSWORD)

    def group() -> dict[str, Any]:
        return dict(service.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0])

    def valid(token: str) -> bool:
        answers = []
        for endpoint in ("PrimaryEndpoint", "ReaderEndpoint"):
            with instance.connect(group()["NodeGroups"][0][endpoint]) as client:
                try:
                    answers.append(client.call("AUTH", token) == "OK")
                except RespError:
                    answers.append(False)
        assert len(set(answers)) == 1
        return answers[0]

    def change(token: str, strategy: str) -> None:
        assert eventually(lambda: group()["Status"] == "available")
        service.modify_replication_group(ReplicationGroupId=name, AuthToken=token, AuthTokenUpdateStrategy=strategy,
                                         ApplyImmediately=True)

    try:
        with pytest.raises(ClientError, match="only after ROTATE"):
            change(second, "SET")
        change(second, "ROTATE")
        assert group()["Status"] == "modifying"
        assert group()["PendingModifiedValues"]["AuthTokenStatus"] == "ROTATING"
        with pytest.raises(ClientError) as refused:
            service.modify_replication_group(ReplicationGroupId=name, AuthToken=third, ApplyImmediately=True)
        assert refused.value.response["Error"]["Code"] == "InvalidReplicationGroupState"
        assert [valid(token) for token in (PASSWORD, second, third)] == [True, True, False]
        change(second, "SET")
        assert [valid(token) for token in (PASSWORD, second, third)] == [False, True, False]
        change(third, "ROTATE")
        assert [valid(token) for token in (PASSWORD, second, third)] == [False, True, True]
        assert eventually(lambda: "AuthTokenStatus" not in group().get("PendingModifiedValues", {}))
    finally:
        assert eventually(lambda: _deleted(service.delete_replication_group, ReplicationGroupId=name))


def test_cloudformation_waits_instead_of_failing(instance: Instance, deploy: Callable[..., dict[str, Any]]) -> None:
    name = f"u{uuid.uuid4().hex[:8]}"

    def resources(access: str) -> dict[str, Any]:
        return {"User": {"Type": "AWS::ElastiCache::User", "Properties": {
            "UserId": name, "UserName": name, "Engine": "valkey", "AccessString": access, "Passwords": [PASSWORD]}}}

    deploy(name, resources("on ~a +@all"))
    service = instance.client("elasticache")
    service.modify_user(UserId=name, Passwords=[PASSWORD])
    assert deploy(name, resources("on ~b +@all"))["StackStatus"] == "UPDATE_COMPLETE"
    described = service.describe_users(UserId=name)["Users"][0]
    assert json.dumps([described["AccessString"], described["Status"]]) == json.dumps(["on ~b +@all", "active"])
