"""Finding an engine, choosing the source to build one from, and unpacking Debian's memcached."""

from __future__ import annotations

import os
import platform
import subprocess
import threading

import pytest
from conftest import command

from localaws.engines import build, debian, find, memcached, store
from localaws.errors import LocalAwsError

STORED = "cache/cdk-elasticache/engines/memcached-{}/bin/memcached"


@pytest.fixture
def binary(tmp_path, monkeypatch):
    """Makes stand-ins for server binaries; nothing else is found."""
    for name in (find.VALKEY_VARIABLE, find.REDIS_VARIABLE, find.MEMCACHED_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(find.shutil, "which", lambda name: _which(tmp_path / "bin", name))

    def create(path, product, version):
        path = tmp_path / path
        path.parent.mkdir(parents=True, exist_ok=True)
        banner = f"memcached {version}" if product == "Memcached" else f"{product} server v={version} sha=0"
        path.write_text(f"#!/bin/sh\necho '{banner}'\n")
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
    with pytest.raises(LocalAwsError, match="engine --build memcached"):
        find.find_engine("memcached")


def test_memcached_is_the_named_one_else_the_unpacked_one_else_that_of_the_machine(binary, monkeypatch):
    on_path = binary("bin/memcached", "Memcached", "1.6.40")
    assert find.find_engine("memcached").path == on_path
    binary(STORED.format("1.6.9-1"), "Memcached", "1.6.9")
    newest = binary(STORED.format("1.6.18-1"), "Memcached", "1.6.18")
    assert find.find_engine("memcached").path == newest
    monkeypatch.setenv("MEMCACHED_SERVER", binary("bin/old", "Memcached", "1.5.22"))
    assert find.find_engine("memcached").version == "1.5.22"
    monkeypatch.setenv("MEMCACHED_SERVER", binary("bin/other", "Redis", "7.0.15"))
    with pytest.raises(LocalAwsError, match="name a memcached"):
        find.find_engine("memcached")


def test_an_unpacked_memcached_that_does_not_run_is_not_used(binary):
    broken = binary(STORED.format("1.6.18-1"), "Memcached", "1.6.18")
    with open(broken, "w", encoding="utf-8") as script:
        script.write("#!/bin/sh\necho 'error while loading shared libraries' >&2; exit 127\n")
    with pytest.raises(LocalAwsError, match="engine --build memcached"):
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


def test_an_unpacked_memcached_is_taken_without_network_or_apt(binary):
    path = binary(STORED.format("1.6.18-1"), "Memcached", "1.6.18")
    said = []
    assert memcached.provide_memcached(said.append).path == path
    assert said == []


def test_what_memcached_needs_is_named(binary, monkeypatch):
    with pytest.raises(LocalAwsError, match="memcached comes from a Debian mirror.*apt-get.*MEMCACHED_SERVER"):
        memcached.provide_memcached(print)
    monkeypatch.setattr(debian, "_KEYRINGS", ())
    monkeypatch.setattr(memcached, "require_apt", lambda *_: None)
    with pytest.raises(LocalAwsError, match="install the package debian-archive-keyring"):
        memcached.provide_memcached(print)
    assert [path.name for path in find.engines_folder().iterdir()] == [".memcached.lock"]


@pytest.mark.parametrize(("release", "name"), [
    ({"ID": "debian", "VERSION_CODENAME": "trixie"}, "trixie"),
    ({"ID": "linuxmint", "VERSION_CODENAME": "faye", "DEBIAN_CODENAME": "bookworm"}, "bookworm"),
])
def test_the_packages_are_of_the_release_of_the_machine(monkeypatch, release, name):
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    assert debian.release_name("") == name


def test_a_machine_of_no_known_release_is_told(monkeypatch):
    def missing():
        raise OSError

    monkeypatch.setattr(platform, "freedesktop_os_release", missing)
    with pytest.raises(LocalAwsError, match="os-release.*set MEMCACHED_SERVER"):
        debian.release_name("set MEMCACHED_SERVER")


@pytest.mark.parametrize(("listing", "mirror"), [
    ("https://other.example/node_20.x|nodistro|main\nhttp://debian.example/debian-security|bookworm-security|main\n"
     "http://debian.example/debian|bookworm|contrib\nhttp://mirror.example/debian|bookworm|main\n",
     "http://mirror.example/debian"),
    ("http://mirror.example/debian/|trixie|main\n", "http://mirror.example/debian/"),
    ("mirror+file:/etc/apt/mirrors/debian-security.list|trixie-security|main\n"
     "mirror+file:/etc/apt/mirrors/debian.list|trixie|main\n", "mirror+file:/etc/apt/mirrors/debian.list"),
])
def test_the_mirror_is_that_of_the_machine(monkeypatch, listing, mirror):
    monkeypatch.setattr(debian, "output", lambda command: listing)
    assert debian._mirror("") == mirror


@pytest.mark.skipif(find.shutil.which("apt-get") is None, reason="asks apt for its mirrors")
def test_the_mirror_is_found_on_a_machine_that_never_read_a_package_list(tmp_path, monkeypatch):
    (tmp_path / "lists/partial").mkdir(parents=True)
    (tmp_path / "sources.list").write_text("deb http://mirror.example/debian trixie main\n")
    (tmp_path / "apt.conf").write_text(
        f'Dir::State::lists "{tmp_path}/lists"; Dir::Etc::sourcelist "{tmp_path}/sources.list";\n'
        f'Dir::Etc::sourceparts "{tmp_path}/none"; Dir::Cache "{tmp_path}";\n')
    monkeypatch.setenv("APT_CONFIG", str(tmp_path / "apt.conf"))
    assert debian._mirror("") == "http://mirror.example/debian"


def test_a_machine_without_a_debian_mirror_is_told(monkeypatch):
    monkeypatch.setattr(debian, "output", lambda command: "http://ubuntu.example/ubuntu|noble|main\n")
    with pytest.raises(LocalAwsError, match="no Debian mirror.*set MEMCACHED_SERVER"):
        debian._mirror("set MEMCACHED_SERVER")


def test_the_libraries_of_memcached_are_read_from_its_record():
    record = ("Package: memcached\nVersion: 1.6.38-1\nDepends: adduser, lsb-base, perl:any, libc6 (>= 2.38), "
              "libevent-2.1-7t64 (>= 2.1.8-stable), libsasl2-2 (>= 2.1), libssl3t64 | libssl4\n"
              "Description: a cache\n  Version: 0\nSize: 1\n")
    assert memcached.read_record(record) == ("1.6.38-1", ["libevent-2.1-7t64", "libsasl2-2", "libssl3t64"])
    with pytest.raises(LocalAwsError, match="offers no memcached.*MEMCACHED_SERVER"):
        memcached.read_record("")


def test_the_unpacked_memcached_alone_sees_its_libraries(tmp_path):
    unpacked = tmp_path / "unpacked"
    for name, text in {"usr/bin/memcached": '#!/bin/sh\necho "$LD_LIBRARY_PATH" "$@"\n',
                       "usr/lib/x86_64-linux-gnu/libevent-2.1.so.7": "new", "lib/x86_64-linux-gnu/libsasl2.so.2": "old",
                       "usr/share/doc/memcached/README": "", "lib/systemd/system/memcached.service": ""}.items():
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_text(text)
    (unpacked / "usr/bin/memcached").chmod(0o755)
    done = memcached.arrange(unpacked, tmp_path / "done").rename(tmp_path / "a folder of the cache")
    assert sorted(str(path.relative_to(done)) for path in done.rglob("*") if path.is_file()) == [
        "bin/memcached", "lib/libevent-2.1.so.7", "lib/libsasl2.so.2", "lib/memcached"]
    (tmp_path / "link").symlink_to(done / "bin" / "memcached")
    ran = subprocess.run([tmp_path / "link", "-l", "127.0.0.1 x"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"{done}/bin/../lib -l 127.0.0.1 x\n"


def test_a_package_without_the_binary_is_told(tmp_path):
    (tmp_path / "unpacked").mkdir()
    with pytest.raises(LocalAwsError, match="has no usr/bin/memcached.*MEMCACHED_SERVER"):
        memcached.arrange(tmp_path / "unpacked", tmp_path / "done")


def test_one_at_a_time_provides_an_engine_and_sweeps_what_a_killed_one_left(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    leftover = find.engines_folder() / ".making-memcached-dead"
    leftover.mkdir(parents=True)
    other = find.engines_folder() / ".making-valkey-busy"
    other.mkdir()
    said, order = [], []

    def second():
        with store.workplace("memcached", said.append):
            order.append("second")

    with store.workplace("memcached", said.append) as work:
        thread = threading.Thread(target=second)
        thread.start()
        assert not leftover.exists() and other.exists()
        with store.workplace("valkey", said.append):
            assert not other.exists()
        while not said:
            thread.join(0.01)
        order.append("first")
    thread.join()
    assert order == ["first", "second"] and said == ["waiting for another process that provides memcached ..."]
    assert not work.exists()


def test_only_known_engines_are_provided():
    refused = command("engine", "--build", "redis", check=False)
    assert refused.returncode == 2 and "'valkey', 'memcached', 'all'" in refused.stderr
