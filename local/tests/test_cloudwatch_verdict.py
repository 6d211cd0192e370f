"""The state of an alarm: every row of the tables in CloudWatch's guide, and what they leave open.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from __future__ import annotations

import pytest

from localaws.cloudwatch.verdict import ALARM, INSUFFICIENT_DATA, OK, Rule, judge

KEEP = "keep"
COLUMNS = ("missing", "ignore", "breaching", "notBreaching")
# Three of three; the newest data point is the last.
THREE_OF_THREE = {
    "0 - X - X": (OK, OK, OK, OK),
    "0 - - - -": (OK, OK, OK, OK),
    "- - - - -": (INSUFFICIENT_DATA, KEEP, ALARM, OK),
    "0 X X - X": (ALARM, ALARM, ALARM, ALARM),
    "- - X - -": (ALARM, KEEP, ALARM, OK),
    # from older editions of the page
    "- - - - X": (INSUFFICIENT_DATA, KEEP, ALARM, OK),
    "X - - - -": (ALARM, KEEP, ALARM, OK),
    # from the text below the tables: not before it is old enough
    "- - - X -": (INSUFFICIENT_DATA, KEEP, ALARM, OK),
}
TWO_OF_THREE = {
    "0 - X - X": (ALARM, ALARM, ALARM, ALARM),
    "0 0 X 0 X": (ALARM, ALARM, ALARM, ALARM),
    "0 - X - -": (OK, OK, ALARM, OK),
    "- - - - 0": (OK, OK, ALARM, OK),
    "- - - X -": (ALARM, KEEP, ALARM, OK),
    "- - - - X": (INSUFFICIENT_DATA, KEEP, ALARM, OK),
    # enough of them breach: nothing has to be filled in to know
    "- - - X X": (ALARM, ALARM, ALARM, ALARM),
}
CASES = [(datapoints, points, treatment, state)
         for datapoints, table in ((3, THREE_OF_THREE), (2, TWO_OF_THREE))
         for points, states in table.items() for treatment, state in zip(COLUMNS, states, strict=True)]
VALUES = {"0": 0.0, "X": 5.0, "-": None}


@pytest.mark.parametrize(("datapoints", "points", "treatment", "state"), CASES)
@pytest.mark.parametrize("current", [OK, ALARM, INSUFFICIENT_DATA])
def test_the_tables_of_the_guide(datapoints, points, treatment, state, current):
    rule = Rule("GreaterThanThreshold", 3, periods=3, datapoints=datapoints, treatment=treatment)
    assert judge(rule, [VALUES[point] for point in points.split()], current).state == (
        current if state == KEEP else state)


def test_the_range_is_five_for_three():
    rule = Rule("GreaterThanThreshold", 3, 3, 3, "breaching")
    assert rule.range == 5
    # the one good data point is not among the five newest any more
    assert judge(rule, [0.0, None, None, None, None, None], OK).state == ALARM


def test_the_figure_of_the_guide():
    """Threshold 3, three of three: over it from the third to the fifth period, below in the sixth, once more later."""
    values = [2, 2, 4, 4, 5, 1, 2, 2, 4, 2]
    rule = Rule("GreaterThanThreshold", 3, 3, 3)
    states = [judge(rule, [None] * 5 + values[:end], OK).state for end in range(3, len(values) + 1)]
    assert states == [OK, OK, ALARM, OK, OK, OK, OK, OK]


@pytest.mark.parametrize(("operator", "breaching"), [
    ("GreaterThanThreshold", [4]), ("GreaterThanOrEqualToThreshold", [3, 4]),
    ("LessThanThreshold", [2]), ("LessThanOrEqualToThreshold", [2, 3]),
])
def test_each_operator_at_its_border(operator, breaching):
    rule = Rule(operator, 3, 1, 1)
    assert [value for value in (2, 3, 4) if judge(rule, [value], OK).state == ALARM] == breaching


def test_the_reason_says_what_was_seen():
    rule = Rule("GreaterThanThreshold", 1, 2, 2)
    assert judge(rule, [7.0, 8.5], OK).reason == (
        "Threshold Crossed: 2 out of the last 2 datapoints [8.5, 7] were greater than the threshold (1) "
        "(minimum 2 datapoints for OK -> ALARM transition).")
    filled = judge(Rule("LessThanThreshold", 1, 1, 1, "breaching"), [None], OK)
    assert "1 missing datapoint treated as breaching" in filled.reason
