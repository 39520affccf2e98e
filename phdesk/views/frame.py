"""The sidebar beside the page; over it, and only when asked for, where the window is narrow."""

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from phdesk.views.sidebar import WIDTH, Sidebar
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.views.rail import Rail, Veil  # not before the first paint of a wide window

NARROW = 720  # px of the window
Place = Literal["beside", "over", "nowhere"]


class Frame(QWidget):
    """Places sidebar and page; the person's choice counts in wide windows only."""

    docked_changed = Signal(bool)  # by the person, not by the width

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sidebar, self.page = Sidebar(theme, self), QWidget(self)  # the page is to be filled
        self._place: Place = "beside"
        self._docked = True
        self._over = False
        self._in_row = True
        self._sized = False  # until then the width is Qt's guess, and narrow
        self._arranged: tuple[bool, bool, Place] = (True, False, "beside")  # beside, over, place
        self._rail: Rail | None = None
        self._veil: Veil | None = None
        self._on_rail: list[QWidget] = []  # buttons, until there is a rail
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.sidebar)
        self._row.addWidget(self.page, 1)
        self.sidebar.hide_requested.connect(self.toggle)
        self.sidebar.dashboard_requested.connect(self.close_over)
        self.sidebar.accounts_requested.connect(self.close_over)

    def set_place(self, place: Place) -> None:
        """Say where the page on screen wants the sidebar."""
        self._place = place
        self._over = self._over and place != "nowhere"
        self._arrange()

    def set_docked(self, *, docked: bool) -> None:
        """Take over what the person chose for wide windows."""
        self._docked = docked
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        if self._rail is not None:
            self._rail.set_theme(theme)
        if self._veil is not None:
            self._veil.set_theme(theme)

    @Slot()
    def toggle(self) -> None:
        """Show or hide the sidebar: beside the page where there is room, else over it."""
        if self._over:
            self.close_over()
        elif self._place == "beside" and self._is_wide():
            self._docked = not self._docked
            self._arrange()
            self.docked_changed.emit(self._docked)
        elif self._place != "nowhere":
            self._open_over()

    def add_to_rail(self, button: QWidget) -> None:
        """Have a button where the sidebar is collapsed."""
        if self._rail is not None:
            self._rail.add(button)
        else:
            button.setParent(self)
            button.hide()
            self._on_rail.append(button)

    def search(self) -> None:
        """Put the keyboard into the search, wherever the sidebar is."""
        if self._place == "nowhere":
            return
        if not self._is_beside():
            self._open_over()
        self.sidebar.focus_search()

    def leave_sidebar(self) -> bool:
        """Take the keyboard, and what lies over the page, out of the sidebar; tell if it was so."""
        was_over = self._over
        self.close_over()
        return self._give_back() or was_over

    @Slot()
    def close_over(self) -> None:
        """Take the sidebar away from over the page; the keyboard goes back to where it was."""
        if self._over:
            self._over = False
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew between beside and over."""
        super().resizeEvent(event)
        self._sized = True
        self._arrange()

    def _is_wide(self) -> bool:
        return self.width() >= NARROW

    def _is_beside(self) -> bool:
        return self._place == "beside" and self._docked and self._is_wide()

    def _open_over(self) -> None:
        self._over = True
        self._arrange()
        self.sidebar.focus_search()

    def _arrange(self) -> None:
        if not self._sized:
            return
        beside = self._is_beside()
        self._over = self._over and not beside
        wanted = (beside, self._over, self._place)
        if wanted != self._arranged:
            self._arranged = wanted
            self._rearrange(beside=beside)
        self._cover()

    def _rearrange(self, *, beside: bool) -> None:
        shown = beside or self._over
        if not shown:
            self._give_back()  # before it is hidden: Qt would choose a neighbour
        self._show_rail(shown=self._place == "beside" and not beside)
        self._put_in_row(beside=beside)
        self.sidebar.setVisible(shown)
        self._row.activate()  # not at the next turn of the loop: the page would jump

    def _give_back(self) -> bool:
        """Give the page the keyboard if the sidebar has it."""
        focused: QWidget | None = self.focusWidget()
        last: QWidget | None = self.page.focusWidget()
        if last is None or focused is None or not self.sidebar.isAncestorOf(focused):
            return False
        last.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _put_in_row(self, *, beside: bool) -> None:
        if beside and not self._in_row:
            self._row.insertWidget(0, self.sidebar)
        elif not beside and self._in_row:
            self._row.removeWidget(self.sidebar)
        self._in_row = beside

    def _show_rail(self, *, shown: bool) -> None:
        if self._rail is None and shown:
            self._rail = _parts().Rail(self._theme)
            self._rail.wanted.connect(self.toggle)
            self._row.insertWidget(self._row.indexOf(self.page), self._rail)
            for button in self._on_rail:
                self._rail.add(button)
            self._on_rail.clear()
        if self._rail is not None:
            self._rail.setVisible(shown)

    def _cover(self) -> None:
        """Lay veil and sidebar over the page, or take the veil away."""
        if self._over and self._veil is None:
            self._veil = _parts().Veil(self._theme, self)
            self._veil.clicked.connect(self.close_over)
            QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        if self._veil is None:
            return
        self._veil.setVisible(self._over)
        if self._over:
            self._veil.setGeometry(self.rect())
            self._veil.raise_()
            self.sidebar.setGeometry(0, 0, WIDTH, self.height())
            self.sidebar.raise_()

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QObject | None, now: QWidget | None) -> None:
        """Follow a keyboard that has left the sidebar, as with Tab."""
        if self._over and now is not None and self.page.isAncestorOf(now):
            self.close_over()


@cache
def _parts() -> ModuleType:
    return import_module("phdesk.views.rail")
