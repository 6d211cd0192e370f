"""The folder of engines in the user's cache: one worker at a time per product, and a private place to work in."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from localaws.engines.find import engines_folder

Say = Callable[[str], None]


def stored_path(product: str, version: str) -> Path:
    """Where an engine of one package version lives once it is complete."""
    return engines_folder() / f"{product}-{version}"


@contextlib.contextmanager
def workplace(product: str, say: Say) -> Iterator[Path]:
    """A folder beside the finished engines, so that a rename finishes one; gone afterwards, also after a kill."""
    folder = engines_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f".{product}.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another process that provides {product} ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in folder.glob(f".making-{product}-*"):  # of a process that was killed: we hold the lock
            shutil.rmtree(leftover, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix=f".making-{product}-", dir=folder))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
