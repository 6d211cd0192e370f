"""CloudWatch's metrics: what the nodes publish goes into MiniStack's store, and GetMetricData knows metric math."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

from ministack.core.responses import request_scope
from ministack.services import cloudwatch as service

from localaws.cloudwatch.arithmetic import Series
from localaws.cloudwatch.clock import MINUTE, Clock
from localaws.cloudwatch.expressions import MathError
from localaws.cloudwatch.publisher import Datum, Publisher
from localaws.cloudwatch.query import period_of, results_of, times_between
from localaws.emulator import queues

logger = logging.getLogger("localaws")
Query = dict[str, Any]
_PAUSE_AFTER_FAILURE = 1.0


class _Time:
    """Stands for the module `time` in MiniStack's CloudWatch, so that all of it goes by our clock."""

    def __init__(self, clock: Clock) -> None:
        self.time = clock.now

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


def fetch(namespace: str, name: str, dimensions: dict[str, str], statistic: str, unit: str | None, period: int,
          times: list[int]) -> dict[int, float]:
    """The values of one metric, of exactly these dimensions, in the account and region of the moment."""
    points = service._metrics.get((namespace, name, service._dims_key(dimensions))) or []
    if unit:
        points = [point for point in points if point.get("Unit") == unit]
    buckets: dict[int, list[Any]] = {}
    for point in points:
        place = int(point["Timestamp"] - times[0]) // period if times else -1
        if 0 <= place < len(times):
            buckets.setdefault(times[place], []).append(point)
    values: dict[int, float] = {}
    for begin, found in sorted(buckets.items()):
        computed = service._calc_stats(found)
        if statistic not in computed and not service._is_percentile_stat(statistic):
            raise MathError(f"the statistic {statistic} is not known to the local AWS")
        value = service._stat_value(computed, statistic, found)
        if value is not None:
            values[begin] = float(value)
    return values


def store(data: Iterable[Datum], minute: int) -> None:
    for datum in data:
        with request_scope(datum.account, datum.region):
            service._store_datum(datum.namespace, datum.name, dict(datum.dimensions), minute, datum.unit, datum.value,
                                 None, None, None)


def _get_metric_data(params: Query, given: Query, is_cbor: bool, is_json: bool = False) -> Any:
    body = given if is_cbor or is_json else _from_form(params)
    entries = body.get("MetricDataQueries") or []
    start, end = service._parse_ts(body.get("StartTime")) or 0.0, service._parse_ts(body.get("EndTime"))
    start, end = _narrowed(start, service.time.time() if end is None else end, period_of(entries))
    try:
        found = results_of(entries, lambda period: times_between(start, end, period), fetch)
    except (MathError, KeyError) as problem:
        return service._error("ValidationError", str(problem), 400, use_json=is_json, use_cbor=is_cbor)
    forwards = body.get("ScanBy") == "TimestampAscending"
    results = [_result(series, forwards) for several in found.values() for series in several]
    if is_cbor:
        return service._cbor_ok({"MetricDataResults": [service._cbor_metric_data_result(one) for one in results]})
    if is_json:
        return service._json_ok({"MetricDataResults": results})
    members = "".join(
        f"<member><Id>{escape(one['Id'])}</Id><Label>{escape(one['Label'])}</Label><StatusCode>Complete</StatusCode>"
        f"<Timestamps>{''.join(f'<member>{at}</member>' for at in one['Timestamps'])}</Timestamps>"
        f"<Values>{''.join(f'<member>{value}</member>' for value in one['Values'])}</Values></member>"
        for one in results)
    return service._xml(200, "GetMetricDataResponse", "<GetMetricDataResult><MetricDataResults>"
                        f"{members}</MetricDataResults></GetMetricDataResult>")


def _narrowed(start: float, end: float, period: int) -> tuple[float, float]:
    """The part of a request in which anything can have been published."""
    oldest = min((points[0]["Timestamp"] for points in service._metrics.values() if points), default=end)
    newest = max((points[-1]["Timestamp"] for points in service._metrics.values() if points), default=start)
    return max(start, oldest - oldest % period), min(end, newest + 1)


def _result(series: Series, forwards: bool) -> dict[str, Any]:
    times = sorted(series.values, reverse=not forwards)
    return {"Id": series.id, "Label": series.label, "StatusCode": "Complete",
            "Timestamps": [service._ts_iso(at) for at in times], "Values": [series.values[at] for at in times]}


def _from_form(params: Query) -> Query:
    """A request in the older protocol: one flat form."""
    tree: Query = {}
    for key in params:
        parts, place = str(key).split("."), tree
        for part in parts[:-1]:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                break
        else:
            place[parts[-1]] = service._p(params, key)
    return _listed(tree)


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if set(value) == {"member"}:
        return [_listed(value["member"][number]) for number in sorted(value["member"], key=int)]
    return {key: _listed(each) for key, each in value.items()}


async def keep_minutes(clock: Clock, publisher: Publisher, evaluate: Callable[[float], None]) -> None:
    """Publishes and evaluates once a minute, for as long as the process lives."""
    while True:
        await asyncio.sleep(clock.wait())
        try:
            data = await asyncio.to_thread(publisher.collect)
            minute = clock.turn()
            store(data, minute)
            queues.publish(minute)
            evaluate(minute + MINUTE)
        except Exception:
            logger.exception("a minute of CloudWatch failed")
            await asyncio.sleep(_PAUSE_AFTER_FAILURE)


def install(clock: Clock) -> None:
    service.time = _Time(clock)
    service._get_metric_data = _get_metric_data
