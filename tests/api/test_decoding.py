import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from msgspec import Raw

from phdesk.api import decoding
from phdesk.api.errors import UnreadableError
from phdesk.models.dashboard import StoredBox
from tests.api.sent import encoded

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
    pytest.param("0001-01-01T00:00:00Z", None, id="in the first year, further west before it"),
    pytest.param("9999-12-31T23:59:59Z", None, id="in the last year, further east after it"),
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


def test_a_widget_keeps_its_settings():
    sent = {"id": 1, "widget": {"widget_type": "logs_list", "name": "Logs", "config": {"a": [1]}}}
    assert bytes(decoding.tile(encoded(sent)).widget.config) == b'{"a": [1]}'
    bare = decoding.tile(encoded({"id": 1, "widget": {"name": "L"}}))
    assert bytes(bare.widget.config) == b"null"
