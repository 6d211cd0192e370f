"""Cluster mode: joins the nodes of a group into one cluster and hands out its slots."""

from __future__ import annotations

from functools import partial

from localaws.nodes.node import Node

SLOTS = 16384
_READY_SECONDS = 30.0


def slot_ranges(shards: int) -> list[tuple[int, int]]:
    """Equal slot ranges, first and last slot of each shard."""
    edges = [round(index * SLOTS / shards) for index in range(shards + 1)]
    return [(low, high - 1) for low, high in zip(edges, edges[1:], strict=False)]


def form_cluster(shards: list[list[Node]], fresh: set[Node]) -> None:
    """Makes the fresh nodes part of the cluster; the first node of a shard is its primary."""
    first = shards[0][0]
    for (low, high), shard in zip(slot_ranges(len(shards)), shards, strict=True):
        if shard[0] in fresh:
            shard[0].call("CLUSTER", "ADDSLOTSRANGE", str(low), str(high))
    for shard in shards:
        for node in shard:
            if node in fresh and node is not first:
                node.call("CLUSTER", "MEET", first.host, str(first.port))
    for shard in shards:
        primary_id = str(shard[0].call("CLUSTER", "MYID"))
        for node in shard[1:]:
            if node in fresh:
                node.wait_for(partial(_knows, node, primary_id), "meeting its primary")
                node.call("CLUSTER", "REPLICATE", primary_id)
    for shard in shards:
        for node in shard:
            node.wait_for(partial(_joined, node), "joining the cluster", _READY_SECONDS)


def _knows(node: Node, identifier: str) -> bool:
    return identifier in str(node.call("CLUSTER", "NODES"))


def _joined(node: Node) -> bool:
    return "cluster_state:ok" in str(node.call("CLUSTER", "INFO"))


def forget(node: Node, others: list[Node]) -> None:
    """Takes a node that leaves out of the tables of those that stay."""
    identifier = str(node.call("CLUSTER", "MYID"))
    for other in others:
        other.call("CLUSTER", "FORGET", identifier)
