"""Shows one tile and uses its menu, as a person would."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.views.dashboard.showing import CHART


def shown(tile, view=CHART):
    tile.set_view(view)
    tile.grab()
    return tile


def with_keyboard(tile, qtbot):
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tile.hasFocus)


def opened_menu(tile, qtbot):
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def enabled(menu):
    return {one.text(): one.isEnabled() for one in menu.actions() if not one.isSeparator()}


def choose(menu, text):
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.close()
