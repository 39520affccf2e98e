"""A dashboard is checked by keys alone before the demo: a fault is put right, and comes back."""

import pytest
from PySide6.QtWidgets import QLabel, QTableWidget

from phdesk.demo.server import DemoServer
from phdesk.views.dialogs.health import Health
from phdesk.views.dialogs.watch import WatchDialog
from phdesk.views.dialogs.why import Why
from tests.app_parts import running
from tests.keyboard import CTRL, Key
from tests.test_end_to_end import keys  # noqa: F401
from tests.test_without_a_mouse import WIDE, Visit, signs_in

LIFECYCLE = "Lifecycle of users"  # has dates of its own in the demo


class Checking(Visit):
    def dialog(self, kind):
        found = [one for one in self.app.window.findChildren(kind) if one.isVisible()]
        return found[0] if found else None

    def find(self, words, kind):
        self.keys.find(words)
        self.wait(lambda: self.dialog(kind) is not None)
        return self.dialog(kind)

    def rules(self, dialog):
        table = dialog.findChild(QTableWidget)
        return [table.item(row, 1).text() for row in range(table.rowCount())]

    @property
    def tile(self):
        """The tile of the fault: its id and the range that it shows."""
        views = self.screen.views.items()
        return next((one, view.range_label) for one, view in views if view.title == LIFECYCLE)


@pytest.mark.usefixtures("keys")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_dashboard_is_put_right_by_keyboard_alone(qtbot, tmp_path):
    with DemoServer() as server, running(tmp_path, size=WIDE) as app:
        visit = Checking(app, qtbot)
        signs_in(visit, server)
        visit.keys.press(Key.Key_F, CTRL)
        visit.keys.write("product")
        visit.keys.press(Key.Key_Return)
        visit.wait(lambda: "Product health" in app.window.windowTitle() and visit.ready())
        puts_right(visit)
        asks_why(visit)


def puts_right(visit):
    dialog, hands = visit.find("Check this dashboard", Health), visit.keys
    visit.wait(lambda: visit.rules(dialog) == ["Other dates"])
    assert visit.tile[1] == "last 90 days"
    dialog.activateWindow()  # as window managers do with what was opened last
    visit.wait(dialog.isActiveWindow)
    hands.tab_to("Drop its own filters")
    hands.press(Key.Key_Space)
    visit.wait(lambda: "follows the dashboard's filters" in dialog.line.text)
    visit.wait(lambda: visit.rules(dialog) == [] and visit.tile[1] == "last 30 days")
    hands.tab_to("Undo")
    hands.press(Key.Key_Space)
    visit.wait(lambda: visit.rules(dialog) == ["Other dates"] and visit.tile[1] == "last 90 days")
    hands.tab_to("Go to the tile")
    hands.press(Key.Key_Space)
    visit.wait(visit.screen.grid.tiles[visit.tile[0]].hasFocus)
    dialog.close()


def asks_why(visit):
    hands = visit.keys
    hands.press(Key.Key_Menu)
    hands.choose("Why this number…")
    visit.wait(lambda: visit.dialog(Why) is not None)
    dialog = visit.dialog(Why)
    assert LIFECYCLE in dialog.windowTitle()
    table = dialog.findChild(QTableWidget)
    told = {table.item(row, 0).text(): table.item(row, 1).text()
            for row in range(table.rowCount())}  # fmt: skip
    assert "last 90 days" in told["Dates"]
    assert "It has own filters: those of the dashboard do not reach it." in told["Dates"]
    hands.press(Key.Key_Escape)
    visit.wait(lambda: visit.dialog(Why) is None)
    by_name(visit)


def by_name(visit):
    """Find what is of the tile that has the keyboard, which the palette takes meanwhile."""
    for words, kind in (("Why this number", Why), ("Watch a number of the tile", WatchDialog)):
        dialog = visit.find(words, kind)
        assert LIFECYCLE in " ".join(one.text() for one in dialog.findChildren(QLabel))
        visit.keys.press(Key.Key_Escape)
        visit.wait(lambda kind=kind: visit.dialog(kind) is None)
