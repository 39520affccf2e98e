"""Serve the demo over HTTP: what is asked where, and what answers."""

from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from phdesk.demo import account, logbook
from phdesk.demo.alerts import USUAL_CHECKS, Alerts
from phdesk.demo.answers import Answers, full_body
from phdesk.demo.changing import Changing
from phdesk.demo.choices import values, variables
from phdesk.demo.definitions import (
    annotations,
    cohorts,
    event_definitions,
    property_definitions,
)
from phdesk.demo.engine import check, source_of
from phdesk.demo.errors import not_found, unreadable
from phdesk.demo.logbook import Logbook
from phdesk.demo.making import Making
from phdesk.demo.merging import apply_filters, effective_filters
from phdesk.demo.pages import Pages
from phdesk.demo.ranges import iso
from phdesk.demo.routing import (
    OPEN,
    Door,
    as_json,
    filters_override,
    get,
    named,
    number,
    page,
    refused,
    route,
    unknown,
    variables_override,
    whole,
)
from phdesk.demo.schema import check_source
from phdesk.demo.sharing import Sharings
from phdesk.demo.shelf import Insight, Shelf
from phdesk.demo.subscriptions import Subscriptions
from phdesk.demo.templates import templates
from phdesk.demo.view_log import ViewLog
from phdesk.demo.world import World

JSON = dict[str, Any]


class Site:
    """The endpoints, one method each. Bodies are read before a method is called."""

    def __init__(self, world: World, shelf: Shelf, answers: Answers) -> None:
        self._world = world
        self._shelf = shelf
        self._answers = answers
        self._watching = Alerts(shelf)
        self._pages = Pages(shelf, answers, self._watching)
        self._changing = Changing(shelf)
        self._subscriptions = Subscriptions(shelf, world.now)
        self._sharings = Sharings(shelf, self._pages, world.now)
        self._making = Making(shelf)
        self._views = ViewLog(shelf, world.now)
        self._logbook = Logbook()
        for board in shelf.dashboards.values():
            self._logbook.made(board, shelf.created)

    def application(self) -> ASGIApp:
        """Make the ASGI application."""
        project = "/api/projects/{project}/"
        routes = [
            get(OPEN, self._preflight),
            get("/api/users/@me/", self._me),
            get("/api/organizations/", self._organizations),
            get("/api/organizations/{organization}/", self._organization),
            get("/api/projects/", self._projects),
            get(project, self._project),
            route(project + "dashboards/", {"GET": self._dashboards, "POST": self._make}),
            get(project + "dashboards/{id}/activity/", self._activity),
            get(project + "activity_log/", self._whole_log),
            get(project + "dashboard_templates/", self._templates),
            route(project + "dashboards/{id}/", {"GET": self._read, "PATCH": self._change}),
            route(project + "dashboards/{id}/copy_tile/", {"POST": self._copy_tile}),
            route(project + "insights/", {"GET": self._insights, "POST": self._new_insight}),
            route(
                project + "insights/{id}/",
                {"GET": self._insight, "PATCH": self._change_insight},
            ),
            route(project + "query/", {"POST": self._query}),
            route(project + "query/{id}/", {"GET": self._poll, "DELETE": self._cancel}),
            get(project + "annotations/", self._annotations),
            route(project + "alerts/", {"GET": self._alerts, "POST": self._new_alert}),
            route(
                project + "alerts/{alert}/",
                {"GET": self._alert, "PATCH": self._change_alert, "DELETE": self._delete_alert},
            ),
            get(project + "event_definitions/", self._event_definitions),
            get(project + "actions/", self._actions),
            get(project + "cohorts/", self._cohorts),
            get(project + "property_definitions/", self._property_definitions),
            get(project + "events/values/", self._event_values),
            get(project + "persons/values/", self._person_values),
            get(project + "insight_variables/", self._insight_variables),
            *self._subscriptions.routes(project),
            *self._sharings.routes(project),
            *self._views.routes(project),
        ]
        return Door(Starlette(routes=routes, exception_handlers={404: unknown, 405: refused}))

    def _preflight(self, _request: Request, _body: JSON) -> Response:
        return as_json(account.preflight())

    def _me(self, _request: Request, _body: JSON) -> Response:
        return as_json(account.me(self._shelf.created))

    def _organizations(self, request: Request, _body: JSON) -> Response:
        return page(request, [account.organization(self._shelf.created)])

    def _organization(self, request: Request, _body: JSON) -> Response:
        described = account.organization(self._shelf.created)
        if request.path_params["organization"] not in ("@current", described["id"]):
            raise not_found()
        return as_json(described)

    def _projects(self, request: Request, _body: JSON) -> Response:
        return page(request, [account.project_row()])

    def _project(self, _request: Request, _body: JSON) -> Response:
        return as_json(account.project(self._shelf.created))

    def _dashboards(self, request: Request, _body: JSON) -> Response:
        wanted = request.query_params.get("search", "").lower()
        rows = [self._pages.dashboard_row(one) for one in self._shelf.rows()]
        return page(request, [row for row in rows if wanted in row["name"].lower()])

    def _read(self, request: Request, _body: JSON) -> Response:
        dashboard = self._views.read(self._shelf.dashboard(number(request)))
        filters = effective_filters(dashboard.filters, filters_override(request))
        refresh, variables = request.query_params.get("refresh"), variables_override(request)
        return as_json(self._pages.dashboard(dashboard, filters, refresh, variables))

    def _change(self, request: Request, body: JSON) -> Response:
        before = self._shelf.dashboards.get(number(request))
        fields = logbook.fields(before) if before is not None else {}
        dashboard = self._changing.dashboard(number(request), body, self._world.now())
        self._logbook.changed(dashboard, fields, self._world.now())
        return as_json(self._pages.dashboard(dashboard, dashboard.filters, None))

    def _make(self, _request: Request, body: JSON) -> Response:
        made = self._making.dashboard(body)
        made.created = self._world.now()
        self._logbook.made(made, made.created)
        return as_json(self._pages.dashboard(made, made.filters, None), 201)

    def _templates(self, request: Request, _body: JSON) -> Response:
        return page(request, templates(iso(self._shelf.created)))

    def _activity(self, request: Request, _body: JSON) -> Response:
        entries = self._logbook.entries(self._shelf.dashboard(number(request)).id)
        return page(request, entries)

    def _whole_log(self, request: Request, _body: JSON) -> Response:
        scope = request.query_params.get("scope", "Dashboard")
        return page(request, self._logbook.entries() if scope == "Dashboard" else [])

    def _copy_tile(self, request: Request, body: JSON) -> Response:
        tile = self._changing.copy_tile(number(request), body)
        filters = self._shelf.dashboard(number(request)).filters
        return as_json(self._pages.tile(tile, filters, None), 201)

    def _insights(self, request: Request, _body: JSON) -> Response:
        asked = request.query_params
        found = [one for one in self._shelf.insights() if self._matches(one, asked)]
        if asked.get("order") == "-created_at":
            found.sort(key=lambda one: one.id, reverse=True)
        if asked.get("basic", "").lower() in ("true", "1"):
            return page(request, [self._pages.insight_row(one) for one in found])
        refresh = asked.get("refresh")
        return page(request, [self._pages.insight(one, {}, refresh) for one in found])

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
        refresh, override = request.query_params.get("refresh"), filters_override(request)
        origin = request.query_params.get("from_dashboard", "")
        variables = variables_override(request) or {}
        if not origin.isdigit():
            return as_json(self._pages.insight(insight, override or {}, refresh, variables))
        board = self._shelf.dashboard(int(origin))
        filters = effective_filters(board.filters, override)
        wanted = {**board.variables, **variables}
        for one, tile in self._shelf.tiles_of(insight):
            if one is board:
                return as_json(self._pages.insight_on_dashboard(tile, filters, refresh, wanted))
        return as_json(self._pages.insight(insight, filters, refresh, wanted))

    def _change_insight(self, request: Request, body: JSON) -> Response:
        return as_json(
            self._pages.insight(
                self._changing.insight(number(request), body, self._world.now()), {}, None
            )
        )

    def _new_insight(self, _request: Request, body: JSON) -> Response:
        made = self._changing.new_insight(body, self._world.now())
        return as_json(self._pages.insight(made, {}, None), 201)

    def _query(self, _request: Request, body: JSON) -> Response:
        query = body.get("query")
        if not isinstance(query, dict):
            raise unreadable("1 validation error for QueryRequest\nquery\n  Field required")
        about = self._answers.about(source_of(query))
        if about is not None:
            return as_json(about)
        check(source_of(query))
        check_source(source_of(query))
        query = apply_filters(source_of(query), body.get("filters_override") or {})
        mode = str(body.get("refresh") or ("async" if body.get("async") else "blocking"))
        if mode not in ("async", "force_async", "lazy_async", "force_blocking", "true"):
            mode = "blocking"  # force_cache and unknown modes compute here, unlike for insights
        reply = self._answers.ask(query, mode, body.get("client_query_id"))
        if reply.answer and not reply.job:
            return as_json(full_body(reply.answer, cached=reply.cached))
        status = self._answers.status(reply.job) if reply.job else None
        return as_json({"query_status": status}, 202)

    def _poll(self, request: Request, _body: JSON) -> Response:
        status = self._answers.poll(request.path_params["id"])
        if not status["complete"]:
            return as_json({"query_status": status}, 202)
        failure = 400 if status["error_message"] else 500
        return as_json({"query_status": status}, failure if status["error"] else 200)

    def _cancel(self, request: Request, _body: JSON) -> Response:
        self._answers.cancel(request.path_params["id"])
        return Response(status_code=204)

    def _annotations(self, request: Request, _body: JSON) -> Response:
        since = request.query_params.get("date_from", "")[:10]  # whole days are fine enough
        notes = [one for one in annotations(self._world) if one["date_marker"] >= since]
        return page(request, notes, usual=1000)

    def _alerts(self, request: Request, _body: JSON) -> Response:
        asked = request.query_params
        wanted = asked.get("insight") or asked.get("insight_id")
        found = named(request, self._pages.alerts())
        kept = [one for one in found if wanted in (None, str(one["insight"]["id"]))]
        return page(request, kept)

    def _alert(self, request: Request, _body: JSON) -> Response:
        alert = self._watching.one(request.path_params["alert"])
        checks = whole(request.query_params.get("checks_limit"), USUAL_CHECKS)
        return as_json(self._pages.alert(alert, checks))

    def _new_alert(self, _request: Request, body: JSON) -> Response:
        made = self._watching.make(body, self._world.now())
        return as_json(self._pages.unchecked(made), 201)

    def _change_alert(self, request: Request, body: JSON) -> Response:
        changed = self._watching.change(request.path_params["alert"], body, self._world.now())
        return as_json(self._pages.unchecked(changed))

    def _delete_alert(self, request: Request, _body: JSON) -> Response:
        self._watching.delete(request.path_params["alert"])
        return Response(status_code=204)

    def _event_definitions(self, request: Request, _body: JSON) -> Response:
        return page(request, named(request, event_definitions(self._world)))

    def _actions(self, request: Request, _body: JSON) -> Response:
        return page(request, [])  # the invented company has put none together

    def _cohorts(self, request: Request, _body: JSON) -> Response:
        return page(request, cohorts(self._world))

    def _property_definitions(self, request: Request, _body: JSON) -> Response:
        kind = request.query_params.get("type", "event")
        return page(request, named(request, property_definitions(self._world, kind)))

    def _event_values(self, request: Request, _body: JSON) -> Response:
        return self._values(request, "event")

    def _person_values(self, request: Request, _body: JSON) -> Response:
        return self._values(request, "person")

    def _values(self, request: Request, kind: str) -> Response:
        asked = request.query_params
        return as_json(values(self._world, kind, asked.get("key", ""), asked.get("value", "")))

    def _insight_variables(self, request: Request, _body: JSON) -> Response:
        return page(request, variables(iso(self._shelf.created)), usual=500)
