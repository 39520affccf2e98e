"""Paints text cards: GitHub's Markdown without HTML, images or unsafe links."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from phdesk.core.charts.spec import MarkdownBody
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.ink import LEFT, Ink, text

SAFE = {"http", "https", "mailto"}
# NoHTML: without it one unclosed tag swallows all text after it.
DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub
NO_HTML = QTextDocument.MarkdownFeature.MarkdownNoHTML


class Document(QTextDocument):
    """A document that fetches nothing: every image is one transparent pixel."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        """Answer each request for a file or an address with nothing to see."""
        image = QImage(1, 1, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        return image


def paint(painter: QPainter, rect: QRectF, body: MarkdownBody, ink: Ink) -> None:
    """Paint the lines of a card that fit as a whole."""
    document = _document(body.source, round(rect.width()), ink)
    height = _whole_lines(document, rect.height())
    cut = height < document.size().height() - 1
    if cut:
        height = _whole_lines(document, rect.height() - ink.line(11))
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, 0, rect.width(), height)
    context.palette = _palette(ink)
    painter.save()
    painter.translate(rect.topLeft())
    painter.setClipRect(QRectF(0, 0, rect.width(), height), Qt.ClipOperation.IntersectClip)
    document.documentLayout().draw(painter, context)
    painter.restore()
    if cut:
        foot = QRectF(rect.x(), rect.y() + height, rect.width(), ink.line(11))
        text(painter, foot, "… more", ink, align=LEFT)


def hit(rect: QRectF, body: MarkdownBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the link under a point."""
    link = link_at(rect, body, ink, point)
    return Hit(link) if link else None


def link_at(rect: QRectF, body: MarkdownBody, ink: Ink, point: QPointF) -> str | None:
    """Give the address of the link under a point, if it is http, https or mailto."""
    document = _document(body.source, round(rect.width()), ink)
    link = document.documentLayout().anchorAt(point - rect.topLeft())
    return link if QUrl(link).scheme().lower() in SAFE else None


@lru_cache(maxsize=64)
def _document(source: str, width: int, ink: Ink) -> Document:
    document = Document()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(ink.font(13))
    document.setMarkdown(source, DIALECT | NO_HTML)
    _color_links(document, ink.theme.accent)
    document.setTextWidth(width)
    return document


def _color_links(document: Document, color: QColor) -> None:
    block = document.begin()
    while block.isValid():
        for start, length, href in _links(block):
            cursor = QTextCursor(document)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            safe = QUrl(href).scheme().lower() in SAFE
            style.setForeground(color if safe else QColor(Qt.GlobalColor.transparent))
            if not safe:
                style.clearForeground()
                style.setAnchor(False)
            style.setFontUnderline(safe)
            cursor.mergeCharFormat(style)
        block = block.next()


def _links(block: QTextBlock) -> list[tuple[int, int, str]]:
    made, walk = [], block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        if fragment.isValid() and fragment.charFormat().isAnchor():
            link = fragment.charFormat().anchorHref()
            made.append((fragment.position(), fragment.length(), link))
        walk += 1
    return made


def _whole_lines(document: Document, room: float) -> float:
    """Give the bottom of the last line that fits; never half a line."""
    if document.size().height() <= room:
        return document.size().height()
    bottom, block = 0.0, document.begin()
    while block.isValid():
        frame = document.documentLayout().blockBoundingRect(block)
        if frame.top() > room:
            break
        lines = block.layout()
        for i in range(lines.lineCount()):
            end = frame.top() + lines.lineAt(i).rect().bottom()
            if end <= room:
                bottom = max(bottom, end)
        block = block.next()
    return bottom


def _palette(ink: Ink) -> QPalette:
    palette = QPalette(ink.theme.surface)
    palette.setColor(QPalette.ColorRole.Text, ink.theme.text)
    palette.setColor(QPalette.ColorRole.Link, ink.theme.accent)
    palette.setColor(QPalette.ColorRole.Base, ink.theme.surface)
    return palette
