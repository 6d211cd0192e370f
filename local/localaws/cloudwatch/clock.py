"""CloudWatch's time. It may run faster than ours, so that an alarm over many minutes takes seconds."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

from localaws.errors import LocalAwsError

VARIABLE = "LOCAL_AWS_SECONDS_PER_MINUTE"
MINUTE = 60


class Clock:
    """Counts minutes. Each takes `seconds`; however busy the machine is, none is left out.

    `now` stands still at the end of a minute until `turn` says that all data of the minute is there.
    """

    def __init__(self, seconds: float = MINUTE) -> None:
        self.seconds = seconds
        self.minute = int(time.time() // MINUTE) * MINUTE
        self._due = time.monotonic() + seconds

    def now(self) -> float:
        left = min(max(self._due - time.monotonic(), 0.0), self.seconds)
        return self.minute + MINUTE * 0.999 * (1 - left / self.seconds)

    def wait(self) -> float:
        """The real seconds until the minute is over."""
        return max(self._due - time.monotonic(), 0.0)

    def turn(self) -> int:
        """Ends the minute; returns when it began."""
        ended = self.minute
        self.minute += MINUTE
        self._due = max(self._due + self.seconds, time.monotonic())
        if self.seconds == MINUTE:  # real time: do not drift from it
            self.minute = max(self.minute, int(time.time() // MINUTE) * MINUTE)
        return ended


def seconds_per_minute(environment: Mapping[str, str] = os.environ) -> float:
    given = environment.get(VARIABLE, "")
    try:
        seconds = float(given or MINUTE)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= MINUTE:
        raise LocalAwsError(f"{VARIABLE}={given} is not a number of seconds from 0.1 to {MINUTE}")
    return seconds
