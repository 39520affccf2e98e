"""Why a tile shows what it shows, from facts alone; and in what two tiles differ."""

import json
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.api import decoding
from phdesk.core.names import OTHER_TOKEN
from phdesk.core.why.comparing import compare, verdict
from phdesk.core.why.known import Known, conditions, question_of
from phdesk.core.why.reasons import reasons
from phdesk.models.failure import Cause, Failure
from tests.core.health.planting import NOW, line, trends

CHROME = {"key": "$browser", "value": ["Chrome"], "operator": "exact", "type": "event"}
PAID = {"key": "plan", "value": "pro", "operator": "exact", "type": "person"}


def known(more=None, **fields):
    sent = {"id": 1, "short_id": "abc", **trends(), **(more or {})}
    insight = decoding.insight(json.dumps(sent).encode())
    where = {"now": NOW, "here": UTC, "range": "last 30 days"}
    return Known(title="Signups", insight=insight, **where, **fields)


def asking(result=None, **source):
    return known(trends(result=result, **source))


def said(one, topic):
    found = {reason.topic: reason.text for reason in reasons(one)}
    return found.get(topic, "")


FAILED = Failure(cause=Cause.SERVER, message="The server had an error")
FRESH = {"cache_target_age": "2026-12-01T13:00:00Z"}
STALE = {"cache_target_age": "2026-12-01T11:30:00Z"}


@pytest.mark.parametrize(
    ("one", "topic", "words"),
    [
        (known(), "Age", "Calculated 11:00 (1 h ago)."),
        (known(FRESH), "Age", "PostHog counts it as fresh until 13:00."),
        (known(STALE, stale=True), "Age", "It counts as stale since 11:30."),
        (known(STALE, stale=True, offline="phdesk is offline"), "Age", "since phdesk is offline."),
        (known(STALE, stale=True, later=NOW + timedelta(minutes=5)), "Age", "from 12:05 on"),
        (known(failure=FAILED), "Age", "The newest try failed: The server had an error. So the"),
        (known({"result": None}), "Age", "PostHog has not calculated it yet."),
        (known(refreshing=True), "Age", "It is being calculated now."),
        (known(before=True), "Age", "still belong to the filters before"),
        (asking([line(0, 0)]), "Empty", "All its values are zero: nothing fits what it asks for"),
        (asking([]), "Empty", "holds no rows"),
        (asking([], properties=[CHROME]), "Empty", "One of the conditions may fit nothing."),
        (known(), "What it counts", "It counts signed_up (total count)."),
        (asking(breakdownFilter={"breakdown": "plan"}), "What it counts", "Broken down by plan."),
        (asking(trendsFilter={"formula": "A*2"}), "What it counts", "What is shown is A*2"),
        (known(), "Dates", "It covers last 30 days, in buckets of a day."),
        (known({"timezone": "Europe/Berlin"}), "Dates", "midnight in Europe/Berlin"),
        (known(own="own filters"), "Dates", "It has own filters: those of the dashboard"),
        (known(temporary=True), "Dates", "for you alone"),
        (asking(compareFilter={"compare": True}), "Dates", "compared with the period before"),
        (known(), "Not over yet", "the last day holds what came until 11:00"),
        (asking(trendsFilter={"display": "BoldNumber"}), "Not over yet", "it holds what came"),
        (asking(trendsFilter={"display": "BoldNumber"}), "Dates", "It covers last 30 days."),
        (known(), "Left out", "Test accounts are counted, too."),
        (asking(filterTestAccounts=True), "Left out", "Test accounts are left out"),
        (asking(samplingFactor=0.1), "Left out", "a sample: 10 % of the data"),
        (asking(properties=[CHROME]), "Left out", "Only what fits is counted: Browser"),
        (asking(breakdownFilter={"breakdown": "plan"}, result=[
            line(1, breakdown_value="free"), line(3, breakdown_value=OTHER_TOKEN)]),
         "“Other”", "limit are together “Other”. That is 75% of the total."),
        (asking(dateRange={"date_from": "all"}), "Speed", "What costs time: it covers"),
        (asking(breakdownFilter={"breakdowns": [{"property": "a"}, {"property": "b"}]}), "Speed",
         "broken down by a and b at once"),
        (known(), "Speed", "How long PostHog took for it is not in its answer."),
    ],
)  # fmt: skip
def test_each_fact_is_said_in_its_place(one, topic, words):
    assert words in said(one, topic)


@pytest.mark.parametrize(
    ("one", "topic", "words"),
    [
        (known({"last_refresh": None}), "Age", "The server does not say when"),
        (known({"result": None}, failure=FAILED), "Age", "There is no number of it. The newest"),
        (known({"result": None, "query_status": {"error": True, "error_message": "Bad column"}}),
         "Age", "There is no number of it. PostHog says why: Bad column."),
        (replace(known(), now=NOW.astimezone(ZoneInfo("Asia/Tokyo"))), "Age", "Calculated 11:00 ("),
        (replace(known(), now=NOW.astimezone(ZoneInfo("Asia/Tokyo"))), "Not over yet",
         "until 11:00"),
        (asking([line(0, 0)], series=[{"event": "paid", "math": "sum", "math_property": "amount"}]),
         "Empty", "what they are made of may be other than zero"),
        (asking([line(0, 0)], trendsFilter={"formula": "A-B"}), "Empty", "may be other than zero"),
        (known({"query": {"kind": "StickinessQuery", "series": [{"event": "paid"}]}}),
         "Not over yet", "no end: it holds what came"),
        (asking(trendsFilter={"display": "CalendarHeatmap"}), "Dates", "It covers last 30 days."),
    ],
)  # fmt: skip
def test_no_more_is_said_than_the_facts_support(one, topic, words):
    text = said(one, topic)
    assert words in text
    assert "has not calculated it yet" not in text
    assert "nothing fits" not in text


def test_a_period_that_is_left_out_is_not_said_to_be_in_it():
    assert said(asking(excludeIncompletePeriods=True), "Not over yet") == ""


STEPS = [{"event": "signed_up"}, {"event": "paid"}]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"kind": "StickinessQuery", "series": STEPS[:1]},
         "It counts people by how often they did signed_up."),
        ({"kind": "LifecycleQuery", "series": STEPS[:1]},
         "It counts people by when they did signed_up."),
        ({"kind": "FunnelsQuery", "series": STEPS},
         "It counts people that went through signed_up, paid."),
        ({"kind": "FunnelsQuery", "series": STEPS, "aggregation_group_type_index": 0},
         "It counts companies that went through signed_up, paid."),
        ({"kind": "FunnelsQuery", "series": STEPS,
          "funnelsFilter": {"funnelAggregateByHogQL": "properties.order"}},
         "It counts what an SQL expression tells apart, each that went through"),
        ({"kind": "RetentionQuery", "retentionFilter": {
            "targetEntity": {"id": "signed_up"}, "returningEntity": {"id": "opened"}}},
         "It counts people that came back: signed_up, opened."),
    ],
)  # fmt: skip
def test_people_are_counted_where_events_only_say_what_they_did(source, words):
    one = known({"query": source}, groups=((0, "company", "companies"),))
    assert words in said(one, "What it counts")
    assert "total count" not in said(one, "What it counts")


def test_what_has_no_number_is_not_said_to_be_calculated_in_the_same_minute():
    none = known({"result": None, "last_refresh": None})
    assert verdict(none, none).startswith("Neither has a number; ")
    assert verdict(known(), none).startswith("“Signups” has no number; ")


def test_of_sql_nobody_knows_what_it_counts_and_leaves_out():
    sql = known({"query": {"kind": "HogQLQuery", "query": "select 1"}})
    rows = {row.label: row for row in compare(sql, asking(properties=[CHROME]))}
    untold = {label for label, row in rows.items() if row.untold}
    assert untold == {"What it counts", "Test accounts", "Conditions", "Breakdown", "Sample"}
    assert rows["Test accounts"].left == "as its SQL says"
    assert verdict(sql, known()) == (
        "They differ in: kind, interval. SQL does not tell of: what it counts, test accounts, "
        "conditions, breakdown, sample."
    )
    assert verdict(sql, sql).startswith("They ask the same")


@pytest.mark.parametrize(
    ("one", "topic"),
    [
        (known(), "Empty"),
        (known({"result": None}), "Empty"),
        (known(), "“Other”"),
        (asking(dateRange={"date_from": "2026-01-01", "date_to": "2026-01-31"}), "Not over yet"),
    ],
)
def test_nothing_is_said_without_a_fact(one, topic):
    assert said(one, topic) == ""


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ([CHROME, PAID], ("Browser is Chrome", "plan is pro")),
        ({"type": "AND", "values": [{"type": "AND", "values": [CHROME]}]},
         ("Browser is Chrome",)),
        ({"type": "OR", "values": [CHROME, PAID]}, ("Browser is Chrome or plan is pro",)),
        ({"type": "AND", "values": [{"type": "OR", "values": [CHROME, PAID]}, PAID]},
         ("Browser is Chrome or plan is pro", "plan is pro")),
        ([], ()),
        (None, ()),
    ],
)  # fmt: skip
def test_conditions_are_said_however_deep_they_lie(properties, words):
    found = conditions(question_of(asking(properties=properties)))
    assert found == words


def test_conditions_of_a_series_have_its_name_where_others_have_none():
    first = {"kind": "EventsNode", "event": "a", "properties": [CHROME]}
    second = {"kind": "EventsNode", "event": "b"}
    assert conditions(question_of(asking(series=[first]))) == ("Browser is Chrome",)
    assert conditions(question_of(asking(series=[first, second]))) == ("a: Browser is Chrome",)


def differing(one, other):
    return {row.label: (row.left, row.right) for row in compare(one, other) if row.differs}


def test_two_tiles_that_ask_the_same_differ_in_nothing():
    assert differing(known(), known()) == {}
    assert verdict(known(), known()).startswith("They ask the same")


@pytest.mark.parametrize(
    ("other", "label", "pair"),
    [
        (replace(known(), range="last 7 days"), "Dates", ("last 30 days", "last 7 days")),
        (asking(filterTestAccounts=True), "Test accounts", ("counted", "left out")),
        (asking(samplingFactor=0.5), "Sample", ("all", "50 %")),
        (asking(interval="week"), "Interval", ("day", "week")),
        (known({"timezone": "Asia/Tokyo"}), "Time zone", ("UTC", "Asia/Tokyo")),
        (asking(breakdownFilter={"breakdown": "plan"}), "Breakdown", ("–", "plan")),
        (known({"last_refresh": "2026-12-01T10:00:00Z"}), "Calculated",
         ("11:00 · 1 h", "10:00 · 2 h")),
        (known(own="own filters"), "Filters", ("the dashboard's", "own filters")),
        (asking(trendsFilter={"formula": "A/2"}), "Formula", ("–", "A/2")),
    ],
)  # fmt: skip
def test_what_differs_is_named_alone(other, label, pair):
    found = differing(known(), other)
    assert set(found) == {label}
    assert found[label] == pair
    assert label.lower() in verdict(known(), other).lower()


def test_what_is_not_compared_is_no_agreement():
    other = asking(trendsFilter={"smoothingIntervals": 7})
    assert verdict(known(), other) == (
        "Of what is compared here nothing differs; their settings differ elsewhere."
    )
    later = {"last_refresh": "2026-12-01T10:00:00Z"}
    smoothed = trends(trendsFilter={"smoothingIntervals": 7}) | later
    assert verdict(known(), known(smoothed)) == "They differ in: calculated."
    assert verdict(known(), known(later)).startswith("They differ only in when they were calc")


ODD = st.recursive(
    st.none() | st.integers(-3, 3) | st.sampled_from(["AND", "OR", "x", "-30d"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "values", "key", "value", "data"]), inner)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["properties", "series", "samplingFactor", "compareFilter",
       "breakdownFilter", "dateRange", "trendsFilter"]), ODD), ODD)  # fmt: skip
def test_no_question_however_odd_stops_the_words(source, result):
    sent = {"query": {"kind": "TrendsQuery"} | source, "result": result}
    one = known(sent)
    assert all(reason.text for reason in reasons(one))
    assert all(row.left and row.right for row in compare(one, known()))
