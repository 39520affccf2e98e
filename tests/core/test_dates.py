"""Buckets, what is incomplete, and ranges in words."""

import sys
from datetime import UTC, datetime

import pytest

from phdesk.core.dates import (
    bucket_labels,
    dated_labels,
    headings,
    incomplete_from,
    parse_iso,
    range_label,
    resolved_label,
    spoken,
    zone,
)

NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("days", "interval", "wanted"),
    [
        (["2026-10-26"], "day", [("26 Oct", "Mon 26 Oct 2026")]),
        (["2026-11-02"], "week", [("2 Nov", "Week of Mon 2 Nov 2026")]),
        (["2026-11-01"], "month", [("Nov 2026", "November 2026")]),
        (["2026-10-01"], "quarter", [("Q4 2026", "Q4 2026")]),
        (["2026-01-01"], "year", [("2026", "2026")]),
        (
            ["2026-10-26 23:00:00", "2026-10-27 00:00:00", "2026-10-27 01:00:00"],
            "hour",
            [
                ("26 Oct 23:00", "Mon 26 Oct 2026, 23:00"),
                ("27 Oct 00:00", "Tue 27 Oct 2026, 00:00"),
                ("01:00", "Tue 27 Oct 2026, 01:00"),
            ],
        ),
        (["day 0", "", "2026-99-01"], "day", [("day 0", "day 0"), ("", ""), ("2026-99-01",) * 2]),
    ],
    ids=["day", "week", "month", "quarter", "year", "hour", "unreadable"],
)
def test_buckets_have_short_and_whole_names(days, interval, wanted):
    assert bucket_labels(days, interval) == wanted


def test_an_axis_that_skips_hours_can_name_the_day_of_each():
    days = ["2026-10-26 23:00:00", "2026-10-27 01:00:00", "day 0"]
    assert dated_labels(days, "hour") == ("26 Oct 23:00", "27 Oct 01:00", "day 0")
    assert dated_labels(["2026-10-26"], "day") == ()


@pytest.mark.parametrize(
    ("interval", "wanted"),
    [
        ("hour", "at 26 Oct 2026, 00:00"),
        ("day", "on 26 Oct 2026"),
        ("week", "in the week of 26 Oct 2026"),
        ("month", "in Oct 2026"),
        ("quarter", "in Q4 2026"),
        ("year", "in 2026"),
    ],
)
def test_a_bucket_is_spoken_of_as_what_it_is(interval, wanted):
    assert spoken("2026-10-26", interval) == wanted


def test_columns_of_tables_are_headed_by_buckets():
    assert headings(["2026-10-26"], "day") == ["26 Oct 2026"]
    assert headings(["2026-10-26 14:00:00"], "hour") == ["26 Oct 2026, 14:00"]
    assert headings(["2026-10-01"], "month") == ["Oct 2026"]
    assert headings(["day 0"], "day") == ["day 0"]


@pytest.mark.parametrize(
    ("days", "interval", "timezone", "wanted"),
    [
        (["2026-11-22", "2026-11-23"], "day", "UTC", 1),
        (["2026-11-21", "2026-11-22"], "day", "UTC", None),
        (["2026-11-22", "2026-11-23", "2026-11-24"], "day", "UTC", 1),
        (["2026-11-23", "2026-11-24"], "day", "Australia/Sydney", 1),
        (["2026-11-22", "2026-11-23"], "day", "Nowhere/Land", 1),
        (["2026-11-15", "2026-11-22"], "week", "UTC", 1),
        (["2026-11-16", "2026-11-23"], "week", "UTC", 1),
        (["2026-11-08", "2026-11-15"], "week", "UTC", None),
        (["2026-10-01", "2026-11-01"], "month", "UTC", 1),
        (["2026-07-01", "2026-10-01"], "quarter", "UTC", 1),
        (["2025-01-01", "2026-01-01"], "year", "UTC", 1),
        (["2026-11-23 21:00:00", "2026-11-23 22:00:00"], "hour", "UTC", 1),
        (["2026-11-23 16:00:00", "2026-11-23 17:00:00"], "hour", "America/New_York", 1),
        (["2026-11-23 22:29:00", "2026-11-23 22:30:00"], "minute", "UTC", 1),
        (["2026-11-23T00:00:00+00:00"], "day", "America/New_York", None),
        ([], "day", "UTC", None),
        (["junk", "0001-01-01T00:00:00+23:00"], "day", "UTC", None),
    ],
)
def test_a_bucket_is_incomplete_if_it_begins_in_the_current_interval(
    days, interval, timezone, wanted
):
    assert incomplete_from(days, interval, NOW, timezone) == wanted


@pytest.mark.parametrize(
    ("date_from", "date_to", "wanted"),
    [
        (None, None, "last 7 days"),
        ("-30d", None, "last 30 days"),
        ("-8w", None, "last 8 weeks"),
        ("-24h", None, "last 24 hours"),
        ("-1h", None, "last hour"),
        ("-30M", None, "last 30 minutes"),
        ("-3m", None, "last 3 months"),
        ("all", None, "all time"),
        ("dStart", None, "today"),
        ("-1dStart", "-1dEnd", "yesterday"),
        ("wStart", None, "this week"),
        ("-1wStart", "-1wEnd", "last week"),
        ("mStart", None, "this month"),
        ("-1mStart", "-1mEnd", "last month"),
        ("-1m", None, "last 1 month"),
        ("-1w", None, "last 1 week"),
        ("yStart", None, "year to date"),
        ("2026-11-01", "2026-11-15", "1 Nov 2026 – 15 Nov 2026"),
        ("2026-11-01", "2026-11-01", "1 Nov 2026"),
        ("2026-11-01", None, "since 1 Nov 2026"),
        ("-7d", "-1d", "7 days ago – 1 day ago"),
        ("-1mStart", None, "since the start of last month"),
        ("-30d", "-1dEnd", "30 days ago – yesterday"),
        ("-1dStart", None, "since yesterday"),
        ("-3dStart", "-2dEnd", "3 days ago – 2 days ago"),
        ("-3mStart", "-1mEnd", "the start of 3 months ago – the end of last month"),
        ("-7d", "dEnd", "7 days ago – today"),
        ("whenever", None, "since whenever"),
    ],
)
def test_ranges_are_said_in_words(date_from, date_to, wanted):
    assert range_label(date_from, date_to) == wanted


@pytest.mark.parametrize(
    ("date_from", "date_to", "wanted"),
    [
        ("2026-10-24T00:00:00Z", "2026-11-23T23:59:59.999999Z", "24 Oct – 23 Nov 2026"),
        ("2026-11-16", "2026-11-23", "16 – 23 Nov 2026"),
        ("2025-12-24", "2026-01-03", "24 Dec 2025 – 3 Jan 2026"),
        ("2026-11-23T00:00:00Z", "2026-11-23T14:05:00Z", "23 Nov 2026"),
        ("2026-11-22T14:05:00Z", "2026-11-23T14:05:00Z", "22 Nov, 14:05 – 23 Nov 2026, 14:05"),
        ("2026-11-23", None, ""),
        (None, "2026-11-23", ""),
        ("-7d", "soon", ""),
    ],
)
def test_a_range_that_was_worked_out_is_written_as_dates(date_from, date_to, wanted):
    assert resolved_label(date_from, date_to, "UTC") == wanted


def test_a_range_that_was_worked_out_is_of_the_projects_time_zone():
    days = ("2026-11-16T05:00:00Z", "2026-11-24T04:59:59Z")
    assert resolved_label(*days, "America/New_York") == "16 – 23 Nov 2026"


@pytest.mark.parametrize("text", ["", "2026", "20261101", "2026-W01-1", "soon", None, 5])
def test_what_is_no_date_is_none(text):
    assert parse_iso(text) is None


@pytest.mark.parametrize("name", [None, "", "No/Where", "../etc/passwd", "a\0b", "America"])
def test_unknown_zones_are_utc(name):
    assert zone(name) is UTC


def test_utc_needs_no_database_of_zones(monkeypatch):
    monkeypatch.setitem(sys.modules, "zoneinfo", None)  # as if there were none
    assert zone("UTC") is UTC


def test_a_zone_has_its_own_clock():
    assert str(zone("Europe/Berlin")) == "Europe/Berlin"
