"""Starting, stopping, being killed, and several instances side by side."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import AWS, command, eventually, start

from localaws import launcher
from localaws.state import InstanceFolder, processes_in


@pytest.fixture
def folder(tmp_path):
    folder = InstanceFolder(tmp_path / "state")
    yield folder
    launcher.stop(folder)


def create_group(instance, name="twin"):
    cache = instance.client("elasticache")
    cache.create_replication_group(ReplicationGroupId=name, ReplicationGroupDescription="test", Engine="valkey",
                                   NumCacheClusters=2, TransitEncryptionEnabled=True)
    return instance.nodes(name)


def test_start_and_stop_can_be_repeated(folder):
    where = ("--dir", str(folder.path))
    assert "is not running" in command("stop", *where).stdout
    assert command("status", *where, check=False).returncode == 3
    first = command("start", *where).stdout
    assert "runs at http://127.0.0.1:" in first
    assert command("start", *where).stdout.splitlines()[0] == first.splitlines()[0].replace("runs", "already runs")
    assert "0 engine nodes" in command("status", *where).stdout
    assert "stopped" in command("stop", *where).stdout
    assert not folder.path.exists()
    assert "is not running" in command("stop", *where).stdout


def test_commands_name_the_missing_instance(folder):
    for words in (("env",), ("nodes",), ("cli", "x-001", "--", "PING")):
        done = command(*words[:1], "--dir", str(folder.path), *words[1:], check=False)
        assert done.returncode == 1 and "local/aws start" in done.stderr


def test_only_loopback_is_listened_on(folder):
    instance = start(folder.path)
    create_group(instance)
    inodes = set()
    for pid in [instance.running.pid, *processes_in(folder.path)]:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                inodes.add(os.readlink(link).removeprefix("socket:[").rstrip("]"))
    listening = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                listening.append(fields[1])
    assert len(listening) == 3
    assert all(address.split(":")[0].endswith("7F") for address in listening)


def test_two_instances_do_not_meet(folder, tmp_path):
    one, other = start(folder.path), start(tmp_path / "other")
    try:
        nodes, others = create_group(one), create_group(other)
        assert {row["port"] for row in (*nodes.values(), *others.values())} == {6379}
        hosts = [row["host"] for row in (*nodes.values(), *others.values())]
        assert len(set(hosts)) == 4
        launcher.stop(other.folder)
        assert [row["role"] for row in one.nodes("twin").values()] == ["primary", "replica"]
    finally:
        launcher.stop(other.folder)


def test_engines_die_with_a_killed_server_and_are_swept(folder):
    instance = start(folder.path)
    pids = [row["pid"] for row in create_group(instance).values()]
    os.kill(instance.running.pid, signal.SIGKILL)
    assert eventually(lambda: not any(running(pid) for pid in pids))
    assert command("status", "--dir", str(folder.path), check=False).returncode == 3
    again = start(folder.path)
    assert again.nodes("twin") == {} and not list(folder.path.glob("nodes/*"))
    launcher.stop(folder)
    assert not folder.path.exists()


def test_a_dead_engine_is_shown_as_down(folder):
    instance = start(folder.path)
    nodes = create_group(instance)
    os.kill(nodes["twin-002"]["pid"], signal.SIGKILL)
    assert eventually(lambda: instance.nodes("twin")["twin-002"]["role"] == "down")


def test_exec_gives_an_instance_of_its_own_and_the_exit_code(tmp_path):
    script = ("import json, os, urllib.request; "
              "urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/_ministack/health'); "
              "print(json.dumps(dict(os.environ))); raise SystemExit(7)")
    done = command("exec", "--", sys.executable, "-c", script, check=False, AWS_PROFILE="production")
    assert done.returncode == 7, done.stderr
    seen = json.loads(done.stdout)
    assert "AWS_PROFILE" not in seen and seen["CDK_DEFAULT_ACCOUNT"] == "000000000000"
    assert seen["NODE_EXTRA_CA_CERTS"] == seen["CACHE_CA_FILE"]
    assert not Path(seen["LOCAL_AWS_DIR"]).exists()


def test_exec_says_what_it_cannot_run():
    done = command("exec", "--", "/no/such/command", check=False)
    assert done.returncode == 1 and "/no/such/command" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGKILL, None)])
def test_exec_cleans_up_when_it_is_ended(number, code):
    process = subprocess.Popen([str(AWS), "exec", "--", "sh", "-c", "echo $LOCAL_AWS_DIR; exec sleep 60"],
                               stdout=subprocess.PIPE, text=True)
    path = Path(process.stdout.readline().strip())
    server = InstanceFolder(path).running()
    process.send_signal(number)
    process.wait(timeout=20)
    assert code is None or process.returncode == code
    assert eventually(lambda: not running(server.pid))
    if number == signal.SIGKILL:  # nobody was left to clean up: the next command does
        command("start", "--dir", str(path.parent / "unused"))
        command("stop", "--dir", str(path.parent / "unused"))
    assert not path.exists()


def test_env_is_for_a_shell_and_for_programs(folder):
    start(folder.path)
    shell = command("env", "--dir", str(folder.path)).stdout
    variables = json.loads(command("env", "--json", "--dir", str(folder.path)).stdout)
    assert "unset AWS_PROFILE" in shell and f"export AWS_ENDPOINT_URL={variables['AWS_ENDPOINT_URL']}" in shell
    echoed = subprocess.run(["bash", "-c", f'{shell}\necho "$CACHE_CA_FILE"'], capture_output=True, text=True,
                            check=True)
    assert Path(echoed.stdout.strip()) == folder.certificate and folder.certificate.exists()


def test_the_admin_password_is_nobodys_business(folder):
    instance = start(folder.path)
    create_group(instance)
    assert folder.admin_password.stat().st_mode & 0o777 == 0o600
    assert folder.path.stat().st_mode & 0o777 == 0o700
    password = folder.admin_password.read_bytes()
    holders = [path for path in folder.path.rglob("*") if path.is_file() and password in path.read_bytes()]
    assert all(path.stat().st_mode & 0o077 == 0 for path in holders)
    assert {path.name for path in holders} == {"admin.password", "engine.conf"}
    assert all(password not in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes_in(folder.path))
    assert "user local-admin on" in instance.admin("twin-001", "ACL", "LIST")
    wrong = command("cli", "--dir", str(folder.path), "twin-009", "--", "PING", check=False)
    assert wrong.returncode == 1 and "twin-001, twin-002" in wrong.stderr


def test_a_start_that_fails_shows_why(folder, tmp_path):
    done = command("start", "--dir", str(folder.path), check=False, LOCAL_AWS_NODE_MODULES=str(tmp_path / "none"))
    assert done.returncode == 1 and "LOCAL_AWS_NODE_MODULES" in done.stderr
    assert not folder.path.exists()


def test_starting_is_quick(folder):
    began = time.monotonic()
    start(folder.path)
    assert time.monotonic() - began < 10


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
