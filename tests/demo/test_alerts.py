"""The demo's alerts follow from what it computed."""

import pytest

from phdesk.demo.alerts import alerts_of, watched_value
from phdesk.demo.shelf import Insight

ENGINEERING = "/api/projects/1/dashboards/4/"


@pytest.mark.parametrize(
    ("result", "series", "value"),
    [
        ([{"aggregated_value": 2.5}], 0, 2.5),
        ([{"data": [1, 7, 3]}], 0, 7.0),
        ([{"data": [1, 7]}, {"data": [4, 5]}], 1, 4.0),
        ([{"data": [1]}], 0, None),
        ([{"data": [1, 2]}], 1, None),
        (None, 0, None),
    ],
    ids=["a total", "the last whole bucket", "of its series", "one", "no such series", "nothing"],
)
def test_the_last_complete_value_is_watched(result, series, value):
    assert watched_value(result, series) == value


@pytest.mark.parametrize(("value", "state"), [(3, "Firing"), (2, "Not firing")])
def test_an_alert_fires_above_its_bound(value, state):
    insight = Insight(5, "abc", "Errors", "", {}, above=2)
    found = alerts_of(insight, {"result": [{"aggregated_value": value}]}, "2026-11-01T00:00:00Z")
    assert [(one["state"], one["last_value"]) for one in found] == [(state, value)]


def test_alerts_stand_in_their_insights_and_in_their_list(client):
    board = client.get(f"{ENGINEERING}?refresh=blocking").json()
    watched = [tile["insight"] for tile in board["tiles"] if "alerts" in (tile["insight"] or {})]
    assert [one["name"] for one in watched] == ["Failed API requests", "API latency"]
    listed = client.get("/api/projects/1/alerts/").json()["results"]
    assert {one["insight"]["id"] for one in listed} == {one["id"] for one in watched}
    states = {one["id"]: one["state"] for one in listed}
    assert {one["alerts"][0]["id"]: one["alerts"][0]["state"] for one in watched} == states
    only = client.get(f"/api/projects/1/alerts/?insight={watched[0]['id']}").json()
    assert [one["insight"]["id"] for one in only["results"]] == [watched[0]["id"]]


def test_annotations_are_listed_from_a_day_on(client):
    every = client.get("/api/projects/1/annotations/").json()["results"]
    since = every[3]["date_marker"]
    params = {"date_from": since}
    some = client.get("/api/projects/1/annotations/", params=params).json()["results"]
    assert some == every[:4]


def test_each_release_has_its_own_number(client):
    notes = client.get("/api/projects/1/annotations/").json()["results"]
    releases = [note["content"] for note in notes if note["content"].startswith("Release")]
    assert len(releases) == len(set(releases)) > 1
