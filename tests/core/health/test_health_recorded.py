"""What the rules say of dashboards that a real server sent: true findings, and no others."""

from datetime import UTC, datetime

import pytest

from phdesk.api import decoding
from phdesk.core.health.finding import BoardFacts, ProjectFacts
from phdesk.core.health.judging import judge
from phdesk.core.why.known import Known
from phdesk.core.why.reasons import reasons
from tests.api import recorded
from tests.shared import needs_shared

pytestmark = needs_shared
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def board(name):
    return decoding.dashboard(recorded.body(name))


def around():
    found = decoding.event_definitions(recorded.body("event_definitions")).items
    seen = {one.name: one.last_seen_at for one in found}
    return ProjectFacts(now=NOW, events=seen, all_events=True)


def test_a_well_kept_dashboard_is_left_in_peace():
    held = board("dashboard_retrieve_overview_full")
    assert judge([BoardFacts(dashboard=held)], around()).findings == ()


def test_the_faults_of_a_crowded_one_are_those_that_it_has():
    held = board("dashboard_retrieve_growth_filtered_blocking")
    found = judge([BoardFacts(dashboard=held)], around()).findings
    assert {(one.rule, one.title) for one in found} == {
        ("event-gone", "Never happened by browser"),
        ("empty", "Revenue by month"),
        ("empty", "EU errors 5xx"),
        ("empty", "Never happened by browser"),
        ("many-tiles", ""),
        ("no-description", ""),
        ("wall", ""),
    }


@pytest.mark.parametrize(
    "name",
    ["dashboard_retrieve_cold_no_refresh", "dashboard_retrieve_legacy_blocking",
     "dashboard_with_broken_tile_no_refresh"],
)  # fmt: skip
def test_of_every_tile_something_true_can_be_said(name):
    for tile in board(name).tiles:
        if tile.insight is not None:
            said = reasons(Known(title="", insight=tile.insight, now=NOW))
            assert said[0].topic == "Age"
