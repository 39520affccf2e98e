from datetime import date, timedelta

import pytest

from phdesk.core.reporting.periods import Days
from phdesk.core.reporting.questions import questions
from phdesk.models.report import Section

WEEK = Days(date(2026, 11, 23), date(2026, 11, 29))
RANGE = {"date_from": "2026-11-23", "date_to": "2026-11-29T23:59:59"}


def test_an_event_is_counted_by_day_under_the_name_of_its_section():
    ((title, asked),) = questions(Section(title="Sign-ups", event="signed_up"), WEEK)
    assert title == "Sign-ups"
    assert (asked["kind"], asked["interval"], asked["dateRange"]) == ("TrendsQuery", "day", RANGE)
    assert asked["series"] == [
        {"kind": "EventsNode", "event": "signed_up", "name": "signed_up",
         "custom_name": "Sign-ups", "math": "total"}
    ]  # fmt: skip


def test_people_are_asked_for_the_whole_period_and_by_day():
    (whole, number), (by_day, course) = questions(Section(event="x", count="people"), WEEK)
    assert (whole, by_day) == ("x in the period", "x by day")
    assert number["trendsFilter"] == {"display": "BoldNumber"}
    assert course["trendsFilter"] == {"display": "ActionsLineGraph"}
    for one in (number, course):
        assert one["series"][0]["math"] == "dau"
        assert one["series"][0]["custom_name"] == "x, people"


def test_a_funnel_has_its_steps_in_order():
    ((title, asked),) = questions(Section(funnel=("a", "b", "c")), WEEK)
    assert (title, asked["kind"]) == ("Funnel", "FunnelsQuery")
    assert [node["event"] for node in asked["series"]] == ["a", "b", "c"]
    assert asked["funnelsFilter"]["funnelWindowInterval"] == 14


def test_tiles_of_a_dashboard_ask_their_own_questions():
    assert questions(Section(dashboard="1"), WEEK) == ()


@pytest.mark.parametrize(
    ("first", "days", "interval"),
    [
        (WEEK.first, 1, "hour"),
        (WEEK.first, 2, "day"),
        (WEEK.first, 365, "day"),
        (date(2026, 1, 1), 92, "day"),
        (date(2026, 1, 1), 365, "month"),
        (date(2026, 1, 1), 364, "day"),
        (date(2026, 1, 2), 364, "day"),
    ],
)
def test_buckets_divide_the_period(first, days, interval):
    span = Days(first, first + timedelta(days=days - 1))
    assert questions(Section(event="x"), span)[0][1]["interval"] == interval
