"""Hands and eyes for a window whose writes are refused."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
)
from shiboken6 import isValid

from phdesk.views.building.page import BuilderPage
from phdesk.views.dashboard.layout_note import LayoutLine
from phdesk.views.desk.alerts import Alerts
from phdesk.views.desk.dashboards import Dashboards
from phdesk.views.desk.edits import Edits
from phdesk.views.desk.health import Health
from phdesk.views.desk.health_all import HealthOfAll
from phdesk.views.desk.insights import Insights
from phdesk.views.desk.layouts import Layouts
from phdesk.views.desk.shared_list import SharedList
from phdesk.views.desk.sharing import Sharing
from phdesk.views.desk.subscriptions import Subscriptions
from phdesk.views.dialogs.told_line import ToldLine

LEFT = Qt.MouseButton.LeftButton
WRITTEN = QLineEdit | QPlainTextEdit


class RefusedDesk:
    """A whole window before a server that refuses what is to be changed."""

    def __init__(self, ada, server, spoken):
        self.ada, self.server, self.spoken = ada, server, spoken
        self.window, self.qtbot, self.notice = ada.window, ada.qtbot, ada.window.notice
        desk = ada.desk
        sharing = Sharing(desk)
        self.parts = (
            Edits(desk), Dashboards(desk, ada.pages), Layouts(desk, ada.pages),
            Subscriptions(desk), sharing, SharedList(desk, sharing), Alerts(desk),
            Health(desk, ada.pages), HealthOfAll(desk, ada.pages),
        )  # fmt: skip
        self.pressed = None  # the button that was pressed last
        self.insights = Insights(desk, ada.pages, ada.tiles)

    def until(self, fact):
        self.qtbot.waitUntil(fact)

    def do(self, name):
        """Carry out an action that is found by name."""
        next(one for one in self.window.shortcut_actions if one.text() == name).trigger()

    def of_tile(self, tile, name):
        """Choose something in the menu of a tile."""
        menu = self.ada.screen.grid.tiles[tile]._menu()
        next(one for one in menu.findChildren(QAction) if one.text() == name).trigger()
        menu.deleteLater()

    @property
    def front(self):
        """The dialog in front, else the page of the window."""
        shown = [one for one in self.ada.dialogs() if not isinstance(one, QMessageBox)]
        kids = {one.parent().window() for one in shown if one.parent() is not None}
        tops = [one for one in shown if one not in kids]
        return tops[0] if tops else self.window.page

    def dialog(self, kind):
        self.until(lambda: any(isinstance(one, kind) for one in self.ada.dialogs()))
        return self.ada.dialog(kind)

    def button(self, text):
        shown = [one for one in self.front.findChildren(QPushButton) if one.text() == text]
        return next((one for one in shown if one.isVisible()), None)

    def press(self, text, within=None):
        if within is not None:
            found = [one for one in within.findChildren(QPushButton) if one.text() == text]
            self.qtbot.mouseClick(found[0], LEFT)
            return
        self.until(lambda: self.button(text) is not None and self.button(text).isEnabled())
        self.pressed = self.button(text)
        self.qtbot.mouseClick(self.pressed, LEFT)

    def tick(self, box):
        self.qtbot.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))

    def field(self, name):
        return next(
            one
            for kind in (QLineEdit, QPlainTextEdit)
            for one in self.front.findChildren(kind)
            if one.accessibleName() == name and one.isVisible()
        )

    def write(self, name, text):
        field = self.field(name)
        field.clear()
        self.qtbot.keyClicks(field, text)

    def written(self, name):
        field = self.field(name)
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def choose(self, text):
        """Choose the row of a list that begins so."""

        def shown():
            return [one for one in self.front.findChildren(QTableWidget) if one.isVisible()]

        self.until(lambda: bool(shown()))
        table = shown()[0]
        self.until(lambda: any(self.cells(table, row, text) for row in range(table.rowCount())))
        rows = range(table.rowCount())
        table.setCurrentCell(next(row for row in rows if self.cells(table, row, text)), 0)

    @staticmethod
    def cells(table, row, text):
        return any(text in table.item(row, at).text() for at in range(table.columnCount()))

    @property
    def told(self):
        """All that is told of trouble: in the dialog in front, and in the window around a page."""
        labels = [one.text() for one in self.front.findChildren(QLabel) if one.isVisible()]
        found = [one.text for one in self.front.findChildren(ToldLine) if one.isVisible()]
        if not isinstance(self.front, QDialog):
            lines = self.ada.screen.findChildren(LayoutLine)
            found += [self.notice.text, *(f"{one.text} {one.accessibleName()}" for one in lines)]
        return "\n".join([*labels, *found])

    @property
    def claims(self):
        """What is told to be done."""
        lines = [one for one in self.front.findChildren(ToldLine) if one.isVisible()]
        calm = [self.notice.text] if self.notice._calm and self.notice.isVisible() else []
        return calm + [one.text for one in lines]

    @property
    def focused(self):
        top = self.front if isinstance(self.front, QDialog) else self.window
        return top.focusWidget()

    @property
    def has_kept_the_keyboard(self):
        """Tell whether it is where it was, as far as that is still there."""
        held = self.pressed
        there = held is not None and isValid(held) and held.isVisible() and held.isEnabled()
        return not there or self.focused is held

    @property
    def builder(self):
        self.until(lambda: isinstance(self.window.page, BuilderPage))
        return self.window.page

    def settle(self):
        QApplication.sendPostedEvents()
