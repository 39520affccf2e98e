"""Moving averages in the focus view."""

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton

from phdesk.core.smoothing import STACKED, TIMELESS
from phdesk.views.explore.course import Course
from phdesk.views.explore.series_panel import SeriesPanel
from tests.views.explore.page import button, cells, plot, readings_at
from tests.views.explore.samples import lines, view

DAYS = tuple(f"2026-11-{day:02}" for day in range(1, 31))
AVERAGE = 2  # column of the legend


def timed(*args, **kwargs):
    return structs.replace(lines(*args, **kwargs), x_starts=DAYS)


@pytest.fixture
def days(explore):
    explore.set_view(view(timed(), short_id="days"))
    return explore


def name(page):
    found = [one.text() for one in page.findChildren(QPushButton)]
    return next(text for text in found if text.endswith("average"))


def solid_lines(page):
    items = [item for _, item in plot(page)._items if isinstance(item, Course)]
    return [item for item in items if len(item.values()) > 5]


def test_a_draws_one_average_after_the_other(qtbot, days):
    seen = [name(days)]
    for _ in range(4):
        qtbot.keyClick(plot(days), Qt.Key.Key_A)
        seen.append(name(days))
    assert seen == ["No average", "7-day average", "14-day average", "28-day average", "No average"]


def test_the_average_lies_over_its_fainter_line(qtbot, days):
    before = {item.opts["pen"].color().name() for item in solid_lines(days)}
    qtbot.keyClick(plot(days), Qt.Key.Key_A)
    raw, smooth = solid_lines(days)[:3], solid_lines(days)[3:]
    assert {item.opts["pen"].color().name() for item in smooth} == before
    assert not before & {item.opts["pen"].color().name() for item in raw}
    values = timed().series[0].values
    assert smooth[0].values()[6] == pytest.approx(sum(values[:7]) / 7)
    assert list(map(str, smooth[0].values()[28:])) == ["nan", "nan"], "still being counted"


def test_the_crosshair_and_the_legend_read_the_average(qtbot, days):
    qtbot.keyClick(plot(days), Qt.Key.Key_A)
    mean = f"{sum(timed().series[0].values[6:13]) / 7:.2f}"
    assert readings_at(days, 12)[1] == f"Signed up: 926 (7-day average {mean})"
    rows = days.findChild(SeriesPanel)
    assert rows.headerItem().text(AVERAGE) == "7-day average"
    assert rows.topLevelItem(0).text(AVERAGE) == mean
    assert readings_at(days, 2)[1] == "Signed up: 975 (7-day average –)"


def test_the_table_and_the_clipboard_hold_only_what_was_sent(qtbot, days):
    before = cells(days)
    qtbot.keyClick(plot(days), Qt.Key.Key_A)
    assert cells(days) == before
    qtbot.keyClick(plot(days), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "average" not in QGuiApplication.clipboard().text()


def test_a_refresh_keeps_the_average_and_another_tile_starts_without(qtbot, days):
    qtbot.keyClick(plot(days), Qt.Key.Key_A)
    days.set_view(view(timed(), short_id="days"))
    assert name(days) == "7-day average"
    days.set_view(view(timed(), short_id="other"))
    assert name(days) == "No average"
    assert days.findChild(SeriesPanel).isColumnHidden(AVERAGE)


def test_the_menu_offers_what_fits_and_draws_what_is_chosen(qtbot, days):
    menu = button(days, "No average").menu()
    assert [action.text() for action in menu.actions()] == [
        "No average",
        "7-day average",
        "14-day average",
        "28-day average",
    ]
    menu.actions()[2].trigger()
    assert name(days) == "14-day average"
    checked = [action.text() for action in menu.actions() if action.isChecked()]
    assert checked == ["14-day average"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(timed("bar", stacked=True), STACKED, id="stacked"),
        pytest.param(lines(), TIMELESS, id="no times"),
    ],
)
def test_where_there_is_no_average_the_button_says_why(qtbot, explore, body, reason):
    explore.set_view(view(body, short_id="other"))
    assert not button(explore, "No average").isEnabled()
    assert button(explore, "No average").toolTip() == reason
    qtbot.keyClick(plot(explore), Qt.Key.Key_A)
    assert name(explore) == "No average"


def test_hiding_a_series_hides_its_average(qtbot, days):
    qtbot.keyClick(plot(days), Qt.Key.Key_A)
    rows = days.findChild(SeriesPanel)
    told = QSignalSpy(rows.hidden_changed)
    rows.setFocus()
    rows.setCurrentItem(rows.topLevelItem(1))
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert told.count() == 1
    assert len(solid_lines(days)) == 4
