"""Alerts in words and as lines (reference section 8.1)."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from phdesk.core.charts.alerting import alert_note, alert_text
from phdesk.core.formatting import Format
from phdesk.models.alert import Alert
from tests.core.charts.asked import item, total, trends

PERCENT = {"aggregationAxisFormat": "percentage"}


def firing(**more):
    return Alert(state="Firing", **more)


@pytest.mark.parametrize(
    ("alert", "words"),
    [
        (firing(upper=2), "Alert: above 2"),
        (firing(lower=10), "Alert: below 10"),
        (firing(lower=1, upper=5), "Alert: outside 1 to 5"),
        (firing(lower=1, upper=5, value=9), "Alert: above 5"),
        (firing(lower=1, upper=5, value=0), "Alert: below 1"),
        (
            firing(upper=0.1, percentage=True, condition="relative_increase"),
            "Alert: up more than 10%",
        ),
        (firing(upper=50, condition="relative_decrease"), "Alert: down more than 50"),
        (firing(lower=5, condition="relative_increase"), "Alert: up less than 5"),
        (firing(anomaly=True, name="Odd"), "Alert: unusual value"),
        (firing(name="Too many errors"), "Alert: Too many errors"),
        (firing(), "Alert: firing"),
        (firing(upper=2, enabled=False), ""),
        (Alert(state="Not firing", upper=2), ""),
        (Alert(state="Snoozed", upper=2), ""),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_a_firing_alert_says_why(alert, words):
    assert alert_text([alert], Format()) == words


def test_several_firing_alerts_are_counted():
    assert alert_text([firing(upper=2), firing(upper=3)], Format()) == "Alert: above 2 and 1 more"


def lines(alerts, own=None, display="ActionsLineGraph", items=None):
    view = trends(items or [item([1, 2, 3])], display, own, insight={"alerts": alerts})
    return [(line.label, line.value, line.color) for line in view.body.goal_lines]


def test_a_firing_alert_draws_its_bounds_after_the_goals():
    own = {"goalLines": [{"label": "Goal", "value": 4}], **PERCENT}
    found = lines((firing(lower=1, upper=2),), own)
    assert [label for label, _, _ in found] == ["Goal", "Alert: above 2%", "Alert: below 1%"]
    assert found[1:] == [("Alert: above 2%", 2, "warn"), ("Alert: below 1%", 1, "warn")]


@pytest.mark.parametrize(
    ("alert", "own", "drawn"),
    [
        (Alert(state="Not firing", upper=2), {}, False),
        (Alert(state="Not firing", upper=2), {"showAlertThresholdLines": True}, True),
        (Alert(upper=2, enabled=False), {"showAlertThresholdLines": True}, False),
        (firing(upper=2, condition="relative_increase"), {"showAlertThresholdLines": True}, False),
        (firing(anomaly=True, upper=0.9), {"showAlertThresholdLines": True}, False),
    ],
    ids=["calm", "calm but wanted", "off", "relative", "detector"],
)
def test_which_bounds_are_drawn(alert, own, drawn):
    assert bool(lines((alert,), own)) is drawn


def test_shares_of_a_pile_have_no_alert_lines():
    two = [item([1, 2]), item([3, 4], order=1, name="b")]
    own = {"showPercentStackView": True}
    assert lines((firing(upper=2),), own, "ActionsAreaGraph", two) == []


def test_a_number_is_on_alert_in_words():
    sent = {"alerts": (firing(upper=2, value=2.31),)}
    view = trends([total(2.31)], "BoldNumber", PERCENT, insight=sent)
    assert view.alert == "Alert: above 2%"
    assert view.summary.endswith("Alert: above 2%.")


def test_a_calm_insight_says_nothing():
    assert trends([item([1])]).alert == ""


HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def told(state, **more):
    return Alert(id="x", enabled=True, state=state, upper=2, **more)


@pytest.mark.parametrize(
    ("alerts", "words"),
    [
        ([told("Errored")], ("Alert cannot be checked", True)),
        ([told("Errored"), told("Errored")], ("Alert cannot be checked and 1 more", True)),
        ([told("Snoozed", snoozed_until=NOW + HOUR)], ("Alert snoozed until 13:00", False)),
        (
            [told("Snoozed", snoozed_until=NOW + 48 * HOUR)],
            ("Alert snoozed until 25 Nov 12:00", False),
        ),
        ([told("Snoozed")], ("Alert snoozed", False)),
        ([told("Snoozed", snoozed_until=NOW - HOUR)], ("", False)),
        ([told("Snoozed"), told("Errored")], ("Alert cannot be checked", True)),
        ([told("Errored"), told("Firing")], ("", False)),
        ([told("Not firing")], ("", False)),
        ([replace(told("Errored"), enabled=False)], ("", False)),
        ([], ("", False)),
    ],
)
def test_alerts_that_sleep_or_cannot_be_checked_are_noted(alerts, words):
    assert alert_note(alerts, NOW, UTC) == words


def test_a_tile_notes_it_and_says_it():
    view = trends([item([1])], insight={"alerts": (told("Errored"),)})
    assert (view.alert, view.alert_note, view.alert_errored) == (
        "",
        "Alert cannot be checked",
        True,
    )
    assert view.summary.endswith("Alert cannot be checked.")
