"""Looks into the engines of a running instance from outside, as their local administrator."""

from __future__ import annotations

import json
from typing import Any

from localaws.errors import EngineError, LocalAwsError
from localaws.nodes.access import ADMIN_USER
from localaws.nodes.memcached import ask
from localaws.nodes.resp import Connection, render
from localaws.state import InstanceFolder

Row = dict[str, Any]
_COLUMNS = ("replicationGroup", "member", "role", "host", "port", "pid", "runs", "tls")


def describe_nodes(folder: InstanceFolder) -> list[Row]:
    """The nodes with the role each engine itself reports; `down` when it does not answer."""
    return [{**row, "role": _role(folder, row)} for row in folder.list_nodes()]


def node_table(rows: list[Row]) -> str:
    """The nodes for people."""
    if not rows:
        return "no engine nodes"
    cells = [[*_COLUMNS], *([_text(row[name]) for name in _COLUMNS] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_COLUMNS))]
    return "\n".join("  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
                     for line in cells)


def run_on_node(folder: InstanceFolder, member: str, words: list[str], as_json: bool) -> str:
    """Runs one command on a member's engine."""
    matches = [row for row in folder.list_nodes() if row["member"] == member]
    if not matches:
        known = ", ".join(sorted(str(row["member"]) for row in folder.list_nodes())) or "none"
        raise LocalAwsError(f"there is no node {member}; nodes here: {known}")
    if len(matches) > 1:
        raise LocalAwsError(f"there are nodes named {member} in several regions")
    if matches[0]["engine"] == "memcached":
        return _ask_memcached(folder, matches[0], " ".join(words))
    try:
        with _connect(folder, matches[0]) as connection:
            reply = connection.call(*words)
    except OSError as problem:
        raise LocalAwsError(f"{member} does not answer: {problem}") from None
    return json.dumps(reply) if as_json else render(reply)


def _connect(folder: InstanceFolder, row: Row) -> Connection:
    connection = Connection(row["host"], row["port"], folder.certificate if row["tls"] else None)
    try:
        connection.login(ADMIN_USER, folder.admin_password.read_text(encoding="utf-8"))
    except BaseException:
        connection.close()
        raise
    return connection


def _ask_memcached(folder: InstanceFolder, row: Row, request: str) -> str:
    """Sends a command in the text protocol; `\\r\\n` in it begins the data block."""
    certificate = folder.certificate if row["tls"] else None
    try:
        answer = ask(row["host"], row["port"], certificate, request.replace("\\r\\n", "\r\n"))
    except OSError as problem:
        raise LocalAwsError(f"{row['member']} does not answer: {problem}") from None
    if answer.startswith(("ERROR", "CLIENT_ERROR", "SERVER_ERROR")):
        raise EngineError(answer)
    return answer


def _role(folder: InstanceFolder, row: Row) -> str:
    if row["engine"] == "memcached":
        try:
            return "node" if _ask_memcached(folder, row, "version") else "down"
        except (LocalAwsError, EngineError):
            return "down"
    try:
        with _connect(folder, row) as connection:
            info = str(connection.call("INFO", "replication"))
    except (OSError, EngineError):
        return "down"
    return "primary" if "role:master" in info else "replica"


def _text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
