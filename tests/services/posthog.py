"""A PostHog of a few lines behind httpx: remembers what it was asked, fails when told to."""

import asyncio
import copy
import json
from concurrent.futures import Future

import httpx

from phdesk.api.client import Client
from tests.store.builders import NOON, at

HOST = "https://eu.posthog.com"
NO_PARAMS = {}
KEY = "phx_good"
REFUSED = {"type": "authentication_error", "code": "authentication_failed", "detail": "no"}
NO_SCOPE = {
    "type": "authentication_error",
    "code": "permission_denied",
    "detail": "API key missing required scope 'user:read'",
}
NO_ACCESS = {**NO_SCOPE, "detail": "API key does not have access to the requested project."}
BUSY = {
    "type": "throttled_error",
    "code": "throttled",
    "detail": "Expected available in 90 seconds.",
}
BROKEN = {"type": "server_error", "code": "error", "detail": "A server error occurred."}


def insight(number, computed=None, *, stale=False):
    return {
        "id": number,
        "short_id": f"short{number:03}",
        "name": f"Insight {number}",
        "query": {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}},
        "dashboards": [5],
        "result": None if computed is None else [{"data": [computed]}],
        "last_refresh": None if computed is None else at(computed).isoformat(),
        "cache_target_age": at(-1 if stale else 600).isoformat(),
    }


def tile(number, computed=None, *, stale=False, y=0):
    return {
        "id": number,
        "layouts": {"sm": {"x": 0, "y": y, "w": 6, "h": 5}},
        "insight": insight(number + 100, computed, stale=stale),
    }


class Gate(Future):
    """Holds answers back until it is opened, from any thread; `answer` may be given in advance."""

    answer = None

    def open(self):
        self.set_result(None)


class FakePostHog:
    """Project 7 with dashboard 9; tile N holds insight N + 100."""

    def __init__(self):
        self.tiles = []
        self.filters = {"date_from": "-30d"}
        self.editable = True
        self.modern = True  # tells saved from effective filters
        self.kept = {}  # (insight, filters_override): what was calculated
        self.minute = 1
        self.properties = [{"name": "$browser", "property_type": "String"}]
        self.variables = []
        self.annotations = []
        self.color_themes = []
        self.group_types = []
        self.alerts = []
        self.asked = []  # (path below the project, parameters)
        self.methods = []  # of what was asked
        self.changed = []  # bodies of changes to dashboard 9
        self.sent = []  # (method, path, body) of whatever had a body
        self.fields = {"name": "Weekly"}  # of dashboard 9
        self.running = 0
        self.most_running = 0
        self.cancelled = 0
        self.special = {}  # path: (status, JSON), an exception, or a Gate
        self.now = NOON

    def connect(self, host, key):
        transport = httpx.MockTransport(self.handle)
        return Client(host, key, transport=transport, sleep=no_sleep, random=lambda: 0.5)

    def paths(self, word=""):
        return [path for path, _ in self.asked if word in path]

    def hear(self, path, request):
        self.methods.append(request.method)
        self.asked.append((path, dict(request.url.params)))
        if request.content:
            self.sent.append((request.method, path, json.loads(request.content)))

    async def handle(self, request):
        path = request.url.path.removeprefix("/api/").removeprefix("projects/7/")
        self.hear(path, request)
        if request.headers["authorization"] != f"Bearer {KEY}":
            return httpx.Response(401, json=REFUSED)
        special = self.special.get(f"{request.method} {path}", self.special.get(path))
        if isinstance(special, Gate):
            await self.wait(special)
            if special.answer is not None:
                return httpx.Response(200, json=special.answer)
        elif isinstance(special, Exception):
            raise special
        elif special is not None:
            return httpx.Response(special[0], json=special[1])
        if request.method == "PATCH" and path == "dashboards/9/":
            self.change(json.loads(request.content))
        elif request.method in ("PATCH", "POST") and path.startswith("insights/"):
            self.put(path, json.loads(request.content))
        return httpx.Response(200, json=self.answer(path, request.url.params))

    def put(self, path, body):
        """Put an insight on the dashboard: one that is there, or a new one."""
        self.changed.append(body)
        number = int(path.removeprefix("insights/").rstrip("/") or 300)
        new = tile(1 + max(one["id"] for one in self.tiles), 0)
        self.tiles.append(new | {"layouts": {}, "insight": insight(number, 0)})

    def change(self, body):
        self.changed.append(body)
        plain = {key: value for key, value in body.items() if key not in ("tiles", "filters")}
        self.fields |= plain
        if body.get("filters"):
            self.filters = {key: value for key, value in body["filters"].items() if value}
        for change in body.get("tiles", ()):
            if "id" not in change:
                self.tiles.append({"id": 1 + max(one["id"] for one in self.tiles)})
            number = change.get("id", self.tiles[-1]["id"])
            held = next(one for one in self.tiles if one["id"] == number)
            held |= change

    async def wait(self, gate):
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        try:
            await asyncio.shield(asyncio.wrap_future(gate))
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.running -= 1

    def answer(self, path, params=NO_PARAMS):
        override = params.get("filters_override", "")
        if path.startswith("insights/") and path != "insights/":
            number = int(path.removeprefix("insights/").rstrip("/"))
            return self.filtered(number, override) if override else self.calculated(number)
        if path.startswith("alerts/") and path != "alerts/":
            return next(one for one in self.alerts if path == f"alerts/{one['id']}/")
        if path == "dashboards/9/" and override:
            return self.overridden(override)
        if path.startswith("query/"):
            return {"message": "Query cancelled"}
        shown = [one for one in self.tiles if not one.get("deleted")]
        team = {"id": 7, "name": "Shop", "timezone": "Europe/Berlin", "organization": "o1"}
        return {
            "users/@me/": {"uuid": "u1", "email": "ada@example.org", "team": team},
            "projects/": {"results": [team, {**team, "id": 8, "name": "Lab"}], "next": None},
            "projects/7/": {**team, "base_currency": "EUR"},
            "": {**team, "base_currency": "EUR"},
            "projects/8/": {**team, "id": 8, "name": "Lab"},
            "dashboards/": {"results": [{"id": 9, "name": "Weekly"}], "next": None},
            "dashboards/9/": self.board(shown),
            "property_definitions/": {"results": self.properties, "next": None},
            "events/values/": [{"name": "Chrome"}, {"name": "Safari"}],
            "persons/values/": {"results": [{"name": "pro"}]},
            "insight_variables/": {"results": self.variables, "next": None},
            "annotations/": {"results": copy.deepcopy(self.annotations), "next": None},
            "data_color_themes/": copy.deepcopy(self.color_themes),
            "groups_types/": copy.deepcopy(self.group_types),
            "alerts/": {"results": copy.deepcopy(self.alerts), "next": None},
            "insights/": {"results": [insight(101)], "next": None},
            "projects/8/dashboards/": {"results": [], "next": None},
        }[path]

    def board(self, tiles, **more):
        made = {"id": 9, **self.fields, "tiles": copy.deepcopy(tiles), "filters": self.filters}
        if not self.editable:
            made["user_access_level"] = "viewer"
        saved = {"persisted_filters": self.filters} if self.modern else {}
        return {**made, **saved, **more}

    def overridden(self, override):
        """Give the dashboard under other filters: only what was calculated for them."""
        tiles = []
        for held in self.tiles:
            number = held["insight"]["id"]
            plain = {**insight(number), "query": held["insight"]["query"]}
            known = self.kept.get((number, override)) or asking(plain, override)
            tiles.append({**held, "insight": known})
        return self.board(tiles, filters=json.loads(override))

    def filtered(self, number, override):
        """Calculate an insight under other filters, one minute later each time."""
        self.minute += 1
        queries = {held["insight"]["id"]: held["insight"]["query"] for held in self.tiles}
        fresh = {**insight(number, self.minute), "query": queries[number]}
        self.kept[number, override] = asking(fresh, override)
        return self.kept[number, override]

    def calculated(self, number):
        fresh = insight(number, 1)
        for held in self.tiles:
            if held.get("insight", {}).get("id") == number:
                held["insight"] = fresh
        return fresh


def asking(made, override):
    """Put the dates of other filters into an insight's query, as PostHog does."""
    dates = {"date_from": json.loads(override).get("date_from")}
    query = made["query"]
    return {**made, "query": {**query, "source": {**query["source"], "dateRange": dates}}}


async def no_sleep(_seconds):
    """Wait not at all."""


def holds(text, folder):
    """Say whether any file below a folder holds a text."""
    return any(text.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())
