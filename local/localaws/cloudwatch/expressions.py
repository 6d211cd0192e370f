"""Metric math: reading an expression. `arithmetic.py` works it out.

See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass


class MathError(ValueError):
    """An expression that CloudWatch would refuse, or that is not modelled here."""


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Id:
    name: str


@dataclass(frozen=True)
class Word:
    """What some functions take as a setting: REPEAT, LINEAR, ASC, DESC, or the name of a function."""

    name: str


@dataclass(frozen=True)
class Array:
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Unary:
    operand: Node


@dataclass(frozen=True)
class Binary:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


Node = Number | Text | Id | Word | Array | Unary | Binary | Call

_TOKEN = re.compile(r"""\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?P<text>"[^"]*"|'[^']*')
                        |(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>==|!=|<=|>=|&&|\|\||[-+*/^<>()\[\],]))""", re.VERBOSE)
_SYNONYMS = {"&&": "AND", "||": "OR"}
# From the loosest to the tightest.
_LEVELS = (("OR",), ("AND",), ("==", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/"))


def parse(expression: str) -> Node:
    """The tree of an expression; raises MathError with the place where it goes wrong."""
    return _Reader(expression).whole()


class _Reader:
    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens: list[tuple[str, str, int]] = []
        position = 0
        while expression[position:].strip():
            match = _TOKEN.match(expression, position)
            if match is None:
                raise self._error(position)
            kind = match.lastgroup or ""
            text = match.group(kind)
            self._tokens.append((kind, _SYNONYMS.get(text, text), match.start(kind)))
            position = match.end()
        self._tokens.append(("end", "", len(expression)))
        self._at = 0

    def whole(self) -> Node:
        node = self._level(0)
        if self._tokens[self._at][0] != "end":
            raise self._error(self._tokens[self._at][2])
        return node

    def _error(self, position: int) -> MathError:
        return MathError(f"Error in expression {self._expression!r}: unexpected "
                         f"{self._expression[position:position + 12] or 'end'!r} at {position}")

    def _next(self) -> tuple[str, str, int]:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _take(self, sign: str) -> bool:
        if self._tokens[self._at][:2] == ("sign", sign):
            self._at += 1
            return True
        return False

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise self._error(self._tokens[self._at][2])

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._level(level + 1)
        while self._tokens[self._at][0] in ("sign", "name") and self._tokens[self._at][1] in _LEVELS[level]:
            operator = self._next()[1]
            node = Binary(operator, node, self._level(level + 1))
        return node

    def _unary(self) -> Node:
        return Unary(self._unary()) if self._take("-") else self._power()

    def _power(self) -> Node:
        base = self._operand()
        return Binary("^", base, self._unary()) if self._take("^") else base

    def _operand(self) -> Node:
        kind, text, position = self._next()
        if kind == "number":
            return Number(float(text))
        if kind == "text":
            return Text(text[1:-1])
        if kind == "name" and self._take("("):
            return Call(text, self._list(")"))
        if kind == "name" and text not in ("AND", "OR"):
            return Id(text) if text[0].islower() else Word(text)
        if text == "(":
            node = self._level(0)
            self._need(")")
            return node
        if text == "[":
            return Array(self._list("]"))
        raise self._error(position)

    def _list(self, end: str) -> tuple[Node, ...]:
        items: list[Node] = []
        if self._take(end):
            return ()
        while True:
            items.append(self._level(0))
            if self._take(end):
                return tuple(items)
            self._need(",")
