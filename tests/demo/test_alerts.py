"""The demo's alerts follow from what it computed."""

import httpx
import pytest

from phdesk.demo.alerts import Alert, check, watched_values
from phdesk.demo.server import DemoServer
from phdesk.demo.shelf import Insight
from tests.demo.conftest import NOW, Clock

ENGINEERING = "/api/projects/1/dashboards/4/"


@pytest.mark.parametrize(
    ("result", "series", "values"),
    [
        ([{"aggregated_value": 2.5}], 0, (2.5, None)),
        ([{"data": [1, 7, 3]}], 0, (7.0, 1.0)),
        ([{"data": [1, 7]}, {"data": [4, 5]}], 1, (4.0, None)),
        ([{"data": [1]}], 0, (None, None)),
        ([{"data": [1, 2]}], 1, (None, None)),
        (None, 0, (None, None)),
    ],
    ids=["a total", "the last whole bucket", "of its series", "one", "no such series", "nothing"],
)
def test_the_last_complete_value_is_watched(result, series, values):
    assert watched_values(result, series) == values


def test_the_unfinished_interval_is_watched_when_asked_for():
    assert watched_values([{"data": [1, 7, 3]}], 0, ongoing=True) == (3.0, 7.0)


def on(value, *, at="2026-11-23T12:00:00Z"):
    return {"result": [{"data": value}], "last_refresh": at}


def alert(upper=None, lower=None, kind="absolute_value", share=False):
    bounds = {"lower": lower, "upper": upper}
    return Alert(
        "00000000-0000-0000-0000-000000000005",
        Insight(5, "abc", "Errors", "", {}),
        {
            "enabled": True,
            "condition": {"type": kind},
            "threshold": {
                "configuration": {"type": "percentage" if share else "absolute", "bounds": bounds}
            },
            "config": {"series_index": 0},
            "calculation_interval": "hourly",
        },
        NOW,
    )


@pytest.mark.parametrize(
    ("more", "data", "state"),
    [
        ({"upper": 2}, [1, 3, 0], "Firing"),
        ({"upper": 2}, [1, 2, 0], "Not firing"),
        ({"lower": 2}, [1, 1, 0], "Firing"),
        ({"upper": 5, "kind": "relative_increase"}, [1, 7, 0], "Firing"),
        ({"upper": 5, "kind": "relative_decrease"}, [7, 1, 0], "Firing"),
        ({"upper": 5, "kind": "relative_decrease"}, [1, 7, 0], "Not firing"),
        ({"upper": 0.5, "kind": "relative_decrease", "share": True}, [10, 4, 0], "Firing"),
        ({"upper": 0.5, "kind": "relative_decrease", "share": True}, [10, 6, 0], "Not firing"),
        ({"upper": 0.5, "kind": "relative_increase", "share": True}, [0, 6, 0], "Not firing"),
    ],
)
def test_an_alert_fires_beyond_its_bounds(more, data, state):
    watched = alert(**more)
    check(watched, on(data))
    assert watched.state == state


def test_each_answer_is_checked_once_and_mail_goes_out_when_it_begins_to_fire():
    watched = alert(upper=2)
    for hour, value in (("12", 3), ("12", 3), ("13", 4), ("11", 1), ("14", 1), ("15", 9)):
        check(watched, on([0, value, 0], at=f"2026-11-23T{hour}:00:00Z"))
    found = [(one["calculated_value"], one["targets_notified"]) for one in watched.checks]
    assert found == [(9, True), (1, False), (4, False), (3, True)]


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


@pytest.fixture(scope="module")
def own():
    """A demo of its own with its clock, as what is changed here stays changed."""
    clock = Clock(NOW)
    with DemoServer(now=clock) as server:
        headers = {"Authorization": f"Bearer {server.key}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=30) as made:
            yield made, clock


ALERTS = "/api/projects/1/alerts/"


@pytest.fixture
def insights(own):
    """Give the ids of the first insight of trends and of the first funnel."""
    client, _ = own
    rows = client.get("/api/projects/1/insights/?basic=true&limit=500").json()["results"]
    kinds = {}
    for row in rows:
        source = row["query"].get("source") or row["query"]
        line = (source.get("trendsFilter") or {}).get("display") == "ActionsLineGraph"
        if source["kind"] != "TrendsQuery" or line:
            kinds.setdefault(source["kind"], row["id"])
    return kinds


def draft(insight, **more):
    bounds = {"lower": None, "upper": 0}
    return {
        "name": "Anything",
        "insight": insight,
        "subscribed_users": [1],
        "condition": {"type": "absolute_value"},
        "threshold": {"configuration": {"type": "absolute", "bounds": bounds}},
        "config": {"type": "TrendsAlertConfig", "series_index": 0},
        **more,
    }


def test_an_alert_that_was_made_fires_after_a_check_and_is_mailed_once(own, insights):
    client, clock = own
    number = insights["TrendsQuery"]
    made = client.post(ALERTS, json=draft(number))
    assert (made.status_code, made.json()["state"], made.json()["checks"]) == (
        201,
        "Not firing",
        [],
    )
    one = f"{ALERTS}{made.json()['id']}/"
    board = made.json()["insight"]["dashboards"][0]
    for _ in range(3):
        client.get(f"/api/projects/1/dashboards/{board}/?refresh=force_blocking")
        found = client.get(one).json()
        clock.forward(hours=1)
    assert (found["state"], found["checks_total"]) == ("Firing", 3)
    assert [each["targets_notified"] for each in found["checks"]] == [False, False, True]
    assert len(client.get(f"{one}?checks_limit=1").json()["checks"]) == 1
    listed = client.get(f"{ALERTS}?search=anything").json()["results"]
    assert [(each["state"], each["checks"]) for each in listed] == [("Firing", [])]


def test_an_alert_sleeps_wakes_is_changed_and_goes(own, insights):
    client, clock = own
    one = f"{ALERTS}{client.post(ALERTS, json=draft(insights['TrendsQuery'])).json()['id']}/"
    assert client.get(one).json()["state"] == "Firing"
    asleep = client.patch(one, json={"snoozed_until": "2h"}).json()
    assert asleep["state"] == "Snoozed"
    clock.forward(hours=3)
    assert client.get(one).json()["state"] == "Firing"
    bounds = {"configuration": {"type": "absolute", "bounds": {"lower": -1, "upper": None}}}
    assert client.patch(one, json={"threshold": bounds}).json()["state"] == "Not firing"
    assert client.get(one).json()["state"] == "Not firing"
    assert client.patch(one, json={"enabled": False}).json()["enabled"] is False
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


@pytest.mark.parametrize("name", ["error_alert_missing_fields", "error_alert_on_funnel"])
def test_a_refusal_is_as_recorded(own, insights, recording, name):
    client, _ = own
    body = {"name": "x", "insight": 25}
    if name == "error_alert_on_funnel":
        body = draft(insights["FunnelsQuery"])
    answer = client.post(ALERTS, json=body)
    assert (answer.status_code, answer.json()) == (400, recording(name))


@pytest.mark.parametrize(
    "change",
    [
        {"calculation_interval": "yearly"},
        {"snoozed_until": "soon"},
        {"threshold": {"configuration": {"bounds": {"lower": 2, "upper": 1}}}},
    ],
)
def test_a_change_without_sense_is_refused(own, insights, change):
    client, _ = own
    made = client.post(ALERTS, json=draft(insights["TrendsQuery"])).json()
    assert client.patch(f"{ALERTS}{made['id']}/", json=change).status_code == 400


def test_an_alert_is_in_the_recorded_shape(own, insights, recording):
    client, _ = own
    recorded = recording("alert_retrieve_firing")
    made = client.post(ALERTS, json=draft(insights["TrendsQuery"])).json()
    ours = client.get(f"{ALERTS}{made['id']}/").json()
    assert set(recorded) <= set(ours)
    assert set(ours["checks"][0]) == set(recorded["checks"][0])
