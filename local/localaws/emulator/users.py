"""Users and user groups: the rules ElastiCache has about them, and what they mean for an engine."""

from __future__ import annotations

from typing import Any

from ministack.services import elasticache as service

from localaws.emulator.records import Record
from localaws.errors import EngineError
from localaws.nodes.access import ADMIN_USER, AccessUser, check_access_string, disabled_default, password_hash

PASSWORD_LENGTH = range(16, 129)
_MOST_PASSWORDS = 2
_HASHES = "_password_hashes"
_MODE = "_authentication"

Query = dict[str, Any]


def value(query: Query, name: str) -> str:
    return str(service._p(query, name))


def values(query: Query, name: str) -> list[str]:
    return [str(item) for item in service._extract_configs(query, name, ("member",))]


def check_user(query: Query) -> None:
    """Before CreateUser and ModifyUser: what ElastiCache would refuse. Never quotes a password."""
    name = value(query, "UserName") or value(query, "UserId")
    passwords, mode = _passwords(query), _mode(query)
    if value(query, "AccessString"):
        check_access_string(value(query, "AccessString"))
    if len(passwords) > _MOST_PASSWORDS:
        raise EngineError(f"user {name} has {len(passwords)} passwords; at most {_MOST_PASSWORDS} are allowed")
    if any(len(password) not in PASSWORD_LENGTH for password in passwords):
        raise EngineError(f"a password of user {name} is not 16 to 128 characters long")
    if passwords and mode in ("iam", "no-password-required"):
        raise EngineError(f"user {name} has passwords and {mode}; choose one way to authenticate")


def check_new_user(query: Query) -> None:
    check_user(query)
    name, identifier, mode = value(query, "UserName"), value(query, "UserId"), _mode(query)
    if name == ADMIN_USER:
        raise EngineError(f"the user name {ADMIN_USER} belongs to the administrator of the local engines")
    if mode == "password" and not _passwords(query):
        raise EngineError(f"user {identifier} has no password; give AuthenticationMode, Passwords or "
                          "NoPasswordRequired")
    if mode == "iam" and name != identifier:
        raise EngineError(f"an IAM user needs the same UserId and UserName; they are {identifier} and {name}")


def remember_credentials(query: Query) -> None:
    """After CreateUser and ModifyUser: keeps the hashes of the passwords, which MiniStack forgets."""
    record: Record = service._users[value(query, "UserId")]
    passwords = _passwords(query)
    given = any(key.startswith(("AuthenticationMode", "Passwords", "NoPasswordRequired")) for key in query)
    if given or _MODE not in record:
        record[_MODE] = _mode(query)
        record[_HASHES] = [password_hash(password) for password in passwords]
    kind = "no-password" if record[_MODE] == "no-password-required" else record[_MODE]
    record["Authentication"] = {"Type": kind, "PasswordCount": len(record[_HASHES])}


def check_group(query: Query) -> None:
    """After CreateUserGroup and ModifyUserGroup, inside the transaction."""
    group: Record = service._user_groups[value(query, "UserGroupId")]
    names = []
    for identifier in group["UserIds"]:
        user = service._users.get(identifier)
        if user is None:
            raise EngineError(f"user {identifier} of user group {group['UserGroupId']} does not exist; with literal "
                              "ids in UserIds the group needs a DependsOn on its users")
        names.append(user["UserName"])
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise EngineError(f"user group {group['UserGroupId']} has several users named {', '.join(twice)}")
    if group["Engine"] == "redis" and "default" not in names:
        raise EngineError(f"user group {group['UserGroupId']} is for redis and needs a user named default")


def leave_groups(query: Query) -> None:
    """After DeleteUser: the user is a member of no group any more."""
    identifier = value(query, "UserId")
    for group in service._user_groups.values():
        if identifier in group["UserIds"]:
            group["UserIds"].remove(identifier)


def check_group_unused(query: Query) -> None:
    """Before DeleteUserGroup."""
    name = value(query, "UserGroupId")
    users = [group["ReplicationGroupId"] for group in service._replication_groups.values()
             if name in group.get("UserGroupIds", [])]
    users += [cache["ServerlessCacheName"] for cache in service._serverless_caches.values()
              if name == cache.get("UserGroupId")]
    if users:
        raise EngineError(f"user group {name} is in use by {', '.join(users)}")


def access_users(group: Record) -> tuple[AccessUser, ...]:
    """The users of a replication group's engines."""
    if group.get("UserGroupIds"):
        return _users_of(group["UserGroupIds"])
    tokens = group.get("_auth_tokens") or []
    open_to_all = not tokens or bool(group.get("_auth_optional"))
    hashes = () if open_to_all else tuple(password_hash(token) for token in tokens)
    return (AccessUser("default", "on ~* &* +@all", hashes, open_to_all),)


def _users_of(groups: list[str]) -> tuple[AccessUser, ...]:
    found: dict[str, AccessUser] = {}
    for group in groups:
        for identifier in service._user_groups[group]["UserIds"]:
            user = service._users.get(identifier)
            if user is None:
                raise EngineError(f"user {identifier} of user group {group} does not exist")
            # An IAM user has neither hash nor nopass here; the front of a node gives it a password that only it knows.
            found[user["UserName"]] = AccessUser(
                user["UserName"], user["AccessString"], tuple(user.get(_HASHES, ())),
                user.get(_MODE) == "no-password-required", user.get(_MODE) == "iam")
    if "default" not in found:
        found["default"] = disabled_default()
    return tuple(found.values())


def _passwords(query: Query) -> list[str]:
    return values(query, "Passwords") or values(query, "AuthenticationMode.Passwords")


def _mode(query: Query) -> str:
    mode = value(query, "AuthenticationMode.Type")
    if mode not in ("", "password", "iam", "no-password-required"):
        raise EngineError(f"AuthenticationMode {mode!r} is not password, iam or no-password-required")
    if mode:
        return mode
    return "no-password-required" if value(query, "NoPasswordRequired").lower() == "true" else "password"
