"""The demo makes dashboards as a real PostHog did, and tells what was done to them."""

import json

import httpx
import pytest

from phdesk.demo.server import DemoServer
from tests.demo.conftest import RECORDINGS
from tests.demo.test_recordings import same

BOARDS = "/api/projects/1/dashboards/"
NEWER = {
    "folder",
    "last_accessed_at",
    "last_viewed_at",
    "variables",
    "persisted_variables",
    "persisted_filters",
}  # than the recorded server


@pytest.fixture(scope="module")
def client(clock):
    with DemoServer(now=clock) as server:
        headers = {"Authorization": f"Bearer {server.key}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=30) as made:
            yield made


def sent(name):
    return json.loads((RECORDINGS / f"{name}.json").read_text())["request"]["json"]


def shape(body):
    return set(body) - NEWER


@pytest.mark.parametrize("name", ["dashboard_create_with_filters", "tags_without_feature"])
def test_an_empty_one_is_made_as_recorded(client, recording, name):
    recorded = recording(name)
    answer = client.post(BOARDS, json=sent(name))
    made = answer.json()
    assert (answer.status_code, shape(made), made["tiles"]) == (201, shape(recorded), [])
    assert made["filters"] == recorded["filters"]
    assert made["creation_mode"] == recorded["creation_mode"]
    assert client.get(f"{BOARDS}{made['id']}/").json()["name"] == recorded["name"]


def test_a_template_is_made_with_its_tiles_and_their_places(client, recording):
    recorded = recording("dashboard_create_from_template")
    made = client.post(BOARDS, json=sent("dashboard_create_from_template")).json()
    names = [one["insight"]["name"] for one in recorded["tiles"]]
    assert sorted(one["insight"]["name"] for one in made["tiles"]) == sorted(names)
    assert (made["creation_mode"], shape(made)) == ("template", shape(recorded))
    assert all(one["layouts"]["sm"]["w"] == 6 for one in made["tiles"])


@pytest.mark.parametrize(
    ("name", "deep"), [("dashboard_duplicate", False), ("dashboard_duplicate_deep", True)]
)
def test_a_copy_shows_the_same_insights_or_copies_of_them(client, recording, name, deep):
    recorded = recording(name)
    source = client.get(f"{BOARDS}1/").json()
    made = client.post(BOARDS, json=sent(name) | {"use_dashboard": 1}).json()
    ours, theirs = (
        {tile["insight"]["id"]: tile["layouts"] for tile in one["tiles"] if tile["insight"]}
        for one in (made, source)
    )
    assert (set(ours) == set(theirs)) is not deep
    assert sorted(map(str, ours.values())) == sorted(map(str, theirs.values()))
    assert (made["creation_mode"], made["description"]) == (recorded["creation_mode"], "")
    assert made["tags"] == recorded["tags"] == []
    if deep:
        assert all(one["insight"]["name"].endswith(" (Copy)") for one in made["tiles"][:1])


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x", "use_template": "nobody knows it"},
        {"name": "x", "use_template": "DEFAULT_APP", "use_dashboard": 1},
        {"name": "x" * 401},
        {"name": "x", "use_dashboard": 4711},
    ],
)
def test_what_is_refused_makes_nothing(client, body):
    before = client.get(BOARDS).json()["count"]
    assert client.post(BOARDS, json=body).status_code in (400, 404)
    assert client.get(BOARDS).json()["count"] == before


def test_templates_are_listed_as_recorded(client, recording):
    recorded = recording("dashboard_templates_list")
    ours = client.get("/api/projects/1/dashboard_templates/").json()
    plain = {**ours["results"][0], "tiles": []}
    same(plain, recorded["results"][0] | {"tiles": []})
    old, new = recorded["results"][0]["tiles"], ours["results"][0]["tiles"]
    assert [one["name"] for one in new] == [one["name"] for one in old]
    assert [one["id"] for one in ours["results"][1]["variables"]] == ["SIGNUP", "ACTIVATION"]


def test_a_deleted_one_comes_back_and_all_of_it_is_told(client, recording):
    recorded = recording("insight_activity")
    made = client.post(BOARDS, json={"name": "Short-lived"}).json()
    here = f"{BOARDS}{made['id']}/"
    client.patch(here, json={"name": "Short"})
    client.patch(here, json=sent("dashboard_soft_delete"))
    assert client.get(here).status_code == 404
    assert made["id"] not in [one["id"] for one in client.get(BOARDS).json()["results"]]
    client.patch(here, json=sent("dashboard_undelete"))
    told = client.get(f"{here}activity/").json()
    did = [one["activity"] for one in told["results"]]
    assert did == ["restored", "deleted", "updated", "created"]
    assert set(told["results"][2]) == set(recorded["results"][0])
    assert set(told["results"][2]["detail"]) == set(recorded["results"][0]["detail"])
    change = told["results"][2]["detail"]["changes"][0]
    assert (change["field"], change["before"], change["after"]) == ("name", "Short-lived", "Short")
    log = client.get("/api/projects/1/activity_log/?scope=Dashboard&limit=2").json()
    assert [one["item_id"] for one in log["results"]] == [str(made["id"])] * 2


def test_a_folder_is_kept_as_servers_of_today_do(client):
    assert {one["folder"] for one in client.get(BOARDS).json()["results"]} == {""}
    made = client.post(BOARDS, json={"name": "Deep", "_create_in_folder": "Teams/Growth"}).json()
    rows = {one["id"]: one["folder"] for one in client.get(BOARDS).json()["results"]}
    assert rows[made["id"]] == made["folder"] == "Teams/Growth"


def test_the_log_begins_with_the_making_of_each(client):
    log = client.get(f"{BOARDS}2/activity/").json()["results"]
    assert [one["activity"] for one in log] == ["created"]
