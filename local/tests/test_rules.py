"""Access rules, parameters, slots, replies: what needs no engine."""

import io

import pytest

from localaws.errors import EngineError
from localaws.nodes.access import AccessUser, check_access_string, denials, disabled_default, password_hash, rules
from localaws.nodes.parameters import engine_settings, start_settings
from localaws.nodes.resp import Connection, RespError, render
from localaws.nodes.slots import slot_ranges

DENIED = ("-config",)


def test_rules_replace_what_was_there_and_end_with_what_is_restricted():
    user = AccessUser("app", "on ~app:* +@all", (password_hash("secret"),))
    assert rules(user, DENIED) == ["reset", "on", "~app:*", "+@all", f"#{password_hash('secret')}", "-config"]


def test_a_selector_is_restricted_as_well():
    assert rules(AccessUser("app", "on +@read (~tmp:* +@all)"), DENIED)[3] == "(~tmp:* +@all -config)"


def test_a_user_without_credentials_is_not_open():
    assert "nopass" not in rules(AccessUser("iam", "on ~* +@all"), DENIED)
    assert "nopass" in rules(AccessUser("open", "on ~* +@all", no_password=True), DENIED)


def test_the_missing_default_user_can_do_nothing():
    assert rules(disabled_default(), DENIED) == ["reset", "off", "-@all"]


@pytest.mark.parametrize("word", [">password", "<password", "#hash", "!hash", "nopass", "resetpass", "reset"])
def test_credentials_do_not_belong_in_an_access_string(word):
    with pytest.raises(EngineError, match="access string"):
        check_access_string(f"on ~* {word} +@all")


def test_only_commands_the_engine_knows_are_denied():
    assert denials({"config", "acl|setuser", "get"}) == ("-acl|setuser", "-config")


def test_parameters_of_elasticache_itself_are_left_out_by_name():
    values = {"reserved-memory-percent": "25", "cluster-enabled": "no", "databases": "4", "timeout": "10",
              "no-such-option": "1"}
    assert engine_settings(values) == {"timeout": "10", "no-such-option": "1"}
    assert start_settings(values, cluster=False) == {"databases": "4"}
    assert start_settings(values, cluster=True) == {}


def test_output_buffer_limits_become_one_option():
    assert engine_settings({"client-output-buffer-limit-pubsub-soft-seconds": "30"}) == {
        "client-output-buffer-limit": "pubsub 33554432 8388608 30"}
    with pytest.raises(EngineError, match="there is no parameter"):
        engine_settings({"client-output-buffer-limit-other-hard-limit": "1"})


def test_renamed_commands_are_refused():
    with pytest.raises(EngineError, match="rename-commands"):
        engine_settings({"rename-commands": "flushall blocked"})
    assert engine_settings({"rename-commands": ""}) == {}


@pytest.mark.parametrize("shards", [1, 2, 3, 7, 500])
def test_slots_are_shared_out_completely(shards):
    ranges = slot_ranges(shards)
    assert [slot for low, high in ranges for slot in (low, high + 1)][::len(ranges) * 2 - 1] == [0, 16384]
    assert all(before[1] + 1 == after[0] for before, after in zip(ranges, ranges[1:], strict=False))


def read(data: bytes):
    connection = Connection.__new__(Connection)
    connection._reader = io.BytesIO(data)
    return connection._read()


def test_replies_of_every_kind_are_read():
    assert read(b"+OK\r\n") == "OK"
    assert read(b":7\r\n") == 7
    assert read(b"$-1\r\n") is None
    assert read(b"*2\r\n$2\r\na\n\r\n*1\r\n:1\r\n") == ["a\n", [1]]
    with pytest.raises(RespError, match="WRONGPASS"):
        read(b"-WRONGPASS invalid\r\n")
    for broken in (b"", b"$5\r\nab", b"?\r\n"):
        with pytest.raises(ConnectionError):
            read(broken)


def test_replies_are_shown_one_element_a_line():
    assert render(["a", ["b", None], []]) == "1) a\n2) 1) b\n   2) (nil)\n3) (empty)"
