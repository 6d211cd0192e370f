"""Alarms on metric math: described as they were made. Nothing publishes metrics here, so none is ever evaluated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
Record = dict[str, Any]

# What an alarm on one metric has and an alarm on metric math has not.
_OF_ONE_METRIC = ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Dimensions", "Unit")


def _with_metric_math(record_of: Callable[[str, Properties], Record]) -> Callable[[str, Properties], Record]:
    def extended(name: str, properties: Properties) -> Record:
        metrics = properties.get("Metrics")
        if not metrics:
            return record_of(name, properties)
        forbidden = [key for key in _OF_ONE_METRIC if key in properties]
        if forbidden:
            raise ValueError(
                f"AWS::CloudWatch::Alarm {name}: Metrics cannot be given together with {', '.join(forbidden)}")
        returned = [metric for metric in metrics if metric.get("ReturnData", True) is True]
        if len(returned) != 1:
            raise ValueError(
                f"AWS::CloudWatch::Alarm {name}: exactly one of Metrics must return data, got: {len(returned)}")
        single = {key: value for key, value in properties.items() if key != "Metrics"}
        record = record_of(name, {**single, "MetricName": "-", "Namespace": "-"})
        return {**{key: value for key, value in record.items() if key not in _OF_ONE_METRIC}, "Metrics": metrics}

    return extended


def install() -> None:
    provisioners._cw_metric_alarm_record = _with_metric_math(provisioners._cw_metric_alarm_record)
