"""Cluster mode: joins the nodes of a group into one cluster, hands out its slots and moves them with their data."""

from __future__ import annotations

import time
from functools import partial

from localaws.errors import EngineError
from localaws.nodes.node import Node
from localaws.nodes.resp import RespError
from localaws.nodes.slots import SLOTS, Ranges, ranges_of, slots_in

_READY_SECONDS = 30.0
_MOVE_SECONDS = 300.0
_POLL_SECONDS = 0.02
_ATTEMPTS = 5


def shape_cluster(shards: list[list[Node]], shares: tuple[Ranges, ...], joining: set[Node],
                  leaving: list[Node]) -> None:
    """Makes the nodes one cluster in which every shard has its share of the slots.

    The first node of a shard is its primary. Nodes that join become part of it first; then slots move, with their
    keys and while clients go on. Nodes that leave own nothing afterwards.
    """
    members = [node for shard in shards for node in shard]
    settled = [node for node in (*members, *leaving) if node not in joining]
    primaries = [shard[0] for shard in shards]
    _forget_strangers(settled, [*members, *leaving])
    if joining:
        _hand_out(primaries, shares, joining, settled)
        _meet(members, joining, settled)
        for shard in shards:
            for node in shard[1:]:
                if node in joining:
                    node.call("CLUSTER", "REPLICATE", shard[0].cluster_id)
        for node in members:
            node.wait_for(partial(_joined, node), "joining the cluster", _READY_SECONDS)
    _move(primaries, shares, [*members, *leaving])


def _forget_strangers(settled: list[Node], everybody: list[Node]) -> None:
    """Nodes that died are still in the tables of the others."""
    known = {node.cluster_id for node in everybody}
    for node in settled:
        for identifier in _table(node):
            if identifier not in known:
                node.call("CLUSTER", "FORGET", identifier)


def _hand_out(primaries: list[Node], shares: tuple[Ranges, ...], joining: set[Node], settled: list[Node]) -> None:
    """Slots that nobody has go to their shard. A node that was started with data has the slots of its keys."""
    owners = _owners(settled[0]) if settled else {}
    for node in primaries:
        if node in joining:
            for slot, identifier in _owners(node).items():
                if owners.setdefault(slot, identifier) != identifier:
                    raise EngineError(f"two of the snapshot files hold keys of slot {slot}; they are not of one "
                                      "cluster")
    for node, share in zip(primaries, shares, strict=True):
        missing = ranges_of({slot for slot in slots_in(share) if slot not in owners}) if node in joining else ()
        if missing:
            node.call("CLUSTER", "ADDSLOTSRANGE", *(str(edge) for pair in missing for edge in pair))


def _meet(members: list[Node], joining: set[Node], settled: list[Node]) -> None:
    first = settled[0] if settled else members[0]
    for node in members:
        if node in joining and node is not first:
            node.call("CLUSTER", "MEET", first.host, str(first.port))
    identifiers = {node.cluster_id for node in members}
    for node in members:
        node.wait_for(partial(_knows, node, identifiers), "meeting the other nodes", _READY_SECONDS)


def _knows(node: Node, identifiers: set[str]) -> bool:
    return identifiers <= {name for name, fields in _table(node).items() if "handshake" not in fields[2]}


def _joined(node: Node) -> bool:
    return "cluster_state:ok" in str(node.call("CLUSTER", "INFO"))


def _move(primaries: list[Node], shares: tuple[Ranges, ...], nodes: list[Node]) -> None:
    """Moves every slot that is not where it belongs."""
    by_id = {node.cluster_id: node for node in nodes}
    owners = _owners(primaries[0])
    target = {slot: node for node, share in zip(primaries, shares, strict=True) for slot in slots_in(share)}
    moves: dict[tuple[Node, Node], set[int]] = {}
    for slot, identifier in owners.items():
        if target[slot].cluster_id != identifier:
            moves.setdefault((by_id[identifier], target[slot]), set()).add(slot)
    for (source, destination), slots in moves.items():
        _migrate(source, destination, ranges_of(slots))
    if moves:
        wanted = {slot: node.cluster_id for slot, node in target.items()}
        for node in nodes:
            node.wait_for(partial(_agrees, node, wanted), "learning who has which slots", _READY_SECONDS)


def _agrees(node: Node, wanted: dict[int, str]) -> bool:
    return _owners(node) == wanted


def _migrate(source: Node, destination: Node, ranges: Ranges) -> None:
    """The engine copies the keys, then hands the slots over at once; clients are redirected from then on."""
    edges = [str(edge) for pair in ranges for edge in pair]
    for attempt in range(_ATTEMPTS):
        try:
            source.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", *edges, "NODE", destination.cluster_id)
        except RespError as problem:
            if "unknown subcommand" in str(problem).lower():
                raise EngineError(f"{source.engine.label} cannot move slots; resharding in the local AWS needs Valkey "
                                  "9.0 or newer, see engine --build") from None
            raise
        message = _outcome(source, destination)
        if not message:
            return
        time.sleep(0.1 * (attempt + 1))
    raise EngineError(f"slots did not move from {source.member} to {destination.member}: {message}")


def _outcome(source: Node, destination: Node) -> str:
    """Waits for the newest migration to the destination; empty when it succeeded, else the engine's words."""
    deadline = time.monotonic() + _MOVE_SECONDS
    while time.monotonic() < deadline:
        jobs = source.call("CLUSTER", "GETSLOTMIGRATIONS")
        for job in jobs if isinstance(jobs, list) else []:
            fields = dict(zip(job[::2], job[1::2], strict=True))
            if fields["operation"] == "EXPORT" and fields["target_node"] == destination.cluster_id:
                if fields["state"] == "success":
                    return ""
                if fields["state"] in ("failed", "cancelled"):
                    return str(fields["message"]).strip() or str(fields["state"])
                break
        time.sleep(_POLL_SECONDS)
    return f"not within {_MOVE_SECONDS:.0f} s"


def forget(node: Node, others: list[Node]) -> None:
    """Takes a node that leaves out of the tables of those that stay."""
    for other in others:
        other.call("CLUSTER", "FORGET", node.cluster_id)


def take_over(replica: Node) -> None:
    """Makes a replica the primary of its shard without asking the others, of whom too few may be left."""
    if "role:master" not in str(replica.call("INFO", "replication")):
        replica.call("CLUSTER", "FAILOVER", "TAKEOVER")
        replica.wait_for(lambda: "role:master" in str(replica.call("INFO", "replication")), "being promoted")


def _table(node: Node) -> dict[str, list[str]]:
    """What a node knows of the cluster: the fields of every line by node id."""
    lines = str(node.call("CLUSTER", "NODES")).splitlines()
    return {line.split(" ")[0]: line.split(" ") for line in lines if line}


def _owners(node: Node) -> dict[int, str]:
    owners: dict[int, str] = {}
    for identifier, fields in _table(node).items():
        for part in fields[8:]:
            if part.startswith("["):  # a slot on its way
                continue
            low, _, high = part.partition("-")
            owners.update(dict.fromkeys(range(int(low), int(high or low) + 1), identifier))
    assert len(owners) <= SLOTS
    return owners
