"""Temporary filters from wish to numbers: what is asked, kept, dropped and shown."""

import json

import httpx
import pytest

from phdesk.core.filters import Filter, Override, Property
from phdesk.models.failure import Cause
from phdesk.services.filters import CHOICES, OVERTAKEN
from phdesk.services.overriding import sent_for
from phdesk.store.changes import with_account
from phdesk.store.overrides import saved_of
from tests.services.posthog import Gate, tile
from tests.store.builders import NOON, at

WEEK = Override(filters=Filter(date_from="-7d"))
DAY = Override(filters=Filter(date_from="-24h"))
NO_WRITE = {
    "type": "authentication_error",
    "code": "permission_denied",
    "detail": "API key missing required scope 'dashboard:write'",
}


@pytest.fixture
def opened(online, server, parts, ada, qtbot):
    server.tiles = [tile(1, -5), tile(2, -9, y=5)]
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: settled(parts))
    server.asked.clear()
    return online.filters


def board(parts):
    return parts.store.state.dashboards[9]


def settled(parts):
    held = parts.store.state.dashboards.get(9)
    return held is not None and not held.loading and held.progress is None and not held.from_cache


def all_of(parts, override):
    key = override.key if override else ""
    return settled(parts) and all(held.filters == key for held in board(parts).tiles.values())


def times(parts):
    return {number: each.computed_at for number, each in board(parts).tiles.items()}


def overrides(server):
    return [
        json.loads(params["filters_override"])
        for _, params in server.asked
        if "filters_override" in params
    ]


def test_dashboard_and_tiles_are_read_with_the_override(opened, server, parts, qtbot):
    opened.override(9, WEEK)
    assert all(held.is_other for held in board(parts).tiles.values())
    assert all(held.has_result for held in board(parts).tiles.values())
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    assert overrides(server) == [{"date_from": "-7d"}] * 3
    asked = [path for path, params in server.asked if "refresh" in params]
    assert sorted(asked) == ["dashboards/9/", "insights/101/", "insights/102/"]
    assert sorted(times(parts).values()) == [at(2), at(3)]
    assert dict(server.asked)["insights/101/"]["from_dashboard"] == "9"


def test_going_back_paints_at_once_from_what_is_kept_with_its_true_age(
    opened, server, parts, qtbot
):
    before = times(parts)
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    under_week = times(parts)
    server.asked.clear()
    server.special["dashboards/9/"] = Gate()  # nothing comes from the server now
    opened.override(9, None)
    assert times(parts) == before
    assert not any(held.is_other for held in board(parts).tiles.values())
    opened.override(9, WEEK)
    assert times(parts) == under_week
    assert not any(held.is_other for held in board(parts).tiles.values())
    server.special["dashboards/9/"].open()
    qtbot.waitUntil(lambda: settled(parts))
    assert server.paths("insights/") == [], "what is fresh is not calculated again"


def test_an_answer_for_filters_that_were_left_is_dropped_and_kept_for_later(
    opened, server, parts, qtbot
):
    gate = server.special["insights/101/"] = Gate()
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: server.running == 1)
    opened.override(9, DAY)
    qtbot.waitUntil(lambda: server.cancelled == 1)
    del server.special["insights/101/"]
    gate.open()
    qtbot.waitUntil(lambda: all_of(parts, DAY))
    assert board(parts).progress is None


def test_a_new_key_press_before_the_answer_only_shows_the_last_wish(opened, server, parts, qtbot):
    for override in (WEEK, DAY, None, WEEK, DAY):
        opened.override(9, override)
    qtbot.waitUntil(lambda: all_of(parts, DAY))
    assert {one.get("date_from") for one in overrides(server)} <= {"-7d", "-24h"}
    assert bytes(board(parts).dashboard.filters) == b'{"date_from":"-24h"}'


def test_without_a_network_what_is_kept_is_shown_and_the_rest_stays_marked(
    opened, server, parts, qtbot
):
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    server.special["dashboards/9/"] = httpx.ConnectError("no network")
    opened.override(9, None)
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    assert not any(held.is_other for held in board(parts).tiles.values())
    opened.override(9, DAY)
    qtbot.waitUntil(lambda: not board(parts).loading)
    assert all(held.is_other for held in board(parts).tiles.values())
    opened.override(9, WEEK)
    assert not any(held.is_other for held in board(parts).tiles.values())


def test_what_is_kept_of_filters_that_others_changed_meanwhile_is_marked_on_the_way_back(
    opened, online, server, parts, qtbot
):
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    server.filters = {"date_from": "-90d"}
    online.refresh(9)
    qtbot.waitUntil(lambda: saved_of(board(parts)).date_from == "-90d")
    server.special["dashboards/9/"] = httpx.ConnectError("no network")
    opened.override(9, None)
    assert all(held.is_other for held in board(parts).tiles.values())
    del server.special["dashboards/9/"]
    online.refresh(9)
    qtbot.waitUntil(lambda: all_of(parts, None))


def test_a_restart_shows_the_dashboards_own_numbers_not_those_of_a_temporary_set(
    opened, server, parts, ada, qtbot
):
    before = times(parts)
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    cached = parts.cache.load_dashboard(ada.id, 7, 9)
    assert {each.tile_id: each.computed_at for each in cached.tiles} == before
    assert b"-7d" not in cached.meta


def test_old_servers_get_dates_for_ranges_they_cannot_read(opened, server, parts, qtbot):
    server.modern = False
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    last_week = Override(filters=Filter(date_from="-1wStart", date_to="-1wEnd", interval="day"))
    opened.override(9, last_week)
    sent = sent_for(parts.store.state, 9, NOON)
    assert json.loads(bytes(sent.filters)) == {
        "date_from": "2026-11-15T00:00:00",
        "date_to": "2026-11-21T23:59:59",
    }
    assert sent.key == last_week.key
    qtbot.waitUntil(lambda: all_of(parts, last_week))


def test_saving_for_everyone_sends_one_patch_and_keeps_the_numbers(opened, server, parts, qtbot):
    chrome = Override(
        filters=Filter(date_from="-7d", properties=(Property(key="$browser", value=["Chrome"]),))
    )
    opened.override(9, chrome)
    qtbot.waitUntil(lambda: all_of(parts, chrome))
    seen = times(parts)
    gate = server.special["PATCH dashboards/9/"] = Gate()
    with qtbot.waitSignal(opened.was_saved) as saved:
        opened.save(9)
        qtbot.waitUntil(lambda: server.running == 1)
        server.filters = {"date_from": "-7d"}
        server.tiles = [tile(1), tile(2, y=5)]
        gate.open()
    assert saved.args == [9]
    (body,) = server.changed
    assert body == {
        "filters": {
            "date_from": "-7d",
            "date_to": None,
            "breakdown_filter": None,
            "properties": [
                {"key": "$browser", "value": ["Chrome"], "operator": "exact", "type": "event"}
            ],
        }
    }
    assert board(parts).override is None
    assert times(parts) == seen
    assert not any(held.is_other for held in board(parts).tiles.values())
    assert saved_of(board(parts)).date_from == "-7d"


@pytest.mark.parametrize("modern", [True, False], ids=["2026", "2024"])
def test_filters_that_somebody_else_saved_meanwhile_are_not_written_over(
    opened, server, parts, qtbot, modern
):
    server.modern = modern
    opened.override(9, Override(filters=Filter(date_from="-7d")))
    server.filters = {"date_from": "-90d"}
    with qtbot.waitSignal(opened.not_saved) as refused:
        opened.save(9)
    assert refused.args == [9, OVERTAKEN]
    assert server.changed == []
    assert board(parts).override.filters.date_from == "-7d", "mine is still shown"
    with qtbot.waitSignal(opened.was_saved):
        opened.save(9)
    assert server.filters["date_from"] == "-7d"


def test_a_refused_save_keeps_the_override_and_names_the_scope(opened, server, parts, qtbot):
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    server.special["dashboards/9/"] = (403, NO_WRITE)
    with qtbot.waitSignal(opened.not_saved) as refused:
        opened.save(9)
    failure = refused.args[1]
    assert (failure.cause, failure.scope) == (Cause.MISSING_SCOPE, "dashboard:write")
    assert board(parts).override == WEEK


def test_nothing_temporary_saves_nothing(opened, server):
    opened.save(9)
    assert server.changed == []


def test_another_account_forgets_temporary_filters(opened, parts, qtbot):
    opened.override(9, WEEK)
    parts.store.apply(with_account, None, None)
    assert parts.store.state.dashboards == {}
    qtbot.waitUntil(lambda: not parts.background._wanted)  # the answer for them comes all the same
    assert parts.store.state.dashboards == {}


def test_choices_are_asked_for_once(opened, server, qtbot):
    with qtbot.waitSignal(opened.properties_came) as came:
        opened.find_properties("event", "bro")
    assert (came.args[0], came.args[1]) == ("event", "bro")
    assert [one.name for one in came.args[2]] == ["$browser"]
    with qtbot.waitSignal(opened.properties_came):
        opened.find_properties("event", "bro")
    assert server.paths("property_definitions/") == ["property_definitions/"]
    assert dict(server.asked)["property_definitions/"] == {
        "type": "event",
        "limit": "100",
        "search": "bro",
    }


@pytest.mark.parametrize(
    ("kind", "values"), [("event", ("Chrome", "Safari")), ("person", ("pro",))]
)
def test_values_come_bare_or_wrapped(opened, qtbot, kind, values):
    with qtbot.waitSignal(opened.values_came) as came:
        opened.find_values(kind, "plan")
    assert tuple(came.args[2]) == values


def test_variables_come_with_names_and_choices(opened, server, qtbot):
    server.variables = [
        {"id": "v1", "name": "Plan", "code_name": "plan", "type": "List", "values": ["pro"]}
    ]
    with qtbot.waitSignal(opened.variables_came) as came:
        opened.find_variables()
    assert (came.args[0][0].name, came.args[0][0].choices) == ("Plan", ("pro",))


def test_what_may_not_be_read_is_told(opened, server, qtbot):
    server.special["property_definitions/"] = (403, NO_WRITE)
    with qtbot.waitSignal(opened.refused) as refused:
        opened.find_properties("event")
    assert refused.args[0] == "event properties"
    assert refused.args[1].cause is Cause.MISSING_SCOPE


ASKED = {
    "id": "v1", "name": "Plan", "code_name": "plan", "type": "List",
    "values": None, "values_query": "select plan from events",
}  # fmt: skip


def test_choices_of_a_query_are_asked_for_once(opened, server, qtbot):
    server.variables = [ASKED]
    server.special["query/"] = (
        200,
        {"results": [["pro"], ["free"]], "last_refresh": "2026-11-23T12:00:00Z"},
    )
    with qtbot.waitSignal(opened.variables_came):
        opened.find_variables()
    for _ in range(2):
        with qtbot.waitSignal(opened.choices_came) as came:
            opened.find_choices("v1")
        assert (came.args[0], [one.value for one in came.args[1]]) == ("v1", ["pro", "free"])
    asked = [body["query"] for _, path, body in server.sent if path == "query/"]
    assert asked == [{"kind": "HogQLQuery", "query": "select plan from events\nLIMIT 1000"}]


@pytest.mark.parametrize(
    "answer",
    [
        (400, {"type": "validation_error", "code": "x", "detail": "No table.", "attr": None}),
        (200, {"results": [], "error": "No table."}),
    ],
    ids=["refused", "inside"],
)
def test_a_query_for_choices_that_fails_says_why(opened, server, qtbot, answer):
    server.variables = [ASKED]
    server.special["query/"] = answer
    with qtbot.waitSignal(opened.variables_came):
        opened.find_variables()
    with qtbot.waitSignal(opened.refused) as refused:
        opened.find_choices("v1")
    assert refused.args[0] == CHOICES
    assert "No table." in refused.args[1].message


def test_all_that_the_last_session_was_to_save_is_given_up(opened, server, parts, qtbot):
    opened.override(9, WEEK)
    qtbot.waitUntil(lambda: all_of(parts, WEEK))
    server.special["GET dashboards/9/"] = Gate()
    opened.save(9)
    opened.save(9)
    qtbot.waitUntil(lambda: server.running == 2)
    opened.use(None)
    qtbot.waitUntil(lambda: server.cancelled == 2)
