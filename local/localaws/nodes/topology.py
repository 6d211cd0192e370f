"""What should run for one replication group or serverless cache, in the engines' terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from localaws.engines.versions import Engine
from localaws.front.token import CacheIdentity
from localaws.nodes.access import AccessUser
from localaws.nodes.slots import Ranges, equal_shares

Scope = tuple[str, str]  # account, region
GroupKey = tuple[str, str, str]  # account, region, replication group id
NodeKey = tuple[str, str, str]  # account, region, member id


@dataclass(frozen=True)
class GroupPlan:
    """Everything the nodes of one group need. The first member of a shard is its primary."""

    key: GroupKey
    engine_name: str
    engine: Engine
    port: int
    tls: bool
    shards: tuple[tuple[str, ...], ...]
    users: tuple[AccessUser, ...]
    settings: dict[str, str] = field(default_factory=dict)
    start_settings: dict[str, str] = field(default_factory=dict)
    cluster: bool = False
    reader_port: int | None = None  # where the replicas listen, on the address of their primary
    slots: tuple[Ranges, ...] = ()  # of each shard in cluster mode; none given means equal shares
    compatible: bool = False  # in cluster mode, and clients that do not speak to clusters come as well
    seeds: tuple[Path, ...] = ()  # snapshot files a group starts from when none of its nodes exists
    upstream: GroupKey | None = None  # the group whose primary this one follows
    plain_too: bool = False  # TransitEncryptionMode preferred: plain text is welcome beside TLS
    serverless: bool = False

    @property
    def scope(self) -> Scope:
        return self.key[:2]

    @property
    def identity(self) -> CacheIdentity:
        """The cache as an IAM token names it."""
        account, region, name = self.key
        return CacheIdentity(account, region, name.rpartition("/")[2].lower(), self.serverless)

    @property
    def needs_front(self) -> bool:
        """Whether clients cannot come to the engines themselves."""
        return self.plain_too or any(user.iam for user in self.users)

    def port_of(self, member: str) -> int:
        replica = any(member in shard[1:] for shard in self.shards)
        return self.reader_port if replica and self.reader_port is not None else self.port

    def node_key(self, member: str) -> NodeKey:
        return (*self.scope, member)

    @property
    def shares(self) -> tuple[Ranges, ...]:
        return self.slots or equal_shares(len(self.shards))

    @property
    def members(self) -> list[str]:
        return [member for shard in self.shards for member in shard]
