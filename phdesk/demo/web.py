"""Serve the demo over HTTP: routes, the key at the door, and refusals as JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from phdesk.demo import account
from phdesk.demo.alerts import USUAL_CHECKS, Alerts
from phdesk.demo.answers import Answers, full_body
from phdesk.demo.changing import Changing
from phdesk.demo.choices import values, variables
from phdesk.demo.definitions import annotations, event_definitions, property_definitions
from phdesk.demo.engine import check, source_of
from phdesk.demo.errors import ApiError, bad_key, hidden, invalid, no_key, not_found, unreadable
from phdesk.demo.merging import apply_filters, effective_filters
from phdesk.demo.pages import Pages
from phdesk.demo.ranges import iso
from phdesk.demo.shelf import Insight, Shelf
from phdesk.demo.world import World

JSON = dict[str, Any]
_OPEN = "/_preflight/"
_encoder = msgspec.json.Encoder()


class Site:
    """The endpoints, one method each. Bodies are read before a method is called."""

    def __init__(self, world: World, shelf: Shelf, answers: Answers) -> None:
        self._world = world
        self._shelf = shelf
        self._answers = answers
        self._watching = Alerts(shelf)
        self._pages = Pages(shelf, answers, self._watching)
        self._changing = Changing(shelf)

    def application(self) -> ASGIApp:
        """Make the ASGI application."""
        project = "/api/projects/{project}/"
        routes = [
            _get(_OPEN, self._preflight),
            _get("/api/users/@me/", self._me),
            _get("/api/organizations/", self._organizations),
            _get("/api/organizations/{organization}/", self._organization),
            _get("/api/projects/", self._projects),
            _get(project, self._project),
            _get(project + "dashboards/", self._dashboards),
            _route(project + "dashboards/{id}/", {"GET": self._read, "PATCH": self._change}),
            _route(project + "dashboards/{id}/copy_tile/", {"POST": self._copy_tile}),
            _route(project + "insights/", {"GET": self._insights, "POST": self._new_insight}),
            _route(
                project + "insights/{id}/",
                {"GET": self._insight, "PATCH": self._change_insight},
            ),
            _route(project + "query/", {"POST": self._query}),
            _route(project + "query/{id}/", {"GET": self._poll, "DELETE": self._cancel}),
            _get(project + "annotations/", self._annotations),
            _route(project + "alerts/", {"GET": self._alerts, "POST": self._new_alert}),
            _route(
                project + "alerts/{alert}/",
                {"GET": self._alert, "PATCH": self._change_alert, "DELETE": self._delete_alert},
            ),
            _get(project + "event_definitions/", self._event_definitions),
            _get(project + "actions/", self._actions),
            _get(project + "property_definitions/", self._property_definitions),
            _get(project + "events/values/", self._event_values),
            _get(project + "persons/values/", self._person_values),
            _get(project + "insight_variables/", self._insight_variables),
        ]
        return _Door(Starlette(routes=routes, exception_handlers={404: _unknown, 405: _refused}))

    def _preflight(self, _request: Request, _body: JSON) -> Response:
        return _json(account.preflight())

    def _me(self, _request: Request, _body: JSON) -> Response:
        return _json(account.me(self._shelf.created))

    def _organizations(self, request: Request, _body: JSON) -> Response:
        return _page(request, [account.organization(self._shelf.created)])

    def _organization(self, request: Request, _body: JSON) -> Response:
        described = account.organization(self._shelf.created)
        if request.path_params["organization"] not in ("@current", described["id"]):
            raise not_found()
        return _json(described)

    def _projects(self, request: Request, _body: JSON) -> Response:
        return _page(request, [account.project_row()])

    def _project(self, _request: Request, _body: JSON) -> Response:
        return _json(account.project(self._shelf.created))

    def _dashboards(self, request: Request, _body: JSON) -> Response:
        wanted = request.query_params.get("search", "").lower()
        rows = [self._pages.dashboard_row(one) for one in self._shelf.rows()]
        return _page(request, [row for row in rows if wanted in row["name"].lower()])

    def _read(self, request: Request, _body: JSON) -> Response:
        dashboard = self._shelf.dashboard(_number(request))
        filters = effective_filters(dashboard.filters, _override(request))
        refresh, variables = request.query_params.get("refresh"), _variables(request)
        return _json(self._pages.dashboard(dashboard, filters, refresh, variables))

    def _change(self, request: Request, body: JSON) -> Response:
        dashboard = self._changing.dashboard(_number(request), body, self._world.now())
        return _json(self._pages.dashboard(dashboard, dashboard.filters, None))

    def _copy_tile(self, request: Request, body: JSON) -> Response:
        tile = self._changing.copy_tile(_number(request), body)
        filters = self._shelf.dashboard(_number(request)).filters
        return _json(self._pages.tile(tile, filters, None), 201)

    def _insights(self, request: Request, _body: JSON) -> Response:
        asked = request.query_params
        found = [one for one in self._shelf.insights() if self._matches(one, asked)]
        if asked.get("basic", "").lower() in ("true", "1"):
            return _page(request, [self._pages.insight_row(one) for one in found])
        refresh = asked.get("refresh")
        return _page(request, [self._pages.insight(one, {}, refresh) for one in found])

    def _matches(self, insight: Insight, asked: Mapping[str, str]) -> bool:
        wanted = asked.get("search", "").lower()
        if wanted not in f"{insight.name} {insight.description}".lower():
            return False
        if asked.get("short_id") and insight.short_id != asked["short_id"]:
            return False
        boards = asked.get("dashboards", "").strip("[]").replace(" ", "").split(",")
        on = {str(one.id) for one, _ in self._shelf.tiles_of(insight)}
        if boards != [""] and on.isdisjoint(boards):
            return False
        kind = asked.get("insight")
        source = str(source_of(insight.query).get("kind"))
        return not kind or source.upper().startswith(kind.upper())

    def _insight(self, request: Request, _body: JSON) -> Response:
        text = request.path_params["id"]
        if not text.isdigit():
            raise not_found()
        insight = self._shelf.insight(int(text))
        refresh, override = request.query_params.get("refresh"), _override(request)
        origin = request.query_params.get("from_dashboard", "")
        variables = _variables(request) or {}
        if not origin.isdigit():
            return _json(self._pages.insight(insight, override or {}, refresh, variables))
        board = self._shelf.dashboard(int(origin))
        filters = effective_filters(board.filters, override)
        wanted = {**board.variables, **variables}
        for one, tile in self._shelf.tiles_of(insight):
            if one is board:
                return _json(self._pages.insight_on_dashboard(tile, filters, refresh, wanted))
        return _json(self._pages.insight(insight, filters, refresh, wanted))

    def _change_insight(self, request: Request, body: JSON) -> Response:
        return _json(self._pages.insight(self._changing.insight(_number(request), body), {}, None))

    def _new_insight(self, _request: Request, body: JSON) -> Response:
        made = self._changing.new_insight(body)
        return _json(self._pages.insight(made, {}, None), 201)

    def _query(self, _request: Request, body: JSON) -> Response:
        query = body.get("query")
        if not isinstance(query, dict):
            raise unreadable("1 validation error for QueryRequest\nquery\n  Field required")
        check(source_of(query))
        query = apply_filters(source_of(query), body.get("filters_override") or {})
        mode = str(body.get("refresh") or ("async" if body.get("async") else "blocking"))
        if mode not in ("async", "force_async", "lazy_async", "force_blocking", "true"):
            mode = "blocking"  # force_cache and unknown modes compute here, unlike for insights
        reply = self._answers.ask(query, mode, body.get("client_query_id"))
        if reply.answer and not reply.job:
            return _json(full_body(reply.answer, cached=reply.cached))
        status = self._answers.status(reply.job) if reply.job else None
        return _json({"query_status": status}, 202)

    def _poll(self, request: Request, _body: JSON) -> Response:
        status = self._answers.poll(request.path_params["id"])
        if not status["complete"]:
            return _json({"query_status": status}, 202)
        failure = 400 if status["error_message"] else 500
        return _json({"query_status": status}, failure if status["error"] else 200)

    def _cancel(self, request: Request, _body: JSON) -> Response:
        self._answers.cancel(request.path_params["id"])
        return Response(status_code=204)

    def _annotations(self, request: Request, _body: JSON) -> Response:
        since = request.query_params.get("date_from", "")[:10]  # whole days are fine enough
        notes = [one for one in annotations(self._world) if one["date_marker"] >= since]
        return _page(request, notes, usual=1000)

    def _alerts(self, request: Request, _body: JSON) -> Response:
        asked = request.query_params
        wanted = asked.get("insight") or asked.get("insight_id")
        found = _named(request, self._pages.alerts())
        kept = [one for one in found if wanted in (None, str(one["insight"]["id"]))]
        return _page(request, kept)

    def _alert(self, request: Request, _body: JSON) -> Response:
        alert = self._watching.one(request.path_params["alert"])
        checks = _whole(request.query_params.get("checks_limit"), USUAL_CHECKS)
        return _json(self._pages.alert(alert, checks))

    def _new_alert(self, _request: Request, body: JSON) -> Response:
        made = self._watching.make(body, self._world.now())
        return _json(self._pages.unchecked(made), 201)

    def _change_alert(self, request: Request, body: JSON) -> Response:
        changed = self._watching.change(request.path_params["alert"], body, self._world.now())
        return _json(self._pages.unchecked(changed))

    def _delete_alert(self, request: Request, _body: JSON) -> Response:
        self._watching.delete(request.path_params["alert"])
        return Response(status_code=204)

    def _event_definitions(self, request: Request, _body: JSON) -> Response:
        return _page(request, _named(request, event_definitions(self._world)))

    def _actions(self, request: Request, _body: JSON) -> Response:
        return _page(request, [])  # the invented company has put none together

    def _property_definitions(self, request: Request, _body: JSON) -> Response:
        kind = request.query_params.get("type", "event")
        return _page(request, _named(request, property_definitions(self._world, kind)))

    def _event_values(self, request: Request, _body: JSON) -> Response:
        return self._values(request, "event")

    def _person_values(self, request: Request, _body: JSON) -> Response:
        return self._values(request, "person")

    def _values(self, request: Request, kind: str) -> Response:
        asked = request.query_params
        return _json(values(self._world, kind, asked.get("key", ""), asked.get("value", "")))

    def _insight_variables(self, request: Request, _body: JSON) -> Response:
        return _page(request, variables(iso(self._shelf.created)), usual=500)


Handler = Callable[[Request, JSON], Response]


class _Door:
    """Adds the last slash that a caller left off, and asks for the key."""

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        path = scope["path"] if scope["path"].endswith("/") else scope["path"] + "/"
        refusal = None if path == _OPEN else _key_refusal(dict(scope["headers"]))
        if refusal:
            await _json(refusal.body, refusal.status)(scope, receive, send)
        else:
            await self._inside({**scope, "path": path}, receive, send)


def _key_refusal(headers: Mapping[bytes, bytes]) -> ApiError | None:
    word, _, key = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if word != "Bearer" or not key.strip():
        return no_key()
    return None if key.strip() == account.DEMO_KEY else bad_key()


def _route(path: str, handlers: Mapping[str, Handler]) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            _check_project(request)
            body = _body(await request.body())
            # Computed on the server's one thread: answers take milliseconds, and two threads
            # would only wait for each other at the database.
            return handlers[request.method](request, body)
        except ApiError as error:
            return _json(error.body, error.status)

    return Route(path, endpoint, methods=list(handlers))


def _get(path: str, handler: Handler) -> Route:
    return _route(path, {"GET": handler})


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


def _number(request: Request) -> int:
    text = request.path_params["id"]
    if not text.isdigit():
        raise hidden()
    return int(text)


def _override(request: Request) -> JSON | None:
    return _given(request, "filters_override")


def _variables(request: Request) -> JSON | None:
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


def _named(request: Request, rows: list[JSON]) -> list[JSON]:
    wanted = request.query_params.get("search", "").lower()
    return [row for row in rows if wanted in row["name"].lower()]


def _page(request: Request, rows: Sequence[JSON], usual: int = 100) -> Response:
    limit = _whole(request.query_params.get("limit"), usual) or usual
    offset = _whole(request.query_params.get("offset"), 0)
    more = offset + limit < len(rows)
    return _json(
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


def _whole(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdigit() else usual


def _json(body: Any, status: int = 200) -> Response:
    return Response(_encoder.encode(body), status, media_type="application/json")


async def _unknown(_request: Request, _error: Exception) -> Response:
    refusal = not_found("Endpoint not found.")
    return _json(refusal.body, refusal.status)


async def _refused(_request: Request, _error: Exception) -> Response:
    return Response(status_code=405)
