"""PostHog's alerts in words."""

from datetime import UTC, datetime, timedelta

import pytest

from phdesk.core.alert_words import (
    checks_view,
    last_value,
    next_check,
    refusal_words,
    refused_words,
    rule_words,
    standing,
)
from phdesk.core.formatting import Format
from phdesk.models.alert import Alert, AlertCheck
from phdesk.models.failure import Cause, Failure

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)


@pytest.mark.parametrize(
    ("alert", "word"),
    [
        (Alert(state="Firing"), "Firing"),
        (Alert(state="Not firing"), "Not firing"),
        (Alert(state="Errored"), "Cannot be checked"),
        (Alert(state="Snoozed", snoozed_until=LATER), "Snoozed until 15:00"),
        (
            Alert(state="Snoozed", snoozed_until=NOW + timedelta(days=1)),
            "Snoozed until tomorrow 12:00",
        ),
        (Alert(state="Firing", enabled=False), "Off"),
        (Alert(state="Pending review"), "Pending review"),
        (Alert(), "Not known"),
    ],
)
def test_how_an_alert_stands(alert, word):
    assert standing(alert, NOW, UTC).word == word


@pytest.mark.parametrize(
    ("alert", "words"),
    [
        (Alert(upper=1200), "Above 1,200"),
        (Alert(lower=1, upper=50), "Above 50 or below 1"),
        (
            Alert(condition="relative_increase", upper=0.2, percentage=True),
            "Rises by more than 20%",
        ),
        (
            Alert(condition="relative_decrease", lower=3, upper=9),
            "Falls by more than 9 or less than 3",
        ),
        (Alert(condition="forecast_gap", upper=3), "Forecast gap more than 3"),
        (Alert(anomaly=True, detector="mad"), "Unusual, as mad finds"),
        (Alert(), "No threshold"),
    ],
)
def test_what_an_alert_watches_for(alert, words):
    assert rule_words(alert) == words


def test_a_bound_is_written_as_the_insight_writes_numbers():
    assert rule_words(Alert(upper=0.5), Format(style="percentage_scaled")) == "Above 50%"


def test_when_an_alert_is_checked_next():
    assert next_check(Alert(next_check_at=LATER), NOW, UTC) == "15:00"
    assert next_check(Alert(next_check_at=NOW), NOW, UTC) == "Due now"
    assert next_check(Alert(interval="every_15_minutes"), NOW, UTC) == "Every 15 minutes"
    assert next_check(Alert(interval="on_full_moon"), NOW, UTC) == "On full moon"
    assert next_check(Alert(next_check_at=LATER, enabled=False), NOW, UTC) == "Not checked"


def test_what_the_last_check_found():
    assert last_value(Alert(value=301)) == "301"
    assert last_value(Alert(value=0.12, percentage=True)) == "12%"
    assert last_value(Alert(last_checked_at=NOW)) == "–"
    assert last_value(Alert()) == "Not checked yet"


def test_checks_are_drawn_from_the_oldest_with_the_thresholds():
    checks = (AlertCheck(at=LATER, value=60, state="Firing"), AlertCheck(at=NOW, value=4))
    view = checks_view(Alert(name="Low", upper=50, checks=checks), Format(), UTC)
    assert view.body.series[0].values == (4, 60)
    assert view.body.x_labels == ("23 Nov 12:00", "23 Nov 15:00")
    assert [line.value for line in view.body.goal_lines] == [50]
    assert view.summary == "2 checks of Low, 1 of them firing"


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (
            Failure(cause=Cause.MISSING_SCOPE, message="x", scope="alert:write"),
            "scope alert:write. Add it",
        ),
        (
            Failure(cause=Cause.FORBIDDEN, message="PostHog does not allow this."),
            "Servers before 2025",
        ),
        (Failure(cause=Cause.NOT_FOUND, message="x"), "has no alerts"),
        (Failure(cause=Cause.PLAN, message="x"), "plan"),
        (Failure(cause=Cause.SERVER, message="The server had an error."), "had an error"),
    ],
)
def test_a_refusal_says_what_helps(failure, words):
    assert words in refusal_words(failure)


@pytest.mark.parametrize(
    ("cause", "detail", "words"),
    [
        (Cause.NOT_FOUND, "Not found.", "somebody deleted it meanwhile"),
        (Cause.FORBIDDEN, "You do not have permission to perform this action.", "No."),
        (Cause.FORBIDDEN, "This action does not support Personal API Key access", "before 2025"),
        (Cause.PLAN, "", "plan"),
    ],
)
def test_what_is_refused_of_one_alert_says_nothing_of_all(cause, detail, words):
    said = refused_words(Failure(cause=cause, message="No.", detail=detail))
    assert words in said
    assert ("asks again" in said) == ("before 2025" in said)
