"""Fields of forms: of one look, and no wheel over the page changes them in passing."""

import pytest
from PySide6.QtCore import QDate, QDateTime, QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from phdesk.views.widgets.quiet import (
    Choice,
    Clock,
    Day,
    Moment,
    QuietChoice,
    QuietDecimal,
    QuietNumber,
)


def choice(kind):
    made = kind()
    made.addItems(["one", "two", "three"])
    made.setCurrentIndex(1)
    return made


def stepped(kind):
    made = kind()
    if kind in (QuietNumber, QuietDecimal):
        made.setValue(5)
    elif kind is Clock:  # of a moment it would take the time in UTC, which may be its first hour
        made.setTime(QTime(12, 30))
    else:
        made.setDateTime(QDateTime(QDate(2026, 6, 15), QTime(12, 30)))
    return made


def value(field):
    return field.currentIndex() if isinstance(field, Choice) else field.text()


def wheel(field):
    """Turn the wheel once over a field; tells whether the page gets it."""
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle, field.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    return not event.isAccepted()


@pytest.fixture(params=[Choice, QuietChoice, QuietNumber, QuietDecimal, Day, Moment, Clock])
def field(request, qtbot):
    kind = request.param
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    made = choice(kind) if issubclass(kind, Choice) else stepped(kind)
    other = QuietNumber()
    for part in (made, other):
        column.addWidget(part)
    page.show()
    qtbot.waitExposed(page)
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    yield made
    page.close()


def test_a_wheel_in_passing_scrolls_the_page(field):
    before = value(field)
    assert wheel(field)
    assert value(field) == before


def test_a_wheel_changes_the_field_that_has_the_keyboard(field, qtbot):
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    before = value(field)
    wheel(field)
    assert value(field) != before
