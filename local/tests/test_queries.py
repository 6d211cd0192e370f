"""Saved queries of Logs Insights: records with CloudFormation's limits."""

from __future__ import annotations

import pytest


def query(name="cache/slow", text="fields @message", kind="AWS::Logs::QueryDefinition"):
    return {"Query": {"Type": kind, "Properties": {"Name": name, "QueryString": text}}}


OUTPUTS = {"Id": {"Fn::GetAtt": ["Query", "QueryDefinitionId"]}, "Reference": {"Ref": "Query"}}


def test_a_saved_query_has_an_id_that_changes_do_not_touch(deploy):
    made = deploy("queries", query(), OUTPUTS)
    assert made["StackStatus"] == "CREATE_COMPLETE", made["Reasons"]
    assert made["Values"]["Id"] == made["Values"]["Reference"] != ""
    changed = deploy("queries", query(text="fields @timestamp"), OUTPUTS)
    assert changed["StackStatus"] == "UPDATE_COMPLETE", changed["Reasons"]
    assert changed["Values"] == made["Values"]


@pytest.mark.parametrize(("name", "text"), [("n" * 255, "q"), ("n", "q" * 10_000)])
def test_the_longest_that_may_be(deploy, name, text):
    stack = deploy("long-query", query(name, text))
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack["Reasons"]


@pytest.mark.parametrize(("name", "text", "words"), [
    ("n" * 256, "q", "Name has 256 characters, and may have 1 to 255"),
    ("", "q", "Name has 0 characters"),
    ("n", "q" * 10_001, "QueryString has 10001 characters, and may have 1 to 10000"),
    ("n", "", "QueryString has 0 characters"),
])
def test_what_is_too_long_or_empty_fails_by_name(deploy, name, text, words):
    stack = deploy("bad-query", query(name, text))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert words in stack["Reasons"]


def test_a_change_that_is_too_long_fails_and_keeps_the_query(deploy):
    made = deploy("kept-query", query(), OUTPUTS)
    failed = deploy("kept-query", query(name="n" * 256), OUTPUTS)
    assert failed["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "Name has 256 characters" in failed["Reasons"]
    assert failed["Values"] == made["Values"]
