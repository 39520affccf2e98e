from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.wall.care import (
    EPOCH,
    FADE,
    STEP,
    brightness,
    cared,
    reach,
    walked,
)
from phdesk.models.wall import Care, Hours

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Hours(start=22 * 60, end=6 * 60)
EVENING = Hours(start=18 * 60, end=22 * 60)
CARE = Care(dim=(EVENING,), dim_to=40, off=(NIGHT,))


def at(text, zone=UTC):
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize("pixels", [2, 4, 8])
def test_the_walk_is_as_long_at_each_place_and_never_leaps(pixels):
    side = 2 * pixels + 1
    start = at("2026-11-30T21:00:00")
    walk = [walked(start + n * STEP, pixels) for n in range(2 * side * side)]
    assert set(Counter(walk).values()) == {2}
    assert len(set(walk)) == side * side
    assert max(abs(x) for place in walk for x in place) == pixels
    steps = zip(walk, [*walk[1:], walk[0]], strict=True)
    assert max(abs(x - u) + abs(y - v) for (x, y), (u, v) in steps) == 1


def test_the_walk_follows_from_the_time_alone():
    moment = EPOCH + 1000 * STEP
    assert walked(moment, 4) == walked(moment + STEP - timedelta(seconds=1), 4)
    assert walked(moment, 4) != walked(moment + STEP, 4)
    assert cared(Care(shift=False), moment, UTC, 4).offset == (0, 0)


@pytest.mark.parametrize(
    ("size", "pixels"),
    [((1920, 1080), 4), ((3840, 2160), 8), ((1080, 1920), 4), ((1280, 720), 3), ((320, 200), 2)],
)
def test_the_walk_is_as_wide_as_the_screen_asks_for(size, pixels):
    assert reach(*size) == pixels


def test_dim_hours_come_and_go_softly():
    begin, end = at("2026-11-30T18:00", BERLIN), at("2026-11-30T22:00", BERLIN)
    seen = [
        round(brightness(CARE, moment, BERLIN), 3)
        for moment in (begin, begin + FADE / 2, begin + FADE, end, end + FADE / 2, end + FADE)
    ]
    assert seen == [1.0, 0.7, 0.4, 0.4, 0.7, 1.0]


def test_dim_hours_that_meet_are_one():
    care = Care(dim=(Hours(start=600, end=660), Hours(start=660, end=720)), dim_to=40)
    assert round(brightness(care, at("2026-11-30T11:00:30"), UTC), 3) == 0.4


def test_refreshing_rests_while_black_and_goes_on_before_the_end():
    seen = [
        (now, one.off, one.refreshed, one.awake)
        for now in ("21:59", "22:00", "05:54", "05:55", "06:00")
        for one in [cared(CARE, at(f"2026-11-30T{now}"), UTC, 4)]
    ]
    assert seen == [
        ("21:59", False, True, True),
        ("22:00", True, False, False),
        ("05:54", True, False, False),
        ("05:55", True, True, False),
        ("06:00", False, True, True),
    ]


def test_a_wall_may_leave_the_screen_to_the_system():
    assert not cared(Care(keep_awake=False), at("2026-11-30T12:00"), UTC, 4).awake


minutes = st.integers(0, 24 * 60)
hours = st.lists(
    st.builds(
        Hours,
        days=st.sets(st.integers(0, 6)).map(tuple),
        start=minutes,
        end=minutes,
    ),
    max_size=3,
).map(tuple)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda naive: naive.replace(tzinfo=UTC)
)


@given(hours, hours, st.integers(0, 100), moments)
def test_brightness_never_jumps_nor_leaves_its_bounds(dim, off, dim_to, now):
    care = Care(dim=dim, off=off, dim_to=dim_to)
    before, after = (brightness(care, now + n * timedelta(seconds=1), BERLIN) for n in (0, 1))
    assert dim_to / 100 - 1e-9 <= before <= 1
    assert abs(after - before) <= 1 / FADE.total_seconds() + 1e-9
