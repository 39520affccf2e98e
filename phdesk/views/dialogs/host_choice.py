"""Where the account lives: US, EU, or an address of one's own."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.models.account import EU_HOST, US_HOST
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.addresses import Address, read_address

CLOUDS = (("US", "US Cloud", US_HOST), ("EU", "EU Cloud", EU_HOST))


class HostChoice(QWidget):
    """Three segments and a field that shows for the third."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hosts: dict[QRadioButton, str] = {}
        self._group = QButtonGroup(self)
        for text, name, host in (*CLOUDS, ("Self-hosted", "Self-hosted PostHog", "")):
            self._add(text, name, host)
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("posthog.example.com")
        self._edit.setAccessibleName("Address of your PostHog")
        self._note = words.note(theme)
        self._arrange()
        self._group.buttons()[0].setChecked(True)
        self._show()
        self._group.buttonClicked.connect(self._tell)
        self._edit.textEdited.connect(self._tell)
        self._edit.returnPressed.connect(self.submitted)

    def address(self) -> Address:
        """Give the chosen address, or why there is none yet."""
        host = self._hosts[self._checked()]
        return Address(host) if host else read_address(self._edit.text())

    def set_host(self, host: str) -> None:
        """Choose a host; what is no cloud goes into the field."""
        for button, known in self._hosts.items():
            if known == host or not known:
                button.setChecked(True)
                break
        if host not in self._hosts.values():
            self._edit.setText(host)
        self._show()

    def other_region(self) -> tuple[str, str] | None:
        """Give name and host of the other cloud; None for an own address."""
        host = self._hosts[self._checked()]
        others = [(text, other) for text, _, other in CLOUDS if host and other != host]
        return others[0] if others else None

    def _add(self, text: str, name: str, host: str) -> None:
        button = QRadioButton(text)
        button.setProperty("segment", True)
        button.setAccessibleName(name)
        self._group.addButton(button)
        self._hosts[button] = host

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self._hosts:
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._edit)
        column.addWidget(self._note)

    def _checked(self) -> QRadioButton:
        return next(button for button in self._hosts if button.isChecked())

    def _show(self) -> None:
        self._edit.setVisible(not self._hosts[self._checked()])
        address = self.address()
        self._note.setText(address.problem or address.hint)
        self._note.setForegroundRole(words.BAD if address.problem else words.MUTED)
        self._note.setVisible(bool(self._note.text()))

    @Slot()
    def _tell(self) -> None:
        self._show()
        self.changed.emit()
