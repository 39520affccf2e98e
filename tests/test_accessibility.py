"""Every control of the pages and menus that a walk by keys meets has a name, a role, and room."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from phdesk.demo.server import DemoServer
from tests.a11y import faults
from tests.app_parts import running, vault
from tests.keyboard import CTRL, SHIFT, Key
from tests.test_without_a_mouse import WIDE, Visit, signs_in

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Walk(Visit):
    """Goes everywhere, and notes what is wrong there."""

    def __init__(self, app, qtbot):
        super().__init__(app, qtbot)
        self.seen = {}

    def looks(self, place, top=None):
        self.seen[place] = faults(top or self.app.window)

    def looks_at_popup(self, place):
        self.wait(lambda: QApplication.activePopupWidget() is not None)
        self.looks(place, QApplication.activePopupWidget())

    def looks_at_dialog(self, place):
        self.wait(lambda: bool(self.dialogs()))
        self.looks(place, self.dialogs()[0])

    def dialogs(self):
        return [one for one in self.app.window.findChildren(QDialog) if one.isVisible()]

    def leaves(self):
        self.keys.press(Key.Key_Escape)
        self.wait(lambda: QApplication.activePopupWidget() is None and not self.dialogs())


def test_every_control_of_the_app_says_what_it_is(qtbot, tmp_path):
    with vault(), DemoServer() as server, running(tmp_path, size=WIDE) as app:
        walk = Walk(app, qtbot)
        walk.looks("sign-in")
        signs_in(walk, server)
        walk.looks("dashboard")
        walks_through_filters(walk)
        walks_through_dialogs(walk)
        walks_through_editing(walk)
        walks_through_tabs(walk)
        walks_through_tiles(walk)
        assert {place: wrong for place, wrong in walk.seen.items() if wrong} == {}


def walks_through_filters(walk):
    keys = walk.keys
    keys.press(Key.Key_D)
    walk.looks_at_popup("dates")
    walk.leaves()
    keys.press(Key.Key_I)
    walk.looks_at_popup("interval")
    walk.leaves()
    keys.press(Key.Key_F, SHIFT)
    walk.looks_at_popup("property")
    keys.write("plan")
    keys.press(Key.Key_Return)
    walk.wait(lambda: keys.name == "Value")
    walk.looks_at_popup("condition")
    keys.write("pro")
    keys.press(Key.Key_Return, times=2)
    walk.wait(lambda: walk.override is not None and walk.ready())
    walk.looks("dashboard with filters")
    for name in ("Temporary filters", "More filters"):
        keys.tab_to(name)
        keys.press(Key.Key_Space)
        walk.looks_at_popup(name)
        walk.leaves()
    keys.press(Key.Key_D, SHIFT)
    walk.wait(lambda: walk.override is None)


def walks_through_dialogs(walk):
    keys = walk.keys
    for place, key, held in (
        ("palette", Key.Key_K, CTRL),
        ("outline", Key.Key_O, None),
        ("saved views", Key.Key_S, CTRL | SHIFT),
        ("accounts", Key.Key_A, CTRL | SHIFT),
        ("shortcuts", Key.Key_Question, None),
    ):
        keys.press(key, *([held] if held is not None else []))
        walk.looks_at_dialog(place)
        if place == "accounts":
            keys.tab_to("Forget")
            keys.press(Key.Key_Space)
            walk.looks_at_dialog("accounts, asking")
        walk.leaves()
    keys.tab_to("Oldest")
    keys.press(Key.Key_Space)
    walk.wait(lambda: bool(walk.dialogs()) or QApplication.activePopupWidget() is not None)
    walk.looks("age and budget", QApplication.activePopupWidget() or walk.dialogs()[0])
    walk.leaves()
    keys.tab_to("Change the dashboard for the team")
    keys.press(Key.Key_Space)
    walk.looks_at_popup("menu of the dashboard")
    walk.leaves()
    for name in ("Add a text card", "Name and describe", "Add an insight"):
        keys.find(name)
        walk.wait(lambda: bool(walk.dialogs()) and "nything" not in keys.name)
        walk.looks_at_dialog(name)
        walk.leaves()


def walks_through_editing(walk):
    keys = walk.keys
    keys.press(Key.Key_E)
    walk.looks("edit mode")
    keys.tab_to("Revenue by day")
    keys.press(Key.Key_Menu)
    walk.looks_at_popup("menu of a tile")
    menu = QApplication.activePopupWidget()
    for inner in menu.findChildren(QMenu):
        walk.looks(f"menu of a tile: {inner.title()}", inner)
    keys.choose("Move to")
    walk.looks_at_dialog("place by numbers")
    walk.leaves()
    keys.press(Key.Key_E)


def walks_through_tabs(walk):
    app, keys = walk.app, walk.keys
    first = app.desk.open_id
    keys.press(Key.Key_F, CTRL)
    keys.write("growth")
    keys.press(Key.Key_Return, CTRL)
    walk.wait(lambda: app.desk.open_id != first and walk.ready())
    walk.looks("two tabs")
    keys.press(Key.Key_W, CTRL)
    walk.wait(lambda: app.desk.open_id == first and walk.ready())


def walks_through_tiles(walk):
    app, keys = walk.app, walk.keys
    keys.tab_to("Revenue by day")
    keys.press(Key.Key_Menu)
    keys.choose("Details")
    walk.looks_at_dialog("details of a tile")
    walk.leaves()
    for title in ("Revenue by day", "Customers", "The month in numbers"):
        keys.find(title)
        keys.press(Key.Key_Return)
        walk.wait(lambda: app.window.page is not walk.screen)
        walk.looks(f"{title}, large")
        keys.press(Key.Key_Escape)
        walk.wait(lambda: app.window.page is walk.screen)
