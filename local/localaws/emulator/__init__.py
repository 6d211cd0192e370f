"""What we add to MiniStack: real engines behind ElastiCache, and the resource types a cache stack needs."""

from __future__ import annotations

from localaws.nodes.fleet import Fleet


def install(fleet: Fleet) -> None:
    """Extends MiniStack in this process. Fails with a message when it is not the MiniStack we know."""
    from localaws.emulator import (
        alarms,
        cloudformation,
        credentials,
        elasticache,
        functions,
        network,
        queries,
        rotation,
        secrets,
        surface,
    )

    surface.check()
    reconciler = elasticache.install(fleet)
    fleet.fronts.ask_for_keys(credentials.find_key)
    network.install()
    queries.install()
    secrets.install()
    rotation.install()
    functions.install()
    alarms.install()
    cloudformation.install(reconciler)
