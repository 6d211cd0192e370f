"""Actions of ElastiCache's API that MiniStack does not have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from ministack.core.concurrency import run_offloop
from ministack.services import elasticache as service

from localaws.errors import EngineError

Query = dict[str, Any]
Response = tuple[int, dict[str, str], bytes]
Action = Callable[[Query], str]

_ACTIONS: dict[str, Action] = {}


def register(name: str, action: Action) -> None:
    """`action` returns the body of the result; an EngineError is answered as ElastiCache answers a refusal."""
    _ACTIONS[name] = action


def run(name: str, query: Query) -> Response:
    """Runs an action of ours."""
    try:
        result = _ACTIONS[name](query)
    except EngineError as problem:
        return service._error("InvalidParameterValue", escape(str(problem)), 400)  # type: ignore[no-any-return]
    response: Response = service._xml(200, f"{name}Response", f"<{name}Result>{result}</{name}Result>")
    return response


def install() -> None:
    """Answers our actions before MiniStack says that it does not know them."""
    original: Callable[..., Awaitable[Response]] = service.handle_request

    async def handle(method: str, path: str, headers: Any, body: bytes, query: Query) -> Response:
        given = {**query, **(parse_qs(body.decode("utf-8", errors="replace")) if method == "POST" and body else {})}
        name = str(service._p(given, "Action"))
        if name not in _ACTIONS:
            return await original(method, path, headers, body, query)
        response: Response = await run_offloop(run, name, given)
        return response

    service.handle_request = handle
