"""What everybody with a link would see is listed; what may name people stands first, with why."""

import json

import pytest
from msgspec.structs import replace

from phdesk.api import decoding
from phdesk.core.exposing import Exposed, exposed, exposed_insight
from phdesk.models.insight import Pointed
from tests.api import recorded
from tests.shared import needs_shared


def insight(source, **more):
    return {
        "id": 5,
        "name": "Sign-ups",
        "query": {"kind": "InsightVizNode", "source": source},
    } | more


def board(*tiles, **more):
    sent = {"id": 1, "name": "Weekly", "tiles": [{"id": n, **one} for n, one in enumerate(tiles)]}
    return decoding.dashboard(json.dumps(sent | more).encode())


def read(source, **more):
    return decoding.insight(json.dumps(insight(source, **more)).encode())


TRENDS = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "signed_up"}]}


def whys(found):
    return [one.personal for one in found if one.personal]


def test_a_plain_dashboard_shows_its_words_and_nothing_personal():
    found = exposed(board({"insight": insight(TRENDS)}, {"text": {"body": "## Growth"}}))
    assert found == (
        Exposed("Name", "Weekly"),
        Exposed("Insight", "Sign-ups"),
        Exposed("Text card", "## Growth"),
    )


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ({**TRENDS, "breakdownFilter": {"breakdown": "email"}}, "It is broken down by email."),
        (
            {**TRENDS, "breakdownFilter": {"breakdown": "x", "breakdown_type": "hogql"}},
            "It is broken down by an expression, of which nobody knows what it gives.",
        ),
        ({"kind": "HogQLQuery", "query": "select 1"}, "SQL: its rows may hold anything."),
        ({"kind": "EventsQuery"}, "It lists single events, people or sessions."),
        ({"kind": "NewQuery"}, "Its kind is not known here, so it may hold anything."),
    ],
)
def test_what_may_name_people_stands_first_and_says_why(source, why):
    found = exposed(board({"insight": insight(TRENDS)}, {"insight": insight(source, name="Who")}))
    assert found[0] == Exposed("Insight", "Who", why)
    assert whys(found) == [why]


def test_values_of_filters_can_be_read_by_everybody():
    compares = {"key": "email", "value": ["ada@example.org"], "type": "person"}
    source = {**TRENDS, "properties": [compares], "series": [{"properties": [compares]}]}
    found = exposed(board({"insight": insight(source)}, filters={"properties": [compares]}))
    assert [(one.what, one.text) for one in found if one.personal] == [
        ("Filters of the dashboard", "email: ada@example.org"),
        ("Filters of Sign-ups", "email: ada@example.org"),
    ]
    asks_only = {**TRENDS, "properties": [{"key": "email", "value": None, "operator": "is_set"}]}
    assert whys(exposed_insight(read(asks_only))) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Ask ada@example.org", "ada@example.org"),
        ("Call +49 30 1234567 first", "+49 30 1234567"),
        ("Since 2026-01-05 10:00", ""),
        ("Goal: 1,000,000 by 2027", ""),
        ("@growth decides", ""),
    ],
)
def test_mail_addresses_and_telephone_numbers_in_texts_are_found(text, holds):
    found = exposed(board({"text": {"body": text}}))
    why = next(one.personal for one in found if one.what == "Text card")
    assert why == (f"It holds “{holds}”." if holds else "")


def test_texts_are_cut_and_put_on_a_line():
    found = exposed(board({"text": {"body": "a\n\nb " + "c" * 200}}, description="What\nfor"))
    assert found[1] == Exposed("Description", "What for")
    assert found[2].text == "a b " + "c" * 85 + "…"


def test_other_tiles_are_listed_too():
    button = {"button_tile": {"id": "x", "text": "Docs", "url": "https://example.org"}}
    found = exposed(board(button))
    assert Exposed("Button", "Docs (https://example.org)") in found


@needs_shared
def test_the_recorded_shared_dashboard_lists_people_in_one_tile():
    sent = recorded.exchange("shared_dashboard_json")["response"]["json"]["dashboard"]
    found = exposed(decoding.dashboard(json.dumps(sent).encode()))
    assert found[0].text == "Latest errors"  # a table of events, with mail addresses of people
    assert "@example.com" in json.dumps(sent["tiles"])
    assert {"API health and latency", "Owned by platform"} <= {one.text for one in found}


def told(source):
    found = exposed_insight(read(source))
    return [one.text for one in found if one.personal and one.what.startswith("Filters")]


def test_each_value_of_a_property_is_listed_not_the_last_alone():
    series = [{"properties": [{"key": "email", "value": f"{name}@x.org"}]} for name in ("a", "b")]
    assert told({**TRENDS, "series": series}) == ["email: a@x.org", "email: b@x.org"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            {**TRENDS, "properties": [{"type": "hogql", "key": "person.properties.name = 'Ada'"}]},
            "Expression: person.properties.name = 'Ada'",
        ),
        (
            {**TRENDS, "properties": [{"key": "plan", "value": ["ada@example.org"]}]},
            "ada@example.org",
        ),
        (
            {**TRENDS, "series": [{"event": "x", "custom_name": "Of ada@example.org"}]},
            "Of ada@example.org",
        ),
    ],
)
def test_expressions_names_and_other_values_may_name_people_too(source, text):
    assert told(source) == [text]


def test_mail_addresses_in_an_answer_are_found_whatever_their_property_is_called():
    source = {**TRENDS, "breakdownFilter": {"breakdown": "account"}}
    values = [{"label": "ada@example.org", "data": [1], "breakdown_value": "ada@example.org"}]
    assert whys(exposed_insight(read(source, result=values))) == [
        "Its answer holds “ada@example.org”."
    ]
    harmless = [{"label": "react@18.2.0", "data": [1], "breakdown_value": "@acme/ui@2.1"}]
    assert whys(exposed_insight(read(source, result=harmless))) == []


def test_values_of_variables_can_be_read_by_everybody():
    held = {"v1": {"code_name": "customer_email", "variableId": "v1", "value": "ada@example.org"}}
    (found,) = [one for one in exposed(board(variables=held)) if one.personal]
    assert (found.what, found.text) == (
        "Variables of the dashboard",
        "customer_email: ada@example.org",
    )


def test_filters_of_an_insight_that_is_pointed_to_can_be_read_by_everybody():
    compares = {"key": "email", "value": "ada@example.org", "type": "person"}
    there = read({**TRENDS, "properties": [compares]})
    here = read({"kind": "SavedInsightNode", "shortId": "abc"})
    shown = replace(here, pointed=Pointed(name="There", query=there.query))
    assert "email: ada@example.org" in [one.text for one in exposed_insight(shown)]
