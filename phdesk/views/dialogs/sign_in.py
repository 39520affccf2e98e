"""The first page: where to, with which key."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phdesk.models.account import US_HOST
from phdesk.models.failure import Cause, Failure
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.addresses import key_problem, project_number
from phdesk.views.dialogs.failure_line import FailureLine
from phdesk.views.dialogs.host_choice import HostChoice
from phdesk.views.dialogs.key_field import KeyField
from phdesk.views.dialogs.scopes import Scopes
from phdesk.views.widgets.passing import Passing

WIDTH = 440
SENTENCE = "Native dashboards for PostHog. Unofficial, not made by PostHog."


class SignIn(Passing):
    """Asks for region and key; nothing is sent before the person presses Sign in."""

    sign_in_requested = Signal(str, str, object, bool)  # host, key, project id or None, remember
    create_key_requested = Signal(str)  # host
    demo_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._can_leave = False
        self._can_store = True
        self._make(theme)
        self._arrange(theme)
        self._connect()
        self.set_taker(self._key)
        self.set_theme(theme)
        self.set_can_cancel(False)
        self._show_failure(None)
        self.set_host(US_HOST)

    def set_theme(self, theme: look.Theme) -> None:
        """Dress in a theme."""
        self._logo.setPixmap(look.pixmap("phdesk", theme.text, 40))
        for part in (self._key, self._failure, self._scopes):
            part.set_theme(theme)

    def set_host(self, host: str) -> None:
        """Choose a host: a cloud, or an own address."""
        self._host.set_host(host)
        self._update()

    def set_keyring_state(self, text: str, can_store: bool) -> None:  # noqa: FBT001  as agreed
        """Name the keyring in use, or say why a key cannot be kept."""
        self._can_store = can_store
        self._keyring.setText(text)
        self._remember.setChecked(can_store)
        self._update()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001  a switch
        """Hold the form still while a key is being checked."""
        self._busy = busy
        if busy:
            self._show_failure(None)
        self._update()

    def set_failure(self, failure: Failure) -> None:
        """Say why the last attempt failed, and let the person try again."""
        self._busy = False
        self._show_failure(failure)
        self._update()
        self._key.setFocus()

    def set_can_cancel(self, can_cancel: bool) -> None:  # noqa: FBT001  a switch
        """Offer a way back, when there is something to go back to."""
        self._can_leave = can_cancel
        self._update()

    def set_signed_in(self) -> None:
        """Forget the key and all that was said: the attempt succeeded."""
        self._busy = False
        self._key.clear()
        self._project.clear()
        self._project_part.setVisible(False)
        self._show_failure(None)
        self._update()

    def ask_project(self, reason: str) -> None:
        """Ask for the id of a project, which this key cannot look up."""
        self._busy = False
        self._project_part.setVisible(True)
        self._project_note.setText(reason)
        self._update()
        self._project.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Esc: the check of a key, or the page where there is a way back."""
        if event.key() == Qt.Key.Key_Escape and self._cancel.isVisible():
            self.cancel_requested.emit()
            return
        super().keyPressEvent(event)

    def _make(self, theme: look.Theme) -> None:
        self._logo = QLabel()
        self._host = HostChoice(theme)
        self._key = KeyField(theme)
        self._key_note = words.note(theme)
        self._create = QPushButton("Create a key")
        self._create.setToolTip("Opens PostHog’s settings in your browser")
        self._scopes = Scopes(theme)
        self._project = QLineEdit()
        self._project.setAccessibleName("Project id")
        self._project.setPlaceholderText("12345, or the address of the project")
        self._project_note = words.note(theme)
        self._remember = QCheckBox("Keep me signed in on this computer")
        self._remember.setChecked(True)
        self._keyring = words.note(theme)
        self._failure = FailureLine(theme)
        self._other = QPushButton()
        self._submit = QPushButton("Sign in")
        self._submit.setProperty("primary", True)
        self._cancel = QPushButton("Cancel")
        self._demo = QPushButton("Explore the demo")

    def _arrange(self, theme: look.Theme) -> None:
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(self._head(theme))
        column.addSpacing(16)
        column.addWidget(words.caption("Region", self._host, theme))
        column.addWidget(self._host)
        column.addSpacing(10)
        column.addLayout(self._key_head(theme))
        column.addWidget(self._key)
        column.addWidget(self._key_note)
        column.addWidget(self._scopes)
        column.addWidget(self._make_project_part(theme))
        column.addSpacing(4)
        column.addWidget(self._remember)
        column.addWidget(self._keyring)
        column.addSpacing(6)
        column.addWidget(self._failure)
        column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addLayout(self._buttons())
        _centre(self, column)

    def _head(self, theme: look.Theme) -> QVBoxLayout:
        head = QVBoxLayout()
        sentence = words.plain(SENTENCE)
        sentence.setForegroundRole(words.MUTED)
        for label in (self._logo, words.heading("phdesk", theme), sentence):
            head.addWidget(label)
        return head

    def _key_head(self, theme: look.Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(words.caption("Personal API key", self._key, theme))
        row.addStretch()
        row.addWidget(self._create)
        return row

    def _make_project_part(self, theme: look.Theme) -> QWidget:
        self._project_part = QWidget()
        column = QVBoxLayout(self._project_part)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(6)
        column.addWidget(words.caption("Project id", self._project, theme))
        column.addWidget(self._project)
        column.addWidget(self._project_note)
        self._project_part.setVisible(False)
        return self._project_part

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._submit)
        row.addWidget(self._cancel)
        row.addStretch()
        row.addWidget(self._demo)
        return row

    def _connect(self) -> None:
        self._host.changed.connect(self._edited)
        self._host.submitted.connect(self._ask)
        self._key.changed.connect(self._edited)
        self._key.submitted.connect(self._ask)
        self._project.textEdited.connect(self._edited)
        self._project.returnPressed.connect(self._ask)
        self._submit.clicked.connect(self._ask)
        self._other.clicked.connect(self._switch_region)
        self._create.clicked.connect(self._ask_for_a_key)
        self._demo.clicked.connect(self.demo_requested)
        self._cancel.clicked.connect(self.cancel_requested)

    def _show_failure(self, failure: Failure | None) -> None:
        self._failure.set_failure(failure)
        other = self._host.other_region()
        wrong = failure is not None and failure.cause is Cause.WRONG_REGION
        self._other.setText(f"Try the {other[0]} region" if other else "")
        self._other.setVisible(wrong and other is not None)

    def _update(self) -> None:
        problem = key_problem(self._key.key())
        self._key_note.setText(problem)
        self._key_note.setForegroundRole(words.BAD)
        self._key_note.setVisible(bool(problem))
        self._keyring.setVisible(bool(self._keyring.text()))
        for part in (self._host, self._key, self._project, self._other, self._demo):
            part.setEnabled(not self._busy)
        self._remember.setEnabled(self._can_store and not self._busy)
        self._create.setEnabled(bool(self._host.address().host) and not self._busy)
        self._cancel.setVisible(self._can_leave or self._busy)
        self._submit.setEnabled(self._ready())
        self._submit.setText("Checking the key…" if self._busy else "Sign in")

    def _ready(self) -> bool:
        key = self._key.key()
        whole = bool(key and not key_problem(key) and self._host.address().host)
        asked = not self._project_part.isHidden()
        return whole and not self._busy and not (asked and self._project_id() is None)

    def _project_id(self) -> int | None:
        return None if self._project_part.isHidden() else project_number(self._project.text())

    @Slot()
    def _edited(self) -> None:
        self._show_failure(None)
        self._update()

    @Slot()
    def _ask(self) -> None:
        if self._ready():
            remember = self._can_store and self._remember.isChecked()
            host, project = self._host.address().host, self._project_id()
            self.sign_in_requested.emit(host, self._key.key(), project, remember)

    @Slot()
    def _switch_region(self) -> None:
        other = self._host.other_region()
        if other:
            self.set_host(other[1])
            self._show_failure(None)
            self._submit.setFocus()

    @Slot()
    def _ask_for_a_key(self) -> None:
        self.create_key_requested.emit(self._host.address().host)


def _centre(page: QWidget, column: QVBoxLayout) -> None:
    form = QWidget()
    form.setLayout(column)
    form.setFixedWidth(WIDTH)
    column.setContentsMargins(0, 24, 0, 24)
    middle = QWidget()
    across = QHBoxLayout(middle)
    across.addWidget(form, 0, Qt.AlignmentFlag.AlignCenter)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(middle)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
