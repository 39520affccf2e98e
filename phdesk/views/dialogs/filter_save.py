"""Ask before filters are saved for everyone, and say what that changes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from phdesk.core.refused import doubted, is_unsure
from phdesk.models.failure import Cause, Failure
from phdesk.services.failures import advice
from phdesk.views.dialogs import words
from phdesk.views.dialogs.trouble import Keyboard, Trouble
from phdesk.views.theme import Theme
from phdesk.views.widgets.pressing import Dialog

WIDTH = 440  # px
STAY = "Your filters stay as they are, for you alone."
MAYBE = "PostHog may have saved them all the same; saving again looks first."
OF_NUMBERS = (Cause.INVALID, Cause.SERVER, Cause.NETWORK)  # whose remedies speak of what is shown
NOT_EDITOR = "Your access to this dashboard is to view it only, so these filters stay yours."


class SaveFilters(Dialog):
    """A separate act: nothing is saved before it is confirmed here."""

    save_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        dashboard: str,
        changes: Sequence[str],
        why_not: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Save filters for everyone")
        self._why_not = why_not
        self._said, self._keyboard = Trouble(), Keyboard(self)
        self._save = QPushButton("Save for everyone")
        self._save.setProperty("primary", True)
        self._save.setEnabled(not why_not)
        self._cancel = QPushButton("Cancel")
        self._cancel.setDefault(True)  # Enter alone changes nothing for others
        self._lay_out(theme, dashboard, changes)
        self._said.say(why_not)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)

    @property
    def said(self) -> str:
        """Give what stands in the way."""
        return self._said.text()

    def set_failure(self, failure: Failure) -> None:
        """Say why it was not saved; what is temporary stays."""
        told = advice(failure)
        remedy = "" if failure.cause in OF_NUMBERS else f" {told.remedy}"
        if failure.cause is Cause.MISSING_SCOPE and not failure.scope:
            remedy = " Add the scope dashboard:write to the key in PostHog's settings."
        why = doubted(f"{told.what}{remedy}", failure, MAYBE)
        self._said.say(why if is_unsure(failure) else f"{why} {STAY}")
        self._save.setEnabled(told.retry)
        self._save.setText("Save for everyone")
        self._keyboard.give_back()

    @Slot()
    def _on_save(self) -> None:
        self._keyboard.hold()
        self._said.say("")
        self._save.setEnabled(False)
        self._save.setText("Saving…")
        self.save_requested.emit()

    def _lay_out(self, theme: Theme, dashboard: str, changes: Sequence[str]) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Save these filters for everyone?", theme))
        column.addWidget(words.plain(f"Whoever opens “{dashboard}” then sees it with them."))
        for line in changes:
            column.addWidget(words.plain(f"•  {line}"))
        column.addWidget(self._said)
        column.addSpacing(6)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH)
