"""The window's strip of words, which can also hold out an address to be copied."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from phdesk.views.theme import Theme, pixmap
from phdesk.views.widgets.banner import Banner
from phdesk.views.widgets.spoken import speak

COPY = "Copy the address"
LONGEST, RUN = 160, 12  # characters
MAY_BREAK = "\u200b"


class Notice(Banner):
    """A banner with a button, where there is one: it copies an address, takes back, or stops."""

    undo_requested = Signal(str)  # whose change it was, as it was told
    stop_requested = Signal(str)  # what is under way, as it was told

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._address = ""
        self._copy: QPushButton | None = None
        self._undo: QPushButton | None = None
        self._stop: QPushButton | None = None
        self._calm = False
        self._under_way = ""
        self._whose = ""
        self._by_key = False
        self._of_page = False

    def set_message(self, text: str, *, of_page: bool = False) -> None:
        """Say something, without a button; what is said `of_page` goes when another is shown."""
        super().set_message(text)
        self._of_page = of_page
        self._under_way = ""
        self._by_key = False
        speak(self, text)
        self._set_calm(calm=False)
        for button in (self._copy, self._undo, self._stop):
            if button is not None:
                button.hide()

    def set_done(self, text: str, *, of_page: bool = False) -> None:
        """Say what was done, or how it is."""
        self.set_message(text, of_page=of_page)
        self._set_calm(calm=True)

    def set_under_way(self, text: str, what: str) -> None:
        """Say how far something is, and offer to stop it; spoken when it begins, not each step."""
        if self._under_way == what and not self.isHidden():
            self._text.setText(text)
            self.setAccessibleName(text)
            return
        self.set_done(text)
        self._under_way = what
        self.set_theme(self._theme)
        if self._stop is None:
            self._stop = self._made_button("stop", self._on_stop)
            self._stop.setText("Cancel")
        self._stop.show()

    def set_undoable(self, text: str, whose: str, *, by_key: bool = False) -> None:
        """Say what was changed, and offer to take it back; `by_key` with the key for that, too.

        That is for changes which have no list of their own to go back along.
        """
        self.set_done(text)
        self._whose = whose
        self._by_key = by_key
        if self._undo is None:
            self._undo = self._made_button("undo", self._on_undo)
            self._undo.setText("Undo")
        self._undo.show()

    def set_address(self, text: str, address: str) -> None:
        """Say why an address was not opened, and offer to copy it."""
        self.set_message(f"{text} The address is {_foldable(address)}")
        self._address = address
        if self._copy is None:
            self._copy = self._made_button("copy", self._on_copy)
        self._copy.setText(COPY)
        self._copy.show()

    def take_back(self) -> bool:
        """Take back what the notice speaks of, if the key may; say whether so."""
        may = self._by_key and not self.isHidden()
        if may:
            self._on_undo()
        return may

    @Slot()
    def leave_page(self) -> None:
        """Say no more what was said of the page that was shown."""
        if self._of_page:
            self.clear()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        if self._under_way:
            self._icon.setPixmap(pixmap("clock", theme.muted, 16))
        elif self._calm:
            self._icon.setPixmap(pixmap("check", theme.good, 16))

    def _set_calm(self, *, calm: bool) -> None:
        """Look like good news, or like a warning."""
        if calm != self._calm:
            self._calm = calm
            self.setProperty("banner", not calm)
            self.setProperty("note", calm)
            self.style().unpolish(self)
            self.style().polish(self)
            self.set_theme(self._theme)

    def _made_button(self, name: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.clicked.connect(slot)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(2, button)  # after icon and words
            self._order_stops()
        return button

    @Slot()
    def _on_undo(self) -> None:
        self.clear()
        self.undo_requested.emit(self._whose)

    @Slot()
    def _on_stop(self) -> None:
        what = self._under_way
        self.clear()
        self.stop_requested.emit(what)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        if self._copy is not None:
            self._copy.setText("Copied")


def _foldable(address: str) -> str:
    """Let an address break into lines: a long word would widen the window."""
    shown = address if len(address) <= LONGEST else f"{address[: LONGEST - 1]}…"
    return MAY_BREAK.join(shown[at : at + RUN] for at in range(0, len(shown), RUN))
