"""Colours for HogQL while it is written."""

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from phdesk.core.hogql.places import qt_place
from phdesk.core.hogql.tokens import Kind, line_tokens
from phdesk.views.theme import Theme


class SqlColors(QSyntaxHighlighter):
    """Colours line by line; what a line leaves open is kept with it as a number."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[Kind, QTextCharFormat] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._formats = {
            "keyword": _format(theme.accent, 600),
            "function": _format(theme.accent),
            "string": _format(theme.good),
            "number": _format(theme.good),
            "comment": _format(theme.muted, italic=True),
            "placeholder": _format(theme.text, 700),
        }
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        cut, left_open = line_tokens(text, max(self.previousBlockState(), 0))
        for token in cut:
            form = self._formats.get(token.kind)
            if form is not None:
                start, end = qt_place(text, token.start), qt_place(text, token.end)
                self.setFormat(start, end - start, form)
        self.setCurrentBlockState(left_open)


def _format(color: QColor, weight: int = 400, *, italic: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(color)
    made.setFontWeight(weight)
    made.setFontItalic(italic)
    return made
