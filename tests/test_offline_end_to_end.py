"""A day without a network: all that is read goes on from what is kept, and returns by itself."""

import csv
import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QToolTip

from phdesk.demo.server import DemoServer
from phdesk.services import reach
from phdesk.views.desk.page_words import NOT_KEPT
from phdesk.views.explore.explore import Explore
from phdesk.views.widgets.banner import Banner
from tests.app_parts import running, vault
from tests.keyboard import ALT, CTRL, SHIFT, Key
from tests.test_boards_end_to_end import Person, facts_of
from tests.test_end_to_end import board, complete, summaries
from tests.test_without_a_mouse import Visit

WIDE = (1300, 850)
LINE = "Revenue by day"


@pytest.fixture
def server(unused_port):
    with vault(), DemoServer(unused_port) as server:
        yield server


class Reader(Visit):
    """Somebody who only reads, and what was seen while there was a network."""

    def __init__(self, app, qtbot):
        super().__init__(app, qtbot)
        self.qtbot = qtbot

    def opens(self, words, title):
        self.keys.find(words)
        self.wait(lambda: title in self.app.window.windowTitle())

    def asks(self, words):
        """Ask for other dates."""
        self.keys.press(Key.Key_D)
        self.keys.tab_to("Date range in words")
        self.keys.write(words)
        self.keys.press(Key.Key_Return)
        self.app.store.announce()

    def takes_back(self):
        self.keys.press(Key.Key_D, SHIFT)
        self.app.store.announce()

    def goes_to(self, title):
        """Give the keyboard to a tile."""
        views = self.screen.views
        tile_id = next(one for one, view in views.items() if view.title == title)
        self.screen.grid.focus_tile(tile_id)
        return self.screen.grid.tiles[tile_id], views[tile_id]

    def answered(self):
        tiles = board(self.app).tiles.values()
        return complete(self.app)() and not any(held.is_other for held in tiles)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.usefixtures("quick_retries")
def test_all_that_is_read_goes_on_without_the_server_and_comes_back_with_it(
    qtbot, tmp_path, server, monkeypatch
):
    monkeypatch.setattr(reach, "OFFLINE_WAIT", (1,))
    with running(tmp_path, size=WIDE) as app:
        person = Person(app, qtbot)
        person.signs_in(server)
        reader = Reader(app, qtbot)
        seen = looks_around(reader, person)
        server.stop()
        hears_of_it(reader)
        opens_what_is_kept(reader, seen)
        reads_a_chart(reader)
        takes_it_along(reader, tmp_path)
        asks_other_questions(reader, seen)
        wants_what_was_never_opened(reader)
        server.start()
        is_back(reader)


def looks_around(reader, person):
    """While the server answers: another dashboard, other dates, a board of one's own."""
    company = summaries(reader.app)
    person.adds(LINE, to="Mornings")
    reader.opens("mornings", "Mornings")
    reader.wait(complete(reader.app))
    mine = facts_of(reader.app.front)
    reader.opens("growth", "rowth")
    reader.wait(complete(reader.app))
    growth = summaries(reader.app)
    reader.asks("last 7 days")
    reader.wait(reader.answered)
    week = summaries(reader.app)
    reader.takes_back()
    reader.wait(reader.answered)
    assert week != summaries(reader.app) == growth
    return {"company": company, "growth": growth, "week": week, "mine": mine}


def hears_of_it(reader):
    """A calm banner says how old the oldest numbers are."""
    reader.keys.press(Key.Key_F5)
    reader.wait(lambda: reader.app.store.state.offline is not None)
    banner = reader.screen.findChild(Banner)
    reader.wait(banner.isVisible)
    assert "You see what was kept. Oldest tile" in banner.text


def opens_what_is_kept(reader, seen):
    """By the palette: another dashboard, and a board of one's own."""
    reader.opens("company", "Company")
    assert summaries(reader.app) == seen["company"]
    reader.opens("mornings", "Mornings")
    assert facts_of(reader.app.front) == seen["mine"]
    reader.opens("company", "Company")
    assert all(tile.card_state.age for tile in reader.screen.grid.tiles.values() if tile.has_table)


def reads_a_chart(reader):
    """A value under the pointer, then the table behind the chart."""
    tile, view = reader.goes_to(LINE)
    reader.qtbot.mouseMove(tile, QPoint(1, 1))
    reader.qtbot.mouseMove(tile, tile.rect().center())
    reader.wait(QToolTip.isVisible)
    label = view.body.series[0].label
    assert label in QToolTip.text()
    assert any(title in QToolTip.text() for title in view.body.x_titles)
    reader.keys.press(Key.Key_T)
    assert tile.card_state.as_table
    reader.keys.press(Key.Key_C, CTRL)
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[0].split("\t") == [one.title for one in view.table.columns]
    assert len(rows) == len(view.table.rows) + 1
    reader.keys.press(Key.Key_T)
    assert not tile.card_state.as_table


def takes_it_along(reader, folder):
    """From the focus view: rows, a CSV file, a picture."""
    _, view = reader.goes_to(LINE)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    reader.keys.press(Key.Key_Return)
    reader.wait(lambda: isinstance(reader.app.window.page, Explore))
    reader.keys.press(Key.Key_C, CTRL)
    assert len(clipboard.text().splitlines()) == len(view.table.rows) + 1
    reader.keys.press(Key.Key_C, CTRL | SHIFT)
    path = folder / "chart.png"
    assert clipboard.image().save(str(path))
    assert QImage(str(path)).width() > 400
    saves_a_file(reader, folder / "table.csv")
    rows = list(csv.reader(io.StringIO((folder / "table.csv").read_text())))
    assert len(rows) == len(view.table.rows) + 1
    reader.keys.press(Key.Key_Escape)
    reader.wait(lambda: reader.app.window.page is reader.screen)


def saves_a_file(reader, path):
    reader.keys.tab_to("Save CSV")
    reader.keys.press(Key.Key_Space)
    dialog = next(one for one in reader.app.window.findChildren(QFileDialog) if one.isVisible())
    field = dialog.findChild(QLineEdit)
    field.setText(str(path))
    reader.qtbot.keyClick(field, Qt.Key.Key_Return)
    reader.wait(path.exists)


def asks_other_questions(reader, seen):
    """Dates that were seen before are there; those that were not say what they need."""
    reader.opens("growth", "rowth")
    assert summaries(reader.app) == seen["growth"]
    reader.asks("last 7 days")
    assert summaries(reader.app) == seen["week"]
    reader.asks("last 3 days")
    tile = next(one for one, held in board(reader.app).tiles.items() if held.insight is not None)
    reader.wait(
        lambda: reader.screen.views[tile].body.headline == "Never loaded for these filters."
    )
    reader.takes_back()
    assert summaries(reader.app) == seen["growth"]


def wants_what_was_never_opened(reader):
    """A dashboard of which nothing is kept says so."""
    keys, empty = reader.keys, reader.app.window.empty_page
    keys.find("experiment")
    reader.wait(lambda: reader.app.window.page is empty)
    reader.wait(lambda: any(one.text() == NOT_KEPT for one in empty.findChildren(QLabel)))


def is_back(reader):
    """Nobody presses anything: what waited opens, and no banner is left."""
    reader.wait(lambda: reader.app.window.page is reader.screen)
    reader.wait(complete(reader.app))
    assert reader.app.store.state.offline is None
    reader.wait(lambda: not reader.screen.findChild(Banner).isVisible())
    reader.keys.press(Key.Key_Left, ALT)
    reader.wait(complete(reader.app))
    assert reader.app.store.state.offline is None
