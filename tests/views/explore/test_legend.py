"""The legend of the big chart."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.views.explore.series_panel import SeriesPanel
from tests.views.explore.page import (
    LEFT_BUTTON,
    button,
    click_series,
    double_click,
    hidden,
    plot,
    readings_at,
)
from tests.views.explore.samples import view


def test_hiding_all_that_is_above_zero_takes_the_log_axis_away(qtbot, explore):
    good = XYSeries(label="A", color="preset-1", values=(1.0, 5.0))
    bad = XYSeries(label="B", color="preset-2", values=(0.0, -5.0))
    explore.set_view(view(XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(good, bad))))
    assert button(explore, "Log axis").isEnabled()
    click_series(qtbot, explore, 0)
    assert not button(explore, "Log axis").isEnabled()
    click_series(qtbot, explore, 0)
    assert button(explore, "Log axis").isEnabled()


def test_the_legend_hides_isolates_and_shows_all(qtbot, explore):
    rows = explore.findChild(SeriesPanel)
    click_series(qtbot, explore, 1)
    assert hidden(explore) == [1]
    assert rows.headerItem().text(0) == "Series (1 hidden)"
    assert "Onboarding" not in "; ".join(readings_at(explore, 3))
    click_series(qtbot, explore, 2, Qt.KeyboardModifier.ControlModifier)
    assert hidden(explore) == [0, 1, 3]
    place = QPoint(60, rows.visualItemRect(rows.topLevelItem(2)).center().y())
    qtbot.mouseClick(rows.viewport(), LEFT_BUTTON, pos=place)
    double_click(qtbot, rows.viewport(), place)
    assert hidden(explore) == []
    assert rows.headerItem().text(0) == "Series"
    click_series(qtbot, explore, 1)
    assert hidden(explore) == [1]


def test_the_legend_works_by_keyboard(qtbot, explore):
    rows = explore.findChild(SeriesPanel)
    rows.setFocus()
    rows.setCurrentItem(rows.topLevelItem(0))
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert hidden(explore) == [1]
    item = QAccessible.queryAccessibleInterface(rows)
    spoken = [item.child(i).text(QAccessible.Text.Name) for i in range(item.childCount())]
    assert "Onboarding completed, hidden" in spoken
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert hidden(explore) == []


def test_h_shows_all_series_again(qtbot, explore):
    click_series(qtbot, explore, 1)
    click_series(qtbot, explore, 2)
    qtbot.keyClick(plot(explore), Qt.Key.Key_H)
    assert hidden(explore) == []


def test_ctrl_space_shows_only_one_and_again_shows_all(qtbot, explore):
    rows = explore.findChild(SeriesPanel)
    rows.setFocus()
    rows.setCurrentItem(rows.topLevelItem(2))
    qtbot.keyClick(rows, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert hidden(explore) == [0, 1, 3]
    assert rows.headerItem().text(0) == "Series (3 hidden)"
    qtbot.keyClick(rows, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert hidden(explore) == []


def test_dashed_lines_have_dashed_swatches(qtbot, explore):
    rows = explore.findChild(SeriesPanel)
    sizes = {row: rows.topLevelItem(row).icon(0).pixmap(64, 64).toImage() for row in (0, 3)}
    inked = {
        row: sum(image.pixelColor(x, image.height() // 2).alpha() > 0 for x in range(image.width()))
        for row, image in sizes.items()
    }
    assert 0 < inked[0] < 12, "a box"
    assert inked[3] >= 12, "a line with gaps, of the period before"
    assert inked[3] < sizes[3].width()
