"""The server process of one instance: MiniStack, extended, with the engines as its children."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from localaws.errors import LocalAwsError
from localaws.front.desk import FrontDesk
from localaws.nodes.addresses import AddressPool
from localaws.nodes.certificates import CertificateAuthority
from localaws.nodes.fleet import Fleet
from localaws.nodes.node import Workshop
from localaws.nodes.spawner import Spawner
from localaws.state import InstanceFolder, Running

_NODE_MODULES_VARIABLE = "LOCAL_AWS_NODE_MODULES"
_CHECKOUT = Path(__file__).resolve().parent.parent.parent


def serve(folder: InstanceFolder) -> None:
    """Runs until SIGTERM or SIGINT; no engine is left when it returns."""
    lock = folder.own()
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    port = int(listener.getsockname()[1])
    # MiniStack and the functions it runs read these when they are imported or started.
    os.environ["GATEWAY_PORT"] = str(port)
    os.environ["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{port}"
    offer_node_modules(folder.temporary)

    password = secrets.token_hex(24)
    with os.fdopen(os.open(folder.admin_password, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as sink:
        sink.write(password)
    workshop = Workshop(folder.nodes, CertificateAuthority(folder.path), AddressPool(), Spawner(), password,
                        FrontDesk())
    fleet = Fleet(workshop, folder.nodes_listing)

    from localaws.emulator import install  # MiniStack reads its environment at import

    minutes = install(fleet)
    folder.announce(Running(os.getpid(), port))
    try:
        asyncio.run(_serve_until_stopped(listener, minutes))
    finally:
        with fleet.lock:
            fleet.close()
        lock.close()


async def _serve_until_stopped(listener: socket.socket, minutes: Coroutine[Any, Any, None]) -> None:
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config
    from ministack.app import app

    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    task = asyncio.create_task(minutes)
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 0.2
    config.loglevel = "WARNING"
    await hypercorn_serve(app, config, shutdown_trigger=stopped.wait)
    task.cancel()


def offer_node_modules(folder: Path) -> None:
    """Lets functions that do not bundle the AWS SDK find it: they are unpacked below `folder`."""
    given = os.environ.get(_NODE_MODULES_VARIABLE)
    target = Path(given) if given else _CHECKOUT / "node_modules"
    if given and not target.is_dir():
        raise LocalAwsError(f"{_NODE_MODULES_VARIABLE}={given} is not a folder")
    link = folder / "node_modules"
    if target.is_dir() and not link.exists():
        link.symlink_to(target.absolute(), target_is_directory=True)


def main() -> None:
    try:
        serve(InstanceFolder(Path(sys.argv[1])))
    except LocalAwsError as problem:
        print(problem, file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)  # MiniStack keeps threads that nobody needs to wait for


if __name__ == "__main__":
    main()
