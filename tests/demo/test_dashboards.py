"""The six dashboards are complete: laid out without gaps, computed, labelled."""

import pytest

from phdesk.demo.dashboards import BOARDS
from phdesk.demo.dashboards.parts import COLUMNS

NUMBERS = range(1, len(BOARDS) + 1)


@pytest.fixture(scope="module")
def boards(client):
    return {
        number: client.get(f"/api/projects/1/dashboards/{number}/?refresh=blocking").json()
        for number in NUMBERS
    }


def boxes(board):
    return [tile["layouts"]["sm"] for tile in board["tiles"]]


def test_there_are_six_and_the_first_is_the_primary(boards, client):
    assert len(boards) == 6
    assert boards[1]["name"] == "Company KPIs"
    assert client.get("/api/projects/1/").json()["primary_dashboard"] == 1
    assert 1 < sum(board["pinned"] for board in boards.values()) < 4


@pytest.mark.parametrize("number", NUMBERS)
def test_layouts_fill_their_rows(boards, number):
    cells = [
        (x, y)
        for box in boxes(boards[number])
        for x in range(box["x"], box["x"] + box["w"])
        for y in range(box["y"], box["y"] + box["h"])
    ]
    height = max(box["y"] + box["h"] for box in boxes(boards[number]))
    assert len(cells) == len(set(cells)), "tiles overlap"
    assert set(cells) == {(x, y) for x in range(COLUMNS) for y in range(height)}, "gaps"


@pytest.mark.parametrize("number", NUMBERS)
def test_each_board_says_whom_it_serves(boards, number):
    board = boards[number]
    assert 8 <= len(board["tiles"]) <= 12
    assert board["description"].startswith("For ")
    assert "?" in board["description"]
    assert "Demo data" in board["description"]
    assert board["tags"]
    assert board["filters"].keys() == {"date_from"}
    assert any(tile["text"] for tile in board["tiles"])
    first = boards[number]["tiles"][0]["insight"]["query"]
    look = first["source"].get("trendsFilter", first)
    assert look["display"] == "BoldNumber"


@pytest.mark.parametrize("number", NUMBERS)
def test_every_tile_has_an_answer(boards, number):
    for tile in boards[number]["tiles"]:
        if tile["insight"]:
            assert says_something(tile["insight"]["result"]), tile["insight"]["name"]
        else:
            assert bool(tile["text"]) != bool(tile["button_tile"])


def says_something(result):
    if isinstance(result, dict):
        return bool(result["bins"])
    first = result[0]
    if isinstance(first, list):
        return all(value not in (None, "") for value in first)
    if "aggregated_value" in first:
        return first["aggregated_value"] > 0
    if "values" in first:
        return first["values"][0]["count"] > 0
    return any(first.get("data") or [first.get("count") or first.get("value")])


def test_every_kind_of_insight_is_somewhere(boards):
    seen = {
        name
        for board in boards.values()
        for tile in board["tiles"]
        if tile["insight"]
        for name in kinds(tile["insight"]["query"])
    }
    assert seen >= {
        "ActionsLineGraph", "ActionsAreaGraph", "ActionsLineGraphCumulative", "ActionsBar",
        "ActionsStackedBar", "ActionsBarValue", "ActionsPie", "ActionsTable", "BoldNumber",
        "WorldMap", "steps vertical", "steps horizontal", "trends", "time_to_convert",
        "RetentionQuery", "StickinessQuery", "LifecycleQuery", "PathsQuery", "EventsQuery",
        "SQL ActionsTable", "SQL ActionsLineGraph", "SQL ActionsBar", "SQL BoldNumber",
        "breakdown", "FunnelsQuery breakdown", "compare", "formula", "several series",
    }  # fmt: skip
    assert any(tile["button_tile"] for board in boards.values() for tile in board["tiles"])


def kinds(query):
    source = query["source"]
    kind = source["kind"]
    yield kind
    if kind == "HogQLQuery":
        yield f"SQL {query['display']}"
    if kind == "FunnelsQuery":
        look = source["funnelsFilter"]
        yield look["funnelVizType"]
        yield f"{look['funnelVizType']} {look.get('layout')}"
    look = source.get("trendsFilter", {})
    yield look.get("display")
    yield "formula" if look.get("formulaNodes") else None
    yield "several series" if len(source.get("series", [])) > 1 else None
    yield "compare" if source.get("compareFilter") else None
    if source.get("breakdownFilter"):
        yield "breakdown"
        yield f"{kind} breakdown"


def tile(board, name):
    return next(
        one["insight"]["result"]
        for one in board["tiles"]
        if one["insight"] and one["insight"]["name"] == name
    )


def test_the_numbers_are_those_of_a_believable_company(boards):
    company = boards[1]
    assert 100_000 < tile(company, "Monthly recurring revenue")[0]["aggregated_value"] < 200_000
    assert 30 < tile(company, "Activation rate")[0]["aggregated_value"] < 50
    steps = [one["count"] for one in tile(boards[3], "From pricing page to subscription")]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] > 10
    bands = {one["status"]: one["count"] for one in tile(boards[2], "Lifecycle of users")}
    assert all(bands[name] > 0 for name in ("new", "returning", "resurrecting"))
    assert bands["dormant"] < 0


def test_every_formula_has_a_name(boards):
    labels = [
        item["label"]
        for board in boards.values()
        for one in board["tiles"]
        for item in (one["insight"] or {}).get("result") or []
        if isinstance(item, dict) and "label" in item
    ]
    assert {"Activation rate", "Failed requests", "Sign-up rate"} <= set(labels)
    assert not [label for label in labels if "Formula" in label]


def test_retention_decays_to_a_plateau(boards):
    rows = [row["values"] for row in tile(boards[2], "Weekly retention after sign-up")]
    size = sum(row[0]["count"] for row in rows[:4])
    shares = [sum(row[week]["count"] for row in rows[:4]) / size for week in range(5)]
    assert shares[0] == 1
    assert 0.4 < shares[1] < 0.85
    assert 0.25 < shares[4] < shares[1]
