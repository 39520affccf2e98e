"""Why a tile shows what it shows: from its menu or by name, and beside another tile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QTableWidget

from phdesk.models.account import Project
from phdesk.store.changes import with_projects
from phdesk.views.desk.why import NO_QUESTION, NO_TILE, WHY, Why
from phdesk.views.dialogs.why import Why as Dialog
from tests.views.desk.conftest import sent
from tests.views.desk.with_boards import BOTH

SERIES = [{"kind": "EventsNode", "event": "signed_up", "math": "total"}]


class Asked:
    def __init__(self, ada):
        self.ada = ada
        self.part = Why(ada.desk, ada.tiles)

    def choose(self, tile_id):
        menu = self.ada.screen.grid.tiles[tile_id]._menu()
        next(one for one in menu.findChildren(QAction) if one.text() == WHY).trigger()
        menu.deleteLater()
        return self.dialog

    def name(self):
        shown = self.ada.window.shortcut_actions
        next(one for one in shown if one.text() == WHY).trigger()

    @property
    def dialog(self):
        return self.ada.dialog(Dialog)

    def table(self, number):
        made = self.dialog.findChildren(QTableWidget)[number]
        return [
            [made.item(row, column).text() for column in range(made.columnCount())]
            for row in range(made.rowCount())
        ]


@pytest.fixture
def asked(signed_out, windowed, online, server):
    """Ada with two tiles that count the same, one of them without test accounts."""
    server.tiles = [sent(1, -5), sent(2, -5, 4, 5, 6, y=5), sent(3, -5, 0, 0, 0, y=10)]
    for tile in server.tiles:
        tile["insight"]["query"]["source"]["series"] = SERIES
    server.tiles[1]["insight"]["query"]["source"]["filterTestAccounts"] = True
    windowed.opens(online)
    return Asked(windowed)


def test_the_menu_of_a_tile_tells_what_is_known(asked):
    dialog = asked.choose(1)
    assert dialog.windowTitle() == "Why “Insight 101” shows this"
    told = dict(asked.table(0))
    assert told["Age"].startswith("Calculated ")
    assert told["What it counts"] == "It counts signed_up (total count)."
    assert "Test accounts are counted, too." in told["Left out"]
    assert "Empty" not in told


def test_an_empty_tile_says_why(asked):
    asked.choose(3)
    assert "All its values are zero" in dict(asked.table(0))["Empty"]


def test_another_tile_stands_beside_it_with_what_differs_first(asked):
    dialog = asked.choose(1)
    others = dialog.findChild(QComboBox)
    assert [others.itemText(at) for at in range(others.count())] == [
        "No other tile",
        "Insight 102",
        "Insight 103",
    ]
    assert not dialog.findChildren(QTableWidget)[1].isVisible()
    QTest.keyClick(others, Qt.Key.Key_Down)
    rows = asked.table(1)
    assert rows[0] == ["Test accounts", "counted", "left out", "No"]
    assert {row[3] for row in rows[1:]} == {"Yes"}
    assert dialog._verdict.text() == "They differ in: test accounts."
    QTest.keyClick(others, Qt.Key.Key_Up)
    assert not dialog.findChildren(QTableWidget)[1].isVisible()


def test_by_name_it_is_of_the_tile_with_the_keyboard(asked, qtbot):
    asked.name()
    assert asked.ada.window.notice.text == NO_TILE
    asked.ada.screen.grid.focus_tile(2)
    qtbot.waitUntil(asked.ada.screen.grid.tiles[2].hasFocus)
    asked.name()
    assert "Insight 102" in asked.dialog.windowTitle()


def test_a_card_asks_nothing(asked):
    asked.part.ask(4711)
    assert asked.ada.window.notice.text == NO_QUESTION


def test_on_a_board_it_is_of_the_project_where_the_tile_is_from(desk):
    desk.opens(desk.has(BOTH))
    desk.complete()
    part = Why(desk.desk, desk.ada.tiles)
    tiles = [one for one in desk.screen.views if desk.screen.held(one).has_result]
    part.ask(tiles[0])
    dialog = desk.ada.dialog(Dialog)
    told = {
        dialog.findChild(QTableWidget).item(row, 0).text(): (
            dialog.findChild(QTableWidget).item(row, 1).text()
        )
        for row in range(dialog.findChild(QTableWidget).rowCount())
    }
    assert told["Age"].startswith("Calculated ")
    assert desk.screen.held(tiles[0]).origin is not None


def test_more_that_is_told_of_the_same_project_does_not_close_it(asked):
    dialog = asked.choose(1)
    store = asked.ada.parts.store
    with asked.ada.qtbot.waitSignal(store.changed):
        store.apply(with_projects, [Project(id=7), Project(id=8)])
    assert dialog.isVisible()
