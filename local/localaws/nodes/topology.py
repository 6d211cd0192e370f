"""What should run for one replication group, in the engines' terms."""

from __future__ import annotations

from dataclasses import dataclass, field

from localaws.engines.versions import Engine
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

    @property
    def scope(self) -> Scope:
        return self.key[:2]

    def node_key(self, member: str) -> NodeKey:
        return (*self.scope, member)

    @property
    def members(self) -> list[str]:
        return [member for shard in self.shards for member in shard]
