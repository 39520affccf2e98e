"""The endpoints behave as PostHog's: key, pages, refresh, filters, changes, background."""

import json
import threading

import httpx
import pytest

from phdesk.demo.server import DemoServer

BOARD = "/api/projects/1/dashboards/1/"
SIGNUPS = {
    "kind": "TrendsQuery",
    "series": [{"kind": "EventsNode", "event": "signed_up", "name": "signed_up"}],
    "dateRange": {"date_from": "-30d"},
}


def first_tile(board):
    return next(tile for tile in board["tiles"] if tile["insight"])


def unseen(days):
    """Make a query that no other test asks."""
    return SIGNUPS | {"dateRange": {"date_from": f"-{days}d"}}


def wait_for(client, job):
    """Poll until the job is done; the server computes meanwhile, so no pause is needed."""
    while True:
        answer = client.get(f"/api/projects/1/query/{job}/")
        if answer.status_code != 202:
            return answer


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "not_authenticated"),
        ({"Authorization": "Bearer"}, "not_authenticated"),
        ({"Authorization": "Basic x"}, "not_authenticated"),
        ({"Authorization": "Bearer phx_wrong"}, "authentication_failed"),
    ],
)
def test_without_the_key_nothing_is_told(server, headers, code):
    answer = httpx.get(server.url + BOARD, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["code"] == code


def test_preflight_needs_no_key(server):
    assert httpx.get(server.url + "/_preflight/").json()["demo"] is True


def test_everything_is_labelled_as_demo(client):
    me = client.get("/api/users/@me/").json()
    assert me["organization"]["name"] == "Lumen Lane (demo)"
    assert me["team"] == me["organization"]["teams"][0]
    project = client.get("/api/projects/1/").json()
    assert (project["name"], project["is_demo"]) == ("Lumen Lane (demo data)", True)


def test_the_current_project_is_an_alias(client):
    assert client.get("/api/projects/@current/").json()["id"] == 1
    assert client.get("/api/projects/@current/dashboards/").json()["count"] == 6


def test_a_last_slash_may_be_left_off(client):
    assert client.get("/api/projects/1/dashboards").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/projects/1/dashboards/999/", 404),
        ("GET", "/api/projects/1/dashboards/abc/", 500),
        ("GET", "/api/projects/1/insights/999999/", 404),
        ("GET", "/api/projects/1/insights/abcdefgh/", 404),
        ("GET", "/api/projects/1/data_color_themes/", 404),
        ("GET", "/api/projects/1/query/nosuchquery/", 404),
        ("GET", "/api/projects/2/dashboards/", 404),
        ("GET", "/api/environments/1/dashboards/", 404),
        ("GET", "/api/organizations/nobody/", 404),
        ("DELETE", "/api/projects/1/dashboards/1/", 405),
    ],
)
def test_refusals(client, method, path, status):
    assert client.request(method, path).status_code == status


def test_lists_are_paged(client):
    page = client.get("/api/projects/1/dashboards/?limit=4").json()
    assert (page["count"], len(page["results"]), page["previous"]) == (6, 4, None)
    rest = client.get(page["next"]).json()
    assert (len(rest["results"]), rest["next"]) == (2, None)
    assert client.get(rest["previous"]).json()["results"] == page["results"]
    names = [row["name"] for row in page["results"] + rest["results"]]
    assert names[:2] == ["Company KPIs", "Product health"]
    assert names[2:] == sorted(names[2:])


def test_insights_are_found(client):
    everything = client.get("/api/projects/1/insights/?basic=true").json()
    assert everything["count"] > 50
    assert "result" not in everything["results"][0]
    found = client.get("/api/projects/1/insights/?basic=true&search=recurring").json()
    assert [row["name"] for row in found["results"]] == ["Monthly recurring revenue"]
    short = found["results"][0]["short_id"]
    assert client.get(f"/api/projects/1/insights/?short_id={short}").json()["count"] == 1
    boards = client.get("/api/projects/1/insights/?basic=true&dashboards=[4]").json()
    assert {row["dashboards"][0] for row in boards["results"]} == {4}
    funnels = client.get("/api/projects/1/insights/?basic=true&insight=FUNNELS").json()
    assert funnels["count"] == 5


@pytest.fixture(scope="module")
def fresh(clock):
    """Make a server that nobody has asked anything; stop it, twice, when the module ends."""
    others = threading.enumerate()
    server = DemoServer(now=clock)
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.url
    server.start()
    server.start()
    started = set(threading.enumerate()).difference(others)
    yield server
    address = server.url
    server.stop()
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)
    assert [thread.name for thread in started] == ["phdesk-demo"]
    assert not started.intersection(threading.enumerate())


def test_nothing_is_computed_unasked(fresh):
    headers = {"Authorization": f"Bearer {fresh.key}"}
    with httpx.Client(base_url=fresh.url, headers=headers) as client:
        for refresh in ("", "?refresh=force_cache"):
            insight = first_tile(client.get(BOARD + refresh).json())["insight"]
            assert insight["result"] is insight["last_refresh"] is insight["timezone"] is None
            assert insight["is_cached"] is False
        started = client.get(BOARD + "?refresh=async").json()
        status = first_tile(started)["insight"]["query_status"]
        assert status["complete"] is False
        assert wait_for(client, status["id"]).status_code == 200
        assert first_tile(client.get(BOARD).json())["insight"]["is_cached"] is True


def test_blocking_computes_what_is_stale(client, clock):
    number = first_tile(client.get(BOARD).json())["insight"]["id"]
    path = f"/api/projects/1/insights/{number}/"
    first = client.get(path + "?refresh=force_blocking").json()
    assert first["is_cached"] is False
    again = client.get(path + "?refresh=blocking").json()
    assert (again["is_cached"], again["last_refresh"]) == (True, first["last_refresh"])
    clock.forward(hours=2)
    later = client.get(path + "?refresh=blocking").json()
    assert later["is_cached"] is False
    assert later["last_refresh"] > first["last_refresh"]
    assert later["cache_target_age"] > later["next_allowed_client_refresh"]


def test_time_brings_new_events(client, clock):
    query = {"kind": "HogQLQuery", "query": "select count() from events"}
    ask = {"query": query, "refresh": "force_blocking"}
    before = client.post("/api/projects/1/query/", json=ask).json()["results"][0][0]
    clock.forward(days=1)
    after = client.post("/api/projects/1/query/", json=ask).json()["results"][0][0]
    assert after > before + 50


def test_filters_override_changes_the_numbers(client):
    full = client.get(BOARD + "?refresh=blocking").json()
    override = {"date_from": "-7d"}
    asked = {"refresh": "blocking", "filters_override": json.dumps(override)}
    short = client.get(BOARD, params=asked).json()
    assert short["filters"] == override
    assert first_tile(short)["insight"]["query"]["source"]["dateRange"]["date_from"] == "-7d"
    value = first_tile(full)["insight"]["result"][0]["aggregated_value"]
    assert first_tile(short)["insight"]["result"][0]["aggregated_value"] < value / 2
    assert client.get(BOARD).json()["filters"] == {"date_from": "-30d"}


def test_property_filters_of_a_dashboard_narrow_every_tile(client):
    plan = [{"key": "plan", "operator": "exact", "value": ["enterprise"], "type": "person"}]
    asked = {"refresh": "blocking", "filters_override": json.dumps({"properties": plan})}
    narrowed = client.get(BOARD, params=asked).json()
    value = first_tile(narrowed)["insight"]["result"][0]["aggregated_value"]
    full = first_tile(client.get(BOARD + "?refresh=blocking").json())["insight"]["result"]
    assert 0 < value < full[0]["aggregated_value"]


def test_an_unreadable_override_is_refused(client):
    answer = client.get(BOARD, params={"filters_override": "{date_from:"})
    assert (answer.status_code, answer.json()["attr"]) == (400, "filters_override")


def test_an_insight_takes_the_filters_of_its_dashboard(client):
    number = first_tile(client.get(BOARD).json())["insight"]["id"]
    asked = {"from_dashboard": 1, "refresh": "blocking"}
    on_board = client.get(f"/api/projects/1/insights/{number}/", params=asked).json()
    assert on_board["layouts"]["sm"]["w"] == 3
    assert on_board["query"]["source"]["dateRange"]["explicitDate"] is False
    alone = client.get(f"/api/projects/1/insights/{number}/").json()
    assert "layouts" not in alone


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"filters": "-7d"}, 400),
        ({"tiles": [{"id": 987654, "layouts": {}}]}, 500),
        ([1], 400),
    ],
)
def test_bad_changes_are_refused(client, change, status):
    assert client.patch(BOARD, json=change).status_code == status


def test_a_deleted_dashboard_comes_back(client):
    path = "/api/projects/1/dashboards/5/"
    client.patch(path, json={"deleted": True})
    assert client.get(path).status_code == 404
    assert client.get("/api/projects/1/dashboards/").json()["count"] == 5
    assert client.patch(path, json={"deleted": False}).status_code == 200
    assert client.get(path).status_code == 200


def test_broken_json_is_a_parse_error(client):
    answer = client.patch(BOARD, content=b'{"name": ')
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_a_query_is_answered_at_once(client):
    answer = client.post("/api/projects/1/query/", json={"query": unseen(11)})
    assert answer.status_code == 200
    assert len(answer.json()["results"][0]["data"]) == 12
    again = client.post("/api/projects/1/query/", json={"query": unseen(11)})
    assert again.json()["is_cached"] is True


def test_a_query_in_the_background_is_polled(client):
    ask = {"query": unseen(12), "refresh": "async", "client_query_id": "mine"}
    started = client.post("/api/projects/1/query/", json=ask)
    assert started.status_code == 202
    assert started.json()["query_status"]["id"] == "mine"
    done = wait_for(client, "mine")
    status = done.json()["query_status"]
    assert (done.status_code, status["complete"], status["error"]) == (200, True, False)
    assert len(status["results"]["results"][0]["data"]) == 13
    assert client.post("/api/projects/1/query/", json=ask).status_code == 200
    assert client.delete("/api/projects/1/query/mine/").status_code == 204
    assert client.get("/api/projects/1/query/mine/").status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ({"kind": "HogQLQuery", "query": "select nope from events"}, 400, True),
        (SIGNUPS | {"trendsFilter": {"formula": "A +* B"}}, 500, False),
    ],
)
def test_a_failure_in_the_background_is_told_when_polled(client, query, status, message):
    ask = {"query": query, "refresh": "force_async"}
    job = client.post("/api/projects/1/query/", json=ask).json()["query_status"]["id"]
    done = wait_for(client, job)
    assert done.status_code == status
    assert done.json()["query_status"]["error"] is True
    assert bool(done.json()["query_status"]["error_message"]) is message


def test_wrappers_are_unwrapped(client):
    wrapped = {"kind": "InsightVizNode", "source": unseen(13)}
    answer = client.post("/api/projects/1/query/", json={"query": wrapped})
    assert len(answer.json()["results"][0]["data"]) == 14


def test_notes_stay_on_their_days(client, clock):
    before = client.get("/api/projects/1/annotations/").json()["results"]
    clock.forward(days=1)
    after = client.get("/api/projects/1/annotations/").json()["results"]
    assert [note["date_marker"] for note in after][-len(before) :] == [
        note["date_marker"] for note in before
    ]
    assert before[0]["date_marker"] > before[-1]["date_marker"]


def test_definitions_come_from_the_events(client):
    events = client.get("/api/projects/1/event_definitions/").json()
    assert "invoice_paid" in {row["name"] for row in events["results"]}
    people = client.get("/api/projects/1/property_definitions/?type=person&search=plan").json()
    assert [row["name"] for row in people["results"]] == ["plan"]
    assert client.get("/api/projects/1/property_definitions/?type=session").json()["results"] == []
    numeric = client.get("/api/projects/1/property_definitions/?search=duration_ms").json()
    assert numeric["results"][0]["is_numerical"] is True
    cohorts = client.get("/api/projects/1/cohorts/").json()["results"]
    assert [row["name"] for row in cohorts] == ["Paying plans", "Free plan"]
    assert all(row["count"] > 0 for row in cohorts)
    assert client.get("/api/projects/1/actions/").json()["results"] == []


def test_looks_and_readings_are_told_apart(client):
    def times():
        row = next(one for one in client.get("/api/projects/1/dashboards/").json()["results"]
                   if one["id"] == 2)  # fmt: skip
        return row["last_viewed_at"], row["last_accessed_at"]

    viewed, accessed = times()
    assert times() == (viewed, accessed)  # a list opens nothing
    client.get("/api/projects/1/dashboards/2/")
    assert times()[0] == viewed
    assert times()[1] > accessed
    log = "/api/projects/1/file_system/log_view/"
    assert client.post(log, json={"type": "dashboard", "ref": "2"}).status_code == 204
    assert times()[0] > viewed
    refused = client.post(log, json={"type": "dashboard"})
    assert (refused.status_code, refused.json()["attr"]) == (400, "ref")
