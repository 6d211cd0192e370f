"""Finding an engine and choosing the source to build one from."""

from __future__ import annotations

import os

import pytest

from localaws.engines import build, find
from localaws.errors import LocalAwsError


@pytest.fixture
def binary(tmp_path, monkeypatch):
    """Makes stand-ins for server binaries; nothing else is found."""
    for name in (find.VALKEY_VARIABLE, find.REDIS_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(find.shutil, "which", lambda name: _which(tmp_path / "bin", name))

    def create(path, product, version):
        path = tmp_path / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\necho '{product} server v={version} sha=0'\n")
        path.chmod(0o755)
        return str(path)

    return create


def _which(folder, name):
    path = folder / name
    return str(path) if os.access(path, os.X_OK) else None


def test_the_newest_engine_is_used(binary):
    binary("bin/valkey-server", "Valkey", "8.1.1")
    built = binary("cache/cdk-elasticache/engines/valkey-9.1.2-1/bin/valkey-server", "Valkey", "9.1.2")
    assert find.find_engine("valkey").path == built
    newer = binary("bin/valkey-server", "Valkey", "9.10.0")
    assert find.find_engine("valkey").path == newer


def test_a_named_engine_comes_first_and_must_be_one(binary, monkeypatch):
    binary("bin/valkey-server", "Valkey", "9.1.2")
    old = binary("bin/old", "Valkey", "7.2.5")
    monkeypatch.setenv("VALKEY_SERVER", old)
    assert find.find_engine("valkey").version == "7.2.5"
    monkeypatch.setenv("VALKEY_SERVER", binary("bin/other", "Redis", "7.0.15"))
    with pytest.raises(LocalAwsError, match="name a Valkey server"):
        find.find_engine("valkey")
    monkeypatch.setenv("VALKEY_SERVER", "/no/such/file")
    with pytest.raises(LocalAwsError, match="VALKEY_SERVER=/no/such/file"):
        find.find_engine("valkey")


def test_redis_is_preferred_for_redis_and_valkey_stands_in(binary):
    binary("bin/valkey-server", "Valkey", "9.1.2")
    assert find.find_engine("redis").product == "valkey"
    binary("bin/redis-server", "Redis", "7.0.15")
    assert find.find_engine("redis").product == "redis"


def test_no_engine_says_how_to_get_one(binary):
    with pytest.raises(LocalAwsError, match="engine --build"):
        find.find_engine("valkey")
    with pytest.raises(LocalAwsError, match="memcached"):
        find.find_engine("memcached")


def test_what_the_build_needs_is_named(binary, monkeypatch):
    monkeypatch.setattr(build.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(LocalAwsError, match="apt-get install gcc make dpkg-dev pkgconf"):
        build.build_engine(print)
    monkeypatch.setattr(build.shutil, "which", lambda name: None)
    with pytest.raises(LocalAwsError, match="Debian mirror.*VALKEY_SERVER"):
        build.build_engine(print)


@pytest.mark.skipif(find.shutil.which("dpkg") is None, reason="compares versions with dpkg")
def test_the_pinned_source_is_taken_else_the_newest():
    assert build._choose(["8.1.1-1", build.PINNED, "99.0-1"]) == build.PINNED
    assert build._choose(["8.1.1-1", "9.10.0-1", "9.2.0-1"]) == "9.10.0-1"
    with pytest.raises(LocalAwsError, match="offers no source"):
        build._choose([])
