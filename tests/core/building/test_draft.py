"""Opened, changed, written: nothing that was not touched is lost."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from phdesk.core.building.draft import (
    LEGACY,
    NOT_JSON,
    NOTHING,
    OWN_FILTER,
    POINTS,
    asked,
    at,
    body,
    inserted,
    is_changed,
    moved,
    opened,
    opened_insight,
    put,
    removed,
    written,
)
from phdesk.core.building.fields import fields
from phdesk.models.insight import Insight
from tests.core.building.recorded import kind_of, queries, queries_of
from tests.shared import needs_shared

TRENDS = {
    "kind": "InsightVizNode",
    "source": {
        "kind": "TrendsQuery",
        "series": [{"kind": "EventsNode", "event": "signed_up"}],
        "compareFilter": None,
    },
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(["a", "b", "trendsFilter", "display", "goalLines"])
NAMES = st.lists(KEYS, min_size=1, max_size=3).map(".".join)
SOURCES = st.dictionaries(st.text(max_size=8) | KEYS, JSON, max_size=4)


@needs_shared
def test_every_recorded_query_is_written_as_it_came():
    assert len(queries()) > 90
    for name, raw in queries().items():
        draft = opened(raw)
        assert msgspec.json.encode(written(draft)) == raw, name
        assert bytes(body(draft)) == raw, name


@needs_shared
def test_every_recorded_insight_can_be_edited_or_says_why_not():
    open_ones = 0
    for name, raw in queries().items():
        draft = opened(raw)
        known = kind_of(msgspec.json.decode(raw)) in OWN_FILTER
        assert bool(draft.closed) is not known, (name, draft.closed)
        assert bool(fields(draft)) is known, name
        open_ones += known
    assert open_ones > 80


@needs_shared
def test_a_setting_that_is_put_to_what_it_was_changes_nothing():
    for name, raw in queries_of(*OWN_FILTER).items():
        draft = opened(raw)
        for field in fields(draft):
            held = at(draft, field.name)
            assert not is_changed(put(draft, field.name, held)), (name, field.name)


@needs_shared
def test_a_setting_that_is_set_and_cleared_leaves_what_was_there():
    for name, raw in queries_of(*OWN_FILTER).items():
        draft = opened(raw)
        for field in fields(draft):
            if at(draft, field.name) is None:
                there = put(draft, field.name, "x")
                assert is_changed(there), (name, field.name)
                assert not is_changed(put(there, field.name, None)), (name, field.name)


def test_spaces_and_spelling_come_back_to_the_byte_while_nothing_is_changed():
    raw = b'{ "kind":"InsightVizNode", "source": {"kind": "TrendsQuery", "series": [], "n": 1e2}}'
    draft = opened(raw)
    assert bytes(body(draft)) == raw
    changed = put(draft, "interval", "week")
    assert bytes(body(changed)).startswith(b'{"kind":"InsightVizNode","source":{"kind":')
    assert bytes(body(put(changed, "interval", None))) == raw


def test_what_was_null_is_null_again():
    draft = put(opened(TRENDS), "compareFilter.compare", value=True)
    assert written(draft)["source"]["compareFilter"] == {"compare": True}
    assert written(put(draft, "compareFilter.compare", None)) == TRENDS


def test_true_is_another_thing_than_one():
    draft = opened({"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "n": True}})
    assert is_changed(put(draft, "n", 1))


def test_the_source_alone_is_asked():
    assert msgspec.json.decode(asked(opened(TRENDS))) == TRENDS["source"]
    bare = TRENDS["source"]
    assert msgspec.json.decode(asked(opened(bare))) == bare


def test_lists_take_and_give_back():
    draft = opened(TRENDS)
    two = inserted(draft, "series", 1, {"kind": "EventsNode", "event": "paid"})
    assert [one["event"] for one in at(two, "series")] == ["signed_up", "paid"]
    turned = at(moved(two, "series", 1, 0), "series")
    assert [one["event"] for one in turned] == ["paid", "signed_up"]
    assert moved(two, "series", 1, 5) == two
    assert written(removed(two, "series", 1)) == TRENDS


def test_what_cannot_be_edited_says_so():
    template = Insight(filters=Raw(b'{"insight":"TRENDS","events":["{SIGNUP}"]}'))
    assert opened_insight(template).closed.startswith(LEGACY)
    assert opened_insight(Insight(filters=Raw(b'{"insight":"TRENDS"}'))).closed == NOTHING
    pointing = Insight(query=Raw(b'{"kind":"SavedInsightNode","shortId":"abcd1234"}'))
    assert opened_insight(pointing).closed == POINTS
    table = {"kind": "DataTableNode", "source": {"kind": "EventsQuery"}}
    assert "EventsQuery" in opened(table).closed


@pytest.mark.parametrize("raw", [b"[1]", b"nonsense", b"7", b'"x"', b"{"])
def test_what_is_no_query_is_closed(raw):
    draft = opened(raw)
    assert draft.closed == NOT_JSON
    assert bytes(body(draft)) == raw


@given(SOURCES, NAMES, JSON)
def test_a_change_touches_one_place_and_no_other(rest, name, value):
    query = {"kind": "InsightVizNode", "source": {**rest, "kind": "TrendsQuery"}}
    top = name.partition(".")[0]
    if isinstance(rest.get(top), list):
        return  # a name in a list is a number
    draft = opened(query)
    after = put(draft, name, value)
    assert written(draft) == query
    kept = {key: one for key, one in query["source"].items() if key != top}
    assert {key: one for key, one in written(after)["source"].items() if key != top} == kept
    assert at(after, name) == value


@given(SOURCES, NAMES, JSON.filter(lambda value: value is not None))
def test_what_was_not_there_is_not_there_again(rest, name, value):
    parts = name.split(".")
    held = rest
    for part in parts:
        if held is None:
            break
        if not isinstance(held, dict):
            return  # something else stands in the way, which a setting replaces
        held = held.get(part)
    if held is not None:
        return
    draft = opened({"kind": "InsightVizNode", "source": {**rest, "kind": "TrendsQuery"}})
    assert not is_changed(put(put(draft, name, value), name, None))
