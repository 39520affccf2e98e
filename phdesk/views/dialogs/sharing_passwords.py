"""The passwords of a shared page: whether one is asked for, which there are, a new one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.dates import short_month
from phdesk.models.sharing import SharePassword
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.spoken import speak

ID = Qt.ItemDataRole.UserRole
SHORTEST = 8  # characters, as PostHog wants them
HIGH = 72  # px of the list
NOTE, WORD = "note", "word"  # fields of a new password
PASSWORD_PLACES = {"note": NOTE, "raw_password": WORD, "password": WORD}  # by what servers say
TOLD_ONCE = "PostHog tells it this once: {}"
NONE_YET = "No password was made yet: nobody can see the page."
NOT_ASKED = "No password is asked for as long as the box above is not ticked."


class Passwords(QWidget):
    """Nothing happens here, wishes go up."""

    required_toggled = Signal(bool)
    wanted = Signal(str, str)  # note, and word; "" lets PostHog choose it
    delete_requested = Signal(str)  # id

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._required = QCheckBox("Ask for a password")
        self._list = QListWidget()
        self._note, self._word = QLineEdit(), QLineEdit()
        self._told_word = self._next = ""
        self._held: tuple[SharePassword, ...] = ()
        self._copy = QPushButton("Copy the password")
        self._add, self._delete = QPushButton("Add a password"), QPushButton("Delete the password")
        self._wrong, self._told = words.note(theme), words.plain("")
        self._arrange()
        self._required.clicked.connect(self.required_toggled)
        self._add.clicked.connect(self._on_add)
        self._delete.clicked.connect(self._on_delete)
        self._copy.clicked.connect(self._on_copy)
        self._list.itemSelectionChanged.connect(self._update)
        self._update()

    def set_passwords(self, passwords: Sequence[SharePassword], *, required: bool) -> None:
        """Show whether a password is asked for, and which there are."""
        self._required.setChecked(required)
        if tuple(passwords) != self._held:  # else what is chosen stays so, and the keyboard
            self._held = tuple(passwords)
            self._fill()
        unasked = NOT_ASKED if passwords and not required else ""
        self._tell_wrong(NONE_YET if required and not passwords else unasked)
        self._update()

    def _fill(self) -> None:
        self._list.clear()
        for one in self._held:
            at = one.created_at.astimezone() if one.created_at is not None else None
            made = f"{at:%d} {short_month(at)} {at.year}" if at is not None else ""
            parts = [one.note or "Without a note", made, one.creator]
            item = QListWidgetItem(", ".join(part for part in parts if part))
            item.setData(ID, one.id)
            self._list.addItem(item)
        self._list.setVisible(bool(self._held))
        numbers = [one.id for one in self._held]
        if numbers:
            self._list.setCurrentRow(numbers.index(self._next) if self._next in numbers else 0)

    def choose(self, password: str) -> None:
        """Choose a password of the list that is to come."""
        self._next = password

    def tell_once(self, word: str) -> None:
        """Show the word of a password that was just made."""
        self._told_word = word
        self._told.setText(TOLD_ONCE.format(word))
        self._told.show()
        self._copy.show()
        self.clear()

    def clear(self) -> None:
        """Forget what was entered of a new one: it is made."""
        self._note.clear()
        self._word.clear()

    def set_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say what is wrong with a new password, and go to its field."""
        fields = {WORD: self._word, NOTE: self._note}
        key = next((one for one in fields if one in wrong), WORD)
        self._tell_wrong(wrong.get(key, ""), fields[key])
        fields[key].setFocus()
        speak(fields[key], wrong.get(key, ""))

    def _arrange(self) -> None:
        self._list.setAccessibleName("Passwords")
        self._list.hide()
        self._list.setProperty("ring", True)
        self._list.setMaximumHeight(HIGH)
        self._note.setPlaceholderText("For whom, as a note")
        self._note.setAccessibleName("Note of a new password")
        self._word.setPlaceholderText("Word, or leave it to PostHog")
        self._word.setAccessibleName("New password")
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._wrong.setForegroundRole(words.BAD)
        for button in (self._add, self._delete, self._copy):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        for part in (self._note, self._word, self._add):
            row.addWidget(part)
        below = QHBoxLayout()
        below.addWidget(self._list, 1)
        below.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._required)
        column.addLayout(below)
        column.addLayout(row)
        column.addWidget(self._wrong)
        told = QHBoxLayout()
        told.addWidget(self._told, 1)
        told.addWidget(self._copy)
        column.addLayout(told)
        self._tell_wrong("")
        self._told.hide()
        self._copy.hide()

    def _tell_wrong(self, why: str, field: QLineEdit | None = None) -> None:
        self._wrong.setText(why)
        self._wrong.setVisible(bool(why))
        for one in (self._note, self._word):
            one.setAccessibleDescription(why if one is (field or self._word) else "")

    @Slot()
    def _update(self) -> None:
        self._delete.setVisible(self._list.count() > 0)
        self._delete.setEnabled(self._list.currentItem() is not None)

    @Slot()
    def _on_add(self) -> None:
        word = self._word.text()
        if word and len(word) < SHORTEST:
            self._tell_wrong(f"At least {SHORTEST} characters; leave it empty to get a good one.")
            self._word.setFocus()
            return
        self._tell_wrong("")
        self.wanted.emit(self._note.text().strip(), word)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._told_word)

    @Slot()
    def _on_delete(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.delete_requested.emit(str(item.data(ID)))
