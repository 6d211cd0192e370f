"""IAM users log in with a token, at the address of the cache, and in no other way."""

from __future__ import annotations

import datetime
import itertools

import boto3
import pytest
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from conftest import PASSWORD, eventually

from localaws.nodes.resp import Connection, RespError

_numbers = itertools.count(1)
TEST_KEY = Credentials("test", "test")


def token(cache, user="svc", key=TEST_KEY, region="us-east-1", expires=900, at=None, serverless=False, **more):
    """What a client makes: a pre-signed request without its scheme."""
    query = {"Action": "connect", "User": user, **({"ResourceType": "ServerlessCache"} if serverless else {}), **more}
    request = AWSRequest("GET", f"https://{cache}/", params=query)
    signer = SigV4QueryAuth(key, "elasticache", region, expires=expires)
    if at is None:
        signer.add_auth(request)
    else:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("botocore.auth.get_current_datetime", lambda: at)
            signer.add_auth(request)
    return request.prepare().url.removeprefix("https://")


def minutes(number):
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=number)


@pytest.fixture(scope="module")
def users(cache):
    """A user group with an IAM user `svc`, one that is off, and a user `app` with a password."""
    iam = {"Type": "iam"}
    cache.create_user(UserId="svc", UserName="svc", Engine="valkey", AccessString="on ~svc:* +@all",
                      AuthenticationMode=iam)
    cache.create_user(UserId="gone", UserName="gone", Engine="valkey", AccessString="off ~* +@all",
                      AuthenticationMode=iam)
    cache.create_user(UserId="front-app", UserName="app", Engine="valkey", AccessString="on ~app:* +@all",
                      Passwords=[PASSWORD])
    cache.create_user_group(UserGroupId="front-users", Engine="valkey", UserIds=["svc", "gone", "front-app"])
    yield "front-users"
    cache.delete_user_group(UserGroupId="front-users")
    for name in ("svc", "gone", "front-app"):
        cache.delete_user(UserId=name)


@pytest.fixture(scope="module")
def make(cache, users):
    made = []

    def create(**properties):
        name = f"front-{next(_numbers)}"
        cache.create_replication_group(**{
            "ReplicationGroupId": name, "ReplicationGroupDescription": "test", "Engine": "valkey",
            "TransitEncryptionEnabled": True, **properties})
        made.append(name)
        return cache.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]

    create.made = made
    yield create
    for name in made:
        cache.delete_replication_group(ReplicationGroupId=name)


@pytest.fixture(scope="module")
def group(make, users):
    return make(UserGroupIds=[users], NumCacheClusters=2, AutomaticFailoverEnabled=True)


def told(client):
    """The addresses in `CLUSTER SLOTS`; a replica is in it once it has told how far it is."""
    return {(end[0], end[1]) for entry in client.call("CLUSTER", "SLOTS") for end in entry[2:]}


def primary(group):
    return group["NodeGroups"][0]["PrimaryEndpoint"]


def name_of(group):
    return group["ReplicationGroupId"]


def test_a_token_opens_the_session_of_its_user(instance, group):
    with instance.login(primary(group), "svc", token(name_of(group))) as client:
        assert client.call("ACL", "WHOAMI") == "svc"
        assert client.call("SET", "svc:k", "v") == "OK"
        with pytest.raises(RespError, match="NOPERM"):
            client.call("SET", "other", "v")
    with instance.login(group["NodeGroups"][0]["ReaderEndpoint"], "svc", token(name_of(group))) as replica:
        assert eventually(lambda: replica.call("GET", "svc:k") == "v")


def test_hello_takes_a_token_as_well(instance, group):
    with instance.connect(primary(group)) as client:
        client.call("HELLO", "2", "AUTH", "svc", token(name_of(group)), "SETNAME", "me")
        assert (client.call("ACL", "WHOAMI"), client.call("CLIENT", "GETNAME")) == ("svc", "me")
        with pytest.raises(RespError, match="WRONGPASS"):
            client.call("HELLO", "2", "AUTH", "svc", token("other"))


def test_a_line_typed_by_hand_is_a_login_too(instance, group):
    with instance.connect(primary(group)) as client:
        client._socket.sendall(f"auth svc {token(name_of(group))}\r\n".encode())
        assert client._read() == "OK"
        client._socket.sendall(b'auth svc "x"\r\n')
        with pytest.raises(RespError, match="WRONGPASS"):
            client._read()


@pytest.mark.parametrize("forge", [
    pytest.param(lambda name: token(name, user="app"), id="user"),
    pytest.param(lambda name: token("another-cache"), id="cache"),
    pytest.param(lambda name: token(name.upper()), id="upper-case"),
    pytest.param(lambda name: token(name, key=Credentials("test", "guessed")), id="secret"),
    pytest.param(lambda name: token(name, key=Credentials("AKIAUNKNOWN000000000", "test")), id="access-key"),
    pytest.param(lambda name: token(name, key=Credentials("test", "test", "a-session")), id="session"),
    pytest.param(lambda name: token(name, region="eu-west-1"), id="region"),
    pytest.param(lambda name: token(name, at=minutes(-16)), id="expired"),
    pytest.param(lambda name: token(name, at=minutes(-2), expires=60), id="expired-early"),
    pytest.param(lambda name: token(name, at=minutes(10)), id="future"),
    pytest.param(lambda name: token(name, expires=901), id="too-long"),
    pytest.param(lambda name: token(name, serverless=True), id="serverless"),
    pytest.param(lambda name: token(name, Action="delete"), id="action"),
    pytest.param(lambda name: token(name, Extra="1"), id="more"),
    pytest.param(lambda name: token(name)[:-64] + "0" * 64, id="signature"),
    pytest.param(lambda name: token(name).replace("User=svc", "User=svc&User=app"), id="two-users"),
    pytest.param(lambda name: token(name).rpartition("&")[0], id="unsigned"),
    pytest.param(lambda name: "https://" + token(name), id="scheme"),
    pytest.param(lambda name: PASSWORD, id="password"),
    pytest.param(lambda name: "", id="empty"),
    pytest.param(lambda name: "\x00\u00e9?&=", id="garbage"),
])
def test_what_is_no_token_for_this_login_is_refused(instance, group, forge):
    for words in (("AUTH", "svc", forge(name_of(group))), ("HELLO", "3", "AUTH", "svc", forge(name_of(group)))):
        with instance.connect(primary(group)) as client:
            with pytest.raises(RespError, match="^WRONGPASS invalid username-password pair or user is disabled"):
                client.call(*words)
            with pytest.raises(RespError, match="NOAUTH"):
                client.call("PING")


def test_the_last_second_of_a_token_counts(instance, group):
    instance.login(primary(group), "svc", token(name_of(group), at=minutes(-14))).close()


def test_a_refused_token_says_why_in_the_log_and_stays_out_of_it(instance, group):
    forged = token("another-cache")
    with pytest.raises(RespError):
        instance.login(primary(group), "svc", forged)
    log = instance.folder.log.read_text(encoding="utf-8")
    assert f"cache {name_of(group)}: a token of user svc is refused: it is signed for the cache 'another-cache'" in log
    assert forged.rpartition("=")[2] not in log


def test_who_logs_in_again_is_verified_again(instance, group):
    good = token(name_of(group))
    with instance.login(primary(group), "app", PASSWORD) as client:
        assert client.call("ACL", "WHOAMI") == "app"
        with pytest.raises(RespError, match="WRONGPASS"):
            client.call("AUTH", "svc", token("another-cache"))
        assert client.call("ACL", "WHOAMI") == "app"
        client.call("AUTH", "svc", good)
        assert client.call("ACL", "WHOAMI") == "svc"
        client.call("AUTH", "app", PASSWORD)
        assert client.call("ACL", "WHOAMI") == "app"
        with pytest.raises(RespError, match="WRONGPASS"):
            client.call("AUTH", "app", good)


def test_answers_keep_the_order_of_pipelined_requests(instance, group):
    def request(*words):
        return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in (w.encode() for w in words))

    with instance.connect(primary(group)) as client:
        bad, good = request("AUTH", "svc", "bad"), request("AUTH", "svc", token(name_of(group)))
        data = bad + good + request("SET", "svc:a", "1") + bad + request("GET", "svc:a")
        for byte in range(0, len(data), 7):  # split wherever it hurts
            client._socket.sendall(data[byte:byte + 7])
        with pytest.raises(RespError, match="WRONGPASS"):
            client._read()
        assert [client._read(), client._read()] == ["OK", "OK"]
        with pytest.raises(RespError, match="WRONGPASS"):
            client._read()
        assert client._read() == "1"


def test_values_pass_unchanged_whatever_is_in_them(instance, group):
    with instance.login(primary(group), "svc", token(name_of(group))) as client:
        value = "*3\r\n$4\r\nAUTH\r\n$3\r\nsvc\r\n$1\r\nx\r\n" * 20000
        assert client.call("SET", "svc:large", value) == "OK"
        assert client.call("GET", "svc:large") == value


def test_a_user_that_is_off_stays_out_with_the_best_token(instance, group):
    with pytest.raises(RespError, match="WRONGPASS"):
        instance.login(primary(group), "gone", token(name_of(group), user="gone"))


def test_whom_the_engine_hangs_up_on_is_gone(instance, group):
    with instance.login(primary(group), "svc", token(name_of(group))) as client:
        instance.admin(f"{name_of(group)}-001", "CLIENT", "KILL", "ID", str(client.call("CLIENT", "ID")))
        with pytest.raises(OSError):
            client.call("PING")
        assert client._socket.recv(1) == b""


def test_the_engine_behind_the_front_lets_no_iam_user_in(instance, group):
    row = instance.nodes(name_of(group))[f"{name_of(group)}-001"]
    with Connection(row["host"], row["port"] + 31000) as engine:
        for password in ("", PASSWORD, token(name_of(group))):
            with pytest.raises(RespError, match="WRONGPASS"):
                engine.call("AUTH", "svc", password)
    listing = instance.admin(row["member"], "ACL", "LIST")
    assert "user svc on" in listing and "nopass" not in listing


def test_plain_text_is_refused_in_front_of_iam_users(instance, group):
    with instance.connect(primary(group), tls=False) as plain, pytest.raises((ConnectionError, RespError)):
        plain.call("PING")


def test_keys_of_iam_and_sts_sign_tokens(instance, group):
    iam, sts = instance.client("iam"), instance.client("sts")
    iam.create_user(UserName="signer")
    made = iam.create_access_key(UserName="signer")["AccessKey"]
    key = Credentials(made["AccessKeyId"], made["SecretAccessKey"])
    instance.login(primary(group), "svc", token(name_of(group), key=key)).close()
    iam.update_access_key(UserName="signer", AccessKeyId=made["AccessKeyId"], Status="Inactive")
    with pytest.raises(RespError, match="WRONGPASS"):
        instance.login(primary(group), "svc", token(name_of(group), key=key))

    role = iam.create_role(RoleName="worker", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    session = sts.assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
    parts = session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"]
    instance.login(primary(group), "svc", token(name_of(group), key=Credentials(*parts))).close()
    for wrong in (Credentials(*parts[:2]), Credentials(*parts[:2], "another")):
        with pytest.raises(RespError, match="WRONGPASS"):
            instance.login(primary(group), "svc", token(name_of(group), key=wrong))


def test_a_key_of_another_account_is_refused(instance, group):
    elsewhere = boto3.client("iam", endpoint_url=instance.running.endpoint, region_name="us-east-1",
                             aws_access_key_id="111111111111", aws_secret_access_key="test")
    elsewhere.create_user(UserName="stranger")
    made = elsewhere.create_access_key(UserName="stranger")["AccessKey"]
    for key in (Credentials(made["AccessKeyId"], made["SecretAccessKey"]), Credentials("111111111111", "test")):
        with pytest.raises(RespError, match="WRONGPASS"):
            instance.login(primary(group), "svc", token(name_of(group), key=key))


def test_an_iam_user_joins_a_running_cache_and_leaves_it(instance, cache, make):
    cache.create_user(UserId="late-app", UserName="app", Engine="valkey", AccessString="on ~* +@all",
                      Passwords=[PASSWORD])
    cache.create_user_group(UserGroupId="late-users", Engine="valkey", UserIds=["late-app"])
    group = make(UserGroupIds=["late-users"], NumCacheClusters=2, AutomaticFailoverEnabled=True)
    pids = [row["pid"] for row in instance.nodes(name_of(group)).values()]
    with instance.login(primary(group), "app", PASSWORD) as app:
        app.call("SET", "kept", "v")
    cache.modify_user_group(UserGroupId="late-users", UserIdsToAdd=["svc"])
    instance.login(primary(group), "svc", token(name_of(group))).close()
    with instance.login(primary(group), "app", PASSWORD) as app:
        assert app.call("GET", "kept") == "v"
        app.call("SET", "kept", "w")
    with instance.login(group["NodeGroups"][0]["ReaderEndpoint"], "app", PASSWORD) as replica:
        assert eventually(lambda: replica.call("GET", "kept") == "w")
    assert [row["pid"] for row in instance.nodes(name_of(group)).values()] == pids
    cache.modify_user_group(UserGroupId="late-users", UserIdsToRemove=["svc"])
    with pytest.raises(RespError, match="WRONGPASS"):
        instance.login(primary(group), "svc", token(name_of(group)))
    cache.delete_replication_group(ReplicationGroupId=name_of(group))
    make.made.remove(name_of(group))
    cache.delete_user_group(UserGroupId="late-users")
    cache.delete_user(UserId="late-app")


def test_in_cluster_mode_every_address_that_clients_are_told_is_a_front(instance, cache, make, users):
    group = make(UserGroupIds=[users], NumNodeGroups=2, ReplicasPerNodeGroup=1, AutomaticFailoverEnabled=True)
    nodes = instance.nodes(name_of(group))
    known = {(row["host"], row["port"]) for row in nodes.values()}
    with instance.login(group["ConfigurationEndpoint"], "svc", token(name_of(group))) as client:
        assert eventually(lambda: told(client) == known)
        for line in client.call("CLUSTER", "NODES").splitlines():
            host, _, port = line.split()[1].partition("@")[0].rpartition(":")
            assert (host, int(port)) in known
        moved = None
        for number in range(20):
            try:
                client.call("SET", f"svc:{number}", "v")
            except RespError as problem:
                moved = str(problem)
    assert moved and moved.startswith("MOVED")
    host, port = moved.split()[2].split(":")
    with instance.login({"Address": host, "Port": port}, "svc", token(name_of(group))) as other:
        assert other.call("ACL", "WHOAMI") == "svc"
    assert sorted(row["role"] for row in nodes.values()) == ["primary", "primary", "replica", "replica"]


def test_a_serverless_cache_wants_its_own_kind_of_token(instance, cache, users):
    cache.create_serverless_cache(ServerlessCacheName="front-feed", Engine="valkey", MajorEngineVersion="8",
                                  UserGroupId=users)
    described = cache.describe_serverless_caches(ServerlessCacheName="front-feed")["ServerlessCaches"][0]
    with instance.login(described["Endpoint"], "svc", token("front-feed", serverless=True)) as writer:
        writer.call("SET", "svc:k", "v")  # who reads nothing is not told of
    for end in ("Endpoint", "ReaderEndpoint"):
        with instance.login(described[end], "svc", token("front-feed", serverless=True)) as client:
            assert client.call("ACL", "WHOAMI") == "svc"
            assert eventually(lambda client=client: {port for _, port in told(client)} == {6379, 6380})
        with pytest.raises(RespError, match="WRONGPASS"):
            instance.login(described[end], "svc", token("front-feed"))
    cache.delete_serverless_cache(ServerlessCacheName="front-feed")


def test_without_an_iam_user_clients_reach_the_engine_itself(instance, make):
    group = make()
    row = instance.nodes(name_of(group))[f"{name_of(group)}-001"]
    with pytest.raises(OSError):
        Connection(row["host"], row["port"] + 31000)
    assert instance.admin(row["member"], "CONFIG", "GET", "tls-port").split()[-1] == str(row["port"])
