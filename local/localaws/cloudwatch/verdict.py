"""In which state an alarm is, from its data points. Knows nothing of metrics, clocks and MiniStack.

The rules are those of
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

OK, ALARM, INSUFFICIENT_DATA = "OK", "ALARM", "INSUFFICIENT_DATA"

# CloudWatch looks at more data points than it needs, in case some are missing; its guide prints 5 for 3.
EXTRA_DATA_POINTS = 2

OPERATORS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "GreaterThanThreshold": ("greater than", operator.gt),
    "GreaterThanOrEqualToThreshold": ("greater than or equal to", operator.ge),
    "LessThanThreshold": ("less than", operator.lt),
    "LessThanOrEqualToThreshold": ("less than or equal to", operator.le),
}
TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")


@dataclass(frozen=True)
class Rule:
    """What an alarm compares, and how often it must be so: `datapoints` of `periods`."""

    operator: str
    threshold: float
    periods: int
    datapoints: int
    treatment: str = "missing"

    @property
    def range(self) -> int:
        """How many data points are looked at."""
        return self.periods + EXTRA_DATA_POINTS

    def breaches(self, value: float) -> bool:
        return OPERATORS[self.operator][1](value, self.threshold)


@dataclass(frozen=True)
class Verdict:
    state: str
    reason: str


def judge(rule: Rule, points: Sequence[float | None], current: str) -> Verdict:
    """The state after looking at `points`, of which the newest is the last and `None` is a missing one."""
    recent = points[-rule.range:]
    existing = [value for value in recent if value is not None][-rule.periods:]
    breaching = sum(rule.breaches(value) for value in existing)
    filled = rule.periods - len(existing)
    treatment = rule.treatment if filled else "missing"
    if treatment == "breaching":
        breaching += filled
    elif treatment == "ignore" and (not existing or (breaching == len(existing) and breaching < rule.datapoints)):
        return Verdict(current, "")
    elif treatment == "missing" and not existing:
        return Verdict(INSUFFICIENT_DATA, f"Insufficient Data: {rule.periods} datapoints were unknown.")
    elif treatment == "missing" and 0 < breaching == len(existing) and breaching < rule.datapoints:
        if _oldest(recent) < rule.datapoints:
            return Verdict(INSUFFICIENT_DATA, f"Insufficient Data: {filled} datapoints were unknown.")
        return Verdict(ALARM, _reason(rule, existing, breaching, filled, ALARM))
    state = ALARM if breaching >= rule.datapoints else OK
    return Verdict(state, _reason(rule, existing, breaching, filled, state))


def _oldest(recent: Sequence[float | None]) -> int:
    """How many periods ago the oldest data point was, counted from 1."""
    return next(len(recent) - index for index, value in enumerate(recent) if value is not None)


def _reason(rule: Rule, existing: list[float], breaching: int, filled: int, state: str) -> str:
    """In the words that CloudWatch uses."""
    words = OPERATORS[rule.operator][0]
    values = ", ".join(f"{value:.15g}" for value in reversed(existing))
    plural = "s" if filled > 1 else ""
    missing = f" and {filled} missing datapoint{plural} treated as {rule.treatment}" if filled else ""
    wanted = (f"(minimum {rule.datapoints} datapoint{'s' if rule.datapoints > 1 else ''} for OK -> ALARM transition)"
              if state == ALARM else "(minimum 1 datapoint for ALARM -> OK transition)")
    counted = breaching if state == ALARM else rule.periods - breaching
    verb = "were" if counted != 1 else "was"
    negation = "" if state == ALARM else "not "
    return (f"Threshold Crossed: {counted} out of the last {rule.periods} datapoints [{values}]{missing} {verb} "
            f"{negation}{words} the threshold ({rule.threshold:.15g}) {wanted}.")
