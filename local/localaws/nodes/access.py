"""From ElastiCache users to the access rules of an engine. Passwords only ever appear as SHA-256 hashes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from localaws.errors import EngineError

ADMIN_USER = "local-admin"

# Commands that node-based ElastiCache does not offer to any user.
RESTRICTED_COMMANDS = (
    "acl|deluser", "acl|load", "acl|save", "acl|setuser", "bgrewriteaof", "bgsave",
    "cluster|addslots", "cluster|addslotsrange", "cluster|bumpepoch", "cluster|delslots",
    "cluster|delslotsrange", "cluster|failover", "cluster|flushslots", "cluster|forget", "cluster|meet",
    "cluster|replicate", "cluster|reset", "cluster|saveconfig", "cluster|set-config-epoch", "cluster|setslot",
    "config", "debug", "migrate", "module", "psync", "replicaof", "save", "shutdown", "slaveof", "sync",
)
# Harmless on AWS; here they would show the administrator of the local engines.
LOCAL_ADMIN_COMMANDS = ("acl|getuser", "acl|list")

_SELECTOR_OR_WORD = re.compile(r"\([^)]*\)|\S+")
_CREDENTIAL_WORDS = frozenset({"nopass", "resetpass", "reset"})


@dataclass(frozen=True)
class AccessUser:
    """One user of an engine. No hashes and not open means: nobody can log in as this user."""

    name: str
    access_string: str
    password_hashes: tuple[str, ...] = ()
    no_password: bool = False
    iam: bool = False  # logs in with a token, which no engine can check: see localaws/front


def password_hash(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()


def disabled_default() -> AccessUser:
    """The `default` user when the user group has none of that name."""
    return AccessUser("default", "off -@all")


def words(access_string: str) -> list[str]:
    """The rules of an access string; a selector `( … )` is one of them."""
    return _SELECTOR_OR_WORD.findall(access_string)


def check_access_string(access_string: str) -> None:
    """ElastiCache takes passwords as properties of the user, never in the access string."""
    for word in words(access_string):
        if word[0] in "><#!" or word.lower() in _CREDENTIAL_WORDS:
            raise EngineError(
                f"an access string must not hold {'a password' if word[0] in '><#!' else repr(word)}; use "
                "AuthenticationMode, Passwords or NoPasswordRequired of the user")


def denials(known_commands: Collection[str]) -> tuple[str, ...]:
    """Rules that take the restricted commands away, for the commands this engine knows."""
    return tuple(f"-{name}" for name in (*RESTRICTED_COMMANDS, *LOCAL_ADMIN_COMMANDS)
                 if name in known_commands)


def rules(user: AccessUser, denied: Iterable[str]) -> list[str]:
    """The arguments of `ACL SETUSER` after the name; complete, so they replace what was there."""
    grants = any(word[0] in "+(" or word.lower() == "allcommands" for word in words(user.access_string))
    denied = list(denied) if grants else []
    body = [f"{word[:-1]} {' '.join(denied)})" if word.startswith("(") else word
            for word in words(user.access_string)]
    secrets = [f"#{value}" for value in user.password_hashes]
    return ["reset", *body, *(["nopass"] if user.no_password else secrets), *denied]
