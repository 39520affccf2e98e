"""Annotations, colour themes and alerts are read from what servers of 2024 and 2026 send."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from msgspec import Raw

from phdesk.api import decoding
from phdesk.api.errors import MissingScopeError, NotFoundError
from phdesk.api.read_alert import read_alerts
from phdesk.api.resources import annotations, color_themes, group_types
from phdesk.models.alert import Alert
from tests.api import recorded
from tests.api.sent import anything, encoded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
AT = "2026-11-20T09:00:00Z"


@needs_shared
def test_recorded_annotations_are_read_oldest_first():
    server = Server([replay("annotations_list")])
    found = server.run(annotations.list_since, 1, SINCE)
    sent = recorded.exchange("annotations_list")["response"]["json"]["results"]
    assert [one.content for one in found] == [one["content"] for one in reversed(sent)]
    assert [one.scope for one in found] == ["project", "dashboard_item", "organization"]
    assert (found[1].insight_id, found[1].insight_short_id) == (25, "ZjSV6TmF")
    assert found[2].at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    params = server.requests[0].url.params
    assert (params["limit"], params["date_from"]) == ("1000", "2026-11-01T00:00:00+00:00")


def test_what_is_older_is_left_out_when_the_server_knows_no_dates():
    sent = [{"date_marker": AT}, {"date_marker": "2020-01-01T00:00:00Z"}]
    assert len(Server([answer({"results": sent})]).run(annotations.list_since, 1, SINCE)) == 1


def test_a_server_that_refuses_dates_is_asked_without():
    server = Server([answer({"detail": "no"}, 400), answer({"results": [{"date_marker": AT}]})])
    assert len(server.run(annotations.list_since, 1, SINCE)) == 1
    assert "date_from" not in server.requests[1].url.params


@needs_shared
def test_a_key_without_the_scope_is_told_so():
    with pytest.raises(MissingScopeError):
        Server([replay("error_missing_scope_annotation")]).run(annotations.list_since, 1, SINCE)


@pytest.mark.parametrize(
    "more",
    [{"deleted": True}, {"hidden_in_user_interface": True}, {"date_marker": None}],
    ids=["deleted", "hidden", "no moment"],
)
def test_annotations_that_are_not_shown_are_left_out(more):
    sent = {"results": [{"date_marker": AT, "content": "x", **more}, 5, None]}
    assert decoding.annotations(encoded(sent)).items == ()


@pytest.mark.parametrize(
    ("colors", "read"),
    [
        (["#0B132B", "#fff"], ("#0b132b", "#ffffff")),
        ({"preset-2": "#111111", "preset-1": "#222222", "x": "#333333"}, ("#222222", "#111111")),
        (["#0b132b", "red", None, 5], ("#0b132b", "", "", "")),
        ({"preset-999999999": "#111111", "preset-1": "#222222"}, ("#222222",)),
    ],
    ids=["a list", "by token", "no colours between", "a place too far"],
)
def test_colours_of_a_theme_are_read(colors, read):
    sent = [{"id": 3, "name": "Ocean", "colors": colors, "is_global": True}]
    found = Server([answer(sent)]).run(color_themes.list_all, 1)
    assert [(one.id, one.name, one.colors, one.is_global) for one in found] == [
        (3, "Ocean", read, True)
    ]


@pytest.mark.parametrize("sent", [{"id": 3}, {"colors": ["#111111"]}, {"id": 1, "colors": ["red"]}])
def test_a_theme_of_no_use_is_left_out(sent):
    assert decoding.color_themes(encoded([sent])).items == ()


def test_a_server_without_themes_answers_not_found():
    server = Server(lambda _: answer({"detail": "Endpoint not found."}, 404))
    with pytest.raises(NotFoundError):
        server.run(color_themes.list_all, 1)


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        ({"name_singular": "company", "name_plural": "companies"}, ("company", "companies")),
        ({"name_singular": None, "name_plural": None}, ("organization", "organizations")),
        ({"name_singular": " ", "name_plural": "orgs"}, ("organization", "orgs")),
    ],
    ids=["as named", "by type", "half named"],
)
def test_names_of_groups_are_read(sent, names):
    sent = [{"group_type": "organization", "group_type_index": 2, **sent}]
    (found,) = Server([answer(sent)]).run(group_types.list_all, 1)
    assert (found.index, found.one, found.several) == (2, *names)


@pytest.mark.parametrize(
    "sent", [{"group_type": "x"}, {"group_type_index": 0}, {"group_type_index": "x"}, 5, None]
)
def test_a_group_type_of_no_use_is_left_out(sent):
    assert decoding.group_types(encoded([sent])).items == ()


def alerts(*sent):
    return read_alerts(Raw(json.dumps(sent).encode()))


def test_an_alert_of_2026_is_read():
    configuration = {"type": "percentage", "bounds": {"lower": None, "upper": 0.1}}
    sent = {
        "id": "0199",
        "name": "Up",
        "state": "Firing",
        "enabled": True,
        "condition": {"type": "relative_increase"},
        "threshold": {"configuration": configuration},
        "last_value": 7,
        "checks": [{"calculated_value": 9}],
    }
    assert alerts(sent) == (
        Alert(
            id="0199",
            name="Up",
            state="Firing",
            condition="relative_increase",
            upper=0.1,
            percentage=True,
            value=7.0,
        ),
    )


@needs_shared
def test_a_recorded_alert_of_2024_is_read():
    (found,) = alerts(recorded.exchange("alert_retrieve_firing")["response"]["json"])
    assert found.firing
    assert (found.name, found.condition) == ("Too many API errors", "absolute_value")
    assert (found.lower, found.upper, found.value) == (None, 50.0, 301.0)


@pytest.mark.parametrize(
    ("sent", "read"),
    [({}, None), ({"alerts": None}, None), ({"alerts": []}, ()), ({"alerts": [5]}, ())],
    ids=["not said", "null", "none", "no alert"],
)
def test_no_alerts_differ_from_none_named(sent, read):
    assert decoding.insight(encoded({"id": 1, **sent})).alerts == read


@given(anything)
def test_anything_in_their_place_is_taken(value):
    decoding.annotations(encoded([value, {"date_marker": value, "content": value}]))
    decoding.color_themes(encoded([value, {"id": 1, "colors": value}]))
    decoding.insight(encoded({"alerts": value}))
    decoding.insight(encoded({"alerts": [{"threshold": value, "condition": value}]}))
    decoding.insight(encoded({"alerts": [{"threshold": {"configuration": value}}]}))
