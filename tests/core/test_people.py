"""Answers that may name people are known by what they ask."""

import json

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.people import is_personal, may_name_people, without_people
from phdesk.models.alert import Alert
from phdesk.models.dashboard import Dashboard, DashboardRow, StoredBox, TextCard, Tile
from phdesk.models.insight import Insight, Pointed

ROW = DashboardRow(id=9, name="Weekly")


def asking(query, columns=()):
    return Insight(query=Raw(json.dumps(query).encode()), columns=Raw(json.dumps(columns).encode()))


def trends(**breakdown):
    return {"kind": "TrendsQuery", "series": [], "breakdownFilter": breakdown}


def sql(text, display=""):
    return {
        "kind": "DataVisualizationNode",
        "display": display,
        "source": {"kind": "HogQLQuery", "query": text},
    }


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"kind": "EventsQuery", "select": ["event"]}, id="events"),
        pytest.param({"kind": "ActorsQuery"}, id="persons"),
        pytest.param({"kind": "SessionsQuery"}, id="a kind that is new to us"),
        pytest.param({}, id="no question at all"),
        pytest.param(sql("select count() from events"), id="a table of SQL"),
        pytest.param(
            sql("select person.properties.plan, count() from events", "ActionsPie"), id="SQL"
        ),
        pytest.param(trends(breakdown="email", breakdown_type="person"), id="by mail"),
        pytest.param(trends(breakdowns=[{"property": "userName"}]), id="by a name"),
        pytest.param(trends(breakdown=["plan", "$ip"], breakdown_type="person"), id="one of two"),
        pytest.param(trends(breakdown="lower(x)", breakdown_type="hogql"), id="by an expression"),
        pytest.param(
            {"kind": "InsightVizNode", "source": trends(breakdown="person_id")}, id="wrapped"
        ),
    ],
)
def test_it_may_name_people(query):
    assert may_name_people(asking(query))


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(trends(), id="trends"),
        pytest.param(trends(breakdown="$browser", breakdown_type="event"), id="by browser"),
        pytest.param(trends(breakdown=[3, 4], breakdown_type="cohort"), id="by cohort"),
        pytest.param({"kind": "RetentionQuery"}, id="retention"),
        pytest.param({"kind": "PathsQuery"}, id="paths"),
        pytest.param(
            sql("select toDate(timestamp) d, count() from events group by d", "ActionsLineGraph"),
            id="a chart of SQL",
        ),
    ],
)
def test_it_counts_people_at_most(query):
    assert not may_name_people(asking(query))


def test_columns_count_as_well_as_the_query():
    chart = sql("select * from counts", "ActionsLineGraph")
    assert may_name_people(asking(chart, ["day", "customer_email"]))
    assert not may_name_people(asking(chart, ["day", "orders"]))


@pytest.mark.parametrize(
    "name",
    ["E-Mail", "contactEmail", "phone_number", "$ip", "distinct_id", "userId", "name", "full name"],
)
def test_names_of_personal_properties(name):
    assert is_personal(name)


@pytest.mark.parametrize(
    "name", ["$browser", "plan", "event_name", "ship_method", "recipient_count", "$os", "tipping"]
)
def test_names_of_other_properties(name):
    assert not is_personal(name)


def filtered(**condition):
    return {"kind": "TrendsQuery", "properties": [condition]}


def test_without_people_a_list_of_them_becomes_a_card_that_says_so():
    listed = Tile(
        id=3,
        insight=replace(asking({"kind": "ActorsQuery"}), name="Our *best*", result=Raw(b"[1]")),
        sm=StoredBox(1, 2, 3, 4),
    )
    (tile,) = without_people(Dashboard(row=ROW, tiles=(listed,))).tiles
    assert tile == Tile(id=3, text=tile.text, sm=StoredBox(1, 2, 3, 4))
    assert tile.text.body.startswith("**Our \\*best\\***\n\nLeft out of this snapshot")


def test_without_people_all_else_stays():
    tiles = (Tile(id=1, insight=asking(trends())), Tile(id=2, text=TextCard("Notes")))
    board = Dashboard(row=ROW, tiles=tiles, filters=Raw(b'{"date_from": "-7d"}'))
    assert without_people(board) == board


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ({"key": "email", "value": ["ann@example.com"]}, {"key": "email", "value": "(left out)"}),
        ({"key": "plan", "value": "pro"}, {"key": "plan", "value": "pro"}),
        (
            {"key": "person.properties.email = 'ann@example.com'", "type": "hogql"},
            {"key": "(left out)", "type": "hogql"},
        ),
    ],
    ids=["mail", "plan", "expression"],
)
def test_without_people_filters_do_not_say_whom_they_look_for(condition, kept):
    tile = Tile(id=1, insight=asking(filtered(**condition)))
    clean = without_people(
        Dashboard(
            row=ROW,
            tiles=(tile,),
            filters=Raw(json.dumps({"properties": [condition]}).encode()),
            saved_filters=Raw(json.dumps({"properties": {"values": [condition]}}).encode()),
        )
    )
    assert json.loads(bytes(clean.tiles[0].insight.query)) == filtered(**kept)
    assert json.loads(bytes(clean.filters)) == {"properties": [kept]}
    assert json.loads(bytes(clean.saved_filters)) == {"properties": {"values": [kept]}}


def test_without_people_no_colour_and_no_variable_says_whom_an_answer_named():
    named = asking(trends(breakdown="email", breakdown_type="person"))
    named = replace(named, result=Raw(b'[{"label": "ann@example.com"}]'))
    counted = asking(trends(breakdown="$browser", breakdown_type="event"))
    counted = replace(counted, result=Raw(b'[{"label": "Firef\\u00f6x"}]'))
    variables = {
        "v1": {"code_name": "user_email", "value": "ann@example.com"},
        "v2": {"code_name": "plan", "value": "pro"},
    }
    clean = without_people(
        Dashboard(
            row=ROW,
            tiles=(Tile(id=1, insight=named), Tile(id=2, insight=counted)),
            breakdown_colors=(("ann@example.com", "preset-1"), ("Fireföx", "preset-2")),
            variables=Raw(json.dumps(variables).encode()),
        )
    )
    assert clean.breakdown_colors == (("Fireföx", "preset-2"),)
    variables["v1"]["value"] = "(left out)"
    assert json.loads(bytes(clean.variables)) == variables


def test_without_people_what_a_tile_points_to_does_not_say_either():
    condition = {"key": "email", "value": "ann@example.com"}
    pointed = Pointed(short_id="abc", query=Raw(json.dumps(filtered(**condition)).encode()))
    tile = Tile(id=1, insight=replace(asking(trends()), pointed=pointed))
    clean = without_people(Dashboard(row=ROW, tiles=(tile,))).tiles[0].insight.pointed
    assert json.loads(bytes(clean.query)) == filtered(key="email", value="(left out)")


def test_without_people_nobody_is_said_to_be_mailed_by_an_alert():
    alert = Alert(id="a", name="High", users=(4,), names=("Ann",))
    tile = Tile(id=1, insight=replace(asking(trends()), alerts=(alert,)))
    clean = without_people(Dashboard(row=ROW, tiles=(tile,))).tiles[0].insight
    assert clean.alerts == (Alert(id="a", name="High"),)
