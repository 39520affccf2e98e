"""A PostHog that keeps what is written to it, and refuses a write as it is told."""

import json
from collections import Counter

import httpx

from tests.services import posthog
from tests.services.test_posthog_alerts import sent as alert
from tests.views.desk.test_subscriptions import NEWER as SUBSCRIPTION

ROOT = "/api/projects/7/"
OPEN = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": ["{A}"]}}
TEMPLATES = [
    {"id": "t1", "template_name": "Starter", "tiles": [{"type": "TEXT", "body": "Hi"}]},
    {
        "id": "t2",
        "template_name": "Starter of one's own",
        "tiles": [{"type": "INSIGHT", "name": "Signups", "query": OPEN}],
        "variables": [{"id": "A", "name": "Sign-up", "required": True}],
    },
]
SHARED = {
    "created_at": "2026-01-05T10:00:00Z", "enabled": True, "access_token": "tok1",
    "settings": {}, "password_required": False,
    "share_passwords": [{"id": 3, "note": "For Ben", "is_active": True}],
}  # fmt: skip
ROWS = [
    {"id": 9, "name": "Weekly", "is_shared": True, "description": "For all"},
    {"id": 12, "name": "Fresh", "is_shared": False, "description": "For all"},
]
ALONE = {
    "id": 500, "short_id": "alone", "name": "Alone", "dashboards": [],
    "query": {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": []}},
}  # fmt: skip


class RefusingPostHog:
    """Lies before the small PostHog; `refusal` is what comes of the next writes."""

    def __init__(self, server):
        self.inner, self.plain = server, server.handle
        server.handle = self.handle
        self.refusal, self.field, self.scope, self.at = None, "", "", ""
        self.tried = []  # of what was refused: method and path
        self.done = []  # of what was carried out
        self.made = Counter()  # what there is more of now, by its kind
        self.sharing, self.rows = dict(SHARED), list(ROWS)
        self.subscriptions = [dict(SUBSCRIPTION)]
        self.insights = {101: self.insight(101), 102: self.insight(102), 500: dict(ALONE)}
        server.alerts = [alert()]
        server.special["activity_log/"] = (200, {"results": []})
        server.special["event_definitions/"] = (200, {"results": [{"name": "signed_up"}]})
        server.special["query/"] = (200, {"results": [], "last_refresh": "2026-11-23T12:00:00Z"})

    @staticmethod
    def insight(number):
        source = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]}
        query = {"kind": "InsightVizNode", "source": source}
        return {"id": number, "short_id": f"s{number}", "name": f"Insight {number}",
                "query": query, "dashboards": [9]}  # fmt: skip

    async def handle(self, request):
        path = request.url.path.removeprefix(ROOT)
        writes = request.method != "GET" and not path.startswith("query")
        if not writes or self.refusal is None or self.at not in path:
            self.done += [(request.method, path)] * writes
            return await self.carry_out(request, path)
        self.tried.append((request.method, path))
        if isinstance(self.refusal, posthog.Gate):
            await self.inner.wait(self.refusal)  # no answer comes
        if self.refusal.arrives:
            await self.carry_out(request, path)
        return self.refusal.outcome(self.field, self.scope)

    async def carry_out(self, request, path):
        noun, body = path.partition("/")[0], json.loads(request.content or b"null")
        known = {"subscriptions": self.subscribe, "insights": self.saved}
        if request.method == "GET" and request.url.params.get("insight") == str(ALONE["id"]):
            return answer(200, {"results": [], "next": None})  # nothing uses it
        if "/sharing/" in path:
            return self.share(request.method, path, body)
        if noun == "dashboard_templates":
            return answer(200, {"results": TEMPLATES, "next": None})
        if noun == "alerts" and request.method != "GET":
            return self.watch(request.method, body)
        if noun in known:
            return known[noun](request.method, path, body)
        return self.board(request.method, path, body) or await self.plain(request)

    def board(self, method, path, body):
        """Answer what is not about dashboard 9."""
        self.made["text"] += sum("id" not in one for one in (body or {}).get("tiles", ()))
        if method == "POST" and path == "dashboards/":
            self.made["dashboard"] += 1
            self.rows = [*ROWS, {"id": 13, "name": body["name"]}]
            return answer(201, {"id": 13, "tiles": [], "filters": {}, **body})
        if path == "dashboards/":
            return answer(200, {"results": self.rows, "next": None})
        if path in ("dashboards/12/", "dashboards/13/"):
            held = self.insights.get(600)
            tiles = [{"id": 50, "insight": held}] if held is not None else []
            number = int(path.split("/")[1])
            return answer(200, {"id": number, "name": "Fresh", "tiles": tiles, "filters": {}})
        return None

    def saved(self, method, path, body):
        number = int(path.split("/")[1] or 0)
        if method == "GET" and not number:
            return answer(200, {"results": list(self.insights.values()), "next": None})
        if method == "POST":
            self.made["insight"] += 1
            number = 600
            self.insights[number] = self.insight(number)
            if 9 in body.get("dashboards", ()):
                made = posthog.tile(1 + max(one["id"] for one in self.inner.tiles), 0)
                made["insight"] |= {"id": number, "name": body["name"]}
                self.inner.tiles.append(made | {"layouts": {}})
        self.insights[number] |= body or {}
        return answer(200, self.insights[number])

    def subscribe(self, method, path, body):
        number = int(path.split("/")[1] or 0)
        if method == "GET":
            shown = [one for one in self.subscriptions if not one["deleted"]]
            return answer(200, {"results": shown, "next": None})
        if path.endswith("test-delivery/"):
            self.made["mail"] += 1
            return answer(202, {})
        if method == "POST":
            self.made["subscription"] += 1
            self.subscriptions.append({**SUBSCRIPTION, "id": 7, **body})
            return answer(201, self.subscriptions[-1])
        held = next(one for one in self.subscriptions if one["id"] == number)
        held |= body
        return answer(200, held)

    def share(self, method, path, body):
        if path.startswith("insights/"):
            return answer(200, SHARED | {"enabled": False})
        if path.endswith("passwords/"):
            self.made["password"] += 1
            more = {"id": 4, "note": body["note"], "is_active": True}
            self.sharing["share_passwords"] = [*SHARED["share_passwords"], more]
            return answer(201, more | {"password": "told-once"})
        if method == "DELETE":
            self.sharing["share_passwords"] = []
            return httpx.Response(204)
        if path.endswith("refresh/"):
            self.sharing["access_token"] = "tok2"
        elif method == "PATCH":
            self.sharing |= body
        return answer(200, self.sharing)

    def watch(self, method, body):
        if method == "DELETE":
            self.inner.alerts = []
            return httpx.Response(204)
        if method == "POST":
            self.made["alert"] += 1
            rule = {key: body[key] for key in ("name", "condition", "threshold", "config")}
            self.inner.alerts.append(alert(id="a2", **rule))
            return answer(201, self.inner.alerts[-1])
        self.inner.alerts[0] |= {key: body[key] for key in ("enabled", "name") if key in body}
        return answer(200, self.inner.alerts[0])


def answer(status, body):
    return httpx.Response(status, content=json.dumps(body), headers=posthog.NO_PARAMS)
