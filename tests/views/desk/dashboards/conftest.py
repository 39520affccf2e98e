"""A window that makes dashboards, before a PostHog that keeps what it is sent."""

import httpx
import pytest

from phdesk.views.desk.dashboards import Dashboards
from phdesk.views.desk.edits import Edits
from tests.services import posthog
from tests.views.desk.dashboards.asking import LISTED, LOG, NO_LOG, TEMPLATES


class Writes:
    """Answers writes of dashboards and insights, and remembers them."""

    def __init__(self, server):
        self.server, self.sent, self.fails = server, [], {}
        server.special["dashboards/12/"] = (200, self.board(12))
        self.handle = server.handle
        server.handle = self.take

    @staticmethod
    def board(number, name="Fresh", **more):
        return {"id": number, "name": name, "tiles": [], "filters": {}, **more}

    async def take(self, request):
        path = request.url.path.removeprefix("/api/projects/7/")
        key = f"{request.method} {path}"
        if key not in ("POST dashboards/", "POST insights/", "PATCH dashboards/12/"):
            return await self.handle(request)
        body = posthog.json.loads(request.content)
        self.sent.append((key, body))
        failure = self.fails.pop(key, None)
        if isinstance(failure, Exception):
            raise failure
        if failure is not None:
            return httpx.Response(failure[0], json=failure[1])
        if key == "POST insights/":
            return httpx.Response(201, json={"id": 500, "name": body["name"]})
        return httpx.Response(201, json=self.board(12, body.get("name", "Fresh")))


@pytest.fixture
def writes(server):
    server.special[TEMPLATES] = (200, LISTED)
    server.special["event_definitions/"] = (200, {"results": [{"name": "signed_up"}]})
    server.special[LOG] = (403, NO_LOG)
    return Writes(server)


@pytest.fixture
def desk(writes, ada):
    Edits(ada.desk)
    Dashboards(ada.desk, ada.pages)
    return ada
