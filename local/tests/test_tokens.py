"""Tokens and requests, without engines: what is read, what is rewritten, what is believed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from localaws.front.requests import RequestReader
from localaws.front.token import CacheIdentity, KnownKey, TokenRefused, sign, verify

# The same rows are signed by @smithy/signature-v4 and by aws4 in test/security/sigv4.test.ts.
ROWS = json.loads((Path(__file__).parent.parent.parent / "test/security/iam-tokens.json").read_text(encoding="utf-8"))
MINUTE = datetime.timedelta(minutes=1)


def values_of(row):
    return {
        "Action": "connect", "User": row["user"],
        **({"ResourceType": row["resourceType"]} if "resourceType" in row else {}),
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Date": row["date"], "X-Amz-Expires": "900",
        "X-Amz-Credential": f"{row['accessKeyId']}/{row['date'][:8]}/{row['region']}/elasticache/aws4_request",
        "X-Amz-SignedHeaders": "host",
        **({"X-Amz-Security-Token": row["sessionToken"]} if "sessionToken" in row else {}),
    }


def token_of(row):
    return f"{row['cacheName']}/?{urlencode({**values_of(row), 'X-Amz-Signature': row['signature']})}"


def believe(row, user=None, after=MINUTE, keys=None, **cache):
    """Verifies the token of a row some time after it was signed."""
    def known(access_key, account, session_token):
        right = (access_key, account, session_token) == (row["accessKeyId"], "1", row.get("sessionToken", ""))
        return KnownKey(row["secretAccessKey"], row.get("sessionToken")) if right else None

    identity = {"account": "1", "region": row["region"], "name": row["cacheName"],
                "serverless": "resourceType" in row, **cache}
    signed = datetime.datetime.strptime(row["date"], "%Y%m%dT%H%M%S%z")
    verify(token_of(row), user or row["user"], CacheIdentity(**identity), keys or known, signed + after)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_botocore_makes_the_signature_that_two_others_make(row):
    key = KnownKey(row["secretAccessKey"], row.get("sessionToken"))
    assert sign(row["cacheName"], values_of(row), row["accessKeyId"], key, row["region"]) == row["signature"]
    believe(row)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
@pytest.mark.parametrize(("change", "why"), [
    ({"user": "another"}, "signed for the user"),
    ({"name": "another"}, "signed for the cache"),
    ({"region": "eu-west-1"}, "its scope is"),
    ({"account": "2"}, "not known in account 2"),
    ({"after": 15 * MINUTE}, "expired"),
    ({"after": -6 * MINUTE}, "in the future"),
    ({"keys": lambda *_: KnownKey("guessed")}, "its signature"),
])
def test_what_differs_is_named(row, change, why):
    with pytest.raises(TokenRefused, match=why) as caught:
        believe(row, **change)
    assert row["signature"] not in str(caught.value) and row["secretAccessKey"] not in str(caught.value)


def test_the_borders_of_its_time():
    believe(ROWS[0], after=15 * MINUTE - datetime.timedelta(seconds=1))
    believe(ROWS[0], after=-5 * MINUTE)


def test_a_token_for_the_other_kind_of_cache_is_refused():
    for row in ROWS:
        with pytest.raises(TokenRefused, match="ResourceType"):
            believe(row, serverless="resourceType" not in row)


def encode(*words):
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


def reader(seen=None):
    def substitute(user, password):
        if seen is not None:
            seen.append((user, password))
        return b"inside" if user == b"svc" else None

    return RequestReader(substitute)


PASS = [
    encode(b"PING"), encode(b"SET", b"AUTH", b"svc"), encode(b"AUTH", b"only-a-password"), encode(b"HELLO"),
    encode(b"HELLO", b"3", b"SETNAME", b"AUTH"), encode(b"AUTH", b"app", b"password"), b"*0\r\n", b"*-1\r\n",
    encode(b"HELLO", b"3", b"AUTH", b"app", b"password", b"SETNAME", b"svc"), b"PING\r\n", b"\r\n",
    b"set k *2\r\n", encode(b"ECHO", b"AUTH svc x\r\n"), encode(b""), encode(b"HSET", b"h", b"", b""),
]
CHANGED = [
    (encode(b"AUTH", b"svc", b"token"), encode(b"AUTH", b"svc", b"inside")),
    (encode(b"auTh", b"svc", b""), encode(b"auTh", b"svc", b"inside")),
    (encode(b"HELLO", b"3", b"auth", b"svc", b"t", b"SETNAME", b"n"),
     encode(b"HELLO", b"3", b"auth", b"svc", b"inside", b"SETNAME", b"n")),
    (encode(b"HELLO", b"3", b"SETNAME", b"AUTH", b"AUTH", b"svc", b"t"),
     encode(b"HELLO", b"3", b"SETNAME", b"AUTH", b"AUTH", b"svc", b"inside")),
    (encode(b"HELLO", b"3", b"AUTH", b"app", b"p", b"AUTH", b"svc", b"t"),
     encode(b"HELLO", b"3", b"AUTH", b"app", b"p", b"AUTH", b"svc", b"inside")),
    (b"AUTH svc token\r\n", encode(b"AUTH", b"svc", b"inside")),
    (b"auth svc token\n", encode(b"auth", b"svc", b"inside")),
]


@pytest.mark.parametrize("step", [1, 2, 3, 7, 10 ** 6])
def test_only_the_passwords_of_iam_users_change_however_the_bytes_arrive(step):
    requests = [(data, data) for data in PASS] + CHANGED + [(data, data) for data in reversed(PASS)]
    given, wanted = (b"".join(parts) for parts in zip(*requests, strict=True))
    one = reader()
    assert b"".join(one.feed(given[at:at + step]) for at in range(0, len(given), step)) == wanted


def test_a_large_value_goes_on_while_it_arrives():
    one = reader()
    head = b"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000000\r\n"
    assert one.feed(head) == head
    assert one.feed(b"x" * 600000) == b"x" * 600000
    assert one.feed(b"x" * 400000 + b"\r\n" + encode(b"AUTH", b"svc", b"t")).endswith(b"inside\r\n")


def test_half_a_login_waits():
    seen = []
    one = reader(seen)
    login = encode(b"AUTH", b"svc", b"token")
    assert one.feed(login[:-1]) == b"" and seen == []
    assert one.feed(login[-1:]) == encode(b"AUTH", b"svc", b"inside") and seen == [(b"svc", b"token")]


@pytest.mark.parametrize("broken", [
    b"*x\r\n", b"*1\r\n:4\r\nAUTH\r\n", b"*3\r\n$4\r\nAUTH\r\n$-1\r\n", b"*" + b"1" * 40, b"$3\r\n" * 20000,
    b"*3\r\n$4\r\nAUTH\r\n$3\r\nsvc\r\n$999999\r\n" + b"x" * 70000, b"x" * 70000,
])
def test_what_is_no_request_reaches_the_engine_unread(broken):
    seen = []
    one = reader(seen)
    after = encode(b"AUTH", b"svc", b"t")
    assert one.feed(broken) + one.feed(after) in (broken + after, broken + encode(b"AUTH", b"svc", b"inside"))
    assert (b"svc", b"x" * 70000) not in seen
