"""Annotations and colour themes: read with the dashboard, sparingly, and never in the way."""

from datetime import timedelta

import httpx
import pytest
from msgspec.structs import replace

from phdesk.models.account import Project
from phdesk.services.library import load_around, load_start
from phdesk.services.settings import Settings
from phdesk.store.state import NOTHING_AROUND
from tests.services.on_dashboard import settled
from tests.services.posthog import BROKEN, NO_SCOPE, tile
from tests.store.builders import NOON

NOTES = "annotations/"
THEMES = "data_color_themes/"
NOTE = {"id": 1, "content": "Release", "date_marker": "2026-11-20T09:00:00Z", "scope": "project"}
OCEAN = {"id": 3, "name": "Ocean", "colors": ["#0b132b"], "is_global": True}


@pytest.fixture
def clock(online, monkeypatch):
    """The time as the reader of surroundings sees it, moved by hand."""
    moment = [NOON]
    monkeypatch.setattr(online._surroundings, "_now", lambda: moment[0])
    return moment


@pytest.fixture
def read(online, parts, ada, server, qtbot):
    """Read dashboard 9 once more, to the end of everything that it brings."""
    server.tiles = [tile(1, 0)]

    def read():
        before = len(server.paths("dashboards/9/"))
        online.open_dashboard(9)
        qtbot.waitUntil(lambda: len(server.paths("dashboards/9/")) > before and settled(parts))
        qtbot.waitUntil(lambda: not online._surroundings._running)

    return read


def around(parts):
    return parts.store.state.around


def test_both_are_read_with_the_first_dashboard(read, server, parts):
    server.annotations, server.color_themes = [NOTE], [OCEAN]
    read()
    assert [one.content for one in around(parts).annotations] == ["Release"]
    assert [one.name for one in around(parts).color_themes] == ["Ocean"]


def test_groups_are_called_as_the_project_calls_them_also_from_disk(read, server, parts):
    server.group_types = [{"group_type_index": 0, "name_singular": "shop", "name_plural": "shops"}]
    read()
    assert [(one.index, one.several) for one in around(parts).group_types] == [(0, "shops")]
    emptied = parts.store.state
    emptied = replace(emptied, around=NOTHING_AROUND)
    again, _ = load_around(emptied, parts.cache)
    assert again.around.group_types == around(parts).group_types


def test_they_are_spared_for_five_minutes(read, server, clock):
    read()
    read()
    assert len(server.paths(NOTES)) == len(server.paths(THEMES)) == 1
    clock[0] += timedelta(minutes=5)
    read()
    assert len(server.paths(NOTES)) == len(server.paths(THEMES)) == 2


@pytest.mark.parametrize("status", [403, 404])
def test_the_first_refusal_switches_one_off_without_a_word(
    read, server, parts, clock, heard, status
):
    server.color_themes = [OCEAN]
    server.special[NOTES] = server.special[f"environments/7/{NOTES}"] = (status, NO_SCOPE)
    read()
    asked = len(server.paths(NOTES))  # 404: also below the environment
    clock[0] += timedelta(minutes=9)
    read()
    assert len(server.paths(NOTES)) == asked
    assert len(server.paths(THEMES)) == 2
    state = parts.store.state
    assert (state.offline, state.dashboards[9].failure, heard["told"]) == (None, None, [])
    assert [one.name for one in state.around.color_themes] == ["Ocean"]


def test_the_next_session_asks_again(read, server, online, qtbot):
    server.special[NOTES] = (403, NO_SCOPE)
    read()
    assert online._surroundings.refused == {"annotations"}
    online.choose_project(Project(id=8))
    assert online._surroundings.refused == set()


@pytest.mark.parametrize(
    "trouble", [(500, BROKEN), httpx.ConnectError("gone")], ids=["error", "no answer"]
)
def test_other_trouble_keeps_what_is_known_and_is_tried_again(read, server, parts, clock, trouble):
    server.annotations = [NOTE]
    read()
    clock[0] += timedelta(minutes=5)
    server.special[NOTES] = trouble
    read()
    assert [one.content for one in around(parts).annotations] == ["Release"]
    del server.special[NOTES]
    server.annotations = [{**NOTE, "content": "Newer"}]
    read()
    assert [one.content for one in around(parts).annotations] == ["Newer"]


def test_they_are_there_at_the_next_start_without_the_network(read, server, parts, ada):
    server.annotations, server.color_themes = [NOTE], [OCEAN]
    read()
    settings = Settings(account=ada.id, projects={ada.id: 7}, dashboards={ada.id: 9})
    state = load_start(parts.cache, settings, [ada])
    assert state.around == around(parts)
    assert state.around.annotations


def test_another_project_starts_without_them(read, server, online, parts):
    server.annotations = [NOTE]
    read()
    online.choose_project(Project(id=8))
    assert around(parts).annotations == ()
