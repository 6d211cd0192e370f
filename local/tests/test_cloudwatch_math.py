"""Metric math: the worked examples of CloudWatch's guide, and every expression that the library makes.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import pytest

from localaws.cloudwatch.arithmetic import Request, Series
from localaws.cloudwatch.expressions import MathError

TIMES = [0, 60, 120, 180, 240]


def series(name, values):
    known = {at: float(value) for at, value in zip(TIMES, values, strict=False) if value is not None}
    return Series(known, 60, name, name)


def work_out(expression, expressions=None, **metrics):
    """The values at each time; None where there is none."""
    found = Request({name: series(name, values) for name, values in metrics.items()}, TIMES, expressions or {})
    results = [[one.values.get(at) for at in TIMES] for one in found.work_out(expression)]
    return results[0] if len(results) == 1 else results


def trimmed(values, count):
    return values[:count]


# -- the guide's own ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("expression", "expected"), [
    ("metric1 < metric2", [0, 0, 1, 0]),
    ("metric1 >= 30", [1, 0, 0, 0]),
    ("metric1 > 15 AND metric2 > 15", [1, 0, 0, 0]),
    ("metric1 > 15 && metric2 > 15", [1, 0, 0, 0]),
])
def test_comparisons(expression, expected):
    assert trimmed(work_out(expression, metric1=[30, 20, 0, 0], metric2=[20, None, 20, None]), 4) == expected


@pytest.mark.parametrize(("expression", "expected"), [
    ("IF(metric1, metric2, metric3)", [30, 0, 20, None, None]),
    ("IF(metric1, 5, metric3)", [5, 5, 20, None, None]),
    ("IF(metric1, metric2, 5)", [30, 0, 5, 5, None]),
])
def test_if(expression, expected):
    assert work_out(expression, metric1=[1, 1, 0, 0, None], metric2=[30, None, 0, 0, 30],
                    metric3=[0, 0, 20, None, 20]) == expected


@pytest.mark.parametrize(("expression", "expected"), [
    ("IF(m<400, m)", [300, None]), ("IF(m<400, 10, 2)", [10, 2]), ("IF(1, m)", [300, 500]),
    ("IF(0, m, 2*m)", [600, 1000]),
])
def test_uses_of_if(expression, expected):
    assert trimmed(work_out(expression, m=[300, 500]), 2) == expected


@pytest.mark.parametrize(("expression", "expected"), [
    ("m1 + m2", [3, 2, 30]), ("-m1", [-1, -2, None]), ("-5*m1", [-5, -10, None]), ("5 * m1", [5, 10, None]),
    ("m1 - m2", [-1, 2, -30]), ("m2 / m1", [2, 0, None]), ("m1 / m2", [0.5, None, 0]),  # by zero: dropped
    ("2 ^ m1", [2, 4, None]), ("1 + 2 * m1 ^ 2", [3, 9, None]), ("(1 + 2) * m1", [3, 6, None]),
    ("SUM(100/[m1, m2])", [150, 50, 100 / 30]), ("SUM(METRICS())", [3, 2, 30]), ("SUM(METRICS(\"1\"))", [1, 2, None]),
    ("AVG([m1, m2])", [1.5, 1, 15]), ("MAX([m1, m2])", [2, 2, 30]), ("MIN([m1, m2])", [1, 2, 30]),
    ("m1 - AVG(m1)", [-0.5, 0.5, None]), ("MAX(m1)/m1", [2, 1, None]), ("PERIOD(m1)/60 * m1", [1, 2, None]),
    ("ABS(m1 - m2)", [1, 2, 30]), ("m1/METRIC_COUNT(METRICS())", [0.5, 1, None]), ("CEIL(m1/2)", [1, 1, None]),
    ("FLOOR(m1/2)", [0, 1, None]), ("DIFF(m1)", [None, 1, None]), ("RATE(m1)", [None, 1 / 60, None]),
    ("DIFF_TIME(m2)", [None, None, 120]), ("RUNNING_SUM(m1)", [1, 3, None]), ("FILL(m1, 7)", [1, 2, 7]),
    ("FILL(m1, REPEAT)", [1, 2, 2]), ("FILL(m2, LINEAR)", [2, 16, 30]), ("FILL(m1, m2)", [1, 2, 30]),
    ("FIRST(SORT(METRICS(), SUM, DESC))", [2, None, 30]), ("LAST(METRICS())", [2, None, 30]),
    ("SUM(SLICE(SORT(METRICS(), AVG, ASC), 0, 1))", [1, 2, None]), ("TIME_SERIES(10)", [10, 10, 10]),
    ("DATAPOINT_COUNT(METRICS())", [2, 1, 1]), ("EPOCH(m1)", [0, 60, 120]), ("e1 * 2", [6, 4, 60]),
])
def test_functions(expression, expected):
    found = trimmed(work_out(expression, {"e1": "m1 + m2"}, m1=[1, 2, None], m2=[2, None, 30]), 3)
    assert found == pytest.approx(expected)


def test_an_array_is_several_series():
    def several(expression, **metrics):
        return [trimmed(values, 2) for values in work_out(expression, **metrics)]

    assert several("METRICS()/100", m1=[100, 200], m2=[300, None]) == [[1, 2], [3, None]]
    assert several("REMOVE_EMPTY([m1, m2, m1])", m1=[1, 2], m2=[]) == [[1, 2], [1, 2]]


# -- what the library makes -----------------------------------------------------------------------------------------

def test_the_worst_of_many_nodes_passes_over_those_that_are_gone():
    assert trimmed(work_out("MAX([m1, m2, m3])", m1=[1, 5, None], m2=[3, None, None], m3=[]), 3) == [3, 5, None]


def test_the_share_of_hits():
    expression = "100 * SUM([h1, h2]) / (SUM([h1, h2]) + SUM([s1, s2]))"
    assert trimmed(work_out(expression, h1=[6, 0], h2=[2, 0], s1=[1, 0], s2=[1, 0]), 2) == [80, None]


def test_the_excess_and_the_usage_of_the_worst_node():
    metrics = {"a1": [1, 9], "b1": [4, 1], "a2": [2, 0], "b2": [2, 1]}
    assert trimmed(work_out("MAX([a1 - b1, a2 - b2])", **metrics), 2) == [0, 8]
    assert trimmed(work_out("MAX([100 * a1 / (a1 + b1), 100 * a2 / (a2 + b2)])", **metrics), 2) == [50, 90]


def test_the_fewest_primaries_of_a_shard_count_a_node_that_is_gone():
    expression = "MIN([FILL(m1, 0) + FILL(m2, 0), FILL(m3, 0) + FILL(m4, 0)])"
    found = work_out(expression, m1=[1, 1, None], m2=[0, 0, 0], m3=[0, None, 0], m4=[1, 1, 1])
    assert trimmed(found, 3) == [1, 1, 0]


# -- what is refused ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("expression", "text"), [
    ("SUM(m1)", "single number"), ("m1 +", "unexpected 'end'"), ("m1 ? 2", "unexpected"), ("m9", "no metric"),
    ("NOSUCH(m1)", "NOSUCH is not known"), ("FILL(m1, SOMEHOW)", "REPEAT and LINEAR"),
    ("MAX([m1, 2])", "takes time series"),
    ("e1", "refers to itself"), ("SORT(METRICS(), AVG)", "SORT takes"),
])
def test_what_cloudwatch_refuses(expression, text):
    with pytest.raises(MathError, match=text.replace("(", r"\(")):
        work_out(expression, {"e1": "e1 + m1"}, m1=[1])
