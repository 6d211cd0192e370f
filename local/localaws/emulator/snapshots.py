"""Snapshots with their data: files of the engines, taken from running caches and given to new ones."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region
from ministack.services import elasticache as service
from ministack.services import s3

from localaws.emulator import global_datastore
from localaws.emulator.records import Record
from localaws.emulator.users import value, values
from localaws.errors import EngineError
from localaws.nodes.fleet import Fleet
from localaws.nodes.topology import GroupKey

logger = logging.getLogger("localaws")
Query = dict[str, Any]
_FILES, _SERVERLESS = "_files", "_serverless"
FAILED = "failed"
_OWN_KINDS = ("snapshot", "serverlesscachesnapshot")
# What reading a snapshot takes: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
_READS = (("s3:GetObject", "/{key}"), ("s3:ListBucket", ""), ("s3:GetBucketAcl", ""))
_CANONICAL_ID = "540804c33a284a299d2547575ce1010f2312ef3da9b3a053c8bc45bf233e4353"

_downloads: list[Path] = []


def serverless_key(name: str) -> GroupKey:
    return get_account_id(), get_region(), f"serverless/{name}"


def seeds(query: Query) -> tuple[Path, ...]:
    """The files a new cache starts from, in their order; none for a cache that starts empty."""
    name = value(query, "SnapshotName") or value(query, "ServerlessCacheSnapshotName")
    arns = _arns(query, "SnapshotArns")
    if name and arns:
        raise EngineError(f"SnapshotName {name} and SnapshotArns are two sources; give one of them")
    if name:
        return _files_of(name)
    return tuple(_download(arn) for arn in arns)


def serverless_seeds(query: Query) -> tuple[Path, ...]:
    found: list[Path] = []
    for arn in _arns(query, "SnapshotArnsToRestore"):
        parts = arn.split(":", 6)
        if len(parts) == 7 and parts[2] == "elasticache" and parts[5] in _OWN_KINDS:
            found += _files_of(parts[6])
        else:
            found.append(_download(arn))
    return tuple(found)


def _arns(query: Query, field: str) -> list[str]:
    return values(query, field) or [str(one) for one in service._extract_configs(query, field, ("SnapshotArn",))]


def _files_of(name: str) -> tuple[Path, ...]:
    record = service._snapshots.get(name)
    if record is None:
        raise EngineError(f"snapshot {name} does not exist")
    files = tuple(Path(path) for path in record.get(_FILES, ()))
    if not files or not all(path.exists() for path in files):
        raise EngineError(f"snapshot {name} has no data")
    return files


def _download(arn: str) -> Path:
    """The object of an ARN as a file. The bucket or the object must let ElastiCache read it."""
    parts = arn.split(":", 5)
    bucket, _, key = parts[5].partition("/") if len(parts) == 6 and parts[2] == "s3" else ("", "", "")
    if not key:
        raise EngineError(f"{arn} is not the ARN of an object in S3")
    data = s3._get_object_data(bucket, key)
    if data is None:
        raise EngineError(f"there is no object {key} in the bucket {bucket}")
    _check_readable(bucket, key, parts[1])
    if not data.startswith((b"REDIS", b"VALKEY")):
        raise EngineError(f"{arn} is not an RDB file")
    assert _folder is not None
    path = _folder / f"s3-{time.monotonic_ns()}.rdb"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(data)
    _downloads.append(path)
    return path


_folder: Path | None = None


def forget_downloads() -> None:
    """Files from S3 are read once."""
    while _downloads:
        _downloads.pop().unlink(missing_ok=True)


def _check_readable(bucket: str, key: str, partition: str) -> None:
    if _granted_by_acl(bucket, key):
        return
    principal = f"{get_region()}.elasticache-snapshot.amazonaws.com"
    policy = s3._bucket_policies.get(bucket)
    for action, suffix in _READS:
        resource = f"arn:{partition}:s3:::{bucket}{suffix.format(key=key)}"
        context = EvalContext(principal_arn="", principal_type="Service", principal_account="", action=action,
                              resource_arn=resource, region=get_region())
        if not policy or evaluate_resource_policy(policy, context, principal).decision != "Allow":
            raise EngineError(
                f"ElastiCache cannot read {key} in the bucket {bucket}: its policy does not allow {action} to the "
                f"service principal {principal}")


def _granted_by_acl(bucket: str, key: str) -> bool:
    """The older way: the object's list grants ElastiCache's own account the reading."""
    lists = [stored for where, stored in s3._object_acl.items() if tuple(where[:2]) == (bucket, key)]
    return any(grantee == _CANONICAL_ID and permission in ("READ", "FULL_CONTROL")
               for stored in lists for grantee, permission in s3._acl_grants(stored, "ID"))


class Library:
    """The snapshots of one instance; their files are in its folder."""

    def __init__(self, fleet: Fleet) -> None:
        global _folder  # noqa: PLW0603 - one instance per process
        self._fleet = fleet
        _folder = fleet.snapshots

    def check(self, query: Query) -> None:
        """Before CreateSnapshot: there must be something to take."""
        group, member = value(query, "ReplicationGroupId"), value(query, "CacheClusterId")
        if not group and member not in service._clusters:
            raise EngineError(f"cache cluster {member} does not exist" if member else
                              "give ReplicationGroupId or CacheClusterId")
        if group and group not in service._replication_groups:
            raise EngineError(f"replication group {group} does not exist")
        if member and service._clusters[member].get("Engine") == "memcached":
            raise EngineError("Creating a snapshot of a cluster that is running Memcached is not supported.")

    def take(self, query: Query) -> None:
        """After CreateSnapshot. What an engine cannot write fails later than the call, as on AWS."""
        try:
            self._take(query)
        except EngineError as problem:
            group = value(query, "ReplicationGroupId")
            source = service._replication_groups[group] if group else service._clusters[value(query, "CacheClusterId")]
            self._failed(value(query, "SnapshotName"), source, problem)

    def _take(self, query: Query) -> None:
        """The data of every shard, or of the one member."""
        member = value(query, "CacheClusterId")
        group = value(query, "ReplicationGroupId") or service._clusters[member]["ReplicationGroupId"]
        record: Record = service._replication_groups[group]
        members = [shard["NodeGroupMembers"][0]["CacheClusterId"] for shard in record["NodeGroups"]]
        self._keep(value(query, "SnapshotName"), (get_account_id(), get_region(), group),
                   members if not member else [member], record)

    def take_final(self, query: Query) -> None:
        """Before DeleteReplicationGroup and DeleteServerlessCache. A name that is taken stops the deletion."""
        name = value(query, "FinalSnapshotName") or value(query, "FinalSnapshotIdentifier")
        cache = value(query, "ServerlessCacheName").lower()
        if name and cache and cache in service._serverless_caches:
            self._take_serverless(name, cache)
        elif name and value(query, "ReplicationGroupId") in service._replication_groups:
            self.take_of_group(name, value(query, "ReplicationGroupId"))

    def before_delete(self, query: Query) -> None:
        """Before DeleteReplicationGroup."""
        global_datastore.check_delete(query)
        self.take_final(query)

    def take_of_group(self, name: str, group: str) -> None:
        query = {"SnapshotName": name, "ReplicationGroupId": group}
        self._new(query)
        self._take(query)

    def _take_serverless(self, name: str, cache: str) -> Record:
        self._new({"SnapshotName": name, "CacheClusterId": cache})
        record: Record = service._serverless_caches[cache]
        if record["Engine"] == "memcached":  # the engine has no file to give: a record, and restoring it fails by name
            return self._record(name, record, ())
        return self._keep(name, serverless_key(cache), [f"{cache}-serverless-001"], record)

    def _new(self, query: Query) -> None:
        status, _, _ = service._create_snapshot.__wrapped__(query)
        if status >= 400:
            raise EngineError(f"a snapshot {value(query, 'SnapshotName')} exists already")

    def _keep(self, name: str, group: GroupKey, members: list[str], source: Record) -> Record:
        folder = self._fleet.snapshots / "-".join((*group[:2], name))
        files = []
        for number, member in enumerate(members, 1):
            node = self._fleet.node(group, member)
            if node is None:
                raise EngineError(f"there is no node {member}")
            node.dump(folder / f"{number:04d}.rdb")
            files.append(str(folder / f"{number:04d}.rdb"))
        return self._record(name, source, tuple(files))

    def _failed(self, name: str, source: Record, problem: EngineError) -> Record:
        """A snapshot that was asked for and that an engine could not write."""
        logger.warning("the snapshot %s failed: %s", name, problem)
        record = self._record(name, source, ())
        record["SnapshotStatus"] = FAILED
        self.remove({})
        return record

    def _record(self, name: str, source: Record, files: tuple[str, ...]) -> Record:
        record: Record = service._snapshots[name]
        record[_FILES] = files
        record["Engine"] = source["Engine"]
        record["EngineVersion"] = source.get("EngineVersion") or source["FullEngineVersion"]
        if "ServerlessCacheName" in source:
            record[_SERVERLESS] = {key: source[key] for key in ("ServerlessCacheName", "Engine", "MajorEngineVersion")}
        return record

    def remove(self, _query: Query) -> None:
        """After a snapshot is gone: so are its files."""
        kept = {Path(path).parent for record in service._snapshots._data.values() for path in record.get(_FILES, ())}
        for folder in self._fleet.snapshots.glob("*/"):
            if folder not in kept:
                shutil.rmtree(folder)

    # -- snapshots of serverless caches have actions of their own ----------------------------------------------

    def actions(self) -> dict[str, Callable[[Query], str]]:
        return {"CreateServerlessCacheSnapshot": self._create, "DeleteServerlessCacheSnapshot": self._delete,
                "DescribeServerlessCacheSnapshots": self._describe}

    def _create(self, query: Query) -> str:
        name, cache = value(query, "ServerlessCacheSnapshotName"), value(query, "ServerlessCacheName").lower()
        if cache not in service._serverless_caches:
            raise EngineError(f"serverless cache {cache} does not exist")
        if name in service._snapshots:
            raise EngineError(f"a snapshot {name} exists already")
        try:
            record = self._take_serverless(name, cache)
        except EngineError as problem:
            record = self._failed(name, service._serverless_caches[cache], problem)
        return f"<ServerlessCacheSnapshot>{_xml(record)}</ServerlessCacheSnapshot>"

    def _delete(self, query: Query) -> str:
        name = value(query, "ServerlessCacheSnapshotName")
        record = service._snapshots.get(name)
        if record is None or _SERVERLESS not in record:
            raise EngineError(f"serverless cache snapshot {name} does not exist")
        del service._snapshots[name]
        self.remove(query)
        return f"<ServerlessCacheSnapshot>{_xml(record)}</ServerlessCacheSnapshot>"

    def _describe(self, query: Query) -> str:
        name, cache = value(query, "ServerlessCacheSnapshotName"), value(query, "ServerlessCacheName").lower()
        found = [record for record in service._snapshots.values() if _SERVERLESS in record
                 and name in ("", record["SnapshotName"])
                 and cache in ("", record[_SERVERLESS]["ServerlessCacheName"])]
        rows = "".join(f"<ServerlessCacheSnapshot>{_xml(record)}</ServerlessCacheSnapshot>" for record in found)
        return f"<ServerlessCacheSnapshots>{rows}</ServerlessCacheSnapshots>"


def with_times(record: Record) -> Record:
    """MiniStack writes down seconds, which clients of the protocol do not read as a time."""
    def time_of(node: Record) -> str:
        made = datetime.fromtimestamp(float(node["SnapshotCreateTime"]), UTC)
        return made.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    return {**record, "NodeSnapshots": [{**node, "SnapshotCreateTime": time_of(node)}
                                        for node in record.get("NodeSnapshots", [])]}


def serverless_arn(name: str) -> str:
    return str(service._arn_serverless_cache(name)).replace(":serverlesscache:", ":serverlesscachesnapshot:")


def _xml(record: Record) -> str:
    name = record["SnapshotName"]
    configuration = "".join(f"<{key}>{escape(str(content))}</{key}>" for key, content in record[_SERVERLESS].items())
    return (f"<ServerlessCacheSnapshotName>{escape(name)}</ServerlessCacheSnapshotName>"
            f"<ARN>{serverless_arn(name)}</ARN><SnapshotType>manual</SnapshotType><Status>{record['SnapshotStatus']}</Status>"
            f"<ServerlessCacheConfiguration>{configuration}</ServerlessCacheConfiguration>")
