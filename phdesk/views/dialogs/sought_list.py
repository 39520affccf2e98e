"""A list in which something is found by a few letters, and picked, without a hand on the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from phdesk.views.dialogs import words
from phdesk.views.theme import Theme
from phdesk.views.widgets.walking import walked_list

PICKED = Qt.ItemDataRole.UserRole
AFTER_TYPING = 250  # ms of rest before the server is asked
IN_A_ROW = 3  # kinds
HEIGHT = 260  # px
Kinds = Sequence[tuple[str, str]]  # of what can be found, and their names for people


class SoughtList(QWidget):
    """The keyboard stays in the field; arrows walk along the list, Enter takes one."""

    wanted = Signal(str, str)  # kind, letters: after a rest, and when the kind changes
    changed = Signal()  # other letters or another kind: `offer` what fits
    picked = Signal(object)  # what was offered

    def __init__(
        self, theme: Theme, kinds: Kinds, field: str, offered: str, parent: QWidget | None = None
    ) -> None:
        """Name the field and what is offered in the list."""
        super().__init__(parent)
        self._names = [kind for kind, _ in kinds]
        self._kind = self._names[0]
        self._list, self._field = walked_list(self)
        self._kinds = [QRadioButton(label.replace("&", "&&")) for _, label in kinds]
        self._note = words.note(theme)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_TYPING)
        self._field.setPlaceholderText(field)
        self._field.setAccessibleName(field)
        self._list.setAccessibleName(offered)
        self._arrange()
        self._connect()
        self.setFocusProxy(self._field)

    @property
    def kind(self) -> str:
        """Give the kind that is looked at."""
        return self._kind

    @property
    def letters(self) -> str:
        """Give what was typed."""
        return self._field.text().strip()

    @property
    def walked(self) -> object:
        """Give what a person has gone on to from what is offered first, or None."""
        return self._list.currentItem().data(PICKED) if self._list.currentRow() > 0 else None

    def labels(self) -> list[str]:
        """Give what is offered, in words."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def start(self) -> None:
        """Offer what is known, and ask for more."""
        self._ask()
        self.changed.emit()

    def offer(self, found: Sequence[tuple[str, object]], marked: object = None) -> None:
        """List things by their words; `marked` stays so where it is among them."""
        self._list.clear()
        for label, one in found:
            item = QListWidgetItem(label)
            item.setData(PICKED, one)
            self._list.addItem(item)
        every = [one for _, one in found]
        first = 0 if found else -1
        self._list.setCurrentRow(every.index(marked) if marked in every else first)

    def say(self, text: str) -> None:
        """Say why nothing is found, or that it is being read."""
        self._note.setText(text)

    def _arrange(self) -> None:
        self._list.setFixedHeight(HEIGHT)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        segments = QVBoxLayout()
        segments.setSpacing(6)
        for start in range(0, len(self._kinds), IN_A_ROW):
            row = QHBoxLayout()
            row.setSpacing(6)
            for button in self._kinds[start : start + IN_A_ROW]:
                button.setProperty("segment", True)
                row.addWidget(button)
            row.addStretch(1)
            segments.addLayout(row)
        self._kinds[0].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addLayout(segments)
        column.addWidget(self._list)
        column.addWidget(self._note)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._on_return)
        self._list.itemClicked.connect(self._on_clicked)
        self._rest.timeout.connect(self._ask)
        for button in self._kinds:
            button.toggled.connect(self._on_kind)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self.changed.emit()
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self.wanted.emit(self._kind, self.letters)

    @Slot(bool)
    def _on_kind(self, _checked: bool) -> None:  # noqa: FBT001  a signal's argument
        pairs = zip(self._names, self._kinds, strict=True)
        kind = next(name for name, button in pairs if button.isChecked())
        if kind != self._kind:
            self._kind = kind
            self.changed.emit()
            self._ask()

    @Slot()
    def _on_return(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.picked.emit(item.data(PICKED))

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(PICKED))
