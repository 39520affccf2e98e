"""A canvas with a margin that must stay untouched, and a record of what was written."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from phdesk.core.charts.spec import TileView
from phdesk.views.charts import ink as inks
from phdesk.views.charts.paint import paint_body
from phdesk.views.theme import Theme

MARGIN = 20
UNTOUCHED = 0xFF00FF01


class Written(NamedTuple):
    words: str
    rect: QRectF
    px: int


def painted(view: TileView, width: int, height: int, theme: Theme, ratio: float = 1.0,
            scale: float = 1.0) -> QImage:  # fmt: skip
    """Paint a body into the middle of a larger, strangely coloured image."""
    image = QImage(
        round((width + 2 * MARGIN) * ratio), round((height + 2 * MARGIN) * ratio),
        QImage.Format.Format_RGB32,
    )  # fmt: skip
    image.setDevicePixelRatio(ratio)
    image.fill(UNTOUCHED)
    painter = QPainter(image)
    paint_body(painter, body_rect(width, height), view, theme, scale=scale)
    painter.end()
    return image


def body_rect(width: int, height: int) -> QRectF:
    return QRectF(MARGIN, MARGIN, width, height)


def margin_is_untouched(image: QImage) -> bool:
    edge = round(MARGIN * image.devicePixelRatio())
    frame = QImage(image)
    frame.setDevicePixelRatio(1)
    painter = QPainter(frame)
    inner = frame.rect().adjusted(edge, edge, -edge, -edge)
    painter.fillRect(inner, UNTOUCHED | 0)
    painter.end()
    plain = QImage(frame.size(), frame.format())
    plain.fill(UNTOUCHED)
    painter = QPainter(plain)
    painter.fillRect(inner, UNTOUCHED | 0)
    painter.end()
    return frame == plain


def colors(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def box_of(rect: QRectF, words: str, font: QFont, align: Qt.AlignmentFlag) -> QRectF:
    """Give where words truly stand inside the rectangle they were given."""
    metrics = QFontMetricsF(font)
    box = QRectF(0, 0, metrics.horizontalAdvance(words), metrics.capHeight())
    box.moveCenter(rect.center())
    if align & Qt.AlignmentFlag.AlignLeft:
        box.moveLeft(rect.left())
    if align & Qt.AlignmentFlag.AlignRight:
        box.moveRight(rect.right())
    return box


def listen(monkeypatch, note, *modules) -> None:
    """Tell of all that is written instead: words, where they stand, how large.

    `modules` are painters that took the function by name.
    """

    def put(_painter, rect, words, font, _color, align) -> None:
        note(words, box_of(rect, words, font, align), font.pixelSize())

    for module in (inks, *modules):
        if hasattr(module, "put"):
            monkeypatch.setattr(module, "put", put)
