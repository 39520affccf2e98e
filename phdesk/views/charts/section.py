"""Paints a plain section heading without a text document, whose import alone takes 20 ms."""

import re

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.spec import MarkdownBody
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.ink import Ink, text

HEADINGS = (20, 16, 14, 13)  # px, by level, as in other text cards
LINE = 13  # px
GAP = 7  # px between the two
WORDS = r"[^\n\\`*_{}\[\]<>|~&!#]+"  # nothing that Markdown would read as more than itself
PLAIN = re.compile(rf"(#{{1,6}}) ({WORDS})(?:\n+(?![>|*+`~-]|\d+[.)])({WORDS}))?")


def fits(rect: QRectF, body: MarkdownBody, ink: Ink) -> bool:
    """Tell whether a card is a plain heading with at most one line, each on one line here."""
    match = PLAIN.fullmatch(body.source.strip())
    if match is None or "://" in body.source or "www." in body.source:
        return False
    height = ink.line(_px(match)) + (ink.px(GAP) + ink.line(LINE) if match[3] else 0)
    if height > rect.height() or ink.width(match[2], _px(match), 600) > rect.width():
        return False
    return not match[3] or ink.width(match[3], LINE, 400) <= rect.width()


def paint(painter: QPainter, rect: QRectF, body: MarkdownBody, ink: Ink) -> None:
    """Paint the heading and the line below it."""
    match = PLAIN.fullmatch(body.source.strip())
    if match is None:
        return
    top = QRectF(rect.x(), rect.y(), rect.width(), ink.line(_px(match)))
    text(painter, top, match[2].strip(), ink, px=_px(match), weight=600, color=ink.theme.text)
    if match[3]:
        below = QRectF(rect.x(), top.bottom() + ink.px(GAP), rect.width(), ink.line(LINE))
        text(painter, below, match[3].strip(), ink, px=LINE)


def hit(_rect: QRectF, _body: MarkdownBody, _ink: Ink, _point: QPointF) -> Hit | None:
    """Find nothing: a plain heading has no link."""
    return None


def link_at(_rect: QRectF, _body: MarkdownBody, _ink: Ink, _point: QPointF) -> str | None:
    """Give nothing: a plain heading has no link."""
    return None


def _px(match: re.Match[str]) -> int:
    return HEADINGS[min(len(match[1]), len(HEADINGS)) - 1]
