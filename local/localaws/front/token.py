"""IAM tokens: pre-signed requests `connect` that serve as a password. Each is signed again here and compared.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
"""

from __future__ import annotations

import datetime
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

SERVICE = "elasticache"
LONGEST_LIFE = 900  # seconds
# How far the clock of a signer may be ahead, as for every request that is signed with Signature Version 4.
_CLOCK_SKEW = datetime.timedelta(minutes=5)
_LONGEST_TOKEN = 16384
_DATE = "%Y%m%dT%H%M%SZ"

_SIGNED = frozenset({"Action", "User", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
                     "X-Amz-SignedHeaders"})
_OPTIONAL = frozenset({"ResourceType", "X-Amz-Security-Token"})
_SIGNATURE = "X-Amz-Signature"


class TokenRefused(Exception):
    """Why a token lets nobody in; never holds the token or a part of it that is secret."""


@dataclass(frozen=True)
class CacheIdentity:
    """The cache that a token must have been signed for. Cache names are lower case."""

    account: str
    region: str
    name: str
    serverless: bool


@dataclass(frozen=True)
class KnownKey:
    """The secret of an access key; a session of a role has a token as well."""

    secret: str
    session_token: str | None = None


# Access key, account, session token as given: the key if IAM or STS of that account know it and it is valid.
KeyLookup = Callable[[str, str, str], KnownKey | None]


def verify(token: str, user: str, cache: CacheIdentity, keys: KeyLookup,
           now: datetime.datetime | None = None) -> None:
    """Returns when the token lets this user into this cache, and raises TokenRefused when it does not."""
    host, values = _read(token)
    if host != cache.name:
        raise TokenRefused(f"it is signed for the cache {host!r}, and this one is {cache.name!r}")
    _check_request(values, user, cache)
    access_key = _check_scope(values, cache)
    _check_time(values, now or datetime.datetime.now(datetime.UTC))
    key = keys(access_key, cache.account, values.get("X-Amz-Security-Token", ""))
    if key is None:
        raise TokenRefused(f"the access key {access_key!r} or its session is not known in account {cache.account}")
    if not hmac.compare_digest(sign(host, values, access_key, key, cache.region), values[_SIGNATURE]):
        raise TokenRefused("its signature is not that of the access key's secret")


def sign(host: str, values: dict[str, str], access_key: str, key: KnownKey, region: str) -> str:
    """The signature of a request with these values, at the date it names."""
    from botocore.auth import SigV4QueryAuth  # here, for the commands that only list nodes load this file too
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    query = "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
                     for name, value in values.items() if name != _SIGNATURE)
    signer = SigV4QueryAuth(Credentials(access_key, key.secret, key.session_token), SERVICE, region)
    request = AWSRequest("GET", f"https://{host}/?{query}")
    request.context["timestamp"] = values["X-Amz-Date"]
    signature: str = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    return signature


def _read(token: str) -> tuple[str, dict[str, str]]:
    """Host and query of the token, which is an address without its scheme."""
    if len(token) > _LONGEST_TOKEN or not token.isascii() or not token.isprintable():
        raise TokenRefused("it is no pre-signed request")
    try:
        parts = urlsplit(f"//{token}")
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        raise TokenRefused("it is no pre-signed request") from None
    values = dict(pairs)
    if not parts.netloc or parts.path not in ("", "/") or parts.fragment or len(values) != len(pairs):
        raise TokenRefused("it is no pre-signed request")
    missing = sorted({*_SIGNED, _SIGNATURE} - values.keys())
    unknown = sorted(values.keys() - _SIGNED - _OPTIONAL - {_SIGNATURE})
    if missing or unknown:
        raise TokenRefused(f"it lacks {', '.join(missing)}" if missing else "it has parameters of its own")
    return parts.netloc, values


def _check_request(values: dict[str, str], user: str, cache: CacheIdentity) -> None:
    if values["Action"] != "connect":
        raise TokenRefused("its Action is not connect")
    if values["User"] != user:
        raise TokenRefused(f"it is signed for the user {values['User']!r}, and the login is of {user!r}")
    if values.get("ResourceType") != ("ServerlessCache" if cache.serverless else None):
        raise TokenRefused("a serverless cache needs ResourceType=ServerlessCache" if cache.serverless
                           else "ResourceType is for serverless caches")
    if values["X-Amz-Algorithm"] != "AWS4-HMAC-SHA256" or values["X-Amz-SignedHeaders"] != "host":
        raise TokenRefused("it must be signed with AWS4-HMAC-SHA256 over the header host")


def _check_scope(values: dict[str, str], cache: CacheIdentity) -> str:
    """Returns the access key."""
    access_key, *scope = values["X-Amz-Credential"].split("/")
    if scope != [values["X-Amz-Date"][:8], cache.region, SERVICE, "aws4_request"]:
        raise TokenRefused(f"its scope is {'/'.join(scope)!r}, and has to be of its date, {cache.region} and {SERVICE}")
    return access_key


def _check_time(values: dict[str, str], now: datetime.datetime) -> None:
    try:
        signed = datetime.datetime.strptime(values["X-Amz-Date"], _DATE).replace(tzinfo=datetime.UTC)
    except ValueError:
        raise TokenRefused("its X-Amz-Date is no date") from None
    life = values["X-Amz-Expires"]
    if not re.fullmatch(r"[0-9]{1,3}", life) or not 1 <= int(life) <= LONGEST_LIFE:
        raise TokenRefused(f"its X-Amz-Expires is not 1 to {LONGEST_LIFE} seconds")
    if signed > now + _CLOCK_SKEW:
        raise TokenRefused(f"it is signed at {values['X-Amz-Date']}, which is in the future")
    if now >= signed + datetime.timedelta(seconds=int(life)):
        raise TokenRefused(f"it is expired: signed at {values['X-Amz-Date']} for {life} seconds")
