"""Clusters of Memcached: real processes with the template's parameters, TLS, and the list of nodes clients look for."""

from __future__ import annotations

import os
import stat

import pytest
from conftest import Instance, command

from localaws.engines.find import find_memcached
from localaws.engines.versions import Engine, check_serves
from localaws.errors import EngineError, LocalAwsError
from localaws.nodes.memcached import DISCOVERY_KEY, ask, engine_options

OUTPUTS = {"Host": {"Fn::GetAtt": ["Pages", "ConfigurationEndpoint.Address"]},
           "Port": {"Fn::GetAtt": ["Pages", "ConfigurationEndpoint.Port"]}, "Name": {"Ref": "Pages"}}
ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"]


@pytest.fixture(scope="session", autouse=True)
def memcached() -> Engine:
    """Without the engine these tests fail and say which package has it."""
    return find_memcached()


def template(parameters=None, **properties):
    cluster = {"Engine": "memcached", "EngineVersion": "1.6.12", "CacheNodeType": "cache.t4g.micro", "NumCacheNodes": 1,
               "CacheSubnetGroupName": "subnets", **properties}
    resources = {"Pages": {"Type": "AWS::ElastiCache::CacheCluster", "Properties": cluster}}
    if parameters is not None:
        cluster["CacheParameterGroupName"] = {"Ref": "Parameters"}
        resources["Parameters"] = {"Type": "AWS::ElastiCache::ParameterGroup", "Properties": {
            "CacheParameterGroupFamily": "memcached1.6", "Description": "test", "Properties": parameters}}
    return resources


class Cluster:
    """A deployed cluster as a client sees it."""

    def __init__(self, instance: Instance, stack: dict) -> None:
        assert stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE"), stack["Reasons"]
        self.values = stack["Values"]
        self.rows = instance.nodes(self.values["Name"])
        self._certificate = instance.folder.certificate

    def ask(self, request: str, member: int = 1, tls: bool = False) -> str:
        row = self.rows[f"{self.values['Name']}-{member:04d}"]
        return ask(row["host"], row["port"], self._certificate if tls else None, request)

    def settings(self, member: int = 1) -> dict[str, str]:
        return dict(line.split(" ")[1:3] for line in self.ask("stats settings", member).splitlines() if line != "END")

    @property
    def pids(self) -> list[int]:
        return [row["pid"] for row in self.rows.values()]


def cluster_of(instance, deploy, name, resources):
    return Cluster(instance, deploy(name, resources, OUTPUTS))


def test_a_cluster_is_real_processes(instance, deploy):
    cluster = cluster_of(instance, deploy, "mc-plain", template(NumCacheNodes=2))
    assert [row["role"] for row in cluster.rows.values()] == ["node", "node"]
    first = next(iter(cluster.rows.values()))
    assert (cluster.values["Host"], cluster.values["Port"]) == (first["host"], "11211")
    assert len({row["host"] for row in cluster.rows.values()}) == 2
    assert cluster.ask("set a 0 0 1\r\n1") == "STORED"
    assert cluster.ask("get a").splitlines() == ["VALUE a 0 1", "1", "END"]
    assert cluster.ask("get a", member=2) == "END"
    described = instance.client("elasticache").describe_cache_clusters(CacheClusterId=cluster.values["Name"],
                                                                       ShowCacheNodeInfo=True)["CacheClusters"][0]
    addresses = [node["Endpoint"]["Address"] for node in described["CacheNodes"]]
    assert addresses == [row["host"] for row in cluster.rows.values()]


def test_clients_discover_all_nodes(instance, deploy):
    cluster = cluster_of(instance, deploy, "mc-discover", template(NumCacheNodes=2, Port=11300))
    hosts = " ".join(f"{row['host']}|{row['host']}|11300" for row in cluster.rows.values())
    for member in (1, 2):
        assert cluster.ask(f"get {DISCOVERY_KEY}", member).splitlines()[1:] == ["1", hosts, "", "END"]


def test_nodes_come_and_go_and_the_others_keep_their_items(instance, deploy):
    def deployed(nodes):
        return cluster_of(instance, deploy, "mc-scale",
                          template(NumCacheNodes=nodes, PreferredAvailabilityZones=ZONES[:nodes]))

    one = deployed(1)
    assert one.ask("set a 0 0 1\r\n1") == "STORED"
    three = deployed(3)
    assert three.pids[0] == one.pids[0] and len(three.pids) == 3
    assert "VALUE a" in three.ask("get a")
    listing = three.ask(f"get {DISCOVERY_KEY}", 3).splitlines()
    assert listing[1] == "2" and len(listing[2].split(" ")) == 3
    two = deployed(2)
    assert two.pids == three.pids[:2]
    assert two.ask(f"get {DISCOVERY_KEY}").splitlines()[1] == "3"


def test_without_zones_another_number_of_nodes_is_another_cluster(instance, deploy):
    one = cluster_of(instance, deploy, "mc-replace", template())
    two = cluster_of(instance, deploy, "mc-replace", template(NumCacheNodes=2))
    assert not set(one.pids) & set(two.pids)


def test_tls_is_spoken_where_it_is_asked_for(instance, deploy):
    cluster = cluster_of(instance, deploy, "mc-tls", template(TransitEncryptionEnabled=True))
    assert [(row["tls"], row["role"]) for row in cluster.rows.values()] == [(True, "node")]
    assert cluster.ask("version", tls=True).startswith("VERSION 1.6")
    with pytest.raises(OSError):
        answer = cluster.ask("version")
        raise OSError(f"plain text is not answered: {answer!r}")


def test_parameters_are_the_engines(instance, deploy):
    cluster = cluster_of(instance, deploy, "mc-parameters", template({
        "max_item_size": "2097152", "chunk_size": "64", "chunk_size_growth_factor": "1.5",
        "error_on_memory_exhausted": "1",
        "cas_disabled": "1", "disable_flush_all": "1", "hash_algorithm": "murmur3", "idle_timeout": "60",
        "memcached_connections_overhead": "150", "slab_chunk_max": "262144", "binding_protocol": "ascii"}))
    settings = cluster.settings()
    expected = {"item_size_max": "2097152", "chunk_size": "64", "growth_factor": "1.50", "evictions": "off",
                "cas_enabled": "no", "flush_enabled": "no", "hash_algorithm": "murmur3", "idle_timeout": "60",
                "slab_chunk_max": "256", "binding_protocol": "ascii"}  # kilobytes
    assert {name: settings[name] for name in expected} == expected


def test_a_changed_parameter_restarts_the_nodes_at_their_addresses(instance, deploy):
    before = cluster_of(instance, deploy, "mc-restart", template({"max_item_size": "2097152"}, NumCacheNodes=2))
    after = cluster_of(instance, deploy, "mc-restart", template({"max_item_size": "4194304"}, NumCacheNodes=2))
    assert after.values == before.values and not set(after.pids) & set(before.pids)
    assert [after.settings(member)["item_size_max"] for member in (1, 2)] == ["4194304", "4194304"]
    assert after.ask(f"get {DISCOVERY_KEY}").splitlines()[1] == "2"


def test_what_the_engine_refuses_is_rolled_back(instance, deploy):
    before = cluster_of(instance, deploy, "mc-refused", template({"chunk_size_growth_factor": "1.5"}))
    stack = deploy("mc-refused", template({"chunk_size_growth_factor": "0.5"}), OUTPUTS)
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "Factor must be greater than 1" in stack["Reasons"]
    after = instance.nodes(before.values["Name"])
    assert [row["role"] for row in after.values()] == ["node"]
    assert [row["host"] for row in after.values()] == [row["host"] for row in before.rows.values()]


@pytest.mark.parametrize(("properties", "reason"), [
    ({"Engine": "valkey"}, "doesn't support Valkey"),
    ({"Engine": "redis"}, "cache clusters of memcached only"),
    ({"EngineVersion": "1.7.0"}, "MEMCACHED_SERVER"),
    ({"EngineVersion": "1.6.6", "TransitEncryptionEnabled": True}, "Please use engine version 1.6.12"),
    ({"AZMode": "cross-az"}, "at least two cache nodes"),
    ({"PreferredAvailabilityZones": ZONES[:2]}, "same number of preferred availability zones"),
    ({"SnapshotRetentionLimit": 1}, "does not support snapshotting"),
    ({"NetworkType": "ipv6"}, "NetworkType ipv6"),
])
def test_what_cannot_be_is_refused_by_name(instance, deploy, properties, reason):
    stack = deploy("mc-not", template(**properties))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert reason in stack["Reasons"]


@pytest.mark.parametrize(("change", "reason"), [
    ({"TransitEncryptionEnabled": True}, "only be set at creation"),
    ({"CacheNodeType": "cache.m7g.large"}, "another logical id"),
])
def test_what_cannot_change_is_refused(instance, deploy, change, reason):
    before = cluster_of(instance, deploy, "mc-fixed", template())
    stack = deploy("mc-fixed", template(**change), OUTPUTS)
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE" and reason in stack["Reasons"]
    assert [row["pid"] for row in instance.nodes(before.values["Name"]).values()] == before.pids


def test_an_unknown_parameter_is_refused():
    with pytest.raises(EngineError, match="no_such"):
        engine_options({"no_such": "1"})


def test_the_commands_know_the_nodes(instance, deploy):
    cluster = cluster_of(instance, deploy, "mc-cli", template())
    member, where = f"{cluster.values['Name']}-0001", ("--dir", str(instance.folder.path))
    assert "VERSION" in instance.admin(member, "version")
    assert instance.admin(member, r"set b 0 0 1\r\n2").strip() == "STORED"
    assert member in command("nodes", *where).stdout
    assert command("cli", *where, member, "--", "nonsense", check=False).returncode == 1


def test_a_reboot_empties_the_nodes(instance, deploy):
    cluster = cluster_of(instance, deploy, "mc-reboot", template())
    cluster.ask("set a 0 0 1\r\n1")
    instance.client("elasticache").reboot_cache_cluster(CacheClusterId=cluster.values["Name"],
                                                           CacheNodeIdsToReboot=["0001"])
    assert cluster.ask("get a") == "END"
    assert [row["pid"] for row in instance.nodes(cluster.values["Name"]).values()] != cluster.pids


def test_nothing_is_left(instance):
    cache = instance.client("elasticache")
    cache.create_cache_cluster(CacheClusterId="gone", Engine="memcached", NumCacheNodes=2,
                               CacheNodeType="cache.t4g.micro")
    pids = [row["pid"] for row in instance.nodes("gone").values()]
    assert len(pids) == 2
    cache.delete_cache_cluster(CacheClusterId="gone")
    assert instance.nodes("gone") == {}
    assert not any(os.path.exists(f"/proc/{pid}") for pid in pids)
    assert list(instance.folder.nodes.glob("memcached-*gone*")) == []


def test_the_version_that_serves():
    engine = Engine("memcached", "1.6.18", "/usr/bin/memcached", "test")
    for served in ("", "1.4.5", "1.5.16", "1.6.6", "1.6.22", "1.6.40"):
        check_serves(engine, "memcached", served)
    with pytest.raises(EngineError, match="MEMCACHED_SERVER"):
        check_serves(engine, "memcached", "1.7.0")


def test_another_binary_can_be_named(tmp_path, monkeypatch):
    old = tmp_path / "memcached"
    old.write_text("#!/bin/sh\necho memcached 1.5.22\n")
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("MEMCACHED_SERVER", str(old))
    assert find_memcached().version == "1.5.22"
    with pytest.raises(EngineError, match="1.5.22"):
        check_serves(find_memcached(), "memcached", "1.6.22")


def test_a_machine_without_it_is_told_the_package(monkeypatch):
    monkeypatch.delenv("MEMCACHED_SERVER", raising=False)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(LocalAwsError, match="install the package memcached"):
        find_memcached()
