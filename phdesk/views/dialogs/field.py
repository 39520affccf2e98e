"""A field of a form with its name above and, when it is wrong, the reason below."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from phdesk.views import theme as look
from phdesk.views.dialogs import words


class Field(QWidget):
    """Holds a caption, a field and a line for what is wrong with it."""

    def __init__(
        self, theme: look.Theme, name: str, field: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._caption: QLabel = words.caption(name, field, theme)
        self._wrong = words.note(theme)
        self._wrong.setForegroundRole(words.BAD)
        self._wrong.hide()
        if not field.accessibleName():
            field.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._caption, field, self._wrong):
            column.addWidget(part)

    @property
    def wrong(self) -> str:
        """Give the reason that is shown."""
        return self._wrong.text()

    def set_wrong(self, why: str) -> None:
        """Say what is wrong, or nothing."""
        self._wrong.setText(why)
        self._wrong.setVisible(bool(why))
        (self.field.focusProxy() or self.field).setAccessibleDescription(why)
