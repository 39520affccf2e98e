"""Hours of walls hold by the clock beside them, over midnight and on days of 23 or 25 hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.wall.banners import closed_words
from phdesk.core.wall.hours import holds, next_change, next_start
from phdesk.models.wall import DAY, Hours

LONDON = ZoneInfo("Europe/London")
ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
).map(ZoneInfo)
MONDAY = datetime(2026, 11, 30)
WORK = Hours(days=(0, 1, 2, 3, 4), start=8 * 60 + 30, end=18 * 60)
NIGHT = Hours(days=(0, 4), start=22 * 60, end=6 * 60)


def at(words):
    day, clock = words.split()
    hour, minute = map(int, clock.split(":"))
    number = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(day)
    return MONDAY + timedelta(days=number, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("hours", "when", "wanted"),
    [
        (WORK, "mon 08:29", False),
        (WORK, "mon 08:30", True),
        (WORK, "fri 17:59", True),
        (WORK, "fri 18:00", False),
        (WORK, "sat 12:00", False),
        (NIGHT, "mon 21:59", False),
        (NIGHT, "mon 22:00", True),
        (NIGHT, "tue 05:59", True),
        (NIGHT, "tue 06:00", False),
        (NIGHT, "tue 23:00", False),
        (NIGHT, "sat 03:00", True),
        (NIGHT, "mon 03:00", False),
        (Hours(), "sun 23:59", True),
        (Hours(days=(6,), start=1200, end=0), "sun 23:59", True),
    ],
)
def test_hours_hold_from_their_start_until_before_their_end(hours, when, wanted):
    assert holds((hours,), at(when)) is wanted


@pytest.mark.parametrize(
    ("hours", "now", "wanted"),
    [
        ((WORK,), "mon 08:29", "08:30"),
        ((WORK,), "mon 18:00", "tomorrow 08:30"),
        ((WORK,), "fri 18:00", "Monday 08:30"),
        ((WORK,), "sun 23:59", "tomorrow 08:30"),
        ((NIGHT,), "tue 06:00", "Friday 22:00"),
        ((WORK, NIGHT), "mon 20:00", "22:00"),
        ((Hours(days=(0,), start=60, end=120),), "mon 02:00", "Monday 01:00"),
        ((Hours(days=(1,)),), "mon 23:59", "tomorrow 00:00"),
    ],
)
def test_a_wall_says_when_hours_begin_next_by_its_clock(hours, now, wanted):
    begins = next_start(hours, at(now))
    assert closed_words(begins, at(now), "") == (f"Nothing is scheduled until {wanted}.", "")


def test_no_hours_never_begin():
    assert next_start((), MONDAY) is None


def test_hours_begin_at_what_the_clock_shows_also_where_it_is_put_back_before():
    night = datetime(2026, 10, 24, 23, tzinfo=LONDON)
    begins = next_start((Hours(start=480, end=540),), night)
    assert f"{begins:%d %H:%M}" == "25 08:00"
    assert holds((Hours(start=480, end=540),), begins)


def test_no_hours_never_hold():
    assert not holds((), at("mon 12:00"))


@pytest.mark.parametrize(
    ("hours", "now", "wanted"),
    [  # the clocks of London went forward at 01:00 UTC on 29 March, back at 01:00 on 25 October
        (Hours(start=90, end=110), "2026-03-29T00:10", "2026-03-30T00:30"),  # 01:30 never came
        (Hours(start=60, end=150), "2026-03-29T00:10", "2026-03-29T01:00"),
        (Hours(start=90, end=110), "2026-10-25T00:10", "2026-10-25T00:30"),
        (Hours(start=90, end=110), "2026-10-25T00:55", "2026-10-25T01:30"),  # and came twice
        (Hours(start=0, end=90), "2026-10-25T00:40", "2026-10-25T01:00"),  # 01:00 once more
    ],
)
def test_a_change_is_found_on_days_on_which_the_clock_is_set(hours, now, wanted):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert next_change((hours,), moment, LONDON) == datetime.fromisoformat(wanted + "Z")


@pytest.mark.parametrize("hours", [(), (Hours(),), (Hours(start=0, end=700), Hours(start=700))])
def test_what_never_changes_has_no_next_change(hours):
    assert next_change(hours, MONDAY.replace(tzinfo=UTC), LONDON) is None


HOURS = st.builds(
    Hours,
    days=st.lists(st.integers(0, 6), unique=True, min_size=1).map(tuple),
    start=st.integers(0, DAY - 1),
    end=st.integers(0, DAY),
).filter(lambda each: each.start != each.end)
NEAR_CHANGES = st.sampled_from(
    ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-10-04"]
)


@given(st.lists(HOURS, min_size=1, max_size=3), NEAR_CHANGES, st.integers(-2 * DAY, DAY), ZONES)
def test_nothing_changes_before_the_next_change_and_at_it_something_does(hours, day, minute, zone):
    now = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(minutes=minute, seconds=7)
    then = next_change(hours, now, zone)
    first = holds(hours, now.astimezone(zone))
    end = then or now + timedelta(days=8)
    assert all(holds(hours, moment.astimezone(zone)) is first for moment in minutes(now, end)), (
        now,
        then,
    )
    assert then is None or holds(hours, then.astimezone(zone)) is not first


def minutes(start, end):
    """Give the start of each tenth minute, and of all minutes near the end."""
    moment = start
    while moment < end:
        yield moment
        near = end - moment < timedelta(minutes=90)
        moment += timedelta(minutes=1 if near else 10)
