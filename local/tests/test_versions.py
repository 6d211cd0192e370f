"""Which engine may serve which template."""

import pytest

from localaws.engines.versions import Engine, check_serves, parse_banner, parse_version
from localaws.errors import EngineError, LocalAwsError

VALKEY = Engine("valkey", "9.1.2", "/x/valkey-server", "PATH")
OLD_VALKEY = Engine("valkey", "7.2.5", "/x/valkey-server", "PATH")
REDIS = Engine("redis", "7.0.15", "/x/redis-server", "PATH")


@pytest.mark.parametrize(("text", "version"), [("8.0", (8, 0)), ("7.2.5", (7, 2, 5)), ("6.x", (6,)), ("9", (9,))])
def test_versions_are_numbers(text, version):
    assert parse_version(text) == version


@pytest.mark.parametrize("text", ["", "x", "8.", "8.0a", "latest"])
def test_other_text_is_no_version(text):
    with pytest.raises(ValueError):
        parse_version(text)


def test_the_banner_names_product_and_version():
    assert parse_banner("Valkey server v=9.1.2 sha=0:0 malloc=libc bits=64 build=0") == ("valkey", "9.1.2")
    assert parse_banner("Redis server v=7.0.15 sha=00000000:0") == ("redis", "7.0.15")
    assert parse_banner("memcached 1.6.18\n") == ("memcached", "1.6.18")
    with pytest.raises(ValueError, match="neither"):
        parse_banner("nginx version: nginx/1.22.1")


@pytest.mark.parametrize(("engine", "name", "version"), [
    (VALKEY, "valkey", "8.0"), (VALKEY, "valkey", "9.1"), (VALKEY, "valkey", ""), (OLD_VALKEY, "valkey", "7.2"),
    (REDIS, "redis", "7.1"), (REDIS, "redis", "6.x"), (VALKEY, "redis", "7.1"), (VALKEY, "redis", "7.2"),
])
def test_an_engine_at_least_as_new_serves(engine, name, version):
    check_serves(engine, name, version)


@pytest.mark.parametrize(("engine", "name", "version", "advice"), [
    (OLD_VALKEY, "valkey", "8.0", "local/aws engine --build"), (VALKEY, "valkey", "9.2", "local/aws engine --build"),
    (REDIS, "redis", "7.4", "REDIS_SERVER"), (VALKEY, "redis", "7.4", "REDIS_SERVER"),
    (VALKEY, "valkey", "newest", "write it like 8.0"),
])
def test_an_older_engine_is_refused_with_advice(engine, name, version, advice):
    with pytest.raises(EngineError, match=advice):
        check_serves(engine, name, version)


def test_a_named_version_is_accepted(monkeypatch):
    monkeypatch.setenv("LOCAL_AWS_ACCEPT_ENGINE", "7.2")
    check_serves(OLD_VALKEY, "valkey", "8.0")
    monkeypatch.setenv("LOCAL_AWS_ACCEPT_ENGINE", "8.0")
    with pytest.raises(EngineError):
        check_serves(OLD_VALKEY, "valkey", "8.0")
    monkeypatch.setenv("LOCAL_AWS_ACCEPT_ENGINE", "any")
    with pytest.raises(LocalAwsError, match="LOCAL_AWS_ACCEPT_ENGINE"):
        check_serves(OLD_VALKEY, "valkey", "8.0")
