"""Paints text cards: GitHub's Markdown without HTML, images or unsafe links."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextOption,
    QTextTable,
)

from phdesk.core.charts.spec import MarkdownBody
from phdesk.core.charts.text import is_section, markdown_title
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.ink import LEFT, Ink, restore_clip, text
from phdesk.views.theme import draw_icon

BODY = 13  # px
HEADINGS = (20, 16, 14, 13)  # px, by level
BOLD = 650
SPECIFIED = QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly
SAFE = {"http", "https"}
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
    if cut and height <= 0:
        text(
            painter,
            rect,
            markdown_title(body.source),
            ink,
            px=BODY,
            weight=600,
            color=ink.theme.text,
        )
        return
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, 0, rect.width(), height)
    context.palette = _palette(ink, ink.theme.muted if is_section(body.source) else None)
    painter.save()
    painter.translate(rect.topLeft())
    painter.setClipRect(QRectF(0, 0, rect.width(), height), Qt.ClipOperation.IntersectClip)
    document.documentLayout().draw(painter, context)
    _checks(painter, document, ink)
    restore_clip(painter, ink)
    if cut:
        foot = QRectF(rect.x(), rect.y() + height, rect.width(), ink.line(11))
        text(painter, foot, "… more", ink, align=LEFT)


def _checks(painter: QPainter, document: Document, ink: Ink) -> None:
    """Tick the boxes of done tasks: Qt draws them all empty."""
    side, block = ink.px(9), document.begin()
    while block.isValid():
        if block.blockFormat().marker() == QTextBlockFormat.MarkerType.Checked:
            frame = document.documentLayout().blockBoundingRect(block)
            line = block.layout().lineAt(0).naturalTextRect()
            middle = QPointF(
                frame.x() + line.x() - ink.px(9), frame.y() + line.bottom() - ink.line(BODY) / 2
            )
            spot = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            draw_icon(painter, spot, "check", ink.theme.accent)
        block = block.next()


def hit(rect: QRectF, body: MarkdownBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the link under a point."""
    link = link_at(rect, body, ink, point)
    return Hit(link) if link else None


def link_at(rect: QRectF, body: MarkdownBody, ink: Ink, point: QPointF) -> str | None:
    """Give the address of the link under a point, if it is http or https."""
    document = _document(body.source, round(rect.width()), ink)
    link = document.documentLayout().anchorAt(point - rect.topLeft())
    return link if QUrl(link).scheme().lower() in SAFE else None


@lru_cache(maxsize=64)
def _document(source: str, width: int, ink: Ink) -> Document:
    document = Document()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(1)
    document.setDefaultTextOption(_breaking())
    document.setIndentWidth(ink.px(18))
    document.setDefaultFont(ink.font(BODY))
    document.setMarkdown(source, DIALECT | NO_HTML)
    _dress(document, width, ink)
    document.setTextWidth(width)
    return document


def _breaking() -> QTextOption:
    """Break an address that is longer than a line rather than cut it."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _dress(document: Document, width: float, ink: Ink) -> None:
    """Give headings, links and tables the theme's look; Markdown itself says nothing of it."""
    block = document.begin()
    while block.isValid():
        _space(block, ink)
        level = block.blockFormat().headingLevel()
        px = heading_px(block.text(), level, width, ink) if level else 0
        for start, length, style in _styles(block):
            _restyle(document, start, length, _dressed(style, px, ink))
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            look = frame.format().toTableFormat()
            look.setBorderBrush(ink.theme.line)
            look.setBorder(1)
            look.setBorderCollapse(True)
            look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            look.setBottomMargin(ink.px(7))
            look.setCellPadding(ink.px(4))
            frame.setFormat(look)


def _space(block: QTextBlock, ink: Ink) -> None:
    cursor = QTextCursor(block)
    style = block.blockFormat()
    in_table = cursor.currentTable() is not None
    below = 0.0 if in_table else ink.px(2 if block.textList() is not None else 7)
    style.setTopMargin(0)
    style.setBottomMargin(below)
    style.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if style.hasProperty(QTextFormat.Property.BlockCodeLanguage) or style.nonBreakableLines():
        style.setBackground(ink.theme.grid)
    cursor.setBlockFormat(style)


def _styles(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Give the runs of a block with their looks, before any of them is changed."""
    made, walk = [], block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        if fragment.isValid():
            made.append((fragment.position(), fragment.length(), fragment.charFormat()))
        walk += 1
    return made


def heading_px(words: str, level: int, width: float, ink: Ink) -> int:
    """Give the size of a heading: smaller in a narrow card, before a word would be broken."""
    px, least = HEADINGS[min(level, len(HEADINGS)) - 1], BODY - 2
    fits = (
        size for size in range(px, least - 1, -1)
        if all(ink.width(word, size, BOLD) <= width - 3 for word in words.split())
    )  # fmt: skip
    return next(fits, min(px, BODY))


def _dressed(style: QTextCharFormat, heading: int, ink: Ink) -> QTextCharFormat:
    """Size headings, make bold truly bold, and let only safe links look like links."""
    bold = style.fontWeight() >= QFont.Weight.DemiBold.value
    style.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    if heading or bold:
        style.clearProperty(QTextFormat.Property.FontWeight)
        style.setFont(ink.font(heading or BODY, BOLD), SPECIFIED)
    if heading:
        style.setForeground(ink.theme.text)
    if style.isAnchor():
        safe = QUrl(style.anchorHref()).scheme().lower() in SAFE
        style.setForeground(ink.theme.accent if safe else ink.theme.text)
        style.setFontUnderline(safe)
    return style


def _restyle(document: Document, start: int, length: int, style: QTextCharFormat) -> None:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(style)


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


def _palette(ink: Ink, words: QColor | None = None) -> QPalette:
    palette = QPalette(ink.theme.surface)
    palette.setColor(QPalette.ColorRole.Text, words or ink.theme.text)
    palette.setColor(QPalette.ColorRole.Link, ink.theme.accent)
    palette.setColor(QPalette.ColorRole.Base, ink.theme.surface)
    return palette
