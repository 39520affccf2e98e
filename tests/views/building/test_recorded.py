"""Every query that PostHog was seen to hold is shown on the page, and nothing of it changes."""

import msgspec
import pytest

from phdesk.core.building.draft import body, opened, opened_insight, put
from phdesk.core.building.fields import fields
from phdesk.core.building.starting import blank
from phdesk.core.building.untouched import dormant, untouched
from tests.core.building.recorded import queries
from tests.core.building.test_older import collected, insight_of
from tests.shared import needs_shared
from tests.views.building.making import AROUND, Making
from tests.views.building.shown import said_on, unsaid

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_each_recorded_insight_is_shown_with_all_its_settings_and_stays_as_it_is(qtbot):
    making = Making(qtbot, blank("trends"))
    shown = 0
    for name, raw in queries().items():
        draft = opened(raw)
        making.take(draft)
        making.tags.clear()
        qtbot.wait(0)
        assert making.tags == [], f"{name} was edited by being shown"
        wanted = {one.name for one in fields(draft, modern=AROUND.modern)}
        assert set(making.rows) == wanted, name
        assert bytes(body(draft)) == raw, name
        assert bool(draft.closed) == (not wanted) or msgspec.json.decode(raw) == {}, name
        shown += bool(wanted)
    assert shown > 30


@needs_shared
def test_every_part_of_each_recorded_insight_is_said_on_the_page(qtbot):
    """In words, ticked, or named as kept: modern queries, and those made of old filters."""
    making = Making(qtbot, blank("trends"))
    drafts = {name: opened(raw) for name, raw in queries().items()}
    drafts |= {name: opened_insight(insight_of(one)) for name, one in collected().items()}
    silent, looked = {}, 0
    for name, draft in drafts.items():
        if not draft.closed and draft.query:
            making.take(draft)
            looked += 1
            silent |= dict.fromkeys(unsaid(draft, said_on(making.page)), name)
    assert silent == {}
    assert looked > 190


def test_what_means_nothing_to_the_chart_and_what_is_new_within_a_part_is_named(qtbot):
    draft = put(blank("number"), "trendsFilter.showLegend", value=True)
    draft = put(draft, "trendsFilter.smoothingIntervals", 7)
    draft = put(draft, "dateRange.daysOfWeek", [1, 2])
    assert dormant(draft) == ("Smoothing", "Show legend")
    assert [one.name for one in untouched(draft)] == ["dateRange.daysOfWeek"]
    said = said_on(Making(qtbot, draft).page)
    assert "Kept, though without meaning for this chart: Smoothing, Show legend." in said
    assert "to be edited in PostHog: Days of the week." in said


def test_all_values_of_a_filter_are_said_and_that_times_are_exact(qtbot):
    codes = ["500", "502", "503", "504"]
    one = {"key": "code", "value": codes, "operator": "exact", "type": "event"}
    draft = put(put(blank("trends"), "properties", [one]), "dateRange.explicitDate", value=True)
    said = said_on(Making(qtbot, draft).page)
    assert "Filter: code is 500 or 502 or 503 or 504" in said
    assert "Last 7 days, to the minute" in said
