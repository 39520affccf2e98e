"""The demo takes the changes that a real PostHog took, and answers in its shape."""

import json

import httpx
import pytest

from phdesk.demo.server import DemoServer
from tests.demo.conftest import RECORDINGS
from tests.demo.test_recordings import same

BOARDS = "/api/projects/1/dashboards/"
INSIGHTS = "/api/projects/1/insights/"


@pytest.fixture(scope="module")
def client(clock):
    """A demo of its own: others look at dashboards that nobody changed."""
    with DemoServer(now=clock) as server:
        headers = {"Authorization": f"Bearer {server.key}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=30) as made:
            yield made


@pytest.fixture
def board():
    return f"{BOARDS}2/"


@pytest.fixture
def tiles(client, board):
    return lambda: {one["id"]: one for one in client.get(board).json()["tiles"]}


def of(tiles, kind):
    return next(one for one in tiles().values() if one[kind])


def request(name):
    return json.loads((RECORDINGS / f"{name}.json").read_text())["request"]["json"]


def test_layouts_are_replaced_and_not_merged(client, board, tiles, recording):
    recording("dashboard_patch_layouts")
    ids = list(tiles())
    sent = request("dashboard_patch_layouts")["tiles"][: len(ids)]
    changes = [{**one, "id": number} for one, number in zip(sent, ids, strict=False)]
    answer = client.patch(board, json={"tiles": changes})
    assert answer.status_code == 200
    assert [tiles()[one["id"]]["layouts"] for one in changes] == [one["layouts"] for one in changes]
    only_wide = request("dashboard_patch_layout_one_tile")["tiles"][0]["layouts"]
    client.patch(board, json={"tiles": [{"id": ids[0], "layouts": only_wide}]})
    assert tiles()[ids[0]]["layouts"] == only_wide
    assert tiles()[ids[1]]["layouts"] == changes[1]["layouts"]


NEWER = {
    "folder",
    "last_accessed_at",
    "last_viewed_at",
    "variables",
    "persisted_variables",
    "persisted_filters",
}  # than the recorded server


@pytest.mark.parametrize(
    "name", ["dashboard_patch_layouts", "dashboard_patch_tile_color", "dashboard_delete_tile"]
)
def test_an_answer_has_the_recorded_shape(client, board, recording, name):
    body = recording(name)
    client.get(board + "?refresh=blocking")
    ours = client.patch(board, json={"tiles": []}).json()
    assert set(ours) - NEWER == set(body) - NEWER
    recorded = next(tile for tile in body["tiles"] if tile["insight"])
    mine = next(tile for tile in ours["tiles"] if tile["insight"])
    same(mine | {"insight": None}, recorded | {"insight": None})
    assert set(mine["insight"]) - {"alerts"} == set(recorded["insight"])


def test_a_text_card_is_added_as_recorded_and_edited(client, board, tiles, recording, clock):
    sent = request("dashboard_add_text_tile")
    body = recording("dashboard_add_text_tile")
    recorded = next(tile for tile in body["tiles"] if tile["text"])
    before = set(tiles())
    client.patch(board, json=sent)
    (new,) = set(tiles()) - before
    card = tiles()[new]
    assert (card["text"]["body"], card["color"]) == (recorded["text"]["body"], "blue")
    assert (card["layouts"], set(card["text"])) == (recorded["layouts"], set(recorded["text"]))
    stamp = card["text"]["last_modified_at"]
    clock.forward(minutes=1)
    edit = {"id": new, "text": {"id": card["text"]["id"], "body": "Shorter"}}
    client.patch(board, json={"tiles": [edit]})
    assert tiles()[new]["text"]["body"] == "Shorter"
    assert tiles()[new]["text"]["last_modified_at"] > stamp
    assert tiles()[new]["layouts"] == card["layouts"]


def test_a_tile_is_taken_off_and_put_back(client, board, tiles):
    one = of(tiles, "insight")
    client.patch(board, json={"tiles": [{"id": one["id"], "deleted": True}]})
    assert one["id"] not in tiles()
    insight = client.get(f"{INSIGHTS}{one['insight']['id']}/")
    assert insight.status_code == 200, "the insight survives"
    assert insight.json()["dashboards"] == []
    client.patch(board, json={"tiles": [{"id": one["id"], "deleted": False}]})
    assert tiles()[one["id"]]["layouts"] == one["layouts"]


def test_looks_of_a_tile_are_set_and_cleared(client, board, tiles):
    one = of(tiles, "insight")["id"]
    assert "show_description" not in tiles()[one]
    look = {"color": "green", "show_description": False, "transparent_background": True}
    client.patch(board, json={"tiles": [{"id": one, **look}]})
    assert {key: tiles()[one][key] for key in look} == look
    client.patch(board, json={"tiles": [{"id": one, "color": None, "show_description": None}]})
    assert (tiles()[one]["color"], tiles()[one]["show_description"]) == (None, None)


def test_a_tiles_own_filters_take_the_place_of_the_dashboards(client, board, tiles):
    one = of(tiles, "insight")["id"]
    change = {"id": one, "filters_overrides": {"date_from": "-3d"}}
    client.patch(board, json={"tiles": [change]})
    dates = tiles()[one]["insight"]["query"]["source"]["dateRange"]
    assert dates["date_from"] == "-3d"
    client.patch(board, json={"tiles": [{"id": one, "filters_overrides": None}]})
    dates = tiles()[one]["insight"]["query"]["source"]["dateRange"]
    assert dates["date_from"] == client.get(board).json()["filters"]["date_from"]


def test_filters_are_replaced_whole_and_cleared_by_nulls_alone(client, board, recording):
    sent = request("dashboard_patch_filters")
    answer = client.patch(board, json=sent).json()
    assert answer["filters"] == recording("dashboard_patch_filters")["filters"]
    assert client.patch(board, json={"filters": {}}).json()["filters"] == sent["filters"]
    only = {"date_from": "-7d"}
    assert client.patch(board, json={"filters": only}).json()["filters"] == only
    nulls = dict.fromkeys(("date_from", "date_to", "properties", "breakdown_filter"))
    assert client.patch(board, json={"filters": nulls}).json()["filters"] == nulls
    tile = next(one for one in client.get(board).json()["tiles"] if one["insight"])
    own = client.get(f"{INSIGHTS}{tile['insight']['id']}/").json()["query"]
    assert tile["insight"]["query"] == own, "no filter is laid over the insight's own query"


def test_name_description_tags_and_pin_are_changed(client, board):
    fields = {"name": "Mine", "description": "About", "tags": ["a", "b"], "pinned": True}
    client.patch(board, json=fields)
    row = next(one for one in client.get(BOARDS).json()["results"] if one["id"] == 2)
    assert {key: row[key] for key in fields} == fields


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"name": "x" * 401}, "name"),
        ({"tiles": [{"text": {"body": "x" * 4001}}]}, "body"),
        ({"tiles": [{"text": {}}]}, "tiles"),
    ],
)
def test_what_is_too_long_or_empty_is_refused(client, board, tiles, change, attr):
    before = tiles()
    answer = client.patch(board, json=change)
    assert (answer.status_code, answer.json()["attr"]) == (400, attr)
    assert tiles() == before


@pytest.mark.parametrize("name", ["error_dashboard_filters_not_object"])
def test_refusals_have_the_very_body(client, board, recording, name):
    assert client.patch(board, json=request(name)).json() == recording(name)


def test_an_unknown_tile_is_the_recorded_error(client, board, recording):
    answer = client.patch(board, json=request("error_dashboard_tile_unknown"))
    assert (answer.status_code, answer.json()) == (500, recording("error_dashboard_tile_unknown"))


def test_an_insight_is_put_on_more_dashboards_as_recorded(client, board, tiles, recording):
    body = recording("insight_patch_dashboards")
    insight = of(tiles, "insight")["insight"]["id"]
    before = client.get(f"{BOARDS}3/").json()["tiles"]
    answer = client.patch(f"{INSIGHTS}{insight}/", json={"dashboards": [2, 3]}).json()
    assert set(answer) - {"alerts"} == set(body)
    assert [set(one) for one in answer["dashboard_tiles"]] == [
        set(one) for one in body["dashboard_tiles"]
    ]
    assert answer["dashboards"] == [2, 3]
    (new,) = [
        one
        for one in client.get(f"{BOARDS}3/").json()["tiles"]
        if one["id"] not in {each["id"] for each in before}
    ]
    assert (new["insight"]["id"], new["layouts"], new["color"]) == (insight, {}, None)
    client.patch(f"{INSIGHTS}{insight}/", json={"dashboards": [2]})
    assert client.get(f"{BOARDS}3/").json()["tiles"] == before
    client.patch(f"{INSIGHTS}{insight}/", json={"dashboards": [2, 3]})
    again = [one["id"] for one in client.get(f"{BOARDS}3/").json()["tiles"]]
    assert new["id"] in again, "a dashboard has one tile for an insight, and brings it back"
    client.patch(f"{INSIGHTS}{insight}/", json={"dashboards": [2]})


def test_a_dashboard_that_is_not_there_is_the_recorded_error(client, recording):
    body = recording("error_insight_create_bad_dashboard")
    sent = request("error_insight_create_bad_dashboard")
    assert client.post(INSIGHTS, json=sent).json() == body
    answer = client.patch(f"{INSIGHTS}101/", json={"dashboards": [999999]})
    assert (answer.status_code, answer.json()) == (400, body)


def test_an_insight_is_created_on_a_dashboard(client, board, tiles, recording):
    body = recording("insight_create_trends")
    sent = {**request("insight_create_trends"), "dashboards": [2]}
    answer = client.post(INSIGHTS, json=sent)
    assert answer.status_code == 201
    made = answer.json()
    assert set(made) == set(body)
    assert made["name"] == sent["name"]
    assert made["id"] in {one["insight"]["id"] for one in tiles().values() if one["insight"]}
    client.patch(f"{INSIGHTS}{made['id']}/", json={"deleted": True})
    assert client.get(f"{INSIGHTS}{made['id']}/").status_code == 404
    assert client.post(INSIGHTS, json={"name": "None"}).json()["attr"] == "query"


def test_a_tile_is_copied_once(client, board, tiles):
    one = of(tiles, "insight")
    target = f"{BOARDS}4/"
    before = {each["id"] for each in client.get(target).json()["tiles"]}
    body = {"fromDashboardId": 2, "tileId": one["id"]}
    answer = client.post(f"{target}copy_tile/", json=body)
    assert answer.status_code == 201
    assert answer.json()["insight"]["id"] == one["insight"]["id"]
    after = {each["id"] for each in client.get(target).json()["tiles"]}
    assert after - before == {answer.json()["id"]}
    assert client.post(f"{target}copy_tile/", json=body).status_code == 400
    client.patch(target, json={"tiles": [{"id": answer.json()["id"], "deleted": True}]})
    text = of(tiles, "text")
    body = {"fromDashboardId": 2, "tileId": text["id"]}
    made = client.post(f"{target}copy_tile/", json=body).json()
    assert made["text"]["body"] == text["text"]["body"]
    client.patch(target, json={"tiles": [{"id": made["id"], "deleted": True}]})
    assert client.post(f"{target}copy_tile/", json={**body, "tileId": 5}).status_code == 404
    assert client.post(f"{target}copy_tile/", json={}).status_code == 400


def test_a_dashboard_deleted_with_its_insights_brings_them_back(client):
    tiles = client.get(f"{BOARDS}5/").json()["tiles"]
    ids = [one["insight"]["id"] for one in tiles if one["insight"]]
    client.patch(f"{INSIGHTS}{ids[0]}/", json={"dashboards": [5, 1]})
    deletion = {"deleted": True, "delete_insights": True}
    assert client.patch(f"{BOARDS}5/", json=deletion).json()["tiles"] == []
    found = [client.get(f"{INSIGHTS}{one}/").status_code for one in ids]
    assert found == [200, *([404] * (len(ids) - 1))], "those used elsewhere stay"
    back = client.patch(f"{BOARDS}5/", json={"deleted": False}).json()["tiles"]
    assert [one["id"] for one in back] == [one["id"] for one in tiles]


def test_changes_to_a_dashboard_stay(client):
    path = f"{BOARDS}6/"
    tiles = client.get(path).json()["tiles"]
    moved = {"sm": {"x": 9, "y": 0, "w": 3, "h": 2}}
    text = next(tile for tile in tiles if tile["text"])
    change = {
        "name": "Customers first",
        "tags": ["new"],
        "pinned": True,
        "filters": {"date_from": "-90d", "properties": None},
        "tiles": [
            {"id": tiles[0]["id"], "layouts": moved, "color": "blue"},
            {"id": text["id"], "text": {"body": "Changed"}},
            {"id": tiles[-1]["id"], "deleted": True},
            {"text": {"body": "## New"}, "layouts": moved},
        ],
    }
    answer = client.patch(path, json=change)
    assert answer.status_code == 200
    after = client.get(path).json()
    assert after == answer.json()
    assert (after["name"], after["tags"], after["pinned"]) == ("Customers first", ["new"], True)
    assert after["filters"] == {"date_from": "-90d", "properties": None}
    first = after["tiles"][0]
    assert (first["layouts"], first["color"]) == (moved, "blue")
    found = {tile["id"]: tile for tile in after["tiles"]}
    assert found[text["id"]]["text"]["body"] == "Changed"
    assert tiles[-1]["id"] not in found
    assert after["tiles"][-1]["text"]["body"] == "## New"
