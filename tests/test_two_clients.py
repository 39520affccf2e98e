"""Two people with phdesk on one PostHog arrange the same dashboard: nobody's work goes silently."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from phdesk.core.grid import moves
from phdesk.core.grid.boards import board_boxes
from phdesk.demo.server import DemoServer
from phdesk.views.dashboard.layout_note import LayoutLine
from phdesk.views.dialogs.board_words import TextDialog
from phdesk.views.dialogs.layout_choice import LayoutChoice
from tests.app_parts import running, vault
from tests.test_end_to_end import WAIT, board, complete, sign_in

LEFT = Qt.MouseButton.LeftButton
WIDE = (1300, 800)


class Person:
    """One of them, with an app of their own."""

    def __init__(self, app, qtbot, server):
        self.app, self.qtbot = app, qtbot
        sign_in(app, qtbot, server)
        self.wait(complete(app))

    def wait(self, until):
        self.qtbot.waitUntil(until, timeout=WAIT)

    @property
    def screen(self):
        return self.app.window.screen_page

    @property
    def overlay(self):
        return self.app.store.state.overlays.get(self.app.desk.open_id)

    @property
    def teams(self):
        """The team's layout, as this person's app knows it."""
        return board_boxes(board(self.app).dashboard)

    @property
    def shown(self):
        """Where the tiles are on screen, or glide to."""
        return dict(self.screen.grid.boxes)

    def lowers(self, tile_id):
        """Move a tile to the end of the dashboard."""
        boxes = self.overlay.boxes if self.overlay else self.teams
        ids = list(boxes)
        end = max(box.y + box.h for box in boxes.values())
        after = moves.moved(list(boxes.values()), ids.index(tile_id), 0, end)
        self.screen.layout_changed.emit(dict(zip(ids, after, strict=True)))
        self.wait(lambda: self.screen.findChild(LayoutLine) is not None)
        self.wait(self.screen.findChild(LayoutLine).isVisible)

    def takes_down(self, tile_id, rows):
        """Do the same with the keyboard alone: edit, take the tile, move it, let go, leave."""
        self.app.window.activateWindow()
        self.wait(self.app.window.isActiveWindow)
        self.screen.grid.focus_tile(tile_id)
        for key in (Qt.Key.Key_E, Qt.Key.Key_M, *[Qt.Key.Key_Down] * rows, Qt.Key.Key_Return):
            self.qtbot.keyClick(QApplication.focusWidget(), key)
        assert self.screen.editing
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not self.screen.editing

    def presses(self, text, where=None):
        within = where or self.screen.findChild(LayoutLine)
        button = next(one for one in within.findChildren(QPushButton) if one.text() == text)
        self.wait(button.isVisible)
        self.qtbot.mouseClick(button, LEFT)

    def saves(self):
        self.presses("Save to PostHog")
        self.wait(lambda: self.overlay is None)

    def refreshes(self):
        asked = board(self.app).asked
        self.app.desk.online.refresh(self.app.desk.open_id)
        self.wait(lambda: board(self.app).asked > asked and complete(self.app)())

    def is_asked(self):
        def dialogs():
            return [one for one in self.app.window.findChildren(LayoutChoice) if one.isVisible()]

        self.wait(lambda: bool(dialogs()))
        return dialogs()[0]


@pytest.fixture
def server():
    with vault(), DemoServer() as server:
        yield server


@pytest.fixture
def people(qtbot, tmp_path, server):
    with running(tmp_path / "ada", size=WIDE) as hers, running(tmp_path / "ben", size=WIDE) as his:
        yield Person(hers, qtbot, server), Person(his, qtbot, server)


def test_what_one_saves_the_other_sees(people):
    ada, ben = people
    before = ben.teams
    first = next(iter(before))
    ada.takes_down(first, rows=9)
    assert ada.overlay.boxes[first].y > before[first].y
    shown = ada.shown
    ada.saves()
    assert ada.shown == shown, "nothing moves when it is saved"
    ben.refreshes()
    assert ben.teams == ada.teams != before
    assert ben.teams[first].y > before[first].y
    assert ben.shown == ada.shown


def test_work_on_different_tiles_is_joined(people):
    ada, ben = people
    ids = sorted(ada.teams, key=lambda one: (ada.teams[one].y, ada.teams[one].x))
    taller = ada.teams | {ids[-1]: taller_by(ada.teams[ids[-1]], 4)}
    ada.screen.layout_changed.emit(taller)
    ada.wait(lambda: ada.overlay is not None)
    ben.lowers(ids[0])
    ben.saves()
    ada.presses("Save to PostHog")
    ada.wait(lambda: ada.overlay is None or bool(ada.app.window.findChildren(LayoutChoice)))
    assert not ada.app.window.findChildren(LayoutChoice), "they were not in each other's way"
    ben.refreshes()
    assert ben.teams == ada.teams
    assert ada.teams[ids[-1]].h == taller[ids[-1]].h
    assert ada.teams[ids[0]].y > 0


def taller_by(box, rows):
    return type(box)(box.x, box.y, box.w, box.h + rows)


def test_work_on_the_same_tile_is_a_choice(people):
    ada, ben = people
    first, second, *_ = ada.teams
    ada.lowers(first)
    ben.lowers(second)
    ben.lowers(first)
    mine, theirs = ada.overlay.boxes, ben.overlay.boxes
    ben.saves()
    ada.presses("Save to PostHog")
    dialog = ada.is_asked()
    assert (ada.overlay.boxes, ada.teams) == (mine, theirs), "the team's is under one's own"
    ben.refreshes()
    assert ben.teams == theirs
    ada.presses("Keep mine", dialog)
    ada.wait(lambda: ada.overlay is None)
    ben.refreshes()
    assert ben.teams == ada.teams == mine


@pytest.mark.usefixtures("quick_retries")
def card_of(person):
    held = board(person.app).tiles.values()
    return next(one.tile.id for one in held if one.tile.text is not None)


def writes(person, body):
    dialogs = person.app.window.findChildren(TextDialog)
    dialog = next(one for one in dialogs if one.isVisible())
    dialog.findChild(QPlainTextEdit).setPlainText(body)
    person.presses("Save for everyone", dialog)


def words_on(person, card):
    return board(person.app).tiles[card].tile.text.body


def test_a_text_that_both_changed_is_shown_before_it_is_written_over(people):
    ada, ben = people
    card = card_of(ada)
    for person in people:
        person.screen.tile_edit_requested.emit(card, "text", None)
    writes(ben, "Ben's words")
    ben.wait(lambda: words_on(ben, card) == "Ben's words")
    writes(ada, "Ada's words")
    ada.wait(lambda: any(one.isVisible() for one in ada.app.window.findChildren(TextDialog)))
    assert words_on(ada, card) == "Ben's words", "it is shown, and not lost"
    writes(ada, "Both: Ben's words, Ada's words")
    ada.wait(lambda: words_on(ada, card).startswith("Both"))
    ben.refreshes()
    assert words_on(ben, card) == "Both: Ben's words, Ada's words"


def test_unsaved_work_is_there_at_the_next_start_and_without_a_server(qtbot, tmp_path):
    with vault():
        with DemoServer() as server, running(tmp_path / "ada") as app:
            ada = Person(app, qtbot, server)
            ada.lowers(next(iter(ada.teams)))
            overlay, order = ada.overlay, list(ada.screen.grid.tiles)
        with running(tmp_path / "ada") as app:  # the server is gone
            assert app.store.state.overlays[app.desk.open_id] == overlay
            assert list(app.window.screen_page.grid.tiles) == order, "with the first paint"
            line = app.window.screen_page.findChild
            qtbot.waitUntil(lambda: line(LayoutLine) is not None, timeout=WAIT)
            qtbot.waitUntil(lambda: "offline" in line(LayoutLine).accessibleName(), timeout=WAIT)
