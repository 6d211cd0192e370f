"""Alarms are stored and described; nothing evaluates them."""

from __future__ import annotations

import pytest


def metric(name, **more):
    return {"Id": name, "MetricStat": {"Stat": "Maximum", "Period": 60, "Metric": {
        "Namespace": "AWS/ElastiCache", "MetricName": "Evictions",
        "Dimensions": [{"Name": "CacheClusterId", "Value": f"group-00{name[-1]}"}]}}, **more}


MATH = [{"Id": "worst", "Expression": "MAX([m1, m2])", "ReturnData": True},
        metric("m1", ReturnData=False), metric("m2", ReturnData=False)]


def alarm(**properties):
    return {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {
        "AlarmName": "worst", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 3, "Threshold": 1,
        **properties}}}


def test_an_alarm_on_metric_math_is_described_as_it_was_made(instance, deploy):
    assert deploy("alarm", alarm(Metrics=MATH))["StackStatus"] == "CREATE_COMPLETE"
    described = instance.client("cloudwatch").describe_alarms(AlarmNames=["worst"])["MetricAlarms"][0]
    assert [entry.get("Expression") for entry in described["Metrics"]] == ["MAX([m1, m2])", None, None]
    assert "MetricName" not in described and described["Threshold"] == 1


@pytest.mark.parametrize(("properties", "text"), [
    ({"Metrics": MATH, "MetricName": "Evictions"}, "cannot be given together with MetricName"),
    ({"Metrics": MATH[1:]}, "exactly one of Metrics must return data"),
])
def test_an_alarm_cloudwatch_would_refuse_fails(deploy, properties, text):
    stack = deploy("bad-alarm", alarm(**properties))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and text in stack["Reasons"]
