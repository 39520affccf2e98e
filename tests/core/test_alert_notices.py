"""What PostHog's alerts did, as notices."""

from datetime import UTC, datetime

from phdesk.core.alert_news import events_between
from phdesk.core.alert_notices import TilePlace, notices_of
from phdesk.models.account import Project
from phdesk.models.alert import Alert

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRED = Alert(
    id="a1", name="Too many", state="Firing", upper=50, value=301, insight_id=44,
    last_checked_at=NOON, last_notified_at=NOON,
)  # fmt: skip
PLACES = {44: TilePlace(9, 3, "Errors")}


def told(places):
    events = events_between([], [FIRED])
    (notice,) = notices_of(events, "ada", Project(id=7, name="Shop"), places, NOON)
    return notice


def test_an_alert_that_fires_leads_to_its_tile():
    notice = told(PLACES)
    assert (notice.kind, notice.title, notice.body) == (
        "fired",
        "Too many",
        "Above 50; last value 301.",
    )
    assert (notice.dashboard, notice.tile, notice.dashboard_name) == (9, 3, "Errors")
    assert (notice.group, notice.at) == ("posthog/ada/7/a1", NOON)


def test_whoever_finds_it_gives_it_the_same_id():
    assert told(PLACES).id == told({}).id
    assert told({}).dashboard is None
