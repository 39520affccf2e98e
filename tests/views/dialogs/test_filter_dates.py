"""Choosing a range: by name, in words, by two dates; by keyboard and by mouse."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QLineEdit, QListWidget, QPushButton, QWidget

from phdesk.core.filter_entry import Dates
from phdesk.views import theme as look
from phdesk.views.dialogs.filter_dates import DatesPopover

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # a Monday


@pytest.fixture
def popover(qtbot):
    return opened(qtbot, ("-30d", None))


def opened(qtbot, ends):
    button = QPushButton("Last 30 days")
    qtbot.addWidget(button)
    button.show()
    made = DatesPopover(look.light(), lambda: NOW, 6, ends, button)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.anchor = button  # else it would go, and the popover with it
    made.open_below(button)
    made.taken = []
    made.chosen.connect(made.taken.append)
    return made


def part(popover, kind, name=None):
    found = [one for one in popover.findChildren(kind) if name in (None, one.accessibleName())]
    return found[0]


def field(popover):
    return part(popover, QLineEdit, "Date range in words")


def test_words_are_read_while_they_are_typed(popover, qtbot):
    assert popover.said == "Now: Last 30 days"
    assert not part(popover, QPushButton).isEnabled()
    qtbot.keyClicks(field(popover), "1-15 nov")
    assert popover.said == "→ 1–15 Nov 2026"
    assert field(popover).accessibleDescription() == popover.said
    qtbot.keyClicks(field(popover), "x")
    assert "no month" in popover.said or "no date" in popover.said
    assert not part(popover, QPushButton).isEnabled()
    qtbot.keyClick(field(popover), Qt.Key.Key_Return)
    assert popover.taken == []
    assert popover.isVisible()


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("last 7 days", Dates("-7d")),
        ("last 13h", Dates("-13h")),
        ("2026-11-01..2026-11-15", Dates("2026-11-01", "2026-11-15")),
        ("each tile's own dates", Dates(None)),
    ],
)
def test_enter_takes_what_was_read(popover, qtbot, typed, dates):
    qtbot.keyClicks(field(popover), typed.capitalize() if "own" in typed else typed)
    qtbot.keyClick(field(popover), Qt.Key.Key_Return)
    assert popover.taken == [dates]
    assert not popover.isVisible()


def test_arrows_walk_along_the_named_ranges(popover, qtbot):
    assert part(popover, QListWidget).currentItem().text() == "Last 30 days"
    qtbot.keyClick(field(popover), Qt.Key.Key_Up)
    assert field(popover).text() == "Last 14 days"
    qtbot.keyClick(field(popover), Qt.Key.Key_Up)
    assert popover.said == "→ 16–23 Nov 2026"
    qtbot.keyClick(field(popover), Qt.Key.Key_Return)
    assert popover.taken == [Dates("-7d")]


def test_a_click_takes_a_named_range(popover, qtbot):
    listed = part(popover, QListWidget)
    item = listed.findItems("Last month", Qt.MatchFlag.MatchExactly)[0]
    spot = listed.visualItemRect(item).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert popover.taken == [Dates("-1mStart", "-1mEnd")]


def test_two_dates_make_a_range_of_ones_own(popover, qtbot):
    assert part(popover, QDateEdit, "First day").date() == QDate(2026, 10, 24)
    part(popover, QDateEdit, "First day").setDate(QDate(2026, 11, 1))
    part(popover, QDateEdit, "Last day").setDate(QDate(2026, 11, 15))
    assert popover.said == "→ 1–15 Nov 2026"
    qtbot.mouseClick(part(popover, QPushButton), Qt.MouseButton.LeftButton)
    assert popover.taken == [Dates("2026-11-01", "2026-11-15")]


def test_a_range_without_a_name_marks_none(qtbot):
    made = opened(qtbot, ("2026-11-01", "2026-11-15"))
    assert made.said == "Now: 1–15 Nov 2026"
    assert part(made, QListWidget).currentRow() == -1
    whole = opened(qtbot, (None, None))
    assert part(whole, QListWidget).currentItem().text() == "Each tile's own dates"


def test_escape_changes_nothing(popover, qtbot):
    qtbot.keyClicks(field(popover), "last 7 days")
    qtbot.keyClick(field(popover), Qt.Key.Key_Escape)
    assert popover.taken == []
    assert not popover.isVisible()


def test_every_part_has_a_name(popover):
    for kind in (QLineEdit, QDateEdit, QListWidget):
        for one in popover.findChildren(kind):
            inner = isinstance(one.parent(), QDateEdit)
            assert inner or one.accessibleName(), one
    assert isinstance(popover, QWidget)
    assert popover.accessibleName() == "Date range"
