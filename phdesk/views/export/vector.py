"""A picture of lines: SVG that looks the same in every program, whatever fonts that has.

Words are drawn as outlines, and lie over them once more as text that is not seen: it is selected,
searched and read aloud.
"""

import html
import re
from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPainterPath, QRawFont
from PySide6.QtSvg import QSvgGenerator

from phdesk.views.theme import Theme, written
from phdesk.views.theme.tokens import FAMILY

NOT_IN_XML = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
TEXT = re.compile(
    r'<text fill="(?P<fill>[^"]*)" fill-opacity="(?P<opacity>[^"]*)"[^>]* x="(?P<x>[^"]*)" '
    r'y="(?P<y>[^"]*)" font-family="(?P<family>[^"]*)" font-size="(?P<px>[^"]*)" '
    r'font-weight="(?P<weight>[^"]*)" font-style="(?P<style>[^"]*)" *\n >(?P<words>[^<]*)</text>'
)
OUTLINE = re.compile(r'<path [^>]* d="([^"]*)"')
UNSEEN = 'fill-opacity="0"'


class Svg:
    """An SVG that is being painted; `painter` draws on it until `finish`."""

    def __init__(self, size: tuple[int, int], theme: Theme, title: str, words: str = "") -> None:
        self.theme = written(theme, "svg")
        self._buffer = QBuffer()
        self._out = _generator(self._buffer, size)
        self._out.setTitle(title)
        self._out.setDescription(words)
        self.painter = QPainter(self._out)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.fillRect(QRectF(0, 0, *size), self.theme.bg)

    def finish(self) -> bytes:
        """End the painting and give the file."""
        self.painter.end()
        plain = NOT_IN_XML.sub(b" ", bytes(self._buffer.data().data()))
        return outlined(plain.decode(), self.theme).encode()


def _generator(buffer: QBuffer, size: tuple[int, int]) -> QSvgGenerator:
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # 1.1 knows clips; in Tiny 1.2, Qt's other one, what is cut off would be seen.
    made = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    made.setOutputDevice(buffer)
    made.setResolution(96)
    made.setSize(QSize(*size))
    made.setViewBox(QRectF(0, 0, *size))
    return made


def outlined(svg: str, theme: Theme) -> str:
    """Draw the words of an SVG that are in our font, and keep them over it as text."""
    shapes = {one.start(): _shape(one, theme) for one in TEXT.finditer(svg)}
    drawn = {start: shape for start, shape in shapes.items() if not shape.isEmpty()}
    outlines = dict(zip(drawn, _written(drawn.values()), strict=True))

    def both(one: re.Match[str]) -> str:
        path = outlines.get(one.start())
        if path is None:
            return one[0]
        opacity = f'fill-opacity="{one["opacity"]}"'
        seen = f'fill="{one["fill"]}" {opacity} fill-rule="nonzero" stroke="none"'
        hidden = one[0].replace(opacity, UNSEEN, 1)
        return f'<path aria-hidden="true" {seen} d="{path}"/>\n{hidden}'

    return TEXT.sub(both, svg)


def _shape(one: re.Match[str], theme: Theme) -> QPainterPath:
    """Give the outline of a text; empty where the font lacks a sign, such as an emoji."""
    path, words = QPainterPath(), html.unescape(one["words"])
    font = QFont(theme.font(float(one["px"]), int(one["weight"])))
    raw = QRawFont.fromFont(font)
    known = all(raw.supportsCharacter(ord(sign)) for sign in words if not sign.isspace())
    if one["family"] == FAMILY and known:
        font.setItalic(one["style"] == "italic")
        path.addText(QPointF(float(one["x"]), float(one["y"])), font, words)
    return path


def _written(shapes: Iterable[QPainterPath]) -> list[str]:
    """Have Qt write outlines down: in Python it would take seconds."""
    buffer = QBuffer()
    out = _generator(buffer, (1, 1))
    painter = QPainter(out)
    for shape in shapes:
        painter.drawPath(shape)
    painter.end()
    return OUTLINE.findall(bytes(buffer.data().data()).decode())
