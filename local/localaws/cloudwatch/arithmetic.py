"""Metric math: working an expression out over time series.

Scalars are numbers, a time series is a `Series`, an array of them is a list. See
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import math
import operator
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from localaws.cloudwatch.expressions import Array, Binary, Call, Id, MathError, Node, Number, Text, Unary, Word, parse


@dataclass(frozen=True)
class Series:
    """Values by the time at which their period begins. Periods without a value are missing."""

    values: Mapping[int, float]
    period: int = 60
    label: str = ""
    id: str = ""


Value = float | Series | list[Series]


@dataclass(frozen=True)
class Request:
    """What an expression is worked out over: the series by id, metrics first, and the times of the request."""

    metrics: Mapping[str, Series]
    times: Sequence[int]
    expressions: Mapping[str, str] = field(default_factory=dict)
    period: int = 60

    def value_of(self, name: str, within: tuple[str, ...] = ()) -> Value:
        if name in self.metrics:
            return self.metrics[name]
        if name in within:
            raise MathError(f"expression {name} refers to itself")
        if name in self.expressions:
            return _evaluate(parse(self.expressions[name]), self, (*within, name))
        raise MathError(f"there is no metric and no expression with the id {name}")

    def work_out(self, expression: str) -> list[Series]:
        """One series or several; a scalar is no result of an expression."""
        value = _evaluate(parse(expression), self, ())
        if isinstance(value, list):
            return value
        if isinstance(value, Series):
            return [value]
        raise MathError(f"the result of {expression!r} is a single number; it must be a time series")


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow,
}
_LOGIC: dict[str, Callable[[float, float], float]] = {
    "==": lambda a, b: float(a == b), "!=": lambda a, b: float(a != b), "<": lambda a, b: float(a < b),
    "<=": lambda a, b: float(a <= b), ">": lambda a, b: float(a > b), ">=": lambda a, b: float(a >= b),
    "AND": lambda a, b: float(bool(a) and bool(b)), "OR": lambda a, b: float(bool(a) or bool(b)),
}


def _evaluate(node: Node, request: Request, within: tuple[str, ...]) -> Value:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Id):
        return request.value_of(node.name, within)
    if isinstance(node, Unary):
        return _binary("-", 0.0, _evaluate(node.operand, request, within))
    if isinstance(node, Binary):
        return _binary(node.operator, _evaluate(node.left, request, within), _evaluate(node.right, request, within))
    if isinstance(node, Array):
        found = [_evaluate(item, request, within) for item in node.items]
        return [series for value in found for series in _several(value, "an array")]
    if isinstance(node, Call):
        return _call(node, request, within)
    raise MathError(f"{node.value if isinstance(node, Text) else node.name} cannot stand by itself")


def _binary(sign: str, left: Value, right: Value) -> Value:
    if isinstance(left, list) or isinstance(right, list):
        return [_as_series(_binary(sign, one, other)) for one, other in _paired(left, right)]
    function = _ARITHMETIC.get(sign) or _LOGIC[sign]
    if isinstance(left, float) and isinstance(right, float):
        result = _safe(function, left, right)
        return math.nan if result is None else result
    times = set[int]()
    for side in (left, right):
        times |= set(side.values) if isinstance(side, Series) else set()
    values = {time: _safe(function, _at(left, time), _at(right, time)) for time in sorted(times)}
    return _like(left if isinstance(left, Series) else right, values)


def _paired(left: Value, right: Value) -> list[tuple[Value, Value]]:
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            raise MathError("arrays of different lengths cannot be combined")
        return list(zip(left, right, strict=True))
    return [(one, right) for one in left] if isinstance(left, list) else [(left, other) for other in right]  # type: ignore[union-attr]


def _at(side: Value, time: int) -> float:
    """A missing value counts as 0 in arithmetic and in comparisons."""
    return side.values.get(time, 0.0) if isinstance(side, Series) else float(side)  # type: ignore[arg-type]


def _safe(function: Callable[[float, float], float], left: float, right: float) -> float | None:
    """None where there is no result, as for a division by zero: the data point is dropped."""
    try:
        result = function(left, right)
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    return float(result) if isinstance(result, (int, float)) and math.isfinite(result) else None


def _like(model: Value, values: Mapping[int, float | None]) -> Series:
    kept = {time: value for time, value in values.items() if value is not None}
    return replace(model, values=kept) if isinstance(model, Series) else Series(kept)


def _as_series(value: Value) -> Series:
    if isinstance(value, Series):
        return value
    raise MathError("a time series is needed here")


def _several(value: Value, what: str) -> list[Series]:
    if isinstance(value, list):
        return value
    if isinstance(value, Series):
        return [value]
    raise MathError(f"{what} takes time series, not the number {value:g}")


# -- functions ----------------------------------------------------------------------------------------------------

_AGGREGATES: dict[str, Callable[[Sequence[float]], float]] = {
    "AVG": statistics.fmean, "MAX": max, "MIN": min, "SUM": math.fsum, "STDDEV": statistics.pstdev,
    "DATAPOINT_COUNT": lambda values: float(len(values)),
}
_EACH: dict[str, Callable[[float], float]] = {
    "ABS": abs, "CEIL": math.ceil, "FLOOR": math.floor, "LOG": math.log, "LOG10": math.log10,
}
_DATES: dict[str, Callable[[datetime], float]] = {
    "MINUTE": lambda at: at.minute, "HOUR": lambda at: at.hour, "DAY": lambda at: at.isoweekday(),
    "DATE": lambda at: at.day, "MONTH": lambda at: at.month, "YEAR": lambda at: at.year,
    "EPOCH": lambda at: at.timestamp(),
}


def _call(node: Call, request: Request, within: tuple[str, ...]) -> Value:
    name = node.function
    if name == "METRICS":
        part = node.arguments[0].value if node.arguments and isinstance(node.arguments[0], Text) else ""
        return [series for key, series in request.metrics.items() if part in key]
    if not node.arguments:
        raise MathError(f"{name}() needs arguments")
    first = _evaluate(node.arguments[0], request, within)
    others = node.arguments[1:]
    if name == "IF":
        return _if(first, [_evaluate(other, request, within) for other in others])
    if name == "FILL":
        return _fill(first, others, request, within)
    if name == "SORT":
        return _sort(_several(first, name), others, request, within)
    if name == "SLICE":
        bounds = [int(_number(_evaluate(other, request, within))) for other in others]
        return _several(first, name)[slice(bounds[0], bounds[1] if len(bounds) > 1 else None)]
    if others:
        raise MathError(f"{name} takes one argument")
    return _of_one(name, first, request)


def _of_one(name: str, value: Value, request: Request) -> Value:
    if name in _AGGREGATES:
        return _aggregate(_AGGREGATES[name], value, name)
    if name in _EACH:
        each = _EACH[name]
        return _mapped(value, lambda series: {time: _safe(lambda one, _: each(one), one, 0.0)
                                              for time, one in series.values.items()})
    if name in _DATES:
        series = _as_series(value)
        return _like(series, {time: float(_DATES[name](datetime.fromtimestamp(time, UTC)))
                              for time in request.times})
    if name in ("DIFF", "DIFF_TIME", "RATE", "RUNNING_SUM"):
        return _mapped(value, lambda series: _running(name, series))
    if name == "PERIOD":
        return float(_as_series(value).period)
    if name == "METRIC_COUNT":
        return float(len(_several(value, name)))
    if name == "REMOVE_EMPTY":
        return [series for series in _several(value, name) if series.values]
    if name in ("FIRST", "LAST"):
        found = _several(value, name)
        if not found:
            raise MathError(f"{name} of an empty array")
        return found[0 if name == "FIRST" else -1]
    if name == "TIME_SERIES":
        return Series({time: _number(value) for time in request.times}, request.period)
    raise MathError(f"the function {name} is not known to the local AWS")


def _aggregate(function: Callable[[Sequence[float]], float], value: Value, name: str) -> Value:
    """Of one series a number; of an array a series, over the values there are at each time."""
    if isinstance(value, Series):
        values = list(value.values.values())
        return float(function(values)) if values else math.nan
    found = _several(value, name)
    times = sorted({time for series in found for time in series.values})
    joined: dict[int, float] = {}
    for time in times:
        values = [series.values[time] for series in found if time in series.values]
        if name == "AVG":  # the one that counts a missing value as 0
            values += [0.0] * (len(found) - len(values))
        joined[time] = float(function(values))
    return Series(joined, found[0].period if found else 60)


def _mapped(value: Value, function: Callable[[Series], Mapping[int, float | None]]) -> Value:
    if isinstance(value, list):
        return [_like(series, function(series)) for series in value]
    return _like(_as_series(value), function(_as_series(value)))


def _running(name: str, series: Series) -> dict[int, float | None]:
    ordered = sorted(series.values.items())
    if name == "RUNNING_SUM":
        total = 0.0
        sums: dict[int, float | None] = {}
        for time, value in ordered:
            total += value
            sums[time] = total
        return sums
    changes: dict[int, float | None] = {}
    for (before, old), (time, value) in zip(ordered, ordered[1:], strict=False):
        difference, seconds = value - old, float(time - before)
        changes[time] = {"DIFF": difference, "DIFF_TIME": seconds, "RATE": difference / seconds}[name]
    return changes


def _if(condition: Value, branches: list[Value]) -> Value:
    """Where the condition holds, the first branch, of which a missing value is 0; elsewhere the second, if any."""
    if not 1 <= len(branches) <= 2 or any(isinstance(each, list) for each in (condition, *branches)):
        raise MathError("IF takes a condition and one or two time series or numbers")
    then, otherwise = branches[0], branches[1] if len(branches) > 1 else None
    if isinstance(condition, float):
        chosen = then if condition else otherwise
        return Series({}) if chosen is None else chosen
    values: dict[int, float | None] = {}
    for time, holds in _as_series(condition).values.items():
        if holds:
            values[time] = _at(then, time)
        elif isinstance(otherwise, Series):
            values[time] = otherwise.values.get(time)
        else:
            values[time] = otherwise  # type: ignore[assignment]
    return _like(then if isinstance(then, Series) else condition, values)


def _fill(value: Value, others: tuple[Node, ...], request: Request, within: tuple[str, ...]) -> Value:
    if len(others) != 1:
        raise MathError("FILL takes time series and what to fill them with")
    how = others[0]
    if isinstance(how, Word):
        if how.name not in ("REPEAT", "LINEAR"):
            raise MathError(f"FILL knows REPEAT and LINEAR, not {how.name}")
        return _mapped(value, lambda series: _filled(series, request.times, how.name))
    filler = _evaluate(how, request, within)
    if isinstance(filler, list):
        raise MathError("FILL fills with a number or one time series")
    filled = lambda series: {  # noqa: E731 - one expression, used twice
        time: series.values.get(time, filler.values.get(time) if isinstance(filler, Series) else filler)
        for time in sorted({*request.times, *series.values})}
    return _mapped(value, filled)


def _filled(series: Series, times: Sequence[int], how: str) -> dict[int, float | None]:
    known = sorted(series.values)
    values: dict[int, float | None] = {}
    for time in sorted({*times, *known}):
        before = max((one for one in known if one <= time), default=None)
        after = min((one for one in known if one >= time), default=None)
        if before is None:
            values[time] = None
        elif how == "REPEAT" or before == time:
            values[time] = series.values[before]
        elif after is not None:
            share = (time - before) / (after - before)
            values[time] = series.values[before] + share * (series.values[after] - series.values[before])
    return values


def _sort(found: list[Series], others: tuple[Node, ...], request: Request, within: tuple[str, ...]) -> list[Series]:
    words = [other.name for other in others[:2] if isinstance(other, Word)]
    if len(words) != 2 or words[0] not in ("AVG", "MIN", "MAX", "SUM") or words[1] not in ("ASC", "DESC"):
        raise MathError("SORT takes an array, AVG, MIN, MAX or SUM, and ASC or DESC")
    function = _AGGREGATES[words[0]]
    filled = [series for series in found if series.values]
    ordered = sorted(filled, key=lambda series: function(list(series.values.values())), reverse=words[1] == "DESC")
    ordered += [series for series in found if not series.values]
    return ordered[:int(_number(_evaluate(others[2], request, within)))] if len(others) > 2 else ordered


def _number(value: Value) -> float:
    if isinstance(value, float):
        return value
    raise MathError("a number is needed here")
