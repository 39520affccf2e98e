"""Paints the largest stops of a small chart of paths by name, as it has no room for cards."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.spec import SankeyBody
from phdesk.views.charts.ink import RIGHT, Ink, text

MOST, LEAST = 3, 62  # rows; px that the chart keeps
HEAD = 4  # characters of a start that say something
CUT = "..."  # where a long name was shortened


def room(rect: QRectF, ink: Ink) -> QRectF:
    """Give the part of the rectangle that the list takes from its foot; empty where it is low."""
    line = ink.line(11) + ink.px(2)
    rows = min(MOST, int((rect.height() - ink.px(LEAST)) // line))
    if rows < 1:
        return QRectF()
    return QRectF(rect.x(), rect.bottom() - rows * line, rect.width(), rows * line)


def paint(
    painter: QPainter, place: QRectF, body: SankeyBody, shown: Iterable[int], ink: Ink
) -> None:
    """Write the step, the name and the figure of the largest stops, the largest first."""
    if place.isEmpty():
        return
    line = ink.line(11) + ink.px(2)
    band = QRectF(place.x(), place.y(), place.width(), line)
    ranked = sorted(shown, key=lambda index: (-body.nodes[index].value, index))
    for index in ranked[: round(place.height() / line)]:
        node, color = body.nodes[index], ink.theme.text
        used = text(painter, band, node.text, ink, weight=600, color=color, align=RIGHT)
        rest = band.adjusted(0, 0, -used - ink.px(6), 0)
        step = text(painter, rest, f"{node.layer + 1}", ink, weight=600) + ink.px(5)
        rest.setLeft(min(rest.left() + step, rest.right()))
        if rest.width() > 0:
            text(painter, rest, _ending(node.label, rest.width(), ink), ink)
        band.translate(0, line)


def shortened(label: str, room: float, ink: Ink, weight: int = 400) -> str:
    """Shorten a name further where it was cut already: its end tells as much as its start.

    A start of which hardly anything is left goes before more of the end does.
    """
    head, cut, tail = label.partition(CUT)
    whole = tail
    while cut and head and tail and ink.width(f"{head}…{tail}", 11, weight) > room:
        head, tail = (head[:-1], tail) if len(head) >= len(tail) else (head, tail[1:])
        label = f"{head}…{tail}"
    if cut and len(head) < HEAD and len(whole) > len(tail):
        ending = _ending(f"{CUT}{whole}", room, ink, weight)
        return ending or label
    return label if head and tail else label.replace(CUT, "…")


def _ending(label: str, room: float, ink: Ink, weight: int = 400) -> str:
    """Keep the end of a name that was cut already: with one host, pages differ there."""
    _, cut, tail = label.partition(CUT)
    if not cut or ink.width(label, 11, weight) <= room:
        return label.replace(CUT, "…")
    while tail and ink.width(f"…{tail}", 11, weight) > room:
        tail = tail[1:]
    return f"…{tail}" if tail else ""
