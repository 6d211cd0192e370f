"""Reads what a client sends, to rewrite its logins and nothing else.

Reading wrongly is no danger: a login that is not rewritten reaches the engine as it came, and the password that
IAM users have there is known to nobody but the front.
"""

from __future__ import annotations

from collections.abc import Callable

# The whole command of a login; a token with the session of a role has some two thousand bytes.
_LONGEST_LOGIN = 65536
_LOGINS = (b"AUTH", b"HELLO")

# User and password as the client gave them; the password to log in with instead, or None to leave it.
Substitute = Callable[[bytes, bytes], bytes | None]


class RequestReader:
    """One direction of one connection: bytes in, bytes for the engine out."""

    def __init__(self, substitute: Substitute) -> None:
        self._substitute = substitute
        self._pending = b""  # what cannot be judged yet
        self._skip = 0  # bytes that are left of an argument
        self._arguments = 0  # arguments that are left of a command which passes
        self._blind = False  # what came is no request; the engine says so and hangs up

    def feed(self, data: bytes) -> bytes:
        """Takes what arrived, returns what may go on to the engine."""
        if self._blind:
            return data
        buffer = self._pending + data if self._pending else data
        out: list[bytes] = []
        start = position = 0
        while position < len(buffer):
            if self._skip:
                step = min(self._skip, len(buffer) - position)
                self._skip -= step
                position += step
                continue
            try:
                end, words = self._next(buffer, position)
            except _NoRequest:
                self._blind, position = True, len(buffer)
                break
            if end is None:
                break
            if words is not None:
                changed = self._rewrite(words)
                if changed is not None:
                    out += (buffer[start:position], _encode(changed))
                    start = end
            position = end
        self._pending = buffer[position:]
        out.append(buffer[start:position])
        return b"".join(out)

    def _next(self, buffer: bytes, position: int) -> tuple[int | None, list[bytes] | None]:
        """Where the next part ends, None when it is not all here; and its words when it is a login."""
        if self._arguments:
            size, end = _number(buffer, position, b"$")
            if end is None:
                return None, None
            self._arguments -= 1
            self._skip = max(size, 0) + 2
            return end, None
        if buffer[position:position + 1] != b"*":
            return _inline(buffer, position)
        count, end = _number(buffer, position, b"*")
        if end is None or count <= 0:
            return end, None
        size, name = _number(buffer, end, b"$")
        if name is None:
            return None, None
        if size in (4, 5):
            if len(buffer) < name + size:
                return None, None
            if buffer[name:name + size].upper() in _LOGINS:
                return _whole(buffer, position)
        self._arguments = count
        return end, None

    def _rewrite(self, words: list[bytes]) -> list[bytes] | None:
        """The login with another password; None when there is nothing to change."""
        changed = list(words)
        for place in _places_of_users(words):
            password = self._substitute(words[place], words[place + 1])
            if password is not None:
                changed[place + 1] = password
        return changed if changed != words else None


class _NoRequest(Exception):
    pass


def _number(buffer: bytes, position: int, kind: bytes) -> tuple[int, int | None]:
    """The number of a line `*3` or `$5`, and where the next line begins; None when the line is not all here."""
    end = buffer.find(b"\r\n", position, position + 34)
    if end < 0:
        if len(buffer) - position > 32:
            raise _NoRequest
        return 0, None
    digits = buffer[position + 1:end]
    if buffer[position:position + 1] != kind or not digits.removeprefix(b"-").isdigit():
        raise _NoRequest
    return int(digits), end + 2


def _whole(buffer: bytes, position: int) -> tuple[int | None, list[bytes] | None]:
    """A login and where it ends."""
    count, end = _number(buffer, position, b"*")
    words: list[bytes] = []
    while end is not None and len(words) < count:
        size, begin = _number(buffer, end, b"$")
        if size < 0:
            raise _NoRequest
        end = None
        if begin is not None and len(buffer) >= begin + size + 2:
            words.append(buffer[begin:begin + size])
            end = begin + size + 2
    if end is None and len(buffer) - position > _LONGEST_LOGIN:
        raise _NoRequest
    return (None, None) if end is None else (end, words)


def _inline(buffer: bytes, position: int) -> tuple[int | None, list[bytes] | None]:
    """A command on a line of its own, as people type it. With quotes it passes: no token needs any."""
    end = buffer.find(b"\n", position)
    if end < 0:
        if len(buffer) - position > _LONGEST_LOGIN:
            raise _NoRequest
        return None, None
    words = buffer[position:end].split()
    login = bool(words) and words[0].upper() in _LOGINS and not any(mark in word for word in words for mark in b"\"'")
    return end + 1, words if login else None


def _places_of_users(words: list[bytes]) -> list[int]:
    """Where users stand in `AUTH user password` and `HELLO 3 AUTH user password SETNAME name`."""
    if words[0].upper() == b"AUTH":
        return [1] if len(words) == 3 else []
    places, position = [], 2
    while position < len(words):
        option = words[position].upper()
        if option == b"AUTH" and position + 2 < len(words):
            places.append(position + 1)
            position += 3
        else:
            position += 2 if option == b"SETNAME" else 1
    return places


def _encode(words: list[bytes]) -> bytes:
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)
