"""Labels of dialogs: headings, captions of fields, notes below them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.views import theme as look

MUTED = QPalette.ColorRole.PlaceholderText
BAD = QPalette.ColorRole.BrightText


def heading(text: str, theme: look.Theme) -> QLabel:
    """Make the title of a page or dialog."""
    label = plain(text)
    label.setFont(theme.font(20, 650))
    return label


def caption(text: str, field: QWidget, theme: look.Theme) -> QLabel:
    """Make the name above a field; its mnemonic moves the focus there."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(13, 600))
    label.setBuddy(field)
    return label


def note(theme: look.Theme, text: str = "") -> QLabel:
    """Make a muted line below a field."""
    label = plain(text)
    label.setFont(theme.font(12))
    label.setForegroundRole(MUTED)
    return label


def plain(text: str) -> QLabel:
    """Make a label that wraps and takes no text for markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
