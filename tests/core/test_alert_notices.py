"""What PostHog's alerts did, as notices."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from phdesk.core.alert_news import events_between
from phdesk.core.alert_notices import TilePlace, first_look, notices_of
from phdesk.core.formatting import Format
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


def test_what_a_person_did_ends_it_quietly_each_time_anew():
    off = replace(FIRED, enabled=False)
    asleep = replace(FIRED, state="Snoozed", snoozed_until=NOON)
    for after, kind, body in (
        ((), "closed", "It was switched off, changed or deleted in PostHog."),
        ((off,), "closed", "It was switched off, changed or deleted in PostHog."),
        ((asleep,), "snoozed", "Until 2026-11-23 12:00 UTC."),
    ):
        events = events_between([FIRED], after)
        project = Project(id=7, name="Shop")
        (notice,) = notices_of(events, "ada", project, PLACES, NOON)
        (later,) = notices_of(events, "ada", project, PLACES, NOON + timedelta(minutes=5))
        assert (notice.kind, notice.body, notice.loud) == (kind, body, False)
        assert (notice.group, notice.id != later.id) == ("posthog/ada/7/a1", True)


def test_what_fires_at_the_first_look_is_counted_in_one_notice_that_nobody_hears():
    alerts = [replace(FIRED, id=str(number), name=f"Alert {number}") for number in range(7)]
    quiet = [replace(FIRED, enabled=False), replace(FIRED, state="Not firing")]
    project = Project(id=7, name="Shop")
    (notice,) = first_look([*alerts, *quiet], "ada", project, NOON)
    assert (notice.kind, notice.loud, notice.title) == ("counted", False, "7 alerts are firing")
    assert notice.body == "Alert 0, Alert 1, Alert 2, Alert 3, Alert 4 and 2 more."
    assert first_look(quiet, "ada", project, NOON) == ()
    (single,) = first_look(alerts[:1], "ada", project, NOON)
    assert single.title == "1 alert is firing"


def test_its_numbers_are_written_as_its_tile_writes_them():
    money = Format(style="currency", currency="EUR")
    notice = told({44: TilePlace(9, 3, "Errors", money)})
    assert (notice.body, notice.value_text) == ("Above €50.00; last value €301.00.", "€301.00")
