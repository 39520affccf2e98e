"""Changes are sent as a real server accepted them, once, and what is refused has a meaning."""

import json

import httpx
import pytest
from msgspec import Raw

from phdesk.api import decoding
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    InvalidRequestError,
    MissingScopeError,
    NetworkError,
    NotFoundError,
    NotPostHogError,
    RateLimitedError,
    ServerError,
    UnreadableError,
)
from phdesk.api.layouts import layout_changes, written_layouts
from phdesk.api.resources import dashboards, insights
from phdesk.core.grid.boards import board_boxes
from phdesk.core.grid.placement import one_column
from phdesk.models.dashboard import Box, Tile
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

WHERE = Box(3, 4, 5, 6)
NO_SCOPE = "API key missing required scope 'dashboard:write'"


def sent(layouts):
    body = layout_changes(
        written_layouts([Tile(id=1, layouts=Raw(layouts))], {1: WHERE}, {1: Box(0, 7, 1, 6)})
    )
    written = decoded(body)["tiles"]
    assert [tile["id"] for tile in written] == [1]
    return written[0]["layouts"]


def decoded(body):
    server = Server([answer({"id": 5, "tiles": []})])
    server.run(dashboards.save, 1, 5, body)
    return json.loads(server.requests[0].content)


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        pytest.param(b"{}", {"sm": {"x": 3, "y": 4, "w": 5, "h": 6}}, id="none was stored"),
        pytest.param(
            b'{"sm":{"i":"1","x":0,"y":"9","w":6.0,"h":5,"minW":3,"static":false,"new":[1]}}',
            {
                "sm": {"i": "1", "x": 3, "y": 4, "w": 5, "h": 6, "minW": 3}
                | {"static": False, "new": [1]}
            },
            id="what we do not know stays",
        ),
        pytest.param(
            b'{"sm":{},"xs":{"x":0,"y":2,"w":1,"h":5,"i":"1"},"lg":{"x":1},"v":2}',
            {
                "sm": {"x": 3, "y": 4, "w": 5, "h": 6},
                "xs": {"x": 0, "y": 7, "w": 1, "h": 6, "i": "1"},
                "lg": {"x": 1},
                "v": 2,
            },
            id="other breakpoints stay, one column is derived where it was",
        ),
        pytest.param(
            b'{"sm":7,"xs":null}',
            {"sm": {"x": 3, "y": 4, "w": 5, "h": 6}, "xs": None},
            id="odd ones",
        ),
    ],
)
def test_a_tiles_whole_layouts_are_sent_back(stored, written):
    assert sent(stored) == written


def test_only_the_tiles_named_are_sent():
    tiles = [Tile(id=number) for number in (1, 2, 3)]
    body = layout_changes(written_layouts(tiles, {2: WHERE}, {}))
    assert decoded(body) == {
        "tiles": [{"id": 2, "layouts": {"sm": {"x": 3, "y": 4, "w": 5, "h": 6}}}]
    }


@needs_shared
def test_a_body_is_what_a_real_server_took_for_all_tiles():
    """From the same dashboard in another order: 11 tiles moved, with one text card above them."""
    took = recorded.exchange("dashboard_patch_layouts")["request"]["json"]
    before = json.loads(recorded.body("dashboard_patch_layouts"))
    for number, tile in enumerate(one for one in before["tiles"] if one["layouts"]):
        tile["layouts"]["sm"] |= {"x": 0, "y": number, "w": 12, "h": 1}
        tile["layouts"]["xs"] |= {"y": number, "h": 1}
    dashboard = decoding.dashboard(json.dumps(before).encode())
    after = board_boxes(decoding.dashboard(recorded.body("dashboard_patch_layouts")))
    narrow = dict(zip(after, one_column(list(after.values())), strict=True))
    moved = {tile["id"]: after[tile["id"]] for tile in took["tiles"]}
    assert decoded(layout_changes(written_layouts(dashboard.tiles, moved, narrow))) == took


@needs_shared
def test_a_body_is_what_a_real_server_took_for_one_tile():
    exchange = recorded.exchange("dashboard_patch_layout_one_tile")
    took = exchange["request"]["json"]
    dashboard = decoding.dashboard(recorded.body("dashboard_retrieve_cold_no_refresh"))
    tile = next(one for one in dashboard.tiles if bytes(one.layouts) == b"{}")
    box = took["tiles"][0]["layouts"]["sm"]
    body = layout_changes(written_layouts([tile], {tile.id: Box(**box)}, {tile.id: WHERE}))
    assert decoded(body) == {"tiles": [{**took["tiles"][0], "id": tile.id}]}


@needs_shared
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("dashboard_patch_tile_color", {"tiles": [{"id": 25, "color": "green"}]}),
        ("dashboard_delete_tile", {"tiles": [{"id": 24, "deleted": True}]}),
        ("dashboard_undelete", {"deleted": False}),
    ],
)
def test_other_changes_go_the_same_way(name, changes):
    server = Server([replay(name)])
    wanted = recorded.exchange(name)["request"]
    number = int(wanted["path"].rstrip("/").rpartition("/")[2])
    found = server.run(dashboards.save, 1, number, changes)
    assert found.row.id == number
    request = server.requests[0]
    assert (request.method, request.url.path) == (wanted["method"], wanted["path"])
    assert json.loads(request.content) == wanted["json"]
    assert request.headers["content-type"] == "application/json"


@needs_shared
def test_an_answer_tells_the_layout_that_is_saved_now():
    found = Server([replay("dashboard_patch_layout_one_tile")]).run(dashboards.save, 1, 5, {})
    assert next(tile.sm for tile in found.tiles if tile.id == 75).y == 40


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        pytest.param(403, {"detail": NO_SCOPE}, MissingScopeError, id="scope"),
        pytest.param(
            403, {"detail": "You do not have editor access to this resource."}, ForbiddenError,
            id="viewer",
        ),
        pytest.param(404, {"detail": "Not found."}, NotFoundError, id="gone"),
        pytest.param(409, {"detail": "Conflict."}, InvalidRequestError, id="edited meanwhile"),
        pytest.param(400, {"detail": "Bad.", "attr": "tiles__0__layouts"}, InvalidRequestError),
        pytest.param(429, {"detail": "Expected available in 2 seconds."}, RateLimitedError),
        pytest.param(500, {"detail": "A server error occurred."}, ServerError),
        pytest.param(503, {}, ServerError),
    ],
)  # fmt: skip
def test_a_refusal_is_told_by_its_meaning_and_nothing_is_sent_twice(status, body, error):
    server = Server(lambda _: answer(body, status))
    with pytest.raises(error):
        server.run(dashboards.save, 1, 5, {"name": "New"})
    assert (len(server.requests), server.waits) == (1, [])


def test_a_missing_scope_is_named():
    with pytest.raises(MissingScopeError) as caught:
        Server([answer({"detail": NO_SCOPE}, 403)]).run(dashboards.save, 1, 5, {})
    assert caught.value.failure.scope == "dashboard:write"
    assert str(caught.value) == "The key lacks the scope dashboard:write."


@pytest.mark.parametrize("trouble", [httpx.ReadTimeout("slow"), httpx.ConnectError("down")])
def test_a_change_whose_answer_is_lost_is_not_sent_again(trouble):
    def broken(_request):
        raise trouble

    server = Server(broken)
    with pytest.raises(NetworkError):
        server.run(dashboards.save, 1, 5, {"name": "New"})
    assert len(server.requests) == 1


@pytest.mark.parametrize("body", [{"ok": True}, [], {"id": None}])
def test_an_answer_that_is_no_dashboard_is_told(body):
    with pytest.raises(NotPostHogError):
        Server([answer(body)]).run(dashboards.save, 1, 5, {})


def test_the_key_is_in_no_error():
    with pytest.raises(ApiError) as caught:
        Server([answer({"detail": "phx_SECRETsecretSECRET is bad"}, 400)]).run(
            dashboards.save, 1, 5, {}
        )
    assert "SECRET" not in caught.value.failure.detail


@needs_shared
def test_an_insight_is_put_on_one_more_dashboard_as_a_real_server_took_it():
    took = recorded.exchange("insight_patch_dashboards")["request"]
    before = json.loads(recorded.body("insight_patch_dashboards")) | {"dashboards": [7]}
    server = Server([answer(before), replay("insight_patch_dashboards")])
    server.run(insights.put_on, 1, 51, 5)
    assert [one.method for one in server.requests] == ["GET", "PATCH"]
    assert server.requests[1].url.path == took["path"]
    assert json.loads(server.requests[1].content) == took["json"]


def test_an_insight_that_is_on_the_dashboard_already_is_left_alone():
    server = Server([answer({"id": 51, "dashboards": [5]})])
    server.run(insights.put_on, 1, 51, 5)
    assert len(server.requests) == 1


def test_a_copy_has_the_saved_query_and_a_name_of_its_own():
    query = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "new": 1}}
    held = {"id": 51, "dashboards": [], "query": query, "description": "D", "result": [1]}
    server = Server([answer(held), answer({"id": 52}, 201)])
    server.run(insights.copy_to, 1, 51, 5, "Signups (copy)")
    request = server.requests[1]
    assert (request.method, request.url.path) == ("POST", "/api/projects/1/insights/")
    assert json.loads(request.content) == {
        "query": query, "description": "D", "name": "Signups (copy)", "saved": True,
        "dashboards": [5],
    }  # fmt: skip
    assert server.requests[0].url.params.get("from_dashboard") is None


def test_a_copy_of_an_older_insight_asks_in_the_older_form_and_sends_nothing_empty():
    filters = {"insight": "FUNNELS", "events": [{"id": "signed_up"}]}
    held = {"id": 51, "dashboards": [], "query": None, "filters": filters}
    server = Server([answer(held | {"description": "", "tags": []}), answer({"id": 52}, 201)])
    server.run(insights.copy_to, 1, 51, 5, "Copy")
    assert json.loads(server.requests[1].content) == {
        "filters": filters, "name": "Copy", "saved": True, "dashboards": [5],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("held", "error"),
    [
        ({"id": 51, "dashboards": [], "query": None, "filters": {}}, UnreadableError),
        ({"results": []}, NotPostHogError),
    ],
    ids=["no query", "no insight"],
)
def test_what_has_no_query_is_not_copied(held, error):
    server = Server([answer(held)])
    with pytest.raises(error):
        server.run(insights.copy_to, 1, 51, 5, "Copy")
    assert len(server.requests) == 1
