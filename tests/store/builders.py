"""Short ways to dashboards, tiles and answers."""

from datetime import UTC, datetime, timedelta

from msgspec import Raw

from phdesk.models.dashboard import Dashboard, DashboardRow, StoredBox, TextCard, Tile
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import NULL, Insight, QueryStatus

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUERY = b'{"kind": "TrendsQuery"}'
TROUBLE = Failure(cause=Cause.SERVER, message="The server had an error.")


def at(minutes):
    return NOON + timedelta(minutes=minutes)


def answer(minute=None, *, value=1, name="Signups", query=QUERY, **more):
    """An insight calculated at a minute, whose result says when; without a minute, no result."""
    result = NULL if minute is None else Raw(b"[%d, %d]" % (minute, value))
    computed = None if minute is None else at(minute)
    return Insight(id=1, name=name, query=Raw(query), result=result, last_refresh=computed, **more)


def broken(minute=None):
    status = QueryStatus(id="q", complete=True, error=True, error_message="memory")
    return answer(minute, error="memory", status=status)


def tile(tile_id=1, insight=None, *, x=0, y=0, **more):
    return Tile(id=tile_id, insight=insight, sm=StoredBox(x, y, 6, 5), **more)


def text(tile_id, body="Notes"):
    return Tile(id=tile_id, text=TextCard(body))


def board(*tiles, name="Weekly", dashboard_id=9):
    return Dashboard(row=DashboardRow(id=dashboard_id, name=name), tiles=tiles)
