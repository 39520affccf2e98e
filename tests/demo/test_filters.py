"""The demo truly answers to filters: operators, test accounts, variables, values, own ranges."""

import json

import pytest

BOARD = "/api/projects/1/dashboards/1/"
PRODUCT = "/api/projects/1/dashboards/2/"


def read(client, path, **override):
    asked = {"refresh": "blocking"}
    if override.get("filters"):
        asked["filters_override"] = json.dumps(override["filters"])
    if override.get("variables"):
        asked["variables_override"] = json.dumps(override["variables"])
    return client.get(path, params=asked).json()


def named(board, name):
    return next(
        tile
        for tile in board["tiles"]
        if tile["insight"] is not None and tile["insight"]["name"] == name
    )


def paying(board):
    return named(board, "Paying customers")["insight"]["result"][0]["aggregated_value"]


def condition(operator, value, key="company"):
    return {"properties": [{"key": key, "operator": operator, "value": value, "type": "person"}]}


@pytest.fixture(scope="module")
def board_of(client):
    """Find the dashboard that has a tile."""
    boards = {n: client.get(f"/api/projects/1/dashboards/{n}/").json() for n in range(1, 7)}

    def find(name):
        for number, board in boards.items():
            if any(t["insight"] and t["insight"]["name"] == name for t in board["tiles"]):
                return f"/api/projects/1/dashboards/{number}/"
        raise AssertionError(name)

    return find


@pytest.mark.parametrize(
    ("operator", "value", "opposite"),
    [
        ("icontains", "labs", "not_icontains"),
        ("starts_with", "Amber", "not_starts_with"),
        ("ends_with", "Labs", "not_ends_with"),
        ("regex", "^(Amber|Birch) ", "not_regex"),
        ("is_set", None, "is_not_set"),
    ],
)
def test_an_operator_and_its_opposite_share_all_out(client, operator, value, opposite):
    everyone = paying(read(client, BOARD))
    some = paying(read(client, BOARD, filters=condition(operator, value)))
    others = paying(read(client, BOARD, filters=condition(opposite, value)))
    assert some + others == everyone
    assert some > 0


def test_a_pattern_that_cannot_be_read_finds_nothing(client):
    assert paying(read(client, BOARD, filters=condition("regex", "("))) == 0


def test_test_accounts_can_be_left_out(client):
    everyone = paying(read(client, BOARD))
    without = paying(read(client, BOARD, filters={"filterTestAccounts": True}))
    labs = paying(read(client, BOARD, filters=condition("icontains", "Labs")))
    assert 0 < without == everyone - labs
    assert paying(read(client, BOARD, filters={"filterTestAccounts": False})) == everyone
    project = client.get("/api/projects/1/").json()
    assert project["test_account_filters"][0]["value"] == "Labs"


def test_an_interval_and_a_breakdown_reach_the_tiles(client):
    filters = {"date_from": "-30d", "interval": "week", "breakdown_filter": {
        "breakdown": "$browser", "breakdown_type": "event"}}  # fmt: skip
    board = read(client, BOARD, filters=filters)
    lines = [
        tile["insight"]
        for tile in board["tiles"]
        if tile["insight"]
        and tile["insight"]["query"]["source"]["kind"] == "TrendsQuery"
        and tile["insight"]["result"][0].get("days")
    ]
    assert lines
    for insight in lines:
        assert insight["query"]["source"]["interval"] == "week"
        assert len(insight["result"][0]["days"]) <= 6
        assert "breakdown_value" in insight["result"][0]


def test_saved_and_effective_filters_are_told_apart(client):
    board = read(client, BOARD, filters={"date_from": "-7d"})
    assert board["filters"]["date_from"] == "-7d"
    assert board["persisted_filters"] == {"date_from": "-30d"}


def test_a_tile_of_its_own_range_is_not_touched(client):
    plain, week = read(client, PRODUCT), read(client, PRODUCT, filters={"date_from": "-7d"})
    name = "Lifecycle of users"
    assert named(plain, name)["filters_overrides"] == {"date_from": "-90d"}
    for board in (plain, week):
        source = named(board, name)["insight"]["query"]["source"]
        assert source["dateRange"]["date_from"] == "-90d"
    assert named(plain, name)["insight"]["result"] == named(week, name)["insight"]["result"]
    number = named(plain, name)["insight"]["id"]
    asked = {"from_dashboard": 2, "filters_override": '{"date_from": "-7d"}'}
    alone = client.get(f"/api/projects/1/insights/{number}/", params=asked).json()
    assert alone["query"]["source"]["dateRange"]["date_from"] == "-90d"


def test_variables_change_the_sql_that_names_them(client, board_of):
    path = board_of("Endpoints by slowness")
    rows = client.get("/api/projects/1/insight_variables/").json()["results"]
    slow, service = (next(r for r in rows if r["code_name"] == n) for n in ("slow_ms", "service"))

    def override(row, value):
        fields = {"code_name": row["code_name"], "variableId": row["id"], "value": value}
        return {row["id"]: fields}

    def slow_of(board):
        return sum(row[2] for row in named(board, "Endpoints by slowness")["insight"]["result"])

    plain = read(client, path)
    all_slow = read(client, path, variables=override(slow, 0))
    none_slow = read(client, path, variables=override(slow, 9_999_999))
    assert slow_of(none_slow) == 0 < slow_of(plain) < slow_of(all_slow)
    assert all_slow["variables"] == override(slow, 0)
    web = read(client, path, variables=override(service, "web"))
    deploys = "Deploys by week"
    assert named(web, deploys)["insight"]["result"] != named(plain, deploys)["insight"]["result"]
    number = named(plain, "Endpoints by slowness")["insight"]["id"]
    asked = {"from_dashboard": path.rstrip("/").rpartition("/")[2], "refresh": "blocking",
             "variables_override": json.dumps(override(slow, 9_999_999))}  # fmt: skip
    alone = client.get(f"/api/projects/1/insights/{number}/", params=asked).json()
    assert sum(row[2] for row in alone["result"]) == 0


def test_a_variable_without_a_value_has_its_default_and_one_that_is_not_there_is_refused(client):
    (slow, *_) = client.get("/api/projects/1/insight_variables/").json()["results"]
    named = {slow["id"]: {"code_name": slow["code_name"], "variableId": slow["id"]}}
    query = {"kind": "HogQLQuery", "query": "select {variables.slow_ms}", "variables": named}
    answer = client.post("/api/projects/1/query/", json={"query": query})
    assert answer.json()["results"] == [[slow["default_value"]]]
    refused = client.post("/api/projects/1/query/", json={"query": query | {"variables": {}}})
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        "Variable slow_ms is missing from query",
    )


@pytest.mark.parametrize(
    ("kind", "key", "some"),
    [("events", "$browser", "Chrome"), ("persons", "plan", "enterprise")],
)
def test_values_are_listed_and_found(client, kind, key, some):
    path = f"/api/projects/1/{kind}/values/"
    names = [one["name"] for one in client.get(path, params={"key": key}).json()]
    assert some in names
    assert len(names) == len(set(names))
    found = client.get(path, params={"key": key, "value": some[1:4].upper()}).json()
    assert {"name": some} in found
    assert client.get(path, params={"key": "no'such"}).json() == []


def test_an_unreadable_override_of_variables_is_refused(client):
    answer = client.get(BOARD, params={"variables_override": "["})
    assert (answer.status_code, answer.json()["attr"]) == (400, "variables_override")


def test_saved_variables_stay(client, board_of):
    path = board_of("Endpoints by slowness")
    row = client.get("/api/projects/1/insight_variables/").json()["results"][0]
    fields = {"code_name": row["code_name"], "variableId": row["id"], "value": 900}
    saved = client.patch(path, json={"variables": {row["id"]: fields}}).json()
    assert saved["persisted_variables"] == saved["variables"] == {row["id"]: fields}
    assert client.patch(path, json={"variables": {}}).json()["variables"] == {}


def test_a_tile_takes_and_loses_filters_of_its_own(client):
    board = client.get(PRODUCT).json()
    tile = next(one for one in board["tiles"] if one["insight"] and "filters_overrides" not in one)
    change = {"id": tile["id"], "filters_overrides": {"date_from": "-1d"}}
    client.patch(PRODUCT, json={"tiles": [change]})
    found = {one["id"]: one for one in client.get(PRODUCT).json()["tiles"]}
    assert found[tile["id"]]["filters_overrides"] == {"date_from": "-1d"}
    client.patch(PRODUCT, json={"tiles": [{**change, "filters_overrides": None}]})
    found = {one["id"]: one for one in client.get(PRODUCT).json()["tiles"]}
    assert found[tile["id"]]["filters_overrides"] is None


def counted(client, *properties):
    source = {
        "kind": "TrendsQuery",
        "series": [{"kind": "EventsNode", "event": "$pageview", "math": "total"}],
        "dateRange": {"date_from": "-30d"},
        "trendsFilter": {"display": "BoldNumber"},
        "properties": list(properties),
    }
    answer = client.post("/api/projects/1/query/", json={"query": source})
    return answer.json()["results"][0]["aggregated_value"] if answer.is_success else answer.json()


def test_a_cohort_holds_who_it_is_made_of_and_the_others_are_the_rest(client):
    cohort = {"key": "id", "value": 1, "operator": "in", "type": "cohort"}
    plans = {"key": "plan", "value": ["pro", "enterprise"], "operator": "exact", "type": "person"}
    inside = counted(client, cohort)
    assert inside == counted(client, plans) > 0
    assert inside + counted(client, cohort | {"operator": "not_in"}) == counted(client)
    assert "Could not find cohort" in counted(client, cohort | {"value": 99})["detail"]


def test_trends_are_broken_down_by_cohorts_as_recorded(client):
    source = {
        "kind": "TrendsQuery",
        "series": [{"kind": "EventsNode", "event": "$pageview", "math": "dau"}],
        "dateRange": {"date_from": "-7d"},
        "breakdownFilter": {"breakdown": [1, "all"], "breakdown_type": "cohort"},
    }
    found = client.post("/api/projects/1/query/", json={"query": source}).json()["results"]
    assert [one["breakdown_value"] for one in found] == [1, "all"]
    assert [one["label"] for one in found] == ["$pageview - Paying plans", "$pageview - all users"]
    paying, everybody = (one["data"] for one in found)
    assert all(one <= every for one, every in zip(paying, everybody, strict=True))
    assert 0 < sum(paying) < sum(everybody)
