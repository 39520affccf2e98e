"""Decoding takes whatever comes."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.api import decoding
from phdesk.api.errors import UnreadableError
from phdesk.api.wire import (
    DashboardWire,
    InsightWire,
    ProjectWire,
    StatusWire,
    TileWire,
    UserWire,
)
from tests.api.sent import anything, encoded, objects

statuses = objects(StatusWire)
insights = st.tuples(
    objects(InsightWire), st.fixed_dictionaries({}, optional={"query_status": statuses})
).map(lambda pair: {**pair[0], **pair[1]})
boxes = st.dictionaries(
    st.sampled_from(["sm", "xs"]), st.dictionaries(st.sampled_from("xywh"), anything)
)
cards = st.dictionaries(
    st.sampled_from(["body", "text", "url", "style", "placement", "widget_type", "name"]), anything
)
tile_parts = st.fixed_dictionaries(
    {},
    optional={
        "insight": insights,
        "layouts": boxes | boxes.map(json.dumps),
        "text": cards,
        "button_tile": cards,
        "widget": cards,
    },
)
tiles = st.tuples(objects(TileWire), tile_parts).map(lambda pair: {**pair[0], **pair[1]})
dashboards = st.tuples(
    objects(DashboardWire),
    st.fixed_dictionaries(
        {}, optional={"tiles": st.lists(tiles | anything, max_size=4), "breakdown_colors": anything}
    ),
).map(lambda pair: {**pair[0], **pair[1]})


@given(dashboards)
@settings(max_examples=60, deadline=None)
def test_any_value_in_any_field_of_a_dashboard_gives_a_dashboard(value):
    found = decoding.dashboard(encoded(value))
    sent = value.get("tiles")
    assert len(found.tiles) == (len(sent) if isinstance(sent, list) else 0)
    assert len({tile.id for tile in found.tiles}) == len(found.tiles)


@given(tiles)
@settings(max_examples=80, deadline=None)
def test_any_value_in_any_field_of_a_tile_gives_a_tile_that_reads_back_the_same(value):
    found = decoding.tile(encoded(value))
    assert decoding.tile(bytes(found.raw)) == found


@given(insights)
@settings(max_examples=80, deadline=None)
def test_any_value_in_any_field_of_an_insight_gives_an_insight(value):
    data = encoded(value)
    for read in (decoding.insight, decoding.query_response):
        found = read(data)
        assert found.name == (value["name"] if isinstance(value.get("name"), str) else "")


@given(st.lists(objects(DashboardWire) | anything, max_size=4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_rows_give_a_page_bare_or_wrapped(rows, wrapped):
    page = decoding.dashboard_rows(encoded({"results": rows, "next": rows} if wrapped else rows))
    assert len(page.items) <= len(rows)
    assert page.next is None


@pytest.mark.parametrize(
    ("read", "wire"),
    [
        (decoding.user, UserWire),
        (decoding.project, ProjectWire),
        (decoding.query_status, StatusWire),
    ],
    ids=["user", "project", "query status"],
)
def test_any_value_in_any_field_of_other_answers_gives_a_model(read, wire):
    @given(objects(wire))
    @settings(max_examples=60, deadline=None)
    def check(value):
        assert read(encoded(value)) is not None

    check()


@given(st.binary(max_size=40))
@settings(max_examples=80, deadline=None)
def test_bytes_that_are_no_json_raise_nothing_but_unreadable(data):
    for read in (decoding.dashboard, decoding.dashboard_rows, decoding.insight, decoding.tile):
        with contextlib.suppress(UnreadableError):
            assert read(data) is not None
