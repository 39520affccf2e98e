"""The whole of a visit by keyboard alone: sign in, open, filter, arrange, write, save, sign out."""

import pytest
from PySide6.QtWidgets import QDialog

from phdesk.core.grid.boards import board_boxes
from phdesk.demo.server import DemoServer
from phdesk.views.dialogs.sign_in import SignIn
from tests.app_parts import running, vault
from tests.keyboard import ALT, CTRL, SHIFT, Key, Keyboard
from tests.test_end_to_end import WAIT, board, complete

WIDE = (1300, 850)


@pytest.fixture
def server():
    with vault(), DemoServer() as server:
        yield server


class Visit:
    """The app, and the hands on its keyboard."""

    def __init__(self, app, qtbot):
        self.app = app
        self.keys = Keyboard(app.window, qtbot, WAIT)
        self.wait = self.keys.wait

    @property
    def screen(self):
        return self.app.window.screen_page

    @property
    def overlay(self):
        return self.app.store.state.overlays.get(self.app.desk.open_id)

    @property
    def override(self):
        return board(self.app).override

    @property
    def told(self):
        return self.app.window.notice.text

    def ready(self):
        return self.app.desk.open_id is not None and complete(self.app)()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_everything_is_done_by_keyboard_alone(qtbot, tmp_path, server):
    with running(tmp_path, size=WIDE) as app:
        visit = Visit(app, qtbot)
        signs_in(visit, server)
        opens(visit)
        filters(visit)
        arranges(visit)
        writes(visit)
        saves(visit, server)
        signs_out(visit)


def signs_in(visit, server):
    keys = visit.keys
    assert isinstance(visit.app.window.page, SignIn)
    keys.tab_to("US Cloud")
    keys.press(Key.Key_Right, times=2)
    assert "elf-hosted" in keys.name
    keys.tab_to("Address of your PostHog")
    keys.write(server.url)
    keys.tab_to("Personal API key")
    keys.write(server.key)
    keys.tab_to("Keep me signed in")
    visit.wait(lambda: visit.app.desk.online is not None)
    keys.tab_to("Sign in")
    keys.press(Key.Key_Space)
    visit.wait(visit.ready)


def opens(visit):
    """By the search of the sidebar, by the palette, back by key."""
    app, keys = visit.app, visit.keys
    first = app.desk.open_id
    keys.press(Key.Key_F, CTRL)
    keys.write("growth")
    keys.press(Key.Key_Return)
    visit.wait(lambda: app.desk.open_id != first and visit.ready())
    assert "rowth" in app.window.windowTitle()
    keys.press(Key.Key_Left, ALT)
    visit.wait(lambda: app.desk.open_id == first and visit.ready())
    keys.find("growth")
    visit.wait(lambda: app.desk.open_id != first and visit.ready())
    keys.find("Company")
    visit.wait(lambda: app.desk.open_id == first and visit.ready())


def filters(visit):
    """Dates in words, an interval, a condition, and back to what the team has."""
    keys = visit.keys
    keys.press(Key.Key_D)
    keys.tab_to("Date range in words")
    keys.write("last 14 days")
    keys.press(Key.Key_Return)
    visit.wait(lambda: visit.override is not None and visit.ready())
    assert visit.override.filters.date_from == "-14d"
    keys.press(Key.Key_I)
    keys.choose("By week")
    visit.wait(lambda: visit.override.filters.interval == "week" and visit.ready())
    keys.press(Key.Key_F, SHIFT)
    keys.tab_to("Find a property")
    keys.write("plan")
    keys.press(Key.Key_Return)
    visit.wait(lambda: keys.name == "Value")
    keys.write("pro")
    keys.press(Key.Key_Return, times=2)
    visit.wait(lambda: bool(visit.override.filters.properties))
    keys.tab_to("Remove the filter")
    keys.press(Key.Key_Space)
    visit.wait(lambda: not visit.override.filters.properties)
    keys.tab_to("Reset to the dashboard")
    keys.press(Key.Key_Space)
    visit.wait(lambda: visit.override is None and visit.ready())


def arranges(visit):
    """A tile is moved, another one resized; one step is undone and done again."""
    keys, screen = visit.keys, visit.screen
    first, second = list(screen.grid.tiles)[:2]
    before = dict(screen.grid.boxes)
    keys.press(Key.Key_E)
    assert screen.editing
    keys.tab_to(f"Move {screen.views[first].title}")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Down, times=6)
    keys.press(Key.Key_Return)
    assert screen.grid.boxes[first].y > before[first].y
    keys.tab_to(screen.views[second].title)
    keys.press(Key.Key_S)
    keys.press(Key.Key_Down, times=2)
    keys.press(Key.Key_Return)
    assert screen.grid.boxes[second].h == before[second].h + 2
    keys.press(Key.Key_Z, CTRL)
    assert screen.grid.boxes[second].h == before[second].h
    keys.press(Key.Key_Z, CTRL | SHIFT)
    assert screen.grid.boxes[second].h == before[second].h + 2
    visit.wait(lambda: visit.overlay is not None)
    keys.press(Key.Key_E)
    assert not screen.editing


def writes(visit):
    """A text card is added by name, changed by its menu, and the change undone."""
    app, keys, screen = visit.app, visit.keys, visit.screen
    known = set(screen.grid.tiles)
    keys.find("Add a text card")
    visit.wait(lambda: keys.name == "Text of the card")
    keys.write("Notes of the week")
    keys.tab_to("Add for everyone")
    keys.press(Key.Key_Space)
    visit.wait(lambda: len(screen.grid.tiles) == len(known) + 1 and visit.ready())
    (card,) = screen.grid.tiles.keys() - known
    keys.tab_to(screen.views[card].title)
    keys.press(Key.Key_Menu)
    keys.choose("Change for the team")
    keys.choose("Edit text")
    visit.wait(lambda: keys.name == "Text of the card")
    keys.write(", in short")
    keys.tab_to("Save for everyone")
    keys.press(Key.Key_Space)
    visit.wait(lambda: board(app).tiles[card].tile.text.body == "Notes of the week, in short")
    keys.press(Key.Key_Z, CTRL)
    visit.wait(lambda: board(app).tiles[card].tile.text.body == "Notes of the week")


def saves(visit, server):
    keys, app = visit.keys, visit.app
    wished = dict(visit.screen.grid.boxes)
    keys.tab_to("Save to PostHog")
    keys.press(Key.Key_Space)
    visit.wait(lambda: visit.overlay is None)
    assert board_boxes(board(app).dashboard) == wished


def signs_out(visit):
    app, keys = visit.app, visit.keys
    keys.press(Key.Key_A, CTRL | SHIFT)
    visit.wait(lambda: any(one.isVisible() for one in app.window.findChildren(QDialog)))
    keys.tab_to("Forget")
    keys.press(Key.Key_Space)
    keys.tab_to("Forget this account")
    keys.press(Key.Key_Space)
    visit.wait(lambda: isinstance(app.window.page, SignIn))
    assert app.preferences.accounts == ()
