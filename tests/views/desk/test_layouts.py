"""From the screen to the service and back: what the note says, and the choice between two."""

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from phdesk.core.grid.session import put
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Box
from phdesk.models.failure import Cause, Failure
from phdesk.services.layouts import Standing
from phdesk.store import changes
from phdesk.store.state import Overlay
from phdesk.views.dashboard.layout_note import LayoutLine
from phdesk.views.desk.layouts import Layouts, note_of
from phdesk.views.dialogs.layout_choice import LayoutChoice
from tests.services.posthog import KEY, Gate
from tests.store.builders import NOON, board
from tests.views.dashboard.showing import grid_of
from tests.views.desk.conftest import Windowed, sent

LEFT = Qt.MouseButton.LeftButton
TOP, BOTTOM = Box(0, 0, 6, 5), Box(0, 5, 6, 5)
SWAPPED = {1: BOTTOM, 2: TOP}
BEN = Account(id="us.posthog.com-u2", host="https://us.posthog.com", project_id=7)
PATCH = "PATCH dashboards/9/"


@pytest.fixture
def desk(ada):
    """Ada with the dashboard 9 on screen and its layout wired."""
    Layouts(ada.desk, ada.pages)
    return ada


def line(desk):
    found = desk.screen.findChildren(LayoutLine)
    return found[0] if found and found[0].isVisible() else None


def button(desk, text):
    return next(one for one in line(desk).findChildren(QPushButton) if one.text() == text)


def press(desk, text):
    desk.qtbot.mouseClick(button(desk, text), LEFT)


def moves(desk, boxes=SWAPPED):
    desk.screen.layout_changed.emit(boxes)


def order(desk):
    return list(desk.screen.grid.tiles)


def stored(server):
    return {one["id"]: one["layouts"]["sm"]["y"] for one in server.tiles}


def test_a_move_is_shown_at_once_and_noted(desk, server):
    assert (line(desk), order(desk)) == (None, [1, 2])
    moves(desk)
    desk.qtbot.waitUntil(lambda: order(desk) == [2, 1])
    assert line(desk).accessibleName() == "Layout changed on this computer only"
    assert button(desk, "Save to PostHog").isEnabled()
    assert server.changed == []


def test_saving_makes_it_the_teams_and_the_note_goes(desk, server):
    moves(desk)
    desk.qtbot.waitUntil(lambda: line(desk) is not None)
    gate = server.special[PATCH] = Gate()
    press(desk, "Save to PostHog")
    desk.qtbot.waitUntil(lambda: server.running == 1)
    assert button(desk, "Saving…")
    before = {one: widget.geometry() for one, widget in desk.screen.grid.tiles.items()}
    gate.open()
    desk.qtbot.waitUntil(lambda: line(desk) is None)
    assert stored(server) == {1: 5, 2: 0}
    assert {one: widget.geometry() for one, widget in desk.screen.grid.tiles.items()} == before


def test_discarding_shows_the_teams_again(desk, server):
    moves(desk)
    desk.qtbot.waitUntil(lambda: line(desk) is not None)
    press(desk, "Discard")
    desk.qtbot.waitUntil(lambda: line(desk) is None and order(desk) == [1, 2])
    assert server.changed == []


def test_a_refusal_names_the_scope_and_keeps_the_layout(desk, server):
    detail = "API key missing required scope 'dashboard:write'"
    server.special[PATCH] = (403, {"detail": detail})
    moves(desk)
    desk.qtbot.waitUntil(lambda: line(desk) is not None)
    press(desk, "Save to PostHog")
    desk.qtbot.waitUntil(lambda: "dashboard:write" in line(desk).accessibleName())
    assert (
        not button(desk, "Save to PostHog").isEnabled()
        or button(desk, "Save to PostHog").hasFocus()
    )
    assert order(desk) == [2, 1]


def test_offline_it_waits_and_is_offered_again(desk, server):
    moves(desk)
    desk.qtbot.waitUntil(lambda: line(desk) is not None)
    server.special["dashboards/9/"] = httpx.ConnectError("down")
    press(desk, "Save to PostHog")
    desk.qtbot.waitUntil(lambda: "offline" in line(desk).accessibleName())
    assert order(desk) == [2, 1]
    del server.special["dashboards/9/"]
    desk.desk.online.refresh(9)
    desk.qtbot.waitUntil(lambda: "offline" not in line(desk).accessibleName())
    press(desk, "Save to PostHog")
    desk.qtbot.waitUntil(lambda: line(desk) is None)
    assert stored(server) == {1: 5, 2: 0}


@pytest.fixture
def choice(desk, server):
    """The dialog about a tile that a colleague moved meanwhile."""
    moves(desk)
    desk.qtbot.waitUntil(lambda: line(desk) is not None)
    server.tiles[0]["layouts"]["sm"] |= {"x": 6, "y": 0}
    press(desk, "Save to PostHog")
    desk.qtbot.waitUntil(lambda: bool(desk.dialogs()))
    return desk.dialog(LayoutChoice)


def choose(desk, choice, text):
    found = next(one for one in choice.findChildren(QPushButton) if one.text() == text)
    desk.qtbot.mouseClick(found, LEFT)


def test_a_colleagues_change_is_shown_as_a_choice(desk, choice, server):
    assert server.changed == []
    choose(desk, choice, "Decide later")
    assert order(desk) == [2, 1]
    assert line(desk) is not None


def test_keeping_mine_saves_it(desk, choice, server):
    choose(desk, choice, "Keep mine")
    desk.qtbot.waitUntil(lambda: line(desk) is None)
    assert stored(server) == {1: 5, 2: 0}


def test_taking_the_teams_shows_it(desk, choice, server):
    choose(desk, choice, "Take the team's")
    tiles = desk.screen.grid.tiles
    desk.qtbot.waitUntil(lambda: line(desk) is None and tiles[1].x() > tiles[2].x())
    assert server.changed == []


def test_only_the_window_that_saves_asks_which_layout_to_keep(desk, online, server, qtbot):
    other = Windowed(qtbot, desk.parts)
    other.pages.start(9)
    other.desk.set_online(online)
    Layouts(other.desk, other.pages)
    try:
        moves(desk)
        qtbot.waitUntil(lambda: line(desk) is not None and line(other) is not None)
        server.tiles[0]["layouts"]["sm"] |= {"x": 6, "y": 0}
        press(other, "Save to PostHog")
        qtbot.waitUntil(lambda: bool(other.dialogs()))
        assert desk.dialogs() == set()
        choose(other, other.dialog(LayoutChoice), "Keep mine")
        qtbot.waitUntil(lambda: line(desk) is None and line(other) is None)
        assert stored(server) == {1: 5, 2: 0}
    finally:
        other.window.close()


def test_no_step_of_another_account_is_undone_on_a_dashboard_of_the_same_number(desk, qtbot):
    desk.screen.toggle_editing()
    editor = desk.screen._arranging._editor
    editor.begin(1)
    editor.change(put, Box(6, 0, 6, 5))
    editor.commit()
    qtbot.waitUntil(lambda: 9 in desk.state.overlays)
    desk.desk.online.begin(BEN, KEY, Project(id=7))
    qtbot.waitUntil(lambda: desk.state.account == BEN and desk.board is not None)
    desk.quiet()
    desk.shows(desk.screen)
    with qtbot.assertNotEmitted(desk.screen.layout_changed):
        desk.screen.undo()
    assert not editor.can_undo
    assert desk.state.overlays == {}


def test_the_note_belongs_to_its_dashboard(desk):
    desk.parts.store.apply(changes.with_dashboard, board(*grid_of(3), dashboard_id=5), now=NOON)
    moves(desk)
    desk.qtbot.waitUntil(lambda: line(desk) is not None)
    desk.pages.open_dashboard(5)
    assert line(desk) is None
    desk.pages.open_dashboard(9)
    assert line(desk) is not None
    assert order(desk) == [2, 1]


def test_what_is_moved_before_the_network_is_loaded_is_kept(windowed, online, server, signed_out):
    tiles = [sent(1, -5), sent(2, -9, y=5)]
    server.tiles = tiles
    windowed.parts.store.apply(changes.with_dashboard, board(*grid_of(2, across=1)), now=NOON)
    windowed.pages.start(9)
    Layouts(windowed.desk, windowed.pages)
    moves(windowed)
    assert windowed.state.overlays == {}
    windowed.desk.set_online(online)
    assert windowed.state.overlays[9].boxes == SWAPPED


def test_a_layout_of_an_earlier_run_is_noted_before_the_network_is_loaded(windowed, signed_out):
    overlay = Overlay(boxes=SWAPPED, base={1: TOP, 2: BOTTOM}, changed_at=NOON)
    windowed.parts.store.apply(changes.with_dashboard, board(*grid_of(2, across=1)), now=NOON)
    windowed.parts.store.apply(changes.with_overlay, 9, overlay)
    windowed.pages.start(9)
    Layouts(windowed.desk, windowed.pages)
    assert "Connecting" in line(windowed).accessibleName()
    assert order(windowed) == [2, 1]


FAILED = Failure(cause=Cause.SERVER, message="The server had an error.")
VIEWER = Failure(cause=Cause.FORBIDDEN, message="You may view it.")
SCOPE = Failure(cause=Cause.MISSING_SCOPE, message="No scope.", scope="dashboard:write")
AWAY = Failure(cause=Cause.NETWORK, message="down")


@pytest.mark.parametrize(
    ("standing", "can_save", "word"),
    [
        pytest.param(None, False, "Connecting", id="loading"),
        pytest.param(Standing(), True, "on this computer only", id="to be saved"),
        pytest.param(Standing(saving=True), True, "on this computer only", id="saving"),
        pytest.param(Standing(failure=FAILED), True, "had an error", id="failed"),
        pytest.param(Standing(failure=VIEWER, can_try=False), False, "may view", id="viewer"),
        pytest.param(Standing(failure=SCOPE, can_try=False), False, "then refresh", id="scope"),
        pytest.param(Standing(failure=AWAY, can_try=False), False, "offline", id="offline"),
    ],
)
def test_the_note_says_how_it_stands(standing, can_save, word):
    note = note_of(standing)
    assert note.can_save is can_save
    assert note.busy is (standing is not None and standing.saving)
    assert word in f"{note.text} {note.why_not}"
