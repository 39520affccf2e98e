from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.reporting.periods import Days, PeriodError, period_of

TUESDAY = date(2026, 12, 1)


def days(first, last):
    return Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "of", "before", "words"),
    [
        ("yesterday", ("2026-11-30", "2026-11-30"), ("2026-11-29", "2026-11-29"), "the day before"),
        ("Last  week", ("2026-11-23", "2026-11-29"), ("2026-11-16", "2026-11-22"), "the week before"),  # noqa: E501
        ("last month", ("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-10-31"),
         "the month before"),
        ("last quarter", ("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30"),
         "the quarter before"),
        ("last year", ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31"), "the year before"),  # noqa: E501
        ("last 7 days", ("2026-11-24", "2026-11-30"), ("2026-11-17", "2026-11-23"),
         "the 7 days before"),
        ("today", ("2026-12-01", "2026-12-01"), ("2026-11-30", "2026-11-30"), "the day before"),
        ("this week", ("2026-11-30", "2026-12-01"), ("2026-11-23", "2026-11-24"),
         "the same days of the week before"),
        ("2026-11-01 to 2026-11-10", ("2026-11-01", "2026-11-10"), ("2026-10-22", "2026-10-31"),
         "the 10 days before"),
    ],
)  # fmt: skip
def test_words_name_whole_days_and_those_before(text, of, before, words):
    found = period_of(text, TUESDAY)
    assert (found.days, found.before, found.words) == (days(*of), days(*before), words)


def test_weeks_begin_as_the_projects_do():
    assert period_of("last week", TUESDAY, first_weekday=6).days == days("2026-11-22", "2026-11-28")


@pytest.mark.parametrize(
    "text",
    ["", "last 0 days", "last 900 days", "2026-11-10 to 2026-11-01", "soon", "2026-02-30 to x"],
)
def test_what_is_no_period_is_told_with_what_is(text):
    with pytest.raises(PeriodError, match="known are yesterday"):
        period_of(text, TUESDAY)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 6),
    st.sampled_from(
        ["yesterday", "today", "last week", "this week", "this month", "last month", "last quarter",
         "last year", "last 1 days", "last 30 days"]
    ),
)  # fmt: skip
def test_both_periods_are_apart_and_in_the_past_or_today(today, weekday, text):
    found = period_of(text, today, weekday)
    assert found.before.last < found.days.first or "this" in text
    assert found.before.last < found.days.last <= today
    if "month" not in text and "quarter" not in text and "year" not in text:
        assert found.days.count == found.before.count
    if text.startswith("last"):
        assert found.days.last < today


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (("2026-11-23", "2026-11-29"), "23 – 29 Nov 2026"),
        (("2026-10-26", "2026-11-01"), "26 Oct – 1 Nov 2026"),
        (("2025-12-29", "2026-01-04"), "29 Dec 2025 – 4 Jan 2026"),
        (("2026-11-23", "2026-11-23"), "23 Nov 2026"),
    ],
)
def test_days_are_written_shortly(of, text):
    assert days(*of).text == text


def test_a_period_is_over_with_its_last_second():
    week = days("2026-11-23", "2026-11-29")
    assert week.ends(UTC) == datetime(2026, 11, 30, tzinfo=UTC)
    assert week.sent() == ("2026-11-23", "2026-11-29T23:59:59")
    assert week.ends(UTC) - datetime.fromisoformat(f"{week.sent()[1]}Z") == timedelta(seconds=1)
