"""Alarms: those on metric math too, composite ones, their evaluation, and who hears of a change.

MiniStack's own evaluation looks at no dimensions and no metric math, so ours takes its place. Its reading of the
rules of composite alarms stays.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id, get_region, new_uuid, request_scope
from ministack.services import cloudwatch as service
from ministack.services import sns
from ministack.services.cloudformation import provisioners

from localaws.cloudwatch.expressions import MathError
from localaws.cloudwatch.query import period_of, results_of, times_until
from localaws.cloudwatch.verdict import OPERATORS, TREATMENTS, Rule, judge
from localaws.emulator import metrics

logger = logging.getLogger("localaws")
Properties = dict[str, Any]
Record = dict[str, Any]

COMPOSITE = "AWS::CloudWatch::CompositeAlarm"
# What an alarm on one metric has and an alarm on metric math has not.
_OF_ONE_METRIC = ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Dimensions", "Unit")
_MOST_METRICS = 10
_ACTIONS = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}
# Of a composite alarm: nothing here holds its actions back.
_SUPPRESSOR = "ActionsSuppressor"


# -- what an alarm may be -----------------------------------------------------------------------------------------

def _with_metric_math(record_of: Callable[[str, Properties], Record]) -> Callable[[str, Properties], Record]:
    def extended(name: str, properties: Properties) -> Record:
        entries = properties.get("Metrics")
        if not entries:
            return _checked(record_of(name, properties))
        forbidden = [key for key in _OF_ONE_METRIC if key in properties]
        if forbidden:
            raise ValueError(
                f"AWS::CloudWatch::Alarm {name}: Metrics cannot be given together with {', '.join(forbidden)}")
        single = {key: value for key, value in properties.items() if key != "Metrics"}
        record = record_of(name, {**single, "MetricName": "-", "Namespace": "-"})
        return _checked({**{key: value for key, value in record.items() if key not in _OF_ONE_METRIC},
                         "Metrics": entries})

    return extended


def _checked(record: Record) -> Record:
    """Refuses what CloudWatch refuses, and what could not be evaluated."""
    name = f"AWS::CloudWatch::Alarm {record['AlarmName']}"
    entries = record.get("Metrics") or []
    returned = [entry for entry in entries if entry.get("ReturnData", True) in (True, "true")]
    if entries and len(returned) != 1:
        raise ValueError(f"{name}: exactly one of Metrics must return data, got: {len(returned)}")
    if sum("MetricStat" in entry for entry in entries) > _MOST_METRICS:
        raise ValueError(f"{name}: an alarm on metric math can have at most {_MOST_METRICS} metrics")
    if len({int(entry["MetricStat"].get("Period") or 60) for entry in entries if "MetricStat" in entry}) > 1:
        raise ValueError(f"{name}: all metrics must have the same period")
    if record["ComparisonOperator"] not in OPERATORS:
        raise ValueError(f"{name}: ComparisonOperator {record['ComparisonOperator']} is not modelled by the local AWS")
    if record.get("TreatMissingData", "missing") not in TREATMENTS:
        raise ValueError(f"{name}: TreatMissingData must be one of {', '.join(TREATMENTS)}")
    try:
        _series_of(record, 0.0, 1)
    except (MathError, KeyError) as problem:
        raise ValueError(f"{name}: {problem}") from None
    return record


def _put_metric_alarm(params: Properties, given: Properties, is_cbor: bool, is_json: bool = False) -> Any:
    body = given if is_cbor or is_json else metrics._from_form(params)
    if not body.get("Metrics"):
        return _original_put(params, given, is_cbor, is_json)
    try:
        record = provisioners._cw_metric_alarm_record(body["AlarmName"], body)
    except ValueError as problem:
        return service._error("ValidationError", str(problem), 400, use_json=is_json, use_cbor=is_cbor)
    service.cloudformation_put_metric_alarm(record)
    return service._cbor_ok({}) if is_cbor else service._json_ok({}) if is_json else \
        service._xml(200, "PutMetricAlarmResponse", "")


_original_put = service._put_metric_alarm


# -- evaluation ---------------------------------------------------------------------------------------------------

def _entries(alarm: Record) -> list[Any]:
    if alarm.get("Metrics"):
        return list(alarm["Metrics"])
    metric = {"Namespace": alarm["Namespace"], "MetricName": alarm["MetricName"],
              "Dimensions": alarm.get("Dimensions") or []}
    return [{"Id": "m1", "MetricStat": {
        "Metric": metric, "Stat": alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average",
        "Period": alarm.get("Period") or 60, "Unit": alarm.get("Unit")}}]


def _series_of(alarm: Record, end: float, count: int) -> list[float | None]:
    entries = _entries(alarm)
    period = period_of(entries)
    found = results_of(entries, lambda each: times_until(end, each, count), metrics.fetch)
    several = next(iter(found.values()))
    if len(several) != 1:
        raise MathError("an alarm watches one time series; the expression returns several")
    return [several[0].values.get(at) for at in times_until(end, period, count)]


def rule_of(alarm: Record) -> Rule:
    periods = int(alarm["EvaluationPeriods"])
    return Rule(alarm["ComparisonOperator"], float(alarm["Threshold"]), periods,
                int(alarm.get("DatapointsToAlarm") or periods), alarm.get("TreatMissingData") or "missing")


def evaluate_all(end: float) -> None:
    """Evaluates every alarm of every account and region over what was published before `end`."""
    for account, region in {key[:2] for key in list(service._alarms._data)}:
        with request_scope(account, region):
            for alarm in list(service._alarms.values()):
                try:
                    evaluate(alarm, end)
                except Exception:
                    logger.exception("could not evaluate the alarm %s", alarm["AlarmName"])


def evaluate(alarm: Record, end: float) -> None:
    rule = rule_of(alarm)
    verdict = judge(rule, _series_of(alarm, end, rule.range), alarm["StateValue"])
    old = alarm["StateValue"]
    if verdict.state == old:
        if verdict.reason:
            alarm["StateReason"] = verdict.reason
        return
    now = int(end)
    alarm.update(StateValue=verdict.state, StateReason=verdict.reason, StateUpdatedTimestamp=now,
                 StateTransitionedTimestamp=now)
    service._record_history(alarm["AlarmName"], old, verdict.state, verdict.reason)
    service._dispatch_alarm_actions(alarm, old, verdict.state, verdict.reason)
    service._evaluate_parent_alarms(alarm)


# -- who hears of it ----------------------------------------------------------------------------------------------

def _dispatch(alarm: Record, old: str, new: str, reason: str) -> None:
    """Tells the topics, in the form that CloudWatch has."""
    if not alarm.get("ActionsEnabled", True):
        return
    message = json.dumps(_message(alarm, old, new, reason))
    subject = f'{new}: "{alarm["AlarmName"]}" in {get_region()}'[:100]
    for action in alarm.get(_ACTIONS[new]) or []:
        if service._is_sns_action_arn(action):
            try:
                sns._fanout(action, new_uuid(), message, subject)
            except Exception:
                logger.exception("could not tell %s of the alarm %s", action, alarm["AlarmName"])


def _message(alarm: Record, old: str, new: str, reason: str) -> Record:
    message = {
        "AlarmName": alarm["AlarmName"], "AlarmDescription": alarm.get("AlarmDescription") or None,
        "AWSAccountId": get_account_id(), "NewStateValue": new, "NewStateReason": reason,
        "StateChangeTime": service._ts_iso(alarm["StateUpdatedTimestamp"]), "Region": get_region(),
        "AlarmArn": alarm["AlarmArn"], "OldStateValue": old,
        **{name: alarm.get(name) or [] for name in ("OKActions", "AlarmActions", "InsufficientDataActions")},
    }
    if "AlarmRule" in alarm:
        return {**message, "AlarmRule": alarm["AlarmRule"]}
    trigger = {name: alarm.get(name) for name in ("EvaluationPeriods", "DatapointsToAlarm", "ComparisonOperator",
                                                  "Threshold", "TreatMissingData") if alarm.get(name) is not None}
    if alarm.get("Metrics"):
        trigger["Metrics"] = alarm["Metrics"]
    else:
        trigger |= {name: alarm.get(name) for name in ("MetricName", "Namespace", "Unit", "Period")}
        trigger |= {"StatisticType": "Statistic", "Statistic": str(alarm.get("Statistic") or "Average").upper()} \
            if not alarm.get("ExtendedStatistic") else \
            {"StatisticType": "ExtendedStatistic", "ExtendedStatistic": alarm["ExtendedStatistic"]}
        trigger["Dimensions"] = [{"value": each["Value"], "name": each["Name"]}
                                 for each in alarm.get("Dimensions") or []]
    return {**message, "Trigger": trigger}


# -- composite alarms in templates --------------------------------------------------------------------------------

def _composite_put(name: str, properties: Properties) -> tuple[str, Properties]:
    if properties.get(_SUPPRESSOR):
        raise ValueError(f"{COMPOSITE} {name}: {_SUPPRESSOR} is not modelled by the local AWS")
    enabled = str(properties.get("ActionsEnabled", True)).lower() != "false"
    status, _, body = service._put_composite_alarm({}, {**properties, "AlarmName": name, "ActionsEnabled": enabled,
                                                        "Tags": properties.get("Tags") or []}, False, True)
    if status >= 400:
        raise ValueError(f"{COMPOSITE} {name}: {json.loads(body).get('message', body.decode())}")
    return name, {"Arn": service._composite_alarms[name]["AlarmArn"]}


def _composite_create(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
    return _composite_put(properties.get("AlarmName") or provisioners._physical_name(stack, logical_id, max_len=255),
                          properties)


def _composite_update(physical_id: str, old: Properties, new: Properties, stack: str,
                      logical_id: str | None = None) -> tuple[str, Properties]:
    if old.get("AlarmName") != new.get("AlarmName"):
        created = _composite_create(logical_id or physical_id, new, stack)
        _composite_delete(physical_id, old)
        return created
    return _composite_put(physical_id, new)


def _composite_delete(physical_id: str, _properties: Properties) -> None:
    service._composite_alarms.pop(physical_id, None)


def install() -> None:
    provisioners._cw_metric_alarm_record = _with_metric_math(provisioners._cw_metric_alarm_record)
    provisioners._RESOURCE_HANDLERS[COMPOSITE] = {
        "create": _composite_create, "update": _composite_update, "update_with_logical_id": True,
        "delete": _composite_delete}
    service._evaluate_alarm = lambda _alarm: None  # once a minute is when alarms are evaluated
    service._evaluate_all_alarms = lambda: None
    service._put_metric_alarm = _put_metric_alarm
    service._dispatch_alarm_actions = _dispatch
