"""Subscriptions in words, and read as people enter them; the zone is named, so no clock matters."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core import subscription_words as words
from phdesk.core.subscription_entry import (
    draft_of,
    entry_of,
    entry_words,
    first_draft,
    is_made_of,
    read_entry,
    zone_words,
)
from phdesk.models.failure import Cause, Failure
from phdesk.models.subscription import WEEKDAYS, Subscription, SubscriptionDraft

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # a Monday
ONE = Subscription(
    id=1,
    title="Monday numbers",
    dashboard=5,
    target="email",
    value="ada@example.org,ben@example.org",
    frequency="weekly",
    weekdays=("monday",),
    start=datetime(2026, 11, 2, 8, tzinfo=UTC),
    next_at=datetime(2026, 11, 30, 8, tzinfo=UTC),
)
BASE = draft_of(ONE)
ENTRY = entry_of(BASE, BERLIN)


def read(zone=BERLIN, base=BASE, **more):
    return read_entry(replace(ENTRY, **more), base, zone)


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (("daily", 1, (), None), "Every day"),
        (("daily", 2, (), None), "Every 2 days"),
        (("weekly", 1, ("monday",), None), "Every week on Monday"),
        (("weekly", 1, ("friday", "monday"), None), "Every week on Monday and Friday"),
        (("weekly", 1, WEEKDAYS, None), "Every week"),
        (("monthly", 1, ("friday",), 1), "Every month on the first Friday"),
        (("monthly", 2, ("monday", "friday"), -1), "Every 2 months on the last Monday or Friday"),
        (("monthly", 1, WEEKDAYS, -1), "Every month on the last day"),
        (("monthly", 1, WEEKDAYS, 7), "Every month on the 7 day"),
        (("yearly", 1, (), None), "Every year"),
        (("each_moon", 1, (), None), "Each moon"),
    ],
)
def test_how_often_is_said(rhythm, said):
    assert words.rhythm(*rhythm) == said


def test_times_are_told_in_the_zone_of_the_reader():
    assert words.rhythm_of(ONE, BERLIN) == "Every week on Monday at 09:00"
    ends = replace(ONE, until=datetime(2027, 1, 5, tzinfo=UTC), count=3)
    assert words.rhythm_of(ends, UTC).endswith(" at 08:00, until 5 Jan 2027, 3 times in all")
    odd = replace(ONE, frequency="each_moon", summary="sent at full moon")
    assert words.rhythm_of(odd, UTC) == "sent at full moon at 08:00"


AUCKLAND = ZoneInfo("Pacific/Auckland")


def at(*when):
    return datetime(*when, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "zone", "said"),
    [
        ({"next_at": at(2027, 7, 5, 8)}, BERLIN, "Every week on Monday at 10:00"),
        ({"next_at": at(2026, 11, 30, 23)}, BERLIN, "Every week on Monday at 23:00 UTC"),
        ({"next_at": at(2026, 11, 30, 20)}, AUCKLAND, "Every week on Monday at 20:00 UTC"),
        ({"frequency": "daily", "weekdays": (), "next_at": at(2026, 11, 30, 20)}, AUCKLAND,
         "Every day at 09:00"),
        ({"frequency": "monthly", "weekdays": (), "start": at(2026, 8, 31, 8),
          "next_at": at(2026, 12, 31, 8)}, BERLIN, "Every month on day 31 at 09:00"),
        ({"frequency": "monthly", "weekdays": (), "start": at(2026, 6, 30, 22, 30),
          "next_at": at(2026, 11, 30, 22, 30)}, BERLIN, "Every month on day 30 at 23:30"),
        ({"frequency": "yearly", "weekdays": (), "start": at(2024, 2, 29, 8),
          "next_at": at(2028, 2, 29, 8)}, UTC, "Every year on 29 Feb at 08:00"),
        ({"frequency": "weekly", "next_at": None}, BERLIN, "Every week on Monday at 09:00"),
    ],
)  # fmt: skip
def test_day_and_time_are_those_of_the_next_delivery_over_clocks_and_midnights(changes, zone, said):
    assert words.rhythm_of(replace(ONE, **changes), zone) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Mon 30 Nov 09:00"),
        ({"next_at": NOW}, "Due now"),
        ({"next_at": NOW + timedelta(hours=2)}, "Today 18:30"),
        ({"next_at": NOW + timedelta(hours=20)}, "Tomorrow 12:30"),
        ({"next_at": None}, "None any more"),
        ({"enabled": False}, "None while paused"),
    ],
)
def test_the_next_delivery_is_told_as_the_server_said(changes, said):
    assert words.next_words(replace(ONE, **changes), NOW, BERLIN) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "ada@example.org, ben@example.org"),
        ({"target": "slack", "value": "C123|#growth"}, "#growth in Slack"),
        ({"target": "carrier_pigeon", "value": "roof"}, "roof in Carrier pigeon"),
    ],
)
def test_it_is_said_who_gets_it(changes, said):
    assert words.recipients(replace(ONE, **changes)) == said


def test_how_it_stands_is_one_word():
    stands = [{}, {"enabled": False}, {"next_at": None}]
    assert [words.standing(replace(ONE, **one)).word for one in stands] == ["On", "Paused", "Ended"]


def test_what_is_left_as_it_was_changes_nothing():
    assert read() == BASE
    odd = replace(
        BASE,
        frequency="daily",
        weekdays=("monday", "friday"),
        position=2,
        interval=3,
        start=datetime(2026, 11, 2, 8, 0, 12, 345, tzinfo=UTC),
        value="not an address",
        integration=None,
    )
    assert read_entry(entry_of(odd, BERLIN), odd, BERLIN) == odd
    bare = replace(BASE, weekdays=())  # the server takes the day of the start
    assert read_entry(entry_of(bare, BERLIN), bare, BERLIN) == bare


@given(
    st.sampled_from(["daily", "weekly", "monthly", "yearly", "each_moon"]),
    st.lists(st.sampled_from(WEEKDAYS), unique=True),
    st.none() | st.sampled_from([1, 2, -1, 9]),
    st.integers(1, 99),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
)
def test_whatever_is_left_as_it_was_changes_nothing(frequency, days, position, every, start):
    held = replace(
        BASE,
        frequency=frequency,
        weekdays=tuple(days),
        position=position,
        interval=every,
        start=start.replace(tzinfo=UTC),
    )
    assert read_entry(entry_of(held, BERLIN), held, BERLIN) == held


def test_addresses_are_taken_as_people_write_them():
    given = read(value=" cleo@example.org;  dan@example.org\ncleo@example.org ")
    assert given.value == "cleo@example.org,dan@example.org"


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"value": "ada@example.org, ben"}, words.VALUE, "“ben” is no e-mail address."),
        ({"value": "ada@@example.org"}, words.VALUE, "“ada@@example.org” is no e-mail address."),
        ({"value": "ada@example"}, words.VALUE, "“ada@example” is no e-mail address."),
        ({"value": " "}, words.VALUE, "Give at least one address."),
        ({"target": "slack", "value": "#growth"}, words.VALUE, "Write the channel as its ID"),
        ({"target": "slack", "value": ""}, words.VALUE, "Say to whom it goes."),
        ({"target": "webhook", "value": "example.org"}, words.VALUE, "begins with https://"),
        ({"target": "webhook", "value": "https://[::1"}, words.VALUE, "begins with https://"),
        ({"target": "webhook", "value": "https://"}, words.VALUE, "begins with https://"),
        (
            {"target": "slack", "value": "C1|#x", "connection": "x"},
            words.CONNECTION,
            "This is a number",
        ),
        ({"weekdays": ()}, words.DAYS, "Choose at least one weekday."),
        ({"interval": 0}, words.EVERY, "From 1 to 99."),
        ({"title": "x" * 101}, words.TITLE, "At most 100 characters; these are 101."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(changes, field, why):
    wrong = read(**changes)
    assert set(wrong) == {field}
    assert why in wrong[field]


def test_charts_are_chosen_only_where_the_server_asks():
    asked = replace(BASE, charts=(1, 2))
    assert read_entry(entry_of(asked, BERLIN), asked, BERLIN).charts == (1, 2)
    assert set(read_entry(replace(ENTRY, charts=()), asked, BERLIN)) == {words.CHARTS}
    assert read(charts=(1,)).charts is None


def test_slack_goes_through_a_connection_and_mail_does_not():
    assert read(target="slack", value="C1|#x", connection=" 4 ").integration == 4
    assert read(connection="4").integration is None


def test_times_are_sent_in_utc():
    given = read(day=date(2026, 12, 1), at=time(7, 15))
    assert given.start == datetime(2026, 12, 1, 6, 15, tzinfo=UTC)
    summer = read(day=date(2026, 7, 1), at=time(7, 15))
    assert summer.start == datetime(2026, 7, 1, 5, 15, tzinfo=UTC)


def test_other_rhythms_take_the_days_that_they_need():
    monthly = read(frequency="monthly", weekdays=("friday",), position=-1)
    assert (monthly.weekdays, monthly.position) == (("friday",), -1)
    plain = read(frequency="monthly")
    assert (plain.weekdays, plain.position) == ((), None)
    assert read(frequency="daily").weekdays == ()


def test_what_is_entered_is_said_in_a_sentence():
    assert entry_words(ENTRY) == "Every week on Monday at 09:00"
    monthly = replace(ENTRY, frequency="monthly", position=1, weekdays=("friday",), at=time(17))
    assert entry_words(monthly) == "Every month on the first Friday at 17:00"


def test_it_is_said_where_the_zones_part():
    assert zone_words(ENTRY, UTC) == ""
    assert zone_words(ENTRY, BERLIN) == ("09:00 here is 08:00 UTC, by which PostHog goes all year.")
    night = replace(ENTRY, at=time(0, 30))
    assert "There it is the day before: choose the weekdays as they are" in zone_words(
        night, BERLIN
    )
    assert "day" not in zone_words(replace(night, frequency="daily"), BERLIN)
    late = replace(ENTRY, at=time(23))
    assert "day after" in zone_words(late, ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("frequency", "day", "at", "said"),
    [
        (
            "monthly",
            date(2026, 12, 1),
            time(0, 30),
            "the day before: day 30 counts. Months without",
        ),
        ("monthly", date(2026, 1, 31), time(9), "Months without day 31 are left out."),
        ("monthly", date(2026, 1, 28), time(9), "goes all year."),
        ("yearly", date(2028, 2, 29), time(9), "Years without 29 February are left out."),
        ("yearly", date(2026, 1, 1), time(0, 30), "the day before: day 31 counts."),
        ("daily", date(2026, 1, 31), time(9), "goes all year."),
    ],
)
def test_it_is_said_which_day_of_a_month_counts(frequency, day, at, said):
    entry = replace(ENTRY, frequency=frequency, position=None, weekdays=(), day=day, at=at)
    words = zone_words(entry, BERLIN)
    assert said in words
    assert words.endswith("out.") == ("left out" in words)


def test_a_weekday_of_each_month_leaves_none_out():
    entry = replace(ENTRY, frequency="monthly", position=1, day=date(2026, 1, 31))
    assert "left out" not in zone_words(entry, BERLIN)


def test_a_new_one_is_proposed_for_mondays_at_nine():
    made = first_draft("Company KPIs", NOW, BERLIN)
    assert entry_words(entry_of(made, BERLIN)) == "Every week on Monday at 09:00"
    assert made == SubscriptionDraft(
        title="Company KPIs",
        weekdays=("monday",),
        start=datetime(2026, 11, 23, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (
            Failure(cause=Cause.MISSING_SCOPE, message="m", scope="subscription:write"),
            "The key lacks the scope subscription:write.",
        ),
        (Failure(cause=Cause.PLAN, message="m"), "does not include subscriptions"),
        (Failure(cause=Cause.NOT_FOUND, message="m"), "no such subscription"),
        (Failure(cause=Cause.NETWORK, message="No network."), "No network."),
    ],
)
def test_a_refusal_is_told_with_what_helps(failure, said):
    assert said in words.refusal_words(failure)
    assert words.refused_fields(failure) == {"": words.refusal_words(failure)}


def test_what_a_server_does_not_take_is_told_at_its_field():
    failure = Failure(
        cause=Cause.INVALID,
        message='PostHog refused the request: target_type: "pigeon" is not a valid choice.',
        detail='target_type: "pigeon" is not a valid choice.',
        field="target_type",
    )
    assert words.refused_fields(failure) == {words.TARGET: '"pigeon" is not a valid choice.'}
    said = "PostHog refused the request: unknown: odd."
    other = replace(failure, field="unknown", message=said, detail="unknown: odd.")
    assert words.refused_fields(other) == {"": said}


@pytest.mark.parametrize(
    ("there", "known"),
    [
        ({}, True),
        ({"title": " Monday numbers"}, True),
        ({"value": "Ben@example.org, ada@example.org"}, True),
        ({"value": "ada@example.org"}, False),
        ({"title": "Tuesday numbers"}, False),
        ({"dashboard": 6}, False),
        ({"dashboard": None, "insight": 5}, False),
        ({"frequency": "daily"}, False),
        ({"interval": 2}, False),
        ({"target": "slack"}, False),
    ],
)
def test_what_a_draft_asked_for_is_known_again(there, known):
    assert is_made_of(BASE, replace(ONE, id=9, **there)) == known


def test_where_no_title_was_asked_for_a_server_may_give_one():
    assert is_made_of(replace(BASE, title=""), ONE)
