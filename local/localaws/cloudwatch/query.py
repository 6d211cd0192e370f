"""Metric data queries, as alarms and GetMetricData have them: metrics with a statistic, and expressions over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from localaws.cloudwatch.arithmetic import Request, Series
from localaws.cloudwatch.expressions import MathError

Entry = Mapping[str, Any]
# Namespace, name, dimensions, statistic, unit, period, and the times at which the periods begin.
Fetch = Callable[[str, str, dict[str, str], str, str | None, int, list[int]], dict[int, float]]


def period_of(entries: Iterable[Entry]) -> int:
    """The period of the result: that of the metrics, the longest when they differ."""
    periods = [int(entry["MetricStat"].get("Period") or 60) if "MetricStat" in entry else int(entry.get("Period") or 0)
               for entry in entries]
    return max([*periods, 0]) or 60


def times_until(end: float, period: int, count: int) -> list[int]:
    """The beginnings of the last `count` periods that are over at `end`."""
    return [int(end) - period * number for number in range(count, 0, -1)]


def times_between(start: float, end: float, period: int) -> list[int]:
    """The beginnings of all periods of GetMetricData: they begin at multiples of their length."""
    first = int(start) // period * period
    return list(range(first, int(end) + (0 if end == int(end) else 1), period))


def results_of(entries: Iterable[Entry], times_of: Callable[[int], list[int]], fetch: Fetch) -> dict[str, list[Series]]:
    """What each entry that returns data comes to: one series, or several for an array."""
    entries = list(entries)
    metrics: dict[str, Series] = {}
    expressions: dict[str, str] = {}
    for entry in entries:
        name = str(entry["Id"])
        if entry.get("Expression"):
            expressions[name] = str(entry["Expression"])
            continue
        stat = entry["MetricStat"]
        metric = stat["Metric"]
        period = int(stat.get("Period") or 60)
        dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions") or ()}
        values = fetch(metric["Namespace"], metric["MetricName"], dimensions, stat.get("Stat") or "Average",
                       stat.get("Unit"), period, times_of(period))
        metrics[name] = Series(values, period, str(entry.get("Label") or metric["MetricName"]), name)
    period = period_of(entries)
    request = Request(metrics, times_of(period), expressions, period)
    results: dict[str, list[Series]] = {}
    for entry in entries:
        name = str(entry["Id"])
        if entry.get("ReturnData", True) not in (True, "true"):
            continue
        if name in metrics:
            results[name] = [metrics[name]]
            continue
        if expressions[name].lstrip().upper().startswith("SELECT"):
            raise MathError("queries of Metrics Insights are not modelled by the local AWS")
        found = request.work_out(expressions[name])
        label = str(entry.get("Label") or name)
        results[name] = [replace(series, id=name, label=label if len(found) == 1 else f"{label} {series.label}".strip())
                         for series in found]
    return results
