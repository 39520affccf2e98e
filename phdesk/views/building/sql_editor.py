"""An editor for HogQL: colours, line numbers, completion, and errors at their place."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from phdesk.core.hogql.offering import Offer, Schema, offers_at, with_offer
from phdesk.core.hogql.places import letter_place, qt_place
from phdesk.views.building.sql_colors import SqlColors
from phdesk.views.building.sql_offers import SqlOffers
from phdesk.views.theme import Theme

PAD = 10  # px beside the line numbers
AFTER_TYPING = 120  # ms of rest before offers are looked for
LETTERS_FIRST = 2  # typed before offers come by themselves
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class SqlEditor(QPlainTextEdit):
    """Tab leaves it, as it leaves every field; the two ends of an error are places in the text."""

    run_requested = Signal()
    changed = Signal(str)  # by the person

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._schema: Schema = {}
        self._placeholders: Sequence[Offer] = ()
        self._error: tuple[str, int, int] | None = None  # words, and where
        self._quiet = False  # what is set is no edit
        self._colors = SqlColors(theme, self.document())
        self._margin = Margin(self)
        self.offers = SqlOffers(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_TYPING)
        self._arrange()
        self._rest.timeout.connect(self._offer_soon)
        self.offers.taken.connect(self.take)
        self.textChanged.connect(self._on_text)
        self.blockCountChanged.connect(self._fit_margin)
        self.updateRequest.connect(self._scroll_margin)
        self.cursorPositionChanged.connect(self._on_cursor)
        self.set_theme(theme)

    def set_text(self, text: str) -> None:
        """Show a query; the same one leaves cursor and steps alone."""
        if text == self.toPlainText():
            return
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def set_schema(self, schema: Schema) -> None:
        """Take the tables and columns that can be completed."""
        self._schema = schema

    def set_placeholders(self, placeholders: Sequence[Offer]) -> None:
        """Take what may stand in braces."""
        self._placeholders = placeholders

    def write(self, text: str) -> None:
        """Write something at the cursor, with which the person goes on."""
        self.offers.hide()
        self.insertPlainText(text)
        self.ensureCursorVisible()
        self.setFocus()

    def set_error(self, words: str, start: int | None = None, end: int | None = None) -> None:
        """Mark what the server refused; without a place only say it."""
        if start is None:
            self._error = (words, 0, 0) if words else None
        else:
            text = self.toPlainText()
            first = min(max(start, 0), len(text))
            last = min(max(end if end is not None else 0, first + 1), len(text))
            self._error = (words, qt_place(text, first), qt_place(text, last))
        self.setAccessibleDescription(words)
        self._mark()
        self._margin.update()

    @property
    def error_line(self) -> int:
        """Give the line of the error, from 1; 0 when there is none with a place."""
        if self._error is None or self._error[2] == 0:
            return 0
        return self.document().findBlock(self._error[1]).blockNumber() + 1

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._colors.set_theme(theme)
        self._mark()
        self._margin.update()

    @Slot()
    def offer(self) -> None:
        """Show what can be completed at the cursor, whatever is typed."""
        found = offers_at(self.toPlainText(), self._place, self._schema, self._placeholders)
        self.offers.show_at(self._cursor_place(), found, self.rect().adjusted(0, 0, 0, 0))

    @Slot(object)
    def take(self, offer: Offer) -> None:
        """Write a completion in the place of the letters typed."""
        cursor, offers, whole = self.textCursor(), self.offers.offers, self.toPlainText()
        text, inside = with_offer(whole, self._place, offer)
        start, end = offers.start, offers.start + len(offers.prefix)
        cursor.setPosition(qt_place(whole, start))
        cursor.setPosition(qt_place(whole, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        cursor.setPosition(qt_place(self.toPlainText(), start + inside))
        self.setTextCursor(cursor)
        self._rest.stop()
        self.offers.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run, complete, or write."""
        if event.key() in ENTERS and event.modifiers() & CONTROL:
            self.offers.hide()
            self.run_requested.emit()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & CONTROL:
            self.offer()
        elif self.offers.isVisible() and self._walked(event):
            event.accept()
        elif event.key() in ENTERS:
            self._break_line()
        else:
            super().keyPressEvent(event)
            self._typed(event.text())

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  Qt's own
        """Take the marked completion with Tab while there are some, else leave."""
        self._offer_now()
        offer = self.offers.current
        if forward and offer is not None:
            self.take(offer)
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Offer nothing where nobody writes."""
        self.offers.hide()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line numbers at the left."""
        super().resizeEvent(event)
        inner = self.contentsRect()
        self._margin.setGeometry(inner.left(), inner.top(), self.margin_width(), inner.height())

    def margin_width(self) -> int:
        """Give the room of the line numbers."""
        digits = max(len(str(self.blockCount())), 2)
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * PAD

    def paint_margin(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines that are seen, that of an error in its colour."""
        painter = QPainter(self._margin)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.bg)
        painter.drawRect(event.rect())
        painter.setFont(self.font())
        here, wrong = self.textCursor().blockNumber(), self.error_line - 1
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        width = self._margin.width() - PAD
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber()
            plain = self._theme.text if number == here else self._theme.muted
            painter.setPen(self._theme.bad if number == wrong else plain)
            line = QRect(0, round(top), width, self.fontMetrics().height())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(number + 1))
            top += height
            block = block.next()

    def _arrange(self) -> None:
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setProperty("code", True)  # its numbers of lines stand at the edge
        self.setAccessibleName("SQL")
        self.setTabChangesFocus(True)
        self.setPlaceholderText("select event, count() from events group by event")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._fit_margin()

    def _walked(self, event: QKeyEvent) -> bool:
        """Use a key on the offers, if it is one of theirs."""
        key = event.key()
        if key in ENTERS:
            self._offer_now()
        offer = self.offers.current
        if key == Qt.Key.Key_Escape:
            self.offers.hide()
        elif key in ENTERS and offer is not None:
            self.take(offer)
        elif key in STEPS:
            self.offers.step(STEPS[Qt.Key(key)])
        else:
            return False
        return True

    def _break_line(self) -> None:
        """Begin a line as far in as the last one began."""
        line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        indent = line[: len(line) - len(line.lstrip())]
        self.insertPlainText("\n" + indent)
        self.ensureCursorVisible()

    def _typed(self, text: str) -> None:
        if text and (text.isidentifier() or text in "._${"):
            self._rest.start()
        elif text or self.offers.isVisible():
            self._rest.stop()
            if not text.isdigit():
                self._offer_soon()

    @property
    def _place(self) -> int:
        """Give the place of the cursor in letters."""
        return letter_place(self.toPlainText(), self.textCursor().position())

    def _offer_now(self) -> None:
        """Bring offers up to what was typed just now."""
        if self._rest.isActive() and self.offers.isVisible():
            self._rest.stop()
            self._offer_soon()

    @Slot()
    def _offer_soon(self) -> None:
        """Offer what fits once there are letters enough, or after a dot."""
        text = self.toPlainText()
        found = offers_at(text, self._place, self._schema, self._placeholders)
        dotted = text[found.start - 1 : found.start] in (".", "{")
        if dotted or len(found.prefix) >= LETTERS_FIRST:
            self.offers.show_at(self._cursor_place(), found, self.rect())
        else:
            self.offers.hide()

    def _cursor_place(self) -> QRect:
        place = self.cursorRect().translated(self.viewport().pos())
        letters = len(self.offers.offers.prefix)
        return place.translated(-letters * self.fontMetrics().horizontalAdvance("9"), 0)

    @Slot()
    def _on_text(self) -> None:
        if self._quiet:
            return
        if self._error is not None:
            self.set_error("")  # of a text that is no more
        self.changed.emit(self.toPlainText())

    @Slot()
    def _on_cursor(self) -> None:
        self._margin.update()
        if self.offers.isVisible() and self._place < self.offers.offers.start:
            self.offers.hide()

    @Slot()
    def _fit_margin(self) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)

    @Slot(QRect, int)
    def _scroll_margin(self, rect: QRect, by: int) -> None:
        if by:
            self._margin.scroll(0, by)
        else:
            self._margin.update(0, rect.y(), self._margin.width(), rect.height())

    def _mark(self) -> None:
        if self._error is None or self._error[2] == 0:
            self.setExtraSelections([])
            return
        _, start, end = self._error
        mark = QTextEdit.ExtraSelection()
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(self._theme.bad)
        form.setBackground(_tinted(self._theme))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, form
        self.setExtraSelections([mark])


class Margin(QWidget):
    """The strip with the numbers of the lines; the editor paints it."""

    def __init__(self, editor: SqlEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """Ask for the room of the numbers."""
        return QSize(self._editor.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers."""
        self._editor.paint_margin(event)


def _tinted(theme: Theme) -> QColor:
    made = QColor(theme.bad)
    made.setAlpha(28)
    return made
