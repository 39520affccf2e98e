"""Ranges of filters: words as PostHog's, ends, intervals, and what a person may type."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.filter_entry import Dates, read_range
from phdesk.core.filter_ranges import (
    NO_RANGE,
    PRESETS,
    for_2024,
    interval_after,
    intervals_for,
    range_words,
    reading,
    span_of,
)

NOW = datetime(2026, 11, 23, 15, 30)  # a Monday
SUNDAY = 6


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        *(((one.date_from, one.date_to), one.label) for one in PRESETS),
        ((None, None), NO_RANGE),
        (("-13h", None), "Last 13 hours"),
        (("-1d", None), "Last 1 day"),
        (("-8w", None), "Last 8 weeks"),
        (("-30M", None), "Last 30 minutes"),
        (("qStart", None), "This quarter"),
        (("-1qStart", "-1qEnd"), "Last quarter"),
        (("mStart", "mEnd"), "This month"),
        (("2026-11-01", "2026-11-15"), "1–15 Nov 2026"),
        (("2026-11-01", None), "Last 22 days"),
        (("2024-11-01", None), "Since 1 Nov 2024"),
        (("2026-11-01T10:00:00", None), "Since 1 Nov 2026, 10:00"),
        (("-3d", "-1dEnd"), "3 days ago – end of yesterday"),
        ((None, "2026-11-01"), "the first event – 1 Nov 2026"),
        (("gibberish", None), "Since gibberish"),
    ],
    ids=str,
)
def test_a_range_is_worded_as_in_posthog(ends, words):
    assert range_words(*ends, NOW) == words


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("-7d", None), "16–23 Nov 2026"),
        (("-1dStart", "-1dEnd"), "22 Nov 2026"),
        (("-24h", None), "22 Nov 2026, 15:30 – now"),
        (("-1wStart", "-1wEnd"), "15–21 Nov 2026"),
        (("-1mStart", "-1mEnd"), "1–31 Oct 2026"),
        (("-1qStart", "-1qEnd"), "1 Jul – 30 Sep 2026"),
        (("-1y", None), "23 Nov 2025 – 23 Nov 2026"),
        (("2026-11-01T10:00:00", "2026-11-01T14:00:00"), "1 Nov 2026, 10:00 – 14:00"),
        (("all", None), "until 23 Nov 2026"),
    ],
    ids=str,
)
def test_a_range_is_read_back_by_its_dates(ends, said):
    assert reading(span_of(*ends, NOW, SUNDAY)) == said


def test_months_of_different_length_are_counted_as_in_a_calendar():
    end_of_march = datetime(2026, 3, 31, 9)
    assert span_of("-1m", None, end_of_march, SUNDAY).start == datetime(2026, 2, 28)
    assert span_of("-1mStart", "-1mEnd", end_of_march, SUNDAY).start == datetime(2026, 2, 1)


@pytest.mark.parametrize(
    ("ends", "allowed"),
    [
        (("-1h", None), ("minute",)),
        (("dStart", None), ("hour",)),
        (("-12h", None), ("minute", "hour")),
        (("-7d", None), ("hour", "day")),
        (("-30d", None), ("day", "week")),
        (("-90d", None), ("day", "week", "month")),
        (("all", None), ("month",)),
        ((None, None), ("minute", "hour", "day", "week", "month")),
        (("mStart", None), ("day", "week")),
    ],
    ids=str,
)
def test_a_range_allows_the_intervals_that_it_can_be_cut_into(ends, allowed):
    assert intervals_for(*ends, NOW, SUNDAY) == allowed


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.label)
def test_the_usual_interval_of_a_preset_is_allowed_on_any_day(preset):
    for day in (datetime(2026, 1, 1, 0, 1), NOW, datetime(2026, 3, 1, 23, 59)):
        assert preset.interval in intervals_for(preset.date_from, preset.date_to, day, SUNDAY)


def test_an_interval_that_a_new_range_forbids_gives_way_to_the_usual_one():
    assert interval_after("week", ("-7d", None), NOW, SUNDAY) == "day"
    assert interval_after("minute", ("-180d", None), NOW, SUNDAY) == "month"
    assert interval_after("day", ("-30d", None), NOW, SUNDAY) == "day"
    assert interval_after("month", ("-13h", None), NOW, SUNDAY) == "hour"
    assert interval_after(None, ("-1h", None), NOW, SUNDAY) is None


def test_old_servers_get_dates_for_what_they_cannot_read():
    assert for_2024("-1wStart", "-1wEnd", NOW, SUNDAY) == (
        "2026-11-15T00:00:00",
        "2026-11-21T23:59:59",
    )
    assert for_2024("-30M", None, NOW, SUNDAY) == ("2026-11-23T15:00:00", None)
    assert for_2024("-7d", None, NOW, SUNDAY) == ("-7d", None)
    assert for_2024(None, None, NOW, SUNDAY) == (None, None)


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("last 13h", ("-13h", None)),
        ("13 hours", ("-13h", None)),
        ("-8w", ("-8w", None)),
        ("last 3 weeks", ("-3w", None)),
        ("a week", ("-1w", None)),
        ("last 90 minutes", ("-90M", None)),
        ("-30M", ("-30M", None)),
        ("-30m", ("-30m", None)),
        ("2026-11-01..2026-11-15", ("2026-11-01", "2026-11-15")),
        ("2026-11-01 to 2026-11-15", ("2026-11-01", "2026-11-15")),
        ("from 1 Nov to 15 Nov", ("2026-11-01", "2026-11-15")),
        ("between 1 nov and 5 nov", ("2026-11-01", "2026-11-05")),
        ("1-15 Nov 2026", ("2026-11-01", "2026-11-15")),
        ("Nov 1-15", ("2026-11-01", "2026-11-15")),
        ("1 nov", ("2026-11-01", "2026-11-01")),
        ("28 Oct – 3 Nov 2026", ("2026-10-28", "2026-11-03")),
        ("yesterday", ("-1dStart", "-1dEnd")),
        ("this month", ("mStart", None)),
        ("last month", ("-1mStart", "-1mEnd")),
        ("last quarter", ("-1qStart", "-1qEnd")),
        ("last hour", ("-1h", None)),
        ("ytd", ("yStart", None)),
        ("since 2026-10-01", ("2026-10-01", None)),
        ("since yesterday", ("-1dStart", None)),
        ("since monday", ("2026-11-23", None)),
        ("3 days ago..yesterday", ("-3d", "-1dEnd")),
        ("2026-11-01..", ("2026-11-01", None)),
        ("2026-11-01 .. now", ("2026-11-01", None)),
        ("Nov 2026", ("2026-11-01", "2026-11-30")),
        ("December", ("2025-12-01", "2025-12-31")),
        ("dec 5", ("2025-12-05", "2025-12-05")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("15.11.2026", ("2026-11-15", "2026-11-15")),
        ("  All   time ", ("all", None)),
        ("LAST 7 DAYS", ("-7d", None)),
    ],
)
def test_what_a_person_types_is_understood(typed, ends):
    found = read_range(typed, NOW, SUNDAY)
    assert isinstance(found, Dates), found
    assert (found.date_from, found.date_to) == ends


def test_exact_times_are_kept_exact():
    found = read_range("2026-11-01 10:00..2026-11-01 14:30", NOW, SUNDAY)
    assert found == Dates("2026-11-01T10:00:00", "2026-11-01T14:30:00", explicit=True)
    assert read_range("1 Nov 2026, 10:00 – 14:30", NOW, SUNDAY) == found


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "Type a range"),
        ("soon", "no date that phdesk knows"),
        ("01/02/2026", "may mean two days"),
        ("last 3 bananas", "no unit of time"),
        ("last 0 days", "at least one"),
        ("..2026-11-01", "where the range begins"),
        ("2026-11-15..2026-11-01", "ends before it begins"),
        ("2030", "in the future"),
        ("31 Feb 2026", "no such day"),
        ("1..2..3", "two ends"),
        ("-9999y", "before there were events"),
        ("now", "holds no time"),
        ("1 Nov 2026 25:00", "no time"),
    ],
)
def test_what_is_not_understood_is_said_in_one_line(typed, word):
    said = read_range(typed, NOW, SUNDAY)
    assert isinstance(said, str)
    assert word in said
    assert "\n" not in said


ANY_ENDS = st.one_of(
    st.sampled_from([(one.date_from, one.date_to) for one in PRESETS]),
    st.builds(lambda n, unit: (f"-{n}{unit}", None), st.integers(1, 40), st.sampled_from("hdwmM")),
    st.builds(
        lambda back, length: (
            (NOW - timedelta(days=back)).date().isoformat(),
            (NOW - timedelta(days=back) + timedelta(days=length)).date().isoformat(),
        ),
        st.integers(0, 3000),
        st.integers(0, 3000),
    ),
)


@given(ANY_ENDS)
def test_the_words_of_a_range_can_be_typed_again(ends):
    found = read_range(range_words(*ends, NOW), NOW, SUNDAY)
    assert isinstance(found, Dates), found
    again = span_of(found.date_from, found.date_to, NOW, SUNDAY)
    assert again == span_of(*ends, NOW, SUNDAY)


TYPED = (
    "last since from to until 13h -8w 2026-11-01 2026 nov 31 feb .. – - , : 25:00 10:30 week all"
    " yesterday now this between and 9999999 M d Start -1mEnd monday ago the q"
)
WORDS = st.sampled_from(TYPED.split())


@given(st.one_of(st.text(), st.lists(WORDS, max_size=7).map(" ".join)))
def test_any_text_gives_a_range_or_a_sentence(typed):
    found = read_range(typed, NOW, SUNDAY)
    if isinstance(found, str):
        assert found.endswith(".")
        assert found.count("\n") == 0
    else:
        assert range_words(found.date_from, found.date_to, NOW)
        assert reading(span_of(found.date_from, found.date_to, NOW, SUNDAY))
        assert intervals_for(found.date_from, found.date_to, NOW, SUNDAY)


@given(st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_whatever_a_server_keeps_as_dates_has_words(date_from, date_to):
    assert range_words(date_from, date_to, NOW)
    assert reading(span_of(date_from, date_to, NOW, SUNDAY))
