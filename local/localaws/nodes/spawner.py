"""Starts child processes that die with us, even when we are killed.

The kernel sends the "parent died" signal when the *thread* that forked the child ends. So one thread that
lives as long as the process does all the forking.
"""

from __future__ import annotations

import ctypes
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None, use_errno=True).prctl


def dies_with_parent(signal_number: int = signal.SIGKILL) -> Callable[[], None]:
    """A preexec function: the child gets the signal when the thread that forks it ends."""
    parent = os.getpid()

    def arrange() -> None:
        _prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return arrange


class Spawner:
    """A thread that starts processes on behalf of all others."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[tuple[Callable[[], subprocess.Popen[bytes]], Future[subprocess.Popen[bytes]]]]
        self._jobs = queue.SimpleQueue()
        threading.Thread(target=self._work, name="spawner", daemon=True).start()

    def spawn(self, command: list[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
        """Starts `command` in `folder` with its output in `log`."""
        arrange = dies_with_parent()

        def start() -> subprocess.Popen[bytes]:
            with open(log, "ab") as sink:
                return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
                                        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                                        start_new_session=True, preexec_fn=arrange)

        answer: Future[subprocess.Popen[bytes]] = Future()
        self._jobs.put((start, answer))
        return answer.result()

    def _work(self) -> None:
        while True:
            start, answer = self._jobs.get()
            try:
                answer.set_result(start())
            except BaseException as problem:  # handed to the caller, whatever it is
                answer.set_exception(problem)
