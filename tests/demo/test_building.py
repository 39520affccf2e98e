"""Insights are made, changed and previewed before the demo as before a real server."""

import json

import pytest

from phdesk.demo.errors import ApiError
from phdesk.demo.schema import check_node
from phdesk.demo.shelf import Shelf
from tests.core.building.recorded import exchanges, queries
from tests.demo.conftest import NOW
from tests.shared import needs_shared

QUERY = "/api/projects/1/query/"
INSIGHTS = "/api/projects/1/insights/"
TRENDS = {
    "kind": "InsightVizNode",
    "source": {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]},
}


def test_no_insight_of_the_demo_is_refused():
    every = list(Shelf(NOW).insights())
    assert len(every) > 40
    for insight in every:
        check_node(insight.query)


@needs_shared
def test_nothing_that_a_server_was_seen_to_hold_is_refused():
    for raw in queries().values():
        check_node(json.loads(raw))


@needs_shared
@pytest.mark.parametrize(
    "name",
    [
        "error_query_extra_field",
        "error_query_funnel_one_step",
        "error_query_hogql_unknown_function",
        "error_query_bad_formula",
    ],
)
def test_queries_are_refused_as_recorded(client, name):
    exchange = exchanges()[name]
    answer = client.post(QUERY, json=exchange["request"]["json"])
    assert answer.status_code == exchange["response"]["status"]
    if exchange["response"]["json"]["code"] == "parse_error":  # the version of the library differs
        assert answer.json() == exchange["response"]["json"]
    else:
        assert answer.json()["detail"] == exchange["response"]["json"]["detail"]


@needs_shared
@pytest.mark.parametrize(
    "name", ["error_insight_create_invalid_query", "error_insight_create_bad_dashboard"]
)
def test_insights_are_refused_as_recorded(client, name):
    exchange = exchanges()[name]
    answer = client.post(INSIGHTS, json=exchange["request"]["json"])
    assert answer.status_code == 400
    assert answer.json() == exchange["response"]["json"]


def test_a_new_insight_is_there_with_what_was_said(client):
    body = {"name": "Mine", "query": TRENDS, "saved": True, "dashboards": [1], "tags": ["a"]}
    made = client.post(INSIGHTS, json={**body, "description": "Why"})
    assert made.status_code == 201
    held = client.get(f"{INSIGHTS}{made.json()['id']}/").json()
    for key in ("name", "query", "dashboards", "tags"):
        assert held[key] == body[key]
    assert held["description"] == "Why"
    changed = client.patch(f"{INSIGHTS}{held['id']}/", json={"dashboards": []}).json()
    assert changed["dashboards"] == []
    assert changed["last_modified_at"] >= held["last_modified_at"]


def test_an_unknown_way_of_counting_is_refused_at_its_place(client):
    series = [{"kind": "EventsNode", "event": "a", "math": "guess"}]
    answer = client.post(QUERY, json={"query": {"kind": "TrendsQuery", "series": series}})
    assert answer.status_code == 400
    assert "query.TrendsQuery.series.0.EventsNode.math" in answer.json()["detail"]


def test_unknown_settings_of_a_saved_insight_are_refused_at_their_place():
    odd = {**TRENDS, "source": {**TRENDS["source"], "trendsFilter": {"colour": 1}}}
    with pytest.raises(ApiError, match="trendsFilter"):
        check_node(odd)


def test_tables_and_columns_are_told(client):
    answer = client.post(QUERY, json={"query": {"kind": "DatabaseSchemaQuery"}})
    assert answer.status_code == 200
    tables = answer.json()["tables"]
    assert tables["events"]["fields"]["event"]["type"] == "string"
    for table, told in tables.items():
        plain = [one["name"] for one in told["fields"].values() if "table" not in one]
        text = f"select {', '.join(plain)} from {table} limit 1"
        query = {"kind": "HogQLQuery", "query": text}
        assert client.post(QUERY, json={"query": query}).status_code == 200, text


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("select nope from events", "nope"),
        ("select 1 from nowhere", "nowhere"),
        ("select frobnicate(1)", "frobnicate"),
        ("select count() from events", None),
        ("select person.properties.plan from events", None),
    ],
)
def test_sql_is_checked_without_running_it(client, text, marked):
    query = {"kind": "HogQLMetadata", "language": "hogQL", "query": text}
    told = client.post(QUERY, json={"query": query}).json()
    assert told["isValid"] is (marked is None)
    places = [text[one["start"] : one["end"]] for one in told["errors"]]
    assert places == ([] if marked is None else [marked])
