"""The EC2 resource types a VPC of the CDK needs and MiniStack's CloudFormation lacks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ministack.core.responses import new_uuid
from ministack.services import ec2
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
Created = tuple[str, dict[str, Any]]


def _address_create(_logical_id: str, properties: Properties, _stack: str) -> Created:
    known = set(ec2._addresses.keys())
    _accept(ec2._allocate_address({"Domain": str(properties.get("Domain", "vpc"))}), "AWS::EC2::EIP")
    allocation = (set(ec2._addresses.keys()) - known).pop()
    provisioners._ec2_apply_tags(allocation, properties)
    public_ip = ec2._addresses[allocation]["PublicIp"]
    return public_ip, {"AllocationId": allocation, "PublicIp": public_ip}


def _address_delete(physical_id: str, _properties: Properties) -> None:
    for allocation, address in list(ec2._addresses.items()):
        if address["PublicIp"] == physical_id:
            ec2._release_address({"AllocationId": allocation})


def _nat_create(_logical_id: str, properties: Properties, _stack: str) -> Created:
    query = {name: str(value) for name, value in properties.items() if name != "Tags"}
    response = ec2._create_nat_gateway(query)
    _accept(response, "AWS::EC2::NatGateway")
    match = re.search(rb"nat-[0-9a-fA-F]+", response[2])
    assert match, "CreateNatGateway answers with the id of the gateway"
    identifier = match.group().decode()
    provisioners._ec2_apply_tags(identifier, properties)
    return identifier, {"NatGatewayId": identifier}


def _nat_delete(physical_id: str, _properties: Properties) -> None:
    ec2._delete_nat_gateway({"NatGatewayId": physical_id})


class _SecurityGroupRule:
    """AWS::EC2::SecurityGroupIngress and Egress: one rule of a security group, as a resource of its own."""

    def __init__(self, resource_type: str, direction: str) -> None:
        self._type = resource_type
        self._direction = direction

    def handlers(self) -> dict[str, Any]:
        return {"create": self._create, "update": self._update, "delete": self._delete}

    def _rules(self, properties: Properties) -> list[Any] | None:
        group = ec2._security_groups.get(properties.get("GroupId"))
        return None if group is None else group.setdefault(self._direction, [])

    def _create(self, _logical_id: str, properties: Properties, _stack: str) -> Created:
        rules = self._rules(properties)
        if rules is None:
            raise ValueError(f"{self._type}: security group {properties.get('GroupId')} does not exist")
        rules.extend(provisioners._ec2_sg_permissions([properties]))
        identifier = f"sgr-{new_uuid().replace('-', '')[:17]}"
        return identifier, {"Id": identifier}

    def _delete(self, _physical_id: str, properties: Properties) -> None:
        rules = self._rules(properties)
        if rules is not None:
            provisioners._ec2_sg_reconcile(rules, provisioners._ec2_sg_permissions([properties]), [])

    def _update(self, physical_id: str, old: Properties, new: Properties, _stack: str) -> Created:
        self._delete(physical_id, old)
        self._create("", new, "")
        return physical_id, {"Id": physical_id}


def _accept(response: tuple[int, Any, bytes], what: str) -> None:
    if response[0] >= 400:
        raise ValueError(f"{what}: {response[2].decode(errors='replace')[:300]}")


def _updates(create: Callable[..., Created], attributes: Callable[[str], Created]) -> Callable[..., Created]:
    """Tags change in place; any other change makes a new resource, whose new id tells CloudFormation so."""

    def update(physical_id: str, old: Properties, new: Properties, stack: str, logical_id: str) -> Created:
        if {**old, "Tags": None} != {**new, "Tags": None}:
            return create(logical_id, new, stack)
        resource, values = attributes(physical_id)
        provisioners._ec2_apply_tags(resource, new, old)
        return physical_id, values

    return update


def _address_attributes(physical_id: str) -> Created:
    allocation = next(key for key, value in ec2._addresses.items() if value["PublicIp"] == physical_id)
    return allocation, {"AllocationId": allocation, "PublicIp": physical_id}


def _nat_attributes(physical_id: str) -> Created:
    return physical_id, {"NatGatewayId": physical_id}


def _handlers(create: Callable[..., Created], attributes: Callable[[str], Created],
              delete: Callable[[str, Properties], None]) -> dict[str, Any]:
    return {"create": create, "update": _updates(create, attributes), "update_with_logical_id": True,
            "delete": delete}


def install() -> None:
    provisioners._RESOURCE_HANDLERS.update({
        "AWS::EC2::EIP": _handlers(_address_create, _address_attributes, _address_delete),
        "AWS::EC2::NatGateway": _handlers(_nat_create, _nat_attributes, _nat_delete),
        "AWS::EC2::SecurityGroupIngress":
            _SecurityGroupRule("AWS::EC2::SecurityGroupIngress", "IpPermissions").handlers(),
        "AWS::EC2::SecurityGroupEgress":
            _SecurityGroupRule("AWS::EC2::SecurityGroupEgress", "IpPermissionsEgress").handlers(),
    })
