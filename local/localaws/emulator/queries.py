"""AWS::Logs::QueryDefinition: a saved query is kept as a record. Nobody runs it: no logs are delivered here."""

from __future__ import annotations

from typing import Any

from ministack.core.responses import new_uuid
from ministack.services.cloudformation import provisioners

TYPE = "AWS::Logs::QueryDefinition"
Properties = dict[str, Any]
Created = tuple[str, dict[str, Any]]


def _check(properties: Properties) -> None:
    for name, most in (("Name", 255), ("QueryString", 10_000)):
        length = len(str(properties.get(name) or ""))
        if not 1 <= length <= most:
            raise ValueError(f"{TYPE}: {name} has {length} characters, and may have 1 to {most}")


def _create(_logical_id: str, properties: Properties, _stack: str) -> Created:
    _check(properties)
    identifier = new_uuid()
    return identifier, {"QueryDefinitionId": identifier}


def _update(physical_id: str, _old: Properties, new: Properties, _stack: str, _logical_id: str) -> Created:
    _check(new)
    return physical_id, {"QueryDefinitionId": physical_id}


def _delete(_physical_id: str, _properties: Properties) -> None:
    """The record is CloudFormation's own."""


def install() -> None:
    provisioners._RESOURCE_HANDLERS[TYPE] = {
        "create": _create, "update": _update, "update_with_logical_id": True, "delete": _delete,
    }
