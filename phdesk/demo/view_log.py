"""Remember when dashboards were last looked at and last read, as newer servers tell it.

Reading a dashboard is no look: a page that shows one says so in a call of its own.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phdesk.demo.dashboards import BOARDS
from phdesk.demo.errors import invalid
from phdesk.demo.routing import route
from phdesk.demo.shelf import Dashboard, Shelf

JSON = dict[str, Any]


class ViewLog:
    """Dates looks and readings; at the start the company has looked at its dashboards itself."""

    def __init__(self, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self._shelf = shelf
        self._now = now
        start = now()
        for number, board in enumerate(BOARDS, start=1):
            dashboard = shelf.dashboards.get(number)  # some leave one out
            if dashboard is not None:
                dashboard.viewed = dashboard.accessed = start - timedelta(days=board.unopened)

    def routes(self, project: str) -> list[Route]:
        """Say what is asked where."""
        return [route(project + "file_system/log_view/", {"POST": self._look})]

    def read(self, dashboard: Dashboard) -> Dashboard:
        """Note that a dashboard is being read."""
        dashboard.accessed = self._now()
        return dashboard

    def _look(self, _request: Request, body: JSON) -> Response:
        """Note that somebody looks at something; of other things than dashboards nothing tells."""
        for key in ("type", "ref"):
            if not body.get(key):
                raise invalid("This field is required.", attr=key)
        found = {str(one.id): one for one in self._shelf.rows()}.get(str(body["ref"]))
        if body["type"] == "dashboard" and found is not None:
            found.viewed = self._now()
        return Response(status_code=204)
