"""The focus view by keyboard."""

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
)

from phdesk.views import theme as look
from phdesk.views.explore.explore import Explore
from phdesk.views.explore.series_panel import SeriesPanel
from tests.views.dialogs.focus import names_of_focusable
from tests.views.explore.page import LEFT_BUTTON, button, plot, table
from tests.views.explore.samples import BODIES, PEOPLE, lines, view


def test_esc_closes_from_wherever_the_focus_is(qtbot, explore):
    search = next(one for one in explore.findChildren(QLineEdit))
    for widget in (plot(explore), table(explore), search, explore.findChild(SeriesPanel)):
        widget.setFocus()
        with qtbot.waitSignal(explore.close_requested):
            qtbot.keyClick(widget, Qt.Key.Key_Escape)


def test_close_and_the_browser_are_wishes(qtbot, explore):
    with qtbot.waitSignal(explore.close_requested):
        qtbot.mouseClick(button(explore, "Close"), LEFT_BUTTON)
    with qtbot.waitSignal(explore.open_in_browser_requested) as wish:
        qtbot.mouseClick(button(explore, "Open in PostHog"), LEFT_BUTTON)
    assert wish.args == ["abc123"]


def test_our_letters_win_over_shortcuts_of_the_window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    page = Explore(look.light())
    page.set_view(view(lines()))
    window.setCentralWidget(page)
    shortcut = QShortcut(QKeySequence("R"), window)
    refreshed = QSignalSpy(shortcut.activated)
    with qtbot.waitExposed(window, timeout=5_000):
        window.show()
    with qtbot.waitActive(window, timeout=5_000):
        window.activateWindow()
    qtbot.keyClick(plot(page), Qt.Key.Key_R)
    assert plot(page).region() is not None
    assert refreshed.count() == 0
    page.set_letter_keys(False)
    qtbot.keyClick(plot(page), Qt.Key.Key_R)
    assert plot(page).region() is not None
    assert refreshed.count() == 1


def test_a_letter_in_the_search_field_is_only_a_letter(qtbot, explore):
    search = next(one for one in explore.findChildren(QLineEdit))
    search.setFocus()
    qtbot.keyClicks(search, "rl")
    assert search.text() == "rl"
    assert plot(explore).region() is None
    assert not button(explore, "Log axis").isChecked()


def test_l_toggles_the_log_axis(qtbot, explore):
    qtbot.keyClick(plot(explore), Qt.Key.Key_L)
    assert button(explore, "Log axis").isChecked()
    assert plot(explore)._items[0][1].values()[0] == pytest.approx(math.log10(900))
    qtbot.mouseClick(button(explore, "Log axis"), LEFT_BUTTON)
    assert plot(explore)._items[0][1].values()[0] == 900


def test_the_crosshair_moves_by_keyboard(qtbot, explore):
    chart = plot(explore)
    chart.setFocus()
    steps = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left)
    seen = []
    for key in steps:
        qtbot.keyClick(chart, key)
        seen.append(chart.bucket())
    assert seen == [0, 1, 29, 29, 28]
    assert chart.accessibleDescription().startswith("29 Nov 2026 (incomplete); ")


def test_keys_zoom_and_reset(qtbot, explore):
    chart = plot(explore)
    whole = chart._zoom.viewRange()[0]
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert np.ptp(chart._zoom.viewRange()[0]) < np.ptp(whole)
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart._zoom.viewRange()[0] == pytest.approx(whole)


@pytest.mark.parametrize("name", ["funnel", "stacked bar", "table"])
def test_the_keys_go_to_the_chart_of_the_next_tile(qtbot, explore, name):
    plot(explore).setFocus()
    table_of_it = PEOPLE if name == "table" else None
    explore.set_view(view(BODIES[name], short_id="next", table=table_of_it))
    targets = {"funnel": explore._pane.picture, "stacked bar": plot(explore)}
    assert QApplication.focusWidget() is targets.get(name, table(explore))


def test_what_can_have_the_focus_has_a_name(qtbot, explore):
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    names = names_of_focusable(explore)
    assert len(names) > 8
    assert all(names.values()), names
