from datetime import UTC, datetime, timedelta, timezone

import pytest

from phdesk.core.ages import day_time, oldest_age, tile_age

NOW = datetime(2026, 11, 23, 14, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=40), "14:16 · just now"),
        (timedelta(minutes=12), "14:05 · 12 min"),
        (timedelta(minutes=59, seconds=59), "13:17 · 59 min"),
        (timedelta(hours=3), "11:17 · 3 h"),
        (timedelta(hours=30), "22 Nov 08:17 · 30 h"),
        (timedelta(days=3), "20 Nov 14:17 · 3 days"),
        (timedelta(days=400), "19 Oct 2025 · 400 days"),
        (timedelta(minutes=-5), "14:22 · just now"),
        (timedelta(minutes=-11), "14:28 · clocks differ"),
    ],
)
def test_a_tile_says_when_and_how_long_ago(ago, text):
    assert tile_age(NOW - ago, NOW, UTC) == text


def test_the_clock_is_that_of_the_place():
    berlin = timezone(timedelta(hours=1))
    assert tile_age(NOW - timedelta(minutes=12), NOW, berlin) == "15:05 · 12 min"


def test_no_result_has_no_age():
    assert tile_age(None, NOW) == ""
    assert oldest_age(None, NOW) == "Nothing calculated yet"


def test_a_dashboard_quotes_its_oldest_tile():
    when = NOW - timedelta(minutes=12)
    assert oldest_age(when, NOW, UTC) == "Oldest tile 14:05 · 12 min ago"
    assert oldest_age(NOW, NOW, UTC) == "Oldest tile 14:17 · just now"
    tomorrow = NOW + timedelta(days=1)
    assert oldest_age(tomorrow, NOW, UTC) == "Oldest tile 24 Nov 14:17 · clocks differ"


@pytest.mark.parametrize(
    ("when", "text"),
    [
        pytest.param(datetime(2026, 11, 23, 9, tzinfo=UTC), "today 09:00", id="today"),
        pytest.param(datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "yesterday 23:59", id="yesterday"),
        pytest.param(datetime(2026, 11, 17, 9, tzinfo=UTC), "Tuesday 09:00", id="this week"),
        pytest.param(datetime(2026, 11, 16, 9, tzinfo=UTC), "16 Nov 09:00", id="a week ago"),
        pytest.param(datetime(2025, 11, 23, 9, tzinfo=UTC), "23 Nov 2025 09:00", id="last year"),
        pytest.param(datetime(2026, 11, 24, 9, tzinfo=UTC), "24 Nov 09:00", id="a clock ahead"),
    ],
)
def test_a_moment_is_named_by_its_day(when, text):
    assert day_time(when, datetime(2026, 11, 23, 12, tzinfo=UTC), UTC) == text
