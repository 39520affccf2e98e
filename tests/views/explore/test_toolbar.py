"""The bar of a tile that is opened large, in windows of any width."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from phdesk.views.explore.toolbar import Toolbar
from tests.views.dashboard.showing import exposed

GAP = 8


@pytest.fixture
def page(qtbot):
    """A bar above something that takes the rest, as in the focus view."""
    made = QWidget()
    made.bar, rest = Toolbar(), QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made.bar)
    column.addWidget(rest, 1)
    made.bar.set_averages([(28, "Average of 28 days")], 28, "")
    return exposed(qtbot, made, 1100, 400)


def shown(bar):
    kinds = (QPushButton, QRadioButton, QLabel)
    return [one for kind in kinds for one in bar.findChildren(kind) if one.isVisible()]


def button(bar, text):
    return next(one for one in shown(bar) if one.text() == text)


@pytest.mark.parametrize("note", ["", "2 values of zero or less are not drawn"])
@pytest.mark.parametrize("width", [300, 440, 640, 1100])
def test_every_button_is_whole_and_beside_the_others(page, qtbot, width, note):
    page.bar.set_log(bool(note), "", note)
    page.resize(width, 400)
    parts = shown(page.bar)
    assert len(parts) == 7 + bool(note)
    qtbot.waitUntil(lambda: all(page.bar.rect().contains(one.geometry()) for one in parts))
    for one in parts:
        assert one.width() >= one.sizeHint().width()
        assert one.height() >= one.sizeHint().height()
        others = [other for other in parts if other is not one]
        assert not any(one.geometry().intersects(other.geometry()) for other in others)


def test_what_takes_the_table_along_stands_at_the_right(page):
    assert button(page.bar, "Save CSV…").geometry().right() == page.bar.rect().right()
    assert button(page.bar, "Chart").x() == 0


def test_it_begins_a_row_of_its_own_where_one_is_not_enough(page, qtbot):
    page.resize(440, 400)
    copy, save = button(page.bar, "Copy as TSV"), button(page.bar, "Save CSV…")
    qtbot.waitUntil(lambda: copy.x() == 0)
    assert copy.y() == save.y() > button(page.bar, "Region").geometry().bottom()
    assert save.x() == copy.geometry().right() + 1 + GAP
