"""Dates are read as PostHog reads them, and buckets cut as it cuts them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.demo.ranges import (
    day_text,
    floor_to,
    iso,
    label_text,
    moment,
    ms,
    parse_date,
    resolve,
    step,
)

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
EARLIEST = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-7d", "2026-11-16T00:00:00Z"),
        ("-24h", "2026-11-22T15:30:00Z"),
        ("-30M", "2026-11-23T15:00:00Z"),
        ("dStart", "2026-11-23T00:00:00Z"),
        ("-1dStart", "2026-11-22T00:00:00Z"),
        ("-1dEnd", "2026-11-22T23:59:59.999999Z"),
        ("wStart", "2026-11-22T00:00:00Z"),
        ("mStart", "2026-11-01T00:00:00Z"),
        ("-1mStart", "2026-10-01T00:00:00Z"),
        ("-1mEnd", "2026-10-31T23:59:59.999999Z"),
        ("yStart", "2026-01-01T00:00:00Z"),
        ("-1q", "2026-08-23T00:00:00Z"),
        ("2026-11-01", "2026-11-01T00:00:00Z"),
        ("2026-11-01T10:00:00+02:00", "2026-11-01T08:00:00Z"),
        ("soon", "2026-11-23T00:00:00Z"),
    ],
)
def test_date_strings(text, expected):
    assert iso(parse_date(text, NOW)) == expected


def test_a_closing_date_means_its_last_moment():
    span = resolve({"date_from": "2026-10-01", "date_to": "2026-10-15"}, "day", now=NOW,
                   earliest=EARLIEST)  # fmt: skip
    assert len(span.buckets()) == 15
    assert iso(span.end) == "2026-10-15T23:59:59.999999Z"


@pytest.mark.parametrize(
    ("dates", "interval", "count"),
    [
        ({"date_from": "-30d"}, "day", 31),
        ({"date_from": "-24h"}, "hour", 25),
        ({"date_from": "-1h"}, "minute", 61),
        ({"date_from": "-90d"}, "week", 14),
        ({"date_from": "-90d"}, "month", 4),
        ({"date_from": "all"}, "month", 7),
        (None, None, 8),
    ],
)
def test_buckets_are_as_many_as_posthog_sends(dates, interval, count):
    assert len(resolve(dates, interval, now=NOW, earliest=EARLIEST).buckets()) == count


def test_the_previous_range_is_as_long():
    span = resolve({"date_from": "-14d"}, "day", now=NOW, earliest=EARLIEST)
    assert day_text(span.previous().buckets()[0], "day") == "2026-10-26"
    assert len(span.previous().buckets()) == 15


@pytest.mark.parametrize("closing", ["2026-11-22", "2026-11-22T23:59:59"])
def test_before_days_that_are_named_come_as_many_others(closing):
    dates = {"date_from": "2026-11-16", "date_to": closing}
    before = resolve(dates, "day", now=NOW, earliest=EARLIEST).previous()
    days = [day_text(start, "day") for start in before.buckets()]
    assert (days[0], days[-1], len(days)) == ("2026-11-09", "2026-11-15", 7)


@pytest.mark.parametrize(
    ("opening", "hours"), [("-6h", 6), ("-24h", 24), ("dStart", 16), ("-7d", 24 * 7)]
)
def test_the_previous_range_of_hours_keeps_its_place_in_the_hour(opening, hours):
    span = resolve({"date_from": opening}, "hour", now=NOW, earliest=EARLIEST)
    assert (span.start - span.previous().start).total_seconds() == hours * 3600
    assert len(span.previous().buckets()) == len(span.buckets())


def test_a_month_of_minutes_is_cut_into_hours():
    span = resolve({"date_from": "-30d"}, "minute", now=NOW, earliest=EARLIEST)
    assert span.interval == "hour"


def test_labels():
    at = datetime(2026, 11, 3, 14, tzinfo=UTC)
    assert label_text(at, "day") == "3-Nov-2026"
    assert label_text(at, "hour") == "3-Nov-2026 14:00"
    assert label_text(at, "month") == "Nov 2026"
    assert day_text(at, "hour") == "2026-11-03 14:00:00"


def test_a_month_after_the_31st_is_the_last_day():
    assert iso(step(datetime(2026, 1, 31, tzinfo=UTC), "month", 1)) == "2026-02-28T00:00:00Z"


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),
       st.sampled_from(["minute", "hour", "day", "week", "month", "year"]))  # fmt: skip
def test_rounding_down_stays_within_one_interval(at, interval):
    at = at.replace(tzinfo=UTC)
    start = floor_to(at, interval)
    assert start <= at < step(start, interval, 1)
    assert floor_to(start, interval) == start


@given(st.integers(0, 4_000_000_000_000))
def test_milliseconds_survive_the_round_trip(value):
    assert ms(moment(value)) == value
