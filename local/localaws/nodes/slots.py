"""The 16384 slots of a cluster: ranges as text and as numbers, and how they are shared out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from localaws.errors import EngineError

SLOTS = 16384
Ranges = tuple[tuple[int, int], ...]


def slot_ranges(shards: int) -> list[tuple[int, int]]:
    """Equal slot ranges, first and last slot of each shard."""
    edges = [round(index * SLOTS / shards) for index in range(shards + 1)]
    return [(low, high - 1) for low, high in zip(edges, edges[1:], strict=False)]


def equal_shares(shards: int) -> tuple[Ranges, ...]:
    return tuple((one,) for one in slot_ranges(shards))


def parse_slots(text: str) -> Ranges:
    """`0-100,200,300-400` as ElastiCache writes the slots of a shard."""
    ranges = []
    for part in text.replace(" ", "").split(","):
        low, dash, high = part.partition("-")
        if not low.isdigit() or (dash and not high.isdigit()):
            raise EngineError(f"Slots {text!r} is not a list of ranges such as 0-8191,9000-9100")
        first, last = int(low), int(high) if dash else int(low)
        if not 0 <= first <= last < SLOTS:
            raise EngineError(f"Slots {text!r}: {part} is not inside 0-{SLOTS - 1}")
        ranges.append((first, last))
    return ranges_of(slots_in(ranges))


def slots_text(ranges: Ranges) -> str:
    return ",".join(f"{low}-{high}" for low, high in ranges)


def slots_in(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {slot for low, high in ranges for slot in range(low, high + 1)}


def ranges_of(slots: Collection[int]) -> Ranges:
    """The fewest ranges that hold exactly these slots."""
    ranges: list[tuple[int, int]] = []
    for slot in sorted(slots):
        if ranges and ranges[-1][1] == slot - 1:
            ranges[-1] = (ranges[-1][0], slot)
        else:
            ranges.append((slot, slot))
    return tuple(ranges)


def check_complete(shares: Mapping[str, Ranges]) -> None:
    """Every slot belongs to exactly one shard."""
    seen: dict[int, str] = {}
    for shard, ranges in shares.items():
        for slot in slots_in(ranges):
            if slot in seen:
                raise EngineError(f"slot {slot} is given to the shards {seen[slot]} and {shard}")
            seen[slot] = shard
    missing = ranges_of(set(range(SLOTS)) - seen.keys())
    if missing:
        raise EngineError(f"the slots {slots_text(missing)} are given to no shard; the shards together must have "
                          f"0-{SLOTS - 1}")


def rebalance(current: Mapping[str, Ranges], wanted: list[str]) -> dict[str, Ranges]:
    """Equal shares for the wanted shards, with as few slots moving as that needs."""
    shares = {shard: slots_in(current.get(shard, ())) for shard in wanted}
    free = sorted(set(range(SLOTS)) - {slot for share in shares.values() for slot in share})
    # Who has most keeps the slots that are left over when the division is not even.
    by_size = sorted(wanted, key=lambda shard: -len(shares[shard]))
    sizes = {shard: SLOTS // len(wanted) + (position < SLOTS % len(wanted)) for position, shard in enumerate(by_size)}
    for shard in wanted:
        surplus = len(shares[shard]) - sizes[shard]
        if surplus > 0:
            leaving = sorted(shares[shard])[-surplus:]
            shares[shard] -= set(leaving)
            free += leaving
    free.sort()
    for shard in wanted:
        need = sizes[shard] - len(shares[shard])
        shares[shard] |= set(free[:need])
        del free[:need]
    return {shard: ranges_of(share) for shard, share in shares.items()}
