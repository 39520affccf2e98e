"""What is said of watches."""

import pytest

from phdesk.core.formatting import Format
from phdesk.core.watching.words import notice, watch_text
from phdesk.models.watch import Anomaly, Baseline, Bound, Change, Event
from tests.core.watching.making import NOON, watch


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Bound("above", 1500), "is above 1,500"),
        (Change(side="below", by=20), "falls by 20% or more against the day before"),
        (
            Change(side="above", by=5, unit="number", against="period"),
            "rises by 5 or more against the period before",
        ),
        (Baseline(side="above", factor=2), "is above twice its 7-day average"),
        (Baseline(side="below", factor=0.5), "is below half of its 7-day average"),
        (Baseline(side="below", factor=0.7, days=30), "is below 70% of its 30-day average"),
        (Baseline(side="above", factor=3, days=0), "is above 3× its daily average"),
        (Baseline(side="above", factor=1), "is above its 7-day average"),
        (Anomaly(side="below"), "is unusually low, at normal sensitivity"),
    ],
)
def test_a_watch_says_when_it_tells(condition, words):
    said = watch_text(watch(condition), "Signups per day", Format(), "day")
    assert said == f"Tells when Signups per day {words}."


def test_it_says_how_often_and_that_the_unfinished_bucket_counts():
    said = watch_text(watch(checks=3, unfinished=True), "Signups")
    assert said == (
        "Tells when Signups is above 100 in 3 results in a row, the unfinished one included."
    )


def test_a_notice_has_the_watch_and_where_it_is():
    event = Event(id="e", watch="w1", kind="fired", at=NOON, text="Signups fell to 84")
    title = "Signups per day · Shop, Growth"
    assert notice(watch(), event, "Shop, Growth") == (title, "Signups fell to 84.")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("fired", "Mine"),
        ("resolved", "Back to normal: Mine"),
        ("missing", "No data: Mine"),
        ("broken", "Cannot be watched any more: Mine"),
        ("reminded", "Still: Mine"),
    ],
)
def test_a_title_says_what_happened(kind, title):
    event = Event(id="e", watch="w1", kind=kind, at=NOON)
    assert notice(watch(name="Mine"), event) == (title, "Mine.")
