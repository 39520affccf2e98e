"""All watches of an account: how each stands, and what can be done with it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.ages import absolute
from phdesk.core.watching.states import Standing
from phdesk.models.watch import Watch
from phdesk.views.dialogs import words
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.pressing import Dialog

SNOOZES = (("for 1 hour", 1), ("for 6 hours", 6), ("for 1 day", 24), ("for 1 week", 168))
ID = Qt.ItemDataRole.UserRole
STANDS: dict[Standing, tuple[str, str]] = {
    "new": ("not judged yet", "clock"),
    "ok": ("well", "check"),
    "pending": ("fires if it stays so", "clock"),
    "firing": ("fires", "triangle-alert"),
    "missing": ("no data", "circle-help"),
    "short": ("too little history", "circle-help"),
    "error": ("cannot be kept: its tile or number is gone", "circle-alert"),
    "off": ("off", "eye-off"),
    "snoozed": ("snoozed", "clock"),
    "acknowledged": ("fires, acknowledged", "eye"),
}
NONE = "Nothing is watched yet. Choose a tile with New, or go to one and press Shift+W."


class Line(Struct, frozen=True, gc=False):
    """A watch and how it stands."""

    watch: Watch
    standing: Standing
    rule: str  # what it waits for
    too_old: str = ""  # why it is not judged now


class WatchListDialog(Dialog):
    """Asks; whoever opens it does what is asked and brings it up to date."""

    new_requested = Signal()
    edit_requested = Signal(str)  # id of a watch
    snooze_requested = Signal(str, int)  # id, hours; 0: no longer
    switch_requested = Signal(str, bool)
    delete_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Watches")
        self._theme = theme
        self._lines: dict[str, Line] = {}
        self._none = words.note(theme, NONE)
        self._list = QListWidget()
        self._list.setAccessibleName("Watches")
        self._list.setProperty("ring", True)
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._new = QPushButton("&New…")
        self._edit, self._snooze = QPushButton("&Change…"), QPushButton("&Snooze")
        self._switch, self._delete = QPushButton("Switch &off"), QPushButton("&Delete")
        self._lay_out()
        self._list.currentItemChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_edit)
        self._new.clicked.connect(self.new_requested)
        self._edit.clicked.connect(self._on_edit)
        self._switch.clicked.connect(self._on_switch)
        self._delete.clicked.connect(self._on_delete)

    def set_lines(self, lines: Sequence[Line], now: datetime) -> None:
        """List watches; the one with the keyboard keeps it."""
        held = self._current.watch.id if self._current is not None else ""
        place = self._list.currentRow()
        self._lines = {one.watch.id: one for one in lines}
        self._list.clear()
        for line in lines:
            item = QListWidgetItem(_text(line, now))
            item.setData(ID, line.watch.id)
            item.setIcon(icon(STANDS[line.standing][1], self._theme.text))
            self._list.addItem(item)
            if line.watch.id == held:
                self._list.setCurrentItem(item)
        if self._list.currentRow() < 0 and lines:
            self._list.setCurrentRow(min(max(place, 0), len(lines) - 1))
        self._none.setVisible(not lines)
        self._update()

    @property
    def _current(self) -> Line | None:
        return self._lines.get(self._list.currentIndex().data(ID))

    @Slot()
    def _update(self) -> None:
        line = self._current
        for button in (self._edit, self._snooze, self._switch, self._delete):
            button.setEnabled(line is not None)
        is_off = line is not None and not line.watch.enabled
        self._switch.setText("Switch &on" if is_off else "Switch &off")

    @Slot()
    def _on_edit(self) -> None:
        if self._current is not None:
            self.edit_requested.emit(self._current.watch.id)

    @Slot()
    def _on_switch(self) -> None:
        if self._current is not None:
            watch = self._current.watch
            self.switch_requested.emit(watch.id, not watch.enabled)

    @Slot()
    def _on_delete(self) -> None:
        if self._current is not None:
            self.delete_requested.emit(self._current.watch.id)

    @Slot()
    def _on_snooze(self) -> None:
        sender = self.sender()
        if self._current is not None and sender is not None:
            self.snooze_requested.emit(self._current.watch.id, int(sender.property("hours")))

    def _lay_out(self) -> None:
        menu = QMenu(self)
        for text, hours in (*SNOOZES, ("no longer", 0)):
            action = menu.addAction(text)
            action.setProperty("hours", hours)
            action.triggered.connect(self._on_snooze)
        self._snooze.setMenu(menu)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        for button in (self._new, self._edit, self._snooze, self._switch, self._delete):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Watches", self._theme))
        column.addWidget(self._none)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self.resize(620, 420)


def _text(line: Line, now: datetime) -> str:
    watch = line.watch
    name = watch.name or watch.known_as
    about = f" ({watch.known_as})" if watch.name and watch.known_as else ""
    until = ""
    if line.standing == "snoozed" and watch.snoozed_until is not None:
        until = f" until {absolute(watch.snoozed_until, now, None)}"
    now_not = f"; not judged now: {line.too_old}" if line.too_old else ""
    return f"{name}{about}: {line.rule} – {STANDS[line.standing][0]}{until}{now_not}"
