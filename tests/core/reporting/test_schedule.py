from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.reporting.schedule import PAUSE, Standing, is_due, last_due, schedule_words
from phdesk.models.report import Schedule

BERLIN = ZoneInfo("Europe/Berlin")
LONG_AGO = datetime(2020, 1, 1, tzinfo=BERLIN)
MONDAYS = Schedule(every="week", weekday=0, at=7 * 60)
NEW = Standing()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("schedule", "now", "due"),
    [
        (MONDAYS, "2026-11-30T07:00", "2026-11-30T07:00"),
        (MONDAYS, "2026-11-30T06:59", "2026-11-23T07:00"),
        (MONDAYS, "2026-12-06T23:59", "2026-11-30T07:00"),
        (Schedule(every="day", at=23 * 60), "2026-12-01T08:00", "2026-11-30T23:00"),
        (Schedule(every="month", day=28, at=0), "2026-03-01T00:00", "2026-02-28T00:00"),
        (Schedule(every="month", day=1, at=0), "2026-12-01T00:00", "2026-12-01T00:00"),
    ],
)
def test_the_last_moment_is_found(schedule, now, due):
    assert last_due(schedule, at(now)) == at(due)


def test_it_is_due_once():
    now = at("2026-11-30T07:05")
    moment = is_due(MONDAYS, NEW, LONG_AGO, now)
    assert moment == at("2026-11-30T07:00")
    assert is_due(MONDAYS, Standing(done=moment, tried=now), LONG_AGO, now) is None


def test_what_was_missed_is_made_once_later():
    done = Standing(done=at("2026-11-09T07:00"))
    assert is_due(MONDAYS, done, LONG_AGO, at("2026-12-03T12:00")) == at("2026-11-30T07:00")


def test_a_new_file_has_missed_nothing():
    assert is_due(MONDAYS, NEW, at("2026-12-01T10:00"), at("2026-12-01T10:01")) is None
    assert is_due(MONDAYS, NEW, at("2026-12-01T10:00"), at("2026-12-07T07:00")) is not None


def test_what_failed_is_tried_again_after_a_pause():
    tried = at("2026-11-30T07:01")
    failed = Standing(tried=tried, problem="no network")
    assert is_due(MONDAYS, failed, LONG_AGO, tried + PAUSE - timedelta(seconds=1)) is None
    assert is_due(MONDAYS, failed, LONG_AGO, tried + PAUSE) == at("2026-11-30T07:00")


def test_a_failure_of_last_week_does_not_hold_up_this_one():
    failed = Standing(tried=at("2026-11-30T06:58"), problem="x")
    assert is_due(MONDAYS, failed, LONG_AGO, at("2026-11-30T07:00")) is not None


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_on_which_clocks_change_has_one_moment(day):
    daily = Schedule(every="day", at=2 * 60 + 30)
    now = at(f"{day}T01:00")
    moments = {last_due(daily, now + timedelta(minutes=10 * n)) for n in range(60)}
    assert len(moments) == 2, "the day before, and this one"


def test_a_schedule_is_said_in_words():
    names = ("Monday", "Tuesday")
    assert schedule_words(MONDAYS, names) == "every Monday at 07:00"
    assert (
        schedule_words(Schedule(every="month", day=3), names) == "on day 3 of each month at 07:00"
    )


schedules = st.builds(
    Schedule,
    every=st.sampled_from(["day", "week", "month"]),
    weekday=st.integers(0, 6),
    day=st.integers(1, 28),
    at=st.integers(0, 24 * 60 - 1),
)


@given(schedules, st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(0, 60))
def test_the_last_moment_is_past_and_never_goes_back(schedule, naive, hours):
    now = naive.replace(tzinfo=BERLIN)
    later = now + timedelta(hours=hours)
    assert last_due(schedule, now) <= now
    assert last_due(schedule, now) <= last_due(schedule, later)


FAR = datetime(2031, 1, 1, tzinfo=BERLIN)


@pytest.mark.parametrize("known", ["changed", "done", "tried"])
def test_what_a_wrong_clock_left_in_the_future_holds_nothing_up(known):
    standing = NEW if known == "changed" else Standing(**{known: FAR})
    changed = FAR if known == "changed" else LONG_AGO
    assert is_due(MONDAYS, standing, changed, at("2026-11-30T07:05")) == at("2026-11-30T07:00")


def test_a_clock_that_is_put_back_by_minutes_makes_nothing_twice():
    done = Standing(done=at("2026-11-30T07:00"), tried=at("2026-11-30T07:00"))
    assert is_due(MONDAYS, done, LONG_AGO, at("2026-11-30T06:58")) is None
