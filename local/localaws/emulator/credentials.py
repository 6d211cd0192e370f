"""The access keys that MiniStack's IAM and STS gave out, for the fronts that check tokens signed with them."""

from __future__ import annotations

from ministack.core.iam_evaluator import ResolvedCredential, resolve_credential

from localaws.front.token import KnownKey


def find_key(access_key: str, account: str, session_token: str) -> KnownKey | None:
    """Keys of users, sessions of roles with the token they came with, and the test account's own."""
    found = resolve_credential(access_key, account, session_token)
    if not access_key or not isinstance(found, ResolvedCredential):
        return None
    return KnownKey(found.secret_access_key, found.session_token)
