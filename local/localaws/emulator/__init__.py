"""What we add to MiniStack: real engines behind ElastiCache, and the resource types a cache stack needs."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from localaws.cloudwatch.clock import Clock, seconds_per_minute
from localaws.cloudwatch.publisher import Publisher
from localaws.nodes.fleet import Fleet


def install(fleet: Fleet) -> Coroutine[Any, Any, None]:
    """Extends MiniStack in this process. Fails with a message when it is not the MiniStack we know.

    Returns what has to run beside MiniStack, on its event loop: the minutes of CloudWatch.
    """
    from localaws.emulator import (
        alarms,
        cloudformation,
        credentials,
        elasticache,
        functions,
        metrics,
        network,
        notifications,
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
    clock = Clock(seconds_per_minute())
    metrics.install(clock)
    alarms.install()
    cloudformation.install(reconciler)
    notifications.install(reconciler)
    return metrics.keep_minutes(clock, Publisher(fleet), alarms.evaluate_all)
