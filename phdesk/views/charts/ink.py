"""What painters write and draw with: type sizes, measured text, mixed colours."""

from functools import cache, lru_cache
from threading import get_ident

from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from phdesk.views.theme import Theme, has_figures, pixels

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
LEAST = 1.0  # px of a bar that is not zero
LONGEST = 300  # characters worth measuring; no line of a chart is longer
HAIR = 0.75  # px, before it is scaled; at a desk a whole one
STRONG = 7.0  # contrast of words that are read from afar
LARGE = 100  # px; a size at which roundings do not count


class Ink(Struct, frozen=True, gc=False):
    """A theme and the scale of its type: 1 at a desk, more on a wall."""

    theme: Theme
    scale: float = 1.0
    least: float = 0.0  # px before they are scaled, on a wall; smaller type is written in this

    @property
    def is_far(self) -> bool:
        """Tell whether it is read from across a room."""
        return self.least > 0

    def px(self, size: float) -> float:
        """Scale a length."""
        return size * self.scale

    def grown(self, factor: float) -> "Ink":
        """Give larger type, of which nothing is smaller than before."""
        return Ink(self.theme, self.scale * factor, self.least / factor)

    def font(self, px: float, weight: int = 400, words: str = "") -> QFont:
        """Give a font whose size is scaled, with the figures that suit the words."""
        return self.theme.font_for(words, max(px, self.least) * self.scale, weight)

    def line(self, px: float) -> float:
        """Give the height of a line of text."""
        return round(self._pixels(px) * _line_share(self.theme) * 64) / 64  # as Qt rounds

    def width(self, text: str, px: float, weight: int = 400) -> float:
        """Measure a text."""
        return _width(text[:LONGEST], self._pixels(px), weight, self.theme)

    def elided(self, text: str, room: float, px: float, weight: int = 400) -> str:
        """Shorten a text to a width, with an ellipsis; empty when nothing of it fits."""
        plain = " ".join(text[:LONGEST].split())
        if self.width(plain, px, weight) <= room:
            return plain
        metrics = self._measure(plain, px, weight)
        # A whole pixel less: Qt counts a little less than the words take when measured alone.
        short = metrics.elidedText(plain, Qt.TextElideMode.ElideRight, max(0.0, room - 1.0))
        return "" if short in {"", "…"} or self.width(short, px, weight) > room else short

    def _measure(self, words: str, px: float, weight: int) -> QFontMetricsF:
        figures = has_figures(words)
        return _metrics(self._pixels(px), weight, figures, self.theme, get_ident())

    def _pixels(self, px: float) -> int:
        return pixels(max(px, self.least) * self.scale)

    @property
    def hair(self) -> float:
        """Give the width of the thinnest lines: whole pixels, seen from as far as the words."""
        return float(max(round(self.scale * HAIR), 1))

    def color(self, token: str) -> QColor:
        """Give a token's colour."""
        return self.theme.color(token)

    def words(self, color: QColor) -> QColor:
        """Give the colour of words in a colour: on a wall they are as strong as all others."""
        if not self.is_far:
            return color
        return _strong(color.rgba(), self.theme.surface.rgba(), self.theme.text.rgba())

    def mixed(self, color: QColor, strength: float) -> QColor:
        """Mix a colour into the surface: 0 is all surface, 1 all colour."""
        return mix(self.theme.surface, color, strength)


def text(  # noqa: PLR0913  a text has many sides
    painter: QPainter,
    rect: QRectF,
    words: str,
    ink: Ink,
    *,
    px: float = 11,
    weight: int = 400,
    color: QColor | None = None,
    align: Qt.AlignmentFlag = LEFT,
    whole: bool = False,
) -> float:
    """Write one line, shortened to the rectangle unless `whole`; give its width, 0 for nothing."""
    if rect.height() < ink.line(px) * 0.8:
        return 0.0
    shown = ink.elided(words, rect.width(), px, weight)
    if not shown or (whole and shown.endswith("…")):
        return 0.0
    put(painter, rect, shown, ink.font(px, weight, shown), color or ink.theme.muted, align)
    return ink.width(shown, px, weight)


def put(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag,
) -> None:
    """Write words that are known to fit; all text of all charts passes here."""
    painter.setFont(font)
    painter.setPen(color)
    single = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.drawText(rect, int(align) | int(single), words)


def mix(under: QColor, over: QColor, strength: float) -> QColor:
    """Lay one colour over another as if it were that opaque."""
    share = min(max(strength, 0.0), 1.0)
    channels = zip(under.getRgb()[:3], over.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in channels))


@lru_cache(maxsize=256)
def _strong(color: int, ground: int, text: int) -> QColor:
    """Mix as little of the text's colour into a colour as makes it strong on a ground."""
    made = QColor.fromRgba(color)
    for step in range(11):
        made = mix(QColor.fromRgba(color), QColor.fromRgba(text), step / 10)
        if contrast(made, QColor.fromRgba(ground)) >= STRONG:
            break
    return made


def hairline(
    painter: QPainter, start: QPointF, end: QPointF, color: QColor, width: float = 1.0
) -> None:
    """Draw a crisp line, a whole number of px wide."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(color, width))
    painter.drawLine(QLineF(start, end))
    painter.restore()


def restore_clip(painter: QPainter, ink: Ink) -> None:
    """Restore what an inner clip was saved over.

    Qt's SVG goes on with the inner one, so that all that follows would be cut off by it.
    """
    painter.restore()
    if ink.theme.medium == "svg" and painter.hasClipping():
        painter.setClipPath(painter.clipPath())


def fill(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Fill a rectangle; the first `fillRect` would make Python's classes for all gradients."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(rect)


def box(
    painter: QPainter, rect: QRectF, color: QColor, radius: float = 2, edge: QPen | None = None
) -> None:
    """Fill a rounded rectangle."""
    painter.setPen(edge or QPen(Qt.PenStyle.NoPen))
    painter.setBrush(color)
    limit = min(rect.width(), rect.height()) / 2
    painter.drawRoundedRect(rect, min(radius, limit), min(radius, limit))


def readable_on(color: QColor) -> QColor:
    """Give black or white, whichever stands out more on a colour."""
    black, white = QColor("#191b1f"), QColor("#ffffff")
    return white if contrast(color, white) >= contrast(color, black) else black


def contrast(one: QColor, other: QColor) -> float:
    """Give the contrast of two colours as WCAG counts it, 1 to 21."""
    first, second = _luminance(one), _luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else float(((channel + 0.055) / 1.055) ** 2.4)


@cache
def _metrics(
    pixel_size: int,
    weight: int,
    figures: bool,  # noqa: FBT001  the key of a cache
    theme: Theme,
    _thread: int,
) -> QFontMetricsF:
    return QFontMetricsF(theme.font(pixel_size, weight, figures=figures))


@cache
def _line_share(theme: Theme) -> float:
    """Give a line's height by its font's size: one for all, as Inter is drawn without hinting.

    To ask each size would make an engine for it, which takes a quarter of painting a tile.
    """
    return _metrics(LARGE, 400, False, theme, get_ident()).height() / LARGE


@lru_cache(maxsize=1024)  # a wall's ages and dates are new ones all the time; asking takes 5 µs
def _width(words: str, pixel_size: int, weight: int, theme: Theme) -> float:
    metrics = _metrics(pixel_size, weight, has_figures(words), theme, get_ident())
    return metrics.horizontalAdvance(words) + 0.5
