"""A dialog of fields that scroll, with what is wrong above them and the buttons below."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.field import Field
from phdesk.views.dialogs.form import Form
from phdesk.views.dialogs.trouble import Keyboard, Trouble, show_wrong

NUMBER = Qt.ItemDataRole.UserRole


class EntryDialog(Form):
    """Holds fields by name; whoever makes it fills them in and says what saving is."""

    def __init__(
        self, theme: look.Theme, title: str, act: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.fields: dict[str, Field] = {}
        self._theme = theme
        self._trouble, self._keyboard = Trouble(), Keyboard(self)
        self._save, self._cancel = QPushButton(act), QPushButton("Cancel")
        self._save.setProperty("primary", True)
        self._save.setDefault(True)
        self._cancel.clicked.connect(self.reject)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)  # of the fields
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(12)
        self._scroll.setWidget(inner)

    def set_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at the fields what is wrong; under an empty name it is the whole."""
        if show_wrong(wrong, self.fields, self._trouble.say):
            self._scroll.ensureWidgetVisible(self.focusWidget())

    def set_sending(self, *, on: bool) -> None:
        """Show that the answer is awaited; nothing is sent twice."""
        if on:
            self._keyboard.hold()
        self._save.setEnabled(not on)
        if not on:
            self._keyboard.give_back()

    def _add(self, key: str, name: str, part: QWidget) -> None:
        """Put a field below the others."""
        self.fields[key] = Field(self._theme, name, part)
        self._column.addWidget(self.fields[key])

    def _lay_out(self, above: Iterable[QWidget] = (), below: Iterable[QWidget] = ()) -> None:
        """Put the fields between heading and buttons; further lines stand around them."""
        self._column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        for part in (words.heading(self.windowTitle(), self._theme), *above, self._trouble):
            column.addWidget(part)
        column.addWidget(self._scroll, 1)
        for part in below:
            column.addWidget(part)
        column.addLayout(buttons)


class Ticks(QListWidget):
    """Names with numbers behind them, each of which can be ticked."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        """Make it at most `height` px high."""
        super().__init__(parent)
        self.setProperty("ring", True)
        self.setMaximumHeight(height)

    def offer(self, names: Iterable[tuple[int, str]]) -> None:
        """Offer these, none of them ticked."""
        self.clear()
        for number, name in names:
            item = QListWidgetItem(name)
            item.setData(NUMBER, number)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)

    @property
    def ticked(self) -> tuple[int, ...]:
        """Give the numbers that are ticked, in their order."""
        on = Qt.CheckState.Checked
        return tuple(int(one.data(NUMBER)) for one in self._items() if one.checkState() is on)

    def tick(self, numbers: Iterable[int]) -> None:
        """Tick these and no others."""
        wanted = set(numbers)
        for item in self._items():
            on = item.data(NUMBER) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _items(self) -> Iterable[QListWidgetItem]:
        return (self.item(row) for row in range(self.count()))
