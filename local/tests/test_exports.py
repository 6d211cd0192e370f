"""An export that another stack imports can be neither deleted nor changed."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError
from conftest import eventually, status


def template(value="one", export=True, imports=None):
    """A stack of one topic, which tells a value or takes another's."""
    outputs = {"Told": {"Value": value, **({"Export": {"Name": "told"}} if export else {})}}
    name = {"Fn::ImportValue": imports} if imports else value
    return json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": name}}},
                       "Outputs": {} if imports else outputs})


@pytest.fixture
def formation(instance):
    client = instance.client("cloudformation")
    yield client
    for name in ("importer", "exporter"):
        client.delete_stack(StackName=name)
        assert eventually(lambda name=name: gone(client, name), 20)


def gone(client, name):
    try:
        return client.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"] == "DELETE_COMPLETE"
    except ClientError:
        return True


def settle(client, name):
    assert eventually(lambda: not status(client, name)["StackStatus"].endswith("IN_PROGRESS"), 20)
    return status(client, name)


def create(client, name, body):
    client.create_stack(StackName=name, TemplateBody=body)
    return settle(client, name)["StackStatus"]


def update(client, body):
    client.update_stack(StackName="exporter", TemplateBody=body)
    return settle(client, "exporter")


def test_an_export_in_use_stays_as_it_is(formation):
    assert create(formation, "exporter", template()) == "CREATE_COMPLETE"
    assert create(formation, "importer", template(imports="told")) == "CREATE_COMPLETE"

    gone_export = update(formation, template(export=False))
    assert gone_export["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "Export told cannot be deleted as it is in use by importer" in gone_export["Reasons"]
    changed = update(formation, template("two"))
    assert changed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "Export told cannot be updated as it is in use by importer" in changed["Reasons"]
    assert [export["Value"] for export in formation.list_exports()["Exports"] if export["Name"] == "told"] == ["one"]
    with pytest.raises(ClientError, match="told is imported by stack importer"):
        formation.delete_stack(StackName="exporter")

    formation.delete_stack(StackName="importer")
    assert eventually(lambda: gone(formation, "importer"), 20)
    assert update(formation, template("two"))["StackStatus"] == "UPDATE_COMPLETE"
    assert update(formation, template(export=False))["StackStatus"] == "UPDATE_COMPLETE"
    # what is exported no more cannot be imported
    assert create(formation, "importer", template(imports="told")) == "ROLLBACK_COMPLETE"


def test_what_nobody_imports_may_change(formation):
    assert create(formation, "exporter", template()) == "CREATE_COMPLETE"
    assert update(formation, template("two"))["StackStatus"] == "UPDATE_COMPLETE"
    assert update(formation, template("two", export=False))["StackStatus"] == "UPDATE_COMPLETE"


def test_a_change_set_of_outputs_alone_is_no_empty_one(formation):
    def change(body):
        formation.create_change_set(StackName="exporter", ChangeSetName="outputs", TemplateBody=body)
        return formation.describe_change_set(StackName="exporter", ChangeSetName="outputs")

    def body(told, name="one"):
        outputs = {"Told": {"Value": told, "Export": {"Name": "told"}}}
        return json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": name}}},
                           "Outputs": outputs})

    assert create(formation, "exporter", body("one")) == "CREATE_COMPLETE"
    same = change(body("one"))
    assert (same["Status"], same["Changes"]) == ("FAILED", [])
    formation.delete_change_set(StackName="exporter", ChangeSetName="outputs")
    outputs = change(body("two"))
    assert (outputs["Status"], outputs["ExecutionStatus"], outputs["Changes"]) == ("CREATE_COMPLETE", "AVAILABLE", [])
    formation.execute_change_set(StackName="exporter", ChangeSetName="outputs")
    assert settle(formation, "exporter")["Values"] == {"Told": "two"}
