"""The review calendar: when something is due, and how seldom it is told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.reviews import (
    REVIEWS,
    Reviewed,
    begun,
    day_words,
    done,
    due_at,
    is_due,
    months_later,
    off_until,
    put_off,
    to_tell,
    told,
)

DEFINITIONS, STALE = REVIEWS
BEGUN = datetime(2026, 1, 31, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def keys(reviews):
    return [one.key for one in reviews]


@pytest.mark.parametrize(
    ("when", "months", "day"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
        ((2026, 3, 15), 12, (2027, 3, 15)),
    ],
)
def test_months_are_those_of_the_calendar(when, months, day):
    assert months_later(datetime(*when, tzinfo=UTC), months) == datetime(*day, tzinfo=UTC)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(1, 24))
def test_months_later_is_later_by_about_as_much(when, months):
    later = months_later(when.replace(tzinfo=UTC), months) - when.replace(tzinfo=UTC)
    assert timedelta(days=28 * months) <= later <= timedelta(days=31 * months)


def test_a_new_project_is_reminded_of_nothing():
    assert to_tell({}, BEGUN) == ()
    kept = begun({}, BEGUN)
    assert to_tell(kept, BEGUN + 20 * DAY) == ()


def test_definitions_are_due_each_month_and_stale_ones_each_quarter():
    kept = begun({}, BEGUN)
    assert due_at(DEFINITIONS, kept) == datetime(2026, 2, 28, 9, tzinfo=UTC)
    assert due_at(STALE, kept) == datetime(2026, 4, 30, 9, tzinfo=UTC)
    assert keys(to_tell(kept, BEGUN + 28 * DAY)) == ["definitions"]
    assert keys(to_tell(kept, BEGUN + 90 * DAY)) == ["definitions", "stale"]


def test_the_same_is_told_once_a_week_until_it_is_done():
    now = BEGUN + 40 * DAY
    kept = begun({}, BEGUN)
    kept = told(kept, to_tell(kept, now), now)
    assert to_tell(kept, now + 6 * DAY) == ()
    assert keys(to_tell(kept, now + 7 * DAY)) == ["definitions"]
    kept = done(kept, "definitions", now + 7 * DAY)
    assert to_tell(kept, now + 20 * DAY) == ()


def test_a_clock_that_runs_is_left_alone():
    kept = {"stale": Reviewed(BEGUN)}
    assert begun(kept, BEGUN + DAY) == {
        "stale": Reviewed(BEGUN),
        "definitions": Reviewed(BEGUN + DAY, ever=False),
    }


ZONES = ("Europe/Berlin", "Pacific/Auckland", "America/New_York")
BERLIN, AUCKLAND, NEW_YORK = map(ZoneInfo, ZONES)


@pytest.mark.parametrize(
    ("zone", "day"), [(BERLIN, "28 Feb 2026"), (AUCKLAND, "1 Mar 2026"), (UTC, "28 Feb 2026")]
)
def test_days_are_those_of_this_computers_calendar(zone, day):
    kept = {"definitions": Reviewed(BEGUN + timedelta(hours=3))}
    assert day_words(due_at(DEFINITIONS, kept), zone) == day


@pytest.mark.parametrize("zone", [BERLIN, AUCKLAND, NEW_YORK])
@pytest.mark.parametrize("month", [2, 3, 9, 10])  # of which the clocks change before the next
def test_one_is_due_from_midnight_of_its_day_also_over_a_change_of_clocks(zone, month):
    kept = {"definitions": Reviewed(datetime(2026, month, 20, 16, tzinfo=zone).astimezone(UTC))}
    day = datetime(2026, month + 1, 20, tzinfo=zone)
    assert is_due(DEFINITIONS, kept, day)
    assert not is_due(DEFINITIONS, kept, day - timedelta(minutes=1))


def test_a_clock_that_was_wrong_neither_silences_a_review_for_years_nor_repeats_it():
    ahead = BEGUN + 3650 * DAY
    kept = begun({"definitions": Reviewed(ahead, told=ahead), "stale": Reviewed(BEGUN)}, BEGUN)
    assert kept["definitions"].done == BEGUN
    assert keys(to_tell(kept, BEGUN + 40 * DAY)) == ["definitions"]
    back = {"definitions": Reviewed(BEGUN - 60 * DAY, told=BEGUN)}
    assert to_tell(back, BEGUN - timedelta(hours=2)) == ()


def test_one_that_is_put_off_is_silent_for_a_month_and_then_told_again():
    now = BEGUN + 40 * DAY
    kept = put_off(begun({}, BEGUN), "definitions", now)
    until = months_later(now, 1)
    assert off_until(kept, "definitions", now) == until
    assert to_tell(kept, until - timedelta(minutes=1)) == ()
    assert keys(to_tell(kept, until)) == ["definitions"]
    assert off_until(done(kept, "definitions", now), "definitions", now) is None
    assert keys(to_tell(kept, BEGUN + 95 * DAY)) == ["definitions", "stale"]
    wrong = put_off(begun({}, BEGUN), "definitions", now + 3650 * DAY)
    assert keys(to_tell(wrong, now)) == ["definitions"]
