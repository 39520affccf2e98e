"""A clean dashboard, and the faults that tests plant in it."""

import copy
import json
from datetime import UTC, datetime, timedelta

from phdesk.api import decoding
from phdesk.core.health.finding import BoardFacts, ProjectFacts
from phdesk.models.dashboard import DashboardRow
from phdesk.models.sharing import Sharing

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SEEN = {"signed_up": NOW - timedelta(hours=1), "paid": NOW - timedelta(days=2)}
AROUND = ProjectFacts(now=NOW, events=SEEN, all_events=True, insights=())
ROW = DashboardRow(id=9, name="Weekly", last_viewed_at=NOW - timedelta(days=3))
LAST_MONTH = {"date_from": "-30d"}


def line(*values, **more):
    return {"label": "Signups", "data": list(values), "count": sum(values), **more}


def trends(event="signed_up", result=None, **source):
    asked = {
        "kind": "TrendsQuery",
        "series": [{"kind": "EventsNode", "event": event, "math": "total"}],
        "dateRange": LAST_MONTH,
        "trendsFilter": {"display": "ActionsLineGraph"},
    }
    return {
        "name": f"Count of {event}",
        "query": {"kind": "InsightVizNode", "source": asked | source},
        "result": [line(1, 2, 3)] if result is None else result,
        "last_refresh": "2026-12-01T11:00:00Z",
    }


def tile(number, insight, x=0, y=0, **more):
    held = {"id": 100 + number, "short_id": f"short{number:03}", **insight}
    box = {"sm": {"x": x, "y": y, "w": 6, "h": 4}}
    return {"id": number, "insight": held, "layouts": box, **more}


CLEAN = {
    "id": 9,
    "name": "Weekly",
    "description": "For the team: how many sign up and pay?",
    "filters": LAST_MONTH,
    "tiles": [tile(1, trends()), tile(2, trends("paid"), x=6)],
}


def board(*tiles, row=ROW, sharing=None, no_sharing="", **fields):
    """Give the facts of the clean dashboard with other tiles or fields."""
    sent = copy.deepcopy(CLEAN) | fields
    if tiles:
        sent["tiles"] = list(tiles)
    read = decoding.dashboard(json.dumps(sent).encode())
    return BoardFacts(dashboard=read, row=row, sharing=sharing, no_sharing=no_sharing)


def shared_since(days, **more):
    return Sharing(enabled=True, token="t", created_at=NOW - timedelta(days=days), **more)


def saved(number, insight, **more):
    sent = {"id": number, "short_id": f"saved{number:03}", "dashboards": [9], **insight, **more}
    return decoding.saved_insights(json.dumps({"results": [sent]}).encode()).items[0]
