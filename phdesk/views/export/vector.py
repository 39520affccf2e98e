"""A picture of lines: SVG that looks the same in every program, whatever fonts that has.

Words are drawn as outlines, and lie over them once more as text that is not seen: it is selected,
searched and read aloud.
"""

import html
import re
from collections.abc import Generator, Iterable

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPainterPath, QRawFont
from PySide6.QtSvg import QSvgGenerator

from phdesk.views.theme import Theme, written
from phdesk.views.theme.tokens import FAMILY

# XML has no such signs, however they are written: a space takes their place.
IN_XML = bytes(32 if byte < 32 and byte not in b"\t\n\r" else byte for byte in range(256))
NOT_IN_XML = re.compile("[\ufffe\uffff]")
TEXT = re.compile(
    r'<text fill="(?P<fill>[^"]*)" fill-opacity="(?P<opacity>[^"]*)"[^>]* x="(?P<x>[^"]*)" '
    r'y="(?P<y>[^"]*)" font-family="(?P<family>[^"]*)" font-size="(?P<px>[^"]*)" '
    r'font-weight="(?P<weight>[^"]*)" font-style="(?P<style>[^"]*)" *\n >(?P<words>[^<]*)</text>'
)
OUTLINE = re.compile(r'<path [^>]* d="([^"]*)"')
SIZE = 16  # px; which signs a font has is the same in all sizes
AT_ONCE = 60  # words of which the outlines are made in one step
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

    def finish(self) -> Generator[int, None, bytes]:
        """End the painting and give the file; in steps, since there are thousands of words."""
        if self.painter.isActive():
            self.painter.end()
        plain = bytes(self._buffer.data().data()).translate(IN_XML)
        yield 0
        svg = yield from outlined(NOT_IN_XML.sub(" ", plain.decode()), self.theme)
        return svg.encode()


def whole(work: Generator[int, None, bytes]) -> bytes:
    """Carry out all of some work at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return bytes(end.value)


def _generator(buffer: QBuffer, size: tuple[int, int]) -> QSvgGenerator:
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # 1.1 knows clips; in Tiny 1.2, Qt's other one, what is cut off would be seen.
    made = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    made.setOutputDevice(buffer)
    made.setResolution(96)
    made.setSize(QSize(*size))
    made.setViewBox(QRectF(0, 0, *size))
    return made


def outlined(svg: str, theme: Theme) -> Generator[int, None, str]:
    """Draw the words of an SVG that are in our font, and keep them over it as text."""
    raw = QRawFont.fromFont(theme.font(SIZE))
    found = list(TEXT.finditer(svg))
    pieces, end = [], 0
    for first in range(0, len(found), AT_ONCE):
        part = found[first : first + AT_ONCE]
        shapes = [_shape(one, theme, raw) for one in part]
        outlines = iter(_written(shape for shape in shapes if not shape.isEmpty()))
        for one, shape in zip(part, shapes, strict=True):
            pieces.append(svg[end : one.start()])
            pieces.append(one[0] if shape.isEmpty() else _both(one, next(outlines)))
            end = one.end()
        yield first
    return "".join((*pieces, svg[end:]))


def _both(one: re.Match[str], outline: str) -> str:
    """Write the outline of a text, and over it the text, unseen."""
    opacity = f'fill-opacity="{one["opacity"]}"'
    seen = f'fill="{one["fill"]}" {opacity} fill-rule="nonzero" stroke="none"'
    hidden = one[0].replace(opacity, UNSEEN, 1)
    return f'<path aria-hidden="true" {seen} d="{outline}"/>\n{hidden}'


def _shape(one: re.Match[str], theme: Theme, raw: QRawFont) -> QPainterPath:
    """Give the outline of a text; empty where the font lacks a sign, such as an emoji."""
    path, words = QPainterPath(), html.unescape(one["words"])
    known = all(raw.supportsCharacter(ord(sign)) for sign in set(words) if not sign.isspace())
    if one["family"] == FAMILY and known:
        font = theme.font(float(one["px"]), int(one["weight"]))
        if one["style"] == "italic":
            font = QFont(font)
            font.setItalic(True)
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
