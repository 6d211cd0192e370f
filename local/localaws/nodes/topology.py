"""What should run for one replication group or serverless cache, in the engines' terms."""

from __future__ import annotations

from dataclasses import dataclass, field

from localaws.engines.versions import Engine
from localaws.front.token import CacheIdentity
from localaws.nodes.access import AccessUser

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
        first = any(shard[0] == member for shard in self.shards)
        return self.port if first or self.reader_port is None else self.reader_port

    def node_key(self, member: str) -> NodeKey:
        return (*self.scope, member)

    @property
    def members(self) -> list[str]:
        return [member for shard in self.shards for member in shard]
