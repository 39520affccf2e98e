"""Decoding takes whatever comes; counts are checked against a dumb reader of the same JSON."""

import contextlib
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw

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
from phdesk.models.dashboard import StoredBox
from tests.api import recorded
from tests.shared import needs_shared

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def objects(wire):
    return st.dictionaries(st.sampled_from(wire.__struct_fields__), anything)


def encoded(value):
    return json.dumps(value).encode()  # writes NaN and Infinity as bare words, as Python does


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


BAD_TOPS = [
    pytest.param(b"", "it is empty", id="empty"),
    pytest.param(b"5", "an object was expected, not a number", id="a number"),
    pytest.param(b"[]", "an object was expected, not a list", id="a list"),
    pytest.param(b"null", "an object was expected, not nothing (null)", id="null"),
    pytest.param(b'{"id": 1', "it is not valid JSON (it ends too early)", id="cut off"),
    pytest.param(b'{"id": }', "it is not valid JSON (byte 7)", id="malformed"),
    pytest.param(b"<!doctype html><p>hi", "it is a web page, not JSON", id="a web page"),
    pytest.param(b'{"a":' * 100_000, "it is nested too deeply", id="deep and open"),
    pytest.param(
        b'{"tiles":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "it is nested too deeply", id="deep"
    ),
]


@pytest.mark.parametrize(("data", "reason"), BAD_TOPS)
def test_a_top_that_cannot_be_read_says_what_and_where(data, reason):
    with pytest.raises(UnreadableError) as caught:
        decoding.dashboard(data)
    assert str(caught.value) == f"The dashboard could not be read: {reason}."


MENDED = [
    pytest.param(b'{"result": [NaN, 1]}', [None, 1], id="not a number"),
    pytest.param(b'{"result": [-Infinity]}', [None], id="infinity"),
    pytest.param(b'{"result": [1e400, 2]}', [None, 2], id="too large for a float"),
    pytest.param(b'{"result": ["cache_7e400"]}', ["cache_7e400"], id="text that looks large"),
    pytest.param(b'{"result": ["\xff"]}', ["\ufffd"], id="not UTF-8"),
    pytest.param(rb'{"result": ["\ud83d"]}', ["\ufffd"], id="half an emoji"),
    pytest.param(b'\xef\xbb\xbf{"result": []}', [], id="byte-order mark"),
    pytest.param(b'{"result": [9007199254740993]}', [9007199254740993], id="beyond 2^53"),
    pytest.param(b'{"result": NaN, "x": 9007199254740993}', None, id="nothing"),
]


@pytest.mark.parametrize(("data", "result"), MENDED)
def test_json_that_others_would_take_is_mended(data, result):
    assert json.loads(bytes(decoding.insight(data).result)) == result


def test_a_missing_result_is_null_and_an_empty_one_is_not():
    assert decoding.insight(b'{"result": null}').result == Raw(b"null")
    assert decoding.insight(b"{}").result == Raw(b"null")
    assert decoding.insight(b'{"result": []}').result == Raw(b"[]")


LAYOUTS = [
    pytest.param({"sm": {"x": 1, "y": 2, "w": 3, "h": 4}}, StoredBox(1, 2, 3, 4), id="plain"),
    pytest.param('{"sm": {"x": 1, "y": 2, "w": 3, "h": 4}}', StoredBox(1, 2, 3, 4), id="as text"),
    pytest.param({"sm": {"x": "1", "y": 2.0, "w": "a"}}, StoredBox(1, 2, None, None), id="odd"),
    pytest.param({"sm": {"x": True, "y": 1.5, "w": 1e300, "h": None}}, StoredBox(), id="of no use"),
    pytest.param({"xs": {"x": 0}}, None, id="only xs"),
    pytest.param("nonsense", None, id="no JSON"),
    pytest.param(None, None, id="null"),
]


@pytest.mark.parametrize(("layouts", "box"), LAYOUTS)
def test_stored_boxes_are_read_with_what_is_of_no_use_missing(layouts, box):
    assert decoding.tile(encoded({"id": 1, "layouts": layouts})).sm == box


def test_layouts_are_kept_whole_to_be_sent_back():
    found = decoding.tile(b'{"id": 1, "layouts": "{\\"sm\\": {\\"x\\": 1, \\"minW\\": 2}}"}')
    assert json.loads(bytes(found.layouts)) == {"sm": {"x": 1, "minW": 2}}


def test_one_odd_tile_does_not_cost_the_others():
    found = decoding.dashboard(b'{"id": 1, "tiles": [5, {"id": 3, "text": {"body": "hi"}}, null]}')
    assert [tile.error for tile in found.tiles] == [
        "This tile could not be read.",
        None,
        "This tile could not be read.",
    ]
    assert found.tiles[1].text.body == "hi"


TILE_ERRORS = [
    pytest.param({"error": {"type": "x", "message": "Bad query"}}, "Bad query", id="object"),
    pytest.param({"error": "Bad query"}, "Bad query", id="text"),
    pytest.param({"error": {}}, "The server could not read this.", id="without words"),
    pytest.param({"insight": 7}, "What this tile holds could not be read.", id="odd insight"),
    pytest.param({"insight": None, "text": None}, None, id="unknown kind of tile"),
    pytest.param({"insight": {}}, None, id="fine"),
]


@pytest.mark.parametrize(("value", "error"), TILE_ERRORS)
def test_a_tile_tells_what_is_wrong_with_it(value, error):
    assert decoding.tile(encoded({"id": 1, **value})).error == error


def test_an_error_of_a_tile_is_one_of_its_insight_whose_result_may_be_empty_by_it():
    sent = {"id": 1, "error": "Bad query", "insight": {"id": 2, "result": []}}
    assert decoding.tile(encoded(sent)).insight.error == "Bad query"


EDITABLE = [
    pytest.param({}, True, id="nothing known"),
    pytest.param({"user_access_level": "editor"}, True, id="editor"),
    pytest.param({"user_access_level": "manager"}, True, id="manager"),
    pytest.param(
        {"user_access_level": "viewer", "effective_privilege_level": 37}, False, id="new level wins"
    ),
    pytest.param({"user_access_level": "none"}, False, id="none"),
    pytest.param(
        {"effective_privilege_level": 37, "effective_restriction_level": 37},
        True,
        id="collaborator",
    ),
    pytest.param(
        {"effective_privilege_level": 21, "effective_restriction_level": 37}, False, id="restricted"
    ),
    pytest.param(
        {"effective_privilege_level": 21, "effective_restriction_level": 21}, True, id="everyone"
    ),
    pytest.param(
        {"user_access_level": None, "effective_restriction_level": 37}, False, id="null level"
    ),
]


@pytest.mark.parametrize(("fields", "editable"), EDITABLE)
def test_editable_follows_the_access_levels(fields, editable):
    assert decoding.dashboard(encoded({"id": 1, **fields})).row.editable is editable


MOMENTS = [
    pytest.param("2026-11-23T08:00:00Z", datetime(2026, 11, 23, 8, tzinfo=UTC), id="UTC"),
    pytest.param("2026-11-23T08:00:00+02:00", datetime(2026, 11, 23, 6, tzinfo=UTC), id="offset"),
    pytest.param("2026-11-23T08:00:00", datetime(2026, 11, 23, 8, tzinfo=UTC), id="no zone"),
    pytest.param("0001-01-01T00:00:00+05:00", None, id="before the first year"),
    pytest.param("yesterday", None, id="words"),
    pytest.param(1763884800, None, id="a number"),
]


@pytest.mark.parametrize(("written", "moment"), MOMENTS)
def test_moments_are_aware_and_unreadable_ones_missing(written, moment):
    assert decoding.insight(encoded({"last_refresh": written})).last_refresh == moment


SPACINGS = [(24, 24), ("24", 24), ("relaxed", 32), ("vast", 16), (None, 16), (-5, 16)]


@pytest.mark.parametrize(("sent", "pixels"), SPACINGS, ids=str)
def test_spacing_is_a_number_or_the_name_of_a_preset(sent, pixels):
    data = encoded({"id": 1, "customization": {"tile_spacing": sent}})
    assert decoding.dashboard(data).spacing == pixels


def test_breakdown_colors_keep_the_pairs_that_can_be_used():
    colors = [{"breakdownValue": 503, "colorToken": "preset-3"}, {"breakdownValue": "x"}, 7]
    found = decoding.dashboard(encoded({"id": 1, "breakdown_colors": colors}))
    assert found.breakdown_colors == (("503", "preset-3"),)


def test_a_row_without_an_id_is_left_out_of_the_list():
    page = decoding.dashboard_rows(b'{"results": [{"id": "7", "name": null}, {"name": "x"}, 3]}')
    assert [row.id for row in page.items] == [7]


def test_a_list_without_results_is_unreadable():
    with pytest.raises(UnreadableError, match="holds no results"):
        decoding.dashboard_rows(b'{"detail": "x"}')


def test_a_kept_insight_does_not_keep_the_page_it_came_in():
    page = decoding.insights(
        b'{"results": [{"id": 1, "result": [1]}], "pad": "%s"}' % (b"x" * 9999)
    )
    assert len(memoryview(page.items[0].result).obj) < 100


def test_decoding_loads_neither_the_network_nor_asyncio():
    code = (
        "import sys; from phdesk.api import decoding;"
        "print([m for m in ('httpx', 'asyncio', 'ssl', 'socket') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def dumb_dashboards():
    """Yield the name, the bytes and the JSON of everything recorded that is a dashboard."""
    for name in recorded.names():
        value = recorded.exchange(name)["response"].get("json")
        if (
            isinstance(value, dict)
            and isinstance(value.get("dashboard"), dict)
            and "id" not in value
        ):
            value = value["dashboard"]
        if isinstance(value, dict) and isinstance(value.get("tiles"), list) and "pinned" in value:
            yield name, encoded(value), value
    for path in recorded.fixtures("dashboards"):
        value = json.loads(path.read_bytes())
        if isinstance(value, dict) and "tiles" in value:
            yield path.stem, path.read_bytes(), value


@needs_shared
def test_every_recorded_dashboard_is_read_with_all_its_tiles():
    seen = 0
    for name, data, value in dumb_dashboards():
        found = decoding.dashboard(data)
        sent = value["tiles"]
        assert found.row.id == value["id"], name
        assert [tile.id for tile in found.tiles] == [tile["id"] for tile in sent], name
        for tile, raw in zip(found.tiles, sent, strict=True):
            assert (tile.insight is None) == (raw.get("insight") is None), name
            assert (tile.text is None) == (raw.get("text") is None), name
            assert json.loads(bytes(tile.layouts)) == raw["layouts"], name
            assert tile.error is None, name
            if tile.insight is not None:
                assert json.loads(bytes(tile.insight.result)) == raw["insight"]["result"], name
                assert tile.insight.name == raw["insight"]["name"], name
        seen += 1
    assert seen > 25


@needs_shared
def test_every_recorded_list_of_dashboards_is_read_whole():
    for name in ("dashboards_list", "dashboards_list_first", "dashboards_current_alias"):
        value = recorded.exchange(name)["response"]["json"]
        page = decoding.dashboard_rows(recorded.body(name))
        assert [row.name for row in page.items] == [each["name"] for each in value["results"]]
        assert [row.pinned for row in page.items] == [each["pinned"] for each in value["results"]]
        assert page.count == value["count"]


@needs_shared
def test_every_recorded_insight_is_read_with_its_result():
    seen = 0
    for name in recorded.names():
        value = recorded.exchange(name)["response"].get("json")
        if isinstance(value, dict) and "short_id" in value:
            found = decoding.insight(recorded.body(name))
            assert found.short_id == value["short_id"], name
            for field in ("result", "query", "filters"):
                assert json.loads(bytes(getattr(found, field))) == value[field], name
            assert json.loads(bytes(found.columns)) == value.get("columns"), name
            assert (found.last_refresh is None) == (value["last_refresh"] is None), name
            assert found.tags == tuple(value["tags"]), name
            seen += 1
    assert seen > 90


@needs_shared
def test_every_fixture_insight_is_read_with_its_result():
    for path in recorded.fixtures("insights"):
        value = json.loads(path.read_bytes())
        assert json.loads(bytes(decoding.insight(path.read_bytes()).result)) == value["result"]


@needs_shared
def test_every_recorded_query_answer_has_its_rows_in_result():
    seen = 0
    for name in recorded.names():
        value = recorded.exchange(name)["response"].get("json")
        if isinstance(value, dict) and "results" in value and "is_cached" in value:
            found = decoding.query_response(recorded.body(name))
            assert json.loads(bytes(found.result)) == value["results"], name
            assert found.error is None, name
            seen += 1
    assert seen > 12


@needs_shared
@pytest.mark.parametrize(
    ("name", "complete", "failed", "has_result"),
    [
        ("query_async_poll_pending", False, False, False),
        ("query_async_poll_progress", False, False, False),
        ("query_async_poll_done", True, False, True),
        ("async_tile_poll_done", True, False, True),
        ("dashboard_broken_tile_poll_done", True, True, False),
        ("query_async_failing_hidden_done", True, True, False),
    ],
)
def test_recorded_polls_tell_how_the_calculation_stands(name, complete, failed, has_result):
    found = decoding.query_status(recorded.body(name))
    assert (found.status.complete, found.status.error) == (complete, failed)
    assert (found.insight is not None) == has_result
    if found.insight is not None:
        sent = recorded.exchange(name)["response"]["json"]["query_status"]["results"]["results"]
        assert json.loads(bytes(found.insight.result)) == sent


@pytest.mark.parametrize(
    ("progress", "share"),
    [
        ({"rows_read": 1, "estimated_rows_total": 4}, 0.25),
        ({"rows_read": 9, "estimated_rows_total": 4}, 1.0),
        ({"rows_read": 1, "estimated_rows_total": 0}, None),
        ({"rows_read": "1"}, None),
        (None, None),
    ],
    ids=["a quarter", "beyond the estimate", "no estimate", "half known", "none"],
)
def test_progress_is_the_share_of_rows_read(progress, share):
    data = encoded({"query_status": {"complete": False, "query_progress": progress}})
    assert decoding.query_status(data).progress == share


@needs_shared
def test_the_recorded_user_knows_the_projects_of_the_organization():
    user = decoding.user(recorded.body("me"))
    assert [(each.id, each.organization) for each in user.projects] == [
        (1, "Lumenlane"),
        (2, "Lumenlane"),
    ]
    assert user.current_project == 1


@needs_shared
def test_recorded_projects_are_read_alone_and_in_lists():
    page = decoding.projects(recorded.body("projects_list"))
    assert [(each.id, each.timezone) for each in page.items] == [
        (2, "America/New_York"),
        (1, "UTC"),
    ]
    assert decoding.project(recorded.body("project_retrieve")).primary_dashboard == 1


def test_a_widget_keeps_its_settings():
    sent = {"id": 1, "widget": {"widget_type": "logs_list", "name": "Logs", "config": {"a": [1]}}}
    assert bytes(decoding.tile(encoded(sent)).widget.config) == b'{"a": [1]}'
    bare = decoding.tile(encoded({"id": 1, "widget": {"name": "L"}}))
    assert bytes(bare.widget.config) == b"null"
