"""Alarms in templates: kept as they were made, and refused where CloudWatch would."""

from __future__ import annotations

import pytest


def metric(name, **more):
    return {"Id": name, "MetricStat": {"Stat": "Maximum", "Period": 60, "Metric": {
        "Namespace": "AWS/ElastiCache", "MetricName": "Evictions",
        "Dimensions": [{"Name": "CacheClusterId", "Value": f"group-00{name[-1]}"}]}}, **more}


def math_of(expression, metrics=2):
    return [{"Id": "worst", "Expression": expression, "ReturnData": True},
            *(metric(f"m{number}", ReturnData=False) for number in range(1, metrics + 1))]


MATH = math_of("MAX([m1, m2])")


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
    ({"Metrics": math_of("MAX([m1, m9])")}, "no metric and no expression with the id m9"),
    ({"Metrics": math_of("MAX(m1)")}, "must be a time series"),
    ({"Metrics": math_of("METRICS()")}, "watches one time series"),
    ({"Metrics": math_of("SUM(METRICS())", 11)}, "at most 10 metrics"),
    ({"Metrics": MATH, "TreatMissingData": "guess"}, "TreatMissingData must be one of"),
    ({"Metrics": MATH, "ComparisonOperator": "GreaterThanUpperThreshold"}, "not modelled"),
])
def test_an_alarm_cloudwatch_would_refuse_fails(deploy, properties, text):
    stack = deploy("bad-alarm", alarm(**properties))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and text in stack["Reasons"]


def composite(rule, **properties):
    return {"Type": "AWS::CloudWatch::CompositeAlarm",
            "Properties": {"AlarmName": "any", "AlarmRule": rule, **properties}}


def described(instance):
    watch = instance.client("cloudwatch")
    return watch.describe_alarms(AlarmNames=["any"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]


def test_a_composite_alarm_follows_the_rule_of_its_template(instance, deploy):
    watch = instance.client("cloudwatch")
    single = alarm(Metrics=MATH)
    # CloudFormation orders the two by the reference, as CDK writes it.
    rule = {"Fn::Sub": "ALARM(${Alarm}) AND NOT INSUFFICIENT_DATA(${Alarm})"}
    stack = deploy("composite", {**single, "Any": composite(rule)}, {"Arn": {"Fn::GetAtt": ["Any", "Arn"]}})
    assert stack["StackStatus"] == "CREATE_COMPLETE" and stack["Values"]["Arn"].endswith(":alarm:any")
    assert described(instance)[0]["StateValue"] == "OK"
    watch.set_alarm_state(AlarmName="worst", StateValue="ALARM", StateReason="a test")
    assert described(instance)[0]["StateValue"] == "ALARM"
    changed = deploy("composite", {**single, "Any": composite({"Fn::Sub": "OK(${Alarm})"})})
    assert changed["StackStatus"] == "UPDATE_COMPLETE"
    assert described(instance)[0]["StateValue"] == "OK"
    assert deploy("composite", single)["StackStatus"] == "UPDATE_COMPLETE"
    assert described(instance) == []


def test_a_composite_alarm_with_a_bad_rule_fails(deploy):
    stack = deploy("bad-composite", {"Any": composite("ALARM(nobody) XOR OK(nobody)")})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and "Unsupported token" in stack["Reasons"]
