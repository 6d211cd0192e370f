"""The shards of a replication group: what a request asks for, and MiniStack's record of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import get_region

from localaws.emulator.records import Record
from localaws.emulator.users import value, values
from localaws.errors import EngineError
from localaws.nodes.slots import (
    Ranges,
    check_complete,
    equal_shares,
    parse_slots,
    rebalance,
    slots_text,
)

_LISTS = ("member", "NodeGroupConfiguration")  # as CloudFormation's handler and as the SDKs write it
_ID = re.compile(r"\d{1,4}")
_OUTPOSTS = ("PrimaryOutpostArn", "ReplicaOutpostArns.member.1", "ReplicaOutpostArns.OutpostArn.1")
_MOST_REPLICAS = 5


@dataclass(frozen=True)
class Shard:
    """One shard as asked for. No slots: the local AWS shares them out."""

    identifier: str
    replicas: int
    slots: Ranges = ()
    zones: tuple[str, ...] = ()


def asked_for(query: dict[str, Any], existing: Sequence[str] = ()) -> list[Shard]:
    """The shards of a request; `existing` are the ids of a running group's shards."""
    rows = _configurations(query)
    count = int(value(query, "NumNodeGroups") or len(rows) or 1)
    if rows and len(rows) != count:
        raise EngineError(f"NodeGroupConfiguration describes {len(rows)} shards and NumNodeGroups is {count}")
    replicas = int(value(query, "ReplicasPerNodeGroup") or int(value(query, "NumCacheClusters") or 1) - 1)
    rows = rows or [{} for _ in range(count)]
    identifiers = _identifiers([row.get("NodeGroupId", "") for row in rows], existing)
    shards = [_shard(identifier, row, replicas) for identifier, row in zip(identifiers, rows, strict=True)]
    if any(shard.slots for shard in shards):
        check_complete({shard.identifier: shard.slots for shard in shards})
    return shards


def _configurations(query: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of NodeGroupConfiguration, each with its members' names as keys."""
    rows: list[dict[str, Any]] = []
    for kind in _LISTS:
        for number in itertools.count(1):
            prefix = f"NodeGroupConfiguration.{kind}.{number}."
            row = {name.removeprefix(prefix): value(query, name) for name in query if name.startswith(prefix)}
            if not row:
                break
            if any(row.get(name) for name in _OUTPOSTS):
                raise EngineError("NodeGroupConfiguration: Outposts are not modelled by the local AWS")
            rows.append(row)
    return rows


def _shard(identifier: str, row: dict[str, Any], default_replicas: int) -> Shard:
    zones = values(row, "ReplicaAvailabilityZones") or _sdk_zones(row)
    replicas = int(row["ReplicaCount"]) if row.get("ReplicaCount") else (len(zones) or default_replicas)
    if not 0 <= replicas <= _MOST_REPLICAS:
        raise EngineError(f"shard {identifier}: {replicas} replicas; 0 to {_MOST_REPLICAS} are allowed")
    if zones and len(zones) != replicas:
        raise EngineError(f"shard {identifier}: {len(zones)} ReplicaAvailabilityZones for {replicas} replicas")
    first = row.get("PrimaryAvailabilityZone") or ""
    return Shard(identifier, replicas, parse_slots(row["Slots"]) if row.get("Slots") else (), (first, *zones))


def _sdk_zones(row: dict[str, Any]) -> list[str]:
    zones = []
    for number in itertools.count(1):
        zone = row.get(f"ReplicaAvailabilityZones.AvailabilityZone.{number}")
        if not zone:
            return zones
        zones.append(str(zone))
    return zones


def _identifiers(given: list[str], existing: Sequence[str]) -> list[str]:
    for identifier in given:
        if identifier and not _ID.fullmatch(identifier):
            raise EngineError(f"NodeGroupId {identifier!r} is not a number of one to four digits")
    named = [identifier.zfill(4) if identifier else "" for identifier in given]
    taken = [identifier for identifier in named if identifier]
    if len(set(taken)) != len(taken):
        raise EngineError(f"NodeGroupId {max(taken, key=taken.count)} stands in two entries of NodeGroupConfiguration")
    candidates = itertools.chain(existing, (f"{number:04d}" for number in itertools.count(1) if
                                            f"{number:04d}" not in existing))
    free = (identifier for identifier in candidates if identifier not in taken)
    return [identifier or next(free) for identifier in named]


def reshape(record: Record, shards: list[Shard]) -> None:
    """Makes the record's shards the wanted ones; shards that stay keep their members, new slots are shared out."""
    running = {group["NodeGroupId"]: group for group in record["NodeGroups"]}
    wanted = [shard.identifier for shard in shards]
    current = {name: parse_slots(group["Slots"]) for name, group in running.items() if group.get("Slots")}
    if shards[0].slots:
        shares = {shard.identifier: shard.slots for shard in shards}
    elif not current:
        shares = dict(zip(wanted, equal_shares(len(wanted)), strict=True))
    elif set(current) == set(wanted):
        shares = current
    else:
        shares = rebalance(current, wanted)
    record["NodeGroups"] = [_group(running.get(shard.identifier), shard, shares[shard.identifier]) for shard in shards]
    record["_num_node_groups"] = len(shards)


def _group(running: Record | None, shard: Shard, slots: Ranges) -> Record:
    members: list[Record] = running["NodeGroupMembers"][:shard.replicas + 1] if running else []
    while len(members) <= shard.replicas:
        members.append({"CacheNodeId": "0001", "ReadEndpoint": {}, "CurrentRole": "replica"})
    for position, member in enumerate(members):
        zone = shard.zones[position] if position < len(shard.zones) else ""
        member["PreferredAvailabilityZone"] = (zone or member.get("PreferredAvailabilityZone")
                                               or f"{get_region()}{'abcdef'[position % 6]}")
    return {"NodeGroupId": shard.identifier, "Status": "available", "PrimaryEndpoint": {}, "ReaderEndpoint": {},
            **(running or {}), "NodeGroupMembers": members, "Slots": slots_text(slots)}
