"""Share a dashboard or an insight: what everybody would see, the link, its options, the end."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.exposing import Exposed
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.form import Form
from phdesk.views.dialogs.sharing_passwords import Passwords
from phdesk.views.dialogs.tables import table
from phdesk.views.dialogs.told_line import ToldLine
from phdesk.views.dialogs.trouble import Keyboard, Trouble
from phdesk.views.widgets.tooltips import plain_tip

WIDTH, HEIGHT = 780, 620  # px
COLUMNS = ("What", "As it is", "May name people")
SEES = "Everybody with the link sees all of this, and the numbers. "
NOTHING_PERSONAL = "Nothing in it is known to name people; look yourself, for nobody can be sure."
PERSONAL = "What may name people stands first: {}."
SHARE, SHARE_ALL_THE_SAME = "Share with everybody who has the link", "Share it all the same"


class Option(Struct, frozen=True, gc=False):
    """An option of the page."""

    key: str
    text: str
    on: bool


class Sharing(Form):
    """Shows how it stands; wishes go up."""

    switch_requested = Signal(bool)
    option_toggled = Signal(str, bool)
    renew_requested = Signal()
    browse_requested = Signal(str)

    def __init__(self, theme: look.Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Share")
        self._theme = theme
        self._state, self._trouble = words.plain("PostHog is being asked…"), Trouble()
        self._off, self._on = QWidget(), QWidget()
        self._sees = words.plain("")
        self._list = table("What everybody would see", COLUMNS)
        self._start, self._stop = QPushButton(SHARE), QPushButton("Stop sharing")
        self._renew, self._close = QPushButton("New link…"), QPushButton("Close")
        self._link, self._embed = QLineEdit(), QLineEdit()
        self._options: dict[str, QCheckBox] = {}
        self._option_row = QVBoxLayout()
        self._option_note = words.note(theme)
        self.passwords = Passwords(theme)
        self._keyboard = Keyboard(self)
        self.line = ToldLine()
        self._arrange(title)
        self._connect()
        self.resize(WIDTH, HEIGHT)

    @property
    def written_in(self) -> QWidget:
        """Give where a new password is written."""
        return self.passwords

    def set_exposed(self, found: Sequence[Exposed], more: str) -> None:
        """List what everybody would see; `more` says what stands beside it, or why nothing does."""
        personal = sum(bool(one.personal) for one in found)
        self._list.setRowCount(len(found))
        for row, one in enumerate(found):
            texts = (one.what, one.text, one.personal or "Not known to")
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if column == 2 and one.personal:
                    item.setIcon(look.icon("triangle-alert", self._theme.color("warn")))
                self._list.setItem(row, column, item)
        self._list.resizeRowsToContents()
        self._list.setVisible(bool(found))
        judged = PERSONAL.format(personal) if personal else NOTHING_PERSONAL
        self._sees.setText(f"{SEES}{judged} {more}" if found else more)
        self._start.setText(SHARE_ALL_THE_SAME if personal else SHARE)

    def set_off(self, state: str) -> None:
        """Show that it is not shared, and what sharing it would mean."""
        self._state.setText(state)
        self._show(on=False)

    def set_on(self, state: str, link: str, embed: str) -> None:
        """Show that it is shared, and where."""
        self._state.setText(state)
        for field, text in ((self._link, link), (self._embed, embed)):
            field.setText(text)
            field.setCursorPosition(0)
        self._show(on=True)

    def set_options(self, options: Sequence[Option], note: str) -> None:
        """Offer the options of the page, by their keys."""
        for one in options:
            if one.key not in self._options:
                box = self._options[one.key] = QCheckBox(one.text)
                box.setMinimumHeight(24)
                box.setProperty("key", one.key)
                box.clicked.connect(self._on_option)
                self._option_row.addWidget(box)
            self._options[one.key].setChecked(one.on)
        self._option_note.setText(note)

    def set_newer(self, *, can_renew: bool, has_passwords: bool) -> None:
        """Offer what only newer servers know."""
        self._renew.setVisible(can_renew)
        self.passwords.setVisible(has_passwords)

    def set_fixed(self, why: str) -> None:
        """Let nothing be changed, and say why."""
        self.set_trouble(why)
        changing = (self._start, self._stop, self._renew, self.passwords, *self._options.values())
        for part in changing:
            part.setEnabled(not why)

    def set_trouble(self, text: str) -> None:
        """Say why it cannot be seen or changed, and what helps."""
        self._trouble.say(text)

    def set_unknown(self) -> None:
        """Show that nothing is known."""
        self._state.setText("")
        self._off.hide()
        self._on.hide()

    def set_sending(self, *, on: bool) -> None:
        """Show that the answer is awaited; nothing is sent twice, and no option from before it."""
        if on:
            self._keyboard.hold()
        for part in (self._start, self._stop, self._renew, *self._options.values()):
            part.setEnabled(not on)
        if not on:
            self._keyboard.give_back()

    def _show(self, *, on: bool) -> None:
        self._off.setVisible(not on)
        self._on.setVisible(on)

    def _arrange(self, title: str) -> None:
        header = self._list.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._list.setWordWrap(True)
        self._start.setProperty("primary", True)
        for button in (self._start, self._stop, self._renew, self._close):
            button.setAutoDefault(False)
        self._lay_out_off()
        self._lay_out_on()
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(f"Share {title}", self._theme))
        for part in (self._state, self._trouble):
            column.addWidget(part)
        column.addWidget(self._off, 1)
        column.addWidget(self._on, 1)
        column.addWidget(self.line)
        column.addLayout(bottom)
        self._off.hide()
        self._on.hide()

    def _lay_out_off(self) -> None:
        column = QVBoxLayout(self._off)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.addWidget(self._start)
        row.addStretch(1)
        column.addWidget(self._sees)
        column.addWidget(self._list, 1)
        column.addLayout(row)

    def _lay_out_on(self) -> None:
        column = QVBoxLayout(self._on)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        browse = QPushButton("Open in the browser")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse)
        for name, field, more in (
            ("Link", self._link, [browse]),
            ("To put it into a page of the web", self._embed, []),
        ):
            field.setReadOnly(True)
            copy = QPushButton("Copy")
            copy.setAutoDefault(False)
            copy.setAccessibleName(f"Copy: {name}")
            copy.setProperty("field", name)
            copy.clicked.connect(self._on_copy)
            row = QHBoxLayout()
            row.addWidget(field, 1)
            row.addWidget(copy)
            for part in more:
                row.addWidget(part)
            column.addWidget(words.caption(name, field, self._theme))
            field.setAccessibleName(name)
            column.addLayout(row)
        self._option_row.setSpacing(2)
        column.addLayout(self._option_row)
        column.addWidget(self._option_note)
        column.addWidget(self.passwords)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self._stop)
        row.addWidget(self._renew)
        row.addStretch(1)
        column.addLayout(row)

    def _connect(self) -> None:
        self._start.clicked.connect(self._on_start)
        self._stop.clicked.connect(self._on_stop)
        self._renew.clicked.connect(self.renew_requested)
        self._close.clicked.connect(self.reject)

    @Slot()
    def _on_start(self) -> None:
        self.switch_requested.emit(True)

    @Slot()
    def _on_stop(self) -> None:
        self.switch_requested.emit(False)

    @Slot()
    def _on_browse(self) -> None:
        self.browse_requested.emit(self._link.text())

    @Slot()
    def _on_copy(self) -> None:
        is_link = self.sender().property("field") == "Link"
        QGuiApplication.clipboard().setText((self._link if is_link else self._embed).text())
        self.line.tell("The link is copied." if is_link else "The snippet is copied.")

    @Slot(bool)
    def _on_option(self, on: bool) -> None:  # noqa: FBT001  a signal's value
        self.option_toggled.emit(str(self.sender().property("key")), on)
