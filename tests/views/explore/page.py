"""Finds and uses the parts of a focus view, as a person would."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from phdesk.views.explore.plot import Plot
from phdesk.views.explore.series_panel import SeriesPanel

LEFT_BUTTON = Qt.MouseButton.LeftButton


def button(page, text, kind=QPushButton):
    return next(one for one in page.findChildren(kind) if one.text() == text)


def plot(page):
    return page.findChild(Plot)


def table(page):
    return page.findChild(QTableView)


def cells(page):
    model = table(page).model()
    size = model.rowCount(), model.columnCount()
    return [
        [model.index(row, column).data() for column in range(size[1])] for row in range(size[0])
    ]


def place_of(page, bucket, value=500.0):
    chart = plot(page)
    return chart.mapFromScene(chart._zoom.mapViewToScene(QPointF(bucket, value)))


def texts(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def double_click(qtbot, widget, place):
    qtbot.mouseDClick(widget, LEFT_BUTTON, pos=place)  # without its release
    qtbot.mouseRelease(widget, LEFT_BUTTON, pos=place)


def drag(qtbot, chart, start, end, modifiers=Qt.KeyboardModifier.NoModifier):
    view_port = chart.viewport()
    qtbot.mousePress(view_port, LEFT_BUTTON, modifiers, start)
    for part in (0.25, 0.5, 0.75, 1.0):
        place = QPointF(start + (end - start) * part)
        moved = QMouseEvent(  # a move of QTest has neither buttons nor modifiers
            QEvent.Type.MouseMove,
            place,
            view_port.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            LEFT_BUTTON,
            modifiers,
        )
        QApplication.sendEvent(view_port, moved)
    qtbot.mouseRelease(view_port, LEFT_BUTTON, modifiers, end)


def click_series(qtbot, page, row, modifiers=Qt.KeyboardModifier.NoModifier):
    rows = page.findChild(SeriesPanel)
    place = rows.visualItemRect(rows.topLevelItem(row)).center()
    qtbot.mouseClick(rows.viewport(), LEFT_BUTTON, modifiers, QPoint(60, place.y()))


def hidden(page):
    return sorted(page._pane._hidden)


def readings_at(page, bucket):
    plot(page).move_to(bucket)
    return plot(page).accessibleDescription().split("; ")


def sort_by(qtbot, page, column):
    header = table(page).horizontalHeader()
    x = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    qtbot.mouseClick(header.viewport(), LEFT_BUTTON, pos=QPoint(x, header.height() // 2))
