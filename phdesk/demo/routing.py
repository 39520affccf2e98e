"""Take requests apart and write answers: the key at the door, bodies, pages, refusals as JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from phdesk.demo import account
from phdesk.demo.errors import ApiError, bad_key, hidden, invalid, no_key, not_found, unreadable

JSON = dict[str, Any]
OPEN = "/_preflight/"
SHARED = ("/shared/", "/embedded/", "/shared_dashboard/")  # pages for everybody
_encoder = msgspec.json.Encoder()

Handler = Callable[[Request, JSON], Response]


class Door:
    """Adds the last slash that a caller left off, and asks for the key."""

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in who has the key."""
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        path = scope["path"] if scope["path"].endswith("/") else scope["path"] + "/"
        refusal = None if path.startswith((OPEN, *SHARED)) else _key_refusal(dict(scope["headers"]))
        if refusal:
            await as_json(refusal.body, refusal.status)(scope, receive, send)
        else:
            await self._inside({**scope, "path": path}, receive, send)


def _key_refusal(headers: Mapping[bytes, bytes]) -> ApiError | None:
    word, _, key = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if word != "Bearer" or not key.strip():
        return no_key()
    return None if key.strip() == account.DEMO_KEY else bad_key()


def route(path: str, handlers: Mapping[str, Handler]) -> Route:
    """Answer at a path, by method, with what a request and its body are given to."""

    async def endpoint(request: Request) -> Response:
        try:
            _check_project(request)
            body = _body(await request.body())
            # Computed on the server's one thread: answers take milliseconds, and two threads
            # would only wait for each other at the database.
            return handlers[request.method](request, body)
        except ApiError as error:
            return as_json(error.body, error.status)

    return Route(path, endpoint, methods=list(handlers))


def get(path: str, handler: Handler) -> Route:
    """Answer at a path where nothing can be changed."""
    return route(path, {"GET": handler})


def _check_project(request: Request) -> None:
    project = request.path_params.get("project", "@current")
    if project not in ("@current", str(account.PROJECT_ID)):
        raise not_found()


def _body(raw: bytes) -> JSON:
    if not raw.strip():
        return {}
    try:
        body = msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise unreadable(str(error)) from error
    if not isinstance(body, dict):
        raise invalid("Invalid data. Expected a dictionary.")
    return body


def number(request: Request) -> int:
    """Read the number in a path; none is the error that hides its cause."""
    text = request.path_params["id"]
    if not text.isdigit():
        raise hidden()
    return int(text)


def filters_override(request: Request) -> JSON | None:
    """Read the filters that a request lays over the saved ones."""
    return _given(request, "filters_override")


def variables_override(request: Request) -> JSON | None:
    """Read the values that a request gives to SQL variables."""
    return _given(request, "variables_override")


def _given(request: Request, name: str) -> JSON | None:
    raw = request.query_params.get(name)
    if not raw:
        return None
    try:
        found = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        found = None
    if not isinstance(found, dict):
        raise invalid(f"Invalid JSON passed in {name} parameter", attr=name)
    return found


def named(request: Request, rows: list[JSON]) -> list[JSON]:
    """Keep the rows whose names hold what is searched."""
    wanted = request.query_params.get("search", "").lower()
    return [row for row in rows if wanted in row["name"].lower()]


def page(request: Request, rows: Sequence[JSON], usual: int = 100) -> Response:
    """Write a page of a list as PostHog does."""
    limit = whole(request.query_params.get("limit"), usual) or usual
    offset = whole(request.query_params.get("offset"), 0)
    more = offset + limit < len(rows)
    return as_json(
        {
            "count": len(rows),
            "next": _turned(request, limit, offset + limit) if more else None,
            "previous": _turned(request, limit, max(0, offset - limit)) if offset else None,
            "results": rows[offset : offset + limit],
        }
    )


def _turned(request: Request, limit: int, offset: int) -> str:
    asked = dict(request.query_params) | {"limit": str(limit), "offset": str(offset)}
    if not offset:
        asked.pop("offset")
    return str(request.url.replace(query=urlencode(asked)))


def whole(text: str | None, usual: int) -> int:
    """Read a whole number that was sent as text."""
    return int(text) if text and text.isdigit() else usual


def as_json(body: Any, status: int = 200) -> Response:
    """Write an answer."""
    return Response(_encoder.encode(body), status, media_type="application/json")


async def unknown(_request: Request, _error: Exception) -> Response:
    """Answer where there is no endpoint."""
    refusal = not_found("Endpoint not found.")
    return as_json(refusal.body, refusal.status)


async def refused(_request: Request, _error: Exception) -> Response:
    """Answer where there is no such method."""
    return Response(status_code=405)
