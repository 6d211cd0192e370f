"""An instance for all tests that need one, and small helpers around it."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from localaws import launcher
from localaws.admin import describe_nodes
from localaws.engines.find import find_engine
from localaws.errors import LocalAwsError
from localaws.nodes.resp import Connection
from localaws.state import InstanceFolder, Running

AWS = Path(__file__).resolve().parent.parent / "aws"
PASSWORD = "correct-horse-battery-staple"


@dataclass(frozen=True)
class Instance:
    """A running local AWS as its tests see it."""

    folder: InstanceFolder
    running: Running

    def client(self, service: str) -> Any:
        return boto3.client(service, endpoint_url=self.running.endpoint, region_name="us-east-1",
                            aws_access_key_id="test", aws_secret_access_key="test")

    def nodes(self, group: str) -> dict[str, dict[str, Any]]:
        return {row["member"]: row for row in describe_nodes(self.folder) if row["replicationGroup"] == group}

    def connect(self, endpoint: dict[str, Any], tls: bool = True) -> Connection:
        return Connection(endpoint["Address"], int(endpoint["Port"]), self.folder.certificate if tls else None, 5)

    def login(self, endpoint: dict[str, Any], user: str, password: str) -> Connection:
        connection = self.connect(endpoint)
        connection.login(user, password)
        return connection

    def admin(self, member: str, *words: str) -> str:
        """`local/aws cli MEMBER -- …`"""
        return command("cli", "--dir", str(self.folder.path), member, "--", *words).stdout


def command(*words: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `local/aws` as a person would."""
    return subprocess.run([str(AWS), *words], capture_output=True, text=True, check=check, timeout=60,
                          env={**os.environ, **environment})


def eventually(condition: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def start(path: Path, modifying_seconds: float = 0) -> Instance:
    """Starts an instance; by default one in which nothing stays `modifying`, so that tests need not wait."""
    folder = InstanceFolder(path)
    os.environ["LOCAL_AWS_MODIFYING_SECONDS"] = str(modifying_seconds)
    try:
        return Instance(folder, launcher.start(folder)[0])
    finally:
        del os.environ["LOCAL_AWS_MODIFYING_SECONDS"]


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    try:
        find_engine("valkey")
    except LocalAwsError as problem:
        pytest.exit(str(problem), returncode=2)


@pytest.fixture(scope="session")
def instance() -> Iterator[Instance]:
    with tempfile.TemporaryDirectory() as parent:
        running = start(Path(parent) / "state")
        yield running
        launcher.stop(running.folder)


@pytest.fixture(scope="session")
def cache(instance: Instance) -> Any:
    return instance.client("elasticache")


@pytest.fixture
def deploy(instance: Instance) -> Iterator[Callable[..., dict[str, Any]]]:
    """Creates or updates a stack and waits for it; destroys it afterwards."""
    formation = instance.client("cloudformation")
    known: set[str] = set()

    def run(name: str, resources: dict[str, Any], outputs: dict[str, Any] | None = None) -> dict[str, Any]:
        body = {"Resources": resources, "Outputs": {key: {"Value": value} for key, value in (outputs or {}).items()}}
        operation = formation.update_stack if name in known else formation.create_stack
        operation(StackName=name, TemplateBody=json.dumps(body))
        known.add(name)
        assert eventually(lambda: not status(formation, name)["StackStatus"].endswith("IN_PROGRESS"), 30)
        return status(formation, name)

    yield run
    for name in known:
        formation.delete_stack(StackName=name)
        assert eventually(lambda name=name: _gone(formation, name), 30)


def status(formation: Any, name: str) -> dict[str, Any]:
    stack: dict[str, Any] = formation.describe_stacks(StackName=name)["Stacks"][0]
    stack["Values"] = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
    stack["Reasons"] = " ".join(event.get("ResourceStatusReason", "")
                                for event in formation.describe_stack_events(StackName=name)["StackEvents"])
    return stack


def _gone(formation: Any, name: str) -> bool:
    try:
        return bool(formation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"] == "DELETE_COMPLETE")
    except formation.exceptions.ClientError:
        return True
