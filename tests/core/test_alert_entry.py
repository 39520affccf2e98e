"""What a person enters of an alert: read as it is written, and told by field where it is wrong."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.alert_drafts import is_made_of
from phdesk.core.alert_entry import (
    Entry,
    entry_of,
    read_entry,
    read_number,
    watchable,
)
from phdesk.core.alert_words import BLOCKED, BOUNDS, INSIGHT, NAME, USERS, refused_fields
from phdesk.models.alert import Alert, AlertDraft
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight

NEW = AlertDraft(name="", insight_id=5, users=(1,))
GOOD = Entry(name="Low", insight_id=5, lower="10", users=(1,))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", 10), ("1,200", 1200), ("1,200,000.5", 1200000.5), ("1 200", 1200), ("0,5", 0.5),
        (".5", 0.5), ("-3", -3), ("−3", -3), ("", None), ("ten", None), ("1.2.3", None),
        ("nan", None), ("1e5", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "share"), [("10", 0.1), ("10 %", 0.1), ("7%", 0.07), ("0,5%", 0.005)]
)
def test_a_percentage_is_a_share(text, share):
    assert read_number(text, percentage=True) == share


def test_a_good_entry_is_a_draft():
    draft = read_entry(replace(GOOD, upper="1,500", blocked="22:00-6:00"), NEW)
    assert (draft.lower, draft.upper, draft.blocked) == (10, 1500, (("22:00", "06:00"),))
    relative = replace(GOOD, condition="relative_increase", percentage=True, lower="", upper="20%")
    draft = read_entry(relative, NEW)
    assert (draft.condition, draft.percentage, draft.upper) == ("relative_increase", True, 0.2)
    assert not read_entry(replace(GOOD, percentage=True), NEW).percentage


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, NAME),
        ({"insight_id": 0}, INSIGHT),
        ({"lower": ""}, BOUNDS),
        ({"lower": "ten"}, BOUNDS),
        ({"lower": "10", "upper": "9"}, BOUNDS),
        ({"blocked": "at night"}, BLOCKED),
        ({"blocked": "25:00-06:00"}, BLOCKED),
        ({"blocked": "22:00-22:20"}, BLOCKED),
        ({"blocked": ", ".join(["01:00-02:00"] * 6)}, BLOCKED),
    ],
)
def test_what_is_wrong_is_told_by_field(more, field):
    assert set(read_entry(replace(GOOD, **more), NEW)) == {field}


def test_what_the_server_names_is_found_in_the_form():
    def told(field, cause=Cause.INVALID):
        detail = f"{field}: Not so." if field else "Not so."
        said = f"PostHog refused the request: {detail.replace('__', '.')}"
        return refused_fields(Failure(cause=cause, message=said, detail=detail, field=field))

    assert told("subscribed_users") == {USERS: "Not so."}
    assert told("threshold__configuration") == {BOUNDS: "Not so."}
    assert told("") == {"": "PostHog refused the request: Not so."}
    assert told("alert")[""].startswith("Not so. Delete another")
    assert "plan" in told("", Cause.PLAN)[""]


def test_another_series_changes_only_that_of_what_is_looked_at():
    config = Raw(b'{"type": "TrendsAlertConfig", "series_index": 0, "new": [1]}')
    base = replace(NEW, name="Low", lower=10, config=config)
    assert read_entry(entry_of(base), base) == base
    draft = read_entry(replace(entry_of(base), series=2), base)
    assert json.loads(bytes(draft.config)) == {
        "type": "TrendsAlertConfig", "series_index": 2, "check_ongoing_interval": False, "new": [1],
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"config": Raw(b'{"type": "NewConfig", "step": 2}'), "lower": 1.0},
        {"detector_config": Raw(b'{"type": "mad"}')},
    ],
)
def test_what_is_not_known_stays_as_it_is(more):
    base = replace(NEW, name="Odd", **more)
    draft = read_entry(replace(entry_of(base), name="Even", series=3), base)
    assert draft == replace(base, name="Even", series=3 * ("detector_config" in more))


@given(
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)
def test_bounds_that_nobody_touched_are_the_same_to_the_last_place(one, other, percentage):
    lower, upper = (other, one) if None not in (one, other) and one > other else (one, other)
    base = replace(NEW, name="Low", condition="relative_increase", percentage=percentage)
    base = replace(base, lower=lower, upper=upper)
    if (lower, upper) != (None, None):
        assert read_entry(entry_of(base), base) == base


def test_trends_can_be_watched_by_series_or_formula():
    def asked(source):
        query = {"kind": "InsightVizNode", "source": source}
        return watchable(Insight(id=5, name="Use", query=Raw(json.dumps(query).encode())))

    series = [{"kind": "EventsNode", "event": "$pageview", "math": "dau"}, {"event": "paid"}]
    trends = {"kind": "TrendsQuery", "series": series}
    assert asked(trends).series == ("Pageview, unique users", "paid, total count")
    assert asked({**trends, "trendsFilter": {"formula": "A/B"}}).series == ("A/B",)
    assert asked({"kind": "FunnelsQuery", "series": series}) is None
    assert watchable(None) is None


@pytest.mark.parametrize(
    ("there", "known"),
    [
        ({}, True),
        ({"insight_id": None}, True),
        ({"insight_id": 6}, False),
        ({"name": "High"}, False),
        ({"lower": 11.0}, False),
        ({"upper": 20.0}, False),
        ({"condition": "relative_increase"}, False),
        ({"percentage": True}, False),
    ],
)
def test_what_a_draft_asked_for_is_known_again(there, known):
    draft = replace(NEW, name="Low", lower=10.0)
    alert = Alert(id="a2", name="Low", insight_id=5, lower=10.0)
    assert is_made_of(draft, replace(alert, **there)) == known
