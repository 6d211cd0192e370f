"""Starts and stops instances, and runs a command inside one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from localaws.environment import client_environment, command_environment, server_environment
from localaws.errors import LocalAwsError
from localaws.nodes.spawner import dies_with_parent
from localaws.state import InstanceFolder, Running, changing, private_folder, sweep_leftovers

_PACKAGE_PARENT = Path(__file__).resolve().parent.parent
_START_SECONDS = 30.0
_STOP_SECONDS = 10.0
_COMMAND_GRACE_SECONDS = 10.0
_HEALTH = "/_ministack/health"


def start(folder: InstanceFolder, tied: bool = False) -> tuple[Running, bool]:
    """Starts the instance unless it runs. Returns it and whether this call started it.

    A tied instance dies with this process.
    """
    sweep_leftovers()
    with changing(folder.path):
        running = folder.running()
        if running is not None and _healthy(running):
            return running, False
        _end(folder)
        folder.create()
        process = _spawn(folder, tied)
        try:
            return _await_health(folder, process), True
        except BaseException:
            process.kill()
            process.wait()
            folder.sweep()
            raise


def stop(folder: InstanceFolder) -> bool:
    """Stops the instance and removes its state. Returns whether there was anything to stop."""
    sweep_leftovers()
    with changing(folder.path):
        existed = folder.exists()
        _end(folder)
        return existed


def run(command: list[str]) -> int:
    """Runs a command in a private instance that is gone afterwards. Returns the command's exit code."""
    folder = InstanceFolder(private_folder())
    relay = _SignalRelay()
    try:
        running, _ = start(folder, tied=True)
        if relay.received:
            return 128 + relay.received
        variables = client_environment(folder, running)
        try:
            process = subprocess.Popen(command, env=command_environment(variables),
                                       preexec_fn=dies_with_parent(signal.SIGTERM))
        except OSError as problem:
            raise LocalAwsError(f"cannot run {command[0]}: {problem.strerror}") from None
        code = relay.wait_for(process)
        return 128 - code if code < 0 else code
    finally:
        stop(folder)


class _SignalRelay:
    """Keeps us alive on Ctrl-C and TERM until the command ended, and passes TERM on to it."""

    def __init__(self) -> None:
        self.received = 0
        self._deadline: float | None = None
        self._process: subprocess.Popen[bytes] | None = None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._receive)

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        self.received = number
        self._deadline = time.monotonic() + _COMMAND_GRACE_SECONDS
        # The terminal sends Ctrl-C to the command as well; the other signals reach only us.
        if self._process is not None and number != signal.SIGINT and self._process.poll() is None:
            self._process.terminate()

    def wait_for(self, process: subprocess.Popen[bytes]) -> int:
        self._process = process
        if self.received:
            process.terminate()
        while True:
            try:
                return process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                if self._deadline is not None and time.monotonic() > self._deadline:
                    process.kill()


def _spawn(folder: InstanceFolder, tied: bool) -> subprocess.Popen[bytes]:
    folder.temporary.mkdir(exist_ok=True)
    folder.aws_config.touch()
    with open(folder.log, "ab") as log:
        return subprocess.Popen(
            [sys.executable, "-B", "-m", "localaws.server", str(folder.path)], cwd=_PACKAGE_PARENT,
            env=server_environment(folder), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            preexec_fn=dies_with_parent() if tied else None)


def _await_health(folder: InstanceFolder, process: subprocess.Popen[bytes]) -> Running:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        running = folder.running()
        if running is not None and running.pid == process.pid and _healthy(running):
            return running
        if process.poll() is not None:
            break
        time.sleep(0.02)
    what = "ended" if process.poll() is not None else f"did not answer within {_START_SECONDS:.0f} s"
    tail = "\n".join(folder.log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
    raise LocalAwsError(f"the local AWS {what}; the end of its log:\n{tail}")


def _healthy(running: Running) -> bool:
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(running.endpoint + _HEALTH, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _end(folder: InstanceFolder) -> None:
    """Ends the server process, if any, and removes the folder."""
    if folder.alive():
        running = folder.running()
        if running is None:
            raise LocalAwsError(f"an instance is starting in {folder.path}; try again in a moment")
        os.kill(running.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while folder.alive():
            if time.monotonic() > deadline:
                os.kill(running.pid, signal.SIGKILL)
                deadline += _STOP_SECONDS
            time.sleep(0.01)
    folder.sweep()
